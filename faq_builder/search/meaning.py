"""Documents and a fit -> the files of the meaning index, which the browser reads beside those of the word index.

    rows-<n>-<hash>.bin    shards of terms (`shards`), for each its scale (a byte) and its row
    cells-<n>-<hash>.bin   the topics of one cell: how many (varint), the distance of each number from the one before
                           (varints), then their vectors
    where-<n>-<hash>.bin   for each of WHERE topics the number of its cell, two bytes, the lower first
    meaning-0-<hash>.bin   the middles of all cells, then a shard with the rows of the most common terms

A row or vector has four bits for each dimension (`quantised`). The vector of a query is the sum of its terms' rows,
each times its scale; a topic is the nearer the greater the cosine of its vector to it.

A search loads the cells that are nearest to it, and those in which the topics lie that its words find: on 7,449 titles
the 6 nearest of 78 hold the wanted topic for 87 % of the queries, with those of the best 3 by words for 96 %.

A changed topic changes its cell, the cell it was in before, and the shards of words that nobody used before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.document import FOLDER, Document
from faq_builder.search.fit import LARGEST_SCALE, Fit, Table, mark
from faq_builder.search.prior import Prior
from faq_builder.search.quantised import Small, packed, quantised
from faq_builder.search.shards import ShardSize, content_hash, pack, shards_of, utf16, varint
from faq_builder.search.words import terms

PUBLISHED = 6_000  # common words of the prior whose rows are published though no topic of the site holds them
SMALL = 1_000  # topics up to which all are, as a site that has few files affords: some 170 more
PASSAGE = 300  # characters of an answer that count for the meaning of a topic
WHERE = 2_048  # topics in a file that tells their cells
KINDS = ("meaning", "rows", "cells", "where")
NOWHERE = 0xFFFF  # the cell of a topic of which no word is known
_NAME = 6  # characters of a hash: the number makes a name unique, the hash only has to change with the content


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Files, and what meta.json says of them."""

    files: tuple[tuple[str, bytes], ...]
    meta: Mapping[str, object]


def meaning_index(documents: Sequence[Document], fit: Fit, prior: Prior | None) -> Meaning:
    """The files of the meaning index."""
    texts = [meaning_terms(document, fit.stemmer) for document in documents]
    table = _published(fit, prior, texts)
    vectors = _vectors(documents, texts, fit, table)
    files = _Files()
    first: list[str] = []
    common = set(fit.common)
    packed_rows = dict(zip(table.terms, _packed_rows(table), strict=True))
    ordered = sorted(table.terms, key=utf16)
    size = ShardSize(smallest=5_000, usual=8_200, largest=12_500, entry=table.rows.shape[1] // 2 + 5)
    for start, content in shards_of(((term, packed_rows[term]) for term in ordered if term not in common), size):
        first.append(start)
        files.add("rows", content)
    nearest = np.where(np.any(vectors, axis=1), nearest_cells(vectors, fit.cells), NOWHERE)
    for content in _cells(vectors, nearest, len(fit.cells)):
        files.add("cells", content)
    for at in range(0, len(documents), WHERE):
        files.add("where", nearest[at : at + WHERE].astype("<u2").tobytes())
    head = packed(fit.cells).tobytes() + pack([(term, packed_rows[term]) for term in ordered if term in common])
    files.add("meaning", head)
    return Meaning(
        files=tuple(files.made),
        meta={"dimensions": int(fit.cells.shape[1]), "at": WHERE, "first": first, **files.names},
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
    """The terms of all that a topic's vector is made of."""
    return [term for text in meaning_texts(document) for term in terms(text, stemmer)]


def _published(fit: Fit, prior: Prior | None, texts: Sequence[Sequence[str]]) -> Table:
    """The rows of the fit, of common words, and of words that came since and that the prior knows.

    A word that no topic holds any more is published only if it is one of the prior's: it may be a name that had to go.
    """
    used = {term for text in texts for term in text}
    if prior is None or prior.name != fit.prior:
        return fit.table.only(used)
    common = PUBLISHED if len(texts) > SMALL else len(prior.terms)
    more = [at for at, term in enumerate(prior.terms) if term not in fit.table.number and (at < common or term in used)]
    # products and sums of whole numbers below 2**53: exact in floats, whatever the order
    small, units = quantised(prior.rows[more].astype(np.float64) @ fit.projection.astype(np.float64))
    scales = np.clip(np.rint(units * prior.scales[more] * fit.unseen), 1, LARGEST_SCALE).astype(np.uint8)
    kept = fit.table.only(used | prior.number.keys())
    return Table(
        terms=(*kept.terms, *(prior.terms[at] for at in more)),
        rows=np.concatenate([kept.rows, small]),
        scales=np.concatenate([kept.scales, scales]),
    )


def _vectors(documents: Sequence[Document], texts: Sequence[Sequence[str]], fit: Fit, table: Table) -> Small:
    """For each document the recorded vector, or what the student makes of its texts."""
    vectors = np.zeros((len(documents), fit.cells.shape[1]), dtype=np.int8)
    missing = []
    for at, document in enumerate(documents):
        found = fit.recorded.get((document.id, mark(meaning_texts(document))))
        if found is None:
            missing.append(at)
        else:
            vectors[at] = fit.vectors[found]
    if missing:
        sums = table.sums([texts[at] for at in missing])
        vectors[missing] = quantised(sums.astype(np.float64))[0]
    return vectors


def _cells(vectors: Small, nearest: NDArray[np.int64], count: int) -> Iterator[bytes]:
    """The topics of each cell."""
    for cell in range(count):
        numbers = np.flatnonzero(nearest == cell)
        gaps = np.diff(numbers, prepend=0)
        yield b"".join((varint(len(numbers)), *(varint(int(gap)) for gap in gaps), packed(vectors[numbers]).tobytes()))


def nearest_cells(vectors: Small, middles: Small) -> NDArray[np.int64]:
    """The cell of each vector: that with the greatest cosine; whole numbers below 2**24, so exact on any processor."""
    products = vectors.astype(np.float32) @ middles.astype(np.float32).T
    lengths = np.sqrt(np.square(middles.astype(np.float64)).sum(axis=1))
    nearest: NDArray[np.int64] = np.argmax(products / np.maximum(lengths, 1), axis=1)
    return nearest


def _packed_rows(table: Table) -> Iterator[bytes]:
    for scale, row in zip(table.scales, packed(table.rows), strict=True):
        yield bytes((int(scale),)) + row.tobytes()
