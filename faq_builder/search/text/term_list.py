"""Many terms in one byte string: most builds need few terms as `str`, and making 100,000 takes longer than the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_ENCODING = "utf-8", "surrogatepass"


@dataclass(frozen=True)
class TermList:
    """A list of terms as one UTF-8 text."""

    text: bytes  # each term with a line break after it

    @classmethod
    def of(cls, terms: Iterable[str]) -> "TermList":
        """Return the list of these terms, none of which may contain a line break."""
        return cls("".join(f"{term}\n" for term in terms).encode(*_ENCODING))

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where each term ends. Shape (terms,): byte offset after its line break."""
        return np.flatnonzero(self._bytes == ord("\n")) + 1

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each term begins. Shape (terms + 1,): byte offset; the last is the length of the text."""
        return np.append(0, self.ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at] - 1].decode(*_ENCODING)

    def strings(self) -> list[str]:
        """Return all terms as strings."""
        return self.text.decode(*_ENCODING).split("\n")[:-1]

    def part(self, range_: slice) -> "TermList":
        """Return the terms in a range of positions."""
        return TermList(self.text[self.starts[range_.start] : self.starts[range_.stop]])

    def only(self, is_kept: NDArray[np.bool_]) -> "TermList":
        """Return the terms for which `is_kept`, shape (terms,), is true."""
        return TermList(self._bytes[np.repeat(is_kept, np.diff(self.starts))].tobytes())

    def inserted(self, positions: NDArray[np.int64], others: "TermList") -> "TermList":
        """Return this list with each of the other terms inserted before the term at its position.

        `positions` has shape (other terms,), ascending.
        """
        if not len(others):
            return self
        at = np.repeat(self.starts[positions], np.diff(others.starts))
        return TermList(np.insert(self._bytes, at, others._bytes).tobytes())

    @property
    def _bytes(self) -> NDArray[np.uint8]:
        """The text as shape (bytes,)."""
        return np.frombuffer(self.text, dtype=np.uint8)
