"""The words of a question, and what single words mean: numbers, names, platforms, negations, opposites, synonyms."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from faq_builder.similarity.words import (
    FUNCTION_WORDS,
    NEGATIONS,
    NUMBERS,
    OPPOSITES,
    PLATFORMS,
    REVERSING,
    SYMMETRIC_WITH,
    SYNONYMS,
)

_TOKEN = re.compile(r"[^\W_]+(?:[-.+#:_'’/][^\W_]+)*[+#]*")
_WHETHER = re.compile(r"\bwhether or not\b|\bif or not\b", re.IGNORECASE)  # the "not" in it denies nothing
_FAILS = re.compile(r"\b(?:fail(?:s|ed|ing)?|refus(?:es?|ed|ing)) to\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*|[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+|\w*[a-z][A-Z]\w*")
VERSION = re.compile(r"v?\d+(?:\.(?:\d+|x))+|v\d+", re.IGNORECASE)
_CACHE_SIZE = 10_000  # questions and words whose results are cached: each is compared with many others
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e")
TokenValues = list[tuple[str, object]]  # (token as written, what it means): ("v2.0", "2.0")


@dataclass(frozen=True)
class Question:
    """A question in tokens. All that it is compared by is computed once."""

    tokens: tuple[str, ...]  # as written, but "fails to" becomes "not"

    @classmethod
    @lru_cache(maxsize=_CACHE_SIZE)
    def of(cls, text: str) -> "Question":
        """Split a question into tokens: "Why's the hub off?" -> "Why's", "the", "hub", "off"."""
        return cls(tuple(_TOKEN.findall(_FAILS.sub("not", _WHETHER.sub("whether", text)))))

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case (see `plain_word`)."""
        return [plain_word(token) for token in self.tokens]

    @cached_property
    def content_positions(self) -> list[int]:
        """The positions of content words: neither function words nor negations."""
        return [
            i for i, word in enumerate(self.words) if word not in FUNCTION_WORDS and not is_negation(self.tokens[i])
        ]

    @cached_property
    def stems(self) -> list[str]:
        """The words without their endings (see `strip_ending`)."""
        return [strip_ending(word) for word in self.words]

    @cached_property
    def opposite_stems(self) -> frozenset[str]:
        """The stems of all opposites of these words."""
        return frozenset(opposite for word in self.words for opposite in opposites_of(word))

    @cached_property
    def numbers(self) -> TokenValues:
        """The numbers, versions and codes with digits: ("twelve", "12"), ("0x51", "0x51")."""
        return [(token, value) for token in self.tokens if (value := _number_value(token))]

    @cached_property
    def platforms(self) -> TokenValues:
        """The platforms, each with the number of its family: ("macOS", 1), ("iMac", 1)."""
        return [
            (token, PLATFORMS[word]) for token, word in zip(self.tokens, self.words, strict=True) if word in PLATFORMS
        ]

    @cached_property
    def name_tokens(self) -> list[str]:
        """The tokens that are written like names: with a capital within the sentence, or like "WiFi" or "USB"."""
        capitals = sum(token[0].isupper() for token in self.tokens[1:])
        is_title_case = capitals > 0.5 * max(len(self.tokens) - 1, 1)  # In Title Case a capital tells nothing
        return [
            token
            for i, (token, word) in enumerate(zip(self.tokens, self.words, strict=True))
            if (_CODE.fullmatch(token) or (token[0].isupper() and i and not is_title_case))
            and word not in FUNCTION_WORDS
            and not re.match(r"I['’]", token)
        ]


@lru_cache(maxsize=_CACHE_SIZE)
def strip_ending(word: str) -> str:
    """Return a lower-case English word without a common ending: "connecting" -> "connect", "stopped" -> "stop"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=_CACHE_SIZE)
def plain_word(token: str) -> str:
    """Return a token in lower case, without apostrophes and possessive 's: "Mac's" -> "mac", "Don't" -> "dont"."""
    word = token.casefold().replace("’", "'").removesuffix("'s")
    return word.replace("'", "")


def is_negation(token: str) -> bool:
    """Whether a token negates: "not", "can't", "without"."""
    return plain_word(token) in NEGATIONS


def _number_value(token: str) -> str | None:
    """Return the number, version or code with digits that a token is: "v2.0" -> "2.0", "twelve" -> "12"; else None."""
    word = plain_word(token)
    if any(c.isdigit() for c in word):
        return word.removeprefix("v") if VERSION.fullmatch(word) else word
    return NUMBERS.get(word)


def are_opposites(left: str, right: str) -> bool:
    """Whether two words are opposites, by the list or by a prefix: "lock" and "unlock"."""
    return strip_ending(right) in opposites_of(left) or strip_ending(left) in opposites_of(right)


@lru_cache(maxsize=_CACHE_SIZE)
def opposites_of(word: str) -> frozenset[str]:
    """Return the stems of the opposites of a word."""
    bare = (word[len(prefix) :].lstrip("-") for prefix in REVERSING if word.startswith(prefix))
    return _OPPOSED_STEMS.get(strip_ending(word), frozenset()) | {strip_ending(rest) for rest in bare if len(rest) > 3}


def _opposed_stems() -> dict[str, frozenset[str]]:
    """Return for each stem in the list of opposites the stems of its opposites."""
    found: dict[str, set[str]] = {}
    for one, other in ((strip_ending(one), strip_ending(other)) for one, other in map(sorted, OPPOSITES)):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(opposites) for word, opposites in found.items()}


_OPPOSED_STEMS = _opposed_stems()
SYMMETRIC_WITH_STEMS = frozenset(map(strip_ending, SYMMETRIC_WITH))
_SYNONYM_STEMS = [frozenset(map(strip_ending, words)) for words in SYNONYMS]
_SYNONYMS_OF: dict[str, frozenset[str]] = {
    word: frozenset().union(*(words for words in _SYNONYM_STEMS if word in words))
    for words in _SYNONYM_STEMS
    for word in words
}


def are_related(left: str, right: str) -> bool:
    """Whether two stems belong to forms of one word, or to words that mean nearly the same."""
    short, long = sorted((left, right), key=len)
    if len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]):
        return True
    if len(short) <= 3 and short[:1] == long[:1] and _is_subsequence(short, long):  # "fb" and "facebook"
        return True
    return right in _SYNONYMS_OF.get(left, ())


def _is_subsequence(short: str, long: str) -> bool:
    """Whether a word has all letters of the short one in the same order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
