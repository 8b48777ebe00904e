"""Where the meaning of each topic lies: its vector, how crowded its place is, and the cell that holds it.

cells-<n>-<hash>.bin   the topics of one cell: how many (varint), the distance of each number from the one before
                       (varints), how crowded the place of each is (a byte, plus 128), then their vectors
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.document import Document
from faq_builder.search.fit import Fit
from faq_builder.search.prior import Prior
from faq_builder.search.quantised import Small, packed, quantised
from faq_builder.search.rows import known_table, prior_of
from faq_builder.search.shards import varint, varints
from faq_builder.search.texts import meaning_terms

NOWHERE = -1  # the cell of a topic of which no word is known
_BLOCK = 4_000  # vectors at a time: 45 MB at 100,000 topics


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Where the meaning of each topic lies."""

    vectors: Small
    crowded: NDArray[np.int8]
    numbers: NDArray[np.int64]  # that of the cell of each topic
    count: int

    def files(self) -> Iterator[bytes]:
        """The content of the file of each cell."""
        held = np.argsort(self.numbers, kind="stable")
        ends = np.searchsorted(self.numbers[held], np.arange(-1, self.count), side="right").tolist()
        for start, end in pairwise(ends):
            yield self._file(held[start:end])

    def _file(self, held: NDArray[np.int64]) -> bytes:
        gaps = varints(np.diff(held, prepend=0))[0]
        crowds = (self.crowded[held].astype(np.int16) + 128).astype(np.uint8)
        return b"".join((varint(len(held)), gaps, crowds.tobytes(), packed(self.vectors[held]).tobytes()))


def cells_of(documents: Sequence[Document], marks: Sequence[bytes], fit: Fit, prior: Callable[[], Prior]) -> Cells:
    """For each document, given its mark (`fit.mark`), the recorded vector or what the student makes of its texts.

    Nobody knows yet how crowded that of a topic is which is not recorded: as much as that of others.
    """
    found = [fit.recorded.get((d.id, mark), -1) for d, mark in zip(documents, marks, strict=True)]
    vectors = fit.vectors[found] if len(fit.vectors) else np.zeros((len(found), fit.cells.shape[1]), dtype=np.int8)
    crowded = fit.crowds[found] if len(fit.crowds) else np.zeros(len(found), dtype=np.int8)
    missing = [at for at, row in enumerate(found) if row < 0]
    crowded[missing] = 0
    if missing:
        texts = [meaning_terms(documents[at], fit.stemmer) for at in missing]
        sums = known_table(fit, prior_of(fit, prior), {term for text in texts for term in text}).sums(texts)
        vectors[missing] = quantised(sums.astype(np.float64))[0]
    numbers = np.where(np.any(vectors, axis=1), nearest_cells(vectors, fit.cells), NOWHERE)
    return Cells(vectors=vectors, crowded=crowded, numbers=numbers, count=len(fit.cells))


def nearest_cells(vectors: Small, middles: Small) -> NDArray[np.int64]:
    """The cell of each vector: that with the greatest cosine; whole numbers below 2**24, so exact on any processor."""
    turned = middles.astype(np.float32).T
    lengths = np.maximum(np.sqrt(np.square(middles.astype(np.float64)).sum(axis=1)), 1)
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for at in range(0, len(vectors), _BLOCK):
        part = slice(at, at + _BLOCK)
        nearest[part] = np.argmax(vectors[part].astype(np.float32) @ turned / lengths, axis=1)
    return nearest
