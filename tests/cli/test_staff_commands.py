"""The commands that support staff use: why, decide, curate, suggest, review."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faq_builder.cli import main
from faq_builder.cli import review as review_command
from faq_builder.cli.keys import Keyboard, line_of
from faq_builder.decisions.reading import read_decisions
from small_review import REPLY, THREAD, TITLES, write_small_site

RED, FADED, TEA = (f"https://forum.widgets.example/t/{n}" for n in (1, 2, 3))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a site with three threads, which Fred reviews."""
    monkeypatch.setenv("FAQ_REVIEWER", "Fred")
    write_small_site(tmp_path)
    return tmp_path


def faq(folder: Path, *arguments: str) -> int:
    """Run a command on the site in a folder and return its exit code."""
    return main([*arguments, "-f", str(folder / "mkdocs.yml")])


def decided(folder: Path) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the kind, the addresses and the reason of every decision."""
    decisions, findings = read_decisions(folder / "content/decisions")
    assert not findings
    return [(d.kind.value, d.references, d.reason) for d in decisions]


def test_why_prints_threads_answer_and_decisions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "decide", "title", RED, "--text", "Which widget stands rain?", "--reason", "plainer") == 0
    assert faq(folder, "why", RED) == 0
    out = capsys.readouterr().out
    assert "Which widget stands rain?" in out
    assert "here because asked first" in out
    assert RED in out
    assert "because it is the first reply, and it is the last reply, about 50 % sure" in out
    assert "content/decisions/fred.yml:3: title (Which widget stands rain?), because: plainer" in out
    assert "may be the same as" in out


def test_why_of_a_hidden_thread_names_the_decision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "decide", "hide", TEA, "--reason", "off topic") == 0
    assert faq(folder, "why", TEA) == 0
    assert "hide, because: off topic" in capsys.readouterr().out


def test_why_of_an_unknown_url_is_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "why", "https://forum.widgets.example/t/77") == 2
    assert "has this URL" in capsys.readouterr().err


def test_decide_accepts_the_url_of_a_page_even_in_a_preview(folder: Path) -> None:
    page = "https://faq.widgets.example/q/who-brews-the-tea/"
    assert faq(folder, "decide", "confirm", page, "--date", "2026-03-01", "--version", "4.2", "--reason", "tried") == 0
    assert decided(folder) == [("confirm", (TEA,), "tried")]  # the page has no permanent site path yet
    assert faq(folder, "lock") == 0
    assert faq(folder, "decide", "outdated", page, "--since", "5.0", "--instead", RED, "--reason", "new tea") == 0
    assert decided(folder)[1] == ("outdated", (page,), "new tea")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("note", RED, "--text", "  ", "--reason", "r"), "--text is blank"),
        (("hide", RED, "--reason", " "), "--reason is blank"),
        (("confirm", RED, "--date", "2999-01-01", "--reason", "r"), "2999-01-01 is in the future"),
    ],
)
def test_decide_refuses_blank_texts_and_future_dates(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert faq(folder, "decide", *arguments) == 2
    assert message in capsys.readouterr().err
    assert decided(folder) == []


def page_of_two(folder: Path) -> str:
    """Add a fourth thread that asks the same as the third; return the URL of their page."""
    text = THREAD.format(title=TITLES[2], n=4, body="It did, and I wonder 4.", reply=REPLY)
    (folder / "content/threads/4.md").write_text(text, encoding="utf-8")
    return "https://faq.widgets.example/q/who-brews-the-tea/"


@pytest.mark.parametrize("is_locked", [False, True])
def test_apart_on_a_page_names_its_threads_and_holds_after_the_split(folder: Path, is_locked: bool) -> None:
    page = page_of_two(folder)
    assert not is_locked or faq(folder, "lock") == 0
    assert faq(folder, "decide", "apart", page, "--reason", "two troubles") == 0
    ((kind, addresses, _),) = decided(folder)
    assert (kind, set(addresses)) == ("apart", {TEA, f"{TEA[:-1]}4"})
    assert faq(folder, "lock") == 0
    assert faq(folder, "decide", "same", *addresses, "--reason", "after all") == 1
    assert faq(folder, "check", "--locked", "--fail-on", "warning") == 0


def test_hiding_a_preview_hides_all_its_threads(folder: Path) -> None:
    assert faq(folder, "decide", "hide", page_of_two(folder), "--reason", "gone") == 0
    ((kind, addresses, _),) = decided(folder)
    assert (kind, set(addresses)) == ("hide", {TEA, f"{TEA[:-1]}4"})


def test_decide_refuses_a_contradiction_and_names_both_decisions(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "decide", "same", RED, FADED, "--reason", "one widget") == 0
    before = decided(folder)
    capsys.readouterr()
    assert faq(folder, "decide", "apart", FADED, RED, "--reason", "two troubles") == 1
    err = capsys.readouterr().err
    assert "`apart`" in err
    assert "`same` at content/decisions/fred.yml:3" in err
    assert decided(folder) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["same", RED, "--reason", "x"], "`same` needs two URLs"),
        (["hide", RED], "needs a reason"),
        (["title", RED, "--reason", "x"], "`title` needs a text"),
        (["hide", RED, "--reason", "x", "--since", "4"], "takes no --since"),
        ([], "nothing to decide"),
        (["--from", "nowhere.md"], "cannot be read"),
    ],
)
def test_decide_names_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert faq(folder, "decide", *arguments) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "content/decisions").exists()


def test_an_unknown_url_is_refused(folder: Path) -> None:
    assert faq(folder, "decide", "hide", "https://forum.widgets.example/t/77", "--reason", "x") == 1
    assert not (folder / "content/decisions").exists()


@pytest.mark.parametrize("address", [RED, "/q/who-brews-the-tea/"], ids=["discussion", "page"])
def test_an_answer_that_is_no_reply_is_wrong_use(
    folder: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert faq(folder, "decide", "answer", address, "--reason", "a page is no reply") == 2
    err = capsys.readouterr().err
    assert "`answer` needs a reply" in err
    assert "help: give the URL of the reply itself" in err
    assert not (folder / "content/decisions").exists()


def test_a_changed_decision_is_refused_with_advice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "decide", "title", RED, "--text", "Why does red crack?", "--reason", "shorter") == 0
    assert faq(folder, "decide", "title", RED, "--text", "Why does it crack?", "--reason", "shorter still") == 1
    err = capsys.readouterr().err
    assert "the `title` at content/decisions/fred.yml:3" in err
    assert "delete or edit the older decision in its file, and decide again" in err
    assert len(decided(folder)) == 1


def test_a_repeated_decision_is_not_written_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "decide", "same", RED, FADED, "--reason", "one widget") == 0
    assert faq(folder, "decide", "same", FADED, RED, "--reason", "again") == 0
    assert "decided already" in capsys.readouterr().out
    assert len(decided(folder)) == 1


def test_curate_moves_one_thread_from_an_extract_to_a_thread_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = folder / "export"
    (folder / "content/threads").rename(export)
    assert faq(folder, "import", str(export), "--source", "forum", "--as", "extract") == 0
    assert faq(folder, "curate", RED) == 0
    (written,) = (folder / "content/threads/forum").glob("*.md")
    assert TITLES[0] in written.read_text(encoding="utf-8")
    assert TITLES[0] not in (folder / "content/threads/forum.threads.jsonl").read_text(encoding="utf-8")
    capsys.readouterr()
    assert faq(folder, "check", "--fail-on", "warning") == 0
    assert capsys.readouterr().out.startswith("read 3 threads: 3 published")
    assert faq(folder, "curate", RED) == 0
    assert "already" in capsys.readouterr().out


def test_suggest_prints_the_topic_and_a_reply(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "lock") == 0
    capsys.readouterr()
    assert faq(folder, "suggest", "my red widget was in the rain, why did it shatter") == 0
    out = capsys.readouterr().out
    assert TITLES[0] in out.splitlines()[0]
    url = "https://faq.widgets.example/q/why-did-my-red-widget-shatter-in-the-rain/"
    assert f"[{TITLES[0]}]({url})\n\n> Take the blue one" in out
    assert faq(folder, "suggest", "--json", "--limit", "1", "tea, who brews it?") == 0
    record = json.loads(capsys.readouterr().out)
    assert [topic["question"] for topic in record["topics"]] == [TITLES[2]]
    assert record["topics"][0]["reply"].startswith("This was asked before:")


def test_suggest_reads_a_thread_and_says_when_nothing_is_close(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "suggest", "--thread", str(folder / "content/threads/3.md")) == 0
    out = capsys.readouterr().out
    assert TITLES[2] in out.splitlines()[0]
    assert "a preview" in out
    assert faq(folder, "suggest", "xylophone zebra") == 0
    assert capsys.readouterr().out == "nothing here answers that\n"


def test_a_review_is_a_file_to_tick(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = folder / "review.md"
    assert faq(folder, "review", "--write", str(page), "--kind", "same") == 0
    text = page.read_text(encoding="utf-8")
    assert faq(folder, "decide", "--from", str(page)) == 0
    assert "no box is ticked" in capsys.readouterr().out
    page.write_text(text.replace("- [ ] `apart`", "- [x] `apart`", 1), encoding="utf-8")
    assert faq(folder, "decide", "--from", str(page), "--reason", "rain is not sun") == 0
    ((kind, addresses, reason),) = decided(folder)
    assert (kind, set(addresses), reason) == ("apart", {RED, FADED}, "rain is not sun")


def test_without_a_terminal_the_review_is_a_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "review", "--kind", "same") == 0
    out = capsys.readouterr().out
    assert "Do these ask the same?" in out
    assert "faq decide --from review.md" in out
    assert not (folder / "content/decisions").exists()


@pytest.fixture
def press(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Give `press(keys, *options)`, which runs a review with these keys and returns what it printed."""

    def run(keys: str, *options: str) -> str:
        left = iter(keys)
        read = lambda: next(left)  # noqa: E731 - StopIteration fails a test whose keys are too few
        monkeypatch.setattr(review_command, "keyboard", lambda: Keyboard(key=read, line=lambda: line_of(read)))
        assert faq(folder, "review", *options) == 0
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def files(folder: Path) -> dict[str, str]:
    """Return the text of each file below content/decisions."""
    base = folder / "content/decisions"
    return {p.relative_to(base).as_posix(): p.read_text(encoding="utf-8") for p in base.rglob("*") if p.is_file()}


