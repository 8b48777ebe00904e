"""The engine that needs no model: texts are alike when they share rare words, or words that begin alike."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity.sparse import UNIT, SparseVectors, ranges
from faq_builder.similarity.vectors import Bands, Compared, Keys, Pairs

# scripts that are written without spaces between words: Thai to Tibetan, Burmese, Khmer, kana, Han, Hangul
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)
# the vowel signs of Indic scripts are part of a word, though `\w` does not hold them
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[\w\u0900-\u0dff])+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ACCENTS = re.compile("[\u0300-\u036f]")

# fitted with benchmarks/grouping.py: average precision of pairs 16 % with plain TF-IDF over words, 34 % with these;
# character n-grams of words would add 3 points and take six times as long
_STEM = 4  # letters that a word is known by
_RARENESS = 0.75  # exponent of the inverse document frequency; 1 lets single rare words decide
_DOUBT = 1.1  # weight of what a text leaves unsaid, in squares of the rarest word: short texts are never quite alike
# the key and the mean from which a person is asked; at .58 95 % of merged pairs of benchmarks/grouping.py are right
_BANDS = {"careful": (0.66, 0.4), "balanced": (0.58, 0.35), "eager": (0.5, 0.3)}
MEAN_SHARE = 5 / 6  # fitted on labelled questions; the best share was .83
_FINE = 1024  # weights are whole numbers of this fineness, so that their sums are exact


@dataclass(frozen=True, kw_only=True)
class Lexical:
    """TF-IDF over the beginnings of words; over pairs of characters where a script has no spaces."""

    name: str = "lexical"

    def vectors(self, texts: Sequence[str]) -> SparseVectors:
        """One vector for each text; shorter than 1, and the less the text says the shorter. No text: no features."""
        counts = _count(texts)
        if not len(counts.feature):
            start = np.zeros(len(texts) + 1, dtype=np.int64)
            return SparseVectors(start=start, feature=counts.feature, weight=np.zeros(0), features=0)
        weight = np.rint(_FINE * _tf_idf(counts, len(texts)))
        squares = np.bincount(counts.text, weights=weight**2, minlength=len(texts))
        doubt = _DOUBT * (_FINE * _rareness(len(texts), 1)) ** 2
        unit = np.rint(UNIT * weight / np.sqrt(squares + doubt)[counts.text])
        kept = unit > 0
        sizes = np.bincount(counts.text[kept], minlength=len(texts))
        return SparseVectors(
            start=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
            feature=counts.feature[kept],
            weight=unit[kept],
            features=counts.features,
        )

    def bands(self, level: str) -> Bands:
        """Of what one pair of a merge must reach, the mean of all pairs must reach five sixths."""
        key, suggest = _BANDS[level]
        return Bands(keys=Keys(mean=MEAN_SHARE * key, first=key, further=key), suggest=suggest)

    def reads(self, text: str, language: str) -> bool:
        """Words are words in every language."""
        return True

    def compare(self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int) -> Compared:
        """Pairs are as alike as their texts; a key as alike as texts or titles, whichever are less alike.

        Series of questions by one author begin alike ("exercise 2.1 of ...") and ask different things: of the merges
        that the texts of a small question site made without looking at the titles, most were such.
        """
        vectors = self.vectors(texts)
        pairs = vectors.pairs(least, near, most)
        if list(titles) == list(texts):
            return Compared(vectors=vectors, keys=pairs.where(pairs.score >= least), near=pairs)
        by_title = {(left, right): score for left, right, score in self.vectors(titles).pairs(least).rows()}
        score = np.array([min(score, by_title.get((left, right), 0.0)) for left, right, score in pairs.rows()])
        keys = Pairs(left=pairs.left, right=pairs.right, score=score).where(score >= least)
        return Compared(vectors=vectors, keys=keys, near=pairs)


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """How often each text has each feature, sorted by text and feature."""

    text: NDArray[np.int64]
    feature: NDArray[np.int64]
    count: NDArray[np.int64]
    features: int  # how many there are in all


@dataclass
class _Vocabulary:
    """Numbers words and features as they come; the features of a word are worked out once."""

    words: dict[str, int] = field(default_factory=dict)
    features: dict[str, int] = field(default_factory=dict)
    of_words: list[list[int]] = field(default_factory=list)

    def number(self, word: str) -> int:
        if word not in self.words:
            self.words[word] = len(self.words)
            self.of_words.append([self.features.setdefault(f, len(self.features)) for f in _features(word)])
        return self.words[word]


def _count(texts: Sequence[str]) -> _Counts:
    vocabulary = _Vocabulary()
    words = [[vocabulary.number(word) for word in _WORD.findall(_folded(text))] for text in texts]
    ends = np.cumsum([0, *map(len, vocabulary.of_words)], dtype=np.int64)
    features = np.array([f for own in vocabulary.of_words for f in own], dtype=np.int64)
    flat = np.array([word for own in words for word in own], dtype=np.int64)
    entries, sizes = ranges(ends[flat], ends[flat + 1])
    text = np.repeat(np.repeat(np.arange(len(texts)), [len(own) for own in words]), sizes)
    many = max(len(vocabulary.features), 1)
    both, count = np.unique(text * many + features[entries], return_counts=True)
    return _Counts(text=both // many, feature=both % many, count=count, features=len(vocabulary.features))


def _tf_idf(counts: _Counts, texts: int) -> NDArray[np.float64]:
    """The weight of each entry. `math.log` and tables, as numpy's own logarithm differs between processors."""
    frequency = np.bincount(counts.feature, minlength=counts.features)
    rareness: NDArray[np.float64] = np.array([0.0, *(_rareness(texts, n) for n in range(1, int(frequency.max()) + 1))])
    often: NDArray[np.float64] = np.array([0.0, *(1 + math.log(n) for n in range(1, int(counts.count.max()) + 1))])
    return often[counts.count] * rareness[frequency][counts.feature]


def _rareness(texts: int, with_it: int) -> float:
    return math.pow(math.log(1 + texts / with_it), _RARENESS)


def _folded(text: str) -> str:
    """Lower case, compatible forms, no accents."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", plain)


def _features(word: str) -> Iterator[str]:
    """What a word is known by."""
    if not _IS_UNSPACED.match(word):
        yield word[:_STEM]
        return
    yield from (word[i : i + 2] for i in range(max(len(word) - 1, 1)))
