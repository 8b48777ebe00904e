"""The interface of a similarity engine: texts become vectors, and the dot product of two vectors is their similarity.

Engines store their vectors sparse (`sparse.py`) or dense (`dense.py`); callers see only these protocols.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of vectors and their similarities, each pair once, sorted by `left`, then `right`; `left < right`."""

    left: NDArray[np.int64]  # shape (pairs,): index of a vector
    right: NDArray[np.int64]  # shape (pairs,): index of a vector
    score: NDArray[np.float64]  # shape (pairs,): similarity, 1 at most

    def __len__(self) -> int:
        return len(self.score)

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, float]]) -> "Pairs":
        """Return pairs from sorted rows of (left, right, score)."""
        return cls(
            left=np.array([left for left, _, _ in rows], dtype=np.int64),
            right=np.array([right for _, right, _ in rows], dtype=np.int64),
            score=np.array([score for _, _, score in rows], dtype=np.float64),
        )

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs as (left, right, score)."""
        return zip(self.left.tolist(), self.right.tolist(), self.score.tolist(), strict=True)

    def at_least(self, least: float) -> "Pairs":
        """Return the pairs with a score of at least `least`."""
        return self.where(self.score >= least)

    def without(self, pairs: Collection[tuple[int, int]]) -> "Pairs":
        """Return the pairs that are not among `pairs`."""
        return self.where(np.array([(one, other) not in pairs for one, other, _ in self.rows()], dtype=bool))

    def where(self, keep: NDArray[np.bool_]) -> "Pairs":
        """Return the pairs that a mask of shape (pairs,) selects."""
        return Pairs(left=self.left[keep], right=self.right[keep], score=self.score[keep])


@dataclass(frozen=True, kw_only=True)
class LinkageThresholds:
    """The similarities that average linkage demands before it merges two groups.

    The mean similarity of all pairs across the two groups must reach `mean`. Their most similar pair must reach
    `single_pair` if both groups have one vector, and `group_pair` otherwise. `group_pair` may be lower: several
    wordings describe a question better than one, and the mean over all of them is evidence too.
    """

    mean: float
    single_pair: float
    group_pair: float

    @property
    def lowest_pair(self) -> float:
        """The similarity below which no pair can start a merge."""
        return min(self.single_pair, self.group_pair)


class GroupSums(Protocol):
    """The vector sum of each group while groups grow. At first every vector is a group, named by its index."""

    def product(self, one: int, other: int) -> float:
        """Return the sum of the similarities between all vectors of one group and all vectors of the other."""

    def merge(self, into: int, other: int) -> None:
        """Merge the group `other` into the group `into`, which keeps its name."""


class Vectors(Protocol):
    """Vectors of length 1 at most; the dot product of two is their similarity."""

    def __len__(self) -> int: ...

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Return every pair with a similarity of at least `least` (above 0); none is missed.

        With `near`, also return less similar pairs down to `near`, if one vector is among the `most` nearest of the
        other.
        """

    def similarities_to(self, number: int) -> NDArray[np.float64]:
        """Return the similarity of one vector to each vector; shape (vectors,)."""

    def sums(self) -> GroupSums:
        """Return sums in which every vector is a group of its own."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The similarities from which searches count as one, and from which a person is asked about questions."""

    merge: LinkageThresholds  # for searches only: similar questions on real forums mostly ask different things
    suggest: float  # mean similarity of two groups from which a person is asked whether they are one


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Texts as vectors, and their similar pairs."""

    vectors: Vectors
    merge_pairs: Pairs  # pairs that may start a merge
    near_pairs: Pairs  # pairs that may be suggested to a person, or shown as related


class SimilarityEngine(Protocol):
    """A way to measure how similar texts are. The order of the texts does not change their vectors."""

    @property
    def name(self) -> str:
        """The engine's name in reports."""

    @property
    def thresholds(self) -> Thresholds:
        """The measured thresholds of the engine."""

    def supports(self, text: str, language: str) -> bool:
        """Whether the engine was measured on such a text in this language; only then may it merge the text."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text, in the order of the texts."""

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        """Compare texts, each of which is a title and the beginning of its question.

        `merge_pairs` contain every pair from `least` on; `near_pairs` are what `Vectors.pairs` returns.
        """
