"""Findings on standard error, and the exit code that they make."""

import sys
from collections import Counter
from collections.abc import Iterable

from faq_builder.base.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    UsageError,
    counted,
    printed_lines,
    worst_severity,
)


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings, and how many of them want something done."""
    found = tuple(dict.fromkeys(diagnostics))
    for line in printed_lines(found):
        print(line, file=sys.stderr)
    levels = Counter(diagnostic.level for diagnostic in found)
    if counts := [counted(levels[level], level.value) for level in (Severity.ERROR, Severity.WARNING) if levels[level]]:
        print(f"{' and '.join(counts)}; `faq explain CODE` says more", file=sys.stderr)


def exit_code(diagnostics: Iterable[Diagnostic], fail_on: Severity) -> int:
    """1 where a finding is as bad as `fail_on`, else 0."""
    level = worst_severity(diagnostics)
    return int(level is not None and level.rank >= fail_on.rank)


def wrong_use(place: str, message: str, advice: str) -> UsageError:
    """The error for a command that was called wrongly."""
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=place), message=message, help=advice))
