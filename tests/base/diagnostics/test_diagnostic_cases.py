"""Every finding, shown by the smallest site that has it and mended by what its help line says.

A file in cases/ is a test; its name begins with the code. `UPDATE_GOLDEN=1 pytest` writes what commands print anew;
read the difference before you commit it.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from diagnostic_case import Ran, Step, case_text, do, findings_in, steps

from faq_builder.base.diagnostics import CODES
from faq_builder.read import export

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
SMALL = 20_000  # bytes: what is too large to be read at once here, so that the case of a large export is small

# Codes whose help nobody can follow in a test, and why
NOT_MENDED = {"FAQ772": "it asks for another release of faq_builder"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(export, "MAX_READ", SMALL)
    about, todo = steps(path)
    for step in steps(HERE / "site.txt")[1]:
        do(step)
    done: list[Step] = []
    ran: list[Ran] = []
    for step in todo:
        result = do(step)
        ran += [result] if result else []
        done.append(replace(step, text=result.printed) if result else step)
    text = case_text(about, tuple(done))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert_shown_and_mended(path.name[:6], ran)


def assert_shown_and_mended(code: str, ran: list[Ran]) -> None:
    """The finding is shown by a command and, where it has a help line, gone after the last, with nothing else wrong."""
    number = next((n for n, result in enumerate(ran) if code in result.codes), None)
    assert number is not None, f"no command shows {code}"
    shown, last = ran[number], ran[-1]
    if code in NOT_MENDED or not any(f.help for f in shown.findings if f.code == code):
        return
    assert last is not shown, "what mends it is missing"
    level = next(f.severity for f in shown.findings if f.code == code)
    assert (code, level) not in {(f.code, f.severity) for f in last.findings}  # an accepted loss is an information
    assert last.exit_code == 0
    assert {f.code for f in last.findings if f.severity != "info"} <= set(shown.codes), "the mend broke something"


def test_every_code_has_a_case() -> None:
    assert {path.name[:6] for path in CASES} == set(CODES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_messages_and_help_are_in_our_style(path: Path) -> None:
    for finding in findings_in(path.read_text(encoding="utf-8")):
        texts = [finding.message, *([finding.help] if finding.help else [])]
        assert not any(text.endswith(".") and not text.endswith("...") for text in texts), finding
        assert not any(text[0].isupper() and not text.split()[0].isupper() for text in texts), finding
        assert finding.help or finding.severity == "info", f"{finding} does not say what to do"
