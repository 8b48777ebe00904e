"""Which documents hold which terms, as arrays: documents that stayed as they were are carried over, not read again."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.index.shards import in_order, utf16
from faq_builder.search.text.term_list import Terms, terms_of

_FEW = 2_000  # terms that are looked for in the text of all, where making strings of all would take longer


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The first `counts[0]` postings are those of the first term, and so on, their documents ascending."""

    terms: Terms  # as `in_order` gives them
    counts: NDArray[np.int32]  # never 0
    documents: NDArray[np.int32]
    amounts: NDArray[np.uint8]  # what the document holds of the term

    def carried(self, places: NDArray[np.int32], new: Iterable[tuple[int, Mapping[str, int]]]) -> "Postings":
        """Those of other documents: what was document i is now `places[i]`, or gone where that is -1; others are new.

        The result does not depend on which of them are new.
        """
        documents = places[self.documents]
        gone = np.flatnonzero(documents < 0)
        of_gone = np.bincount(np.searchsorted(self.ends, gone, side="right"), minlength=len(self.terms))
        counts = self.counts - of_gone.astype(np.int32)
        documents, amounts = np.delete(documents, gone), np.delete(self.amounts, gone)
        if np.any(np.diff(places[places >= 0]) < 0):
            order = np.argsort(_keys(counts, documents), kind="stable")
            documents, amounts = documents[order], amounts[order]
        kept = Postings(terms=self.terms, counts=counts, documents=documents, amounts=amounts)
        return kept._with(_read(new))

    def _with(self, others: "Postings") -> "Postings":
        """Those and the ones of other documents, which are few beside ours, or all that there is.

        Ours are not looked at one by one; terms that have none are left out.
        """
        if not len(self.documents):
            return others
        ours, more = self.terms.listed() if len(others.terms) > _FEW else self.terms, others.terms.listed()
        above = np.array([bisect_left(ours, utf16(term), key=utf16) for term in more], dtype=np.int64)
        is_ours = np.array(
            [at < len(ours) and ours[at] == term for at, term in zip(above, more, strict=True)], dtype=bool
        )
        known, new = above[is_ours], above[~is_ours]
        # those of a new term come before all of the term above it, as if their document were the first
        below = np.where(np.repeat(is_ours, others.counts), others.documents, 0)
        at = np.searchsorted(_keys(self.counts, self.documents), np.repeat(above, others.counts) << 32 | below)
        counts = self.counts.copy()
        counts[known] += others.counts[is_ours]
        counts = np.insert(counts, new, others.counts[~is_ours])
        return Postings(
            terms=self.terms.inserted(new, others.terms.only(~is_ours)).only(counts > 0),
            counts=counts[counts > 0],
            documents=np.insert(self.documents, at, others.documents),
            amounts=np.insert(self.amounts, at, others.amounts),
        )

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where the postings of each term end."""
        ends: NDArray[np.int64] = np.cumsum(self.counts, dtype=np.int64)
        return ends

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the postings of each term begin."""
        starts: NDArray[np.int64] = self.ends - self.counts
        return starts

    def counts_of(self, bits: int) -> NDArray[np.int32]:
        """How many postings of each term have an amount with one of these bits."""
        held = np.cumsum(self.amounts & np.uint8(bits) > 0, dtype=np.int32)
        return np.diff(held[self.ends - 1], prepend=np.int32(0))

    def counted(self, bits: int) -> Mapping[str, int]:
        """The same by term, of those that have any."""
        counts = self.counts_of(bits)
        return dict(zip(self.terms.only(counts > 0).listed(), counts[counts > 0].tolist(), strict=True))

    def having(self, bits: int) -> "Postings":
        """Those whose amount has one of these bits, without the others."""
        amounts: NDArray[np.uint8] = self.amounts & np.uint8(bits)
        held, counts = amounts > 0, self.counts_of(bits)
        return Postings(
            terms=self.terms.only(counts > 0),
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
            terms=self.terms.part(terms), counts=counts, documents=self.documents[found], amounts=self.amounts[found]
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
    terms=terms_of(()),
    counts=np.zeros(0, np.int32),
    documents=np.zeros(0, np.int32),
    amounts=np.zeros(0, np.uint8),
)


def _read(documents: Iterable[tuple[int, Mapping[str, int]]]) -> Postings:
    """The postings of documents, given their numbers and what each holds."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    terms, amounts, holders, lengths = array("i"), array("B"), array("i"), array("i")
    for document, held in documents:
        terms.extend(map(numbers.__getitem__, held))
        amounts.extend(held.values())
        holders.append(document)
        lengths.append(len(held))
    ordered = in_order(numbers)
    ranks = np.zeros(len(ordered), dtype=np.int64)
    ranks[[numbers[term] for term in ordered]] = np.arange(len(ordered))
    of_terms = ranks[np.array(terms, dtype=np.int32)]
    of_documents = np.repeat(np.array(holders, np.int32), np.array(lengths, np.int32))
    order = np.argsort(of_terms << 32 | of_documents, kind="stable")
    return Postings(
        terms=terms_of(ordered),
        counts=np.bincount(of_terms, minlength=len(ordered)).astype(np.int32),
        documents=of_documents[order],
        amounts=np.array(amounts, dtype=np.uint8)[order],
    )


def _keys(counts: NDArray[np.int32], documents: NDArray[np.int32]) -> NDArray[np.int64]:
    """A number for each posting, greater for those of later terms, and of one term for those of later documents."""
    keys: NDArray[np.int64] = np.repeat(np.arange(len(counts)), counts) << 32 | documents
    return keys
