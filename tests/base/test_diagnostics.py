"""Findings: how they are printed and counted, and the table of codes."""

import re

import pytest

from faq_builder.base.diagnostics import CODES, Diagnostic, Location, Severity, printed_lines, worst_severity


def finding(line: int = 1, code: str = "FAQ204") -> Diagnostic:
    return Diagnostic(code=code, where=Location(path="a.md", line=line), message="it is broken", help="repair it")


def test_a_finding_reads_location_severity_code_message_and_help() -> None:
    assert str(finding(3)) == "a.md:3: error[FAQ204]: it is broken\n  help: repair it"


def test_a_location_without_lines_names_the_item() -> None:
    assert str(Location(path="users.json", item="/3/profile")) == "users.json:/3/profile"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="table of codes"):
        finding(code="FAQ999")


def test_the_same_kind_in_one_file_is_shown_five_times_and_then_counted() -> None:
    items = [
        Diagnostic(code="FAQ302", where=Location(path="x.json", item=f"/{n}"), message="no title") for n in range(9)
    ]
    lines = printed_lines(items)
    assert len(lines) == 6
    assert lines[-1] == "FAQ302: 4 more like this"


def test_the_very_same_finding_is_shown_once() -> None:
    assert len(printed_lines([finding(), finding()])) == 1


def test_the_worst_of_nothing_is_nothing() -> None:
    assert worst_severity([]) is None
    assert worst_severity([finding(), finding(code="FAQ304")]) is Severity.ERROR


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_is_explained(code: str) -> None:
    assert re.fullmatch(r"FAQ\d{3}", code)
    entry = CODES[code]
    assert Severity(entry.severity)
    assert entry.title
    assert entry.title[0].islower()
    assert not entry.title.endswith(".")
    assert len(entry.explanation) > 40
    assert entry.explanation.endswith(".")
