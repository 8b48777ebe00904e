"""The engine that knows what texts mean: vectors of a sentence encoder."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from faq_builder.similar.dense import DenseVectors
from faq_builder.similar.encoder import Encoder
from faq_builder.similar.languages import script
from faq_builder.similar.store import Store
from faq_builder.similar.vectors import Bands, Compared, Keys


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Texts are alike when an encoder gives them vectors of nearly one direction."""

    encoder: Encoder
    store: Store = field(default_factory=Store)

    @property
    def name(self) -> str:
        return self.encoder.name

    def bands(self, level: str) -> Bands:
        """Chosen with benchmarks/grouping.py so that other topics and forums very probably keep its limits too."""
        return _BANDS[level]

    def reads(self, text: str, language: str) -> bool:
        """Whether the language is one that the encoder was measured on, and most letters are of its script."""
        return language in self.encoder.languages and script(text) in ("Latin", None)

    def vectors(self, texts: Sequence[str]) -> DenseVectors:
        """One vector for each text."""
        if not texts:
            return DenseVectors(rows=np.zeros((0, 1), dtype=np.int16))
        return DenseVectors(rows=self.store.vectors(self.encoder.name, texts, self.encoder.encode))

    def compare(self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int) -> Compared:
        """Each text is half way between its title alone and the whole: titles alone find fewer duplicates."""
        vectors = self.vectors(texts)
        if list(titles) != list(texts):
            vectors = vectors.half_way_to(self.vectors(titles))
        vectors = vectors.without_common(np.array([bool(text) for text in texts], dtype=bool))
        pairs = vectors.pairs(least, near, most)
        return Compared(vectors=vectors, keys=pairs.where(pairs.score >= least), near=pairs)


_BANDS = {
    "careful": Bands(keys=Keys(mean=0.64, first=0.84, further=0.72), suggest=0.47),
    "balanced": Bands(keys=Keys(mean=0.61, first=0.82, further=0.66), suggest=0.47),
    "eager": Bands(keys=Keys(mean=0.56, first=0.77, further=0.64), suggest=0.45),
}
