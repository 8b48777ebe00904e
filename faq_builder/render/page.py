"""What a page of ours is made of before it gets its frame: finished HTML for each slot."""

import re
from dataclasses import dataclass, field

from faq_builder.model import Html

H1_ID = "page"  # the id of every page's <h1>: where the skip link leads
FILE = re.compile(r"(?:[^/\\\x00-\x1f]+/)*[^/\\\x00-\x1f]+")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page. `path` is the file below the site's root ("q/red-widget/index.html"); all texts are escaped already."""

    path: str
    title: Html  # text only: no tags, `<`, `&` and quotes escaped
    description: Html  # as the title, which stands in where it is empty
    body: Html  # begins with <h1 id="page"> (H1_ID)
    head: Html = field(default=Html(""))  # JSON-LD and the like; `robots` follows from `noindex`
    noindex: bool = False  # stays out of search engines and the sitemap
    lang: str | None = None  # the language of the body where it is not the site's

    def __post_init__(self) -> None:
        _check_path(self.path)
        if "<h1" not in self.body.value:
            raise ValueError("the body of a page needs its <h1>, or the theme adds another one")
        for text in (self.title.value, self.description.value):
            if any(c in text for c in '<>"'):
                raise ValueError("title and description are escaped text")


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """An address that moved for good: a tiny page at `path` that leads to `target`, both below the site's root."""

    path: str  # the file, "q/former/index.html"
    target: str  # the directory, "q/red-widget/"

    def __post_init__(self) -> None:
        _check_path(self.path)
        if not self.target.endswith("/") or self.target.startswith("/"):
            raise ValueError("a redirect leads to a directory below the site's root")


def _check_path(path: str) -> None:
    parts = path.split("/")
    if not FILE.fullmatch(path) or any(part in (".", "..") for part in parts) or parts[-1] != "index.html":
        raise ValueError("a page's path is the index.html of a directory below the site's root")
