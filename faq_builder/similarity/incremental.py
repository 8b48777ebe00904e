"""Similar pairs with the pairs of the last build: only vectors that are new or lost a neighbour are compared again."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.nearest import NO_PRODUCTS, PairCriteria, PairProducts, nearest_pairs
from faq_builder.similarity.store import Store

_FINGERPRINT_BYTES = 16  # too many for two vectors to have the same fingerprint by chance


def updated_pairs(rows: NDArray[np.int16], criteria: PairCriteria, store: Store) -> PairProducts:
    """Return the same as `nearest_pairs` of all vectors, with the pairs of the last build loaded from the store.

    The pairs of this build are saved there for the next one.
    """
    # the words in the name belong to the format: another name would make every cache that exists useless
    name = f"pairs 1 Wanted(sure={criteria.least!r}, floor={criteria.near!r}, most={criteria.most!r})"
    fingerprints = [hashlib.blake2b(row, digest_size=_FINGERPRINT_BYTES).digest() for row in rows]
    last = _LastPairs.from_bytes(store.load(name))
    pairs = nearest_pairs(rows, criteria, *last.renumbered(fingerprints))
    if fingerprints != last.fingerprints:
        store.save(name, _LastPairs(fingerprints=fingerprints, pairs=pairs).to_bytes())
    return pairs


@dataclass(frozen=True, kw_only=True)
class _LastPairs:
    """The vectors of the last build, by their fingerprints, and the pairs that met the criteria."""

    fingerprints: list[bytes]
    pairs: PairProducts

    @classmethod
    def from_bytes(cls, data: bytes | None) -> "_LastPairs":
        """Parse the bytes that `to_bytes` writes; no bytes mean no vectors."""
        if data is None:
            return cls(fingerprints=[], pairs=NO_PRODUCTS)
        start = 4 + _FINGERPRINT_BYTES * int.from_bytes(data[:4], "little")
        fingerprints = [data[at : at + _FINGERPRINT_BYTES] for at in range(4, start, _FINGERPRINT_BYTES)]
        left, right, product = np.frombuffer(data, dtype="<i4", offset=start).reshape(3, -1)
        pairs = PairProducts(left=left, right=right, product=product.astype(np.float32))
        return cls(fingerprints=fingerprints, pairs=pairs)

    def to_bytes(self) -> bytes:
        """Return the number of vectors (4 bytes), their fingerprints, then `left`, `right` and `product` as int32."""
        columns = (self.pairs.left, self.pairs.right, self.pairs.product)
        numbers = b"".join(column.astype("<i4").tobytes() for column in columns)
        return b"".join((len(self.fingerprints).to_bytes(4, "little"), *self.fingerprints, numbers))

    def renumbered(self, fingerprints: list[bytes]) -> tuple[NDArray[np.bool_], PairProducts]:
        """Return which of the vectors of this build must be compared with all others, and the pairs among the rest.

        The mask has the shape (vectors,); the pairs have the numbers of this build.
        """
        old_number = {name: number for number, name in enumerate(_distinct(self.fingerprints))}
        before = np.array([old_number.get(name, -1) for name in _distinct(fingerprints)], dtype=np.int32)
        new = before < 0
        # ties go to the lower number, so a reordering invalidates the saved pairs
        if (np.diff(before[~new]) < 0).any():
            return np.ones(len(fingerprints), dtype=bool), NO_PRODUCTS
        now = np.full(len(self.fingerprints), -1, dtype=np.int32)
        now[before[~new]] = np.flatnonzero(~new)
        pairs = PairProducts(left=now[self.pairs.left], right=now[self.pairs.right], product=self.pairs.product)
        lost = (pairs.left < 0) != (pairs.right < 0)
        new[np.maximum(pairs.left, pairs.right)[lost]] = True
        old = np.append(~new, False)  # extra False so that index -1 (deleted) selects nothing
        return new, pairs.where(old[pairs.left] & old[pairs.right])


def _distinct(fingerprints: Iterable[bytes]) -> Iterable[tuple[bytes, int]]:
    """Yield each fingerprint with how often it came before, which tells equal vectors apart."""
    times: Counter[bytes] = Counter()
    for fingerprint in fingerprints:
        yield fingerprint, times[fingerprint]
        times[fingerprint] += 1
