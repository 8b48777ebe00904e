"""Dense vectors of an encoder. Their components are whole numbers, so products and sums are exact on any machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.encoder import UNIT
from faq_builder.similarity.nearest import PairCriteria, PairProducts, nearest_pairs
from faq_builder.similarity.vectors import Pairs

_SHRINKAGE = 300  # texts: with this number, half of the mean vector is subtracted; with more, a larger part


@dataclass(frozen=True, kw_only=True)
class DenseVectors:
    """Vectors of length UNIT; a vector of zeros is similar to no other."""

    rows: NDArray[np.int16]  # shape (texts, dimensions), components in 1/UNIT

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Return every pair from `least` on and the `most` nearest neighbours from `near` on (see `Vectors.pairs`)."""
        products = nearest_pairs(self.rows, pair_criteria(least, near, most), np.ones(len(self), dtype=bool))
        return pairs_from_products(products)

    def mean_with(self, other: "DenseVectors") -> "DenseVectors":
        """Return the unit vectors half-way between these vectors and the vectors of `other`, row by row."""
        return _unit_vectors(self.rows.astype(np.float64) + other.rows)

    def centred(self, sample: NDArray[np.int64], texts: int, shrinkage: int = _SHRINKAGE) -> "DenseVectors":
        """Return the vectors without most of their mean: on a site about widgets, "widget" distinguishes nothing.

        The mean is taken over the rows `sample` (shape (sample size,)), which represent `texts` texts. The fewer texts,
        the less of the mean is subtracted, because a few texts do not show what is common on the site: with `shrinkage`
        texts half of it.
        """
        total = self.rows[sample].astype(np.int64).sum(axis=0) * texts
        return _unit_vectors(self.rows - np.rint(total / (max(len(sample), 1) * (texts + shrinkage))))

    def similarities_to(self, number: int) -> NDArray[np.float64]:
        """Return the similarity of one vector to each vector; shape (texts,)."""
        products: NDArray[np.float64] = self.rows.astype(np.float64) @ self.rows[number]
        return products / (UNIT * UNIT)

    def sums(self) -> "DenseSums":
        """Return sums in which every vector is a group of its own."""
        return DenseSums(self.rows)


def pair_criteria(least: float, near: float | None, most: int) -> PairCriteria:
    """Return the criteria for pairs with their similarities turned into products of vectors of length UNIT."""
    floor = least if near is None else min(least, near)
    return PairCriteria(least=least * UNIT * UNIT, near=floor * UNIT * UNIT, most=most)


def pairs_from_products(products: PairProducts) -> Pairs:
    """Return pairs with their similarities instead of their products."""
    return Pairs(
        left=products.left.astype(np.int64),
        right=products.right.astype(np.int64),
        score=products.product.astype(np.float64) / (UNIT * UNIT),
    )


def _unit_vectors(rows: NDArray[np.float64]) -> DenseVectors:
    """Scale vectors to length UNIT and round their components to whole numbers."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))  # sums of whole numbers: exact
    return DenseVectors(rows=np.rint(UNIT * rows / np.maximum(lengths, 1)).astype(np.int16))


class DenseSums:
    """Vector sums of growing groups of dense vectors."""

    def __init__(self, rows: NDArray[np.int16]) -> None:
        self._rows = rows
        self._grown: dict[int, NDArray[np.float64]] = {}  # sums of groups of two and more vectors, by group

    def product(self, one: int, other: int) -> float:
        """Return the sum of all similarities between two groups."""
        return float(self._sum(one) @ self._sum(other)) / (UNIT * UNIT)

    def merge(self, into: int, other: int) -> None:
        """Merge the group `other` into the group `into`."""
        self._grown[into] = self._sum(into) + self._sum(other)
        self._grown.pop(other, None)

    def _sum(self, group: int) -> NDArray[np.float64]:
        grown = self._grown.get(group)
        return self._rows[group].astype(np.float64) if grown is None else grown
