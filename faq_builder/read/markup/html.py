"""HTML of other systems -> GitHub-flavoured Markdown that shows the same text: blocks. `phrasing` converts lines."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag
from bs4.element import NavigableString, PageElement

from faq_builder.model import Url
from faq_builder.read.markup.inline import Piece, PieceKind, join_pieces
from faq_builder.read.markup.phrasing import InlineConverter, text_content, text_pieces

__all__ = ["Prepare", "to_markdown"]

Prepare = Callable[[BeautifulSoup], None]  # changes the tree before conversion, for the markup of one system

MAX_DEPTH = 40  # real posts stay below 20; elements that are nested deeper keep only their text

_BLOCK_NAMES = """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_KEPT_SPACE = {"pre", "textarea", "td"}  # td: GitHub shows lines of code as rows of a table
_CELLS = ("td", "th")
_NOT_IN_A_LINE = ("pre", "table", "ul", "ol", "blockquote")
# Control characters are invisible and not allowed in feeds; lone surrogates cannot be encoded in UTF-8.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([A-Za-z0-9_+#.-]{1,30})(?:\s|$)")
_LANGUAGE_NAME = re.compile(r"[A-Za-z0-9_+#.-]{1,30}")
_NO_LANGUAGE = frozenset(("auto", "nohighlight", "none", "plaintext"))


def to_markdown(html: str, *, base_url: Url | None = None, prepare: Prepare | None = None) -> str:
    """Convert HTML to Markdown that shows a reader the same text; comments, scripts and styles are removed.

    <p>Buy <b>blue</b>, see <a href="/shop">shop</a>.</p> -> Buy **blue**, see [shop](https://widgets.example/shop).

    Code keeps its content. URLs become absolute; without `base_url` a relative link becomes its text and a relative
    image its alternative text. Structure that Markdown lacks (a list in a table) becomes plain text.
    """
    html = _UNWANTED.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        # in <html>, because BeautifulSoup warns about text that looks like a URL, a file name or XML
        soup = BeautifulSoup(f"<html>{html}", "html.parser", preserve_whitespace_tags=_KEPT_SPACE)
    except ParserRejectedMarkup:
        return join_pieces(text_pieces(re.sub(r"<[^>]*>", " ", html)))
    if prepare is not None:
        prepare(soup)
    converter = _BlockConverter(inline=InlineConverter(base_url=base_url, blocks=_BLOCKS, max_depth=MAX_DEPTH))
    for node in soup.descendants:  # find_all with a set of names takes ten times as long
        if isinstance(node, Tag) and node.name in _BLOCKS:
            converter.note_block(node)
    return _stacked(converter.blocks(soup.children, 0))


@dataclass(frozen=True, slots=True)
class _BlockConverter:
    """Converts a tree of HTML. Its methods return blocks: strings of whole lines, without blank lines around them."""

    inline: InlineConverter
    around_blocks: set[int] = field(default_factory=set)  # `id()` of each element that contains a block

    def note_block(self, block: Tag) -> None:
        """Note the elements that contain a block."""
        for parent in block.parents:
            if id(parent) in self.around_blocks:
                break
            self.around_blocks.add(id(parent))

    def blocks(self, nodes: Iterable[PageElement], depth: int) -> list[str]:
        """Convert nodes to blocks; inline nodes between block elements become paragraphs."""
        out: list[str] = []
        line: list[PageElement] = []
        for node in nodes:
            if isinstance(node, Tag) and self._is_block(node):
                out += self._paragraph(line, depth)
                line = []
                out += self._block(node, depth + 1)
            else:
                line.append(node)
        return out + self._paragraph(line, depth)

    def _is_block(self, node: Tag) -> bool:
        """Whether an element is a block, by its name or because it contains one."""
        if node.name in _BLOCKS or id(node) not in self.around_blocks:
            return node.name in _BLOCKS
        return node.name != "a" or node.find(_NOT_IN_A_LINE) is not None  # a link around a card stays a link

    def _paragraph(self, nodes: Iterable[PageElement], depth: int, *, delimiter: str = "") -> list[str]:
        """Convert inline nodes to one paragraph, or to none if they have no text; `delimiter` emphasises all of it."""
        pieces = self.inline.pieces(nodes, depth)
        text = join_pieces(
            [Piece(PieceKind.OPEN, delimiter), *pieces, Piece(PieceKind.CLOSE, delimiter)] if delimiter else pieces
        )
        return [text] if text else []

    def _block(self, node: Tag, depth: int) -> list[str]:
        """Convert a block element."""
        if depth > MAX_DEPTH:
            text = join_pieces(text_pieces(node.get_text(" ")))
            return [text] if text else []
        match node.name:
            case "p":
                return self.blocks(node.children, depth)
            case "pre":
                return _fenced(node)
            case "blockquote":
                inner = _stacked(self.blocks(node.children, depth))
                return [_prefixed(inner, "> ", "> ")] if inner else []
            case "ul" | "ol" | "menu" | "dir":
                return self._list(node, depth)
            case "table":
                return self._table(node, depth)
            case "hr":
                return ["___"]
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(node, depth)
            case "dt" | "summary" if id(node) not in self.around_blocks:
                return self._paragraph(node.children, depth, delimiter="**")
        return self.blocks(node.children, depth)

    def _heading(self, node: Tag, depth: int) -> list[str]:
        text = join_pieces(self.inline.pieces(node.children, depth), one_line=True)
        text = re.sub(r"(?:^|(?<= ))(#+)$", r"\\\1", text)  # else the hashes would close the heading
        return [f"{'#' * int(node.name[1])} {text}"] if text else []

    def _list(self, node: Tag, depth: int) -> list[str]:
        items: list[str] = []
        loose = False
        number = _start(node) if node.name == "ol" else None
        for child in node.children:
            is_item = isinstance(child, Tag) and child.name == "li"
            parts = self.blocks(child.children if isinstance(child, Tag) and is_item else [child], depth + 1)
            marker = f"{number}. " if number is not None else "- "
            if parts:
                tight = _is_tight(parts)
                loose = loose or not tight
                text = "\n".join(parts) if tight else _stacked(parts)
                items.append(_prefixed(text, marker, " " * len(marker)))
            if number is not None and is_item:
                number = min(number + 1, 999_999_999)
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _table(self, node: Tag, depth: int) -> list[str]:
        rows, parts = _structure(node)
        is_caption = bool(parts) and isinstance(parts[0], Tag) and parts[0].name == "caption"
        is_regular = all(_is_cell(part) for part in parts[1 if is_caption else 0 :])
        if not rows or not is_regular or node.find(("pre", "table")) is not None:
            return [block for part in parts for block in self._part(part, depth)]
        lines = [self._row(row, depth) for row in rows]
        if not all(_is_cell(cell, "th") for cell in rows[0].find_all(recursive=False)) and not _in_head(rows[0]):
            lines.insert(0, [])
        width = max(1, *(len(line) for line in lines))
        lines.insert(1, ["---"] * width)
        table = "\n".join("| " + " | ".join(line + [""] * (width - len(line))) + " |" for line in lines)
        return [*(self._part(parts[0], depth) if is_caption else ()), table]

    def _part(self, part: PageElement, depth: int) -> list[str]:
        """Convert a part of a table that Markdown cannot express (code of several lines, a table in a table)."""
        return self.blocks(part.children if isinstance(part, Tag) else [part], depth)

    def _row(self, row: Tag, depth: int) -> list[str]:
        """Convert the cells of a row; a cell that spans columns is followed by empty cells."""
        cells: list[str] = []
        for cell in row.children:
            if isinstance(cell, Tag) and cell.name in _CELLS:
                pieces = self.inline.pieces(cell.children, depth, within=frozenset(("td",)))
                span = str(cell.get("colspan", ""))
                width = min(int(span), 50) if span.isdecimal() and len(span) < 4 else 1
                cells += [join_pieces(pieces, one_line=True), *([""] * (width - 1))]
        return cells


