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

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, float]]) -> "Pairs":
        """From rows that are sorted."""
        return cls(
            left=np.array([left for left, _, _ in rows], dtype=np.int64),
            right=np.array([right for _, right, _ in rows], dtype=np.int64),
            score=np.array([score for _, _, score in rows], dtype=np.float64),
        )

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """The pairs one by one."""
        return zip(self.left.tolist(), self.right.tolist(), self.score.tolist(), strict=True)

    def where(self, keep: NDArray[np.bool_]) -> "Pairs":
        """The pairs that a mask keeps."""
        return Pairs(left=self.left[keep], right=self.right[keep], score=self.score[keep])


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What two groups need to become one: their mean similarity must reach `mean`, and one of their pairs a key.

    Between two single vectors the key is `first`. Where one of the groups has several, it is `further`: a question that
    is known in several wordings is known better, and the mean over all of them is evidence too.
    """

    mean: float
    first: float
    further: float

    @property
    def least(self) -> float:
        """No pair below this starts a merge."""
        return min(self.first, self.further)


class Sums(Protocol):
    """Vector sums of groups that grow. At first each vector is a group; a group is named by one of its vectors."""

    def product(self, one: int, other: int) -> float:
        """The sum of the similarities between all vectors of one group and all of the other."""

    def merge(self, into: int, other: int) -> None:
        """Put the other group into the first, which keeps its name."""


class Vectors(Protocol):
    """Vectors of length 1 at most; the similarity of two is their product."""

    def __len__(self) -> int: ...

    def pairs(self, least: float, near: float | None = None, most: int = 0) -> Pairs:
        """Every pair that is at least `least` similar; none is missed. `least` is above 0.

        With `near` also those less similar pairs that are among the `most` nearest of one of the two, down to `near`.
        """

    def alike(self, number: int) -> NDArray[np.float64]:
        """The similarity of one vector to each."""

    def sums(self) -> Sums:
        """Sums that begin with every vector as a group of its own."""


@dataclass(frozen=True, kw_only=True)
class Bands:
    """From which similarity on texts are merged, from which they are suggested to be the same; below, they are left."""

    keys: Keys
    suggest: float  # mean similarity of two groups from which a person is asked


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Texts as vectors, and which of them are alike."""

    vectors: Vectors
    keys: Pairs  # that may start a merge
    near: Pairs  # that may be suggested or related


class Similarity(Protocol):
    """An engine: texts to vectors. The same texts give the same vectors in whatever order."""

    @property
    def name(self) -> str:
        """What the engine is called in reports."""

    def bands(self, level: str) -> Bands:
        """What was measured for `careful`, `balanced` and `eager`."""

    def reads(self, text: str, language: str) -> bool:
        """Whether the engine may merge texts like this one in this language; others it does not see."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, in their order."""

    def compare(self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int) -> Compared:
        """Texts (titles with the beginning of their questions) compared: keys from `least`, the nearest from `near`."""
