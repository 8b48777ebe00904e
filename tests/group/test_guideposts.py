"""Guideposts: when a reply with a link joins its thread to the linked topic."""

from dataclasses import replace
from datetime import date

import pytest

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import GroupRules, Source
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.group import group_threads
from faq_builder.model import (
    Answer,
    Answered,
    Grouping,
    JoinedBy,
    Ledger,
    LedgerRow,
    PublicText,
    PublicThread,
    Reason,
    Role,
    Url,
    topic_id,
)
from thread_samples import a_thread, answer_of, key, names_of, topic_with

SITE = Url("https://faq.widgets.example/help/")
RAIN = a_thread("1", "Why did my red widget shatter in the rain yesterday?")
OTHERS = (
    RAIN,
    a_thread("90", "How do I clean the brass hinges of an old cabinet?"),
    a_thread("91", "Where can invoices be downloaded as spreadsheet?"),
)
LEDGER = Ledger(
    rows=(
        LedgerRow(
            id="aaa",
            slug="red-widget",
            former_slugs=("broken-widget",),
            members=(key("1"),),
            published=date(2024, 1, 1),
            changed=date(2024, 1, 1),
        ),
    )
)
HERE = "https://forum.widgets.example/t/1"


def asked_again(
    reply: str, *, role: Role = Role.STAFF, source: str = "chat", title: str = str(RAIN.title)
) -> PublicThread:
    thread = a_thread(f"{source}:5", title, day=5, reply=reply)
    return replace(thread, messages=(thread.messages[0], replace(thread.messages[1], role=role)))


def grouping_of(
    *threads: PublicThread,
    answers: list[Answer | None] | None = None,
    ledger: Ledger = LEDGER,
    resolved: ResolvedDecisions | None = None,
) -> tuple[Grouping, tuple[Diagnostic, ...]]:
    everything = [*OTHERS, *threads]
    chosen = [*(answer_of(t) for t in OTHERS), *(answers or [None] * len(threads))]
    moved = Source(key="forum", place="Forum", base_url=Url("https://forum.widgets.example"))
    moved = replace(moved, moved_from=(Url("http://old.widgets.example/board"),))
    targets = Targets.of(everything, ledger, SITE, [moved])
    return group_threads(
        [*map(Answered, everything, chosen)],
        resolved or ResolvedDecisions(),
        ledger,
        GroupRules(),
        language="en",
        targets=targets,
    )


@pytest.mark.parametrize(
    "reply",
    [
        f"See {HERE}.",
        f"Hello! Please have a look here: [the answer]({HERE}#2)",
        "> I looked everywhere, for days and nights, in each and every corner of this very large board\n\n"
        f"Answered there: <{HERE}/>",
        "https://faq.widgets.example/help/q/red-widget/",
        "That is on https://faq.widgets.example/help/q/broken-widget/#answer-2",
        "https://faq.widgets.example/help/q/aaa",
        "It moved: http://old.widgets.example/board/t/1",
    ],
)
def test_a_short_reply_of_staff_that_leads_there_joins_its_thread(reply: str) -> None:
    grouping, findings = grouping_of(asked_again(reply))
    topic = topic_with(grouping, "1")
    assert names_of(topic) == ["1", "chat:5"]
    assert topic.members[1].joined_by is JoinedBy.LINK
    assert not findings


@pytest.mark.parametrize(
    "reply",
    [
        f"Related: {HERE}",
        f"See also {HERE}",
        f"Not the same as {HERE}, is it",
        f"{HERE} and https://forum.widgets.example/t/91",
        "Screw the base to the table first, then wait for an hour, then read what others did when it happened to them,"
        f" such as {HERE}, and tell us how it went.",
        f"> {HERE}\n\nThank you!",
        f"```\n{HERE}\n```",
        "See https://elsewhere.example/t/1",
    ],
)
def test_a_link_in_passing_proves_nothing(reply: str) -> None:
    grouping, _ = grouping_of(asked_again(reply, title="Nothing but shards"))
    assert names_of(topic_with(grouping, "chat:5")) == ["chat:5"]
    assert not grouping.suggestions


def test_a_guess_of_somebody_else_is_a_question_to_people() -> None:
    guess = f"Possible duplicate of [{RAIN.title}]({HERE})"
    grouping, _ = grouping_of(asked_again(guess, role=Role.HELPER, title="Nothing but shards"))
    one, other = topic_with(grouping, "1"), topic_with(grouping, "chat:5")
    (suggestion,) = grouping.suggestions
    assert one is not other
    assert (set(suggestion.topics), suggestion.because) == ({one.id, other.id}, JoinedBy.LINK)


@pytest.mark.parametrize(("role", "together"), [(Role.HELPER, True), (Role.ASKER, True), (Role.BOT, False)])
def test_a_page_of_this_faq_proves_it_whoever_but_a_program_leads_there(role: Role, *, together: bool) -> None:
    reply = "Look: https://faq.widgets.example/help/q/red-widget/"
    grouping, _ = grouping_of(asked_again(reply, role=role, title="Nothing but shards"))
    assert (len(topic_with(grouping, "1").linked) == 1) is together


