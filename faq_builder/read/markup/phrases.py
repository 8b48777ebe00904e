"""The elements of a line of HTML -> pieces of inline Markdown: links, images, marks, code, text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from faq_builder.model import Url
from faq_builder.read.markup.inline import BREAK, SPACE, Kind, Piece, escape, join

__all__ = ["Phrases", "shown_text", "text_pieces"]

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "del": "~~", "s": "~~", "strike": "~~"}
_CODE = frozenset(("code", "kbd", "samp", "tt", "pre"))
_RAISED = frozenset(("sub", "sup"))  # 10<sup>5</sup> is not 105; GFM has no marks of its own for them
_PLAYED = frozenset(("video", "audio", "iframe", "embed"))
_DROPPED = frozenset(
    ["head", "script", "style", "template", "title", "svg", "noscript", "select", "textarea", "object", "canvas", "wbr"]
)
_WHITE = " \t\n\r\f"
_FOLDED = re.compile(f"[{_WHITE}]+")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s()<>\\|`\[\]*\"]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_PLAIN_ADDRESS = re.compile(r"https?://[\w/:.%?=&#+,;@~-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phrases:
    """How the nodes of a line become pieces."""

    base_url: Url | None
    blocks: frozenset[str]  # names of elements that a space sets off where they stand in a line
    max_depth: int

    def pieces(self, nodes: Iterable[PageElement], depth: int, *, within: frozenset[str] = frozenset()) -> list[Piece]:
        """The nodes as pieces; `within` holds the marks, "a" and "td" that are around them."""
        out: list[Piece] = []
        for node in nodes:
            if isinstance(node, Tag):
                out += self._tag(node, depth + 1, within)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                out += text_pieces(node, autolinks="a" not in within)
        return out

    def _tag(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
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
            return [Piece(Kind.TEXT, "[x]" if node.has_attr("checked") else "[ ]"), SPACE] if is_box else []
        if name in _PLAYED:
            return self._played(node, depth, within)
        return self._marked(node, depth, within)

    def _marked(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        mark = _MARKS.get(node.name, "")
        inner = self.pieces(node.children, depth, within=within | {mark})
        if mark and mark not in within:
            return [Piece(Kind.OPEN, mark), *inner, Piece(Kind.CLOSE, mark)]
        if node.name in _RAISED and any(piece.kind in (Kind.TEXT, Kind.CODE) for piece in inner):
            return [Piece(Kind.TEXT, f"<{node.name}>"), *inner, Piece(Kind.TEXT, f"</{node.name}>")]
        if node.name == "q":
            return [Piece(Kind.TEXT, "“"), *inner, Piece(Kind.TEXT, "”")]
        return [SPACE, *inner, SPACE] if node.name in self.blocks or node.name in ("td", "th") else inner

    def _link(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        address = self.resolved(node.get("href"))
        if "a" in within or address is None:
            return self.pieces(node.children, depth, within=within)
        inner = self.pieces(node.children, depth, within=within | {"a"})
        text = join(inner, one_line=True)
        if not text:
            return [SPACE] if inner else []
        if address == node.get_text().strip() and _PLAIN_ADDRESS.fullmatch(address) and not _ENTITY.search(address):
            link = f"<{address}>"
        else:
            text = "\\" + text if text.startswith("^") else text  # else a footnote
            link = f"[{text}]({_in_parentheses(address)})"
        before = [SPACE] if inner[0] == SPACE else []
        return [*before, Piece(Kind.TEXT, link), *([SPACE] if inner[-1] == SPACE else [])]

    def _image(self, node: Tag) -> list[Piece]:
        alt = " ".join(str(node.get("alt", "")).split())
        address = self.resolved(node.get("src"))
        if address is None or address.startswith("mailto:"):
            return text_pieces(alt)
        return [Piece(Kind.TEXT, f"![{escape(alt, autolinks=False)}]({_in_parentheses(address)})")]

    def _played(self, node: Tag, depth: int, within: frozenset[str]) -> list[Piece]:
        """A film or a frame as a link to it."""
        source = node if node.has_attr("src") else node.find("source", src=True)
        address = self.resolved(source.get("src")) if isinstance(source, Tag) else None
        if address is None or "a" in within:
            return self.pieces(node.children, depth, within=within)
        name = str(node.get("title") or "") or urlsplit(address).path.rsplit("/", 1)[-1] or urlsplit(address).netloc
        label = escape(" ".join(name.split()), autolinks=False)
        return [Piece(Kind.TEXT, f"[{label}]({_in_parentheses(address)})")]

    def resolved(self, address: object) -> str | None:
        """The absolute address, None where there is none that a reader could follow from another page."""
        text = address.strip() if isinstance(address, str) else ""
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
    """Running text as pieces, its white space folded as HTML does."""
    text = _FOLDED.sub(" ", text)
    if text in ("", " "):
        return [SPACE] if text else []
    inner = Piece(Kind.TEXT, escape(text.strip(" "), autolinks=autolinks))
    return [*([SPACE] if text[0] == " " else []), inner, *([SPACE] if text[-1] == " " else [])]


def shown_text(node: Tag) -> str:
    """All text in an element as it is, line breaks included; no comments."""
    parts: list[str] = []
    for part in node.descendants:
        if isinstance(part, Tag):
            parts += ["\n"] if part.name == "br" else []
        elif isinstance(part, NavigableString) and not isinstance(part, PreformattedString):
            parts.append(part)
    return "".join(parts)


def _code(node: Tag, *, in_cell: bool) -> list[Piece]:
    """A code span; in a cell of a table GFM takes `\\|` for a pipe, so there a backslash beside one is plain text."""
    text = shown_text(node)
    if not text.strip(_WHITE):
        return [SPACE] if text else []
    if in_cell and "\\" in text and ("|" in text or text.endswith("\\")):
        return text_pieces(text)
    return [Piece(Kind.CODE, text.replace("|", "\\|") if in_cell else text)]


def _in_parentheses(address: str) -> str:
    """The address as it may stand in a Markdown link."""
    return _ENTITY.sub("&amp;", _UNSAFE_IN_ADDRESS.sub(lambda m: quote(m[0], safe=""), address))
