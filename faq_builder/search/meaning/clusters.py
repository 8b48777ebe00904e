"""Clusters of topics: the vector, the hubness and the cluster of each document of a build."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.documents import Document
from faq_builder.search.meaning.embeddings import known_embeddings, pretrained_of_fit
from faq_builder.search.meaning.fit import ADDED_LATER, NOT_RECORDED, Fit
from faq_builder.search.meaning.pretrained import PretrainedEmbeddings
from faq_builder.search.meaning.quantisation import MAX_TOPIC_VALUE, Quantised, quantise
from faq_builder.search.text.vector_texts import vector_terms

NO_CLUSTER = -1  # the cluster of a topic if none of its terms has an embedding
_VECTORS_AT_ONCE = 4_000  # takes 45 MB at 100,000 topics


@dataclass(frozen=True, kw_only=True)
class BlockVectors:
    """The vectors in one file of topics, and how its documents relate to its cluster.

    The documents *assigned* to a file are those whose cluster it was at the last full fit. Since then the vector of an
    assigned document may have moved to another cluster; its file then has the document as *spilled*, too.
    """

    moved: Mapping[int, int]  # assigned document whose vector lies in another cluster -> that cluster
    spilled: Sequence[int]  # documents whose vector lies in this cluster but that are assigned to another file
    vectors: Quantised  # shape (assigned and not moved, then spilled; dimensions)
    hubness: NDArray[np.int8]  # of each vector, in HUBNESS_UNIT

    @property
    def made_from(self) -> Iterator[bytes]:
        """The content as bytes, for the key in the build cache."""
        yield repr((self.moved, self.spilled)).encode()
        yield self.hubness.tobytes()
        yield self.vectors.tobytes()


@dataclass(frozen=True, kw_only=True)
class DocumentClusters:
    """The vector, hubness and cluster of each document of a build, in the order of document numbers."""

    vectors: Quantised  # shape (documents, dimensions)
    hubness: NDArray[np.int8]  # shape (documents,), in HUBNESS_UNIT
    clusters: NDArray[np.int32]  # shape (documents,): cluster whose centroid is nearest, or NO_CLUSTER
    assigned_counts: Sequence[int]  # documents assigned to each cluster at the last full fit; they come first, in order

    def block(self, cluster: int, assigned: range) -> BlockVectors:
        """Return the vectors in the file of topics with this number, given the documents assigned to it."""
        clusters = self.clusters[assigned.start : assigned.stop]
        spilled = self._spilled.get(cluster, [])
        here = [*(np.flatnonzero(clusters == cluster) + assigned.start).tolist(), *spilled]
        return BlockVectors(
            moved={assigned[at]: int(clusters[at]) for at in np.flatnonzero(clusters != cluster).tolist()},
            spilled=spilled,
            vectors=self.vectors[here],
            hubness=self.hubness[here],
        )

    @cached_property
    def _spilled(self) -> Mapping[int, Sequence[int]]:
        """Cluster -> the documents whose vector lies in it but that are assigned to another file."""
        assigned = np.repeat(np.arange(len(self.assigned_counts)), self.assigned_counts)
        assigned = np.pad(assigned, (0, len(self.clusters) - len(assigned)), constant_values=NO_CLUSTER)
        found = defaultdict[int, list[int]](list)
        for at in np.flatnonzero((self.clusters != assigned) & (self.clusters != NO_CLUSTER)).tolist():
            found[int(self.clusters[at])].append(at)
        return found


def cluster_documents(
    documents: Sequence[Document],
    fingerprints: Sequence[bytes],
    fit: Fit,
    load_pretrained: Callable[[], PretrainedEmbeddings],
) -> DocumentClusters:
    """Return the vector, hubness and cluster of each document, given its `texts_fingerprint`.

    They are the recorded ones if the texts are unchanged; else the vector is the sum of token embeddings, and the
    hubness, which only a lock measures, is that of the average topic. The documents are in the order of `fitted_order`.
    """
    vectors = np.zeros((len(documents), fit.centroids.shape[1]), dtype=np.int8)
    hubness = np.zeros(len(documents), dtype=np.int8)
    clusters = np.zeros(len(documents), dtype=np.int32)
    positions = fit.unchanged_positions(documents, fingerprints)
    recorded = np.flatnonzero(positions != NOT_RECORDED)
    others = np.flatnonzero(positions == NOT_RECORDED).tolist()
    at = positions[recorded]
    vectors[recorded], hubness[recorded], clusters[recorded] = fit.vectors[at], fit.hubness[at], fit.clusters[at]
    if others:
        texts = [vector_terms(documents[at], fit.stemmer) for at in others]
        terms = {term for text in texts for term in text}
        embeddings = known_embeddings(fit, pretrained_of_fit(fit, load_pretrained), terms)
        vectors[others] = quantise(embeddings.text_sums(texts).astype(np.float64), MAX_TOPIC_VALUE)[0]
        clusters[others] = nearest_clusters(vectors[others], fit.centroids)
    clusters[~np.any(vectors, axis=1)] = NO_CLUSTER
    return DocumentClusters(
        vectors=vectors, hubness=hubness, clusters=clusters, assigned_counts=_assigned_counts(documents, fit)
    )


def _assigned_counts(documents: Sequence[Document], fit: Fit) -> Sequence[int]:
    """Return how many of the documents were in each cluster at the last full fit."""
    positions = fit.recorded_positions(documents)
    clusters = fit.fitted_clusters[positions[positions != NOT_RECORDED]]
    counts: list[int] = np.bincount(clusters[clusters != ADDED_LATER], minlength=len(fit.centroids)).tolist()
    return counts


def nearest_clusters(vectors: Quantised, centroids: Quantised) -> NDArray[np.int32]:
    """Return the cluster whose centroid has the greatest cosine to each vector, shape (vectors,).

    The dot products are whole numbers below 2**24, so floats represent them exactly on any processor.
    """
    transposed = centroids.astype(np.float32).T
    lengths = np.maximum(np.sqrt(np.square(centroids.astype(np.float64)).sum(axis=1)), 1)
    nearest = np.zeros(len(vectors), dtype=np.int32)
    for at in range(0, len(vectors), _VECTORS_AT_ONCE):
        part = slice(at, at + _VECTORS_AT_ONCE)
        nearest[part] = np.argmax(vectors[part].astype(np.float32) @ transposed / lengths, axis=1)
    return nearest
