"""The engine that needs no model: texts are similar if they share rare words, or words with the same beginning."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.matching import Matches, matches
from faq_builder.similarity.sparse import UNIT, SparseVectors, concatenated_ranges
from faq_builder.similarity.vectors import Comparison, LinkageThresholds, Pairs, Thresholds

# scripts that are written without spaces between words: Thai to Tibetan, Burmese, Khmer, kana, Han, Hangul
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
# `\w` does not match the vowel signs of Indic scripts, which are part of a word
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[\w\u0900-\u0dff])+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ACCENTS = re.compile("[\u0300-\u036f]")

# fitted with benchmarks/grouping.py: average precision of pairs 16 % with plain TF-IDF over words, 34 % with these;
# character n-grams of words would add 3 points and take six times as long
_PREFIX_LENGTH = 4  # a word counts by its first four letters, so "shattered" equals "shatters"
_IDF_EXPONENT = 0.75  # weakens the inverse document frequency: with 1 a single rare word decides
# Added to the squared length of each vector, in squares of the rarest word's weight: a short text leaves much unsaid,
# so two equal short texts get a similarity below 1.
_SMOOTHING = 1.1
# similarity of a pair that starts a merge, mean similarity from which a person is asked; only searches are merged so
_MERGE, _SUGGEST = 0.5, 0.35
MEAN_SHARE = 5 / 6  # required mean of a merge as a share of its best pair; on labelled questions .83 was best
_LEAST_TO_ANSWER = 0.1  # bar of a topic that answers, on a site whose topics have nothing in common; see `matches`
_WEIGHT_STEPS = 1024  # weights are whole multiples of 1/1024, so that their sums are exact


@dataclass(frozen=True, kw_only=True)
class LexicalEngine:
    """TF-IDF over word prefixes, or over character bigrams in scripts without spaces."""

    name: str = "lexical"

    def vectors(self, texts: Sequence[str]) -> SparseVectors:
        """Return one vector of length below 1 for each text: the fewer rare words, the shorter the vector."""
        counts = _count_terms(texts)
        if not len(counts.feature):
            start = np.zeros(len(texts) + 1, dtype=np.int64)
            return SparseVectors(start=start, feature=counts.feature, weight=np.zeros(0), feature_count=0)
        weight = np.rint(_WEIGHT_STEPS * _tf_idf(counts, len(texts)))
        squares = np.bincount(counts.text, weights=weight**2, minlength=len(texts))
        smoothing = _SMOOTHING * (_WEIGHT_STEPS * _idf(len(texts), 1)) ** 2
        unit = np.rint(UNIT * weight / np.sqrt(squares + smoothing)[counts.text])
        kept = unit > 0
        sizes = np.bincount(counts.text[kept], minlength=len(texts))
        return SparseVectors(
            start=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
            feature=counts.feature[kept],
            weight=unit[kept],
            feature_count=counts.feature_count,
        )

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds of shared words; the mean must reach five sixths of what the best pair must reach."""
        return Thresholds(
            merge=LinkageThresholds(mean=MEAN_SHARE * _MERGE, single_pair=_MERGE, group_pair=_MERGE), suggest=_SUGGEST
        )

    def supports(self, text: str, language: str) -> bool:
        """Return True: shared words are found in every language."""
        return True

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        """Compare texts; a pair that may start a merge gets the lower of its texts' and its titles' similarity.

        Without the titles, most merges on a small question site were wrong: one author's series of questions begins
        with the same words ("exercise 2.1 of ...") and asks different things.
        """
        vectors = self.vectors(texts)
        pairs = vectors.pairs(least, near, most)
        if list(titles) == list(texts):
            return Comparison(vectors=vectors, merge_pairs=pairs.where(pairs.score >= least), near_pairs=pairs)
        by_title = {(left, right): score for left, right, score in self.vectors(titles).pairs(least).rows()}
        score = np.array([min(score, by_title.get((left, right), 0.0)) for left, right, score in pairs.rows()])
        merge_pairs = Pairs(left=pairs.left, right=pairs.right, score=score).where(score >= least)
        return Comparison(vectors=vectors, merge_pairs=merge_pairs, near_pairs=pairs)

    def match(self, asked: Sequence[str], texts: Sequence[str], topics: Sequence[int]) -> Matches:
        """Compare questions with the texts of a site."""
        return matches(self.vectors([*asked, *texts]), texts, topics, _LEAST_TO_ANSWER)


