"""Importing: what is written, that a second run changes nothing, and that curated files are left alone."""

from collections.abc import Set
from urllib.parse import quote

import pytest

from faq_builder.config import Source
from faq_builder.model import Message as AnyMessage
from faq_builder.model import PublicText, PublicThread, RawMessage, RawThread, Role, Thread, ThreadKey, Url
from faq_builder.read.formats import RemovedAtSource
from faq_builder.read.formats.extract import read_extract, write_extract
from faq_builder.read.formats.markdown import read_thread_file
from faq_builder.read.imports import Plan, plan_import

FORUM = Source(key="forum", place="Forum", base_url=Url("https://forum.widgets.example/"))
EXTRACT = "forum.threads.jsonl"


def thread(native: str, *bodies: str, ids: str = "12345678") -> PublicThread:
    roles = (Role.ASKER, *[Role.STAFF] * 9)
    messages = tuple(AnyMessage(id=i, body=PublicText(b), role=r) for i, b, r in zip(ids, bodies, roles, strict=False))
    return Thread(
        key=ThreadKey("forum", native),
        format="discourse",
        title=PublicText("Why did it break?"),
        messages=messages,
        url=Url(f"https://forum.widgets.example/t/{quote(native)}"),
    )


def run(
    current: dict[str, str],
    *threads: PublicThread,
    as_markdown: bool = True,
    removed_at_source: Set[RemovedAtSource] = frozenset(),
) -> Plan:
    return plan_import(
        threads, current, source=FORUM, sources=(FORUM,), as_markdown=as_markdown, removed_at_source=removed_at_source
    )


def applied(current: dict[str, str], *threads: PublicThread, as_markdown: bool = True) -> dict[str, str]:
    return {**current, **run(current, *threads, as_markdown=as_markdown).files}


def read(text: str) -> RawThread:
    found, findings = read_thread_file(text, "x.md", (FORUM,))
    assert found is not None
    assert findings == ()
    return found


def bodies(found: RawThread) -> list[str]:
    return [m.body for m in found.messages]


def test_each_thread_is_a_file_or_a_line() -> None:
    threads = (thread("12", "Why?", "Rain."), thread("13", "How?"))
    files = applied({}, *threads)
    assert sorted(files) == ["forum/12.md", "forum/13.md"]
    assert bodies(read(files["forum/12.md"])) == ["Why?", "Rain."]
    extract = applied({}, *threads, as_markdown=False)
    assert sorted(extract) == [EXTRACT]
    assert [t.key.native for t in read_extract(extract[EXTRACT], "x").threads] == ["12", "13"]


@pytest.mark.parametrize("as_markdown", [True, False])
def test_the_second_run_changes_nothing(as_markdown: bool) -> None:
    threads = (thread("12", "Why?", "Rain."), thread("a b/c#d", "How?"))
    files = applied({}, *threads, as_markdown=as_markdown)
    assert run(files, *reversed(threads), as_markdown=as_markdown) == Plan()
    assert run(files, as_markdown=as_markdown) == Plan()


@pytest.mark.parametrize("as_markdown", [True, False])
def test_a_newer_export_updates_and_messages_unite(as_markdown: bool) -> None:
    files = applied({}, thread("12", "Why?", "old", "gone", ids="134"), thread("13", "How?"), as_markdown=as_markdown)
    newer = thread("12", "Why?", "between", "new", "last", ids="1235")
    files = applied(files, newer, as_markdown=as_markdown)
    texts = files.values() if as_markdown else ()
    found = [read(t) for t in texts] or list(read_extract(files[EXTRACT], "x").threads)
    assert [bodies(t) for t in found] == [["Why?", "between", "new", "gone", "last"], ["How?"]]
    assert run(files, newer, as_markdown=as_markdown) == Plan()


GONE: Set[RemovedAtSource] = frozenset({(ThreadKey("forum", "12"), "3"), (ThreadKey("forum", "13"), None)})


def test_what_the_source_took_back_goes_from_files() -> None:
    files = applied({}, thread("12", "Why?", "Rain.", "Spam!"), thread("13", "How?"))
    plan = run(files, thread("12", "Why?", "Rain."), removed_at_source=GONE)
    assert plan.deleted == ("forum/13.md",)
    assert [bodies(read(text)) for text in plan.files.values()] == [["Why?", "Rain."]]
    assert plan.diagnostics == ()


def test_what_the_source_took_back_goes_from_the_extract() -> None:
    files = applied({}, thread("12", "Why?", "Rain.", "Spam!"), thread("13", "How?"), as_markdown=False)
    plan = run(files, thread("12", "Why?", "Rain."), as_markdown=False, removed_at_source=GONE)
    assert [bodies(t) for t in read_extract(plan.files[EXTRACT], "x").threads] == [["Why?", "Rain."]]


def test_curated_files_that_show_what_the_source_took_back_are_named() -> None:
    files = applied({}, thread("12", "Why?", "Rain.", "Spam!"), thread("13", "How?"))
    files = {name: text.replace("?", "??") for name, text in files.items()}
    plan = run(files, thread("12", "Why?", "Rain."), removed_at_source=GONE)
    assert (plan.files, plan.deleted) == ({}, ())
    assert [(d.code, d.where.path) for d in plan.diagnostics if d.code == "FAQ307"] == [
        ("FAQ307", "content/threads/forum/12.md"),
        ("FAQ307", "content/threads/forum/13.md"),
    ]


