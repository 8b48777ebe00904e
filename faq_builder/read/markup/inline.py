"""Inline Markdown joined from pieces, so that a reader sees exactly the text that went in.

Emphasis is decided last: whether `**` opens or closes emphasis depends on its neighbours (CommonMark's flanking rules),
which are known only when all pieces are there.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

__all__ = ["Piece", "PieceKind", "code_span", "escape", "join_pieces", "line_start_escaped"]


class PieceKind(Enum):
    """The kind of a piece."""

    TEXT = auto()  # Markdown that is complete in itself: escaped text, a link, an image
    SPACE = auto()  # white space that may be moved or removed
    BREAK = auto()  # an intended line break
    CODE = auto()  # the content of a code span
    OPEN = auto()  # a delimiter that opens emphasis: ** or * or ~~
    CLOSE = auto()  # a delimiter that closes emphasis


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a run of inline Markdown."""

    kind: PieceKind
    text: str = ""


SPACE = Piece(PieceKind.SPACE, " ")
BREAK = Piece(PieceKind.BREAK)

# A backslash escapes only ASCII punctuation (CommonMark 2.4); `_` between letters or digits is not a delimiter (6.2).
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"
    r"|[`*\[\]<|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|&(?=#?\w*(?:;|$))"
)
# GFM's extended autolinks take the raw text up to white space, including backslashes and delimiters.
_BARE_URL = re.compile(r"(?:https?|ftp)://[^\s<>`|\[\]\\]+|www\.", re.IGNORECASE)
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_HARMLESS_URL = re.compile(r"([\w/:.%?=&#+,;@-]*[\w/=&#+%@-])([.,:;?]*)", re.ASCII)
_ENTITY = re.compile(r"&#?\w+;")
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^(?:[-+](?=\s|$)|-(?=-)|:(?=-)|#{1,6}(?=\s|$)|>|=)")


def escape(text: str, *, autolinks: bool = True) -> str:
    """Escape text as Markdown that renders as this text anywhere in a line but at its start: `a*b` -> `a\\*b`.

    `line_start_escaped` does the rest. Without `autolinks` (in the text of a link) URLs need no special treatment,
    because they do not become links there.
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
    """Escape a URL in running text: unchanged if white space follows, else in angle brackets, else made no link."""
    if url.lower() == "www.":
        return url[:3] + "\\."
    harmless = _HARMLESS_URL.fullmatch(url)
    if harmless and not _ENTITY.search(url):
        return url if alone else f"<{harmless[1]}>{harmless[2]}"
    return _WWW.sub(r"\1\\.", _SPECIAL.sub(_backslashed, url).replace("://", "\\://"))


def line_start_escaped(line: str) -> str:
    """Escape a line that would begin a list, heading, quote, rule, table or underline: `1. no` -> `1\\. no`."""
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[0]}", line)


def code_span(content: str) -> str:
    """Return a code span that shows the content, with white space folded as in a browser: a`b -> ``a`b``."""
    content = re.sub(r"[ \t\r\n]+", " ", content)
    if not content.strip(" "):
        return ""
    runs = {len(run) for run in re.findall("`+", content)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    padded = content[0] == "`" or content[-1] == "`" or (content[0] == " " == content[-1])
    return f"{fence} {content} {fence}" if padded else f"{fence}{content}{fence}"


def join_pieces(pieces: Iterable[Piece], *, one_line: bool = False) -> str:
    """Join pieces to Markdown, trimmed; with `one_line` (headings, table cells) line breaks become spaces."""
    kept = _spaces_outside_emphasis(list(pieces))
    for _ in range(8):  # removing a delimiter changes its neighbours; more rounds only help hostile input
        effective = _without_broken_delimiters(kept)
        if len(effective) == len(kept):
            break
        kept = _merged(effective)
    else:
        kept = _merged([p for p in kept if p.kind not in (PieceKind.OPEN, PieceKind.CLOSE)])
    text = _concatenated([_written(piece) for piece in (kept if one_line else _paragraphed(kept))])
    if one_line:
        return text.replace("\\\n", " ").strip(" ")
    return "\n".join(line_start_escaped(line) for line in text.split("\n"))


def _paragraphed(pieces: list[Piece]) -> list[Piece]:
    """Replace two consecutive line breaks outside of all emphasis by a new paragraph."""
    out: list[Piece] = []
    level = 0
    for piece in pieces:
        level += (piece.kind is PieceKind.OPEN) - (piece.kind is PieceKind.CLOSE)
        if piece.kind is PieceKind.BREAK and not level and out and out[-1].kind is PieceKind.BREAK:
            out[-1] = Piece(PieceKind.TEXT, "\n\n")
        else:
            out.append(piece)
    return out


def _concatenated(parts: list[str]) -> str:
    """Join the parts, and escape an exclamation mark before a link, which would make the link an image."""
    for at in range(1, len(parts)):
        if parts[at].startswith("[") and parts[at - 1].endswith("!"):
            parts[at - 1] = parts[at - 1][:-1] + "\\!"
    return "".join(parts)


def _written(piece: Piece) -> str:
    """Return one piece as Markdown."""
    if piece.kind is PieceKind.CODE:
        return code_span(piece.text)
    return "\\\n" if piece.kind is PieceKind.BREAK else piece.text


def _spaces_outside_emphasis(pieces: list[Piece]) -> list[Piece]:
    """Move white space out of emphasis, fold it, trim both ends, and remove empty and doubled emphasis."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind in (PieceKind.SPACE, PieceKind.BREAK):
            at = len(out)
            while at and out[at - 1].kind is PieceKind.OPEN:
                at -= 1
            _put_space(out, at, piece)
        elif piece.kind is PieceKind.CLOSE:
            _close(out, piece)
        else:
            out.append(piece)
    while out and out[-1].kind in (PieceKind.SPACE, PieceKind.BREAK):
        out.pop()
    return _merged(out)


def _put_space(out: list[Piece], at: int, piece: Piece) -> None:
    """Insert a space or break at a position; a neighbouring space absorbs it, or gives way to a break."""
    before = out[at - 1] if at else BREAK
    if before.kind is PieceKind.SPACE:
        if piece.kind is PieceKind.BREAK:
            out[at - 1] = piece
    elif not at or (
        before.kind is PieceKind.BREAK and (piece.kind is PieceKind.SPACE or out[max(0, at - 2)] == before)
    ):
        return
    else:
        out.insert(at, piece)


def _close(out: list[Piece], piece: Piece) -> None:
    """Add a closing delimiter before trailing white space; if nothing is between, remove its opening delimiter too."""
    at = len(out)
    while at and out[at - 1].kind in (PieceKind.SPACE, PieceKind.BREAK):
        at -= 1
    if at and out[at - 1] == Piece(PieceKind.OPEN, piece.text):
        space = out[at:]
        del out[at - 1 :]
        for one in space:
            _put_space(out, len(out), one)
        return
    out.insert(at, piece)


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Unite code spans that touch, and emphasis that ends where emphasis of the same kind begins."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and piece.kind is last.kind is PieceKind.CODE:
            out[-1] = Piece(PieceKind.CODE, last.text + piece.text)
        elif last and piece.kind is PieceKind.OPEN and last == Piece(PieceKind.CLOSE, piece.text):
            out.pop()
        else:
            out.append(piece)
    return out


def _without_broken_delimiters(pieces: list[Piece]) -> list[Piece]:
    """Remove the delimiters that CommonMark would show as text (section 6.2).

    A delimiter run that can both open and close emphasis may be paired with the wrong partner, so it is kept only if
    there is just one pair of its kind.
    """
    texts = [_written(piece) for piece in pieces]
    is_alone = {sign: sum(p.kind is PieceKind.OPEN and p.text[0] == sign for p in pieces) == 1 for sign in "*~"}
    broken: set[int] = set()
    opened: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.kind is PieceKind.OPEN:
            opened.append(at)
        elif piece.kind is PieceKind.CLOSE:
            start = opened.pop()
            opens, also_closes = _can_open_and_close(texts, pieces, start)
            also_opens, closes = _can_open_and_close(texts, pieces, at)
            if not (opens and closes) or ((also_closes or also_opens) and not is_alone[piece.text[0]]):
                broken |= {start, at}
    return [piece for at, piece in enumerate(pieces) if at not in broken]


def _can_open_and_close(texts: list[str], pieces: list[Piece], at: int) -> tuple[bool, bool]:
    """Whether the delimiter run at a position can open, and can close, emphasis; cmark-gfm also looks past `~`."""
    skipped = "*~" if pieces[at].text[0] == "*" else "~"

    def is_skipped(piece: Piece) -> bool:
        return piece.kind in (PieceKind.OPEN, PieceKind.CLOSE) and piece.text[0] in skipped

    before, after = at, at
    while before >= 0 and is_skipped(pieces[before]):
        before -= 1
    while after < len(pieces) and is_skipped(pieces[after]):
        after += 1
    left = texts[before][-1] if before >= 0 else " "
    right = texts[after][0] if after < len(texts) else " "
    return _is_flanking(right, left), _is_flanking(left, right)


def _is_flanking(inner: str, outer: str) -> bool:
    """Whether a delimiter run between these characters can open or close emphasis of the inner one."""
    if _is_space(inner):
        return False
    category = unicodedata.category(outer)[0]
    is_apart = _is_space(outer) or category == "P" or (category == "S" and outer.isascii())
    # symbols count as punctuation since CommonMark 0.31
    return is_apart or unicodedata.category(inner)[0] not in "PS"


def _is_space(character: str) -> bool:
    return character in " \t\n\f\r" or unicodedata.category(character) == "Zs"
