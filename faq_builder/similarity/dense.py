"""Vectors of an encoder: rows of whole numbers, so every product and every sum is exact on every machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.encoder import UNIT
from faq_builder.similarity.nearest import Products, Wanted, nearest
from faq_builder.similarity.vectors import Pairs

_FEW = 300  # texts; so many of them take away half of what they share


@dataclass(frozen=True, kw_only=True)
class DenseVectors:
    """Rows of length UNIT; a row of zeros is like nothing."""

    rows: NDArray[np.int16]  # (texts, dimensions)

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Every pair that is at least so similar, from the products of all with all later ones."""
        return pairs_of(nearest(self.rows, wanted(least, near, most), np.ones(len(self), dtype=bool)))

    def half_way_to(self, other: "DenseVectors") -> "DenseVectors":
        """The directions between these rows and others."""
        return _unit(self.rows.astype(np.float64) + other.rows)

    def without_common(self, telling: NDArray[np.int64], texts: int) -> "DenseVectors":
        """The rows without what all of them share: on a site about widgets "widget" tells nothing.

        Some rows tell it for so many texts. The fewer these are the less is taken away, as a few do not tell what is
        common.
        """
        total = self.rows[telling].astype(np.int64).sum(axis=0) * texts
        return _unit(self.rows - np.rint(total / (max(len(telling), 1) * (texts + _FEW))))

    def alike(self, number: int) -> NDArray[np.float64]:
        """The similarity of one row to each."""
        products: NDArray[np.float64] = self.rows.astype(np.float64) @ self.rows[number]
        return products / (UNIT * UNIT)

    def sums(self) -> "DenseSums":
        """Sums that begin with every row as a group of its own."""
        return DenseSums(self.rows)


def wanted(least: float, near: float | None, most: int) -> Wanted:
    """What is wanted of pairs, in products of rows instead of similarities."""
    floor = least if near is None else min(least, near)
    return Wanted(sure=least * UNIT * UNIT, floor=floor * UNIT * UNIT, most=most)


def pairs_of(products: Products) -> Pairs:
    """Pairs with their similarities."""
    return Pairs(
        left=products.left.astype(np.int64),
        right=products.right.astype(np.int64),
        score=products.product.astype(np.float64) / (UNIT * UNIT),
    )


def _unit(rows: NDArray[np.float64]) -> DenseVectors:
    """Rows of whole numbers at the length of vectors."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))  # sums of whole numbers: exact
    return DenseVectors(rows=np.rint(UNIT * rows / np.maximum(lengths, 1)).astype(np.int16))


class DenseSums:
    """Sums of rows of groups that grow."""

    def __init__(self, rows: NDArray[np.int16]) -> None:
        self._rows = rows
        self._grown: dict[int, NDArray[np.float64]] = {}

    def product(self, one: int, other: int) -> float:
        """The sum of all similarities between two groups."""
        return float(self._sum(one) @ self._sum(other)) / (UNIT * UNIT)

    def merge(self, into: int, other: int) -> None:
        """Put the other group into the first."""
        self._grown[into] = self._sum(into) + self._sum(other)
        self._grown.pop(other, None)

    def _sum(self, name: int) -> NDArray[np.float64]:
        grown = self._grown.get(name)
        return self._rows[name].astype(np.float64) if grown is None else grown