def test_each_key_writes_at_once_into_the_reviewers_own_file(folder: Path, press: Callable[..., str]) -> None:
    assert "4 left, about" in press("q")
    out = press("z1q")  # an unknown key, reply 1, stop
    assert "decided 1; 3 left" in out
    ((kind, (reply,), reason),) = decided(folder)
    assert (kind, reason) == ("answer", "it answers the question, reviewed by Fred")
    assert re.fullmatch(r"forum:t/(\d)#a\1", reply)
    assert list(files(folder)) == ["fred.yml"]
    assert press("1q", "--reviewer", "Zoë Zimt").count("wrote content/decisions/zoe-zimt.yml") == 1


def test_undo_deletes_what_was_written_step_by_step(folder: Path, press: Callable[..., str]) -> None:
    out = press("10nuuuuq")  # two verdicts, a skip, and all of them taken back
    assert out.count("taken back") == 3
    assert "there is nothing to take back" in out
    assert "decided 0; 4 left" in out
    assert files(folder) == {}
    press("1q")
    before = files(folder)
    press("0uq")
    assert files(folder) == before


def test_a_new_verdict_after_back_replaces_the_old_one(folder: Path, press: Callable[..., str]) -> None:
    out = press("1b0q")
    assert "You decided: it is the answer. A new verdict replaces that." in out
    assert [kind for kind, _, _ in decided(folder)] == ["unanswered"]


