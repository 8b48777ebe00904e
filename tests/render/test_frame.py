"""Frames: a page filled into its frame is, byte for byte, the page that MkDocs would have rendered whole."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from faq_builder.base.diagnostics import UsageError
from faq_builder.model import Html
from faq_builder.plugin.frames import ROOTS, FramePages, set_meta_and_skip_link
from faq_builder.plugin.setup import add_material_loader, add_theme
from faq_builder.render.chrome import apply_chrome_changes
from faq_builder.render.frame import Frames, page_meta
from faq_builder.render.labels import labels_for
from faq_builder.render.page import Page


def page(path: str, title: str = "Red widget broke", **fields: object) -> Page:
    texts = {"description": Html("Use the blue one."), "body": Html(f'<h1 id="page">{title}</h1>\n<p>Use it.</p>')}
    return Page(**{"path": path, "title": Html(title), **texts, **fields})  # type: ignore[arg-type]


HOSTILE = (
    page("q/title/index.html", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
    page("q/quotes/index.html", "&quot; onload=&quot;x &#x27;y&#x27; \\"),
    page("q/jinja/index.html", "{{ config.site_name }} {% raw %} {# no #}"),
    page("q/group/index.html", r"\1 \g&lt;0&gt; %s $1 {0} &amp;amp; &amp;lt;b&amp;gt;"),
    page("q/slot/index.html", "FaqSlot&amp;title FaqSlot&amp;amp;title FaqSlot", head=Html("<meta FaqSlot>")),
    page("q/umlaut-\u00e4/index.html", "W\u00fcrfel \U0001f9ca \u202e", description=Html("\u4e00")),
    page("q/body/index.html", body=Html('<h1 id="page">x</h1></article></main></body><h1 id="page">FaqSlot</h1>')),
    page("q/surrogate/index.html", body=Html('<h1 id="page">half a pair: \ud800</h1>')),
    page("q/space 100%/index.html", "  two  spaces\tand a tab  "),
)
ORDINARY = (
    page("q/red-widget/index.html", head=Html('<script type="application/ld+json">{"a": 1}</script>')),
    page("q/gone/index.html", noindex=True, lang="de"),
    page("q/no-description/index.html", description=Html("")),
    page("tags/rain/index.html"),
    page("tags/rain/2/index.html"),
    page("places/forum/index.html"),
    page("places/forum/2/index.html"),
    page("all/2/index.html"),
    page("open/2/index.html"),
)
LIST_ROOTS = (
    page("all/index.html", "All &amp; everything"),
    page("tags/index.html", "Tags"),
    page("search/index.html"),
)

CUSTOM_MAIN = """{% extends "base.html" %}
{% block extrahead %}{% if page %}<meta property="og:title" content="{{ page.title | e }}">
<meta property="og:url" content="{{ page.canonical_url }}">
<script>var title = {{ page.meta.title | d("") | tojson }}</script>
{% endif %}{% endblock %}
{% block announce %}Rain expected:
<a href="{{ 'all/' | url }}">read {{ page.meta.description if page }}</a>{% endblock %}
"""

SITES = {
    "plain": {},
    "address": {"site_url": "https://faq.example/help/"},
    "tabs": {
        "site_url": "https://faq.example/",
        "theme": {"features": ["navigation.tabs", "navigation.footer", "navigation.path", "toc.integrate"]},
        "nav": [{"Home": "index.md"}, {"Browse": [{"By tag": "tags/index.md"}, "all/index.md"]}, "search/index.md"],
    },
    "edit": {
        "repo_url": "https://code.example/faq",
        "edit_uri": "edit/main/content/pages/",
        "theme": {"features": ["content.action.edit", "content.action.view", "navigation.indexes", "navigation.prune"]},
    },
    "feedback": {
        "site_url": "https://faq.example/",
        "theme": {"palette": {"scheme": "slate"}, "font": False, "language": "de"},
        "extra": {
            "analytics": {
                "feedback": {
                    "title": "Helpful?",
                    "ratings": [
                        {"icon": "material/thumb-up-outline", "name": "Yes", "data": 1, "note": "{url} {title}"}
                    ],
                }
            }
        },
    },
    "custom_dir": {"site_url": "https://faq.example/", "theme": {"custom_dir": "overrides"}},
}


class Rendering(BasePlugin[LegacyConfig]):
    """Lets MkDocs render the frames, and some generated pages whole, with the same meta and content."""

    def __init__(self, whole: tuple[Page, ...]) -> None:
        self.whole = {p.path: p for p in whole}
        self.frame_pages = FramePages()
        self.rendered: dict[str, bytes] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        nowhere = InclusionLevel.NOT_IN_NAV
        for path in self.whole:
            in_nav = InclusionLevel.INCLUDED if path.count("/") == 1 and config.nav is None else nowhere
            source = path.removesuffix(".html") + ".md"
            files.append(File.generated(config, source, content="", inclusion=in_nav))
        self.frame_pages.add(files, config, labels_for("en"))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        add_material_loader(env)

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        ours = self.whole.get(page.file.dest_uri)
        if ours is not None:
            if "title" not in vars(page) and ours in LIST_ROOTS:
                page.title = labels_for("en")(
                    ROOTS[ours.path.partition("/")[0]]
                ).value  # as it stands in the navigation
            set_meta_and_skip_link(page, page_meta(ours))
            return ours.body.value
        return self.frame_pages.enter(page) if page.file.dest_uri in self.frame_pages else html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        output = apply_chrome_changes(output, page.meta, page.file.src_uri)
        if page.file.dest_uri in self.frame_pages:
            self.frame_pages.capture(output, page.file.dest_uri)
        return output


Render = Callable[..., tuple[Frames, dict[str, bytes]]]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Return a function that builds a site and returns its frames and the bytes of the pages rendered whole."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Widgets\n\nHello.\n")
    (docs / "about.md").write_text("# About us\n")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "main.html").write_text(CUSTOM_MAIN)

    def run(
        settings: dict[str, object], whole: tuple[Page, ...] = (), main: str | None = None
    ) -> tuple[Frames, dict[str, bytes]]:
        if main is not None:
            (tmp_path / "overrides" / "main.html").write_text(main)
        theme = {"name": "material", **settings.get("theme", {})}  # type: ignore[dict-item]
        (tmp_path / "mkdocs.yml").write_text("site_name: The Widget FAQ\n")
        config = load_config(
            str(tmp_path / "mkdocs.yml"),
            **{"docs_dir": "docs", "site_dir": str(tmp_path / "site"), "plugins": [], **settings, "theme": theme},
        )
        rendering = Rendering(whole)
        config.plugins["rendering"] = rendering
        add_theme(config)
        build(config)
        return rendering.frame_pages.frames, {p.path: (tmp_path / "site" / p.path).read_bytes() for p in whole}

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    return run


@pytest.mark.parametrize("site", SITES)
def test_filled_page_equals_the_page_rendered_whole(render: Render, site: str) -> None:
    pages = (*HOSTILE, *ORDINARY)
    frames, whole = render(SITES[site], pages)
    for ours in pages:
        assert frames.fill(ours) == whole[ours.path], ours.path


@pytest.mark.parametrize("site", SITES)
def test_filled_list_root_equals_the_page_rendered_whole(render: Render, site: str) -> None:
    frames, _ = render(SITES[site])
    filled = {p.path: frames.fill(p) for p in LIST_ROOTS}
    _, whole = render(SITES[site], LIST_ROOTS)
    assert filled == whole


SPOILT = {
    "title unescaped": ("{{ page.title | striptags }}", "unescaped"),
    "description in lower case": ("{{ page.meta.description | lower }}", "changes"),
    "title cut": ("{{ page.meta.title | truncate(9, true, '') }}", "changes"),
    "title in a script": ('<script>var t = "{{ page.meta.title }}"</script>', "inside a script"),
    "description in a style": ("<style>a { content: '{{ page.meta.description }}' }</style>", "inside a script"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_template_that_spoils_a_slot_is_refused(render: Render, case: str) -> None:
    template, message = SPOILT[case]
    main = f'{{% extends "base.html" %}}{{% block extrahead %}}{{% if page %}}{template}{{% endif %}}{{% endblock %}}'
    with pytest.raises(UsageError) as caught:
        render(SITES["custom_dir"], main=main)
    assert {d.code for d in caught.value.diagnostics} == {"FAQ703"}
    assert any(message in d.message for d in caught.value.diagnostics)


def test_template_without_the_content_is_refused(render: Render) -> None:
    main = '{% extends "base.html" %}{% block content %}<h1>Closed</h1>{% endblock %}'
    with pytest.raises(UsageError) as caught:
        render(SITES["custom_dir"], main=main)
    assert "body" in str(caught.value)


def test_template_without_our_places_is_refused(render: Render) -> None:
    main = '<!doctype html><html><body><div class="md-container">{{ page.content }}</div></body></html>'
    with pytest.raises(UsageError) as caught:
        render(SITES["custom_dir"], main=main)
    assert {d.code for d in caught.value.diagnostics} == {"FAQ704"}


def test_page_in_an_unforeseen_folder_has_no_frame(render: Render) -> None:
    frames, _ = render({})
    with pytest.raises(KeyError):
        frames.fill(page("elsewhere/x/index.html"))


def test_noindex_and_language_reach_the_page(render: Render) -> None:
    frames, _ = render({})
    html = frames.fill(page("q/gone/index.html", noindex=True, lang="de")).decode()
    assert '<meta name="robots" content="noindex"></head>' in html
    assert '<article lang="de" class="md-content__inner' in html
    assert "FaqSlot" not in html


def test_check_boxes_lose_the_attribute_that_checkers_refuse(render: Render) -> None:
    frames, _ = render({})
    html = frames.fill(page("q/red-widget/index.html")).decode()
    toggles = re.findall('<input class="md-toggle"[^>]*>', html)
    assert len(toggles) == 2
    assert not any("autocomplete" in toggle for toggle in toggles)
