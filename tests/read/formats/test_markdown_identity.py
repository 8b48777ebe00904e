"""thread -> Markdown -> thread is the identity, and no text crashes the reader."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from thread_strategies import MARKS, threads

from faq_builder.base.diagnostics import Severity
from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey
from faq_builder.read.formats.markdown import read_thread_file, write_thread


@settings(max_examples=150, deadline=None)
@given(threads)
def test_identity(thread: RawThread) -> None:
    read, findings = read_thread_file(write_thread(thread), "thread.md", ())
    assert read == thread
    assert not [d for d in findings if d.level is not Severity.INFO]


@settings(max_examples=50, deadline=None)
@given(threads)
def test_identity_with_foreign_line_ends(thread: RawThread) -> None:
    """Git and editors on other systems change line ends and put a mark in front."""
    text = "\ufeff" + write_thread(thread).replace("\n", "\r\n")
    assert read_thread_file(text, "thread.md", ())[0] == thread


lines = st.sampled_from([*MARKS, "---", "# T", "https://a.example/b", "id: x", "text"]) | st.text(max_size=9)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines).map("\n".join))
@example("---\n---")
def test_any_text_gives_a_thread_or_says_why_not(text: str) -> None:
    thread, findings = read_thread_file(text, "thread.md", ())
    last = text.count("\n") + text.count("\r") + 1
    assert thread is not None or any(d.level is Severity.ERROR for d in findings)
    assert all(1 <= (d.where.line or 0) <= last for d in findings)
    if thread is not None:
        assert read_thread_file(write_thread(thread), "thread.md", ())[0] == thread


@pytest.mark.parametrize(
    "body",
    [
        "<\r0",
        "<\r\n## Answer",
        "\0",
        "```\nopen",
        "<!--\nopen",
        " x",
        "x\n",
        "\n\nx",
        "## Answer #",
        "- ```\n  a\n  ```",
    ],
)
def test_bodies_that_once_broke_or_nearly_did(body: str) -> None:
    messages = tuple(RawMessage(id=i, body=body, role=Role.HELPER, accepted=i == "2") for i in ("1", "2", "3"))
    thread = RawThread(key=ThreadKey("forum", "12"), format="markdown", title="Why?", messages=messages)
    assert read_thread_file(write_thread(thread), "thread.md", ()) == (thread, ())


def test_half_of_a_character_is_replaced_in_every_text() -> None:
    author = Author(key="half \ud83d", name="half \ud83d")
    message = RawMessage(id="1", body="half \ud83d", role=Role.ASKER, author=author, licence="half \ud83d")
    thread = RawThread(key=ThreadKey("forum", "12"), format="markdown", title="Why?", messages=(message,))
    again, findings = read_thread_file(write_thread(thread), "thread.md", ())
    assert again is not None
    whole = Author(key="half �", name="half �")
    assert (again.question, findings) == (replace(message, body="half �", author=whole, licence="half �"), ())


@pytest.mark.parametrize(
    "body", ["## Answer", "# One\n\n## Two", "```\n## Answer\n```", "> ## Reply", "a  \nb", "ü\n\n\n    c"]
)
def test_usual_bodies_stay_readable(body: str) -> None:
    message = RawMessage(id="1", body=body, role=Role.ASKER)
    thread = RawThread(key=ThreadKey("forum", "12"), format="markdown", title="Why?", messages=(message,))
    assert "json lines" not in write_thread(thread)
    assert read_thread_file(write_thread(thread), "thread.md", ()) == (thread, ())
