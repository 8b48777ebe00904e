"""The commands as people use them: output, written files, exit codes."""

import json
from pathlib import Path

import pytest

from example import copy_example
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.cli import main
from faq_builder.cli.findings import report
from small_site import CONFIG, THREAD, faq

DUMP = """\
<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="1" PostTypeId="1" AcceptedAnswerId="2" CreationDate="2020-01-01T00:00:00.000" Score="1" Body="&lt;p&gt;It hums, why?&lt;/p&gt;" OwnerUserId="5" Title="Why does my widget hum?" Tags="&lt;noise&gt;" />
  <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2020-01-02T00:00:00.000" Score="3" Body="&lt;p&gt;Tighten the gear.&lt;/p&gt;" OwnerUserId="6" />
</posts>
"""  # noqa: E501 - as dumps are

TOPIC = """\
{"id": 7, "title": "How do I HALF reset the hub?", "slug": "reset", "category_id": 1, "tags": ["aHALF"],
 "post_stream": {"posts": [
  {"id": 70, "post_number": 1, "user_id": 5, "username": "freHALFd", "cooked": "<p>It blinks HALF red.</p>"},
  {"id": 71, "post_number": 2, "user_id": 6, "username": "HALF", "accepted_answer": true,
   "cooked": "<p>Hold it HALF.</p>"}]}}
"""
EXTRACT = """\
{"faq_extract": 1, "source": "old", "format": "discourse"}
{"key": "old:HALF", "format": "discourse", "title": "Which HALF lid fits?", "language": "HALF", "tags": ["HALF"], \
"versions": ["HALF"], "duplicate_of": [{"key": "old:HALF2"}], "messages": [\
{"id": "1", "role": "asker", "body": "HALF", "author": {"key": "HALF", "name": "HALF"}, "licence": "HALF"}, \
{"id": "2", "role": "staff", "body": "The blue HALF one.", "accepted": true, "reply_to": "HALF"}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small site with one thread."""
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/threads").mkdir()
    (tmp_path / "content/threads/red.md").write_text(THREAD.format(n=1), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def add_source(folder: Path, line: str) -> None:
    """Add a source to the configuration."""
    path = folder / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"        - {line}\n", encoding="utf-8")


def test_check_prints_the_balance_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "check") == 0
    assert capsys.readouterr().out.startswith("read 1 thread: 1 published in 1 topic,")
    assert not (folder / "site").exists()


