"""Replaces findings in Markdown so that the Markdown stays valid: in prose, URLs, link targets and definitions."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from faq_builder.redact.finding import Finding
from faq_builder.redact.normalised import normalise, unclosed_marks

_URL = re.compile(r"(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s<>\"'`^{|}\[\]]{1,4000}+")
_LINK_TARGET = re.compile(r"(?<=\]\()[ \t]{0,3}<?(?P<target>[^\s<>()]{1,4000}+)")
_URL_ATTRIBUTE = re.compile(r"(?<![\w-])(?:href|src)=[\"'][^\"'<>]{1,4000}+", re.IGNORECASE)
_LINK_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]{0,3}(?P<target><[^<>\n]{0,4000}>|\S{1,4000}+)", re.MULTILINE
)
_TARGET_END = re.compile(r"[^\s()]{0,500}>?(?:[ \t]{1,3}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]{0,3}\)")
_LONGEST_LABEL = 500


class Edit(NamedTuple):
    """Replace the characters `[start, end)` by `text`."""

    start: int
    end: int
    text: str


class MarkdownSpans:
    """The spans of URLs, link targets and link definitions in a Markdown text, each kind found when first needed."""

    def __init__(self, text: str) -> None:
        self._text = text

    def is_in_url(self, at: int) -> bool:
        """Whether a position is inside a URL or the target of a link."""
        return any(_span_around(spans, at) for spans in (self._urls, self._targets, self._attributes))

    def edits_for(self, finding: Finding) -> list[Edit]:
        """Return the edits that replace a finding by words that say what was removed."""
        start, end = finding.start, finding.end
        if target := _span_around(self._targets, start):
            is_whole = start <= target[0] and (end >= target[1] or self._text[end] in "?>")
            return (self._unlinked(finding, target) if is_whole else []) or [Edit(start, end, finding.kind.url_label)]
        target = _span_around(self._definitions, start)
        if target and self._text[target[0] : start] in ("", "<"):
            return [Edit(*target, "<>")]  # an empty target is valid, so references to it stay links
        if target or self.is_in_url(start):
            return [Edit(start, end, finding.kind.url_label)]
        return [self._in_prose(finding)]

    def _unlinked(self, finding: Finding, target: tuple[int, int]) -> list[Edit]:
        """Return the edits that keep only the label of a link whose whole target was found: [Fred](mailto:...) -> Fred.

        No edits if the link's ends are unclear.
        """
        close = self._text.rindex("](", 0, target[0])
        ending = _TARGET_END.match(self._text, finding.end)
        opening = self._opening(close)
        if ending is None or opening is None or self._text[max(0, opening - 1)] == "!":
            return []
        label = normalise(self._text[opening + 1 : close]).text.strip()
        words = "" if label and label in finding.value else f" {finding.kind.value}"
        return [Edit(opening, opening + 1, ""), Edit(close, ending.end(), words)]

    def _opening(self, close: int) -> int | None:
        """Return the position of the bracket that opens the label closed at `close`, None if there is none near."""
        depth = 0
        for at in range(close, max(-1, close - _LONGEST_LABEL), -1):
            depth += {"]": 1, "[": -1}.get(self._text[at], 0)
            if depth == 0:
                return at
        return None

    def _in_prose(self, finding: Finding) -> Edit:
        """Return the edit for a finding outside of URLs and links."""
        text, start, end = self._text, finding.start, finding.end
        if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
            start, end = start - 1, end + 1
        words = finding.kind.value + unclosed_marks(text[finding.start : finding.end])
        following = text[end : end + 1]
        if following in ("(", "[") or (following == ":" and self._begins_line(start)):
            words += " "  # otherwise "[...](" would be a link, and "[...]:" a definition
        return Edit(start, end, words)

    def _begins_line(self, at: int) -> bool:
        """Whether only Markdown marks precede a position on its line."""
        return not self._text[self._text.rfind("\n", 0, at) + 1 : at].strip(" \t>*+-.)0123456789")

    @cached_property
    def _urls(self) -> list[tuple[int, int]]:
        return [m.span() for m in _URL.finditer(self._text)]

    @cached_property
    def _targets(self) -> list[tuple[int, int]]:
        return [m.span("target") for m in _LINK_TARGET.finditer(self._text)]

    @cached_property
    def _definitions(self) -> list[tuple[int, int]]:
        return [m.span("target") for m in _LINK_DEFINITION.finditer(self._text)]

    @cached_property
    def _attributes(self) -> list[tuple[int, int]]:
        return [m.span() for m in _URL_ATTRIBUTE.finditer(self._text)]


def _span_around(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the span that contains a position, None if there is none. `spans` are sorted and do not overlap."""
    index = bisect_right(spans, (at, len(spans) and spans[-1][1])) - 1
    return spans[index] if index >= 0 and spans[index][0] <= at < spans[index][1] else None
