"""Exact search for similar and nearest pairs among dense vectors, one block of the product matrix at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROWS_PER_BLOCK = 512  # vectors that are multiplied at once with all later ones
_COLUMNS_PER_BLOCK = 16_384  # later vectors: a block of float32 products takes 32 MB
_MAX_COLLECTED = 1_000_000  # pairs; of more, only the nearest are kept, which limits the memory to 100 MB


@dataclass(frozen=True, kw_only=True)
class PairProducts:
    """Pairs of vectors and their dot products, each pair once; always `left < right`."""

    left: NDArray[np.int32]  # shape (pairs,): index of a vector
    right: NDArray[np.int32]  # shape (pairs,): index of a vector
    product: NDArray[np.float32]  # shape (pairs,), whole numbers

    def where(self, keep: NDArray[np.bool_]) -> "PairProducts":
        """Return the pairs that a mask of shape (pairs,) selects."""
        return PairProducts(left=self.left[keep], right=self.right[keep], product=self.product[keep])


NO_PRODUCTS = PairProducts(left=np.zeros(0, np.int32), right=np.zeros(0, np.int32), product=np.zeros(0, np.float32))


@dataclass(frozen=True, kw_only=True)
class PairCriteria:
    """Which pairs to keep, by their dot products (not similarities).

    A pair is kept from `least` on. From `near` on it is kept if one vector is among the `most` nearest of the other.
    """

    least: float
    near: float
    most: int = 0


def nearest_pairs(
    rows: NDArray[np.int16], criteria: PairCriteria, new: NDArray[np.bool_], known: PairProducts = NO_PRODUCTS
) -> PairProducts:
    """Return the pairs of all vectors that meet the criteria, sorted by `left`, then `right`.

    Only vectors that are `new` (shape (vectors,)) are multiplied with all others; `known` are the pairs among the
    vectors that are not new. Knowing those is enough: a pair that is not nearest among few vectors is not nearest among
    more.
    """
    order = np.argsort(~new, kind="stable").astype(np.int32)  # new vectors first: each is compared with all later ones
    floats = rows[order].astype(np.float32)  # products stay below 2**24, so float32 is exact
    collected = _CollectedPairs(len(rows), criteria)
    collected.add(known)
    for top in range(0, int(new.sum()), _ROWS_PER_BLOCK):
        for first in range(top, len(rows), _COLUMNS_PER_BLOCK):
            last = min(top + _ROWS_PER_BLOCK, int(new.sum()))
            collected.add(_block_pairs(floats, slice(top, last), first, criteria.near, order))
    return collected.sorted()


def _block_pairs(
    rows: NDArray[np.float32], own: slice, first: int, floor: float, order: NDArray[np.int32]
) -> PairProducts:
    """Return the pairs of one block that reach the floor: `own` vectors times _COLUMNS_PER_BLOCK from `first` on.

    Both count in the order of `rows`; the pairs that are returned have the numbers in `order`.
    """
    products = rows[own] @ rows[first : first + _COLUMNS_PER_BLOCK].T
    one, other = np.divmod(np.flatnonzero(products >= np.float32(floor)), products.shape[1])
    product = products[one, other]
    later = one + own.start < other + first
    one, other = order[one[later] + own.start], order[other[later] + first]
    return PairProducts(left=np.minimum(one, other), right=np.maximum(one, other), product=product[later])


class _CollectedPairs:
    """The pairs found so far. A pair below `least` is kept only while it is among the nearest of one of its vectors."""

    def __init__(self, rows: int, criteria: PairCriteria) -> None:
        self._least, self._most = np.float32(criteria.least), criteria.most
        # shape (vectors,): product of the most-th nearest neighbour so far; a pair below it is not among the nearest
        self._cutoff = np.zeros(rows, dtype=np.float32)
        self._parts: list[PairProducts] = []
        self._count = 0

    def add(self, pairs: PairProducts) -> None:
        """Add the pairs that may still meet the criteria."""
        cutoff = np.minimum(self._cutoff[pairs.left], self._cutoff[pairs.right])
        self._parts.append(pairs.where(pairs.product >= np.minimum(cutoff, self._least)))
        self._count += len(self._parts[-1].product)
        if self._most and self._count > _MAX_COLLECTED:
            self._parts, self._count = [self._selected()], 0

    def sorted(self) -> PairProducts:
        """Return the pairs that meet the criteria, sorted by `left`, then `right`."""
        pairs = self._selected()
        order = np.argsort(pairs.left.astype(np.int64) * len(self._cutoff) + pairs.right)
        return PairProducts(left=pairs.left[order], right=pairs.right[order], product=pairs.product[order])

    def _selected(self) -> PairProducts:
        """Return the pairs that meet the criteria among the pairs so far, and note each vector's cutoff."""
        pairs = PairProducts(
            left=np.concatenate([part.left for part in self._parts]),
            right=np.concatenate([part.right for part in self._parts]),
            product=np.concatenate([part.product for part in self._parts]),
        )
        if not self._most:
            return pairs
        # each pair twice, once from either vector; `rank` counts the neighbours of a vector from the nearest on
        one, score = np.concatenate((pairs.left, pairs.right)), np.tile(pairs.product, 2)
        order = np.lexsort((np.concatenate((pairs.right, pairs.left)), -score, one))
        one, score = one[order], score[order]
        rank = np.arange(len(one)) - np.searchsorted(one, one)
        is_cutoff = rank == self._most - 1
        self._cutoff[one[is_cutoff]] = score[is_cutoff]
        near = np.zeros(len(one), dtype=bool)
        near[order] = rank < self._most
        return pairs.where(near[: len(pairs.left)] | near[len(pairs.left) :] | (pairs.product >= self._least))
