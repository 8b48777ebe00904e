"""Questions in nearly the same words that ask different things. An encoder does not see these differences."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from faq_builder.similarity.question import JOINING_STEMS, VERSION, Question, alike, negates, opposing, plain, stem
from faq_builder.similarity.words import DISTRIBUTIONS, EVEN, FRAME, NEGATIONS, PARTICLES

_CONTRARY = 0.65  # share of the other words that must be the same before a contrary counts: paraphrases deny in passing
_NAME = 3  # words that a name in place of another has at most


@dataclass(frozen=True, kw_only=True)
class Difference:
    """In what two questions differ."""

    kind: str
    left: str  # the words of the one, as written
    right: str
    certain: bool = True  # False: they may well mean the same, but a machine cannot know

    def __str__(self) -> str:
        return f"{self.kind}: {self.left or '–'} / {self.right or '–'}"


def difference(left: str, right: str, products: Sequence[str] = ()) -> Difference | None:
    """The first difference that is found, None where the words do not tell one."""
    one, other = Question.of(left), Question.of(right)
    if one.words == other.words:
        return None
    listed = _listed(left, right, products)
    return listed or next((found for rule in _RULES if (found := rule(one, other))), None)


def differing(left: str, right: str, products: Sequence[str] = ()) -> Difference:
    """In what two wordings differ, if only in their words; for people who decide whether they ask the same."""
    found = difference(left, right, products)
    if found:
        return found
    one, other = Question.of(left), Question.of(right)
    ours, theirs = _only(
        *([(t, stem(w)) for t, w in zip(q.tokens, q.words, strict=True) if w not in FRAME] for q in (one, other))
    )
    return Difference(kind="words", left=" ".join(ours), right=" ".join(theirs), certain=False)


def _listed(left: str, right: str, products: Sequence[str]) -> Difference | None:
    """Names that the site keeps apart."""
    ours, theirs = mentioned(left, products), mentioned(right, products)
    if ours - theirs and theirs - ours:
        return Difference(kind="product", left=_list(ours - theirs), right=_list(theirs - ours))
    return None


def _numbers(one: Question, other: Question) -> Difference | None:
    """Numbers, versions and codes that hold digits, on both sides."""
    ours, theirs = _only(one.numbers, other.numbers)
    if not ours or not theirs:
        return None
    versions = all(VERSION.fullmatch(token) for token in (*ours, *theirs))
    return Difference(kind="version" if versions else "number", left=_list(ours), right=_list(theirs))


def _platforms(one: Question, other: Question) -> Difference | None:
    if not one.platforms or not other.platforms:
        return None
    ours, theirs = _only(one.platforms, other.platforms)
    if ours and theirs and not {value for _, value in one.platforms} & {value for _, value in other.platforms}:
        return Difference(kind="platform", left=_list(ours), right=_list(theirs))
    ours, theirs = _only(*([(t, plain(t)) for t, _ in q.platforms if plain(t) in DISTRIBUTIONS] for q in (one, other)))
    return Difference(kind="platform", left=_list(ours), right=_list(theirs)) if ours and theirs else None


def _names(one: Question, other: Question) -> Difference | None:
    """Words that are written like names, on both sides, none of which the other side knows."""
    ours, theirs = _names_of(one, other), _names_of(other, one)
    if ours and theirs:
        return Difference(kind="name", left=_list(ours), right=_list(theirs))
    return None


def _contrary(one: Question, other: Question) -> Difference | None:
    """The one denies what the other says, or says the opposite, in the same words; a denied opposite is none."""
    opposed = _opposed(one, other)
    denying, denying_too = ([t for t in q.tokens if negates(t)] for q in (one, other))
    denied = len(denying) % 2 != len(denying_too) % 2
    if denied == bool(opposed) or _overlap(one, other, {token for pair in opposed for token in pair}) < _CONTRARY:
        return None
    if opposed:
        return Difference(kind="opposite", left=opposed[0][0], right=opposed[0][1])
    return Difference(kind="negation", left=_list(denying), right=_list(denying_too))


def _direction(one: Question, other: Question) -> Difference | None:
    """The same words, two of them with changed places: "from A to B" and "from B to A"."""
    left, right = (
        [s for s, word in zip(q.stems, q.words, strict=True) if word not in ("a", "an", "the", "my", "our", "your")]
        for q in (one, other)
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
    return EVEN.issuperset(between) and ("with" not in between or any(word in JOINING_STEMS for word in words))


def _exchanged(one: Question, other: Question) -> Difference | None:
    """One word or name in place of another, all else being the same: often a product, seldom a paraphrase."""
    left, right = ([q.stems[i] for i in q.content] for q in (one, other))
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
    if any(alike(x, y) for x in left[start:end] for y in right[other_start:other_end]):
        return None
    return Difference(kind="word", left=" ".join(ours), right=" ".join(theirs), certain=False)


_RULES: tuple[Callable[[Question, Question], Difference | None], ...] = (
    _numbers,
    _platforms,
    _contrary,
    _direction,
    _names,
    _exchanged,
)


def _only(left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]]) -> tuple[list[str], list[str]]:
    """The tokens of each side whose value the other side does not have."""
    ours, theirs = ({value for _, value in side} for side in (left, right))
    return [t for t, value in left if value not in theirs], [t for t, value in right if value not in ours]


def _names_of(question: Question, other: Question) -> list[str]:
    """The names in a wording that the other does not mention in any spelling."""
    said = "".join(other.words)
    return [
        token
        for token in question.names
        if stem(plain(token)) not in said and not any(alike(plain(token), word) for word in other.words)
    ]


def _opposed(one: Question, other: Question) -> list[tuple[str, str]]:
    """The words that are opposites, each missing on the other side; "in" and "out" only after the same word."""
    if one.opposites.isdisjoint(other.stems) and other.opposites.isdisjoint(one.stems):
        return []
    ours, theirs = (
        [i for i, word in enumerate(q.words) if word not in NEGATIONS and word not in another.words]
        for q, another in ((one, other), (other, one))
    )
    found = []
    for i, j in product(ours, theirs):
        left, right = one.words[i], other.words[j]
        if left in PARTICLES or right in PARTICLES:
            before = i and j and one.stems[i - 1] == other.stems[j - 1]
            if not before and not opposing(one.words[i - 1], other.words[j - 1]):
                continue
        if opposing(left, right):
            found.append((one.tokens[i], other.tokens[j]))
    return found


def _overlap(one: Question, other: Question, aside: Collection[str] = ()) -> float:
    """The share of words about something that both sides have, of the longer side; some are set aside."""
    left, right = ({q.stems[i] for i in q.content if q.tokens[i] not in aside} for q in (one, other))
    return len(left & right) / max(len(left), len(right)) if left or right else 1.0


def mentioned(text: str, products: Sequence[str]) -> set[str]:
    """The names that a text mentions; where one begins another, as Hub and Hub Mini, the longer one."""
    found: set[str] = set()
    for name in sorted(products, key=lambda name: (-len(name), name)):
        text, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "\0", text, flags=re.IGNORECASE)
        found |= {name} if times else set()
    return found


def _list(words: Sequence[str] | set[str]) -> str:
    return ", ".join(sorted(words) if isinstance(words, set) else words)
