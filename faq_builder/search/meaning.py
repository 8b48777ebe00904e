"""Documents and a fit -> the files of the meaning index, which the browser reads beside those of the word index.

    rows-<n>-<hash>.bin    shards of terms (`shards`), for each its scale (a byte) and its row
    cells-<n>-<hash>.bin   the topics of one cell: how many (varint), the distance of each number from the one before
                           (varints), then their vectors
    meaning-<hash>.bin     the middles of all cells, then a shard with the rows of the most common terms

A row or vector has four bits for each dimension (`quantised`). The vector of a query is the sum of its terms' rows times
their scales; a topic is the nearer the greater the cosine of its vector to it.

A changed topic changes its cell, the cell it was in before, and the shards of words that nobody used before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.document import FOLDER, Document
from faq_builder.search.fit import LARGEST_SCALE, Fit, Table, mark
from faq_builder.search.prior import Prior
from faq_builder.search.quantised import Small, packed, quantised
from faq_builder.search.shards import ShardSize, content_hash, pack, shards_of, utf16, varint
from faq_builder.search.words import terms

PUBLISHED = 8_000  # common words of the prior whose rows are published though no topic of the site holds them
PASSAGE = 300  # characters of an answer that count for the meaning of a topic
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
    files: list[tuple[str, bytes]] = []
    first, rows = list[str](), list[str]()
    common = set(fit.common)
    packed_rows = dict(zip(table.terms, _packed_rows(table), strict=True))
    ordered = sorted(table.terms, key=utf16)
    size = ShardSize(smallest=3_000, usual=5_000, largest=10_000, entry=table.rows.shape[1] // 2 + 5)
    for start, content in shards_of(((term, packed_rows[term]) for term in ordered if term not in common), size):
        first.append(start)
        rows.append(content_hash(content)[:_NAME])
        files.append((f"{FOLDER}rows-{len(rows) - 1}-{rows[-1]}.bin", content))
    cells: list[str] = []
    for content in _cells(vectors, fit.cells):
        cells.append(content_hash(content)[:_NAME])
        files.append((f"{FOLDER}cells-{len(cells) - 1}-{cells[-1]}.bin", content))
    head = packed(fit.cells).tobytes() + pack([(term, packed_rows[term]) for term in ordered if term in common])
    name = content_hash(head)
    files.append((f"{FOLDER}meaning-{name}.bin", head))
    meta = {"dimensions": int(fit.cells.shape[1]), "head": name, "first": first, "rows": rows, "cells": cells}
    return Meaning(files=tuple(files), meta=meta)


def meaning_texts(document: Document) -> Sequence[str]:
    """What a topic's vector is made of: its wordings, and the first with the beginning of the answer."""
    question = str(document.question)
    answered = [f"{question}\n{str(answer)[:PASSAGE]}" for answer in document.answers[:1]]
    return (question, *map(str, document.wordings), *answered)


def meaning_terms(document: Document, stemmer: str) -> Sequence[str]:
    """The terms of all that a topic's vector is made of."""
    return [term for text in meaning_texts(document) for term in terms(text, stemmer)]


def _published(fit: Fit, prior: Prior | None, texts: Sequence[Sequence[str]]) -> Table:
    """The rows of the fit, of common words, and of words that came since and that the prior knows."""
    if prior is None or prior.name != fit.prior:
        return fit.table
    used = {term for text in texts for term in text}
    more = [
        at for at, term in enumerate(prior.terms) if term not in fit.table.number and (at < PUBLISHED or term in used)
    ]
    # products and sums of whole numbers below 2**53: exact in floats, whatever the order
    small, units = quantised(prior.rows[more].astype(np.float64) @ fit.projection.astype(np.float64))
    scales = np.clip(np.rint(units * prior.scales[more] * fit.unseen), 1, LARGEST_SCALE).astype(np.uint8)
    return Table(
        terms=(*fit.table.terms, *(prior.terms[at] for at in more)),
        rows=np.concatenate([fit.table.rows, small]),
        scales=np.concatenate([fit.table.scales, scales]),
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


def _cells(vectors: Small, middles: Small) -> Iterator[bytes]:
    """The topics of each cell; one that no word is known of is in none."""
    nearest = nearest_cells(vectors, middles)
    known = np.any(vectors, axis=1)
    for cell in range(len(middles)):
        numbers = np.flatnonzero((nearest == cell) & known)
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
