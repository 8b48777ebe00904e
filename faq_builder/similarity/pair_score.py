"""The probability that two questions ask the same: a logistic model of how close titles, questions and answers are.

The weights are in pair_score.json; `python -m benchmarks.fit_pair_score` fits them on pairs that people labelled.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.encoder import UNIT
from faq_builder.similarity.meaning import MeaningEngine
from faq_builder.similarity.vectors import Pairs

# What a pair is judged by, all cosines but the last: of the titles; of title and beginning of the question; of the
# answers; of one's question and the other's answer, the closer and the farther of both ways; and whether both have an
# answer (0 or 1). The farther way alone found 9 of the first 20 suggestions right instead of 6
FEATURES = ("titles", "questions", "answers", "closer answer", "farther answer", "both answered")
_FILE = Path(__file__).parent / "pair_score.json"
_ROWS_PER_BLOCK = 1024  # questions that are multiplied at once with all answers


@dataclass(frozen=True, kw_only=True)
class PairWeights:
    """A logistic model over FEATURES."""

    constant: float
    weights: tuple[float, ...]  # by feature

    def probability(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probabilities of pairs from their features, shape (pairs, features), rounded to 4 decimals."""
        total = np.full(len(features), self.constant)
        for column, weight in enumerate(self.weights):  # one after the other, so that sums are the same everywhere
            total += weight * features[:, column]
        rounded: NDArray[np.float64] = np.round(1 / (1 + np.exp(-total)), 4)
        return rounded


@cache
def pair_weights() -> PairWeights:
    """Return the fitted weights."""
    record = json.loads(_FILE.read_text(encoding="utf-8"))
    return PairWeights(constant=record["constant"], weights=tuple(record["weights"][name] for name in FEATURES))


@dataclass(frozen=True, kw_only=True)
class QuestionVectors:
    """The vectors of questions and their answers, each of length UNIT; a missing answer is all zeros."""

    titles: NDArray[np.int16]
    questions: NDArray[np.int16]
    answers: NDArray[np.int16]

    @classmethod
    def of(
        cls, engine: MeaningEngine, titles: Sequence[str], questions: Sequence[str], answers: Sequence[str]
    ) -> "QuestionVectors":
        """Return the vectors of texts; an empty text has no vector."""
        parts = [_rows(engine, texts) for texts in (titles, questions, answers)]
        return cls(titles=parts[0], questions=parts[1], answers=parts[2])

    def features(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the features of pairs, shape (pairs, features)."""
        answered = np.count_nonzero(self.answers, axis=1) > 0
        across = [_cosines(self.questions, self.answers, *way) for way in ((left, right), (right, left))]
        columns = (
            _cosines(self.titles, self.titles, left, right),
            _cosines(self.questions, self.questions, left, right),
            _cosines(self.answers, self.answers, left, right),
            np.maximum(*across),
            np.minimum(*across),
            (answered[left] & answered[right]).astype(np.float64),
        )
        return np.stack(columns, axis=1) if len(left) else np.zeros((0, len(FEATURES)))

    def closeness(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how similar the questions of pairs are, shape (pairs,)."""
        return _cosines(self.questions, self.questions, left, right)

    def answering_pairs(self, most: int, least: float) -> list[tuple[int, int]]:
        """Return each question with the `most` other questions whose answers are closest to it, from `least` on."""
        answers = np.flatnonzero(np.count_nonzero(self.answers, axis=1))
        found: set[tuple[int, int]] = set()
        columns = self.answers[answers].astype(np.float32).T
        for start in range(0, len(self.questions) if len(answers) > 1 else 0, _ROWS_PER_BLOCK):
            products = self.questions[start : start + _ROWS_PER_BLOCK].astype(np.float32) @ columns
            # one more than wanted, because a question's own answer is among the closest
            nearest = np.argpartition(-products, min(most, len(answers) - 1), axis=1)[:, : most + 1]
            for row, places in enumerate(nearest):
                number = start + row
                close = places[products[row, places] >= least * UNIT * UNIT]
                found |= {(min(number, o), max(number, o)) for o in answers[close].tolist() if o != number}
        return sorted(found)


def score_pairs(vectors: QuestionVectors, pairs: Pairs) -> Pairs:
    """Return pairs with the probability that they ask the same as their score."""
    features = vectors.features(pairs.left, pairs.right)
    return Pairs(left=pairs.left, right=pairs.right, score=pair_weights().probability(features))


def _rows(engine: MeaningEngine, texts: Sequence[str]) -> NDArray[np.int16]:
    rows = engine.vectors(texts).rows.copy()
    rows[[not text.strip() for text in texts]] = 0
    return rows


def _cosines(
    one: NDArray[np.int16], other: NDArray[np.int16], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the cosines of rows of one matrix with rows of another; their products are whole numbers, so exact."""
    products: NDArray[np.float64] = np.einsum("ij,ij->i", one[left].astype(np.float64), other[right].astype(np.float64))
    return products / (UNIT * UNIT)