@dataclass(frozen=True, kw_only=True)
class _TermCounts:
    """How often each text has each feature, sorted by text, then feature."""

    text: NDArray[np.int64]  # shape (entries,): number of a text
    feature: NDArray[np.int64]  # shape (entries,): number of a feature
    count: NDArray[np.int64]  # shape (entries,)
    feature_count: int  # different features in all texts


@dataclass
class _FeatureNumbers:
    """Numbers words and features in the order they come; the features of each word are computed once."""

    words: dict[str, int] = field(default_factory=dict)  # word -> its number
    features: dict[str, int] = field(default_factory=dict)  # feature -> its number
    of_words: list[list[int]] = field(default_factory=list)  # by number of the word: the numbers of its features

    def number(self, word: str) -> int:
        """Return the number of a word, a new one if the word is new."""
        if word not in self.words:
            self.words[word] = len(self.words)
            self.of_words.append([self.features.setdefault(f, len(self.features)) for f in _features_of(word)])
        return self.words[word]


def _count_terms(texts: Sequence[str]) -> _TermCounts:
    """Count the features of each text."""
    vocabulary = _FeatureNumbers()
    words = [[vocabulary.number(word) for word in _WORD.findall(_normalised(text))] for text in texts]
    ends = np.cumsum([0, *map(len, vocabulary.of_words)], dtype=np.int64)
    features = np.array([f for own in vocabulary.of_words for f in own], dtype=np.int64)
    flat = np.array([word for own in words for word in own], dtype=np.int64)
    entries, sizes = concatenated_ranges(ends[flat], ends[flat + 1])
    text = np.repeat(np.repeat(np.arange(len(texts)), [len(own) for own in words]), sizes)
    many = max(len(vocabulary.features), 1)
    both, count = np.unique(text * many + features[entries], return_counts=True)
    return _TermCounts(text=both // many, feature=both % many, count=count, feature_count=len(vocabulary.features))


def _tf_idf(counts: _TermCounts, texts: int) -> NDArray[np.float64]:
    """Return the weights, shape (entries,). Uses `math.log`: numpy's logarithm differs between processors."""
    frequency = np.bincount(counts.feature, minlength=counts.feature_count)
    idf: NDArray[np.float64] = np.array([0.0, *(_idf(texts, n) for n in range(1, int(frequency.max()) + 1))])
    tf: NDArray[np.float64] = np.array([0.0, *(1 + math.log(n) for n in range(1, int(counts.count.max()) + 1))])
    return tf[counts.count] * idf[frequency][counts.feature]


def _idf(texts: int, with_it: int) -> float:
    """Return the inverse document frequency of a feature that `with_it` of `texts` texts have."""
    return math.pow(math.log(1 + texts / with_it), _IDF_EXPONENT)


def _normalised(text: str) -> str:
    """Return a text in lower case, in compatible forms (NFKD) and without accents: "CAFÉ" -> "cafe"."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", plain)


def _features_of(word: str) -> Iterator[str]:
    """Yield the prefix of a word, or the bigrams of a word in a script without spaces.

    "shattered" -> "shat"; "红色部件" -> "红色", "色部", "部件"
    """
    if not _IS_UNSPACED.match(word):
        yield word[:_PREFIX_LENGTH]
        return
    yield from (word[i : i + 2] for i in range(max(len(word) - 1, 1)))
