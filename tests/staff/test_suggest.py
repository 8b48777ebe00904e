"""What `faq suggest` says of a question: answered, only near, waiting, or nothing at all."""

from dataclasses import replace

import pytest

from faq_builder.model import JoinedBy, LikelyDuplicate, Topic
from faq_builder.similarity import LexicalEngine
from faq_builder.staff.suggest import Relevance, suggest_topics, suggestions_record
from topic_samples import a_site, a_topic

RAIN = a_topic("1", title="Why did my red widget shatter in the rain?")
PARCEL = a_topic("2", title="Where is the parcel that you sent last week?")
FLOATS = a_topic("3", title="Does the green widget float in salt water?", reply=None, published=None, changed=None)
SITE = (RAIN, PARCEL, FLOATS)


def found(question: str, *topics: Topic, products: tuple[str, ...] = ()) -> list[tuple[str, Relevance]]:
    suggested = suggest_topics(question, "", topics or SITE, LexicalEngine(), products=products)
    return [(one.topic.id, one.relevance) for one in suggested]


def test_a_topic_in_nearly_the_same_words_answers() -> None:
    assert found("my red widget did shatter in the rain")[0] == ("id1", Relevance.ANSWERS)


def test_a_question_about_something_else_finds_nothing() -> None:
    assert found("xylophone zebra") == []


def test_an_open_question_waits_and_has_no_reply() -> None:
    question = "does the green widget float in salt water"
    assert ("id3", Relevance.WAITING) in found(question)
    record = suggestions_record(a_site(*SITE), question, suggest_topics(question, "", SITE, LexicalEngine()))
    assert record["answered"] is False
    assert "reply" not in str(record)


@pytest.mark.parametrize(
    "question",
    ["Why did my red widget not shatter in the rain?", "Why did my red mixer shatter in the rain?"],
    ids=["negation", "product"],
)
def test_a_question_that_a_rule_tells_apart_is_only_near(question: str) -> None:
    assert found(question, RAIN, PARCEL, products=("widget", "mixer"))[0] == ("id1", Relevance.NEAR)


def test_a_likely_duplicate_is_named_once() -> None:
    twin = replace(
        a_topic("4", title="My red widget shattered in the rain, why?"),
        likely_duplicates=(LikelyDuplicate(topic="id1", because=JoinedBy.MEANING, score=0.6),),
    )
    (one,) = suggest_topics("why did my red widget shatter in the rain", "", (RAIN, twin), LexicalEngine())
    assert (one.topic.id, [other.id for other in one.same_as]) == ("id1", ["id4"])


@pytest.mark.parametrize("question", ["", " ", "?", "\0", "a" * 20_000])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    assert found(question) == []
