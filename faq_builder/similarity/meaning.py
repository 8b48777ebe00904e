"""The engine that knows what texts mean: vectors of a sentence encoder."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.dense import DenseVectors, pairs_of, wanted
from faq_builder.similarity.encoder import Encoder
from faq_builder.similarity.languages import script
from faq_builder.similarity.remembered import nearest_again
from faq_builder.similarity.store import Store, text_hash
from faq_builder.similarity.vectors import Bands, Compared, Keys

# texts that tell what all share, if there are as many: of 10,000 the next one is seldom among them, so that it moves no
# other; a mean of so many is off by 3 % of how far texts are from it
TELLING = 1024
_STEP = 128  # more than TELLING texts are counted in steps, so that the next one seldom moves anything either


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
        vectors = vectors.without_common(*telling(texts))
        pairs = pairs_of(nearest_again(vectors.rows, wanted(least, near, most), self.store))
        return Compared(vectors=vectors, keys=pairs.where(pairs.score >= least), near=pairs)


def telling(texts: Sequence[str]) -> tuple[NDArray[np.int64], int]:
    """The places of the texts that tell what all share, chosen by hash, and for how many texts they stand."""
    by_hash = sorted((text_hash(text), place) for place, text in enumerate(texts) if text)
    places = np.array([place for _, place in by_hash[:TELLING]], dtype=np.int64)
    return places, len(by_hash) - (len(by_hash) % _STEP if len(by_hash) > TELLING else 0)


_BANDS = {
    "careful": Bands(keys=Keys(mean=0.64, first=0.84, further=0.72), suggest=0.47),
    "balanced": Bands(keys=Keys(mean=0.61, first=0.82, further=0.66), suggest=0.47),
    "eager": Bands(keys=Keys(mean=0.56, first=0.77, further=0.64), suggest=0.45),
}
