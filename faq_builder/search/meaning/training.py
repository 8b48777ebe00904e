"""Documents and an encoder -> a fit. Runs in `faq lock` only; see `fit`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.documents import Document
from faq_builder.search.meaning.augmentation import practice
from faq_builder.search.meaning.clusters import nearest_cells
from faq_builder.search.meaning.distillation import RIDGE, Bags, Floats, fit_rows, unit_rows
from faq_builder.search.meaning.embeddings import SMALL
from faq_builder.search.meaning.fit import (
    LARGEST_SCALE,
    LATER,
    MISSING,
    PROJECTION_UNIT,
    Fit,
    Table,
    fitted_order,
    mark,
    table_of,
)
from faq_builder.search.meaning.hubness import crowds
from faq_builder.search.meaning.pretrained import Prior, shipped
from faq_builder.search.meaning.quantisation import MOST_OF_TOPIC, Small, quantised
from faq_builder.search.text.meaning_texts import is_wording, meaning_terms, meaning_texts, said
from faq_builder.search.text.stemmers import stemmer_of

WIDE, NARROW = 256, 128  # dimensions, powers of two; a SMALL site affords more: at most twice as many bytes
CELL = 36  # topics in a cell, on average
CELL_OF_SMALL = 72  # a SMALL site has few cells, and can load many topics
CELL_OF_MANY = 48  # of more than MANY topics the middles of the cells weigh as much as the cells that a search loads
MANY = 20_000  # topics
LARGEST = 2  # times as many or a few more; else a cell of topics that say little can hold a tenth of all
COMMON = 100  # terms whose rows are loaded with the first search: half of the words of a question
DRIFT = 0.2  # share of topics that may come, go or be reworded before `faq lock` fits again
ANSWER_SHARE = 0.5  # of the question with its answer in the vector of a topic, beside 1 for each wording
PRIOR_SPREAD = 0.1  # of the language's own directions beside the site's
BIGRAMS = 6_000  # that have a row, the most frequent: "turn on" is not "turn" and "on"
TWICE = 2  # texts that hold a bigram; of fewer nothing can be said
BIGRAM = 0.5  # how much a bigram counts beside a word as rare as it
ALONE = 0.12  # the length of the row of a word that the prior does not know, before it is fitted
_TINY = 1e-9  # where no question has a word there is no row to measure
_ROUNDS = 12  # of k-means; the middles move little after ten


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """Differs between any two models."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """One row for each text, all of one length."""


def new_fit(documents: Sequence[Document], encoder: Encoder, language: str, prior: Prior | None = None) -> Fit:
    """Fit the table, the dimensions and the cells to the documents, of which there is at least one.

    Rows are fitted to wordings only: what is asked is as short as they are. Answers in it cost the 63 topics 1.4 points
    (MRR), 449 whose bodies are their answers 5. They are in the vectors of topics, which gain by them.
    """
    stemmer, prior = stemmer_of(language), prior or shipped()
    prior = prior if (prior.encoder, prior.stemmer) == (encoder.name, stemmer) else None
    texts, owners = _texts(documents)
    asked = [text for text in texts if is_wording(text)]
    parts = practice(asked)
    full = unit_rows(encoder.encode([*texts, *parts]).astype(np.float32))
    projection = _projection(full[: len(texts)], prior, WIDE if len(documents) <= SMALL else NARROW)
    turn = projection * np.float32(PROJECTION_UNIT)
    vectors = full @ turn
    bags = [said(text, stemmer) for text in asked]
    held = Counter(term for bag in bags for term in set(bag))
    words, weights = _vocabulary(held, len(asked))
    number = {word: at for at, word in enumerate(words)}
    examples = Bags.of([*bags, *(said(part, stemmer) for part in parts)], number, weights)
    wanted = unit_rows(vectors[[at for at, text in enumerate([*texts, *parts]) if is_wording(text)]])
    ridge = RIDGE * len(wanted) / len(asked)  # parts repeat what their texts say
    rows = fit_rows(examples, wanted, _start(words, encoder, prior) @ turn, ridge) * weights[:, None]
    unit = float(quantised(rows.astype(np.float64))[1].max(initial=_TINY)) / LARGEST_SCALE
    table = table_of(words, rows.astype(np.float64), unit)
    topics = _topics(vectors[: len(texts)], texts, owners, len(documents))
    crowded = crowds(topics, _asked(documents, table, stemmer))
    cells, homes = _cells(topics)
    order = np.argsort(homes, kind="stable")
    marks = tuple(mark(meaning_texts(document)) for document in documents)
    return Fit(
        encoder=encoder.name,
        stemmer=stemmer,
        prior=prior.name if prior else "",
        unseen=prior.unit * PROJECTION_UNIT * rarity(0, len(asked)) / unit if prior else 0.0,
        projection=projection,
        table=table,
        common=tuple(sorted(sorted(words, key=lambda word: -held[word])[:COMMON])),
        cells=cells,
        fitted=marks,
        ids=tuple(documents[at].id for at in order),
        homes=homes[order],
        marks=tuple(marks[at] for at in order),
        vectors=topics[order],
        cell_numbers=homes[order],
        crowds=crowded[order],
    )


def recorded(fit: Fit, documents: Sequence[Document], encoder: Encoder) -> Fit:
    """The fit with the vectors of these documents and of no others; only new and reworded ones are encoded."""
    documents = [documents[at] for at in fitted_order(documents, fit)]
    marks = tuple(mark(meaning_texts(document)) for document in documents)
    found, unchanged = fit.numbers(documents), fit.unchanged(documents, marks)
    vectors = np.zeros((len(documents), fit.vectors.shape[1]), dtype=np.int8)
    cell_numbers = np.zeros(len(documents), dtype=np.int32)
    crowded = np.zeros(len(documents), dtype=np.int8)
    held, missing = np.flatnonzero(unchanged != MISSING), np.flatnonzero(unchanged == MISSING).tolist()
    there = unchanged[held]
    vectors[held], cell_numbers[held], crowded[held] = fit.vectors[there], fit.cell_numbers[there], fit.crowds[there]
    if missing:
        texts, owners = _texts([documents[at] for at in missing])
        full = unit_rows(encoder.encode(texts).astype(np.float32))
        vectors[missing] = _topics(full @ fit.projection.astype(np.float32), texts, owners, len(missing))
        cell_numbers[missing] = nearest_cells(vectors[missing], fit.cells)
        crowded[missing] = crowds(vectors, _asked(documents, fit.table, fit.stemmer))[missing]
    used = {term for document in documents for term in meaning_terms(document, fit.stemmer)}
    table = fit.table.only(used | shipped().number.keys())  # a name that had to go is not kept here either
    homes = np.full(len(documents), LATER, dtype=np.int32)
    homes[found != MISSING] = fit.homes[found[found != MISSING]]
    common = tuple(term for term in fit.common if term in table.number)
    return replace(
        fit,
        table=table,
        common=common,
        ids=tuple(document.id for document in documents),
        homes=homes,
        marks=marks,
        vectors=vectors,
        cell_numbers=cell_numbers,
        crowds=crowded,
    )


def has_drifted(fit: Fit, documents: Sequence[Document]) -> bool:
    """Whether so many topics came, went or were reworded since the fit that it should be made anew."""
    now, then = Counter(mark(meaning_texts(document)) for document in documents), Counter(fit.fitted)
    return (now - then).total() + (then - now).total() > DRIFT * len(fit.fitted)


def _vocabulary(held: Mapping[str, int], texts: int) -> tuple[Sequence[str], Floats]:
    """The terms that have a row, in order, and how much each counts, given how many of the texts hold each."""
    twice = sorted(term for term, count in held.items() if " " in term and count >= TWICE)
    kept = frozenset(sorted(twice, key=lambda bigram: -held[bigram])[:BIGRAMS])
    words = sorted(term for term in held if " " not in term or term in kept)
    weights = [rarity(held[word], texts) * (BIGRAM if word in kept else 1) for word in words]
    return words, np.array(weights, dtype=np.float32)


def _texts(documents: Sequence[Document]) -> tuple[list[str], list[int]]:
    """All texts of all documents, and which document each is of."""
    pairs = [(text, at) for at, document in enumerate(documents) for text in meaning_texts(document)]
    return [text for text, _ in pairs], [at for _, at in pairs]


def _asked(documents: Sequence[Document], table: Table, stemmer: str) -> NDArray[np.int64]:
    """What the student makes of the question of each document."""
    return table.sums([said(str(document.question), stemmer) for document in documents])


def _projection(vectors: Floats, prior: Prior | None, dimensions: int) -> NDArray[np.int16]:
    """The directions in which the site's texts differ most, beside those of the language, in PROJECTION_UNIT."""
    spread = vectors.T @ vectors / len(vectors)
    if prior is not None:
        rows = unit_rows(prior.rows().astype(np.float32))
        spread = spread + PRIOR_SPREAD * (rows.T @ rows / len(rows))
    _, directions = np.linalg.eigh(spread)
    mixed = directions[:, ::-1][:, :dimensions] @ _mixing(dimensions)
    projection: NDArray[np.int16] = np.rint(mixed / PROJECTION_UNIT).astype(np.int16)
    return projection


