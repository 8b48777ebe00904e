"""Sparse vectors of whole numbers: every sum is exact, so it is the same on every machine and in every order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.vectors import Pairs

# a vector of length 1 has this length in whole numbers; products of sums stay below 2**53, where floats are exact,
# for groups of 20,000 texts
UNIT = 4096

_COLUMNS = 256  # features that are common enough for a column; 8,000 titles: a third of the work of all lists
_BLOCK = 128  # rows multiplied at once


@dataclass(frozen=True, kw_only=True)
class SparseVectors:
    """Rows in compressed form: row i holds `feature[start[i]:start[i + 1]]`, ascending, with their weights."""

    start: NDArray[np.int64]  # (rows + 1,)
    feature: NDArray[np.int64]  # (entries,)
    weight: NDArray[np.float64]  # (entries,), whole numbers, UNIT for a length of 1
    features: int  # how many there are in all

    def __len__(self) -> int:
        return len(self.start) - 1

    def row(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The features of a row and their weights."""
        part = slice(self.start[number], self.start[number + 1])
        return self.feature[part], self.weight[part]

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Every pair that is at least so similar, from the products of all with all, a block of rows at a time.

        Few texts share many rare words, so the nearest are not counted: from `near` on every pair is given.
        """
        wanted = (least if near is None else min(least, near)) * UNIT * UNIT
        index = _Index.of(self)
        blocks = ((first, min(first + _BLOCK, len(self))) for first in range(0, len(self), _BLOCK))
        found = [_above(index.products(first, last), first, wanted) for first, last in blocks]
        none = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
        left, right, score = (np.concatenate(column) for column in zip(none, *found, strict=True))
        return Pairs(left=left, right=right, score=score / (UNIT * UNIT))

    def alike(self, number: int) -> NDArray[np.float64]:
        """The similarity of one row to each."""
        feature, weight = self.row(number)
        whole = np.zeros(self.features)
        whole[feature] = weight
        owner = np.repeat(np.arange(len(self)), np.diff(self.start))
        return np.bincount(owner, weights=self.weight * whole[self.feature], minlength=len(self)) / (UNIT * UNIT)

    def sums(self) -> "SparseSums":
        """Sums that begin with every row as a group of its own."""
        return SparseSums(self)


@dataclass(frozen=True, kw_only=True)
class _Index:
    """The same vectors by feature. The few common features are columns, the many rare ones lists of rows."""

    vectors: SparseVectors
    common: NDArray[np.float64]  # (rows, columns)
    rare: NDArray[np.bool_]  # (entries,), whether the feature of the entry is rare
    begin: NDArray[np.int64]  # (features,), where the list of a rare feature begins
    end: NDArray[np.int64]
    row: NDArray[np.int64]  # all lists, one behind the other
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, vectors: SparseVectors) -> "_Index":
        owner = np.repeat(np.arange(len(vectors)), np.diff(vectors.start))
        frequency = np.bincount(vectors.feature, minlength=vectors.features)
        column = np.full(vectors.features, -1)
        column[np.argsort(-frequency, kind="stable")[:_COLUMNS]] = np.arange(min(_COLUMNS, vectors.features))
        rare = column[vectors.feature] < 0
        common = np.zeros((len(vectors), _COLUMNS))
        common[owner[~rare], column[vectors.feature[~rare]]] = vectors.weight[~rare]
        order = np.argsort(vectors.feature[rare], kind="stable")
        sizes = np.where(column < 0, frequency, 0)
        end = np.cumsum(sizes)
        return cls(
            vectors=vectors,
            common=common,
            rare=rare,
            begin=end - sizes,
            end=end,
            row=owner[rare][order],
            weight=vectors.weight[rare][order],
        )

    def products(self, first: int, last: int) -> NDArray[np.float64]:
        """The products of some rows with themselves and all later ones, exact: (rows asked for, rows from `first`)."""
        vectors, later = self.vectors, len(self.vectors) - first
        part = slice(vectors.start[first], vectors.start[last])
        own = np.repeat(np.arange(last - first), np.diff(vectors.start[first : last + 1]))[self.rare[part]]
        feature = vectors.feature[part][self.rare[part]]
        entries, sizes = ranges(self.begin[feature], self.end[feature])
        weight = np.repeat(vectors.weight[part][self.rare[part]], sizes) * self.weight[entries]
        place = np.repeat(own * later - first, sizes) + self.row[entries]
        wanted = self.row[entries] >= first
        products = np.bincount(place[wanted], weights=weight[wanted], minlength=(last - first) * later)
        return products.reshape(last - first, later) + self.common[first:last] @ self.common[first:].T


def _above(
    products: NDArray[np.float64], first: int, wanted: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The pairs of a block of rows that reach what is wanted, the later row second."""
    left, right = np.nonzero(products >= wanted)
    left, right = left[right > left], right[right > left]
    return left + first, right + first, products[left, right]


class SparseSums:
    """Sums of rows, kept as sorted features with their weights."""

    def __init__(self, vectors: SparseVectors) -> None:
        self._vectors = vectors
        self._grown: dict[int, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}

    def product(self, one: int, other: int) -> float:
        """The sum of all similarities between two groups."""
        (left, left_weights), (right, right_weights) = sorted(
            (self._sum(one), self._sum(other)), key=lambda s: len(s[0])
        )
        if not len(right):
            return 0.0
        at = np.minimum(np.searchsorted(right, left), len(right) - 1)
        shared = right[at] == left
        return float(left_weights[shared] @ right_weights[at[shared]]) / (UNIT * UNIT)

    def merge(self, into: int, other: int) -> None:
        """Put the other group into the first."""
        self._grown[into] = _added([self._sum(into), self._sum(other)])
        self._grown.pop(other, None)

    def _sum(self, name: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return self._grown.get(name) or self._vectors.row(name)


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All whole numbers from each start to before its end, one range after the other, and how many each has."""
    sizes = ends - starts
    first = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return first + np.arange(len(first)), sizes


def _added(
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The sum of sparse vectors."""
    features, inverse = np.unique(np.concatenate([f for f, _ in parts]), return_inverse=True)
    weights = np.bincount(inverse, weights=np.concatenate([w for _, w in parts]), minlength=len(features))
    return features, weights.astype(np.float64)
