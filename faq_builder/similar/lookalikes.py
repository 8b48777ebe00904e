"""Questions in nearly the same words that ask different things. An encoder does not see these differences."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from faq_builder.similar.words import (
    ALIKE,
    DISTRIBUTIONS,
    EVEN,
    FRAME,
    JOINING,
    NEGATIONS,
    NUMBERS,
    OPPOSITES,
    PARTICLES,
    PLATFORMS,
    REVERSING,
)

_TOKEN = re.compile(r"[^\W_]+(?:[-.+#:_'’/][^\W_]+)*[+#]*")
_WHETHER = re.compile(r"\bwhether or not\b|\bif or not\b", re.IGNORECASE)  # denies nothing
_FAILS = re.compile(r"\b(?:fail(?:s|ed|ing)?|refus(?:es?|ed|ing)) to\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*|[A-Z][a-z]+(?:[A-Z][a-z0-9]+)+|\w*[a-z][A-Z]\w*")
_VERSION = re.compile(r"v?\d+(?:\.(?:\d+|x))+|v\d+", re.IGNORECASE)
_CONTRARY = 0.65  # share of the other words that must be the same before a contrary counts: paraphrases deny in passing
_KEPT = 10_000  # wordings and words whose parts are remembered: each is compared with many others
_NAME = 3  # words that a name in place of another has at most
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "s", "e")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """In what two questions differ."""

    kind: str
    left: str  # the words of the one, as written
    right: str
    certain: bool = True  # False: they may well mean the same, but a machine cannot know

    def __str__(self) -> str:
        return f"{self.kind}: {self.left or '–'} / {self.right or '–'}"


@dataclass(frozen=True)
class _Question:
    """A wording in tokens."""

    tokens: tuple[str, ...]  # as written, but "fails to" is "not"

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def of(cls, text: str) -> "_Question":
        return cls(tuple(_TOKEN.findall(_FAILS.sub("not", _WHETHER.sub("whether", text)))))

    @cached_property
    def words(self) -> list[str]:
        return [_plain(token) for token in self.tokens]

    @cached_property
    def content(self) -> list[int]:
        """The places of words that are about something."""
        return [i for i, word in enumerate(self.words) if word not in FRAME and not _negates(self.tokens[i])]


def difference(left: str, right: str, products: Sequence[str] = ()) -> Difference | None:
    """The first difference that is found, None where the words do not tell one."""
    one, other = _Question.of(left), _Question.of(right)
    if one.words == other.words:
        return None
    listed = _listed(left, right, products)
    return listed or next((found for rule in _RULES if (found := rule(one, other))), None)


def differing(left: str, right: str, products: Sequence[str] = ()) -> Difference:
    """In what two wordings differ, if only in their words; for people who decide whether they ask the same."""
    found = difference(left, right, products)
    if found:
        return found
    one, other = _Question.of(left), _Question.of(right)
    ours, theirs = _only(one, other, lambda token: None if _plain(token) in FRAME else stem(_plain(token)))
    return Difference(kind="words", left=" ".join(ours), right=" ".join(theirs), certain=False)


def _listed(left: str, right: str, products: Sequence[str]) -> Difference | None:
    """Names that the site keeps apart."""
    ours, theirs = ({name for name in products if _mentions(text, name)} for text in (left, right))
    if ours - theirs and theirs - ours:
        return Difference(kind="product", left=_list(ours - theirs), right=_list(theirs - ours))
    return None


def _numbers(one: _Question, other: _Question) -> Difference | None:
    """Numbers, versions and codes that hold digits, on both sides."""
    ours, theirs = _only(one, other, _number)
    if not ours or not theirs:
        return None
    versions = all(_VERSION.fullmatch(token) for token in (*ours, *theirs))
    return Difference(kind="version" if versions else "number", left=_list(ours), right=_list(theirs))


def _platforms(one: _Question, other: _Question) -> Difference | None:
    ours, theirs = _only(one, other, lambda token: PLATFORMS.get(_plain(token)))
    own, their = ({PLATFORMS[_plain(t)] for t in q.tokens if _plain(t) in PLATFORMS} for q in (one, other))
    if ours and theirs and not own & their:
        return Difference(kind="platform", left=_list(ours), right=_list(theirs))
    ours, theirs = _only(one, other, lambda token: _plain(token) if _plain(token) in DISTRIBUTIONS else None)
    return Difference(kind="platform", left=_list(ours), right=_list(theirs)) if ours and theirs else None


def _names(one: _Question, other: _Question) -> Difference | None:
    """Words that are written like names, on both sides, none of which the other side knows."""
    ours, theirs = _names_of(one, other), _names_of(other, one)
    if ours and theirs:
        return Difference(kind="name", left=_list(ours), right=_list(theirs))
    return None


def _contrary(one: _Question, other: _Question) -> Difference | None:
    """The one denies what the other says, or says the opposite, in the same words; a denied opposite is none."""
    ours, theirs = (
        [i for i, word in enumerate(q.words) if word not in NEGATIONS and word not in another.words]
        for q, another in ((one, other), (other, one))
    )
    opposed = [(one.tokens[i], other.tokens[j]) for i in ours for j in theirs if _opposed(one, i, other, j)]
    denying, denying_too = ([t for t in q.tokens if _negates(t)] for q in (one, other))
    denied = len(denying) % 2 != len(denying_too) % 2
    if denied == bool(opposed) or _overlap(one, other, {token for pair in opposed for token in pair}) < _CONTRARY:
        return None
    if opposed:
        return Difference(kind="opposite", left=opposed[0][0], right=opposed[0][1])
    return Difference(kind="negation", left=_list(denying), right=_list(denying_too))


def _direction(one: _Question, other: _Question) -> Difference | None:
    """The same words, two of them with changed places: "from A to B" and "from B to A"."""
    left, right = (
        [stem(word) for word in q.words if word not in ("a", "an", "the", "my", "our", "your")] for q in (one, other)
    )
    start = next((i for i, (x, y) in enumerate(zip(left, right, strict=False)) if x != y), 0)
    end = next((i for i, (x, y) in enumerate(zip(left[::-1], right[::-1], strict=False)) if x != y), 0)
    ours, theirs = left[start : len(left) - end], right[start : len(right) - end]
    if sorted(ours) != sorted(theirs):
        return None
    for first in range(1, len(ours) - 1):
        for last in range(first + 1, len(ours)):
            between = ours[first:last]
            if ours[last:] + between + ours[:first] == theirs and not _even(between, left):
                return Difference(kind="direction", left=" ".join(ours), right=" ".join(theirs))
    return None


def _even(between: Sequence[str], words: Sequence[str]) -> bool:
    """Whether two things may change places around these words: in "pair A with B", not in "open A with B"."""
    return EVEN.issuperset(between) and ("with" not in between or any(word in _JOINING_STEMS for word in words))


def _exchanged(one: _Question, other: _Question) -> Difference | None:
    """One word or name in place of another, all else being the same: often a product, seldom a paraphrase."""
    left, right = ([stem(q.words[i]) for i in q.content] for q in (one, other))
    if _overlap(one, other) < 0.5:
        return None
    changes = [c for c in SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(changes) != 1 or changes[0][0] != "replace":
        return None
    _, start, end, other_start, other_end = changes[0]
    ours = [one.tokens[i] for i in one.content[start:end]]
    theirs = [other.tokens[i] for i in other.content[other_start:other_end]]
    longest = _NAME if all(token[0].isupper() for token in (*ours, *theirs)) else 1
    if max(len(ours), len(theirs)) > longest or min(len(left), len(right)) < 2:
        return None
    if any(_alike(x, y) for x in left[start:end] for y in right[other_start:other_end]):
        return None
    return Difference(kind="word", left=" ".join(ours), right=" ".join(theirs), certain=False)


_RULES: tuple[Callable[[_Question, _Question], Difference | None], ...] = (
    _numbers,
    _platforms,
    _contrary,
    _direction,
    _names,
    _exchanged,
)


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """A word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=_KEPT)
def _plain(token: str) -> str:
    word = token.casefold().replace("’", "'").removesuffix("'s")
    return word.replace("'", "")


