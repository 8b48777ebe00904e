"""Postings: which documents contain which terms, as arrays. Unchanged documents are renumbered, not read again."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.index.shards import sort_utf16, utf16_key
from faq_builder.search.text.term_list import TermList

_MAX_TERMS_SEARCHED_AS_BYTES = 2_000  # for more, making strings of all terms is faster


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The postings of all terms: the first `counts[0]` belong to the first term, and so on; documents are ascending."""

    terms: TermList  # in the order of `sort_utf16`
    counts: NDArray[np.int32]  # shape (terms,): postings of each term, never 0
    documents: NDArray[np.int32]  # shape (postings,): number of the document
    bits: NDArray[np.uint8]  # shape (postings,): how the document contains the term, never 0 (`build` names the bits)

    def renumbered(self, new_numbers: NDArray[np.int32], new: Iterable[tuple[int, Mapping[str, int]]]) -> "Postings":
        """Return the postings after document i became `new_numbers[i]` and new documents were added.

        `new_numbers` has shape (old documents,); -1 means deleted. `new` gives the number of each new document and the
        bits of its terms. The result does not depend on which documents are new.
        """
        documents = new_numbers[self.documents]
        deleted = np.flatnonzero(documents < 0)
        deleted_counts = np.bincount(np.searchsorted(self.ends, deleted, side="right"), minlength=len(self.terms))
        counts = self.counts - deleted_counts.astype(np.int32)
        documents, bits = np.delete(documents, deleted), np.delete(self.bits, deleted)
        if np.any(np.diff(new_numbers[new_numbers >= 0]) < 0):
            order = np.argsort(_sort_keys(counts, documents), kind="stable")
            documents, bits = documents[order], bits[order]
        kept = Postings(terms=self.terms, counts=counts, documents=documents, bits=bits)
        return kept._merged(_postings_of(new))

    def _merged(self, others: "Postings") -> "Postings":
        """Return these postings and those of other documents; terms without postings are left out.

        Fast if the others are few, since these postings are not looked at one by one.
        """
        if not len(self.documents):
            return others
        ours, theirs = (
            self.terms.strings() if len(others.terms) > _MAX_TERMS_SEARCHED_AS_BYTES else self.terms,
            others.terms.strings(),
        )
        positions = np.array([bisect_left(ours, utf16_key(term), key=utf16_key) for term in theirs], dtype=np.int64)
        is_known = np.array(
            [at < len(ours) and ours[at] == term for at, term in zip(positions, theirs, strict=True)], dtype=bool
        )
        known, new = positions[is_known], positions[~is_known]
        # postings of a new term go before all postings of the term above it, as if their document were the first
        documents = np.where(np.repeat(is_known, others.counts), others.documents, 0)
        keys = np.repeat(positions, others.counts) << 32 | documents
        at = np.searchsorted(_sort_keys(self.counts, self.documents), keys)
        counts = self.counts.copy()
        counts[known] += others.counts[is_known]
        counts = np.insert(counts, new, others.counts[~is_known])
        return Postings(
            terms=self.terms.inserted(new, others.terms.only(~is_known)).only(counts > 0),
            counts=counts[counts > 0],
            documents=np.insert(self.documents, at, others.documents),
            bits=np.insert(self.bits, at, others.bits),
        )

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where the postings of each term end. Shape (terms,): position behind the last."""
        ends: NDArray[np.int64] = np.cumsum(self.counts, dtype=np.int64)
        return ends

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the postings of each term begin. Shape (terms,): position of the first."""
        starts: NDArray[np.int64] = self.ends - self.counts
        return starts

    def counts_with(self, mask: int) -> NDArray[np.int32]:
        """Return how many postings of each term have one of the bits in `mask`, shape (terms,)."""
        running = np.cumsum(self.bits & np.uint8(mask) > 0, dtype=np.int32)
        return np.diff(running[self.ends - 1], prepend=np.int32(0))

    def document_counts(self, mask: int) -> Mapping[str, int]:
        """Return term -> in how many documents it has one of the bits in `mask`, without terms that have none."""
        counts = self.counts_with(mask)
        return dict(zip(self.terms.only(counts > 0).strings(), counts[counts > 0].tolist(), strict=True))

    def masked(self, mask: int) -> "Postings":
        """Return the postings that have one of the bits in `mask`, without their other bits."""
        bits: NDArray[np.uint8] = self.bits & np.uint8(mask)
        is_kept, counts = bits > 0, self.counts_with(mask)
        return Postings(
            terms=self.terms.only(counts > 0),
            counts=counts[counts > 0],
            documents=self.documents[is_kept],
            bits=bits[is_kept],
        )

    def part(self, terms: slice) -> "Postings":
        """Return the postings of a range of terms."""
        counts = self.counts[terms]
        start = int(self.starts[terms.start])
        found = slice(start, start + int(counts.sum()))
        return Postings(
            terms=self.terms.part(terms), counts=counts, documents=self.documents[found], bits=self.bits[found]
        )

    def strongest(self, most: int) -> "Postings":
        """Return at most `most` postings of each term: those with the greatest bits, and of equal ones the first."""
        is_kept = np.ones(len(self.documents), dtype=bool)
        for term in np.flatnonzero(self.counts > most):
            found = slice(self.starts[term], self.starts[term] + self.counts[term])
            weakest = np.argsort(-self.bits[found].astype(np.int16), kind="stable")[most:]
            is_kept[found.start + weakest] = False
        return Postings(
            terms=self.terms,
            counts=np.minimum(self.counts, most),
            documents=self.documents[is_kept],
            bits=self.bits[is_kept],
        )


NO_POSTINGS = Postings(
    terms=TermList.of(()),
    counts=np.zeros(0, np.int32),
    documents=np.zeros(0, np.int32),
    bits=np.zeros(0, np.uint8),
)


def _postings_of(documents: Iterable[tuple[int, Mapping[str, int]]]) -> Postings:
    """Return the postings of documents, given the number of each and the bits of its terms."""
    first_seen: defaultdict[str, int] = defaultdict()  # term -> number in the order of first occurrence
    first_seen.default_factory = first_seen.__len__
    terms, bits, numbers, lengths = array("i"), array("B"), array("i"), array("i")
    for number, bits_of_terms in documents:
        terms.extend(map(first_seen.__getitem__, bits_of_terms))
        bits.extend(bits_of_terms.values())
        numbers.append(number)
        lengths.append(len(bits_of_terms))
    ordered = sort_utf16(first_seen)
    ranks = np.zeros(len(ordered), dtype=np.int64)
    ranks[[first_seen[term] for term in ordered]] = np.arange(len(ordered))
    of_terms = ranks[np.array(terms, dtype=np.int32)]
    of_documents = np.repeat(np.array(numbers, np.int32), np.array(lengths, np.int32))
    order = np.argsort(of_terms << 32 | of_documents, kind="stable")
    return Postings(
        terms=TermList.of(ordered),
        counts=np.bincount(of_terms, minlength=len(ordered)).astype(np.int32),
        documents=of_documents[order],
        bits=np.array(bits, dtype=np.uint8)[order],
    )


def _sort_keys(counts: NDArray[np.int32], documents: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return a key for each posting, shape (postings,), that orders postings by term and then by document."""
    keys: NDArray[np.int64] = np.repeat(np.arange(len(counts)), counts) << 32 | documents
    return keys
