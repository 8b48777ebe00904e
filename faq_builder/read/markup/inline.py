"""Inline Markdown put together from pieces, so that the text a reader sees is the text that went in.

Marks are decided last: `**` and the like only work where CommonMark's flanking rules say so, and that depends on
the neighbours, which are known only when all pieces are there.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

__all__ = ["Kind", "Piece", "code_span", "escape", "join", "line_start_escaped"]


class Kind(Enum):
    """What a piece is."""

    TEXT = auto()  # Markdown that is complete in itself: escaped text, a link, an image
    SPACE = auto()  # white space that may move or go
    BREAK = auto()  # a line break that is meant
    CODE = auto()  # the content of a code span
    OPEN = auto()  # a mark that begins emphasis: ** or * or ~~
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a run of inline Markdown."""

    kind: Kind
    text: str = ""


SPACE = Piece(Kind.SPACE, " ")
BREAK = Piece(Kind.BREAK)

# A backslash counts only before ASCII punctuation (CommonMark 2.4); `_` between letters or digits marks nothing (6.2).
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"
    r"|[`*\[\]<|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=#?\w*(?:;|$))"
)
# GFM's extended autolinks take the raw text up to white space, backslashes and marks included.
_BARE_URL = re.compile(r"(?:https?|ftp)://[^\s<>`|\[\]\\]+|www\.", re.IGNORECASE)
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_HARMLESS_URL = re.compile(r"([\w/:.%?=&#+,;@-]*[\w/=&#+%@-])([.,:;?]*)", re.ASCII)
_ENTITY = re.compile(r"&#?\w+;")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^(?:[-+](?=\s|$)|-(?=-)|:(?=-)|#{1,6}(?=\s|$)|>|=)")


def escape(text: str, *, autolinks: bool = True) -> str:
    """Text as Markdown that renders as the same text wherever in a line it stands, except at its start.

    Without `autolinks` (in a link's text) addresses get no special care: nothing becomes a link there.
    """
    if not autolinks or ("://" not in text and "www." not in text.lower()):
        return _SPECIAL.sub(_backslashed, text)
    parts: list[str] = []
    end = 0
    for match in _BARE_URL.finditer(text):
        alone = text[match.end() : match.end() + 1].isspace()
        parts += (_SPECIAL.sub(_backslashed, text[end : match.start()]), _bare_url(match[0], alone))
        end = match.end()
    return "".join(parts) + _SPECIAL.sub(_backslashed, text[end:])


def _backslashed(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _bare_url(url: str, alone: bool) -> str:
    """An address in running text: as it is where white space follows, in angle brackets where anything may."""
    if url.lower() == "www.":
        return url[:3] + "\\."
    harmless = _HARMLESS_URL.fullmatch(url)
    if harmless and not _ENTITY.search(url):
        return url if alone else f"<{harmless[1]}>{harmless[2]}"
    return _WWW.sub(r"\1\\.", _SPECIAL.sub(_backslashed, url).replace("://", "\\://"))


def line_start_escaped(line: str) -> str:
    """A line of inline Markdown that does not begin a block: no list, heading, quote, rule, table or underline."""
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[0]}", line)


def code_span(content: str) -> str:
    """A code span that shows the content; white space is what a browser makes of it."""
    content = re.sub(r"[ \t\r\n]+", " ", content)
    if not content.strip(" "):
        return ""
    runs = {len(run) for run in re.findall("`+", content)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    padded = content[0] == "`" or content[-1] == "`" or (content[0] == " " == content[-1])
    return f"{fence} {content} {fence}" if padded else f"{fence}{content}{fence}"


def join(pieces: Iterable[Piece], *, one_line: bool = False) -> str:
    """The pieces as Markdown, trimmed; with `one_line` (headings, cells) breaks become spaces."""
    kept = _settled(list(pieces))
    for _ in range(8):  # dropping a mark changes its neighbours; hostile input gets no more rounds
        working = _working(kept)
        if len(working) == len(kept):
            break
        kept = _merged(working)
    else:
        kept = _merged([p for p in kept if p.kind not in (Kind.OPEN, Kind.CLOSE)])
    text = _concatenated([_written(piece) for piece in (kept if one_line else _paragraphed(kept))])
    if one_line:
        return text.replace("\\\n", " ").strip(" ")
    return "\n".join(line_start_escaped(line) for line in text.split("\n"))


def _paragraphed(pieces: list[Piece]) -> list[Piece]:
    """The pieces with a new paragraph where two breaks follow each other outside of all marks."""
    out: list[Piece] = []
    level = 0
    for piece in pieces:
        level += (piece.kind is Kind.OPEN) - (piece.kind is Kind.CLOSE)
        if piece.kind is Kind.BREAK and not level and out and out[-1].kind is Kind.BREAK:
            out[-1] = Piece(Kind.TEXT, "\n\n")
        else:
            out.append(piece)
    return out


def _concatenated(parts: list[str]) -> str:
    """The parts as one; an exclamation mark before a link does not make an image of it."""
    for at in range(1, len(parts)):
        if parts[at].startswith("[") and parts[at - 1].endswith("!"):
            parts[at - 1] = parts[at - 1][:-1] + "\\!"
    return "".join(parts)


def _written(piece: Piece) -> str:
    if piece.kind is Kind.CODE:
        return code_span(piece.text)
    return "\\\n" if piece.kind is Kind.BREAK else piece.text


def _settled(pieces: list[Piece]) -> list[Piece]:
    """White space moved out of the marks, folded, and gone at both ends; empty and doubled marks gone."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind in (Kind.SPACE, Kind.BREAK):
            at = len(out)
            while at and out[at - 1].kind is Kind.OPEN:
                at -= 1
            _put_space(out, at, piece)
        elif piece.kind is Kind.CLOSE:
            _close(out, piece)
        else:
            out.append(piece)
    while out and out[-1].kind in (Kind.SPACE, Kind.BREAK):
        out.pop()
    return _merged(out)


def _put_space(out: list[Piece], at: int, piece: Piece) -> None:
    before = out[at - 1] if at else BREAK
    if before.kind is Kind.SPACE:
        if piece.kind is Kind.BREAK:
            out[at - 1] = piece
    elif not at or (before.kind is Kind.BREAK and (piece.kind is Kind.SPACE or out[max(0, at - 2)] == before)):
        return
    else:
        out.insert(at, piece)


def _close(out: list[Piece], piece: Piece) -> None:
    """Close a mark before the white space at its end, or take its opening away where nothing stands between."""
    at = len(out)
    while at and out[at - 1].kind in (Kind.SPACE, Kind.BREAK):
        at -= 1
    if at and out[at - 1] == Piece(Kind.OPEN, piece.text):
        space = out[at:]
        del out[at - 1 :]
        for one in space:
            _put_space(out, len(out), one)
        return
    out.insert(at, piece)


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Code spans that touch become one, and emphasis that ends where the same begins goes on."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and piece.kind is last.kind is Kind.CODE:
            out[-1] = Piece(Kind.CODE, last.text + piece.text)
        elif last and piece.kind is Kind.OPEN and last == Piece(Kind.CLOSE, piece.text):
            out.pop()
        else:
            out.append(piece)
    return out


def _working(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the marks that CommonMark would show instead of obeying (section 6.2).

    A run that could both open and close may pair with another one than its own, so it stays only where it is alone.
    """
    texts = [_written(piece) for piece in pieces]
    is_alone = {mark: sum(p.kind is Kind.OPEN and p.text[0] == mark for p in pieces) == 1 for mark in "*~"}
    bad: set[int] = set()
    opened: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.OPEN:
            opened.append(at)
        elif piece.kind is Kind.CLOSE:
            start = opened.pop()
            opens, also_closes = _flanks(texts, pieces, start)
            also_opens, closes = _flanks(texts, pieces, at)
            if not (opens and closes) or ((also_closes or also_opens) and not is_alone[piece.text[0]]):
                bad |= {start, at}
    return [piece for at, piece in enumerate(pieces) if at not in bad]


def _flanks(texts: list[str], pieces: list[Piece], at: int) -> tuple[bool, bool]:
    """Whether the run of marks at a place can open, and can close, emphasis; cmark-gfm looks past `~` as well."""
    passed = "*~" if pieces[at].text[0] == "*" else "~"
    before, after = at, at
    while before >= 0 and pieces[before].kind in (Kind.OPEN, Kind.CLOSE) and pieces[before].text[0] in passed:
        before -= 1
    while after < len(pieces) and pieces[after].kind in (Kind.OPEN, Kind.CLOSE) and pieces[after].text[0] in passed:
        after += 1
    left = texts[before][-1] if before >= 0 else " "
    right = texts[after][0] if after < len(texts) else " "
    return _holds(right, left), _holds(left, right)


def _holds(inner: str, outer: str) -> bool:
    """Whether marks between these characters can hold on to the inner one."""
    if _is_space(inner):
        return False
    kind = unicodedata.category(outer)[0]
    is_apart = _is_space(outer) or kind == "P" or (kind == "S" and outer.isascii())
    return (
        is_apart or unicodedata.category(inner)[0] not in "PS"
    )  # symbols count as punctuation from CommonMark 0.31 on


def _is_space(character: str) -> bool:
    return character in " \t\n\f\r" or unicodedata.category(character) == "Zs"
