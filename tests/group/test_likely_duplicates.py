"""Topics that probably ask the same and that nobody confirmed, with an encoder that sees every word."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.model import Answer, Answered, Grouping, JoinedBy, Ledger, PublicThread, Reason
from faq_builder.similarity import MeaningEngine
from faq_builder.similarity.encoder import UNIT
from thread_samples import a_thread, key, topic_with

SENSES = {"dark": 0, "light": 0, "lamp": 1, "bulb": 1, "felt": 2, "carpet": 2, "glue": 3, "ship": 4, "invoice": 5}


class SenseEncoder:
    """An encoder for which words of one sense are the same."""

    name = "senses"
    languages = frozenset({"en"})

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        rows = np.zeros((len(texts), 7))
        for row, text in zip(rows, texts, strict=True):
            for word in text.casefold().split():
                row[SENSES.get(word.strip("?."), 6)] += 1 if word.strip("?.") in SENSES else 0.01
        return np.rint(UNIT * rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.int16)


OTHERS = [a_thread("90", "Glue"), a_thread("91", "Ship"), a_thread("92", "Invoice"), a_thread("93", "Felt glue")]


def grouped(
    *threads: PublicThread,
    apart: bool = False,
    answered: Sequence[str] = ("1", "2"),
    suggest: float | None = None,
) -> Grouping:
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1.0)
    known = [Answered(t, answer if t.key.native in answered else None) for t in (*threads, *OTHERS)]
    resolved = ResolvedDecisions(apart=((key("1"), key("2")),)) if apart else ResolvedDecisions()
    rules = GroupRules(suggest=suggest)
    engine = MeaningEngine(encoder=SenseEncoder())  # type: ignore[arg-type]
    return group_threads(known, resolved, Ledger(), rules, language="en", similarity=engine)[0]


DARK = a_thread("1", "Lamp dark")
LIGHT = a_thread("2", "No light from my bulb")


def test_two_answered_topics_name_each_other() -> None:
    grouping = grouped(DARK, LIGHT)
    one, other = topic_with(grouping, "1"), topic_with(grouping, "2")
    (twin,) = one.likely_duplicates
    assert (twin.topic, twin.because) == (other.id, JoinedBy.MEANING)
    assert [back.topic for back in other.likely_duplicates] == [one.id]
    assert twin.score == other.likely_duplicates[0].score >= 0.4


def test_only_an_answered_topic_is_named() -> None:
    grouping = grouped(DARK, LIGHT, answered=["2"])
    assert topic_with(grouping, "1").likely_duplicates
    assert not topic_with(grouping, "2").likely_duplicates


@pytest.mark.parametrize("title", ["Lamp not dark", "Lamp dark on Windows 11 since 4.2", "Weekly lamp dark thread"])
def test_what_is_told_apart_is_never_named(title: str) -> None:
    first = a_thread("1", "Lamp dark on a Mac since 3.1") if "Windows" in title else DARK
    grouping = grouped(first, a_thread("2", title))
    assert not topic_with(grouping, "1").likely_duplicates


def test_what_people_keep_apart_is_never_named() -> None:
    assert not topic_with(grouped(DARK, LIGHT, apart=True), "1").likely_duplicates


def test_the_order_of_threads_changes_nothing() -> None:
    assert grouped(DARK, LIGHT) == grouped(LIGHT, DARK)


def test_a_suggested_group_has_ids_of_topics() -> None:
    grouping = grouped(DARK, LIGHT)
    ids = {topic_with(grouping, "1").id, topic_with(grouping, "2").id}
    assert any(ids <= set(group.topics) for group in grouping.suggested_groups)


def test_the_setting_suggest_is_a_probability() -> None:
    pair = {topic_with(grouped(DARK, LIGHT), name).id for name in ("1", "2")}
    kept = [
        any(pair == set(suggestion.topics) for suggestion in grouped(DARK, LIGHT, suggest=suggest).suggestions)
        for suggest in (0.01, 0.999)
    ]
    assert kept == [True, False]
