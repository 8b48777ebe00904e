"""Beyond the wording: how likely pairs of questions ask the same, by their questions and answers together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from faq_builder.config import GroupRules
from faq_builder.group.certain_pairs import Compared
from faq_builder.similarity import MeaningEngine, Pairs, QuestionVectors, asks_nothing, find_difference, score_pairs

LEAST_SUGGESTED = 0.01  # score from which a person is asked, unless `suggest` is set
_ANSWERING = 5  # answers that are closest to each question, whose threads it is compared with
_LEAST_ANSWERING = 0.5  # cosine from which they are
_TOLD_APART = 0.01  # factor on the score of a pair that a rule tells apart: it is suggested after all others
_LEAST_JUDGED = 0.03  # score from which rules look at a pair, as less likely ones are rarely seen by anybody


class ComparedWithAnswer(Compared, Protocol):
    """What is compared of a question and its answer."""

    @property
    def text(self) -> str:
        """The title and the beginning of the question."""

    @property
    def answer(self) -> str:
        """The beginning of the best reply, "" without one."""


@dataclass(frozen=True, kw_only=True)
class PairEvidence:
    """What is known about pairs of questions; nothing without an encoder."""

    likely: Pairs | None = None  # with the probability that they ask the same
    close: Pairs | None = None  # the same pairs with the similarity of the questions
    told_apart: frozenset[tuple[int, int]] = frozenset()  # pairs that a rule tells apart


def suggested_from(rules: GroupRules) -> float:
    """Return the probability from which a person is asked."""
    return LEAST_SUGGESTED if rules.suggest is None else rules.suggest


def pair_evidence(
    questions: Sequence[ComparedWithAnswer],
    engine: MeaningEngine,
    near: Pairs,
    comparable: Callable[[Pairs], Pairs],
    products: Sequence[str],
) -> PairEvidence:
    """Return how likely the pairs in `near` ask the same, and pairs in which one's answer is close to the other.

    `comparable` drops the pairs that are never compared.
    """
    vectors = QuestionVectors.of(engine, [q.title for q in questions], [q.text for q in questions], _answers(questions))
    pairs = {(one, other) for one, other, _ in near.rows()} | set(vectors.answering_pairs(_ANSWERING, _LEAST_ANSWERING))
    found = comparable(Pairs.of([(one, other, 0.0) for one, other in sorted(pairs)]))
    likely = score_pairs(vectors, found)
    is_unlike = np.array(
        [
            score >= _LEAST_JUDGED and _differ_certainly(questions[one].title, questions[other].title, products)
            for one, other, score in likely.rows()
        ],
        dtype=bool,
    )
    unlike = likely.where(is_unlike)
    return PairEvidence(
        likely=replace(likely, score=np.round(likely.score * np.where(is_unlike, _TOLD_APART, 1.0), 4)),
        close=replace(found, score=np.round(vectors.closeness(found.left, found.right), 4)),
        told_apart=frozenset((one, other) for one, other, _ in unlike.rows()),
    )


def _answers(questions: Sequence[ComparedWithAnswer]) -> list[str]:
    return [question.answer for question in questions]


def _differ_certainly(one: str, other: str, products: Sequence[str]) -> bool:
    if asks_nothing(one) or asks_nothing(other):
        return True
    found = find_difference(one, other, products)
    return found is not None and found.certain