def _mixing(dimensions: int) -> Floats:
    """A Hadamard matrix: all dimensions become about as large, so that four bits suffice for each."""
    matrix: Floats = np.ones((1, 1), dtype=np.float32)
    while len(matrix) < dimensions:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    matrix /= np.sqrt(np.float32(dimensions))
    return matrix


def _start(words: Sequence[str], encoder: Encoder, prior: Prior | None) -> Floats:
    """Where the row of each word starts: at the prior's, else where the encoder puts the word alone."""
    known = prior.number if prior else {}
    unknown = [at for at, word in enumerate(words) if word not in known and " " not in word]  # bigrams start at nothing
    start = np.zeros((len(words), encoder.encode([""]).shape[1]), dtype=np.float32)
    if unknown:
        start[unknown] = ALONE * unit_rows(encoder.encode([words[at] for at in unknown]).astype(np.float32))
    if prior is not None:
        held = [at for at, word in enumerate(words) if word in known]
        start[held] = prior.vectors([words[at] for at in held])
    return start


def _topics(vectors: Floats, texts: Sequence[str], owners: Sequence[int], count: int) -> Small:
    """One vector for each document: the mean of its wordings, the question with its answer counting less."""
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    shares = np.array([ANSWER_SHARE if "\n" in text else 1.0 for text in texts], dtype=np.float32)
    np.add.at(sums, owners, unit_rows(vectors) * shares[:, None])
    return quantised(sums.astype(np.float64), MOST_OF_TOPIC)[0]


