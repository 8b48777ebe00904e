"""A wording in words, and what single words say: numbers, names, platforms, negations, opposites, synonyms."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from faq_builder.similarity.words import ALIKE, FRAME, JOINING, NEGATIONS, NUMBERS, OPPOSITES, PLATFORMS, REVERSING

_TOKEN = re.compile(r"[^\W_]+(?:[-.+#:_'’/][^\W_]+)*[+#]*")
_WHETHER = re.compile(r"\bwhether or not\b|\bif or not\b", re.IGNORECASE)  # denies nothing
_FAILS = re.compile(r"\b(?:fail(?:s|ed|ing)?|refus(?:es?|ed|ing)) to\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*|[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+|\w*[a-z][A-Z]\w*")
VERSION = re.compile(r"v?\d+(?:\.(?:\d+|x))+|v\d+", re.IGNORECASE)
_KEPT = 10_000  # wordings and words whose parts are remembered: each is compared with many others
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e")
Values = list[tuple[str, object]]  # tokens, and what each of them says


@dataclass(frozen=True)
class Question:
    """A wording in tokens; what it is compared by is worked out once."""

    tokens: tuple[str, ...]  # as written, but "fails to" is "not"

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def of(cls, text: str) -> "Question":
        return cls(tuple(_TOKEN.findall(_FAILS.sub("not", _WHETHER.sub("whether", text)))))

    @cached_property
    def words(self) -> list[str]:
        return [plain(token) for token in self.tokens]

    @cached_property
    def content(self) -> list[int]:
        """The places of words that are about something."""
        return [i for i, word in enumerate(self.words) if word not in FRAME and not negates(self.tokens[i])]

    @cached_property
    def stems(self) -> list[str]:
        return [stem(word) for word in self.words]

    @cached_property
    def opposites(self) -> frozenset[str]:
        """The stems of words that would say the opposite of one of these."""
        return frozenset(opposite for word in self.words for opposite in opposites_of(word))

    @cached_property
    def numbers(self) -> Values:
        return [(token, value) for token in self.tokens if (value := _number(token))]

    @cached_property
    def platforms(self) -> Values:
        return [
            (token, PLATFORMS[word]) for token, word in zip(self.tokens, self.words, strict=True) if word in PLATFORMS
        ]

    @cached_property
    def names(self) -> list[str]:
        """The words that are written like names."""
        capitals = sum(token[0].isupper() for token in self.tokens[1:])
        titled = capitals > 0.5 * max(len(self.tokens) - 1, 1)  # Every Word Begins Like A Name
        return [
            token
            for i, (token, word) in enumerate(zip(self.tokens, self.words, strict=True))
            if (_CODE.fullmatch(token) or (token[0].isupper() and i and not titled))
            and word not in FRAME
            and not re.match(r"I['’]", token)
        ]


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """A word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=_KEPT)
def plain(token: str) -> str:
    """A token in lower case, without apostrophes and the 's of possession."""
    word = token.casefold().replace("’", "'").removesuffix("'s")
    return word.replace("'", "")


def negates(token: str) -> bool:
    """Whether a token denies."""
    return plain(token) in NEGATIONS


def _number(token: str) -> str | None:
    """What number, version or code with digits a token is."""
    word = plain(token)
    if any(c.isdigit() for c in word):
        return word.removeprefix("v") if VERSION.fullmatch(word) else word
    return NUMBERS.get(word)


def opposing(left: str, right: str) -> bool:
    """Whether two words are opposites, if only by a prefix: lock and unlock."""
    return stem(right) in opposites_of(left) or stem(left) in opposites_of(right)


@lru_cache(maxsize=_KEPT)
def opposites_of(word: str) -> frozenset[str]:
    """The stems of words that say the opposite."""
    bare = (word[len(prefix) :].lstrip("-") for prefix in REVERSING if word.startswith(prefix))
    return _OPPOSED_STEMS.get(stem(word), frozenset()) | {stem(rest) for rest in bare if len(rest) > 3}


def _opposed_stems() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in ((stem(one), stem(other)) for one, other in map(sorted, OPPOSITES)):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(opposites) for word, opposites in found.items()}


_OPPOSED_STEMS = _opposed_stems()
JOINING_STEMS = frozenset(map(stem, JOINING))
_ALIKE_STEMS = [frozenset(map(stem, words)) for words in ALIKE]
_ALIKE_WITH: dict[str, frozenset[str]] = {
    word: frozenset().union(*(words for words in _ALIKE_STEMS if word in words))
    for words in _ALIKE_STEMS
    for word in words
}


def alike(left: str, right: str) -> bool:
    """Whether two stems are forms of one word, or of two that mean nearly the same."""
    short, long = sorted((left, right), key=len)
    if len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]):
        return True
    if len(short) <= 3 and short[:1] == long[:1] and _spells(short, long):  # fb, facebook
        return True
    return right in _ALIKE_WITH.get(left, ())


def _spells(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
