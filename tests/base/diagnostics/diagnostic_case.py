"""The file of a diagnostic case: the smallest site that shows a finding, what is printed, and the repair.

    Who did what, in a sentence.
    -- content/threads/red.md --             a file of the site that site.txt begins; its text follows
    -- content/threads/red.md as utf-16 --   in another encoding; `as zip`: each line is `name: text`
    -- delete PATH --                        also `move PATH to PATH`, `copy PATH to PATH`, `link PATH to PATH`
    -- $ faq check --                        a command; its output on standard error follows

The steps are done in order. The last command runs after the repair.
"""

import re
import shlex
import shutil
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from faq_builder.cli import main

_STEP = re.compile(r"^-- (?P<what>.+) --\n", re.MULTILINE)
_PROGRESS = re.compile(r"^[a-z]+ \.\.\.\n", re.MULTILINE)
_FINDING = re.compile(
    r"^(?P<place>\S.*?): (?P<severity>info|warning|error)\[(?P<code>FAQ\d{3})\]: (?P<message>.*)"
    r"(?:\n  help: (?P<help>.*))?",
    re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding as printed."""

    place: str
    severity: str
    code: str
    message: str
    help: str | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A heading and the text below it."""

    what: str
    text: str

    @property
    def command(self) -> str | None:
        """The command that this step runs."""
        return self.what.removeprefix("$ ") if self.what.startswith("$ ") else None


@dataclass(frozen=True, kw_only=True)
class CommandRun:
    """The outcome of a command."""

    printed: str
    exit_code: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in its output."""
        return findings_in(self.printed)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of these findings."""
        return tuple(finding.code for finding in self.findings)


def steps(path: Path) -> tuple[str, tuple[Step, ...]]:
    """Return the first sentence of a case and its steps."""
    about, *rest = _STEP.split(path.read_text(encoding="utf-8"))
    return about, tuple(Step(what=what, text=text) for what, text in zip(rest[::2], rest[1::2], strict=True))


def case_text(about: str, done: tuple[Step, ...]) -> str:
    """Return the text of a case's file."""
    return about + "".join(f"-- {step.what} --\n{step.text}" for step in done)


def findings_in(text: str) -> tuple[Finding, ...]:
    """Return the findings in the output of a command."""
    return tuple(Finding(**match.groupdict()) for match in _FINDING.finditer(text))


def do(step: Step) -> CommandRun | None:
    """Do a step in the current folder; return the outcome if the step is a command."""
    if step.command is not None:
        return _run(step.command)
    match step.what.split():
        case ["delete", name] if Path(name).is_dir():
            shutil.rmtree(name)
        case ["delete", name]:
            Path(name).unlink()
        case ["move", name, "to", other]:
            Path(name).rename(other)
        case ["copy", name, "to", other]:
            shutil.copytree(name, other, dirs_exist_ok=True)
        case ["link", name, "to", other]:
            Path(name).symlink_to(other)
        case [name, "as", "zip"]:
            _write_zip(_room_for(name), step.text)
        case [name, "as", encoding]:
            _room_for(name).write_text(step.text, encoding=encoding)
        case [name]:
            _room_for(name).write_text(step.text, encoding="utf-8")
        case _:
            raise ValueError(f"no such step: {step.what}")
    return None


def _run(command: str) -> CommandRun:
    program, *arguments = shlex.split(command)
    assert program == "faq"
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return CommandRun(printed=_PROGRESS.sub("", err.getvalue()), exit_code=code)


def _room_for(name: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_zip(path: Path, text: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, _, content in (line.partition(": ") for line in text.splitlines()):
            archive.writestr(name, content)
