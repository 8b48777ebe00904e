"""Pairs of rows that are similar for sure, or nearest to each other; exact, a block of products at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROWS = 512  # multiplied with all later rows at once
_COLUMNS = 16_384  # of these at a time: a block of products is 32 MB
_SORTED_AFTER = 1_000_000  # pairs found; then only the nearest are kept: 100 MB at most


@dataclass(frozen=True, kw_only=True)
class Products:
    """Pairs of rows in columns of one length, `left < right`, each pair once, with the product of the two."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    product: NDArray[np.float32]  # whole numbers

    def where(self, keep: NDArray[np.bool_]) -> "Products":
        """The pairs that a mask keeps."""
        return Products(left=self.left[keep], right=self.right[keep], product=self.product[keep])


NO_PRODUCTS = Products(left=np.zeros(0, np.int32), right=np.zeros(0, np.int32), product=np.zeros(0, np.float32))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which pairs are wanted: all from `sure` on; with `most` from `floor` on the so many nearest of one of the two."""

    sure: float
    floor: float
    most: int = 0


def nearest(rows: NDArray[np.int16], wanted: Wanted, new: NDArray[np.bool_], known: Products = NO_PRODUCTS) -> Products:
    """The wanted pairs of all rows, sorted by both numbers.

    `known` are the wanted pairs of the rows that are not new: what is not nearest among few is not nearest among more.
    """
    order = np.argsort(~new, kind="stable").astype(np.int32)  # the new ones first: each is compared with all later ones
    floats = rows[order].astype(np.float32)  # products stay below 2**24: exact
    found = _Found(len(rows), wanted)
    found.add(known)
    for top in range(0, int(new.sum()), _ROWS):
        for first in range(top, len(rows), _COLUMNS):
            last = min(top + _ROWS, int(new.sum()))
            found.add(_above(floats, slice(top, last), first, wanted.floor, order))
    return found.sorted()


def _above(rows: NDArray[np.float32], own: slice, first: int, floor: float, order: NDArray[np.int32]) -> Products:
    """The pairs of some rows with some others that reach the floor."""
    products = rows[own] @ rows[first : first + _COLUMNS].T
    one, other = np.divmod(np.flatnonzero(products >= np.float32(floor)), products.shape[1])
    product = products[one, other]
    later = one + own.start < other + first
    one, other = order[one[later] + own.start], order[other[later] + first]
    return Products(left=np.minimum(one, other), right=np.maximum(one, other), product=product[later])


class _Found:
    """Pairs that were found so far; of those that are not sure only such as are among the nearest of one of the two."""

    def __init__(self, rows: int, wanted: Wanted) -> None:
        self._sure, self._most = np.float32(wanted.sure), wanted.most
        self._last = np.zeros(rows, dtype=np.float32)  # of the nearest of each row so far; what is below it is not one
        self._parts: list[Products] = []
        self._more = 0

    def add(self, pairs: Products) -> None:
        """Remember some pairs as far as they may be wanted."""
        last = np.minimum(self._last[pairs.left], self._last[pairs.right])
        self._parts.append(pairs.where(pairs.product >= np.minimum(last, self._sure)))
        self._more += len(self._parts[-1].product)
        if self._most and self._more > _SORTED_AFTER:
            self._parts, self._more = [self._wanted()], 0

    def sorted(self) -> Products:
        """All that are wanted, by both numbers."""
        pairs = self._wanted()
        order = np.argsort(pairs.left.astype(np.int64) * len(self._last) + pairs.right)
        return Products(left=pairs.left[order], right=pairs.right[order], product=pairs.product[order])

    def _wanted(self) -> Products:
        pairs = Products(
            left=np.concatenate([part.left for part in self._parts]),
            right=np.concatenate([part.right for part in self._parts]),
            product=np.concatenate([part.product for part in self._parts]),
        )
        if not self._most:
            return pairs
        one, score = np.concatenate((pairs.left, pairs.right)), np.tile(pairs.product, 2)
        order = np.lexsort((np.concatenate((pairs.right, pairs.left)), -score, one))
        one, score = one[order], score[order]
        rank = np.arange(len(one)) - np.searchsorted(one, one)
        last = rank == self._most - 1
        self._last[one[last]] = score[last]
        near = np.zeros(len(one), dtype=bool)
        near[order] = rank < self._most
        return pairs.where(near[: len(pairs.left)] | near[len(pairs.left) :] | (pairs.product >= self._sure))
