"""Findings in the forms that GitHub and GitLab show beside the lines of a pull request."""

import json
from pathlib import Path

import pytest

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.cli import main
from faq_builder.cli.annotations import code_quality, github_annotations

CONFIG = """\
site_name: Widgets
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      sources:
        - {key: blog, place: The blog, base_url: "https://blog.widgets.example", permission: full}
"""


def finding(
    path: str, line: int | None = None, item: str | None = None, column: int | None = None, **more: str
) -> Diagnostic:
    """Return a finding about a broken file; `more` replaces its code, message, help or level."""
    given = {"code": "FAQ204", "message": "it is broken", "help": "repair it", **more}
    level = Severity(given.pop("level")) if "level" in given else None
    return Diagnostic(where=Location(path=path, line=line, item=item, column=column), severity=level, **given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a site with one broken thread file."""
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/threads").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "content/threads/red.md").write_text("---\ntitle: Why: why?\n---\n", encoding="utf-8")
    return tmp_path


# GitHub --------------------------------------------------------------------------------------------------------------


def test_a_finding_has_its_line() -> None:
    line = github_annotations([finding("a.md", 3)], {"a.md"})
    assert line == "::error file=a.md,line=3,title=FAQ204::it is broken%0Arepair it\n"


def test_a_finding_has_its_column() -> None:
    line = github_annotations([finding("a.md", 3, column=7)], {"a.md"})
    assert line == "::error file=a.md,line=3,col=7,title=FAQ204::it is broken%0Arepair it\n"


def test_levels_have_the_names_of_github_and_the_worst_comes_first() -> None:
    findings = [finding("a.md", 1, level="info"), finding("a.md", 2, level="warning"), finding("a.md", 3)]
    lines = github_annotations(findings, {"a.md"}).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_a_finding_outside_files_names_its_location() -> None:
    line = github_annotations([finding("forum", item="231/1", help="")], set())
    assert line == "::error title=FAQ204::forum:231/1: it is broken\n"


def test_a_finding_in_an_item_names_it_and_points_to_line_one() -> None:
    line = github_annotations([finding("users.json", item="/3/profile", help="")], {"users.json"})
    assert line == "::error file=users.json,line=1,title=FAQ204::/3/profile: it is broken\n"


def test_a_file_name_cannot_inject_a_github_command() -> None:
    line = github_annotations([finding("100%,a:b.md", 1, message="50%\r\n::stop-commands::x")], {"100%,a:b.md"})
    assert line == ("::error file=100%25%2Ca%3Ab.md,line=1,title=FAQ204::50%25%0D%0A::stop-commands::x%0Arepair it\n")


# GitLab --------------------------------------------------------------------------------------------------------------


def test_the_report_has_the_keys_that_gitlab_demands() -> None:
    findings = [finding("a.md", 3, level="warning"), finding("forum", item="231/1", help=""), finding("forum", 7)]
    records = json.loads(code_quality(findings, {"a.md"}, "mkdocs.yml"))
    prints = {record.pop("fingerprint") for record in records}
    assert len(prints) == 3
    assert records == [
        {
            "description": "forum:231/1: it is broken",
            "check_name": "FAQ204",
            "severity": "major",
            "location": {"path": "mkdocs.yml", "lines": {"begin": 1}},
        },
        {
            "description": "forum:7: it is broken\nrepair it",
            "check_name": "FAQ204",
            "severity": "major",
            "location": {"path": "mkdocs.yml", "lines": {"begin": 1}},
        },
        {
            "description": "it is broken\nrepair it",
            "check_name": "FAQ204",
            "severity": "minor",
            "location": {"path": "a.md", "lines": {"begin": 3}},
        },
    ]


def test_a_fingerprint_stays_when_lines_move_and_is_unique() -> None:
    def prints(*lines: int) -> list[str]:
        report = code_quality([finding("a.md", line) for line in lines], {"a.md"}, "x")
        return [record["fingerprint"] for record in json.loads(report)]

    assert prints(3) == prints(7)
    assert prints(3)[0] == prints(5, 9)[0]
    assert len(set(prints(5, 9))) == 2


def test_a_report_without_findings_is_empty() -> None:
    assert json.loads(code_quality([], set(), "x")) == []


# the commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_commands_annotate(folder: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    report = folder / "reports/quality.json"
    arguments = ("-f", str(folder / "mkdocs.yml"), "--annotate", "github", "--code-quality", str(report))
    assert main([command, *arguments]) == 1
    captured = capsys.readouterr()
    commands = [line for line in captured.out.splitlines() if line.startswith("::")]
    assert commands[0].startswith("::error file=content/threads/red.md,line=2,title=FAQ4")
    assert "content/threads/red.md:2: error[" in captured.err, "people still read the plain findings"
    records = json.loads(report.read_text(encoding="utf-8"))
    assert len(records) == len(commands)
    assert records[0]["location"] == {"path": "content/threads/red.md", "lines": {"begin": 2}}


def test_a_mail_address_in_a_thread_file_is_annotated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# Why?\nhttps://blog.widgets.example/1\n\nI am fred@shards.net\n\n## Answer\n\nNo.\n"
    (folder / "content/threads/red.md").write_text(text, encoding="utf-8")
    arguments = ("-f", str(folder / "mkdocs.yml"), "--annotate", "github")
    assert main(["check", *arguments]) == 1
    assert "::error file=content/threads/red.md,line=4,col=6,title=FAQ504::" in capsys.readouterr().out
    assert main(["build", *arguments]) == 0
    assert "::warning file=content/threads/red.md,line=4,col=6,title=FAQ504::" in capsys.readouterr().out


def test_a_mistake_in_the_configuration_is_annotated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG.replace("permission: full", "permission: some"), encoding="utf-8")
    assert main(["check", "-f", str(config), "--annotate", "github"]) == 2
    assert "::error file=mkdocs.yml,line=7,title=FAQ1" in capsys.readouterr().out


def test_annotations_are_off_by_default(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-f", str(folder / "mkdocs.yml")]) == 1
    assert "::" not in capsys.readouterr().out
