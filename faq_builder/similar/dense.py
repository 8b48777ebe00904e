"""Vectors of an encoder: rows of whole numbers, so every product and every sum is exact on every machine."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similar.encoder import UNIT
from faq_builder.similar.vectors import Pairs

_ROWS = 512  # multiplied with all later rows at once
_FEW = 300  # texts; so many of them take away half of what they share
_COLUMNS = 16_384  # of these at a time: a block of products is 32 MB


@dataclass(frozen=True, kw_only=True)
class DenseVectors:
    """Rows of length UNIT; a row of zeros is like nothing."""

    rows: NDArray[np.int16]  # (texts, dimensions)

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Every pair that is at least so similar, from the products of all with all, a block at a time."""
        floor = np.float32((least if near is None else min(least, near)) * UNIT * UNIT)
        floats = self.rows.astype(np.float32)  # products stay below 2**24: exact
        found = [_of_block(floats, top, floor, np.float32(least * UNIT * UNIT), most) for top in _tops(len(floats))]
        left, right, product = (np.concatenate(column) for column in zip(_NONE, *found, strict=True))
        both, first = np.unique(left * len(self) + right, return_index=True)  # sorted, each pair once
        return Pairs(left=both // len(self), right=both % len(self), score=product[first] / (UNIT * UNIT))

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


_Block = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
_NONE: _Block = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def _tops(rows: int) -> range:
    return range(0, rows, _ROWS)


def _of_block(rows: NDArray[np.float32], top: int, floor: np.float32, sure: np.float32, most: int) -> _Block:
    """The pairs of some rows with all others that are wanted, the lower number first."""
    near = most and floor < sure
    parts = [_above(rows, top, first, floor) for first in range(0 if near else top, len(rows), _COLUMNS)]
    left, right, product = (np.concatenate(column) for column in zip(*parts, strict=True))
    if near:
        order = np.lexsort((right, -product, left))
        left, right, product = left[order], right[order], product[order]
        rank = np.arange(len(left)) - np.searchsorted(left, left)
        keep = (rank < most) | ((product >= sure) & (left < right))
    else:
        keep = left < right
    left, right, product = left[keep], right[keep], product[keep]
    return np.minimum(left, right), np.maximum(left, right), product.astype(np.float64)


def _above(
    rows: NDArray[np.float32], top: int, first: int, floor: np.float32
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    products = rows[top : top + _ROWS] @ rows[first : first + _COLUMNS].T
    left, right = np.divmod(np.flatnonzero(products >= floor), products.shape[1])
    product = products[left, right]
    others = left + top != right + first
    return left[others] + top, right[others] + first, product[others]


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
