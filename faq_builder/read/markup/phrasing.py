"""Phrasing content of HTML (links, images, emphasis, code, text) -> pieces of inline Markdown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from faq_builder.model import Url
from faq_builder.read.markup.inline import BREAK, SPACE, Piece, PieceKind, escape, join_pieces

__all__ = ["InlineConverter", "text_content", "text_pieces"]

_DELIMITERS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "del": "~~", "s": "~~", "strike": "~~"}
_CODE = frozenset(("code", "kbd", "samp", "tt", "pre"))
_SUB_SUP = frozenset(("sub", "sup"))  # kept as HTML, because 10<sup>5</sup> is not 105 and GFM has no syntax for it
_MEDIA = frozenset(("video", "audio", "iframe", "embed"))
_DROPPED = frozenset(
    ["head", "script", "style", "template", "title", "svg", "noscript", "select", "textarea", "object", "canvas", "wbr"]
)
_WHITE = " \t\n\r\f"
_FOLDED = re.compile(f"[{_WHITE}]+")
_UNSAFE_IN_LINK = re.compile(r"[\s()<>\\|`\[\]*\"]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_PLAIN_URL = re.compile(r"https?://[\w/:.%?=&#+,;@~-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class InlineConverter:
    """Converts the inline nodes of HTML to pieces of inline Markdown."""

    base_url: Url | None
    blocks: frozenset[str]  # names of block elements, which get a space on both sides if they occur in a line
    max_depth: int  # of nested elements; deeper elements keep only their text

    def pieces(self, nodes: Iterable[PageElement], depth: int, *, within: frozenset[str] = frozenset()) -> list[Piece]:
        """Convert nodes to pieces; `within` has what surrounds them: delimiters such as "**", "a" and "td"."""
        out: list[Piece] = []
        for node in nodes:
            if isinstance(node, Tag):
                out += self._tag(node, depth + 1, within)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                out += text_pieces(node, autolinks="a" not in within)
        return out

    def _tag(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        """Convert an element."""
        name = node.name
        if depth > self.max_depth:
            return text_pieces(node.get_text(" "), autolinks="a" not in within)
        if name in _DROPPED:
            return []
        if name == "br":
            return [BREAK]
        if name == "img":
            return self._image(node)
        if name in _CODE:
            return _code(node, in_cell="td" in within)
        if name == "a":
            return self._link(node, depth, within)
        if name == "input":
            is_box = str(node.get("type", "")).lower() == "checkbox"
            return [Piece(PieceKind.TEXT, "[x]" if node.has_attr("checked") else "[ ]"), SPACE] if is_box else []
        if name in _MEDIA:
            return self._media_link(node, depth, within)
        return self._emphasis(node, depth, within)

    def _emphasis(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        """Convert an element that emphasises its content, or that Markdown has no syntax for."""
        delimiter = _DELIMITERS.get(node.name, "")
        inner = self.pieces(node.children, depth, within=within | {delimiter})
        if delimiter and delimiter not in within:
            return [Piece(PieceKind.OPEN, delimiter), *inner, Piece(PieceKind.CLOSE, delimiter)]
        if node.name in _SUB_SUP and any(piece.kind in (PieceKind.TEXT, PieceKind.CODE) for piece in inner):
            return [Piece(PieceKind.TEXT, f"<{node.name}>"), *inner, Piece(PieceKind.TEXT, f"</{node.name}>")]
        if node.name == "q":
            return [Piece(PieceKind.TEXT, "“"), *inner, Piece(PieceKind.TEXT, "”")]
        return [SPACE, *inner, SPACE] if node.name in self.blocks or node.name in ("td", "th") else inner

    def _link(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        url = self.absolute_url(node.get("href"))
        if "a" in within or url is None:
            return self.pieces(node.children, depth, within=within)
        inner = self.pieces(node.children, depth, within=within | {"a"})
        text = join_pieces(inner, one_line=True)
        if not text:
            return [SPACE] if inner else []
        if url == node.get_text().strip() and _PLAIN_URL.fullmatch(url) and not _ENTITY.search(url):
            link = f"<{url}>"
        else:
            text = "\\" + text if text.startswith("^") else text  # else a footnote
            link = f"[{text}]({_link_target(url)})"
        before = [SPACE] if inner[0] == SPACE else []
        return [*before, Piece(PieceKind.TEXT, link), *([SPACE] if inner[-1] == SPACE else [])]

    def _image(self, node: Tag) -> list[Piece]:
        alt = " ".join(str(node.get("alt", "")).split())
        url = self.absolute_url(node.get("src"))
        if url is None or url.startswith("mailto:"):
            return text_pieces(alt)
        return [Piece(PieceKind.TEXT, f"![{escape(alt, autolinks=False)}]({_link_target(url)})")]

    def _media_link(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        """Convert a video, a sound or a frame to a link."""
        source = node if node.has_attr("src") else node.find("source", src=True)
        url = self.absolute_url(source.get("src")) if isinstance(source, Tag) else None
        if url is None or "a" in within:
            return self.pieces(node.children, depth, within=within)
        name = str(node.get("title") or "") or urlsplit(url).path.rsplit("/", 1)[-1] or urlsplit(url).netloc
        label = escape(" ".join(name.split()), autolinks=False)
        return [Piece(PieceKind.TEXT, f"[{label}]({_link_target(url)})")]

    def absolute_url(self, url: object) -> str | None:
        """Return an absolute URL, None if it opens nothing from another page: `#top`, `javascript:x`."""
        text = url.strip() if isinstance(url, str) else ""
        if not text or text.startswith("#"):
            return None
        try:
            text = urljoin(self.base_url.value if self.base_url else "https:", text)
            parts = urlsplit(text)
            _ = parts.port
        except ValueError:
            return None
        if parts.scheme == "mailto":
            return text
        return text if parts.scheme in ("http", "https") and parts.hostname else None


def text_pieces(text: str, *, autolinks: bool = True) -> list[Piece]:
    """Convert running text to pieces, with white space folded as in HTML."""
    text = _FOLDED.sub(" ", text)
    if text in ("", " "):
        return [SPACE] if text else []
    inner = Piece(PieceKind.TEXT, escape(text.strip(" "), autolinks=autolinks))
    return [*([SPACE] if text[0] == " " else []), inner, *([SPACE] if text[-1] == " " else [])]


def text_content(node: Tag) -> str:
    """Return all text in an element unchanged, with `<br>` as a line end and without comments."""
    parts: list[str] = []
    for part in node.descendants:
        if isinstance(part, Tag):
            parts += ["\n"] if part.name == "br" else []
        elif isinstance(part, NavigableString) and not isinstance(part, PreformattedString):
            parts.append(part)
    return "".join(parts)


def _code(node: Tag, *, in_cell: bool) -> list[Piece]:
    """Convert a code span; in a table cell GFM reads `\\|` as `|`, so there a span with both becomes plain text."""
    text = text_content(node)
    if not text.strip(_WHITE):
        return [SPACE] if text else []
    if in_cell and "\\" in text and ("|" in text or text.endswith("\\")):
        return text_pieces(text)
    return [Piece(PieceKind.CODE, text.replace("|", "\\|") if in_cell else text)]


def _link_target(url: str) -> str:
    """Escape a URL for the parentheses of a Markdown link: `https://w.example/a b` -> `https://w.example/a%20b`."""
    return _ENTITY.sub("&amp;", _UNSAFE_IN_LINK.sub(lambda m: quote(m[0], safe=""), url))