def _negates(token: str) -> bool:
    return _plain(token) in NEGATIONS


def _number(token: str) -> str | None:
    """What number, version or code with digits a token is."""
    plain = _plain(token)
    if any(c.isdigit() for c in plain):
        return plain.removeprefix("v") if _VERSION.fullmatch(plain) else plain
    return NUMBERS.get(plain)


def _only(one: _Question, other: _Question, value: Callable[[str], object]) -> tuple[list[str], list[str]]:
    """The tokens of each side whose value the other side does not have."""
    ours, theirs = ({v for t in q.tokens if (v := value(t)) is not None} for q in (one, other))
    return (
        [t for t in one.tokens if (v := value(t)) is not None and v not in theirs],
        [t for t in other.tokens if (v := value(t)) is not None and v not in ours],
    )


def _names_of(question: _Question, other: _Question) -> list[str]:
    """The names in a wording that the other does not mention in any spelling."""
    tokens = question.tokens
    capitals = sum(t[0].isupper() for t in tokens[1:])
    titled = capitals > 0.5 * max(len(tokens) - 1, 1)  # Every Word Begins Like A Name
    said = "".join(other.words)
    return [
        token
        for i, token in enumerate(tokens)
        if (_CODE.fullmatch(token) or (token[0].isupper() and i and not titled))
        and _plain(token) not in FRAME
        and not re.match(r"I['’]", token)
        and stem(_plain(token)) not in said
        and not any(_alike(_plain(token), word) for word in other.words)
    ]


