"""Where the meaning of each topic lies: its vector, how crowded its place is, and the cell that holds it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.documents import Document
from faq_builder.search.meaning.embeddings import known_table, prior_of
from faq_builder.search.meaning.fit import LATER, MISSING, Fit
from faq_builder.search.meaning.pretrained import Prior
from faq_builder.search.meaning.quantisation import MOST_OF_TOPIC, Small, quantised
from faq_builder.search.text.meaning_texts import meaning_terms

NOWHERE = -1  # the cell of a topic of which no word is known
_BLOCK = 4_000  # vectors at a time: 45 MB at 100,000 topics


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Of the documents at home in one file, and of the guests there, what their meaning is."""

    away: Mapping[int, int]  # of those at home whose meaning lies in another cell: its number
    guests: Sequence[int]
    vectors: Small  # of those whose meaning lies here, those at home first
    crowds: NDArray[np.int8]

    @property
    def made_from(self) -> Iterator[bytes]:
        """All that it says."""
        yield repr((self.away, self.guests)).encode()
        yield self.crowds.tobytes()
        yield self.vectors.tobytes()


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Where the meaning of each document lies, in the order of their numbers."""

    vectors: Small
    crowded: NDArray[np.int8]
    numbers: NDArray[np.int32]  # that of the cell of each
    sizes: Sequence[int]  # how many of the first documents were fitted in each cell

    def cell(self, number: int, home: range) -> Cell:
        """What the file of this number says, in which these documents are at home."""
        there = self.numbers[home.start : home.stop]
        guests = self._guests.get(number, [])
        here = [*(np.flatnonzero(there == number) + home.start).tolist(), *guests]
        return Cell(
            away={home[at]: int(there[at]) for at in np.flatnonzero(there != number).tolist()},
            guests=guests,
            vectors=self.vectors[here],
            crowds=self.crowded[here],
        )

    @cached_property
    def _guests(self) -> Mapping[int, Sequence[int]]:
        """Of each cell the documents whose meaning lies there and that are at home elsewhere."""
        homes = np.repeat(np.arange(len(self.sizes)), self.sizes)
        homes = np.pad(homes, (0, len(self.numbers) - len(homes)), constant_values=NOWHERE)
        found = defaultdict[int, list[int]](list)
        for at in np.flatnonzero((self.numbers != homes) & (self.numbers != NOWHERE)).tolist():
            found[int(self.numbers[at])].append(at)
        return found


def cells_of(documents: Sequence[Document], marks: Sequence[bytes], fit: Fit, prior: Callable[[], Prior]) -> Cells:
    """For each document, given its mark (`fit.mark`), the recorded vector or what the student makes of its texts.

    The documents are in the fitted order. Nobody knows yet how crowded the place of a topic is that is not recorded: as
    much as that of others.
    """
    vectors = np.zeros((len(documents), fit.cells.shape[1]), dtype=np.int8)
    crowded = np.zeros(len(documents), dtype=np.int8)
    numbers = np.zeros(len(documents), dtype=np.int32)
    found = fit.unchanged(documents, marks)
    held, missing = np.flatnonzero(found != MISSING), np.flatnonzero(found == MISSING).tolist()
    there = found[held]
    vectors[held], crowded[held], numbers[held] = fit.vectors[there], fit.crowds[there], fit.cell_numbers[there]
    if missing:
        texts = [meaning_terms(documents[at], fit.stemmer) for at in missing]
        sums = known_table(fit, prior_of(fit, prior), {term for text in texts for term in text}).sums(texts)
        vectors[missing] = quantised(sums.astype(np.float64), MOST_OF_TOPIC)[0]
        numbers[missing] = nearest_cells(vectors[missing], fit.cells)
    numbers[~np.any(vectors, axis=1)] = NOWHERE
    return Cells(vectors=vectors, crowded=crowded, numbers=numbers, sizes=_sizes(documents, fit))


def _sizes(documents: Sequence[Document], fit: Fit) -> Sequence[int]:
    """How many of the documents are at home in each cell."""
    found = fit.numbers(documents)
    homes = fit.homes[found[found != MISSING]]
    sizes: list[int] = np.bincount(homes[homes != LATER], minlength=len(fit.cells)).tolist()
    return sizes


def nearest_cells(vectors: Small, middles: Small) -> NDArray[np.int32]:
    """The cell of each vector: that with the greatest cosine; whole numbers below 2**24, so exact on any processor."""
    turned = middles.astype(np.float32).T
    lengths = np.maximum(np.sqrt(np.square(middles.astype(np.float64)).sum(axis=1)), 1)
    nearest = np.zeros(len(vectors), dtype=np.int32)
    for at in range(0, len(vectors), _BLOCK):
        part = slice(at, at + _BLOCK)
        nearest[part] = np.argmax(vectors[part].astype(np.float32) @ turned / lengths, axis=1)
    return nearest
