"""Documents and a fit -> the files of the meaning index, which the browser reads beside those of the word index.

    rows-<n>-<hash>.bin    shards of terms (`shards`), for each its scale (a byte) and its row; a bigram lies beside its
                           first word, after a common one beside its second ("gmail <in"), which is asked for anyway
    cells-<n>-<hash>.bin   the topics of one cell: how many (varint), the distance of each number from the one before
                           (varints), how crowded the place of each is (a byte, plus 128), then their vectors
    where-<n>-<hash>.bin   for each of WHERE topics the number of its cell, two bytes, the lower first
    meaning-0-<hash>.bin   the middles of all cells, then a shard with the rows of the most common terms

A row or vector has four bits for each dimension (`quantised`). The vector of a query is the sum of its terms' rows,
each times its scale; a topic is the nearer the greater the cosine of its vector to it, less a share of how crowded its
place is (`crowding`).

A search loads the cells that are nearest to it, and those in which the topics lie that its words find: on 7,449 titles
the 4 nearest of 103 hold the wanted topic for 84 % of the queries, with those of the best 6 by words for 98 %.

A changed topic changes its cell, the cell it was in before, and the shards of words that nobody used before.
"""

import json
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.document import FOLDER, Document
from faq_builder.search.fit import LARGEST_SCALE, Fit, Table
from faq_builder.search.memory import Memory, joined, unjoined
from faq_builder.search.prior import Prior
from faq_builder.search.quantised import Small, packed, quantised
from faq_builder.search.shards import ShardSize, content_hash, in_order, pack, shards_of, varint, varints
from faq_builder.search.words import bigrams, terms

PUBLISHED = 1_500  # common words of the prior whose rows are published though no topic of the site holds them
SMALL = 1_000  # topics up to which all are, as a site that has few files affords: some 170 more
PASSAGE = 300  # characters of an answer that count for the meaning of a topic
WHERE = 512  # topics in a file that tells their cells
KINDS = ("meaning", "rows", "cells", "where")
NOWHERE = 0xFFFF  # the cell of a topic of which no word is known
_NAME = 6  # characters of a hash: the number makes a name unique, the hash only has to change with the content


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Files, and what meta.json says of them."""

    files: tuple[tuple[str, bytes], ...]
    meta: Mapping[str, object]


def meaning_index(
    documents: Sequence[Document],
    marks: Sequence[bytes],
    used: Collection[str],
    fit: Fit,
    prior: Callable[[], Prior],
    memory: Memory,
) -> Meaning:
    """The files of the meaning index, given the marks (`fit.mark`) of the documents and all their `meaning_terms`.

    The prior is only read where other words are used than the last time, as reading it takes a while.
    """
    said, size = joined(_said(fit)), b"small" if len(documents) <= SMALL else b"large"
    published = memory.file(
        (b"published", said, size, "\n".join(used).encode()),
        lambda: _published(fit, _prior_of(fit, prior), used, len(documents)),
    )
    rows = memory.file((b"rows", said, published), lambda: joined(_shards(fit, _prior_of(fit, prior), published)))
    first, common, *shards = unjoined(rows)
    files = _Files()
    for content in shards:
        files.add("rows", content)
    vectors, crowded = _vectors(documents, marks, fit, prior)
    nearest = np.where(np.any(vectors, axis=1), nearest_cells(vectors, fit.cells), NOWHERE)
    for content in _cells(vectors, crowded, nearest, len(fit.cells)):
        files.add("cells", content)
    for at in range(0, len(documents), WHERE):
        files.add("where", nearest[at : at + WHERE].astype("<u2").tobytes())
    files.add("meaning", packed(fit.cells).tobytes() + common)
    return Meaning(
        files=tuple(files.made),
        meta={"dimensions": int(fit.cells.shape[1]), "at": WHERE, "first": json.loads(first), **files.names},
    )


@dataclass
class _Files:
    """Files as they are made: of each kind the hashes in their order."""

    made: list[tuple[str, bytes]] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def add(self, kind: str, content: bytes) -> None:
        names = self.names[kind]
        names.append(content_hash(content)[:_NAME])
        self.made.append((f"{FOLDER}{kind}-{len(names) - 1}-{names[-1]}.bin", content))


def meaning_texts(document: Document) -> Sequence[str]:
    """What a topic's vector is made of: its wordings, and the first with the beginning of the answer."""
    question = str(document.question)
    answered = [f"{question}\n{str(answer)[:PASSAGE]}" for answer in document.answers[:1]]
    return (question, *map(str, document.wordings), *answered)


def meaning_terms(document: Document, stemmer: str) -> Sequence[str]:
    """The terms of all that a topic's vector is made of, and the bigrams of its wordings."""
    return [term for text in meaning_texts(document) for term in said(text, stemmer)]


def said(text: str, stemmer: str) -> Sequence[str]:
    """The terms of a text, and of a wording its bigrams, too: "turn on" is not "turn" and "on"."""
    return terms(text, stemmer) if "\n" in text else [*terms(text, stemmer), *bigrams(text, stemmer)]


def common_words(fit: Fit | None, prior: Callable[[], Prior], documents: int, memory: Memory) -> Sequence[str]:
    """The words of the prior whose rows are published though no topic of the site holds them, the most common first."""
    if fit is None:
        return ()
    most = PUBLISHED if documents > SMALL else None
    made_from = (b"common", fit.prior.encode(), str(most).encode())
    lines = memory.file(
        made_from, lambda: "\n".join(found.terms[:most] if (found := _prior_of(fit, prior)) else ()).encode()
    )
    return lines.decode().split("\n") if lines else ()


