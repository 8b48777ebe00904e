"""Vectors of an encoder: rows of whole numbers, so every product and every sum is exact on every machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similar.encoder import UNIT
from faq_builder.similar.vectors import Pairs

_ROWS = 512  # multiplied with all later rows at once
_FEW = 300  # texts; so many of them take away half of what they share
_COLUMNS = 16_384  # of these at a time: a block of products is 32 MB
_SORTED_AFTER = 1_000_000  # pairs found; then only the nearest are kept: 100 MB at most


@dataclass(frozen=True, kw_only=True)
class DenseVectors:
    """Rows of length UNIT; a row of zeros is like nothing."""

    rows: NDArray[np.int16]  # (texts, dimensions)

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Every pair that is at least so similar, from the products of all with all later ones, a block at a time."""
        floor = np.float32((least if near is None else min(least, near)) * UNIT * UNIT)
        floats = self.rows.astype(np.float32)  # products stay below 2**24: exact
        found = _Found(len(self), np.float32(least * UNIT * UNIT), most)
        for top in range(0, len(self), _ROWS):
            for first in range(top, len(self), _COLUMNS):
                found.add(_above(floats, top, first, floor))
        left, right, product = found.sorted()
        return Pairs(left=left, right=right, score=product / (UNIT * UNIT))

    def half_way_to(self, other: "DenseVectors") -> "DenseVectors":
        """The directions between these rows and others."""
        return _unit(self.rows.astype(np.float64) + other.rows)

    def without_common(self, counted: NDArray[np.bool_]) -> "DenseVectors":
        """The rows without what all of them share: on a site about widgets "widget" tells nothing.

        The fewer rows are counted the less is taken away, as a few do not tell what is common.
        """
        number = int(counted.sum()) + _FEW
        common = np.rint(self.rows[counted].astype(np.int64).sum(axis=0) / number)
        return _unit(self.rows - common)

    def alike(self, number: int) -> NDArray[np.float64]:
        """The similarity of one row to each."""
        products: NDArray[np.float64] = self.rows.astype(np.float64) @ self.rows[number]
        return products / (UNIT * UNIT)

    def sums(self) -> "DenseSums":
        """Sums that begin with every row as a group of its own."""
        return DenseSums(self.rows)


def _unit(rows: NDArray[np.float64]) -> DenseVectors:
    """Rows of whole numbers at the length of vectors."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))  # sums of whole numbers: exact
    return DenseVectors(rows=np.rint(UNIT * rows / np.maximum(lengths, 1)).astype(np.int16))


_Block = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]


def _above(rows: NDArray[np.float32], top: int, first: int, floor: np.float32) -> _Block:
    """The pairs of some rows with some others that reach the floor, the lower number first."""
    products = rows[top : top + _ROWS] @ rows[first : first + _COLUMNS].T
    left, right = np.divmod(np.flatnonzero(products >= floor), products.shape[1])
    product = products[left, right]
    later = left + top < right + first
    return left[later] + top, right[later] + first, product[later]


class _Found:
    """Pairs that were found so far; of those that are not sure only such as are among the nearest of one of the two."""

    def __init__(self, rows: int, sure: np.float32, most: int) -> None:
        self._sure, self._most = sure, most
        self._last = np.zeros(rows, dtype=np.float32)  # of the nearest of each row so far; what is below it is not one
        self._parts: list[_Block] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))]
        self._more = 0

    def add(self, block: _Block) -> None:
        """Remember the pairs of a block as far as they may be wanted."""
        left, right, product = block
        keep = (product >= self._sure) | (product >= np.minimum(self._last[left], self._last[right]))
        self._parts.append((left[keep], right[keep], product[keep]))
        self._more += int(keep.sum())
        if self._most and self._more > _SORTED_AFTER:
            self._parts, self._more = [self._wanted()], 0

    def sorted(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """All that are wanted, by both numbers."""
        left, right, product = self._wanted()
        order = np.lexsort((right, left))
        return left[order], right[order], product[order].astype(np.float64)

    def _wanted(self) -> _Block:
        left, right, product = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        if not self._most:
            return left, right, product
        one, other, score = np.concatenate((left, right)), np.concatenate((right, left)), np.tile(product, 2)
        order = np.lexsort((other, -score, one))
        one, score = one[order], score[order]
        rank = np.arange(len(one)) - np.searchsorted(one, one)
        last = rank == self._most - 1
        self._last[one[last]] = score[last]
        near = np.zeros(len(one), dtype=bool)
        near[order] = rank < self._most
        keep = near[: len(left)] | near[len(left) :] | (product >= self._sure)
        return left[keep], right[keep], product[keep]


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