@pytest.mark.parametrize("as_markdown", [True, False])
def test_curated_files_are_left_alone(as_markdown: bool) -> None:
    files = applied({}, thread("12", "Why?", "Rain."))
    files["forum/12.md"] = files["forum/12.md"].replace("Rain.", "It was the rain.")
    plan = run(files, thread("12", "Why?", "Rain!"), as_markdown=as_markdown)
    assert plan.files == {}
    assert [(d.code, str(d.where)) for d in plan.diagnostics] == [("FAQ460", "content/threads/forum/12.md:1")]


def test_a_file_written_by_hand_elsewhere_is_known_by_its_key_or_address() -> None:
    by_key = "# Why?\n\nhttps://forum.widgets.example/x\n\nIt broke.\n"
    by_key = f"---\nid: 12\n---\n\n{by_key}"
    by_address = "# Why?\n\nhttps://forum.widgets.example/t/12\n\n## Answer\n\nRain.\n"
    for text in (by_key, by_address):
        plan = run({"mine/rain.md": text}, thread("12", "Why?"))
        assert plan.files == {}
        assert [d.code for d in plan.diagnostics] == ["FAQ460"]


def test_an_imported_file_that_was_moved_is_updated_where_it_is() -> None:
    files = {"deep/er/rain.md": applied({}, thread("12", "Why?"))["forum/12.md"]}
    assert list(run(files, thread("12", "Why not?")).files) == ["deep/er/rain.md"]
    assert list(run(files, thread("12", "Why not?"), as_markdown=False).files) == ["deep/er/rain.md"]


def test_line_ends_that_git_changed_are_no_curation() -> None:
    text = applied({}, thread("12", "Why?"))["forum/12.md"].replace("\n", "\r\n")
    plan = run({"forum/12.md": text}, thread("12", "Why not?"))
    assert bodies(read(plan.files["forum/12.md"])) == ["Why not?"]


def test_threads_of_the_extract_move_into_files_when_asked() -> None:
    files = applied({}, thread("12", "Why?", "Rain."), thread("13", "How?"), as_markdown=False)
    files = applied(files, thread("12", "Why?"))
    assert bodies(read(files["forum/12.md"])) == ["Why?", "Rain."]
    assert [t.key.native for t in read_extract(files[EXTRACT], "x").threads] == ["13"]


def test_names_of_files_are_safe_and_distinct() -> None:
    natives = ("con", "README", "readme", "a/b", "a-b", "A-B", "../up", "ü", "x" * 400, "index.html?q=1")
    files = applied({}, *(thread(native, "Why?") for native in natives))
    names = [name.removeprefix("forum/") for name in files]
    assert len({name.casefold() for name in names}) == len(natives)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") and len(name) < 70 for name in names)
    assert {read(text).key.native for text in files.values()} == set(natives)


def test_a_broken_file_in_the_way_is_not_overwritten() -> None:
    plan = run({"forum/12.md": "---\ntitle: broken\n"}, thread("12", "Why?"), thread("13", "How?"))
    assert list(plan.files) == ["forum/13.md"]
    assert [d.code for d in plan.diagnostics] == ["FAQ461"]


def test_a_name_that_another_thread_took_is_not_overwritten() -> None:
    other = "# Why?\n\nhttps://forum.widgets.example/other\n\nIt broke.\n"
    assert "forum/12.md" not in run({"forum/12.md": other}, thread("12", "Why?")).files


def test_a_broken_extract_is_not_rewritten_but_a_merge_conflict_is_mended() -> None:
    lines = applied({}, thread("12", "Why?"), thread("13", "How?"), as_markdown=False)[EXTRACT].splitlines(True)
    broken = run({EXTRACT: "".join([*lines, "{broken\n"])}, thread("14", "When?"), as_markdown=False)
    assert broken.files == {}
    assert [d.code for d in broken.diagnostics] == ["FAQ451", "FAQ461"]
    conflict = [lines[0], "<<<<<<< ours\n", lines[1], "=======\n", lines[2], ">>>>>>> theirs\n"]
    repaired = run({EXTRACT: "".join(conflict)}, thread("14", "When?"), as_markdown=False)
    assert [t.key.native for t in read_extract(repaired.files[EXTRACT], "x").threads] == ["12", "13", "14"]


def test_nothing_else_in_the_folder_is_read() -> None:
    current = {"README.md": "x", "_draft.md": "y", "other.threads.jsonl": write_extract([])}
    assert list(run(current, thread("12", "Why?")).files) == ["forum/12.md"]


def test_a_text_that_looks_like_the_checksum_is_a_text() -> None:
    """The checksum is a line of the front matter; the same line in a message is text."""
    text = "imported: 0123456789abcdef\n---\n"
    files = applied({}, thread("12", text))
    assert read(files["forum/12.md"]).question == RawMessage(id="1", body=text, role=Role.ASKER)
    assert run(files, thread("12", text)) == Plan()
