"""Show passages in a terminal: two side by side, more as a list, with the words marked that only one of them has."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from faq_builder.similarity.words import FUNCTION_WORDS
from faq_builder.staff.review.questions import Passage, QuestionKind, ReviewQuestion

NARROW = 70  # columns below which one side is printed below the other
LINES = 18  # of each text; the rest can be read at its URL
_LINES_OF_ALL = 45  # of all texts of a list together, so that a question fits on a screen
_FEWEST_LINES = 3  # of each text of a list
_LONGEST = 1500  # characters of each text that are shown

Words = tuple[tuple[str, bool], ...]  # each word, and whether only this side has it


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The text before and after a word that only one side has."""

    start: str
    end: str


PLAIN_MARKS = Marks(start="*", end="*")


def side_by_side(question: ReviewQuestion, width: int, marks: Marks) -> Iterator[str]:
    """Yield the lines of all passages: two in columns, more, or any on a narrow screen, one below the other."""
    passages = question.passages
    titles = titles_of(question)
    if len(passages) != 2 or width < NARROW:
        most = LINES if len(passages) <= 2 else max(_FEWEST_LINES, _LINES_OF_ALL // len(passages))
        for passage, title in zip(passages, titles, strict=True):
            yield from (line for line, _ in _column(passage, title, width, marks, most))
            yield ""
        return
    half = (width - 3) // 2
    columns = [_column(p, title, half, marks, LINES) for p, title in zip(passages, titles, strict=True)]
    for (one, length), (other, _) in zip_longest(*columns, fillvalue=("", 0)):
        yield f"{one}{' ' * (half - length)} │ {other}".rstrip()


def titles_of(question: ReviewQuestion) -> tuple[Words, ...]:
    """Return the titles of all passages; if they are compared, with the words marked that differ from the first one."""
    titles = [_plain(passage.title) for passage in question.passages]
    if not (question.compares or question.kind is QuestionKind.TAG) or len(titles) < 2:
        return tuple(_unmarked(title) for title in titles)  # other texts differ in nearly every word
    first = differences(titles[0], titles[1])[0] if len(titles) == 2 else _unmarked(titles[0])
    return (first, *(differences(titles[0], title)[1] for title in titles[1:]))


def differences(left: str, right: str) -> tuple[Words, Words]:
    """Return the words of two texts, each with whether only this text has it.

    Case, punctuation and function words such as "the" do not count; negations do.
    """
    one, other = left.split(), right.split()
    matcher = SequenceMatcher(None, [_folded(w) for w in one], [_folded(w) for w in other], autojunk=False)
    in_both = [(a + i, b + i) for a, b, size in matcher.get_matching_blocks() for i in range(size)]
    lefts, rights = {a for a, _ in in_both}, {b for _, b in in_both}
    return (
        tuple((word, n not in lefts and _tells(word)) for n, word in enumerate(one)),
        tuple((word, n not in rights and _tells(word)) for n, word in enumerate(other)),
    )


def columns_of(text: str) -> int:
    """Return how many terminal columns a text takes: two for a wide character, none for a combining accent."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _column(passage: Passage, title: Words, width: int, marks: Marks, most: int) -> list[tuple[str, int]]:
    """Return the lines of one passage, each with the number of columns that it takes; at most `most` of its text."""
    head = passage.head if passage.number is None else f"[{passage.number}] {passage.head}"
    lines = [*_wrapped(_unmarked(head), width, marks)]
    lines += [("", 0), *_wrapped(title, width, marks), ("", 0)] if title else [("", 0)]
    text = [row for line in _lines(passage.text) for row in _wrapped(_unmarked(line), width, marks)]
    return [*lines, *text[:most], *([("…", 1)] if len(text) > most else [])]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are not blank, without the backslash of a Markdown line break."""
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
    """Cut a word into pieces that fit into `width` columns."""
    text, is_marked = word
    while columns_of(text) > width:
        cut = next(n for n in range(len(text), 0, -1) if columns_of(text[:n]) <= width or n == 1)
        yield text[:cut], is_marked
        text = text[cut:]
    yield text, is_marked


def _plain(text: str) -> str:
    """Return a text on one line, without control characters for the terminal and without Markdown links."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(shown.split()))


def _unmarked(text: str) -> Words:
    return tuple((word, False) for word in _plain(text).split())


def _tells(word: str) -> bool:
    """Whether a word says something by itself: "rain" and "not" do, "the" does not."""
    return _folded(word) not in FUNCTION_WORDS


def _folded(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum()) or word