def _structure(table: Tag) -> tuple[list[Tag], list[PageElement]]:
    """Return the rows of a table, and all its cells, its caption and misplaced content in document order."""
    rows: list[Tag] = []
    parts: list[PageElement] = []
    stack = list(reversed(table.contents))
    while stack:
        part = stack.pop()
        if isinstance(part, Tag) and part.name in ("thead", "tbody", "tfoot", "tr", "colgroup"):
            rows += [part] if part.name == "tr" else []
            stack += reversed(part.contents)
        elif isinstance(part, Tag) or (type(part) is NavigableString and part.strip()):
            parts.append(part)
    return rows, parts


def _is_cell(part: PageElement, *names: str) -> bool:
    return (
        isinstance(part, Tag)
        and part.name in (names or _CELLS)
        and part.parent is not None
        and part.parent.name == "tr"
    )


def _in_head(row: Tag) -> bool:
    return row.parent is not None and row.parent.name == "thead"


def _stacked(blocks: list[str]) -> str:
    """Join blocks with blank lines; a comment keeps two numbered lists apart, so that each has its own numbers."""
    out: list[str] = []
    for block in blocks:
        if out and re.match(r"\d+\. ", block) and re.match(r"\d+\. ", out[-1]):
            out.append("<!-- -->")
        out.append(block)
    return "\n\n".join(out)


def _is_tight(parts: list[str]) -> bool:
    """Whether a list item needs no blank lines: it is one paragraph, or a paragraph and a list."""
    return len(parts) == 1 or (len(parts) == 2 and parts[1].startswith(("- ", "1. ")) and parts[0][:2] != "| ")


def _prefixed(text: str, first: str, rest: str) -> str:
    """Put a prefix before each line, another one before the first; empty lines get no trailing space."""
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line if line else rest.rstrip()) for line in lines[1:])])


def _start(node: Tag) -> int:
    """Return the first number of a numbered list."""
    text = str(node.get("start", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _fenced(node: Tag) -> list[str]:
    """Convert a code block, with a fence that is longer than any run of backticks in the code."""
    code = text_content(node)
    first = next(iter(node.children), None)
    if isinstance(first, NavigableString) and code.startswith("\n"):
        code = code[1:]  # HTML drops the line end right after <pre>
    if not code.strip():
        return []
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{_language(node)}\n{code}{'' if code.endswith(chr(10)) else chr(10)}{fence}"]


def _language(node: Tag) -> str:
    """Return the language that a code block names, empty if it names none."""
    named = str(node.get("lang", ""))
    if not _LANGUAGE_NAME.fullmatch(named):
        code = node.find("code")
        elements = [node, code] if isinstance(code, Tag) else [node]
        classes = " ".join(str(c) for e in elements for c in (e.get("class") or ()))
        match = _LANGUAGE.search(classes)
        named = match[1] if match else ""
    return "" if named.lower() in _NO_LANGUAGE else named
