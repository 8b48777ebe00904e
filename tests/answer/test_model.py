"""What the answer model looks at, what it says, and that its weights fit its numbers."""

import math
from dataclasses import replace

import pytest

from answer.test_choose import ASKER, BLUE, GLUE, HELPER, reply, thread
from faq_builder.answer.conversation import read_conversation
from faq_builder.answer.features import REPLY_FEATURES, SourceHabits, reply_features, source_habits
from faq_builder.answer.model import _SPEAKS, CHOICE_FEATURES, ModelChoice, choose_reply
from faq_builder.answer.weights import CHOICE_WEIGHTS, REPLY_WEIGHTS
from faq_builder.model import Author, PublicText, PublicThread, Reason, ThreadKey
from faq_builder.render.labels_en import ENGLISH

NO_HABITS = SourceHabits()


def numbers_of(asked: PublicThread, habits: SourceHabits = NO_HABITS) -> list[dict[str, float]]:
    return reply_features(read_conversation(asked), habits)


def choice_of(asked: PublicThread) -> ModelChoice:
    choice = choose_reply(read_conversation(asked), NO_HABITS)
    assert choice is not None
    return choice


def test_each_number_has_a_weight_and_a_sentence() -> None:
    assert REPLY_WEIGHTS.keys() == REPLY_FEATURES.keys()
    assert CHOICE_WEIGHTS.keys() == CHOICE_FEATURES.keys()
    full = [reply(HELPER, BLUE, votes=2), reply(ASKER, "Thanks, it worked. I found it was `blue`.", reply_to="1")]
    assert {name for numbers in numbers_of(thread(*full)) for name in numbers} <= REPLY_FEATURES.keys()


@pytest.mark.parametrize(
    ("name", "helps"),
    [
        ("worked", True),
        ("before_good_word", True),
        ("asker_found", True),
        ("votes", True),
        ("asked_more", False),
        ("asker_failed", False),
        ("remark", False),
    ],
)
def test_weights_have_the_sign_that_their_sentence_suggests(name: str, helps: bool) -> None:
    assert (REPLY_WEIGHTS[name] > 0) is helps


def test_the_numbers_of_a_thanked_reply() -> None:
    first, second = numbers_of(thread(reply(HELPER, GLUE), reply(HELPER, BLUE), reply(ASKER, "That worked!")))
    assert (second["worked"], second["before_good_word"], second["last_reply"]) == (1, 1, 1)
    assert (first.get("worked", 0), first["before_good_word"], first["first_reply"]) == (0, 0, 1)
    assert second["place"] == pytest.approx(math.log(2))


def test_votes_count_against_the_best_other_reply() -> None:
    first, second = numbers_of(thread(reply(HELPER, GLUE, votes=1), reply(HELPER, BLUE, votes=7)))
    assert first["votes_lead"] == pytest.approx(-second["votes_lead"])
    assert second["votes_lead"] == pytest.approx(math.log(8 / 2))


def test_a_source_with_remarks_is_told_from_a_flat_forum() -> None:
    remarks = thread(reply(HELPER, GLUE), reply(HELPER, BLUE, reply_to="1"), reply(ASKER, GLUE, reply_to="1"))
    flat = thread(reply(HELPER, GLUE), reply(HELPER, BLUE, reply_to="1"), reply(ASKER, GLUE, reply_to="2"))
    for asked, name in ((remarks, "remark"), (flat, "nested")):
        habits = source_habits([asked])["forum"]
        assert [number[name] for number in numbers_of(asked, habits)] == [0, 1, 1]


def test_a_source_counts_the_threads_that_somebody_helped_in_and_no_marks() -> None:
    one = thread(reply(HELPER, GLUE), reply(HELPER, BLUE, accepted=True), reply(ASKER, GLUE))
    other = replace(one, key=ThreadKey("forum", "43"))
    assert source_habits([one, other])["forum"].helped_in == {"helper": 2}
    hidden = replace(one, messages=tuple(replace(m, accepted=False) for m in one.messages))
    assert numbers_of(one) == numbers_of(hidden)


@pytest.mark.parametrize(
    ("replies", "reason", "because"),
    [
        ([reply(HELPER, GLUE), reply(HELPER, BLUE), reply(ASKER, "That worked!")], Reason.THANKED, "worked"),
        ([reply(HELPER, GLUE, votes=1), reply(HELPER, BLUE, votes=9)], Reason.VOTES, "votes"),
        ([reply(HELPER, GLUE), reply(ASKER, f"I found the solution! {BLUE}")], Reason.MODEL, "asker-found"),
    ],
)
def test_the_strongest_reason_comes_first(replies: list[object], reason: Reason, because: str) -> None:
    choice = choice_of(thread(*replies))  # type: ignore[arg-type]
    assert (choice.reason, choice.because[0]) == (reason, because)
    assert len(choice.because) <= 3


def test_a_reason_is_never_said_if_it_is_not_true() -> None:
    equal = choice_of(thread(reply(HELPER, GLUE, votes=3), reply(HELPER, BLUE, votes=3)))
    assert "votes" not in equal.because
    assert "detailed" not in choice_of(thread(reply(HELPER, BLUE))).because


def test_success_makes_the_model_surer_than_silence_or_failure() -> None:
    silent, worked, failed = (
        choice_of(thread(reply(HELPER, BLUE), *more)).confidence
        for more in ((), (reply(ASKER, "That worked!"),), (reply(ASKER, "It still does not work. Which one?"),))
    )
    assert worked > max(silent, failed)


def test_every_reason_has_a_sentence() -> None:
    said = {*_SPEAKS.values(), "worked"}
    assert {key.removeprefix("why.because.") for key in ENGLISH if key.startswith("why.because.")} == said


def test_hostile_threads_have_a_choice_or_none() -> None:
    bodies = ["", "?" * 3000, "\n" * 3000, "thanks " * 2000, "```", "> quoted", "does it " * 2000 + "?", "\u202e`"]
    for body in bodies:
        asked = thread(*(reply(role, body) for role in (HELPER, ASKER) * 12))
        choice = choose_reply(read_conversation(asked), source_habits([asked])["forum"])
        assert choice is None or 0 <= choice.confidence <= 1


def test_a_thread_without_authors_has_a_choice() -> None:
    asked = thread(reply(HELPER, BLUE), reply(ASKER, "That worked!"))
    nameless = replace(asked, messages=tuple(replace(m, author=None) for m in asked.messages))
    assert choose_reply(read_conversation(nameless), NO_HABITS) == choose_reply(read_conversation(asked), NO_HABITS)


def test_a_name_counts_only_if_it_is_shown() -> None:
    asked = thread(reply(HELPER, f"Hi Annabel! {BLUE}"))
    named = replace(asked.question, author=Author(key="asker", name=PublicText("Annabel")))
    shown = replace(asked, messages=(named, *asked.messages[1:]))
    assert [n["names_asker"] for n in (*numbers_of(asked), *numbers_of(shown))] == [0, 1]