def test_none_of_these_is_not_asked_again_until_there_is_a_newer_reply(folder: Path, press: Callable[..., str]) -> None:
    assert "3 left" in press("q", "--kind", "answer")
    press("0q", "--kind", "answer")
    assert "2 left" in press("q", "--kind", "answer", "--reviewer", "Zoe")  # no colleague is asked again either
    ((_, (reply,), _),) = decided(folder)
    number = reply[-1]
    file = folder / f"content/threads/{number}.md"
    text = (
        f"{file.read_text(encoding='utf-8')}\n## Reply\n\nFrom: Zoe · 2025-01-01 09:30 UTC · id b{number}\n\n{REPLY}\n"
    )
    file.write_text(text, encoding="utf-8")
    out = press("nnnq", "--kind", "answer")
    assert "3 left" in out
    assert "by person 3, 2025-01-01" in out


def test_a_skip_is_ones_own_but_colleagues_see_it(folder: Path, press: Callable[..., str]) -> None:
    press("nq")
    assert "3 left" in press("q")
    assert "Skipped by fred." in press("q", "--reviewer", "Zoe")
    assert "4 left" in press("q", "--all")
    assert [name for name in files(folder) if name.endswith(".yml")] == []


def test_a_reason_in_ones_own_words(folder: Path, press: Callable[..., str]) -> None:
    press("rI trr\x7fied it\n1q")
    assert [reason for _, _, reason in decided(folder)] == ["I tried it"]


def test_names_are_hidden_while_one_judges(folder: Path, press: Callable[..., str]) -> None:
    file = folder / "content/threads/3.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Take the blue", "@Wilma: take the blue"), encoding="utf-8"
    )
    out = press("nnnnq")
    assert "by person 2" in out
    assert "Wilma" not in out
    assert "staff" not in out


def test_help_and_originals(press: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    out = press("?oq")
    assert "writes `unanswered`" in out
    assert "\nhttps://forum.widgets.example/t/" in out


def test_a_question_that_other_verdicts_settle_is_not_asked(press: Callable[..., str]) -> None:
    out = press("nnnn", "--all")
    assert "nothing left" in out
    assert "1 left" in press("q", "--all", "--kind", "same")
    assert " left" not in press("", "--all", "--source", "blog").replace("nothing left", "")


def test_a_person_at_a_terminal_presses_one_key(folder: Path) -> None:
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "faq_builder", "review", "--kind", "same", "-f", str(folder / "mkdocs.yml")]
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=subprocess.DEVNULL)
    try:
        os.close(terminal)
        shown = read_until(keyboard, b"[q] stop")
        assert b"\x1b[1;33m" in shown  # the difference is marked
        os.write(keyboard, b"s")
        assert b"decided 1; nothing left" in read_until(keyboard, b"nothing left")
        assert process.wait(timeout=600) == 0
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)
    assert [kind for kind, _, _ in decided(folder)] == ["same"]


def read_until(keyboard: int, end: bytes) -> bytes:
    """Return the output of a terminal up to some words; fail after ten minutes, which only a hanging command needs."""
    shown, until = b"", time.monotonic() + 600
    while end not in shown:
        ready, _, _ = select.select([keyboard], [], [], max(0.0, until - time.monotonic()))
        assert ready, shown
        shown += os.read(keyboard, 4096)
    return shown
