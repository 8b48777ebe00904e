"""The fit: what `faq lock` trains for the search, as a committed file that every build reads, like the ledger.

Only `faq lock` runs the encoder and writes the fit. An encoder's vectors differ in their last bits from one processor
to another, so the fit records what follows from them as small whole numbers, and a build only adds these up: exact on
every machine, with or without the model, from scratch or incrementally. Without a fit the word index works alone. A
topic that the fit does not record, or that was reworded since, gets the sum of its terms' embeddings as its vector
until the next lock.

- Embeddings: one for each term of a wording, weighted by the rarity of the term. Other words have pretrained ones.
- Centroids of clusters of topics: a search loads the nearest clusters only.
- For each topic the fingerprint of its texts, its vector, its cluster now and at the last full fit, and its hubness.

A full fit puts the topics of one cluster next to each other; topics that are added later follow. The index numbers
documents in this order, so that the results of a search lie in few files.

The file is a SHA-256 checksum followed by an .npz archive. Its names are older than those of this module:

| in the file      | here                           | in the file    | here                  |
|------------------|--------------------------------|----------------|-----------------------|
| `head.prior`     | `pretrained`                   | `cells`        | `centroids`           |
| `head.unseen`    | `pretrained_scale`             | `homes`        | `fitted_clusters`     |
| `head.common`    | `common_terms`                 | `cell_numbers` | `clusters`            |
| `head.terms`     | `embeddings.terms`             | `crowds`       | `hubness`             |
| `rows`, `scales` | `embeddings.values`, `.scales` | `marks`        | `fingerprints`        |
| `projection`     | `projection`                   | `fitted`       | `fitted_fingerprints` |
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
from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.meaning.quantisation import (
    MAX_TOPIC_VALUE,
    Quantised,
    pack_four_bits,
    quantise,
    unpack_four_bits,
)
from faq_builder.search.text.stemmers import stemmer_of

VERSION = 4  # version of the file format; `faq lock` trains a new fit in place of an older one
ADDED_LATER = -1  # fitted cluster of a topic that was added after the last full fit
NOT_RECORDED = -1  # position of a topic that the fit does not record
TEXTS_FINGERPRINT_SIZE = 8  # bytes of a `texts_fingerprint`
NO_TEXTS_FINGERPRINT = bytes(TEXTS_FINGERPRINT_SIZE)  # of each document in a build without a fit
MAX_SCALE = 255  # a scale is a byte
PROJECTION_UNIT = 2.0**-14  # the number that 1 in the projection means
CHECKSUM_SIZE = 32  # bytes of the checksum, with which the file begins
_ZIP_MAGIC = b"PK\x03\x04"  # beginning of the file up to version 3: an .npz archive without a checksum


class FitError(Exception):
    """A file that is damaged or not a fit, or a fit whose parts contradict each other."""


class OtherVersionError(FitError):
    """A fit that an earlier or later version of faq_builder wrote; `faq lock` trains a new one."""


@dataclass(frozen=True, kw_only=True)
class TokenEmbeddings:
    """Quantised embeddings of terms; embedding i is `scales[i] * values[i]`, whole numbers."""

    terms: tuple[str, ...]
    values: Quantised  # shape (terms, dimensions), -MAX_EMBEDDING_VALUE to MAX_EMBEDDING_VALUE
    scales: NDArray[np.uint8]  # shape (terms,)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each term."""
        return {term: at for at, term in enumerate(self.terms)}

    def only(self, kept: Container[str]) -> "TokenEmbeddings":
        """Return the embeddings of the terms that are in `kept`."""
        at = [at for at, term in enumerate(self.terms) if term in kept]
        return TokenEmbeddings(terms=tuple(self.terms[i] for i in at), values=self.values[at], scales=self.scales[at])

    def text_sums(self, texts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """Return the sum of the embeddings of each text's terms, shape (texts, dimensions); unknown terms count 0."""
        sums = np.zeros((len(texts), self.values.shape[1]), dtype=np.int64)
        for at, text in enumerate(texts):
            known = [self.positions[term] for term in text if term in self.positions]
            sums[at] = (self.values[known].astype(np.int64) * self.scales[known, None]).sum(axis=0)
        return sums


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What `faq lock` recorded. Arrays are never changed in place."""

    encoder: str  # name of the model
    stemmer: str
    pretrained: str  # name of the pretrained embeddings that the fit started from; "" for none
    pretrained_scale: float  # a scale of pretrained embeddings x this = the scale of an embedding of this fit
    projection: NDArray[np.int16]  # shape (dimensions of the encoder, dimensions), in PROJECTION_UNIT
    embeddings: TokenEmbeddings
    common_terms: tuple[str, ...]  # terms of most questions; every search loads their embeddings, with the centroids
    centroids: Quantised  # shape (clusters, dimensions)
    fitted_fingerprints: tuple[bytes, ...]  # `texts_fingerprint` of each topic of the last full fit
    ids: tuple[str, ...]  # of topics; all below have this order
    fitted_clusters: NDArray[np.int32]  # shape (topics,): cluster at the last full fit, ascending, then ADDED_LATER
    fingerprints: tuple[bytes, ...]  # `texts_fingerprint` of each topic
    vectors: Quantised  # shape (topics, dimensions), -MAX_TOPIC_VALUE to MAX_TOPIC_VALUE
    clusters: NDArray[np.int32]  # shape (topics,): cluster whose centroid is nearest to the vector
    hubness: NDArray[np.int8]  # shape (topics,), in HUBNESS_UNIT

    def __post_init__(self) -> None:
        broken = [rule for rule, is_kept in _rules(self).items() if not is_kept]
        if broken:
            raise FitError(f"the fit breaks these rules: {'; '.join(broken)}")

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each topic, by its id."""
        return {id_: at for at, id_ in enumerate(self.ids)}

    def recorded_positions(self, documents: Iterable[Document]) -> NDArray[np.int64]:
        """Return the position of each document, shape (documents,); NOT_RECORDED if it has none.

        The document may have been reworded since it was recorded.
        """
        positions = self.positions
        return np.array([positions.get(document.id, NOT_RECORDED) for document in documents], dtype=np.int64)

    def unchanged_positions(self, documents: Sequence[Document], fingerprints: Sequence[bytes]) -> NDArray[np.int64]:
        """Return the position of each document, shape (documents,); NOT_RECORDED also if its texts have changed.

        `fingerprints` has the `texts_fingerprint` of each document.
        """
        positions = self.recorded_positions(documents)
        is_unchanged = [
            at != NOT_RECORDED and self.fingerprints[at] == fingerprint
            for at, fingerprint in zip(positions.tolist(), fingerprints, strict=True)
        ]
        return np.where(is_unchanged, positions, NOT_RECORDED)


def is_made_with(fit: Fit, encoder: str, language: str) -> bool:
    """Whether a new fit would start as this one did: same encoder, stemmer of the language, pretrained embeddings."""
    stemmer, pretrained = stemmer_of(language), shipped_embeddings()
    name = pretrained.name if (pretrained.encoder, pretrained.stemmer) == (encoder, stemmer) else ""
    return (fit.encoder, fit.stemmer, fit.pretrained) == (encoder, stemmer, name)


def fitted_order(documents: Sequence[Document], fit: Fit) -> Sequence[int]:
    """Return the positions of documents in the order of the index: recorded ones as in the fit, then the others."""
    positions = fit.recorded_positions(documents)
    keys = np.where(positions == NOT_RECORDED, len(fit.ids), positions)
    order: list[int] = np.argsort(keys, kind="stable").tolist()
    return order


def texts_fingerprint(texts: Iterable[str]) -> bytes:
    """Return a fingerprint of the texts that a topic's vector is made of: another one means that the vector is old."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).digest()[:TEXTS_FINGERPRINT_SIZE]


def quantise_embeddings(terms: Sequence[str], embeddings: NDArray[np.float64], unit: float) -> TokenEmbeddings:
    """Return embeddings, shape (terms, dimensions), as whole numbers; a scale of 1 means `unit`."""
    values, units = quantise(embeddings)
    scales = np.clip(np.rint(units / unit), 1, MAX_SCALE).astype(np.uint8)
    return TokenEmbeddings(terms=tuple(terms), values=values, scales=scales)


def write_fit(fit: Fit) -> bytes:
    """Return the file of a fit, which begins with its checksum; the same fit gives the same bytes."""
    head = {"version": VERSION, "encoder": fit.encoder, "stemmer": fit.stemmer, "prior": fit.pretrained}
    head |= {"dimensions": int(fit.embeddings.values.shape[1]), "unseen": fit.pretrained_scale}
    head |= {"common": list(fit.common_terms), "terms": list(fit.embeddings.terms), "ids": list(fit.ids)}
    file = io.BytesIO()
    np.savez_compressed(
        file,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        projection=fit.projection,
        fitted=np.frombuffer(b"".join(fit.fitted_fingerprints), dtype=np.uint8),
        rows=pack_four_bits(fit.embeddings.values),
        scales=fit.embeddings.scales,
        cells=pack_four_bits(fit.centroids),
        marks=np.frombuffer(b"".join(fit.fingerprints), dtype=np.uint8),
        vectors=pack_four_bits(fit.vectors),
        crowds=fit.hubness,
        homes=fit.fitted_clusters,
        cell_numbers=fit.clusters,
    )
    content = file.getvalue()
    return _checksum(content) + content


def read_fit(content: bytes) -> Fit:
    """Return the fit in a file. Raises OtherVersionError for another version, FitError for any other content.

    The checksum is compared first: numpy and the libraries that it unpacks with raise unpredictable exceptions for
    damaged bytes.
    """
    if content.startswith(_ZIP_MAGIC):
        raise OtherVersionError(f"the fit has an earlier version, and this faq_builder reads version {VERSION}")
    if content[:CHECKSUM_SIZE] != _checksum(content[CHECKSUM_SIZE:]):
        raise FitError("the file is damaged or not a fit")
    with np.load(io.BytesIO(content[CHECKSUM_SIZE:]), allow_pickle=False) as file:
        head = json.loads(file["head"].tobytes())
        if head["version"] != VERSION:
            raise OtherVersionError(f"the fit has version {head['version']}, and this faq_builder reads {VERSION}")
        return Fit(
            encoder=head["encoder"],
            stemmer=head["stemmer"],
            pretrained=head["prior"],
            pretrained_scale=head["unseen"],
            projection=file["projection"],
            embeddings=TokenEmbeddings(
                terms=tuple(head["terms"]), values=unpack_four_bits(file["rows"]), scales=file["scales"]
            ),
            common_terms=tuple(head["common"]),
            centroids=unpack_four_bits(file["cells"]),
            fitted_fingerprints=_split_fingerprints(file["fitted"]),
            ids=tuple(head["ids"]),
            fingerprints=_split_fingerprints(file["marks"]),
            vectors=unpack_four_bits(file["vectors"]),
            hubness=file["crowds"],
            fitted_clusters=file["homes"],
            clusters=file["cell_numbers"],
        )


def _rules(fit: Fit) -> Mapping[str, bool]:
    """Return the rules of a valid fit, and whether this fit keeps each."""
    topics, clusters, embeddings, vectors = len(fit.ids), len(fit.centroids), fit.embeddings, fit.vectors
    of_topics = (fit.fitted_clusters, fit.fingerprints, vectors, fit.clusters, fit.hubness)
    other_vectors = (fit.centroids, embeddings.values, fit.projection)
    order = np.where(fit.fitted_clusters == ADDED_LATER, clusters, fit.fitted_clusters)
    return {
        "each topic has one entry in each array": all(len(array) == topics for array in of_topics),
        "each topic is recorded once": len(fit.positions) == topics,
        "there is a cluster": clusters > 0,
        "fitted clusters exist": bool(np.all((fit.fitted_clusters >= ADDED_LATER) & (fit.fitted_clusters < clusters))),
        "topics are ordered by fitted cluster, added ones last": bool(np.all(order[:-1] <= order[1:])),
        "clusters of vectors exist": bool(np.all((fit.clusters >= 0) & (fit.clusters < clusters))),
        "values of topic vectors are in range": (
            vectors.min(initial=0) >= -MAX_TOPIC_VALUE and vectors.max(initial=0) <= MAX_TOPIC_VALUE
        ),
        "all vectors have the same dimensions": all(array.shape[1] == vectors.shape[1] for array in other_vectors),
        "each term has values and a scale": len(embeddings.terms) == len(embeddings.values) == len(embeddings.scales),
    }


def _checksum(content: bytes) -> bytes:
    """Return CHECKSUM_SIZE bytes."""
    return hashlib.sha256(content).digest()


def _split_fingerprints(content: NDArray[np.uint8]) -> tuple[bytes, ...]:
    """Return the fingerprints that `write_fit` joined."""
    joined = content.tobytes()
    return tuple(joined[at : at + TEXTS_FINGERPRINT_SIZE] for at in range(0, len(joined), TEXTS_FINGERPRINT_SIZE))
