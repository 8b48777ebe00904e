"""A newer reply that contradicts what is published is shown to staff until they have settled it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.model import Answered, Ledger, Message, Note, NoteKind, PublicText, PublicThread, Reason, Role
from thread_samples import START, a_thread, answer_of, findings_and_groups, key

NO_LONGER = "This no longer works since 4.2, use the blue base instead."


def with_reply(text: str, *, days: int = 90, role: Role = Role.HELPER) -> PublicThread:
    thread = a_thread("1", "Which base do I need?")
    reply = Message(id="3", body=PublicText(text), role=role, written_at=START + timedelta(days=days))
    return replace(thread, messages=(*thread.messages, reply))


@pytest.mark.parametrize(
    "text",
    [
        NO_LONGER,
        "As of version 5.0 you should use `hub pair` instead.",
        "Heads up: the option was renamed in 4.2",
        "You are right, this answer is out of date.",
        "That workaround stopped working last week",
        "Das funktioniert so nicht mehr.",
        "> It works\n\nThe accepted answer is wrong.",
    ],
)
def test_a_newer_reply_that_contradicts_is_found(text: str) -> None:
    grouping, findings = findings_and_groups([with_reply(text)])
    assert [(c.thread, c.message) for c in grouping.corrections] == [(key("1"), "3")]
    assert [(f.code, str(f.where)) for f in findings] == [("FAQ624", "forum:1/3")]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, that works!",
        "Does this still work, or is it no longer supported since 4.2?",
        "> This no longer works since 4.2\n\nIt does here.",
        "```\nerror: option no longer works since 4.2, use --new instead\n```\nhm",
        "I use 4.2 and the blue base.",
    ],
)
def test_other_replies_are_not(text: str) -> None:
    assert not findings_and_groups([with_reply(text)])[0].corrections


def test_older_replies_and_replies_of_bots_are_not() -> None:
    assert not findings_and_groups([with_reply(NO_LONGER, days=-1)])[0].corrections
    assert not findings_and_groups([with_reply(NO_LONGER, role=Role.BOT)])[0].corrections


def test_another_thread_of_the_topic_contradicts_too() -> None:
    threads = [a_thread("1", "Which base do I need?"), a_thread("2", "Which base?", day=50, reply=NO_LONGER, votes=0)]
    same = ResolvedDecisions(same=((key("1"), key("2")),))
    grouping, _ = findings_and_groups([replace_votes(threads[0]), threads[1]], same)
    assert [c.message for c in grouping.corrections] == ["2"]


def replace_votes(thread: PublicThread) -> PublicThread:
    """The thread with an answer that comes first because of its votes."""
    return replace(thread, messages=(thread.messages[0], replace(thread.messages[1], votes=9)))


@pytest.mark.parametrize(
    ("note", "settled"),
    [
        (Note(kind=NoteKind.OUTDATED), True),
        (Note(kind=NoteKind.CONFIRMED, on=date(2024, 5, 30)), True),
        (Note(kind=NoteKind.CONFIRMED, on=date(2024, 5, 29)), False),
        (Note(kind=NoteKind.NOTE, text=PublicText("mind the gap")), False),
    ],
)
def test_it_is_shown_until_staff_have_settled_it(note: Note, *, settled: bool) -> None:
    grouping, _ = findings_and_groups([with_reply(NO_LONGER)], ResolvedDecisions(notes={key("1"): (note,)}))
    assert bool(grouping.corrections) is not settled


def test_a_correction_that_is_the_answer_contradicts_nothing() -> None:
    thread = with_reply(NO_LONGER)
    answer = answer_of(thread, Reason.DECISION)
    assert answer is not None
    grouping, _ = group_threads(
        [Answered(thread, replace(answer, messages=("3",)))], ResolvedDecisions(), Ledger(), GroupRules(), language="en"
    )
    assert not grouping.corrections
