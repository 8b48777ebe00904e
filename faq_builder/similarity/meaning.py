"""The engine that compares texts by meaning, with the vectors of a sentence encoder."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.dense import DenseVectors, pair_criteria, pairs_from_products
from faq_builder.similarity.encoder import Encoder
from faq_builder.similarity.incremental import updated_pairs
from faq_builder.similarity.languages import script_of
from faq_builder.similarity.matching import Matches, matches
from faq_builder.similarity.store import Store, text_hash
from faq_builder.similarity.vectors import Comparison, LinkageThresholds, Thresholds

# Texts whose vectors give the mean, if there are as many. A new text among 10,000 is seldom one of these, so it
# changes no other vector; the error of such a mean is 3 % of the distance of texts from it.
MEAN_SAMPLE = 1024
_COUNT_STEP = 128  # a number of texts above MEAN_SAMPLE is rounded down to a multiple, so it seldom changes vectors

_LEAST_TO_ANSWER = 0.24  # bar of a topic that answers, on a site whose topics have nothing in common; see `matches`
# With 300 texts, as in grouping, 4 % fewer questions without a topic stay below the bar.
_ANSWER_SHRINKAGE = 10


@dataclass(frozen=True, kw_only=True)
class MeaningEngine:
    """Compares texts by the cosine of the vectors that an encoder gives them."""

    encoder: Encoder
    store: Store = field(default_factory=Store)

    @property
    def name(self) -> str:
        """The encoder's name."""
        return self.encoder.name

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds of the encoder."""
        return _THRESHOLDS

    def supports(self, text: str, language: str) -> bool:
        """Whether the encoder was measured on the language, and most letters of the text are of its script."""
        return language in self.encoder.languages and script_of(text) in ("Latin", None)

    def vectors(self, texts: Sequence[str]) -> DenseVectors:
        """Return one vector for each text, from the store if it is there."""
        if not texts:
            return DenseVectors(rows=np.zeros((0, 1), dtype=np.int16))
        return DenseVectors(rows=self.store.vectors(self.encoder.name, texts, self.encoder.encode))

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        """Compare texts by the mean of title vector and text vector: titles alone find fewer duplicates."""
        vectors = self.vectors(texts)
        if list(titles) != list(texts):
            vectors = vectors.mean_with(self.vectors(titles))
        vectors = vectors.centred(*mean_sample(texts))
        pairs = pairs_from_products(updated_pairs(vectors.rows, pair_criteria(least, near, most), self.store))
        return Comparison(vectors=vectors, merge_pairs=pairs.where(pairs.score >= least), near_pairs=pairs)

    def match(self, asked: Sequence[str], texts: Sequence[str], topics: Sequence[int]) -> Matches:
        """Compare questions with the texts of a site; what all texts have in common does not count."""
        sample, count = mean_sample(texts)
        vectors = self.vectors([*asked, *texts]).centred(sample + len(asked), count, _ANSWER_SHRINKAGE)
        return matches(vectors, texts, topics, _LEAST_TO_ANSWER)


def mean_sample(texts: Sequence[str]) -> tuple[NDArray[np.int64], int]:
    """Return the indices of the texts whose vectors give the mean, and how many texts they represent.

    The texts are chosen by hash, so that most stay the same when other texts come and go.
    """
    by_hash = sorted((text_hash(text), number) for number, text in enumerate(texts) if text)
    numbers = np.array([number for _, number in by_hash[:MEAN_SAMPLE]], dtype=np.int64)
    return numbers, len(by_hash) - (len(by_hash) % _COUNT_STEP if len(by_hash) > MEAN_SAMPLE else 0)


_THRESHOLDS = Thresholds(merge=LinkageThresholds(mean=0.56, single_pair=0.77, group_pair=0.64), suggest=0.47)
