"""The prior: rows of common English words, fitted once on generic text, from which every site's own fit starts.

`prior/README.md` says on which text it was fitted, under which licence, and what it is worth.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.quantisation import Small, unpacked

_FILE = Path(__file__).parent / "prior.npz"


@dataclass(frozen=True, kw_only=True)
class Prior:
    """Row i of a term is `unit * scales[i] * rows[i]`, in the encoder's own dimensions, before it is weighted."""

    name: str
    encoder: str  # the model whose vectors it was fitted to; of no use with another
    stemmer: str
    unit: float
    terms: tuple[str, ...]  # the most common first
    packed: NDArray[np.uint8]  # `quantised.packed`: a build needs few of the rows, and most builds none
    scales: NDArray[np.uint8]

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Where the row of each term is."""
        return {term: at for at, term in enumerate(self.terms)}

    def rows(self, at: Sequence[int] | slice = slice(None)) -> Small:
        """The rows of the terms with these numbers."""
        return unpacked(self.packed[at])

    def vectors(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The rows of terms, all of which it must know."""
        at = [self.number[term] for term in terms]
        return self.rows(at) * self.scales[at, None] * np.float32(self.unit)


@cache
def shipped() -> Prior:
    """The prior of the package."""
    with np.load(_FILE, allow_pickle=False) as file:
        name, encoder, stemmer, unit, *terms = file["words"].tobytes().decode().split("\n")
        return Prior(
            name=name,
            encoder=encoder,
            stemmer=stemmer,
            unit=float(unit),
            terms=tuple(terms),
            packed=file["rows"],
            scales=file["scales"],
        )


def packed_prior(prior: Prior) -> bytes:
    """The file of a prior."""
    words = "\n".join((prior.name, prior.encoder, prior.stemmer, repr(prior.unit), *prior.terms))
    file = io.BytesIO()
    np.savez(  # a tenth larger than compressed, and read in no time
        file, words=np.frombuffer(words.encode(), dtype=np.uint8), rows=prior.packed, scales=prior.scales
    )
    return file.getvalue()
