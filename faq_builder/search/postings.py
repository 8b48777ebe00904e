"""Which documents hold which terms, as arrays: documents that stayed as they were are carried over, not read again."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.shards import in_order


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The first `counts[0]` postings are those of the first term, and so on, their documents ascending."""

    terms: tuple[str, ...]  # as `in_order` gives them
    counts: NDArray[np.int32]  # never 0
    documents: NDArray[np.int32]
    amounts: NDArray[np.uint8]  # what the document holds of the term

    def carried(self, places: NDArray[np.int32], new: Iterable[tuple[int, Mapping[str, int]]]) -> "Postings":
        """Those of other documents: what was document i is now `places[i]`, or gone where that is -1; others are new.

        The result does not depend on which of them are new.
        """
        numbers: defaultdict[str, int] = defaultdict(None, zip(self.terms, range(len(self.terms)), strict=True))
        numbers.default_factory = numbers.__len__
        terms, amounts, documents, lengths = array("i"), array("B"), array("i"), array("i")
        for document, held in new:
            terms.extend(map(numbers.__getitem__, held))
            amounts.extend(held.values())
            documents.append(document)
            lengths.append(len(held))
        stayed = places[self.documents]
        kept = stayed >= 0
        return _sorted(
            numbers,
            np.concatenate([self.term_numbers[kept], np.array(terms, dtype=np.int32)]),
            np.concatenate([stayed[kept], np.repeat(np.array(documents, np.int32), np.array(lengths, np.int32))]),
            np.concatenate([self.amounts[kept], np.array(amounts, dtype=np.uint8)]),
        )

    @property
    def term_numbers(self) -> NDArray[np.int32]:
        """For each posting the number of its term."""
        return np.repeat(np.arange(len(self.terms), dtype=np.int32), self.counts)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the postings of each term begin."""
        starts: NDArray[np.int64] = np.cumsum(self.counts, dtype=np.int64) - self.counts
        return starts

    def having(self, bits: int) -> "Postings":
        """Those whose amount has one of these bits, without the others."""
        amounts: NDArray[np.uint8] = self.amounts & np.uint8(bits)
        held = amounts > 0
        counts = np.add.reduceat(held, self.starts, dtype=np.int32) if self.terms else self.counts
        return Postings(
            terms=tuple(self.terms[number] for number in np.flatnonzero(counts).tolist()),
            counts=counts[counts > 0],
            documents=self.documents[held],
            amounts=amounts[held],
        )

    def part(self, terms: slice) -> "Postings":
        """Those of some neighbouring terms."""
        counts = self.counts[terms]
        start = int(self.starts[terms.start])
        found = slice(start, start + int(counts.sum()))
        return Postings(
            terms=self.terms[terms], counts=counts, documents=self.documents[found], amounts=self.amounts[found]
        )

    def strongest(self, most: int) -> "Postings":
        """At most so many of each term, those with the greatest amounts, of equal ones the first."""
        kept = np.ones(len(self.documents), dtype=bool)
        for term in np.flatnonzero(self.counts > most):
            found = slice(self.starts[term], self.starts[term] + self.counts[term])
            weakest = np.argsort(-self.amounts[found].astype(np.int16), kind="stable")[most:]
            kept[found.start + weakest] = False
        return Postings(
            terms=self.terms,
            counts=np.minimum(self.counts, most),
            documents=self.documents[kept],
            amounts=self.amounts[kept],
        )


NO_POSTINGS = Postings(
    terms=(), counts=np.zeros(0, np.int32), documents=np.zeros(0, np.int32), amounts=np.zeros(0, np.uint8)
)


def _sorted(
    numbers: Mapping[str, int], terms: NDArray[np.int32], documents: NDArray[np.int32], amounts: NDArray[np.uint8]
) -> Postings:
    """Postings that come in any order, given the numbers of their terms."""
    counts = np.bincount(terms, minlength=len(numbers)).astype(np.int32)
    ordered = in_order(term for term, held in zip(numbers, counts.tolist(), strict=True) if held)
    places = [numbers[term] for term in ordered]
    rank = np.zeros(len(numbers), dtype=np.int64)
    rank[places] = np.arange(len(places))
    order = np.argsort(rank[terms] << 32 | documents, kind="stable")
    return Postings(terms=tuple(ordered), counts=counts[places], documents=documents[order], amounts=amounts[order])
