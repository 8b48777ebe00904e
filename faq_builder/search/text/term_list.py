"""Many terms as one text: most builds need few of them as strings, and making 100,000 takes longer than all else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_ENCODING = "utf-8", "surrogatepass"


@dataclass(frozen=True)
class Terms:
    """Terms in an order."""

    text: bytes  # a line break after each

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where each ends, its line break with it."""
        return np.flatnonzero(self._bytes == ord("\n")) + 1

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each begins, and where one more would."""
        return np.append(0, self.ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at] - 1].decode(*_ENCODING)

    def listed(self) -> list[str]:
        """All as strings."""
        return self.text.decode(*_ENCODING).split("\n")[:-1]

    def part(self, found: slice) -> "Terms":
        """Some neighbouring ones."""
        return Terms(self.text[self.starts[found.start] : self.starts[found.stop]])

    def only(self, held: NDArray[np.bool_]) -> "Terms":
        """Those of which this is true."""
        return Terms(self._bytes[np.repeat(held, np.diff(self.starts))].tobytes())

    def inserted(self, places: NDArray[np.int64], others: "Terms") -> "Terms":
        """These, and before those in these places the others."""
        if not len(others):
            return self
        at = np.repeat(self.starts[places], np.diff(others.starts))
        return Terms(np.insert(self._bytes, at, others._bytes).tobytes())

    @property
    def _bytes(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.text, dtype=np.uint8)


def terms_of(strings: Iterable[str]) -> Terms:
    """Strings as terms; none holds a line break."""
    return Terms("".join(f"{term}\n" for term in strings).encode(*_ENCODING))
