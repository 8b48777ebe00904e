"""The encoder that the search is fitted to, and a stand-in for measurements of cost."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.text.words import text_terms
from faq_builder.similarity import Encoder, Store, installed_encoder

UNIT = 2_000  # the whole number that means 1


@dataclass(frozen=True, kw_only=True)
class CachedEncoder:
    """An encoder that encodes each text once."""

    encoder: Encoder
    store: Store

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """Return one vector for each text: shape (texts, dimensions), int16."""
        return self.store.vectors(self.name, texts, self.encoder.encode)


def cached_encoder(cache: Path | None) -> CachedEncoder | None:
    """Return the installed encoder; None without the extra `meaning`."""
    encoder = installed_encoder()
    return CachedEncoder(encoder=encoder, store=Store(path=cache)) if encoder else None


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """An encoder without meaning: the vector of a text is the sum of random vectors of its words.

    Long words count more, because frequent words are short (benchmarks.generated) and say as little as "how" or "the".
    The real encoder would need an hour of CPU for 250,000 invented texts and give files of the same size.
    """

    rows: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the encoder of the pretrained embeddings, so that a fit uses them too."""
        return shipped_embeddings().encoder

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """Return one vector for each text: shape (texts, dimensions), int16."""
        sums = np.array(
            [
                np.sum([self._word_vector(term) for term in text_terms(text, "english") or [""]], axis=0)
                for text in texts
            ]
        )
        unit: NDArray[np.int16] = np.rint(UNIT * sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.int16)
        return unit

    def _word_vector(self, term: str) -> NDArray[np.float32]:
        """Return a random vector that depends on the word alone: shape (dimensions,), float32."""
        if term not in self.rows:
            seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8])
            normal = np.random.default_rng(seed).standard_normal((shipped_embeddings().values([]).shape[1],))
            self.rows[term] = (max(len(term), 1) ** 2 * normal).astype(np.float32)
        return self.rows[term]
