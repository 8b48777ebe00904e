"""Every finding is shown by the smallest site that has it, and repaired by what its help line says.

A file in cases/ is a test; its name begins with the code. `UPDATE_GOLDEN=1 pytest` updates the output of the commands;
read the diff before you commit it.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from diagnostic_case import CommandRun, Step, case_text, do, findings_in, steps

from faq_builder.base.diagnostics import CODES
from faq_builder.read import export

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
SMALL = 20_000  # bytes: the largest file that is read here, so that the case of a too large export is small

# code -> why no test can follow its help line
NOT_REPAIRED = {"FAQ772": "it asks for another version of faq_builder"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(export, "MAX_READ", SMALL)
    about, todo = steps(path)
    for step in steps(HERE / "site.txt")[1]:
        do(step)
    done: list[Step] = []
    ran: list[CommandRun] = []
    for step in todo:
        result = do(step)
        ran += [result] if result else []
        done.append(replace(step, text=result.printed) if result else step)
    text = case_text(about, tuple(done))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert_shown_and_repaired(path.name[:6], ran)


def assert_shown_and_repaired(code: str, ran: list[CommandRun]) -> None:
    """Check that a command shows the finding and, if it has a help line, that the last command shows no finding."""
    number = next((n for n, result in enumerate(ran) if code in result.codes), None)
    assert number is not None, f"no command shows {code}"
    shown, last = ran[number], ran[-1]
    if code in NOT_REPAIRED or not any(f.help for f in shown.findings if f.code == code):
        return
    assert last is not shown, "the repair is missing"
    level = next(f.severity for f in shown.findings if f.code == code)
    assert (code, level) not in {(f.code, f.severity) for f in last.findings}  # an accepted loss is only information
    assert last.exit_code == 0
    assert {f.code for f in last.findings if f.severity != "info"} <= set(shown.codes), "the repair broke something"


def test_every_code_has_a_case() -> None:
    assert {path.name[:6] for path in CASES} == set(CODES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_messages_and_help_are_in_our_style(path: Path) -> None:
    for finding in findings_in(path.read_text(encoding="utf-8")):
        texts = [finding.message, *([finding.help] if finding.help else [])]
        assert not any(text.endswith(".") and not text.endswith("...") for text in texts), finding
        assert not any(text[0].isupper() and not text.split()[0].isupper() for text in texts), finding
        assert finding.help or finding.severity == "info", f"{finding} does not say what to do"
