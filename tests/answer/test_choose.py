"""Which reply is chosen as the answer, why, and at which level."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from faq_builder.answer.choose import choose_answers
from faq_builder.answer.model import LIKELY
from faq_builder.answer.reasons import RULES
from faq_builder.config import PublishLevel, RedactRules
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import (
    Answer,
    Author,
    Message,
    Note,
    NoteKind,
    PublicThread,
    RawMessage,
    RawThread,
    Reason,
    Role,
    ThreadKey,
    answer_order,
)
from faq_builder.redact import redact_threads

KEY = ThreadKey("forum", "42")
NONE = ResolvedDecisions()
ASKER, HELPER, STAFF, BOT = Role.ASKER, Role.HELPER, Role.STAFF, Role.BOT
BLUE = "Take the blue widget, it holds in the rain and costs the same."
IS_IT = "Have you tried the blue one, as it holds in the rain?"
GLUE = "You can also glue the red one with the widget glue of last year."


Reply = tuple[Role, str, dict[str, object]]  # role, body, other fields of the message


def reply(role: Role, body: str, **fields: object) -> Reply:
    return role, body, fields


def thread(*replies: Reply, question: str = "My red widget broke. Why?") -> PublicThread:
    messages: list[RawMessage] = []
    for number, (role, body, fields) in enumerate([(ASKER, question, {}), *replies]):
        author = Author(key=f"{role.value}{fields.pop('by', '')}", name=None)
        at = datetime(2024, 5, number + 1, tzinfo=UTC)
        messages.append(
            Message(id=str(number), body=body, role=role, author=author, written_at=at, **fields)  # type: ignore[arg-type]
        )
    raw = RawThread(key=KEY, format="discourse", title="Red widget broke", messages=tuple(messages))
    return redact_threads([raw], {}, RedactRules()).threads[0]


def choose(
    asked: PublicThread, level: PublishLevel = PublishLevel.ALL, resolved: ResolvedDecisions | None = None
) -> Answer | None:
    ((one,), _) = choose_answers([asked], level, resolved or ResolvedDecisions())
    return one.answer


SAYS_BLUE, SAYS_GLUE = reply(HELPER, BLUE), reply(HELPER, GLUE)

# situation, the replies, the chosen ones, the reason; None where nothing is sure enough even at level all
CASES: list[tuple[str, list[Reply], tuple[str, ...], Reason | None]] = [
    ("nobody replied", [], (), None),
    ("a mark", [SAYS_GLUE, reply(HELPER, BLUE, accepted=True)], ("2",), Reason.MARKED),
    (
        "several marks",
        [reply(HELPER, GLUE, accepted=True), reply(HELPER, BLUE, accepted=True)],
        ("1", "2"),
        Reason.MARKED,
    ),
    ("a mark on a short reply", [reply(HELPER, "Blue.", accepted=True)], ("1",), Reason.MARKED),
    ("a mark on the asker's reply", [reply(ASKER, "It was the rain.", accepted=True)], ("1",), Reason.MARKED),
    ("a mark on a bot", [reply(BOT, BLUE, accepted=True)], ("1",), Reason.MARKED),
    ("a mark on an empty reply", [reply(HELPER, "", accepted=True), reply(STAFF, BLUE)], ("2",), Reason.MODEL),
    (
        "staff confirms the reply before",
        [SAYS_BLUE, reply(STAFF, "Yes, that's right.")],
        ("1",),
        Reason.CONFIRMED,
    ),
    (
        "staff confirms by a reply",
        [SAYS_BLUE, SAYS_GLUE, reply(STAFF, "This is the correct answer!", reply_to="1")],
        ("1",),
        Reason.CONFIRMED,
    ),
    ("staff confirms by name", [SAYS_BLUE, reply(STAFF, "As @anna said.")], ("1",), Reason.CONFIRMED),
    ("staff doubts", [SAYS_BLUE, reply(STAFF, "That's right, but not in winter.")], ("1",), Reason.MODEL),
    ("a helper confirms", [SAYS_BLUE, reply(HELPER, "That's right.", by="2")], ("1",), Reason.MODEL),
    ("the asker says that it worked", [SAYS_BLUE, reply(ASKER, "That worked!")], ("1",), Reason.THANKED),
    (
        "the asker thanks one of two",
        [SAYS_BLUE, SAYS_GLUE, reply(ASKER, "Thank you, great!", reply_to="1")],
        ("1",),
        Reason.MODEL,
    ),
    (
        "that it worked says more than thanks",
        [
            SAYS_GLUE,
            reply(ASKER, "Thanks!"),
            SAYS_BLUE,
            reply(ASKER, "It works now."),
            SAYS_GLUE,
        ],
        ("3",),
        Reason.THANKED,
    ),
    ("thanks and a but", [SAYS_BLUE, reply(ASKER, "Thanks, but it still breaks")], ("1",), Reason.MODEL),
    ("thanks in advance", [SAYS_BLUE, reply(ASKER, "Thanks in advance")], ("1",), Reason.MODEL),
    ("thanks and a try", [SAYS_BLUE, reply(ASKER, "Thanks, I'll try")], ("1",), Reason.MODEL),
    ("somebody else thanks", [SAYS_BLUE, reply(HELPER, "Thanks, that worked!", by="2")], ("1",), Reason.MODEL),
    ("quoted thanks", [SAYS_BLUE, reply(ASKER, "> Thanks\n\nWhat is blue?")], ("1",), Reason.MODEL),
    ("two replies", [SAYS_BLUE, SAYS_GLUE], ("1",), Reason.MODEL),
    ("staff asks back", [reply(STAFF, "Which version of the red widget do you have, and since when?")], (), None),
    ("votes", [reply(HELPER, GLUE, votes=1), reply(HELPER, BLUE, votes=3), SAYS_GLUE], ("2",), Reason.VOTES),
    ("votes of the first", [reply(HELPER, GLUE, votes=9), reply(HELPER, BLUE, votes=2)], ("1",), Reason.VOTES),
    ("votes against it", [reply(HELPER, GLUE, votes=0), reply(HELPER, BLUE, votes=-1)], ("1",), Reason.MODEL),
    ("the asker's own votes", [reply(ASKER, GLUE, votes=5)], ("1",), Reason.VOTES),
    ("the asker found it", [SAYS_GLUE, reply(ASKER, f"I found the solution! {BLUE}")], ("2",), Reason.MODEL),
    ("a proposal that worked", [reply(HELPER, IS_IT), reply(ASKER, "It works now!")], ("1",), Reason.THANKED),
    ("a proposal that nobody tried", [reply(HELPER, IS_IT)], (), None),
    ("a polite question at the end", [reply(HELPER, f"{BLUE} Does that help?")], ("1",), Reason.MODEL),
    ("it works now", [reply(ASKER, "It works now, thanks a lot!")], (), None),
    ("the same problem", [reply(HELPER, "Same problem here!")], (), None),
    ("any news", [reply(HELPER, "any news on this?")], (), None),
    ("plus one with votes", [reply(HELPER, "+1", votes=9)], (), None),
    ("a short reply with code", [reply(HELPER, "Run `widget --blue`")], ("1",), Reason.MODEL),
    ("a bot", [reply(BOT, BLUE)], (), None),
    ("a bot that people voted for", [reply(BOT, BLUE, votes=4)], ("1",), Reason.VOTES),
]


@pytest.mark.parametrize(("replies", "chosen", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_answer_is(replies: list[Reply], chosen: tuple[str, ...], reason: Reason | None) -> None:
    answer = choose(thread(*((role, body, dict(fields)) for role, body, fields in replies)))
    assert (answer.messages, answer.reason) == (chosen, reason) if answer else reason is None


def test_a_level_takes_no_weaker_choices() -> None:
    for _, replies, _, _ in CASES:
        asked = thread(*((role, body, dict(fields)) for role, body, fields in replies))
        sure, likely, any_choice = (choose(asked, level) for level in PublishLevel)
        assert sure is None or sure.reason.is_sure
        assert likely == (any_choice if any_choice and any_choice.confidence >= LIKELY else None)
        assert sure == (any_choice if any_choice and any_choice.reason.is_sure else None)


def test_people_are_surer_than_the_model_has_to_be() -> None:
    assert min(rule.confidence for rule in RULES) > LIKELY


def test_a_mark_in_a_thread_file_of_the_team_is_an_answer_that_it_wrote() -> None:
    marked, unmarked = thread(reply(STAFF, BLUE, accepted=True)), thread(reply(STAFF, BLUE))
    answer = choose(replace(marked, format="markdown"), PublishLevel.MARKED)
    assert answer == replace(choose(marked), reason=Reason.WRITTEN)
    assert choose(replace(unmarked, format="markdown")) == choose(unmarked)


def test_what_the_team_wrote_is_worth_as_much_as_a_mark_elsewhere() -> None:
    """Of equally strong answers, the one with the most votes comes first."""
    older, newer = thread(reply(STAFF, BLUE)), thread(reply(STAFF, BLUE, votes=2))
    for one, other in ((Reason.WRITTEN, Reason.MARKED), (Reason.MARKED, Reason.WRITTEN)):
        weaker, stronger = (Answer(messages=("1",), reason=reason, confidence=0.95) for reason in (one, other))
        assert answer_order(newer, stronger) < answer_order(older, weaker)


def test_a_decision_wins_over_a_mark() -> None:
    asked = thread(reply(HELPER, GLUE, accepted=True), SAYS_BLUE)
    answer = choose(asked, PublishLevel.MARKED, ResolvedDecisions(answers={KEY: ("2",)}))
    assert answer == Answer(messages=("2",), reason=Reason.DECISION, confidence=1.0)


@pytest.mark.parametrize("named", ["0", "9"], ids=["the question", "no message"])
def test_a_decision_that_names_no_reply_is_reported_and_not_obeyed(named: str) -> None:
    asked = thread(reply(HELPER, BLUE, accepted=True))
    (one,), findings = choose_answers([asked], PublishLevel.MARKED, ResolvedDecisions(answers={KEY: (named,)}))
    assert one.answer is not None
    assert one.answer.reason is Reason.MARKED
    assert [(d.code, str(d.where)) for d in findings] == [("FAQ540", "content/decisions:forum:42")]


@pytest.mark.parametrize(("last", "chosen"), [("1", ("2",)), ("3", None), ("9", ("1",))])
def test_replies_up_to_an_unanswered_decision_are_not_chosen(last: str, chosen: tuple[str, ...] | None) -> None:
    asked = thread(reply(HELPER, BLUE, accepted=True), SAYS_BLUE, reply(HELPER, GLUE))
    answer = choose(asked, resolved=ResolvedDecisions(unanswered={KEY: last}))
    assert (answer.messages if answer else None) == chosen


def test_a_topic_that_people_confirmed_is_answered_by_the_last_reply_of_staff() -> None:
    note = Note(kind=NoteKind.CONFIRMED, on=date(2024, 5, 9))
    asked = thread(reply(STAFF, GLUE), SAYS_GLUE, reply(STAFF, BLUE))
    answer = choose(asked, PublishLevel.MARKED, ResolvedDecisions(notes={KEY: (note,)}))
    assert answer is not None
    assert (answer.messages, answer.reason) == (("3",), Reason.CONFIRMED)
    assert choose(thread(SAYS_BLUE), PublishLevel.MARKED, ResolvedDecisions(notes={KEY: (note,)})) is None


def test_where_only_links_are_allowed_a_marked_reply_without_text_is_chosen() -> None:
    asked = thread(reply(HELPER, "", accepted=True), question="")
    answer = choose(asked, PublishLevel.MARKED)
    assert answer is not None
    assert answer.messages == ("1",)


def test_there_is_one_answer_for_each_thread_in_the_same_order() -> None:
    threads = [thread(), thread(reply(HELPER, BLUE, accepted=True)), thread()]
    answered, _ = choose_answers(threads, PublishLevel.ALL, ResolvedDecisions())
    assert [one.thread for one in answered] == threads
    assert [one.answer is not None for one in answered] == [False, True, False]
