"""The distilled student: one embedding for each term, so that the sum over a text's terms is near the encoder's vector.

A browser cannot run an encoder, but it can add up token embeddings. Ridge regression fits these embeddings to the
vectors that the encoder gives the texts of a site (measured in benchmarks/README.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RIDGE = 30.0  # how strongly embeddings stay where they started; half and twice differ by less than a point in MRR
_CONJUGATE_GRADIENT_STEPS = 15  # more steps changed no figure
_DIMENSIONS_AT_ONCE = 8  # numpy takes many times as long for sums over wider arrays


@dataclass(frozen=True, kw_only=True)
class TermMatrix:
    """Texts as a sparse matrix, shape (texts, terms): an entry for each occurrence of a term, with the term's weight.

    The three arrays have shape (entries,).
    """

    texts: NDArray[np.int64]  # text of each entry, ascending
    terms: NDArray[np.int64]  # term of each entry
    weights: Floats
    shape: tuple[int, int]  # texts, terms

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], positions: Mapping[str, int], weights: Floats) -> "TermMatrix":
        """Return the matrix of texts, given the terms of each; terms without a position are left out.

        `weights` has shape (terms,).
        """
        pairs = [(row, positions[term]) for row, text in enumerate(texts) for term in text if term in positions]
        at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return cls(texts=at[:, 0], terms=at[:, 1], weights=weights[at[:, 1]], shape=(len(texts), len(positions)))

    def times(self, embeddings: Floats) -> Floats:
        """Return matrix @ embeddings, shape (texts, dimensions): for each text the weighted sum over its terms."""
        return _group_sums(embeddings.take(self.terms, axis=0) * self.weights[:, None], self.texts, self.shape[0])

    def transposed_times(self, vectors: Floats) -> Floats:
        """Return matrix.T @ vectors, shape (terms, dimensions): for each term the weighted sum over its texts."""
        texts, terms, weights = self._by_terms
        return _group_sums(vectors.take(texts, axis=0) * weights[:, None], terms, self.shape[1])

    @cached_property
    def _by_terms(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """The entries ordered by term: (texts, terms, weights)."""
        order = np.argsort(self.terms, kind="stable")
        return self.texts[order], self.terms[order], self.weights[order]


def fit_embeddings(matrix: TermMatrix, vectors: Floats, start: Floats, ridge: float = RIDGE) -> Floats:
    """Return the embeddings E, shape (terms, dimensions), with the least |matrix E - vectors|² + ridge |E - start|².

    Solved by conjugate gradients. Dimensions do not depend on each other and are fitted a few at a time.
    """
    columns = [slice(at, at + _DIMENSIONS_AT_ONCE) for at in range(0, start.shape[1], _DIMENSIONS_AT_ONCE)]
    return np.hstack([_fit_columns(matrix, vectors[:, some], start[:, some], ridge) for some in columns])


def _fit_columns(matrix: TermMatrix, vectors: Floats, start: Floats, ridge: float) -> Floats:
    """Return some dimensions of the embeddings, given the same dimensions of `vectors` and `start`."""
    change = np.zeros_like(start)
    residual = matrix.transposed_times(vectors - matrix.times(start))
    direction = residual.copy()
    size = np.square(residual).sum(axis=0)
    for _ in range(_CONJUGATE_GRADIENT_STEPS):
        image = matrix.transposed_times(matrix.times(direction)) + ridge * direction
        step = size / np.maximum((direction * image).sum(axis=0), _MIN_DIVISOR)
        change += step * direction
        residual -= step * image
        before, size = size, np.square(residual).sum(axis=0)
        direction = residual + direction * (size / np.maximum(before, _MIN_DIVISOR))
    return start + change


def unit_vectors(vectors: Floats) -> Floats:
    """Return the vectors scaled to length 1; a zero vector stays zero."""
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return unit


_MIN_DIVISOR = np.float32(1e-20)  # prevents a division by zero


def _group_sums(rows: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    """Return the sum of the rows of each group, shape (count, columns); `groups`, shape (rows,), is ascending."""
    sums = np.zeros((count, rows.shape[1]), dtype=np.float32)
    if len(groups):
        starts = np.flatnonzero(np.diff(groups, prepend=-1))
        sums[groups[starts]] = np.add.reduceat(rows, starts, axis=0)
    return sums
