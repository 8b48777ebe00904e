"""Extracts: identity, broken lines, detection."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from thread_strategies import threads

from faq_builder.config import Source
from faq_builder.model import RawMessage, RawThread, Role, ThreadKey
from faq_builder.read.export import open_export
from faq_builder.read.formats import format_of, read_export
from faq_builder.read.formats.extract import read_extract, write_extract

SOURCE = Source(key="forum", place="Forum")


def thread(native: str, body: str = "it broke") -> RawThread:
    message = RawMessage(id="1", body=body, role=Role.ASKER)
    return RawThread(key=ThreadKey("forum", native), format="discourse", title="Why?", messages=(message,))


@settings(max_examples=60, deadline=None)
@given(st.lists(threads, max_size=3, unique_by=lambda t: t.key))
def test_identity(given_threads: list[RawThread]) -> None:
    text = write_extract(given_threads)
    reading = read_extract(text, "x.threads.jsonl")
    assert reading.threads == tuple(sorted(given_threads, key=lambda t: t.key))
    assert reading.diagnostics == ()
    assert len(text.splitlines()) == len(given_threads) + 1  # one line a thread to every program
    assert write_extract(reading.threads) == text


def test_order_of_threads_does_not_matter() -> None:
    one, two = thread("1"), thread("2")
    assert write_extract([one, two]) == write_extract([two, one])


def test_texts_stay_readable() -> None:
    assert '"body":"Tschüss 🌧"' in write_extract([thread("1", "Tschüss 🌧")])


def test_half_of_a_character_can_be_saved_and_is_replaced_when_it_is_read() -> None:
    text = write_extract([thread("1", "broken \ud83d emoji")]).replace("forum:1", "forum:\\ud83d")
    read = read_extract(text.encode().decode(), "x").threads[0]
    assert (read.key.native, read.question.body) == ("�", "broken � emoji")


def test_broken_lines_never_hide_the_others() -> None:
    lines = write_extract([thread("1"), thread("2")]).splitlines()
    wrong = json.loads(lines[1])
    for change in ({"key": "no key"}, {"messages": "x"}, {"messages": []}, {"url": "mailto:x"}, {"title": None}):
        lines.append(json.dumps({**wrong, **change}))
    lines[1:1] = ["<<<<<<< HEAD", "[1]", ""]
    reading = read_extract("\n".join(lines), "x.threads.jsonl")
    assert [t.key.native for t in reading.threads] == ["1", "2"]
    assert [(d.code, d.where.line) for d in reading.diagnostics] == [("FAQ451", n) for n in (2, 3, 7, 8, 9, 10, 11)]
    assert reading.balance.threads_read == 9


def test_the_later_of_two_lines_counts() -> None:
    text = write_extract([thread("1")]) + write_extract([thread("1", "later")]).splitlines()[1]
    reading = read_extract(text, "x.threads.jsonl")
    assert [t.question.body for t in reading.threads] == ["later"]
    assert [(d.code, d.where.line) for d in reading.diagnostics] == [("FAQ452", 3)]
    assert (reading.balance.threads_read, reading.balance.messages_read) == (2, 2)


def test_an_unknown_version_is_refused() -> None:
    reading = read_extract('{"faq_extract": 2}\n{}\n', "x.threads.jsonl")
    assert [(d.code, d.where.line) for d in reading.diagnostics] == [("FAQ450", 1)]


def test_an_extract_is_detected_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "forum.threads.jsonl"
    path.write_text(write_extract([thread("1")]), encoding="utf-8")
    export = open_export(path)
    assert format_of(export).name == "extract"
    assert read_export(export, SOURCE).threads == (thread("1"),)
