"""Spherical k-means: topic vectors -> the centroids of clusters of limited size. Only `faq lock` runs this."""

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.clusters import nearest_clusters
from faq_builder.search.meaning.distillation import Floats, unit_vectors
from faq_builder.search.meaning.embeddings import SMALL_SITE_MAX_TOPICS
from faq_builder.search.meaning.quantisation import Quantised, quantise

MEDIUM_SITE_MAX_TOPICS = 20_000  # a site with more topics has clusters of CLUSTER_SIZE_LARGE_SITE
CLUSTER_SIZE = 36  # topics in a cluster, on average
CLUSTER_SIZE_SMALL_SITE = 72  # a small site has few clusters, so a search can load many topics
CLUSTER_SIZE_LARGE_SITE = 48  # with 36 the centroids would outweigh the clusters that a search loads
# A cluster has at most this many times the average number of topics, or a few more. Without a limit, topics with few
# known terms could form a cluster of a tenth of all topics.
MAX_CLUSTER_SIZE_RATIO = 2
_ROUNDS = 12  # centroids move little after ten


def cluster_topics(topics: Quantised) -> tuple[Quantised, NDArray[np.int32]]:
    """Return the centroids, shape (clusters, dimensions), and the cluster of each topic, shape (topics,).

    Spherical k-means; then clusters with too many topics are split in half.
    """
    vectors = unit_vectors(topics.astype(np.float32))
    size = _cluster_size(len(topics))
    count = max(1, round(len(topics) / size))
    centroids = vectors[np.linspace(0, len(vectors) - 1, count).astype(np.int64)]
    for _ in range(_ROUNDS if count > 1 else 1):
        centroids = _mean_vectors(centroids, vectors, np.argmax(vectors @ centroids.T, axis=1))
    halved = _split_large(vectors, np.argmax(vectors @ centroids.T, axis=1), MAX_CLUSTER_SIZE_RATIO * size)
    numbers, halved = np.unique(halved, return_inverse=True)
    means = _mean_vectors(np.zeros((len(numbers), vectors.shape[1]), dtype=np.float32), vectors, halved)
    quantised = quantise(means.astype(np.float64))[0]
    nearest = nearest_clusters(topics, quantised)
    is_full = np.bincount(nearest, minlength=len(quantised)) > MAX_CLUSTER_SIZE_RATIO * size
    # halves of a cluster of equal topics have equal centroids; then topics stay in the half that they were put into
    return quantised, np.where(is_full[nearest], halved, nearest).astype(np.int32)


def _cluster_size(topics: int) -> int:
    """Return the average number of topics in a cluster of a site with so many topics."""
    if topics <= SMALL_SITE_MAX_TOPICS:
        return CLUSTER_SIZE_SMALL_SITE
    return CLUSTER_SIZE if topics <= MEDIUM_SITE_MAX_TOPICS else CLUSTER_SIZE_LARGE_SITE


def _mean_vectors(centroids: Floats, vectors: Floats, clusters: NDArray[np.int64]) -> Floats:
    """Return the centroids of clusters, given the cluster of each vector; an empty cluster keeps its centroid."""
    sums = np.zeros_like(centroids)
    np.add.at(sums, clusters, vectors)
    means: Floats = np.where(np.any(sums, axis=1, keepdims=True), unit_vectors(sums), centroids)
    return means


def _split_large(vectors: Floats, clusters: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the cluster of each vector after clusters of more than `most` vectors were split, again and again.

    A cluster is halved across the direction in which its vectors differ most.
    """
    clusters, at = clusters.copy(), 0
    while at <= clusters.max():
        members = np.flatnonzero(clusters == at)
        if len(members) <= most:
            at += 1
            continue
        centred = vectors[members] - vectors[members].mean(axis=0)
        direction = np.linalg.svd(centred, full_matrices=False)[2][0]
        farther = members[np.argsort(centred @ direction, kind="stable")[len(members) // 2 :]]
        clusters[farther] = clusters.max() + 1
    return clusters
