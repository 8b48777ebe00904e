"""Fill staff's own pages: `faq:ID` links to topics, and `<!-- faq:NAME -->` comments for generated parts."""

import re
from collections.abc import Mapping

from mkdocs.utils import get_relative_url

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Html

_LINK = re.compile(r'(?P<before>\shref=")faq:(?P<id>[^"#?]*)')
_PART = re.compile(r"<!--\s*faq:(?P<name>[\w-]*)\s*-->")
# links in a part are relative to the site's root, unless they have a scheme or begin with a slash or fragment
_RELATIVE = re.compile(
    r'(?P<before>\s(?:href|src|action)=")(?![a-z][a-z0-9+.-]*:|[#/])(?P<path>[^"#?]*)', re.IGNORECASE
)


def link_topics(
    html: str, addresses: Mapping[str, str], page_url: str, source: str, shown: str
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Resolve the `faq:ID` links in the HTML of a page: `href="faq:4h2k"` -> `href="../q/my-hub-blinks/"`.

    `addresses` maps topic ids to site paths; `page_url` is the site path of the page; `source` is its Markdown, in
    which unknown ids are looked up to find their line.
    """
    unknown: list[str] = []

    def resolve(match: re.Match[str]) -> str:
        address = addresses.get(match["id"])
        if address is None:
            unknown.append(match["id"])
            return match[0]
        return match["before"] + get_relative_url(address, page_url)

    html = _LINK.sub(resolve, html)
    return html, tuple(_no_topic(topic, source, shown) for topic in dict.fromkeys(unknown))


def fill_parts(
    html: str, parts: Mapping[str, Html], page_url: str, source: str, shown: str
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Replace each `<!-- faq:NAME -->` in the HTML of a page by the part of that name."""
    unknown: list[str] = []

    def put(match: re.Match[str]) -> str:
        part = parts.get(match["name"])
        if part is None:
            unknown.append(match[0])
            return match[0]
        return _rebased(part.value, page_url)

    html = _PART.sub(put, html)
    return html, tuple(_no_part(comment, parts, source, shown) for comment in dict.fromkeys(unknown))


def _rebased(html: str, page_url: str) -> str:
    """Rewrite the links of a part, which are relative to the site's root, for a page at another path."""
    return _RELATIVE.sub(lambda m: m["before"] + get_relative_url(m["path"] or "./", page_url), html)


def _line(text: str, source: str) -> int | None:
    place = source.find(text)
    return source.count("\n", 0, place) + 1 if place >= 0 else None


def _no_topic(topic: str, source: str, shown: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ705",
        where=Location(path=shown, line=_line(f"faq:{topic}", source)),
        message="a link names a topic that is not published",
        help="look the id up with `faq topics`",
    )


def _no_part(comment: str, parts: Mapping[str, Html], source: str, shown: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ706",
        where=Location(path=shown, line=_line(comment, source)),
        message="a comment asks for a part that does not exist",
        help=f"the parts are: {', '.join(sorted(parts))}",
    )
