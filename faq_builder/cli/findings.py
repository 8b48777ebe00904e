"""Print findings to standard error, and turn them into an exit code."""

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
    """Print findings, then how many errors and warnings there are."""
    found = tuple(dict.fromkeys(diagnostics))
    for line in printed_lines(found):
        print(line, file=sys.stderr)
    levels = Counter(diagnostic.level for diagnostic in found)
    if counts := [counted(levels[level], level.value) for level in (Severity.ERROR, Severity.WARNING) if levels[level]]:
        print(f"{' and '.join(counts)}; `faq explain CODE` says more", file=sys.stderr)


def exit_code(diagnostics: Iterable[Diagnostic], fail_on: Severity) -> int:
    """Return 1 if a finding is at least as serious as `fail_on`, else 0."""
    level = worst_severity(diagnostics)
    return int(level is not None and level.rank >= fail_on.rank)


def wrong_use(place: str, message: str, advice: str) -> UsageError:
    """Return the error for a command that was called wrongly."""
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=place), message=message, help=advice))
