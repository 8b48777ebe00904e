"""Findings on standard error, and the exit code that they make."""

import sys
from collections.abc import Iterable

from faq_builder.diagnostics import Diagnostic, Location, Severity, UsageError, folded, worst


def report(diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings."""
    for line in folded(diagnostics):
        print(line, file=sys.stderr)


def exit_code(diagnostics: Iterable[Diagnostic], fail_on: Severity) -> int:
    """1 where a finding is as bad as `fail_on`, else 0."""
    level = worst(diagnostics)
    return int(level is not None and level.rank >= fail_on.rank)


def wrong_use(place: str, message: str, advice: str) -> UsageError:
    """The error for a command that was called wrongly."""
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=place), message=message, help=advice))
