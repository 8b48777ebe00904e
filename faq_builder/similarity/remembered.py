"""Pairs that were found the last time: only rows that are new or lost a neighbour are compared with all again."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.nearest import NO_PRODUCTS, Products, Wanted, nearest
from faq_builder.similarity.store import Store

_DIGEST = 16  # bytes that stand for a row


def nearest_again(rows: NDArray[np.int16], wanted: Wanted, store: Store) -> Products:
    """What `nearest` gives for all rows being new; the last time's pairs are taken from the store and put there."""
    name = f"pairs 1 {wanted}"
    digests = [hashlib.blake2b(row, digest_size=_DIGEST).digest() for row in rows]
    last = _Last.read(store.kept(name))
    pairs = nearest(rows, wanted, *last.carried(digests))
    if digests != last.digests:
        store.keep(name, _Last(digests=digests, pairs=pairs).written())
    return pairs


@dataclass(frozen=True, kw_only=True)
class _Last:
    """Rows and their wanted pairs."""

    digests: list[bytes]
    pairs: Products

    @classmethod
    def read(cls, data: bytes | None) -> "_Last":
        """From bytes: the number of rows and their digests, then the columns of the pairs."""
        if data is None:
            return cls(digests=[], pairs=NO_PRODUCTS)
        start = 4 + _DIGEST * int.from_bytes(data[:4], "little")
        digests = [data[at : at + _DIGEST] for at in range(4, start, _DIGEST)]
        left, right, product = np.frombuffer(data, dtype="<i4", offset=start).reshape(3, -1)
        return cls(digests=digests, pairs=Products(left=left, right=right, product=product.astype(np.float32)))

    def written(self) -> bytes:
        columns = (self.pairs.left, self.pairs.right, self.pairs.product)
        numbers = b"".join(column.astype("<i4").tobytes() for column in columns)
        return b"".join((len(self.digests).to_bytes(4, "little"), *self.digests, numbers))

    def carried(self, digests: list[bytes]) -> tuple[NDArray[np.bool_], Products]:
        """Which rows have to be compared with all, and the wanted pairs of the others by their numbers now."""
        place = {name: number for number, name in enumerate(_numbered(self.digests))}
        before = np.array([place.get(name, -1) for name in _numbered(digests)], dtype=np.int32)
        new = before < 0
        if (np.diff(before[~new]) < 0).any():  # in another order: of equally near ones the first is the nearest
            return np.ones(len(digests), dtype=bool), NO_PRODUCTS
        now = np.full(len(self.digests), -1, dtype=np.int32)
        now[before[~new]] = np.flatnonzero(~new)
        pairs = Products(left=now[self.pairs.left], right=now[self.pairs.right], product=self.pairs.product)
        lost = (pairs.left < 0) != (pairs.right < 0)
        new[np.maximum(pairs.left, pairs.right)[lost]] = True
        old = np.append(~new, False)
        return new, pairs.where(old[pairs.left] & old[pairs.right])


def _numbered(digests: Iterable[bytes]) -> Iterable[tuple[bytes, int]]:
    """Each digest, and how often it came before."""
    times: Counter[bytes] = Counter()
    for digest in digests:
        yield digest, times[digest]
        times[digest] += 1
