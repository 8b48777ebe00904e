"""Who reviews: whose name decides in whose file decisions are written."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from argparse import Namespace
from pathlib import Path

import pytest

from faq_builder.cli import main
from faq_builder.cli.keys import INTERRUPT, line_of
from faq_builder.cli.reviewer import reviewer_name
from scratch_git import environment, skip_without
from small_review import write_small_site


def test_the_option_wins_over_the_environment_and_that_over_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_without("git")
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("FAQ_REVIEWER", raising=False)
    assert reviewer_name(Namespace(), tmp_path) == "faq"
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "config", "user.name", "Zoë Zimt"], cwd=tmp_path, check=True)
    assert reviewer_name(Namespace(reviewer=None), tmp_path) == "Zoë Zimt"
    monkeypatch.setenv("FAQ_REVIEWER", "Fred")
    assert reviewer_name(Namespace(reviewer=None), tmp_path) == "Fred"
    assert reviewer_name(Namespace(reviewer="Theo"), tmp_path) == "Theo"
    monkeypatch.setenv("FAQ_REVIEWER", " ")
    monkeypatch.setenv("PATH", "")
    assert reviewer_name(Namespace(reviewer=None), tmp_path) == "faq"  # no git either


@pytest.mark.parametrize(
    ("keys", "line"), [("ab\n", "ab"), ("ab\x7fc\r", "ac"), ("\x7f\x7fa\n", "a"), (f"ab{INTERRUPT}", ""), ("\n", "")]
)
def test_a_line_ends_with_enter(keys: str, line: str) -> None:
    left = iter(keys)
    assert line_of(lambda: next(left)) == line


def test_a_file_that_cannot_be_written_is_one_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_small_site(tmp_path)
    monkeypatch.setenv("FAQ_REVIEWER", "Fred")
    (tmp_path / "content/decisions/fred.yml").mkdir(parents=True)
    url = "https://forum.widgets.example/t/1"
    assert main(["decide", "hide", url, "--reason", "x", "-f", str(tmp_path / "mkdocs.yml")]) == 2
    assert "content/decisions/fred.yml" in capsys.readouterr().err


def test_the_page_is_served_until_ctrl_c(tmp_path: Path) -> None:
    write_small_site(tmp_path)
    command = [sys.executable, "-m", "faq_builder", "review", "--web", "-f", str(tmp_path / "mkdocs.yml")]
    served = {**os.environ, "FAQ_REVIEWER": "Fred"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=served)
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", process.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address[0], timeout=60) as answer:
            assert b"<title>faq review</title>" in answer.read()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=600)
        assert process.returncode == 0
        assert "decided 0; 4 left" in rest
    finally:
        process.kill()
        process.wait()