def _cells(topics: Small) -> tuple[Small, NDArray[np.int32]]:
    """The middles of cells by spherical k-means, those of too many topics halved, and the nearest of each topic."""
    vectors = unit_rows(topics.astype(np.float32))
    cell = CELL_OF_SMALL if len(topics) <= SMALL else CELL if len(topics) <= MANY else CELL_OF_MANY
    count = max(1, round(len(topics) / cell))
    middles = vectors[np.linspace(0, len(vectors) - 1, count).astype(np.int64)]
    for _ in range(_ROUNDS if count > 1 else 1):
        middles = _moved(middles, vectors, np.argmax(vectors @ middles.T, axis=1))
    halved = _halved(vectors, np.argmax(vectors @ middles.T, axis=1), LARGEST * cell)
    held, halved = np.unique(halved, return_inverse=True)
    means = _moved(np.zeros((len(held), vectors.shape[1]), dtype=np.float32), vectors, halved)
    small = quantised(means.astype(np.float64))[0]
    nearest = nearest_cells(topics, small)
    is_full = np.bincount(nearest, minlength=len(small)) > LARGEST * cell
    # halves of topics that are all alike have one middle: such topics stay in the half that they were put into
    return small, np.where(is_full[nearest], halved, nearest).astype(np.int32)


def _moved(middles: Floats, vectors: Floats, cells: NDArray[np.int64]) -> Floats:
    """The mean of the vectors of each cell; a middle of none stays."""
    sums = np.zeros_like(middles)
    np.add.at(sums, cells, vectors)
    moved: Floats = np.where(np.any(sums, axis=1, keepdims=True), unit_rows(sums), middles)
    return moved


def _halved(vectors: Floats, cells: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The cells of vectors, those of more than `most` halved across the direction in which they differ most."""
    cells, at = cells.copy(), 0
    while at <= cells.max():
        held = np.flatnonzero(cells == at)
        if len(held) <= most:
            at += 1
            continue
        rest = vectors[held] - vectors[held].mean(axis=0)
        direction = np.linalg.svd(rest, full_matrices=False)[2][0]
        cells[held[np.argsort(rest @ direction, kind="stable")[len(held) // 2 :]]] = cells.max() + 1
    return cells


def rarity(count: int, texts: int) -> float:
    """BM25's weight of a term that so many texts hold."""
    return log(1 + (texts - count + 0.5) / (count + 0.5))
