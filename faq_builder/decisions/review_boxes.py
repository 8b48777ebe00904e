"""Ticked boxes in a Markdown file that `faq review --write` made -> decisions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Decision, DecisionKind

_TICKED_BOX = re.compile(r"^[ \t]*[-*] \[[xX]\][ \t]+`?(?P<kind>[a-z]+)`?:?(?:[ \t]+(?P<rest>.+))?$")
_REASON = re.compile(r"^[ \t]*Reason:[ \t]*(?P<text>.*\S)[ \t]*$")
_TARGETS = re.compile(r"<([^>]*)>|(\S+)")  # in angle brackets if it contains a space
_KINDS = {kind.value: kind for kind in DecisionKind}


@dataclass(frozen=True, kw_only=True)
class TickedDecisions:
    """The decisions of ticked boxes, and findings for the ticked lines that are not understood."""

    decisions: tuple[Decision, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_ticked_boxes(text: str, path: str, default_reason: str) -> TickedDecisions:
    """Return the decisions of the ticked boxes in a review.

    "- [x] `same` forum:1 forum:2 — they ask the same" is `same` of the two threads. A line `Reason: ...` below a box
    gives its reason; a box without one gets the default reason. `path` is the file's name in findings.
    """
    decisions: list[Decision] = []
    findings: list[Diagnostic] = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _TICKED_BOX.match(line)
        if match is None:
            continue
        where = Location(path=path, line=number)
        named = _TARGETS.findall((match["rest"] or "").partition(" — ")[0])
        targets = tuple(angled or plain for angled, plain in named)
        if match["kind"] not in _KINDS or not targets:
            findings.append(_unknown_box_finding(where))
            continue
        reason = _reason_below(lines[number : number + 2]) or default_reason
        decisions.append(Decision(kind=_KINDS[match["kind"]], references=targets, reason=reason, where=where))
    return TickedDecisions(decisions=tuple(decisions), diagnostics=tuple(findings))


def _reason_below(lines: Sequence[str]) -> str | None:
    """Return the reason in the lines below a box."""
    return next((match["text"] for match in map(_REASON.match, lines) if match), None)


def _unknown_box_finding(where: Location) -> Diagnostic:
    """Return the finding for a ticked line without a known kind of decision or without a target."""
    return Diagnostic(
        code="FAQ602",
        where=where,
        message="a ticked box is not understood",
        help="keep the line as `faq review` wrote it, and only put the x into its box",
    )
