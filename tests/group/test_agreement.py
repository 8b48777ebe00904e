"""Which duplicate marks and links bring an answer onto another page."""

import pytest

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.group.agreement import agreeing_pairs
from faq_builder.model import Answer, Answered, PublicThread, Reason
from faq_builder.similarity import LexicalEngine
from thread_samples import a_thread, key

LONG = "Open the lid, lift the sieve, let the glue dry for a day and put the glass back with the felt below."


def agree(one: PublicThread, other: PublicThread, level: MergeLevel = MergeLevel.CERTAIN) -> bool:
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1.0)
    by_key = {thread.key: Answered(thread, answer) for thread in (one, other)}
    pair = (one.key, other.key)
    return agreeing_pairs([pair], by_key, LexicalEngine(), GroupRules(merge=level)) == {pair}


def test_titles_that_are_the_same_agree() -> None:
    one, other = a_thread("1", "How do I clean the sieve?"), a_thread("2", "how to clean my sieve", reply="No idea.")
    assert agree(one, other)
    assert not agree(one, other, MergeLevel.OFF)


def test_titles_in_slightly_other_words_agree() -> None:
    assert agree(a_thread("1", "Changing the glass shade"), a_thread("2", "How do I change the glass shade?"))


def test_the_same_full_answer_agrees() -> None:
    titles = ("My lamp is loose", "The shade fell off")
    assert agree(*(a_thread(str(n), title, reply=LONG) for n, title in enumerate(titles)))
    assert not agree(*(a_thread(str(n), title, reply="Yes, thanks!") for n, title in enumerate(titles)))


@pytest.mark.parametrize("title", ["How do I unlock the lid?", "Cleaning the glass"])
def test_other_questions_with_other_answers_do_not_agree(title: str) -> None:
    assert not agree(a_thread("1", "How do I lock the lid?"), a_thread("2", title, reply=LONG))


def test_nothing_declared_is_nothing() -> None:
    assert agreeing_pairs([], {key("1"): None}, LexicalEngine(), GroupRules()) == frozenset()  # type: ignore[dict-item]
