"""Pretrained embeddings of common English words, which were fitted once to generic texts; every site's fit starts here.

The model card, `README.md` in this folder, names the texts, their licences and what the embeddings are worth.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.quantisation import Quantised, unpack_four_bits

_FILE = Path(__file__).parent / "embeddings.npz"


@dataclass(frozen=True, kw_only=True)
class PretrainedEmbeddings:
    """Embeddings of stems in the encoder's own dimensions; embedding i is `unit * scales[i] * values([i])`.

    They are not weighted by the rarity of a word yet.
    """

    name: str
    encoder: str  # the model whose vectors they were fitted to; they are of no use with another
    stemmer: str
    unit: float
    terms: tuple[str, ...]  # the most common first
    packed: NDArray[np.uint8]  # shape (terms, dimensions / 2): values as `pack_four_bits` packs them
    scales: NDArray[np.uint8]  # shape (terms,), in `unit`

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each term."""
        return {term: at for at, term in enumerate(self.terms)}

    def values(self, at: Sequence[int] | slice = slice(None)) -> Quantised:
        """Return the quantised values of the terms at these positions, shape (positions, dimensions)."""
        return unpack_four_bits(self.packed[at])  # only these: a build needs few of them, and most builds none

    def vectors(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the embeddings of terms as floats, shape (terms, dimensions). Every term must have one."""
        at = [self.positions[term] for term in terms]
        return self.values(at) * self.scales[at, None] * np.float32(self.unit)


@cache
def shipped_embeddings() -> PretrainedEmbeddings:
    """Return the pretrained embeddings that the package ships."""
    with np.load(_FILE, allow_pickle=False) as file:
        name, encoder, stemmer, unit, *terms = file["words"].tobytes().decode().split("\n")
        return PretrainedEmbeddings(
            name=name,
            encoder=encoder,
            stemmer=stemmer,
            unit=float(unit),
            terms=tuple(terms),
            packed=file["rows"],
            scales=file["scales"],
        )


def write_pretrained(pretrained: PretrainedEmbeddings) -> bytes:
    """Return the file of pretrained embeddings, which `shipped_embeddings` reads."""
    words = "\n".join(
        (pretrained.name, pretrained.encoder, pretrained.stemmer, repr(pretrained.unit), *pretrained.terms)
    )
    file = io.BytesIO()
    np.savez(  # not compressed: a tenth larger, and read in no time
        file, words=np.frombuffer(words.encode(), dtype=np.uint8), rows=pretrained.packed, scales=pretrained.scales
    )
    return file.getvalue()
