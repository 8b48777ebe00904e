"""Add frame pages to MkDocs, give them their slots, and capture them when they are rendered."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from faq_builder.render.frame import SHAPES, Frame, Frames, Slot, frame_from_html, frame_meta, frame_path
from faq_builder.render.labels import Labels
from faq_builder.render.page import H1_ID

# folders of generated lists, which the navigation may name -> labels of their titles there
ROOTS = {"all": "all", "tags": "tags", "places": "places", "open": "open", "search": "search-title"}

HOME = """# {title}

<!-- faq:search -->

<!-- faq:numbers -->

## {newest}

<!-- faq:newest -->

## {most_asked}

<!-- faq:most-asked -->

## {waiting}

<!-- faq:waiting -->
"""


@dataclass
class FramePages:
    """The frame pages of one build."""

    captured: dict[str, Frame] = field(default_factory=dict)
    titles: dict[str, str | None] = field(default_factory=dict)  # path of a frame page -> title in the navigation

    @property
    def frames(self) -> Frames:
        """The frames captured so far."""
        return Frames(dict(self.captured))

    def add(self, files: Files, config: MkDocsConfig, labels: Labels) -> None:
        """Add a page for each shape and each list root, unless the company has a page of its own at that path."""
        taken = {file.dest_uri for file in files}
        in_nav = InclusionLevel.INCLUDED if config.nav is None else InclusionLevel.NOT_IN_NAV
        for folder, label in ROOTS.items():
            if f"{folder}/index.html" not in taken:
                self._add(files, config, f"{folder}/index.html", in_nav, labels(label).value)
        for folder, depth in SHAPES:
            self._add(files, config, frame_path(folder, depth), InclusionLevel.NOT_IN_NAV, None)

    def __contains__(self, path: str) -> bool:
        return path in self.titles

    def enter(self, page: MkDocsPage) -> str:
        """Give a frame page the slot marks for title, description and the like; return the mark of its body."""
        title = self.titles[page.file.dest_uri]
        if title is not None and "title" not in vars(page):  # the navigation of mkdocs.yml gave it none
            page.title = title
        set_meta_and_skip_link(page, frame_meta())
        return Slot.BODY.value

    def capture(self, html: str, path: str) -> None:
        """Capture a rendered frame page; raises UsageError if the theme changed a slot."""
        self.captured[path] = frame_from_html(html, path)

    def _add(self, files: Files, config: MkDocsConfig, path: str, inclusion: InclusionLevel, title: str | None) -> None:
        source = posixpath.splitext(path)[0] + ".md"
        files.append(File.generated(config, source, content="", inclusion=inclusion))
        self.titles[path] = title


def add_home(files: Files, config: MkDocsConfig, labels: Labels) -> None:
    """Add a home page if the company has none."""
    if not any(file.dest_uri == "index.html" for file in files):
        words = {name: labels(name.replace("_", "-")).value for name in ("newest", "most_asked", "waiting")}
        content = HOME.format(title=config.site_name, **words)
        files.append(File.generated(config, "index.md", content=content))


def set_meta_and_skip_link(page: MkDocsPage, meta: Mapping[str, str]) -> None:
    """Set the meta data of a MkDocs page, and make the theme's skip link go to our main heading."""
    page.meta.update(meta)
    page.toc = TableOfContents([AnchorLink("", H1_ID, 1)])
