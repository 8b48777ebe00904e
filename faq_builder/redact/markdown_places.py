"""Where in Markdown a finding stands, and what to write there so that the Markdown stays valid."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from faq_builder.redact.finding import Finding
from faq_builder.redact.normalised import fold, marks

_ADDRESS = re.compile(r"(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>\"'`^{|}\[\]]{1,4000}+")
_TARGET = re.compile(r"(?<=\]\()[ \t]{0,3}<?(?P<target>[^\s<>()]{1,4000}+)")
_ATTRIBUTE = re.compile(r"(?<![\w-])(?:href|src)=[\"'][^\"'<>]{1,4000}+", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]{0,3}(?P<target><[^<>\n]{0,4000}>|\S{1,4000}+)", re.MULTILINE
)
_TARGET_END = re.compile(r"[^\s()]{0,500}>?(?:[ \t]{1,3}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]{0,3}\)")
_LONGEST_LABEL = 500


class Edit(NamedTuple):
    """Write `text` in the place of `[start, end)`."""

    start: int
    end: int
    text: str


class Places:
    """The addresses and link targets of a text, found when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def in_address(self, at: int) -> bool:
        """Whether a position is within a web address or the target of a link."""
        return any(_around(spans, at) for spans in (self._addresses, self._targets, self._attributes))

    def edits(self, finding: Finding) -> list[Edit]:
        """What to change so that a finding is gone and a reader sees that it was there."""
        start, end = finding.start, finding.end
        if target := _around(self._targets, start):
            is_whole = start <= target[0] and (end >= target[1] or self._text[end] in "?>")
            return (self._unlinked(finding, target) if is_whole else []) or [Edit(start, end, finding.kind.in_address)]
        target = _around(self._definitions, start)
        if target and self._text[target[0] : start] in ("", "<"):
            return [Edit(*target, "<>")]  # an empty target is valid, and what refers to it stays a link
        if target or self.in_address(start):
            return [Edit(start, end, finding.kind.in_address)]
        return [self._in_prose(finding)]

    def _unlinked(self, finding: Finding, target: tuple[int, int]) -> list[Edit]:
        """The label of a link that led to nothing but what was found; nothing where the link has no clear ends."""
        close = self._text.rindex("](", 0, target[0])
        ending = _TARGET_END.match(self._text, finding.end)
        opening = self._opening(close)
        if ending is None or opening is None or self._text[max(0, opening - 1)] == "!":
            return []
        label = fold(self._text[opening + 1 : close]).text.strip()
        words = "" if label and label in finding.value else f" {finding.kind.value}"
        return [Edit(opening, opening + 1, ""), Edit(close, ending.end(), words)]

    def _opening(self, close: int) -> int | None:
        """Where the bracket was opened that is closed here."""
        depth = 0
        for at in range(close, max(-1, close - _LONGEST_LABEL), -1):
            depth += {"]": 1, "[": -1}.get(self._text[at], 0)
            if depth == 0:
                return at
        return None

    def _in_prose(self, finding: Finding) -> Edit:
        text, start, end = self._text, finding.start, finding.end
        if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
            start, end = start - 1, end + 1
        words = finding.kind.value + marks(text[finding.start : finding.end])
        following = text[end : end + 1]
        if following in ("(", "[") or (following == ":" and self._begins_line(start)):
            words += " "  # else the brackets would become a link, or the definition of one
        return Edit(start, end, words)

    def _begins_line(self, at: int) -> bool:
        return not self._text[self._text.rfind("\n", 0, at) + 1 : at].strip(" \t>*+-.)0123456789")

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return [m.span() for m in _ADDRESS.finditer(self._text)]

    @cached_property
    def _targets(self) -> list[tuple[int, int]]:
        return [m.span("target") for m in _TARGET.finditer(self._text)]

    @cached_property
    def _definitions(self) -> list[tuple[int, int]]:
        return [m.span("target") for m in _DEFINITION.finditer(self._text)]

    @cached_property
    def _attributes(self) -> list[tuple[int, int]]:
        return [m.span() for m in _ATTRIBUTE.finditer(self._text)]


def _around(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The stretch that holds a position."""
    index = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return spans[index] if index >= 0 and spans[index][0] <= at < spans[index][1] else None
