"""`faq review --json` and `faq decide --from FILE.jsonl`: questions out, verdicts in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faq_builder.cli import main
from faq_builder.cli import review as review_command
from faq_builder.cli.keys import Keyboard, line_of
from faq_builder.decisions.reading import read_decisions, read_proposals
from small_review import write_small_site

Records = Callable[..., list[dict[str, Any]]]
Verdicts = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small site, which Fred reviews."""
    monkeypatch.setenv("FAQ_REVIEWER", "Fred")
    write_small_site(tmp_path / "site")
    return tmp_path / "site"


def faq(folder: Path, *arguments: str) -> int:
    """Run a command on the site."""
    return main([*arguments, "-f", str(folder / "mkdocs.yml")])


@pytest.fixture
def questions(folder: Path, capsys: pytest.CaptureFixture[str]) -> Records:
    """Give `questions(*options)`, which returns what `faq review --json` prints."""

    def run(*options: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        assert faq(folder, "review", "--json", *options) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def verdicts(folder: Path, capsys: pytest.CaptureFixture[str]) -> Verdicts:
    """Give `verdicts(*records)`, which carries them out and returns the exit code and what was printed."""

    def run(*records: object, options: tuple[str, ...] = ()) -> tuple[int, str]:
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        (folder / "v.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        capsys.readouterr()
        code = faq(folder, "decide", "--from", str(folder / "v.jsonl"), *options)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def decided(folder: Path) -> list[tuple[str, str, str]]:
    """Return kind, file and reason of each decision."""
    found, findings = read_decisions(folder / "content/decisions")
    assert findings == ()
    return [(d.kind.value, Path(d.where.path).name, d.reason) for d in found]


def proposed(folder: Path) -> list[tuple[str, str, str]]:
    """Return kind, file and reason of each proposal."""
    found, findings = read_proposals(folder / "content/decisions")
    assert findings == ()
    return [(d.kind.value, Path(d.where.path).name, d.reason) for d in found]


def test_a_question_says_all_that_judging_takes(questions: Records) -> None:
    asked = questions()
    assert [q["kind"] for q in asked] == ["answer", "answer", "answer", "same"]
    answer = asked[0]
    assert [choice["key"] for choice in answer["choices"]] == ["1", "0", "h"]
    assert [(text["number"], text["head"].split(",")[0]) for text in answer["texts"]] == [
        (None, "question"),
        (1, "reply 1 by person 2"),
    ]
    assert answer["texts"][0]["url"].startswith("https://forum.widgets.example/t/")
    assert (answer["proposed"], answer["skipped_by"], answer["several"]) == ([], [], False)
    assert "Wilma" not in json.dumps(asked)


def test_verdicts_are_written_with_who_judged_and_why(folder: Path, questions: Records, verdicts: Verdicts) -> None:
    one, two, three, pair = (question["id"] for question in questions())
    code, printed = verdicts(
        {"id": one, "choice": "1", "by": "Zoë Zimt", "why": "she tried it"},
        {"id": two, "choice": 0, "by": "Fred"},
        {"id": three, "choice": "h"},
        {"id": pair, "choice": "a", "why": "rain is not sun"},
    )
    assert code == 0, printed
    assert decided(folder) == [
        ("unanswered", "fred.yml", "no reply so far answers the question, reviewed by Fred"),
        ("hide", "fred.yml", "not for the FAQ, reviewed by Fred"),
        ("apart", "fred.yml", "rain is not sun"),
        ("answer", "zoe-zimt.yml", "she tried it"),
    ]
    assert "read 4 verdicts\nwrote 3 decisions into content/decisions/fred.yml" in printed
    assert questions() == []


BAD = [
    "{",
    "[]",
    "null",
    '"x"',
    "{}",
    '{"id": "x"}',
    '{"id": 1, "choice": "1"}',
    '{"id": "x", "choice": true}',
    '{"id": "x", "choice": "1", "why": "two\\nlines"}',
    '{"id": "x", "choice": "1", "machine": "yes"}',
    '{"id": "x", "choice": "1", "machine": true}',
    '{"id": "x", "choice": "1", "chose": "1"}',
    '{"id": "x", "choice": "' + "1" * 20_000 + '"}',
    "[" * 5_000,
]


@pytest.mark.parametrize("line", BAD, ids=range(len(BAD)))
def test_a_bad_line_is_one_finding_and_the_others_are_written(
    folder: Path, questions: Records, verdicts: Verdicts, line: str
) -> None:
    code, printed = verdicts(line, {"id": questions()[0]["id"], "choice": "1"})
    assert code == 1
    assert f"{folder.as_posix()}/v.jsonl:1: error[FAQ606]" in printed
    assert printed.count("error[") == 1
    assert [kind for kind, _, _ in decided(folder)] == ["answer"]


def test_a_stale_or_unknown_question_and_a_wrong_choice_are_findings(
    folder: Path, questions: Records, verdicts: Verdicts
) -> None:
    one, two, *_ = (question["id"] for question in questions())
    assert verdicts({"id": one, "choice": "1"})[0] == 0
    code, printed = verdicts({"id": one, "choice": "1"}, {"id": two, "choice": "7"}, {"id": two, "choice": "0"})
    assert code == 1
    assert "v.jsonl:1: error[FAQ607]" in printed
    assert "v.jsonl:2: error[FAQ606]: the question has no such choice\n  help: its choices are `1`, `0`, `h`" in printed
    assert [kind for kind, _, _ in decided(folder)] == ["answer", "unanswered"]


def test_two_verdicts_that_contradict_are_a_finding_at_the_second(
    folder: Path, questions: Records, verdicts: Verdicts
) -> None:
    one, *_ = (question["id"] for question in questions())
    code, printed = verdicts({"id": one, "choice": "1", "by": "Zoe"}, {"id": one, "choice": "0"})
    assert code == 1
    assert (
        "v.jsonl:2: error[FAQ603]: this `unanswered` contradicts the `answer` at content/decisions/zoe.yml" in printed
    )
    assert [kind for kind, _, _ in decided(folder)] == ["answer"]


def test_no_build_obeys_a_program_until_a_person_approves(
    folder: Path, questions: Records, verdicts: Verdicts, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    *_, answer, pair = (question["id"] for question in questions())
    judge = {"by": "judge-7b", "machine": True}
    assert verdicts({"id": answer, "choice": "0", "why": "off topic", **judge})[0] == 0
    assert verdicts({"id": pair, "choice": "s", "why": "one widget"}, options=("--proposed",))[0] == 0
    assert decided(folder) == []
    assert proposed(folder) == [("same", "fred.yml", "one widget"), ("unanswered", "judge-7b.yml", "off topic")]
    first, second, *_ = questions()
    assert [(q["proposed"][0]["by"], q["proposed"][0]["choice"]) for q in (first, second)] == [
        ("judge-7b", "0"),
        ("fred", "s"),
    ]

    def press(keys: str) -> str:
        left = iter(keys)
        read = lambda: next(left)  # noqa: E731
        monkeypatch.setattr(review_command, "keyboard", lambda: Keyboard(key=read, line=lambda: line_of(read)))
        assert faq(folder, "review") == 0
        return str(capsys.readouterr().out)

    assert "A program (judge-7b) proposes: it is not, because: off topic" in press("yuq")  # approved, and taken back
    assert (decided(folder), len(proposed(folder))) == ([], 2)
    press("yaq")  # the second one is decided otherwise
    assert decided(folder) == [
        ("unanswered", "fred.yml", "off topic, proposed by judge-7b, reviewed by Fred"),
        ("apart", "fred.yml", "they ask other things, reviewed by Fred"),
    ]
    assert proposed(folder) == []
    assert not list((folder / "content/decisions/proposed").glob("*"))


def test_a_proposal_that_answers_no_question_is_asked_about_by_itself(folder: Path, questions: Records) -> None:
    url = "https://forum.widgets.example/t/3"
    title = ("decide", "title", url, "--text", "Who makes the tea?", "--reason", "plain", "--reviewer", "judge")
    assert faq(folder, *title, "--proposed") == 0
    asked = questions("--kind", "proposal")
    assert [(q["question"], q["texts"][0]["title"]) for q in asked] == [
        ("Is this `title` right?", "Who makes the tea?")
    ]
    (folder / "v.jsonl").write_text(json.dumps({"id": asked[0]["id"], "choice": "y", "by": "Zoe"}), encoding="utf-8")
    assert faq(folder, "decide", "--from", str(folder / "v.jsonl")) == 0
    assert decided(folder) == [("title", "zoe.yml", "plain, proposed by judge, reviewed by Zoe")]
    assert proposed(folder) == []


def test_a_file_in_another_encoding_is_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "v.jsonl").write_bytes(b"\xff\xfe{}")
    assert faq(folder, "decide", "--from", str(folder / "v.jsonl")) == 2
    assert "the verdicts cannot be read" in capsys.readouterr().err
