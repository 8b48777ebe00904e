"""The student: one vector for each term, so that the sum over a text's terms comes near to what an encoder gives.

A browser cannot run an encoder, but it can add up the rows of a table. The rows are fitted by ridge regression to the
vectors that the encoder gives the texts of a site (measured in benchmarks/README.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RIDGE = 30.0  # how strongly rows hold to where they started; half and twice differ by less than a point in MRR
_STEPS = 15  # of the conjugate gradient; more changed no figure
_COLUMNS = 8  # fitted at once; sums over wider ones take numpy many times as long


@dataclass(frozen=True, kw_only=True)
class Bags:
    """Texts as sparse rows: which terms, how often times how much each counts."""

    texts: NDArray[np.int64]  # ascending, one for each entry
    terms: NDArray[np.int64]
    weights: Floats
    shape: tuple[int, int]  # texts, terms

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], number: Mapping[str, int], weights: Floats) -> "Bags":
        """The terms of each text; those without a number are left out."""
        pairs = [(row, number[term]) for row, text in enumerate(texts) for term in text if term in number]
        at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return cls(texts=at[:, 0], terms=at[:, 1], weights=weights[at[:, 1]], shape=(len(texts), len(number)))

    def of_terms(self, rows: Floats) -> Floats:
        """For each text the weighted sum of the rows of its terms."""
        return _sums(rows.take(self.terms, axis=0) * self.weights[:, None], self.texts, self.shape[0])

    def of_texts(self, rows: Floats) -> Floats:
        """For each term the weighted sum of the rows of the texts that hold it."""
        texts, terms, weights = self._by_terms
        return _sums(rows.take(texts, axis=0) * weights[:, None], terms, self.shape[1])

    @cached_property
    def _by_terms(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        order = np.argsort(self.terms, kind="stable")
        return self.texts[order], self.terms[order], self.weights[order]


def fit_rows(bags: Bags, vectors: Floats, start: Floats, ridge: float = RIDGE) -> Floats:
    """The rows R with the least |bags R - vectors|^2 + ridge |R - start|^2, by conjugate gradients.

    Columns know nothing of each other and are fitted a few at a time.
    """
    columns = [slice(at, at + _COLUMNS) for at in range(0, start.shape[1], _COLUMNS)]
    return np.hstack([_fit(bags, vectors[:, some], start[:, some], ridge) for some in columns])


def _fit(bags: Bags, vectors: Floats, start: Floats, ridge: float) -> Floats:
    moved = np.zeros_like(start)
    rest = bags.of_texts(vectors - bags.of_terms(start))
    direction = rest.copy()
    size = np.square(rest).sum(axis=0)
    for _ in range(_STEPS):
        image = bags.of_texts(bags.of_terms(direction)) + ridge * direction
        step = size / np.maximum((direction * image).sum(axis=0), _TINY)
        moved += step * direction
        rest -= step * image
        before, size = size, np.square(rest).sum(axis=0)
        direction = rest + direction * (size / np.maximum(before, _TINY))
    return start + moved


def unit_rows(vectors: Floats) -> Floats:
    """The vectors, each of length 1; one of nothing stays nothing."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return unit


_TINY = np.float32(1e-20)


def _sums(rows: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    """The sum of each group of neighbouring rows."""
    sums = np.zeros((count, rows.shape[1]), dtype=np.float32)
    if len(groups):
        starts = np.flatnonzero(np.diff(groups, prepend=-1))
        sums[groups[starts]] = np.add.reduceat(rows, starts, axis=0)
    return sums
