"""Links within the site, always relative, so that the site works in any folder of any host."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from faq_builder.model import Url

_SAFE = re.compile(r"(?:mailto:)?[A-Za-z0-9._~/#?=&%+@-]*")


@dataclass(frozen=True, slots=True, order=True)
class Href:
    """The value of an `href` or `id` that is not a full URL, percent-encoded where necessary.

    One of: a site path ("q/red-widget/#answer-7"), the relative path from a page to the site's root ("../../"),
    an anchor ("answer-7"), or an e-mail address with `mailto:`. Raises ValueError for any other character.
    """

    value: str

    def __post_init__(self) -> None:
        if not _SAFE.fullmatch(self.value) or self.value.startswith("//"):
            raise ValueError("a link within the site may hold only letters, digits and /#?=&%+@._~-")

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value

    def __html__(self) -> str:
        return html.escape(self.value, quote=True)

    def __add__(self, other: "Href") -> "Href":
        """Join two parts: "../../" + "q/red-widget/" -> "../../q/red-widget/"."""
        return Href(self.value + other.value)


def mailto_href(target: str) -> Href | None:
    """Return a mailto link: "help@widgets.example", with or without `mailto:` -> "mailto:help@widgets.example".

    None if the target is not an e-mail address.
    """
    if "://" in target or "@" not in target:
        return None
    return Href(f"mailto:{quote(unquote(target.removeprefix('mailto:')), safe='@.+-_')}")


def href_to_root(path: str) -> Href:
    """Return the relative path from a page's file to the site's root: "q/red-widget/index.html" -> "../../"."""
    return Href("../" * path.count("/") or "./")


def site_path_of(path: str) -> Href:
    """Return the site path of a page's file: "q/red-widget/index.html" -> "q/red-widget/"."""
    return Href(quote(path.removesuffix("index.html"), safe="/~"))


def absolute_url(site_url: Url | None, site_path: Href) -> Url | Href:
    """Return the full URL of a site path, or the site path itself if the site's own URL is not configured."""
    return Url(site_url.value + site_path.value) if site_url else site_path
