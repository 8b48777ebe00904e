"""The fit: what the meaning index was fitted to, as a file that is committed: an input of every build, like the ledger.

Only `faq lock` writes it, because only there the encoder runs: vectors differ in their last bits from one processor to
another, so what they decide is recorded as small whole numbers and never computed again. A build adds up whole numbers,
which is exact everywhere, and needs no encoder. So cold and incremental builds of any machine give the same bytes, with
or without the model; without a fit the word index works alone. A topic that is not recorded, or was reworded since, has
the vector that the student gives its texts until the next lock.

    rows       one for each term of a wording, times how much the term counts; of other words from the prior
    cells      the middles of neighbouring topics; a search loads the nearest only
    topics     for each topic the hash of its texts, its vector, its cell, how crowded its place is, and its home
               (`blocks`)

When all is fitted the topics of one cell come together, and later ones follow: the index numbers documents in this
order, so that what a search finds lies in few files.
"""

import hashlib
import io
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.documents import Document
from faq_builder.search.meaning.pretrained import shipped
from faq_builder.search.meaning.quantisation import MOST_OF_TOPIC, Small, packed, quantised, unpacked
from faq_builder.search.text.stemmers import stemmer_of

VERSION = 4
LATER = -1  # the home of a topic that came since
MISSING = -1  # the number of what is not recorded
MARK = 8  # bytes of the hash of a topic's texts
NO_MARK = bytes(MARK)
LARGEST_SCALE = 255  # a scale is a byte
PROJECTION_UNIT = 2.0**-14
SEAL = 32  # bytes of the hash that a file begins with
_UNSEALED = b"PK\x03\x04"  # what it began with up to version 3: a zip, as numpy writes it


class FitError(Exception):
    """What is no fit: a file that is damaged or something else, or parts that do not agree."""


class OtherVersionError(FitError):
    """A fit that an earlier or later version of faq_builder wrote, which `faq lock` makes anew."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of terms: row i stands for `scales[i] * rows[i]`, whole numbers."""

    terms: tuple[str, ...]
    rows: Small
    scales: NDArray[np.uint8]

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Where the row of each term is."""
        return {term: at for at, term in enumerate(self.terms)}

    def only(self, kept: Container[str]) -> "Table":
        """The rows of these terms."""
        held = [at for at, term in enumerate(self.terms) if term in kept]
        return Table(terms=tuple(self.terms[at] for at in held), rows=self.rows[held], scales=self.scales[held])

    def sums(self, texts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """For each text the sum of the rows of its terms."""
        sums = np.zeros((len(texts), self.rows.shape[1]), dtype=np.int64)
        for at, text in enumerate(texts):
            known = [self.number[term] for term in text if term in self.number]
            sums[at] = (self.rows[known].astype(np.int64) * self.scales[known, None]).sum(axis=0)
        return sums


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What `faq lock` recorded; arrays are never changed."""

    encoder: str  # the name of the model
    stemmer: str
    prior: str  # the name of the prior it started from, "" for none
    unseen: float  # steps of a scale for one of the prior's, in a word that the site did not use when it was fitted
    projection: NDArray[np.int16]  # the encoder's dimensions x ours, in PROJECTION_UNIT
    table: Table
    common: tuple[str, ...]  # terms that most questions hold; their rows lie beside the cells' middles
    cells: Small  # cells x dimensions
    fitted: tuple[bytes, ...]  # the marks of the topics that the table was fitted to
    ids: tuple[str, ...]
    homes: NDArray[np.int32]  # the cell of each topic when all was fitted, ascending; then LATER, of those since
    marks: tuple[bytes, ...]
    vectors: Small  # topics x dimensions
    cell_numbers: NDArray[np.int32]  # of the cell in which each vector lies
    crowds: NDArray[np.int8]  # of each topic, see `crowding`

    def __post_init__(self) -> None:
        wrong = [claim for claim, holds in _claims(self).items() if not holds]
        if wrong:
            raise FitError(f"of a fit this must be true: {'; '.join(wrong)}")

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Where each topic is, by its id."""
        return {id_: at for at, id_ in enumerate(self.ids)}

    def numbers(self, documents: Iterable[Document]) -> NDArray[np.int64]:
        """Where each document is recorded, though it may have been reworded since; MISSING where it is not."""
        number = self.number
        return np.array([number.get(document.id, MISSING) for document in documents], dtype=np.int64)

    def unchanged(self, documents: Sequence[Document], marks: Sequence[bytes]) -> NDArray[np.int64]:
        """Where each document is recorded as it is, given their marks; MISSING where it is not."""
        numbers = self.numbers(documents)
        same = [at != MISSING and self.marks[at] == mark for at, mark in zip(numbers.tolist(), marks, strict=True)]
        return np.where(same, numbers, MISSING)


def is_made_with(fit: Fit, encoder: str, language: str) -> bool:
    """Whether a new fit would start from the same: this encoder, the stemmer of the language, the prior for both."""
    stemmer, prior = stemmer_of(language), shipped()
    name = prior.name if (prior.encoder, prior.stemmer) == (encoder, stemmer) else ""
    return (fit.encoder, fit.stemmer, fit.prior) == (encoder, stemmer, name)


def fitted_order(documents: Sequence[Document], fit: Fit) -> Sequence[int]:
    """The numbers of the documents that are recorded, in that order, then of the others as they come."""
    numbers = fit.numbers(documents)
    order: list[int] = np.argsort(np.where(numbers == MISSING, len(fit.ids), numbers), kind="stable").tolist()
    return order


def mark(texts: Iterable[str]) -> bytes:
    """What tells whether a topic's texts are those whose vector is recorded."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).digest()[:MARK]


