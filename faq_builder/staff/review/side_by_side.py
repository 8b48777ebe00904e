"""Two texts side by side on a screen of some width, with the words marked that only one of them has."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from faq_builder.staff.review.doubts import Doubt, DoubtKind, Side

NARROW = 70  # columns below which the sides stand one below the other
LINES = 18  # of each text; more can be read at its address
_LONGEST = 1500  # characters of each text that are shown

Words = tuple[tuple[str, bool], ...]  # each word, and whether only this side has it


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What stands before and behind a word that only one side has."""

    start: str
    end: str


PLAIN_MARKS = Marks(start="*", end="*")


def side_by_side(doubt: Doubt, width: int, marks: Marks) -> Iterator[str]:
    """The lines of both sides in two columns; one below the other where the screen is narrow."""
    titles: tuple[Words, Words] = _unmarked(doubt.left.title), _unmarked(doubt.right.title)
    if doubt.kind in (DoubtKind.PAIR, DoubtKind.TAG):  # other texts differ in nearly every word
        titles = differences(_plain(doubt.left.title), _plain(doubt.right.title))
    if width < NARROW:
        for side, title in zip((doubt.left, doubt.right), titles, strict=True):
            yield from (line for line, _ in _column(side, title, width, marks))
            yield ""
        return
    half = (width - 3) // 2
    columns = [_column(side, title, half, marks) for side, title in zip((doubt.left, doubt.right), titles, strict=True)]
    for (one, length), (other, _) in zip_longest(*columns, fillvalue=("", 0)):
        yield f"{one}{' ' * (half - length)} │ {other}".rstrip()


def differences(left: str, right: str) -> tuple[Words, Words]:
    """The words of two texts with the differences marked; case and punctuation do not count."""
    one, other = left.split(), right.split()
    matcher = SequenceMatcher(None, [_folded(w) for w in one], [_folded(w) for w in other], autojunk=False)
    in_both = [(a + i, b + i) for a, b, size in matcher.get_matching_blocks() for i in range(size)]
    lefts, rights = {a for a, _ in in_both}, {b for _, b in in_both}
    return (
        tuple((word, n not in lefts) for n, word in enumerate(one)),
        tuple((word, n not in rights) for n, word in enumerate(other)),
    )


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for an accent."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _column(side: Side, title: Words, width: int, marks: Marks) -> list[tuple[str, int]]:
    """The lines of one side with the columns that each takes."""
    lines = [*_wrapped(_unmarked(side.head), width, marks)]
    if side.address != side.title:
        lines += _wrapped(_unmarked(side.address), width, marks)
    lines += [("", 0), *_wrapped(title, width, marks), ("", 0)] if title else [("", 0)]
    text = [row for line in _lines(side.text) for row in _wrapped(_unmarked(line), width, marks)]
    return [*lines, *text[:LINES], *([("…", 1)] if len(text) > LINES else [])]


def _lines(text: str) -> Iterator[str]:
    """The lines of a text that say something, without the backslash of a Markdown break."""
    return (line.rstrip("\\") for line in text[:_LONGEST].splitlines() if line.strip(" \\"))


def _wrapped(words: Words, width: int, marks: Marks) -> list[tuple[str, int]]:
    lines: list[tuple[str, int]] = []
    line, length = "", 0
    for word, is_marked in (piece for whole in words for piece in _pieces(whole, width - 2)):
        size = columns_of(word) + (columns_of(marks.start + marks.end) if is_marked and marks is PLAIN_MARKS else 0)
        if length and length + 1 + size > width:
            lines.append((line, length))
            line, length = "", 0
        shown = f"{marks.start}{word}{marks.end}" if is_marked else word
        line, length = (f"{line} {shown}", length + 1 + size) if length else (shown, size)
    return [*lines, (line, length)] if length else lines


def _pieces(word: tuple[str, bool], width: int) -> Iterator[tuple[str, bool]]:
    """A word in pieces that fit."""
    text, is_marked = word
    while columns_of(text) > width:
        cut = next(n for n in range(len(text), 0, -1) if columns_of(text[:n]) <= width or n == 1)
        yield text[:cut], is_marked
        text = text[cut:]
    yield text, is_marked


def _plain(text: str) -> str:
    """A text without anything that would steer a terminal."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(shown.split()))


def _unmarked(text: str) -> Words:
    return tuple((word, False) for word in _plain(text).split())


def _folded(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum()) or word