def _opposed(one: _Question, i: int, other: _Question, j: int) -> bool:
    """Whether two words are opposites; "in" and "out" only after the same word."""
    left, right = one.words[i], other.words[j]
    if left in PARTICLES or right in PARTICLES:
        before = i and j and stem(one.words[i - 1]) == stem(other.words[j - 1])
        return bool(before or _opposing(one.words[i - 1], other.words[j - 1])) and _opposing(left, right)
    return _opposing(left, right)


@lru_cache(maxsize=_KEPT)
def _opposing(left: str, right: str) -> bool:
    if frozenset((left, right)) in OPPOSITES or frozenset((stem(left), stem(right))) in _OPPOSED_STEMS:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 4:
        return False
    return any(long.startswith(p) and stem(long[len(p) :].lstrip("-")) == stem(short) for p in REVERSING)


_OPPOSED_STEMS = frozenset(frozenset(map(stem, pair)) for pair in OPPOSITES)
_JOINING_STEMS = frozenset(map(stem, JOINING))
_ALIKE_STEMS = [frozenset(map(stem, words)) for words in ALIKE]


def _alike(left: str, right: str) -> bool:
    """Whether two stems are forms of one word, or of two that mean nearly the same."""
    short, long = sorted((left, right), key=len)
    if len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]):
        return True
    if len(short) <= 3 and short[:1] == long[:1] and _spells(short, long):  # fb, facebook
        return True
    return any({left, right} <= words for words in _ALIKE_STEMS)


def _spells(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _overlap(one: _Question, other: _Question, aside: Collection[str] = ()) -> float:
    """The share of words about something that both sides have, of the longer side; some are set aside."""
    left, right = ({stem(q.words[i]) for i in q.content if q.tokens[i] not in aside} for q in (one, other))
    return len(left & right) / max(len(left), len(right)) if left or right else 1.0


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _list(words: Sequence[str] | set[str]) -> str:
    return ", ".join(sorted(words) if isinstance(words, set) else words)