def test_a_marked_answer_that_only_leads_there_counts_as_asked_and_not_as_an_answer() -> None:
    thread = asked_again(f"check out this: {HERE}", role=Role.HELPER)
    grouping, _ = grouping_of(thread, answers=[answer_of(thread)])
    topic = topic_with(grouping, "1")
    assert [m.answer is None for m in topic.members] == [False, True]
    assert [message.id for _, message in topic.answers] == ["2"]
    assert topic.main == key("1")


def test_a_guidepost_stays_one_when_its_thread_has_joined_the_page() -> None:
    row = replace(LEDGER.rows[0], id=topic_id(key("1")), members=(key("1"), key("chat:5")))
    thread = asked_again("https://faq.widgets.example/help/q/red-widget/", role=Role.HELPER)
    grouping, findings = grouping_of(thread, answers=[answer_of(thread)], ledger=Ledger(rows=(row,)))
    topic = topic_with(grouping, "1")
    assert topic.members[1].joined_by is JoinedBy.LINK
    assert [member.answer is None for member in topic.members] == [False, True]
    assert not findings


def test_a_marked_answer_that_only_leads_to_another_question_is_no_answer_of_its_own() -> None:
    thread = asked_again(f"check out this: {HERE}", role=Role.HELPER, title="Nothing but shards")
    grouping, _ = grouping_of(thread, answers=[answer_of(thread)])
    one, other = topic_with(grouping, "1"), topic_with(grouping, "chat:5")
    assert [(linked.thread.key, linked.because) for linked in one.linked] == [(key("chat:5"), JoinedBy.LINK)]
    assert not other.answered
    assert [likely.topic for likely in other.likely_duplicates] == [one.id]


def test_a_published_answer_that_only_leads_to_another_question_stays() -> None:
    row = replace(LEDGER.rows[0], id="bbb", slug="shards", former_slugs=(), members=(key("chat:5"),))
    thread = asked_again(f"check out this: {HERE}", role=Role.HELPER, title="Nothing but shards")
    grouping, _ = grouping_of(thread, answers=[answer_of(thread)], ledger=Ledger(rows=(*LEDGER.rows, row)))
    assert topic_with(grouping, "chat:5").answered
    assert not grouping.withdrawn


def test_what_a_person_declared_the_answer_stays_one() -> None:
    thread = asked_again(f"Take two, see {HERE}")
    grouping, _ = grouping_of(thread, answers=[answer_of(thread, Reason.DECISION)])
    assert len(topic_with(grouping, "1").answers) == 2


def test_a_guidepost_to_a_thread_without_answer_stays_its_answer() -> None:
    unanswered = a_thread("7", "Which paint for the green ones?", reply=None)
    thread = asked_again("See https://forum.widgets.example/t/7", title=str(unanswered.title))
    grouping, _ = grouping_of(unanswered, thread, answers=[None, answer_of(thread)])
    assert names_of(topic_with(grouping, "7")) == ["7", "chat:5"]
    assert topic_with(grouping, "7").main == key("chat:5")


def test_a_link_between_published_topics_is_a_question_to_people() -> None:
    row = LedgerRow(
        id="bbb", slug="shards", members=(key("chat:5"),), published=date(2024, 1, 1), changed=date(2024, 1, 1)
    )
    grouping, findings = grouping_of(asked_again(f"See {HERE}"), ledger=Ledger(rows=(*LEDGER.rows, row)))
    assert [s.because for s in grouping.suggestions] == [JoinedBy.LINK]
    assert [(f.code, "links to another" in f.message) for f in findings] == [("FAQ622", True)]


def test_people_who_keep_them_apart_win() -> None:
    grouping, _ = grouping_of(
        asked_again(f"See {HERE}"), resolved=ResolvedDecisions(apart=((key("1"), key("chat:5")),))
    )
    assert names_of(topic_with(grouping, "1")) == ["1"]
    assert not grouping.suggestions


def test_a_link_to_a_page_that_never_was_is_reported() -> None:
    _, findings = grouping_of(asked_again("See https://faq.widgets.example/help/q/red-wigdet/"))
    assert [(f.code, str(f.where)) for f in findings] == [("FAQ623", "chat:5/2")]


def test_replies_that_lead_in_a_circle_are_reported_and_stay() -> None:
    one = a_thread("blog:6", str(RAIN.title), reply="See https://chat.widgets.example/t/5")
    other = asked_again("See https://blog.widgets.example/t/6")
    apart = ResolvedDecisions(apart=((key("1"), key("blog:6")),))
    grouping, findings = grouping_of(one, other, answers=[answer_of(one), answer_of(other)], resolved=apart)
    assert names_of(topic_with(grouping, "blog:6")) == ["blog:6", "chat:5"]
    assert [f.code for f in findings] == ["FAQ621"]
    assert len(topic_with(grouping, "blog:6").answers) == 2


def test_names_of_people_are_never_read_as_a_claim() -> None:
    reply = f"{PublicText('@wilma')} {HERE}"
    grouping, _ = grouping_of(asked_again(reply, role=Role.HELPER, title="Nothing but shards"))
    assert names_of(topic_with(grouping, "chat:5")) == ["chat:5"]
