"""The encoder that the search is fitted to, and one that stands in for it where only the cost counts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.text.words import text_terms
from faq_builder.similarity import Encoder, Store, installed

STEPS = 2_000  # a whole number of this many stands for 1


@dataclass(frozen=True, kw_only=True)
class Cached:
    """An encoder that reads no text a second time."""

    encoder: Encoder
    store: Store

    @property
    def name(self) -> str:
        """That of the encoder."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """One row for each text."""
        return self.store.vectors(self.name, texts, self.encoder.encode)


def cached_encoder(cache: Path | None) -> Cached | None:
    """The installed encoder; None without the extra `meaning`."""
    encoder = installed()
    return Cached(encoder=encoder, store=Store(path=cache)) if encoder else None


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Vectors in the shape of the encoder's, each the sum of its words': they mean nothing and cost next to nothing.

    Long words count more: the frequent ones are short (benchmarks.generated), and say as little as "how" or "the" says.
    Encoding 250,000 invented texts would take an hour of CPU and change no byte count: small numbers are small numbers.
    """

    rows: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As the prior's encoder is called, so that the prior is used too."""
        return shipped_embeddings().encoder

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """One row for each text."""
        sums = np.array(
            [np.sum([self._row(term) for term in text_terms(text, "english") or [""]], axis=0) for text in texts]
        )
        unit: NDArray[np.int16] = np.rint(STEPS * sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.int16)
        return unit

    def _row(self, term: str) -> NDArray[np.float32]:
        if term not in self.rows:
            seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8])
            normal = np.random.default_rng(seed).standard_normal(shipped_embeddings().values([]).shape[1])
            self.rows[term] = (max(len(term), 1) ** 2 * normal).astype(np.float32)
        return self.rows[term]
