"""Which documents hold which terms, as arrays: documents that stayed as they were are carried over, not read again."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.shards import in_order, utf16


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
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        terms, amounts, documents, lengths = array("i"), array("B"), array("i"), array("i")
        for document, held in new:
            terms.extend(map(numbers.__getitem__, held))
            amounts.extend(held.values())
            documents.append(document)
            lengths.append(len(held))
        all_terms, of_old, of_new = self._joined(numbers)
        stayed = places[self.documents]
        kept = stayed >= 0
        return _sorted(
            all_terms,
            np.concatenate([np.repeat(of_old, self.counts)[kept], of_new[np.array(terms, dtype=np.int32)]]),
            np.concatenate([stayed[kept], np.repeat(np.array(documents, np.int32), np.array(lengths, np.int32))]),
            np.concatenate([self.amounts[kept], np.array(amounts, dtype=np.uint8)]),
        )

    def _joined(self, numbers: Mapping[str, int]) -> tuple[Sequence[str], NDArray[np.int64], NDArray[np.int64]]:
        """Our terms and others in their order; where ours are in it, and where the others are by their numbers.

        The others are few beside ours, or all that there is: ours are not looked at one by one.
        """
        others = in_order(numbers)
        above = np.array([bisect_left(self.terms, utf16(term), key=utf16) for term in others], dtype=np.int64)
        is_ours = [self.terms[at : at + 1] == (term,) for at, term in zip(above.tolist(), others, strict=True)]
        is_new = ~np.array(is_ours, dtype=bool)
        inserted = above[is_new]
        joined, start = list[str](), 0
        for at, term in zip(inserted.tolist(), compress(others, is_new.tolist()), strict=True):
            joined += (*self.terms[start:at], term)
            start = at
        joined += self.terms[start:]
        ours = np.arange(len(self.terms))
        ours += np.searchsorted(inserted, ours, side="right")
        of_others = np.zeros(len(others), dtype=np.int64)
        of_others[[numbers[term] for term in others]] = above + np.cumsum(is_new) - is_new
        return joined, ours, of_others

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
            terms=tuple(compress(self.terms, counts.tolist())),
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
    terms: Sequence[str], numbers: NDArray[np.int64], documents: NDArray[np.int32], amounts: NDArray[np.uint8]
) -> Postings:
    """Postings that come in any order, given the number of the term of each; terms of none are left out."""
    counts = np.bincount(numbers, minlength=len(terms)).astype(np.int32)
    order = np.argsort(numbers << 32 | documents, kind="stable")
    return Postings(
        terms=tuple(compress(terms, counts.tolist())),
        counts=counts[counts > 0],
        documents=documents[order],
        amounts=amounts[order],
    )