def table_of(terms: Sequence[str], rows: NDArray[np.float64], unit: float) -> Table:
    """Rows as whole numbers, in the order of their terms; `unit` is what one of a scale stands for."""
    small, units = quantised(rows)
    scales = np.clip(np.rint(units / unit), 1, LARGEST_SCALE).astype(np.uint8)
    return Table(terms=tuple(terms), rows=small, scales=scales)


def write_fit(fit: Fit) -> bytes:
    """The file, the hash of its content first; the same fit gives the same bytes."""
    head = {"version": VERSION, "encoder": fit.encoder, "stemmer": fit.stemmer, "prior": fit.prior}
    head |= {"dimensions": int(fit.table.rows.shape[1]), "unseen": fit.unseen}
    head |= {"common": list(fit.common), "terms": list(fit.table.terms), "ids": list(fit.ids)}
    file = io.BytesIO()
    np.savez_compressed(
        file,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        projection=fit.projection,
        fitted=np.frombuffer(b"".join(fit.fitted), dtype=np.uint8),
        rows=packed(fit.table.rows),
        scales=fit.table.scales,
        cells=packed(fit.cells),
        marks=np.frombuffer(b"".join(fit.marks), dtype=np.uint8),
        vectors=packed(fit.vectors),
        crowds=fit.crowds,
        homes=fit.homes,
        cell_numbers=fit.cell_numbers,
    )
    content = file.getvalue()
    return _seal(content) + content


def read_fit(content: bytes) -> Fit:
    """The fit of a file. Raises FitError where it is none, OtherVersionError where another version wrote it.

    Of damaged bytes numpy and what it unpacks with raise whatever they happen upon, so they never see any.
    """
    if content.startswith(_UNSEALED):
        raise OtherVersionError(f"the fit is of an earlier version, and this faq_builder reads version {VERSION}")
    if content[:SEAL] != _seal(content[SEAL:]):
        raise FitError("the fit is damaged, or something else")
    with np.load(io.BytesIO(content[SEAL:]), allow_pickle=False) as file:
        head = json.loads(file["head"].tobytes())
        if head["version"] != VERSION:
            raise OtherVersionError(f"the fit has version {head['version']}, and this faq_builder reads {VERSION}")
        return Fit(
            encoder=head["encoder"],
            stemmer=head["stemmer"],
            prior=head["prior"],
            unseen=head["unseen"],
            projection=file["projection"],
            table=Table(terms=tuple(head["terms"]), rows=unpacked(file["rows"]), scales=file["scales"]),
            common=tuple(head["common"]),
            cells=unpacked(file["cells"]),
            fitted=_marks(file["fitted"]),
            ids=tuple(head["ids"]),
            marks=_marks(file["marks"]),
            vectors=unpacked(file["vectors"]),
            crowds=file["crowds"],
            homes=file["homes"],
            cell_numbers=file["cell_numbers"],
        )


def _claims(fit: Fit) -> Mapping[str, bool]:
    """What must be true of every fit, and whether it is of this one."""
    topics, cells, table, vectors = len(fit.ids), len(fit.cells), fit.table, fit.vectors
    of_topics = (fit.homes, fit.marks, vectors, fit.cell_numbers, fit.crowds)
    wide = (fit.cells, table.rows, fit.projection)
    places = np.where(fit.homes == LATER, cells, fit.homes)
    return {
        "each topic has one of each": all(len(held) == topics for held in of_topics),
        "each topic is there once": len(fit.number) == topics,
        "there is a cell": cells > 0,
        "homes are cells": bool(np.all((fit.homes >= LATER) & (fit.homes < cells))),
        "topics come by their homes, later ones last": bool(np.all(places[:-1] <= places[1:])),
        "vectors lie in cells": bool(np.all((fit.cell_numbers >= 0) & (fit.cell_numbers < cells))),
        "vectors are small": vectors.min(initial=0) >= -MOST_OF_TOPIC and vectors.max(initial=0) <= MOST_OF_TOPIC,
        "all have as many dimensions": all(array.shape[1] == vectors.shape[1] for array in wide),
        "each term has a row and a scale": len(table.terms) == len(table.rows) == len(table.scales),
    }


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _marks(content: NDArray[np.uint8]) -> tuple[bytes, ...]:
    joined = content.tobytes()
    return tuple(joined[at : at + MARK] for at in range(0, len(joined), MARK))