def test_escaped_surrogate_halves_stop_no_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only an escape can hold half of a character, since a file with the bare half is not UTF-8."""
    for name, text in (("board/7.json", TOPIC), ("old/old.threads.jsonl", EXTRACT)):
        path = folder / "exports" / name
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("HALF", r"\ud83d"), encoding="utf-8")
        key = path.parent.name
        add_source(folder, f"{{key: {key}, path: exports/{key}, base_url: https://{key}.example, permission: full}}")
    red = folder / "content/threads/red.md"
    smiling = (
        red.read_text(encoding="utf-8").replace("Why did my red", r'"Why did my \uD83D\uDE00').replace("?", '?"', 1)
    )
    red.write_text(smiling, encoding="utf-8")
    for command in (["check"], ["build"], ["lock"], ["topics"], ["threads", str(folder / "exports/board")]):
        assert faq(folder, *command) == 0, command
    ids = [
        json.loads(line)["id"] for line in (folder / "content/ledger.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [faq(folder, "why", topic) for topic in ids] == [0, 0, 0]
    assert "Why did my 😀 widget shatter?" in capsys.readouterr().out
    red.write_text(smiling.replace(r"\uDE00", ""), encoding="utf-8")
    for command in (["check"], ["build"], ["lock"], ["topics"], ["why", ids[0]]):
        faq(folder, *command)
        assert "red.md:2: error[FAQ402]: an escape is only half of a character" in capsys.readouterr().err, command


def test_lock_makes_a_site_path_permanent_and_locked_builds_keep_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "build", "--locked") == 1
    assert "faq lock" in capsys.readouterr().err
    assert faq(folder, "lock") == 0
    assert "locked 1 new topic" in capsys.readouterr().out
    assert faq(folder, "build", "--locked") == 0
    (page,) = (folder / "site/q").glob("*/index.html")
    assert faq(folder, "lock") == 0
    assert "up to date" in capsys.readouterr().out

    path = folder / "content/threads/red.md"
    path.write_text(path.read_text(encoding="utf-8").replace("my red widget shatter", "it break"), encoding="utf-8")
    assert faq(folder, "build", "--locked") == 0
    assert page.exists(), "a retitled topic keeps its site path"


def test_lock_replaces_what_only_the_ledger_joins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blue = THREAD.format(n=2).replace("Why did my red widget shatter", "Where is the nearest shop")
    (folder / "content/threads/blue.md").write_text(blue, encoding="utf-8")
    ledger = folder / "content/ledger.jsonl"
    decisions = folder / "content/decisions/joined.yml"
    decisions.parent.mkdir(exist_ok=True)
    keys = "['blog:red#comment-1', 'blog:red#comment-2']"
    text = f"version: 1\ndecisions:\n  - same: {keys}\n    reason: They ask the same.\n"
    decisions.write_text(text, encoding="utf-8")
    assert faq(folder, "lock") == 0
    joined = ledger.read_bytes()
    assert faq(folder, "lock", "--replace") == 0
    assert ledger.read_bytes() == joined, "what a person decided is not outdated"
    decisions.unlink()
    assert faq(folder, "lock") == 0
    assert ledger.read_bytes() == joined, "without --replace nothing moves"
    assert "FAQ645" in capsys.readouterr().err
    assert faq(folder, "lock", "--replace", "--fail-on", "warning") == 0
    assert "took threads out of 1 topic" in capsys.readouterr().out
    rows = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    assert sorted(row["members"] for row in rows) == [["blog:red#comment-1"], ["blog:red#comment-2"]]
    assert {json.loads(joined)["slug"]} < {row["slug"] for row in rows}
    split = ledger.read_bytes()
    assert faq(folder, "lock", "--replace") == 0
    assert ledger.read_bytes() == split
    assert faq(folder, "build", "--locked") == 0
    assert "FAQ645" not in capsys.readouterr().err


def test_a_broken_file_of_a_published_thread_is_an_error_and_its_page_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "content/threads/blue.md").write_text(THREAD.format(n=2).replace("red", "blue"), encoding="utf-8")
    assert faq(folder, "lock") == 0
    assert faq(folder, "build") == 0
    pages = sorted((folder / "site/q").glob("*/index.html"))
    assert len(pages) == 2
    (folder / "content/threads/red.md").write_text("---\ntitle: Error: it broke\n---\n", encoding="utf-8")
    capsys.readouterr()
    assert faq(folder, "build") == 1
    err = capsys.readouterr().err
    assert "content/threads/red.md:2: error[" in err
    assert 'title: "..."' in err
    assert all(page.exists() for page in pages)
    red = next(page for page in pages if "red" in page.parent.name)
    assert "Red widgets are for indoors" in red.read_text(encoding="utf-8"), "a published page does not vanish"
    (folder / "content/threads/red.md").unlink()
    assert faq(folder, "lock", "--accept-loss", "blog") == 0
    assert faq(folder, "build") == 0
    assert "Red widgets are for indoors" not in red.read_text(encoding="utf-8"), "withdrawn once it is accepted"


def test_other_sources_still_build_when_one_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_source(folder, "{key: forum, place: Forum, path: content/exports/forum, permission: full}")
    assert faq(folder, "build") == 1
    captured = capsys.readouterr()
    assert captured.err.count("error[FAQ201]") == 1
    assert "published in 1 topic," in captured.out
    assert list((folder / "site/q").glob("*/index.html"))


def test_a_source_that_lost_its_threads_is_an_error_until_it_is_accepted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faq(folder, "lock") == 0
    (folder / "content/threads/red.md").unlink()
    assert faq(folder, "check") == 1
    assert "--accept-loss blog" in capsys.readouterr().err
    assert faq(folder, "check", "--accept-loss", "blog") == 0
    assert faq(folder, "check") == 1, "`faq check` accepts a loss for one run only"
    assert faq(folder, "lock", "--accept-loss", "blog") == 0
    assert faq(folder, "build", "--locked") == 0
    assert list((folder / "site/q").glob("*/index.html")), "the page of a lost topic stays"


def test_the_loss_of_an_export_is_accepted_by_the_name_of_its_source(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_source(folder, '{key: se, place: SE, path: dump, base_url: "https://se.example", permission: full}')
    (folder / "dump").mkdir()
    (folder / "dump/Posts.xml").write_text(DUMP, encoding="utf-8")
    assert faq(folder, "lock") == 0
    (folder / "dump").rename(folder / "elsewhere")
    assert faq(folder, "check") == 1
    assert "error[FAQ201]" in capsys.readouterr().err
    assert faq(folder, "lock", "--accept-loss", "nonsense") == 2
    assert faq(folder, "lock", "--accept-loss", "se") == 0
    (folder / "elsewhere").rename(folder / "dump")
    assert faq(folder, "build", "--locked") == 0
    capsys.readouterr()
    assert faq(folder, "topics", "--json") == 0
    assert "Why does my widget hum?" in capsys.readouterr().out, "a topic that is back has its former page"
    assert faq(folder, "lock") == 0
    assert '"lost"' not in (folder / "content/ledger.jsonl").read_text(encoding="utf-8")


def test_threads_as_json_end_with_a_balance(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Posts.xml").write_text(DUMP, encoding="utf-8")
    export = folder / "dump"
    export.mkdir()
    (folder / "Posts.xml").rename(export / "Posts.xml")
    assert faq(folder, "threads", str(export), "--base-url", "https://se.example", "--json") == 0
    first, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(first) == [
        "format", "source", "key", "url", "title", "language", "created_at", "tags", "duplicate_of",
        "messages", "answer",
    ]  # fmt: skip
    assert list(first["answer"]) == ["messages", "reason", "confidence"]
    assert (first["answer"]["messages"], first["answer"]["reason"]) == (["2"], "marked")
    assert [m["role"] for m in first["messages"]] == ["asker", "helper"]
    assert last == {
        "balance": {
            "threads": {"read": 1, "public": 1, "left_out": {}},
            "messages": {"read": 2, "public": 2, "left_out": {}},
        }
    }


@pytest.mark.parametrize("shape", ["markdown", "extract"])
def test_importing_again_updates_and_never_doubles(
    folder: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_source(folder, '{key: se, place: SE, path: dump, base_url: "https://se.example", permission: full}')
    (folder / "dump").mkdir()
    (folder / "dump/Posts.xml").write_text(DUMP, encoding="utf-8")
    arguments = ("import", str(folder / "dump"), "--source", "se", "--as", shape)
    assert faq(folder, *arguments) == 0
    written = {p: p.read_text(encoding="utf-8") for p in (folder / "content/threads").rglob("*") if p.is_file()}
    assert len(written) == 2
    assert faq(folder, *arguments) == 0
    assert {p: p.read_text(encoding="utf-8") for p in (folder / "content/threads").rglob("*") if p.is_file()} == written
    capsys.readouterr()
    assert faq(folder, "topics", "--json") == 0
    topics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(topics) == 2
    assert sum(len(t["threads"]) for t in topics) == 2


def test_two_sources_over_the_same_threads_are_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dump").mkdir()
    (folder / "dump/Posts.xml").write_text(DUMP, encoding="utf-8")
    for key in ("one", "two"):
        add_source(folder, f'{{key: {key}, place: SE, path: dump, base_url: "https://se.example", permission: full}}')
    assert faq(folder, "check") == 0
    assert "warning[FAQ306]: sources one and two hold the same threads" in capsys.readouterr().err


def test_the_path_of_an_export_names_its_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dump").mkdir()
    (folder / "dump/Posts.xml").write_text(DUMP, encoding="utf-8")
    add_source(folder, '{key: se, place: SE, path: dump, base_url: "https://se.example", permission: full}')
    assert faq(folder, "threads", str(folder / "dump"), "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["key"] == "se:1"


def test_a_finding_about_a_message_names_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "content/threads/red.md"
    path.write_text(THREAD.format(n=1).replace("in the rain.", "I am 81.2.69.142."), encoding="utf-8")
    assert faq(folder, "check") == 0
    assert "content/threads/red.md:5: info[FAQ501]" in capsys.readouterr().err


def test_findings_end_with_the_number_of_errors_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    codes = ("FAQ304", "FAQ401", "FAQ419", "FAQ419")  # info, error, warning
    report(Diagnostic(code=code, where=Location(path="a.md", line=n), message="no") for n, code in enumerate(codes))
    assert capsys.readouterr().err.splitlines()[-1] == "1 error and 2 warnings; `faq explain CODE` says more"
    report([Diagnostic(code="FAQ304", where=Location(path="a.md"), message="no")])
    assert capsys.readouterr().err == "a.md: info[FAQ304]: no\n"


def test_explain_prints_the_explanation_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "faq304"]) == 0
    assert capsys.readouterr().out.startswith("FAQ304 (info): ")
    assert main(["explain", "304"]) == 0
    assert capsys.readouterr().out.startswith("FAQ304 (info): ")
    assert main(["explain", "FAQ999"]) == 2


def test_wrong_use_ends_with_two(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faq(folder, "import", "nowhere", "--source", "none") == 2
    assert "the sources are: blog" in capsys.readouterr().err
    assert main(["check", "-f", str(folder / "no.yml")]) == 2


def test_fail_on_warning(folder: Path) -> None:
    path = folder / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(", permission: full", ""), encoding="utf-8")
    assert faq(folder, "check") == 0
    assert faq(folder, "check", "--fail-on", "warning") == 1


def test_the_example_has_no_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_example(tmp_path)
    assert main(["check", "-f", str(config)]) == 0
    assert "error" not in capsys.readouterr().err
