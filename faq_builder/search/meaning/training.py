"""Documents and an encoder -> a fit. Only `faq lock` runs this; see `fit`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.documents import Document
from faq_builder.search.meaning.augmentation import question_parts
from faq_builder.search.meaning.clusters import nearest_clusters
from faq_builder.search.meaning.distillation import RIDGE, Floats, TermMatrix, fit_embeddings, unit_vectors
from faq_builder.search.meaning.embeddings import SMALL_SITE_MAX_TOPICS
from faq_builder.search.meaning.fit import (
    ADDED_LATER,
    MAX_SCALE,
    NOT_RECORDED,
    PROJECTION_UNIT,
    Fit,
    TokenEmbeddings,
    fitted_order,
    quantise_embeddings,
    texts_fingerprint,
)
from faq_builder.search.meaning.hubness import topic_hubness
from faq_builder.search.meaning.kmeans import cluster_topics
from faq_builder.search.meaning.pretrained import PretrainedEmbeddings, shipped_embeddings
from faq_builder.search.meaning.quantisation import MAX_TOPIC_VALUE, Quantised, quantise
from faq_builder.search.text.stemmers import stemmer_of
from faq_builder.search.text.vector_texts import is_wording, terms_and_bigrams, vector_terms, vector_texts

DIMENSIONS, DIMENSIONS_SMALL_SITE = 128, 256  # powers of two; a small site affords at most twice as many bytes
COMMON_TERM_COUNT = 100  # every search loads their embeddings; they are half of the words of a question
MAX_DRIFT = 0.2  # share of topics added, removed or reworded above which `faq lock` trains again
ANSWER_WEIGHT = 0.5  # weight of question plus answer in the vector of a topic; each wording has 1
# Weight of the pretrained embeddings in the covariance that the projection keeps; the site's texts have 1.
PRETRAINED_WEIGHT = 0.1
MAX_BIGRAMS = 6_000  # the most frequent ones get an embedding: "turn on" is more than "turn" and "on"
MIN_TEXTS_PER_BIGRAM = 2  # a bigram needs this many to get an embedding; one text says too little about it
BIGRAM_WEIGHT = 0.5  # relative to the weight of a word that is as rare
UNKNOWN_WORD_START_LENGTH = 0.12  # of an embedding if the word has no pretrained one
_MIN_UNIT = 1e-9  # prevents a division by zero if no question has a word, so that there is no embedding


class TextEncoder(Protocol):
    """A model that turns texts into vectors."""

    @property
    def name(self) -> str:
        """A name that differs between any two models."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """Return the vector of each text, shape (texts, dimensions of the encoder)."""


def train_fit(
    documents: Sequence[Document],
    encoder: TextEncoder,
    language: str,
    pretrained: PretrainedEmbeddings | None = None,
) -> Fit:
    """Return a fit trained from scratch for documents, of which there is at least one.

    Embeddings are fitted to wordings only, since queries are as short as wordings. Training on answers, too, costs 1.4
    points of MRR on the 63 topics, and 5 points on 449 topics whose answers are their bodies. Answers go into the
    vectors of topics, which gain by them.
    """
    stemmer, pretrained = stemmer_of(language), pretrained or shipped_embeddings()
    pretrained = pretrained if (pretrained.encoder, pretrained.stemmer) == (encoder.name, stemmer) else None
    texts, owners = _texts_and_owners(documents)
    wordings = [text for text in texts if is_wording(text)]
    parts = question_parts(wordings)
    encoded = unit_vectors(encoder.encode([*texts, *parts]).astype(np.float32))
    dimensions = DIMENSIONS_SMALL_SITE if len(documents) <= SMALL_SITE_MAX_TOPICS else DIMENSIONS
    projection = _projection(encoded[: len(texts)], pretrained, dimensions)
    projection_floats = projection * np.float32(PROJECTION_UNIT)
    vectors = encoded @ projection_floats
    wording_terms = [terms_and_bigrams(text, stemmer) for text in wordings]
    text_counts = Counter(term for terms in wording_terms for term in set(terms))
    vocabulary, weights = _vocabulary(text_counts, len(wordings))
    positions = {term: at for at, term in enumerate(vocabulary)}
    part_terms = (terms_and_bigrams(part, stemmer) for part in parts)
    matrix = TermMatrix.of([*wording_terms, *part_terms], positions, weights)
    targets = unit_vectors(vectors[[at for at, text in enumerate([*texts, *parts]) if is_wording(text)]])
    ridge = RIDGE * len(targets) / len(wordings)  # parts repeat what their wordings say
    start = _start_embeddings(vocabulary, encoder, pretrained) @ projection_floats
    weighted = (fit_embeddings(matrix, targets, start, ridge) * weights[:, None]).astype(np.float64)
    unit = float(quantise(weighted)[1].max(initial=_MIN_UNIT)) / MAX_SCALE
    embeddings = quantise_embeddings(vocabulary, weighted, unit)
    topics = _topic_vectors(vectors[: len(texts)], texts, owners, len(documents))
    hubness = topic_hubness(topics, _question_vectors(documents, embeddings, stemmer))
    centroids, clusters = cluster_topics(topics)
    order = np.argsort(clusters, kind="stable")
    fingerprints = tuple(texts_fingerprint(vector_texts(document)) for document in documents)
    return Fit(
        encoder=encoder.name,
        stemmer=stemmer,
        pretrained=pretrained.name if pretrained else "",
        pretrained_scale=pretrained.unit * PROJECTION_UNIT * rarity(0, len(wordings)) / unit if pretrained else 0.0,
        projection=projection,
        embeddings=embeddings,
        common_terms=tuple(sorted(sorted(vocabulary, key=lambda term: -text_counts[term])[:COMMON_TERM_COUNT])),
        centroids=centroids,
        fitted_fingerprints=fingerprints,
        ids=tuple(documents[at].id for at in order),
        fitted_clusters=clusters[order],
        fingerprints=tuple(fingerprints[at] for at in order),
        vectors=topics[order],
        clusters=clusters[order],
        hubness=hubness[order],
    )


def refresh_fit(fit: Fit, documents: Sequence[Document], encoder: TextEncoder) -> Fit:
    """Return the fit with these documents as its topics; only new and reworded ones are encoded.

    Embeddings and centroids stay, except that embeddings of words that no topic contains any more are dropped unless
    they are pretrained: such a word may be a name that was removed on purpose.
    """
    documents = [documents[at] for at in fitted_order(documents, fit)]
    fingerprints = tuple(texts_fingerprint(vector_texts(document)) for document in documents)
    positions, unchanged = fit.recorded_positions(documents), fit.unchanged_positions(documents, fingerprints)
    vectors = np.zeros((len(documents), fit.vectors.shape[1]), dtype=np.int8)
    clusters = np.zeros(len(documents), dtype=np.int32)
    hubness = np.zeros(len(documents), dtype=np.int8)
    recorded, others = np.flatnonzero(unchanged != NOT_RECORDED), np.flatnonzero(unchanged == NOT_RECORDED).tolist()
    at = unchanged[recorded]
    vectors[recorded], clusters[recorded], hubness[recorded] = fit.vectors[at], fit.clusters[at], fit.hubness[at]
    if others:
        texts, owners = _texts_and_owners([documents[at] for at in others])
        encoded = unit_vectors(encoder.encode(texts).astype(np.float32))
        vectors[others] = _topic_vectors(encoded @ fit.projection.astype(np.float32), texts, owners, len(others))
        clusters[others] = nearest_clusters(vectors[others], fit.centroids)
        questions = _question_vectors(documents, fit.embeddings, fit.stemmer)
        hubness[others] = topic_hubness(vectors, questions)[others]
    used = {term for document in documents for term in vector_terms(document, fit.stemmer)}
    embeddings = fit.embeddings.only(used | shipped_embeddings().positions.keys())
    fitted_clusters = np.full(len(documents), ADDED_LATER, dtype=np.int32)
    is_recorded = positions != NOT_RECORDED
    fitted_clusters[is_recorded] = fit.fitted_clusters[positions[is_recorded]]
    return replace(
        fit,
        embeddings=embeddings,
        common_terms=tuple(term for term in fit.common_terms if term in embeddings.positions),
        ids=tuple(document.id for document in documents),
        fitted_clusters=fitted_clusters,
        fingerprints=fingerprints,
        vectors=vectors,
        clusters=clusters,
        hubness=hubness,
    )


def has_drifted(fit: Fit, documents: Sequence[Document]) -> bool:
    """Whether more than MAX_DRIFT of the topics were added, removed or reworded since the last full fit."""
    now = Counter(texts_fingerprint(vector_texts(document)) for document in documents)
    then = Counter(fit.fitted_fingerprints)
    return (now - then).total() + (then - now).total() > MAX_DRIFT * len(fit.fitted_fingerprints)


def _vocabulary(text_counts: Mapping[str, int], texts: int) -> tuple[Sequence[str], Floats]:
    """Return the terms that get an embedding, sorted, and their weights, shape (terms,).

    `text_counts` says how many of the texts contain each term.
    """
    frequent = sorted(term for term, count in text_counts.items() if " " in term and count >= MIN_TEXTS_PER_BIGRAM)
    bigrams = frozenset(sorted(frequent, key=lambda bigram: -text_counts[bigram])[:MAX_BIGRAMS])
    terms = sorted(term for term in text_counts if " " not in term or term in bigrams)
    weights = [rarity(text_counts[term], texts) * (BIGRAM_WEIGHT if term in bigrams else 1) for term in terms]
    return terms, np.array(weights, dtype=np.float32)


def _texts_and_owners(documents: Sequence[Document]) -> tuple[list[str], list[int]]:
    """Return the texts that topic vectors are made of, and for each the index of its document."""
    pairs = [(text, at) for at, document in enumerate(documents) for text in vector_texts(document)]
    return [text for text, _ in pairs], [at for _, at in pairs]


def _question_vectors(documents: Sequence[Document], embeddings: TokenEmbeddings, stemmer: str) -> NDArray[np.int64]:
    """Return the vector that the distilled student gives each question, shape (documents, dimensions)."""
    return embeddings.text_sums([terms_and_bigrams(str(document.question), stemmer) for document in documents])


def _projection(vectors: Floats, pretrained: PretrainedEmbeddings | None, dimensions: int) -> NDArray[np.int16]:
    """Return the directions in which the site's texts, and a little the pretrained embeddings, differ most.

    Shape (dimensions of the encoder, dimensions), in PROJECTION_UNIT; a rotation spreads them evenly.
    """
    covariance = vectors.T @ vectors / len(vectors)
    if pretrained is not None:
        words = unit_vectors(pretrained.values().astype(np.float32))
        covariance = covariance + PRETRAINED_WEIGHT * (words.T @ words / len(words))
    _, directions = np.linalg.eigh(covariance)
    rotated = directions[:, ::-1][:, :dimensions] @ _hadamard(dimensions)
    projection: NDArray[np.int16] = np.rint(rotated / PROJECTION_UNIT).astype(np.int16)
    return projection


def _hadamard(dimensions: int) -> Floats:
    """Return an orthogonal Hadamard matrix: it makes all dimensions about as large, so four bits suffice for each."""
    matrix: Floats = np.ones((1, 1), dtype=np.float32)
    while len(matrix) < dimensions:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    matrix /= np.sqrt(np.float32(dimensions))
    return matrix


def _start_embeddings(
    vocabulary: Sequence[str], encoder: TextEncoder, pretrained: PretrainedEmbeddings | None
) -> Floats:
    """Return the embeddings that training starts from, shape (terms, dimensions of the encoder).

    A word starts at its pretrained embedding, else at the encoder's vector of the word alone; a bigram starts at zero.
    """
    known = pretrained.positions if pretrained else {}
    unknown = [at for at, term in enumerate(vocabulary) if term not in known and " " not in term]
    start = np.zeros((len(vocabulary), encoder.encode([""]).shape[1]), dtype=np.float32)
    if unknown:
        encoded = encoder.encode([vocabulary[at] for at in unknown])
        start[unknown] = UNKNOWN_WORD_START_LENGTH * unit_vectors(encoded.astype(np.float32))
    if pretrained is not None:
        held = [at for at, term in enumerate(vocabulary) if term in known]
        start[held] = pretrained.vectors([vocabulary[at] for at in held])
    return start


def _topic_vectors(vectors: Floats, texts: Sequence[str], owners: Sequence[int], count: int) -> Quantised:
    """Return the vector of each topic, shape (count, dimensions): the weighted mean of the vectors of its texts.

    `owners` is the position of each text's topic. The text of question and answer has ANSWER_WEIGHT.
    """
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    weights = np.array([1.0 if is_wording(text) else ANSWER_WEIGHT for text in texts], dtype=np.float32)
    np.add.at(sums, owners, unit_vectors(vectors) * weights[:, None])
    return quantise(sums.astype(np.float64), MAX_TOPIC_VALUE)[0]


def rarity(count: int, texts: int) -> float:
    """Return the weight that BM25 gives a term that `count` of `texts` texts contain."""
    return log(1 + (texts - count + 0.5) / (count + 0.5))
