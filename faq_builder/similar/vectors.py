"""What an engine gives: vectors whose products say how alike two texts are. Sparse or dense is its own affair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of vectors in columns of one length: `left < right`, sorted by both, each pair once."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    score: NDArray[np.float64]  # up to 1

    def __len__(self) -> int:
        return len(self.score)

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """The pairs one by one."""
        return zip(self.left.tolist(), self.right.tolist(), self.score.tolist(), strict=True)

    def where(self, keep: NDArray[np.bool_]) -> "Pairs":
        """The pairs that a mask keeps."""
        return Pairs(left=self.left[keep], right=self.right[keep], score=self.score[keep])


class Sums(Protocol):
    """Vector sums of groups that grow. At first each vector is a group; a group is named by one of its vectors."""

    def product(self, one: int, other: int) -> float:
        """The sum of the similarities between all vectors of one group and all of the other."""

    def merge(self, into: int, other: int) -> None:
        """Put the other group into the first, which keeps its name."""


class Vectors(Protocol):
    """Vectors of length 1 at most; the similarity of two is their product."""

    def __len__(self) -> int: ...

    def pairs(self, least: float) -> Pairs:
        """Every pair that is at least so similar; none is missed. `least` is above 0."""

    def sums(self) -> Sums:
        """Sums that begin with every vector as a group of its own."""


class Similarity(Protocol):
    """An engine: texts to vectors. The same texts give the same vectors on every machine, in whatever order."""

    @property
    def name(self) -> str:
        """What the engine is called in reports."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, in their order."""
