"""Pages and redirects before they are filled into a frame: finished HTML for each slot."""

import re
from dataclasses import dataclass, field

from faq_builder.model import Html

H1_ID = "page"  # the id of every page's <h1>, the target of the skip link
_FILE = re.compile(r"(?:[^/\\\x00-\x1f]+/)*[^/\\\x00-\x1f]+")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `path` is its file below the site's root ("q/red-widget/index.html"). All texts are escaped."""

    path: str
    title: Html  # text without tags; `<`, `&` and quotes are escaped
    description: Html  # text like the title; if empty, the title is used
    body: Html  # begins with <h1 id="page"> (H1_ID)
    head: Html = field(default=Html(""))  # JSON-LD and the like, but no `robots`, which `noindex` adds
    noindex: bool = False  # keeps the page out of search engines and the sitemap
    lang: str | None = None  # the language of the body, None if it is the site's

    def __post_init__(self) -> None:
        _check_path(self.path)
        if "<h1" not in self.body.value:
            raise ValueError("the body of a page must contain an <h1>, because the theme adds one otherwise")
        for text in (self.title.value, self.description.value):
            if any(c in text for c in '<>"'):
                raise ValueError("title and description must be escaped text")


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """A permanent redirect: a tiny page at `path` that sends readers to `target`, both below the site's root."""

    path: str  # the file, "q/former/index.html"
    target: str  # the directory, "q/red-widget/"

    def __post_init__(self) -> None:
        _check_path(self.path)
        if not self.target.endswith("/") or self.target.startswith("/"):
            raise ValueError("the target of a redirect must be a directory below the site's root")


def _check_path(path: str) -> None:
    parts = path.split("/")
    if not _FILE.fullmatch(path) or any(part in (".", "..") for part in parts) or parts[-1] != "index.html":
        raise ValueError("a page's path must be the index.html of a directory below the site's root")