def _prior_of(fit: Fit, prior: Callable[[], Prior]) -> Prior | None:
    """The prior that the fit started from, if it still is."""
    return found if (found := prior()).name == fit.prior else None


def _published(fit: Fit, prior: Prior | None, used: Collection[str], documents: int) -> bytes:
    """The terms of the fit, common words, and words that came since and that the prior knows; one a line.

    A word that no topic holds any more is published only if it is one of the prior's: it may be a name that had to go.
    """
    used = frozenset(used)
    known: Mapping[str, int] = prior.number if prior else {}
    common = PUBLISHED if documents > SMALL else len(known)
    fitted = [term for term in fit.table.terms if term in used or term in known]
    more = [term for term, at in known.items() if (at < common or term in used) and term not in fit.table.number]
    return "\n".join(in_order([*fitted, *more])).encode()


def _table(fit: Fit, prior: Prior | None, terms: Collection[str]) -> Table:
    """The rows of those of these terms that the fit or the prior knows."""
    kept = fit.table.only(terms)
    if prior is None:
        return kept
    others = [term for term in terms if term in prior.number and term not in fit.table.number]
    more = [prior.number[term] for term in others]
    # products and sums of whole numbers below 2**53: exact in floats, whatever the order
    small, units = quantised(prior.rows[more].astype(np.float64) @ fit.projection.astype(np.float64))
    scales = np.clip(np.rint(units * prior.scales[more] * fit.unseen), 1, LARGEST_SCALE).astype(np.uint8)
    return Table(
        terms=(*kept.terms, *others),
        rows=np.concatenate([kept.rows, small]),
        scales=np.concatenate([kept.scales, scales]),
    )


def _shards(fit: Fit, prior: Prior | None, lines: bytes) -> Iterator[bytes]:
    """With which terms the shards of rows begin (JSON), the shard of the common terms, and those of all others."""
    published = lines.decode().split("\n") if lines else []
    table = _table(fit, prior, dict.fromkeys(published))
    common = set(fit.common)
    rows = dict(zip(table.terms, _packed_rows(table), strict=True))
    size = ShardSize(smallest=5_000, usual=8_200, largest=12_500, entry=table.rows.shape[1] // 2 + 5)
    at_key = {key: rows[term] for term in published if term not in common and (key := placed(term, common))}
    shards = list(shards_of(((key, at_key[key]) for key in in_order(at_key)), size))
    yield json.dumps([start for start, _ in shards]).encode()
    yield pack([(term, rows[term]) for term in published if term in common])
    yield from (content for _, content in shards)


def placed(term: str, common: Container[str]) -> str:
    """Under which name the row of a term lies; a bigram of two common words nowhere."""
    word, _, after = term.partition(" ")
    if not after or word not in common:
        return term
    return "" if after in common else f"{after} <{word}"


def _said(fit: Fit) -> Iterator[bytes]:
    """All that a fit says of terms."""
    yield from (text.encode() for text in (fit.prior, repr(fit.unseen), *fit.common))
    yield from (array.tobytes() for array in (fit.projection, fit.table.rows, fit.table.scales))
    yield "\n".join(fit.table.terms).encode()


def _vectors(
    documents: Sequence[Document], marks: Sequence[bytes], fit: Fit, prior: Callable[[], Prior]
) -> tuple[Small, NDArray[np.int8]]:
    """For each document the recorded vector, or what the student makes of its texts; and how crowded its place is.

    Nobody knows yet how crowded that of a topic is which is not recorded: as much as that of others.
    """
    found = [fit.recorded.get((d.id, mark), -1) for d, mark in zip(documents, marks, strict=True)]
    vectors = fit.vectors[found] if len(fit.vectors) else np.zeros((len(found), fit.cells.shape[1]), dtype=np.int8)
    crowded = fit.crowds[found] if len(fit.crowds) else np.zeros(len(found), dtype=np.int8)
    missing = [at for at, row in enumerate(found) if row < 0]
    crowded[missing] = 0
    if missing:
        texts = [meaning_terms(documents[at], fit.stemmer) for at in missing]
        sums = _table(fit, _prior_of(fit, prior), {term for text in texts for term in text}).sums(texts)
        vectors[missing] = quantised(sums.astype(np.float64))[0]
    return vectors, crowded


def _cells(vectors: Small, crowded: NDArray[np.int8], nearest: NDArray[np.int64], count: int) -> Iterator[bytes]:
    """The topics of each cell."""
    numbers = np.argsort(nearest, kind="stable")
    ends = np.searchsorted(nearest[numbers], np.arange(count), side="right").tolist()
    for start, end in pairwise((0, *ends)):
        held = numbers[start:end]
        gaps, crowds = varints(np.diff(held, prepend=0))[0], (crowded[held].astype(np.int16) + 128).astype(np.uint8)
        yield b"".join((varint(len(held)), gaps, crowds.tobytes(), packed(vectors[held]).tobytes()))


def nearest_cells(vectors: Small, middles: Small) -> NDArray[np.int64]:
    """The cell of each vector: that with the greatest cosine; whole numbers below 2**24, so exact on any processor."""
    products = vectors.astype(np.float32) @ middles.astype(np.float32).T
    lengths = np.sqrt(np.square(middles.astype(np.float64)).sum(axis=1))
    nearest: NDArray[np.int64] = np.argmax(products / np.maximum(lengths, 1), axis=1)
    return nearest


def _packed_rows(table: Table) -> Iterator[bytes]:
    rows = np.concatenate([table.scales[:, None], packed(table.rows)], axis=1)
    content, size = rows.tobytes(), rows.shape[1]
    return (content[at : at + size] for at in range(0, len(content), size))
