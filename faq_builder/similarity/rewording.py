"""Titles that say the same in slightly other words: inflections, synonyms and misspellings, and nothing else."""

from functools import lru_cache
from pathlib import Path

from faq_builder.similarity.form import Form
from faq_builder.similarity.form_words import GRAMMAR
from faq_builder.similarity.words import SYNONYMS, word_set

_CACHE_SIZE = 20_000
_VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"
_SHORTEST_MISSPELT = 5  # letters: in shorter words one letter often makes another word
# words of grammar that count, because another one turns the question round
_TURNING = word_set("not no never from by before after without out off up down over under than until since")
_WAYS = ("how", "can", "way", "possible")  # "Can I ...?", "Is there a way to ...?" and "How do I ...?" ask for the way
_KINDS = ("why", "when", "where", "who", "which", "what", "how")


def same_but_for_wording(one: str, other: str) -> bool:
    """Whether two texts have the same words in the same order, up to inflections, synonyms and misspellings.

    Any other word on one side is a difference, so no list of opposites is needed.
    """
    kinds = {_kind(one), _kind(other)}
    if len(kinds) > 1 and kinds != {"", "how"}:  # "Exporting recipes" asks how
        return False
    left, right = _content(one), _content(other)
    return len(left) == len(right) > 1 and all(_mean_the_same(x, y) for x, y in zip(left, right, strict=True))


@lru_cache(maxsize=_CACHE_SIZE)
def _content(text: str) -> tuple[str, ...]:
    return tuple(
        token
        for token in Form.of(text).tokens
        if (token not in GRAMMAR and token not in ("way", "possible", "there")) or token in _TURNING
    )


def _kind(text: str) -> str:
    tokens = Form.of(text).tokens
    if any(word in tokens for word in _WAYS):
        return "how"
    return next((word for word in _KINDS if word in tokens), "")


def _mean_the_same(one: str, other: str) -> bool:
    if one == other or _inflected(one) == _inflected(other):
        return True
    if any(one in words and other in words for words in SYNONYMS):
        return True
    return is_misspelt(one, other) or is_misspelt(other, one)


@lru_cache(maxsize=_CACHE_SIZE)
def _inflected(word: str) -> str:
    """Return a verb without "-ed", "-ing" and "-e": "charging" -> "charg"; "charger" is another word."""
    for ending in ("ing", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def is_misspelt(wrong: str, right: str) -> bool:
    """Whether a word that English does not have is a known word with two letters swapped, or one too many or too few.

    A replaced letter does not count ("upload" and "unload" differ by one), nor does a first or last letter.
    """
    known = _english_words()
    if min(len(wrong), len(right)) < _SHORTEST_MISSPELT or wrong in known or right not in known:
        return False
    if wrong[0] != right[0] or wrong[-1] != right[-1] or not (wrong + right).isalpha():
        return False
    if len(wrong) == len(right):
        unlike = [i for i, (x, y) in enumerate(zip(wrong, right, strict=True)) if x != y]
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
        return swapped and wrong[unlike[0]] == right[unlike[1]] and wrong[unlike[1]] == right[unlike[0]]
    short, long = sorted((wrong, right), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    """Return the whole words of the encoder's vocabulary, which are the most frequent ones of English."""
    return frozenset(_VOCABULARY.read_text(encoding="utf-8").split())
