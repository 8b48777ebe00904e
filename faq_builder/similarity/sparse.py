"""Sparse vectors of whole numbers, so every sum is exact: the same on any machine and in any order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.vectors import Pairs

# The length of a unit vector in whole numbers. Products of sums stay below 2**53, up to which float64 is exact, for
# groups of up to 20,000 texts.
UNIT = 4096

_COLUMNS = (
    256  # most frequent features, which are multiplied as a matrix: for 8,000 titles a third of the work of postings
)
_ROWS_PER_BLOCK = 128  # vectors multiplied at once, which limits the memory


@dataclass(frozen=True, kw_only=True)
class SparseVectors:
    """Vectors in compressed sparse row form: vector i has the features `feature[start[i]:start[i + 1]]`, ascending."""

    start: NDArray[np.int64]  # shape (vectors + 1,): number of the first entry of each vector
    feature: NDArray[np.int64]  # shape (entries,): number of a feature
    weight: NDArray[np.float64]  # shape (entries,): whole numbers, in 1/UNIT
    feature_count: int  # different features in all vectors

    def __len__(self) -> int:
        return len(self.start) - 1

    def row(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the features of one vector and their weights, each of shape (entries of the vector,)."""
        part = slice(self.start[number], self.start[number + 1])
        return self.feature[part], self.weight[part]

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Return every pair from `least` on, or from `near` if that is lower; `most` is not used.

        Few texts share many rare words, so the pairs need not be limited to nearest neighbours.
        """
        floor = (least if near is None else min(least, near)) * UNIT * UNIT
        index = _InvertedIndex.of(self)
        blocks = ((first, min(first + _ROWS_PER_BLOCK, len(self))) for first in range(0, len(self), _ROWS_PER_BLOCK))
        found = [_pairs_from(index.products(first, last), first, floor) for first, last in blocks]
        none = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
        left, right, score = (np.concatenate(column) for column in zip(none, *found, strict=True))
        return Pairs(left=left, right=right, score=score / (UNIT * UNIT))

    def similarities_to(self, number: int) -> NDArray[np.float64]:
        """Return the similarity of one vector to each vector; shape (vectors,)."""
        feature, weight = self.row(number)
        whole = np.zeros(self.feature_count)
        whole[feature] = weight
        owner = np.repeat(np.arange(len(self)), np.diff(self.start))
        return np.bincount(owner, weights=self.weight * whole[self.feature], minlength=len(self)) / (UNIT * UNIT)

    def sums(self) -> "SparseSums":
        """Return sums in which every vector is a group of its own."""
        return SparseSums(self)


@dataclass(frozen=True, kw_only=True)
class _InvertedIndex:
    """The same vectors by feature: the few common features as columns of a matrix, the many rare ones as postings."""

    vectors: SparseVectors
    common: NDArray[np.float64]  # shape (vectors, _COLUMNS): weights of the common features
    rare: NDArray[np.bool_]  # shape (entries,): whether the feature of the entry is rare
    begin: NDArray[np.int64]  # shape (features,): where the postings of a rare feature begin
    end: NDArray[np.int64]  # shape (features,): where they end
    row: NDArray[np.int64]  # shape (postings,): number of a vector, the postings of all rare features in a row
    weight: NDArray[np.float64]  # shape (postings,)

    @classmethod
    def of(cls, vectors: SparseVectors) -> "_InvertedIndex":
        """Index vectors by their features."""
        owner = np.repeat(np.arange(len(vectors)), np.diff(vectors.start))
        frequency = np.bincount(vectors.feature, minlength=vectors.feature_count)
        column = np.full(vectors.feature_count, -1)
        column[np.argsort(-frequency, kind="stable")[:_COLUMNS]] = np.arange(min(_COLUMNS, vectors.feature_count))
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
        """Return the exact products of the vectors `first` to `last` with all vectors from `first` on.

        Shape (last - first, vectors - first), in 1/UNIT².
        """
        vectors, later = self.vectors, len(self.vectors) - first
        part = slice(vectors.start[first], vectors.start[last])
        own = np.repeat(np.arange(last - first), np.diff(vectors.start[first : last + 1]))[self.rare[part]]
        feature = vectors.feature[part][self.rare[part]]
        entries, sizes = concatenated_ranges(self.begin[feature], self.end[feature])
        weight = np.repeat(vectors.weight[part][self.rare[part]], sizes) * self.weight[entries]
        cell = np.repeat(own * later - first, sizes) + self.row[entries]
        is_later = self.row[entries] >= first
        products = np.bincount(cell[is_later], weights=weight[is_later], minlength=(last - first) * later)
        return products.reshape(last - first, later) + self.common[first:last] @ self.common[first:].T


def _pairs_from(
    products: NDArray[np.float64], first: int, floor: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return left, right and product of the pairs in a block of products that reach the floor."""
    left, right = np.nonzero(products >= floor)
    left, right = left[right > left], right[right > left]
    return left + first, right + first, products[left, right]


class SparseSums:
    """Vector sums of growing groups of sparse vectors, each as sorted features with their weights."""

    def __init__(self, vectors: SparseVectors) -> None:
        self._vectors = vectors
        self._grown: dict[int, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}  # groups of two and more vectors

    def product(self, one: int, other: int) -> float:
        """Return the sum of all similarities between two groups."""
        (left, left_weights), (right, right_weights) = sorted(
            (self._sum(one), self._sum(other)), key=lambda s: len(s[0])
        )
        if not len(right):
            return 0.0
        at = np.minimum(np.searchsorted(right, left), len(right) - 1)
        shared = right[at] == left
        return float(left_weights[shared] @ right_weights[at[shared]]) / (UNIT * UNIT)

    def merge(self, into: int, other: int) -> None:
        """Merge the group `other` into the group `into`."""
        self._grown[into] = _sum_of([self._sum(into), self._sum(other)])
        self._grown.pop(other, None)

    def _sum(self, group: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return self._grown.get(group) or self._vectors.row(group)


def concatenated_ranges(
    starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the whole numbers from each start to before its end, in a row, and the length of each range.

    starts [3, 8], ends [5, 9] -> [3, 4, 8], [2, 1]
    """
    sizes = ends - starts
    first = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return first + np.arange(len(first)), sizes


def _sum_of(
    parts: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the sum of sparse vectors, each given as features and weights."""
    features, inverse = np.unique(np.concatenate([f for f, _ in parts]), return_inverse=True)
    weights = np.bincount(inverse, weights=np.concatenate([w for _, w in parts]), minlength=len(features))
    return features, weights.astype(np.float64)
