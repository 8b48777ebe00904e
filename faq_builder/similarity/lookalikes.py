"""Tells apart questions in nearly the same words that ask different things: an encoder does not see the difference."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from faq_builder.similarity.form import Form, same_but_for_form
from faq_builder.similarity.no_question import asks_nothing
from faq_builder.similarity.question import (
    SYMMETRIC_WITH_STEMS,
    VERSION,
    Question,
    are_opposites,
    are_related,
    is_negation,
    plain_word,
    strip_ending,
)
from faq_builder.similarity.rewording import same_but_for_wording
from faq_builder.similarity.words import DISTRIBUTIONS, FUNCTION_WORDS, NEGATIONS, PARTICLES, SYMMETRIC

# A negation or an opposite counts only if this share of the other words is the same: paraphrases use them in passing.
_LEAST_OVERLAP = 0.65
_MOSTLY_EQUAL = 0.6  # share of common subject words from which any other word is a difference
_HALF_EQUAL = 0.4  # share of common subject words from which other symbols are a difference
_COMPARED = 300  # characters of a title; the time for a swapped order grows with the square of its length
_LONGEST_NAME = 3  # words of a name that may replace another name


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How two questions differ."""

    # "version", "number", "platform", "name", "opposite", "negation", "direction", "product", "word", "words"
    kind: str
    left: str  # the differing words of one question, as written
    right: str  # the differing words of the other question
    certain: bool = True  # False: the questions may well ask the same, so a person should judge

    def __str__(self) -> str:
        return f"{self.kind}: {self.left or '–'} / {self.right or '–'}"


def find_difference(left: str, right: str, products: Sequence[str] = ()) -> Difference | None:
    """Return the first difference between two questions that a rule finds, None if no rule finds one."""
    one, other = Question.of(left[:_COMPARED]), Question.of(right[:_COMPARED])
    if one.words == other.words:
        return None
    listed = _different_products(left, right, products)
    return listed or next((found for rule in _RULES if (found := rule(one, other))), None)


def describe_difference(left: str, right: str, products: Sequence[str] = ()) -> Difference:
    """Return how two questions differ, at least by words, for a person who judges whether they ask the same."""
    found = find_difference(left, right, products)
    if found:
        return found
    one, other = Question.of(left), Question.of(right)
    ours, theirs = _only_on_one_side(
        *(
            [(t, strip_ending(w)) for t, w in zip(q.tokens, q.words, strict=True) if w not in FUNCTION_WORDS]
            for q in (one, other)
        )
    )
    return Difference(kind="words", left=" ".join(ours), right=" ".join(theirs), certain=False)


def _different_products(left: str, right: str, products: Sequence[str]) -> Difference | None:
    """Compare the names of `products` in mkdocs.yml: each question mentions one that the other does not."""
    ours, theirs = mentioned_products(left, products), mentioned_products(right, products)
    if ours - theirs and theirs - ours:
        return Difference(kind="product", left=_comma_list(ours - theirs), right=_comma_list(theirs - ours))
    return None


def _different_numbers(one: Question, other: Question) -> Difference | None:
    """Compare numbers, versions and codes with digits; both questions must have one that the other lacks."""
    ours, theirs = _only_on_one_side(one.numbers, other.numbers)
    if not ours or not theirs:
        return None
    versions = all(VERSION.fullmatch(token) for token in (*ours, *theirs))
    return Difference(kind="version" if versions else "number", left=_comma_list(ours), right=_comma_list(theirs))


def _different_platforms(one: Question, other: Question) -> Difference | None:
    """Compare platforms: two families, or two distributions of Linux."""
    if not one.platforms or not other.platforms:
        return None
    ours, theirs = _only_on_one_side(one.platforms, other.platforms)
    if ours and theirs and not {value for _, value in one.platforms} & {value for _, value in other.platforms}:
        return Difference(kind="platform", left=_comma_list(ours), right=_comma_list(theirs))
    ours, theirs = _only_on_one_side(
        *([(t, plain_word(t)) for t, _ in q.platforms if plain_word(t) in DISTRIBUTIONS] for q in (one, other))
    )
    return Difference(kind="platform", left=_comma_list(ours), right=_comma_list(theirs)) if ours and theirs else None


def _different_names(one: Question, other: Question) -> Difference | None:
    """Compare words that are written like names; both questions must have one that the other does not mention."""
    ours, theirs = _names_missing_in(one, other), _names_missing_in(other, one)
    if ours and theirs:
        return Difference(kind="name", left=_comma_list(ours), right=_comma_list(theirs))
    return None


def _contradiction(one: Question, other: Question) -> Difference | None:
    """Find a negation or an opposite on one side in otherwise the same words. Both together cancel each other."""
    opposed = _opposite_words(one, other)
    denying, denying_too = ([t for t in q.tokens if is_negation(t)] for q in (one, other))
    denied = len(denying) % 2 != len(denying_too) % 2
    if denied == bool(opposed) or _overlap(one, other, {token for pair in opposed for token in pair}) < _LEAST_OVERLAP:
        return None
    if opposed:
        return Difference(kind="opposite", left=opposed[0][0], right=opposed[0][1])
    return Difference(kind="negation", left=_comma_list(denying), right=_comma_list(denying_too))


def _swapped_order(one: Question, other: Question) -> Difference | None:
    """Find the same words in another order: "from A to B" and "from B to A"."""
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
            if ours[last:] + between + ours[:first] == theirs and not _is_symmetric(between, left):
                return Difference(kind="direction", left=" ".join(ours), right=" ".join(theirs))
    return None


def _is_symmetric(between: Sequence[str], words: Sequence[str]) -> bool:
    """Whether A and B may be swapped around these words: yes for "pair A with B", no for "open A with B"."""
    return SYMMETRIC.issuperset(between) and (
        "with" not in between or any(word in SYMMETRIC_WITH_STEMS for word in words)
    )


def _replaced_word(one: Question, other: Question) -> Difference | None:
    """Find one word or name in place of another in otherwise equal questions: often a product, seldom a paraphrase."""
    left, right = ([q.stems[i] for i in q.content_positions] for q in (one, other))
    if _overlap(one, other) < 0.5:
        return None
    changes = [c for c in SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(changes) != 1 or changes[0][0] != "replace":
        return None
    _, start, end, other_start, other_end = changes[0]
    ours = [one.tokens[i] for i in one.content_positions[start:end]]
    theirs = [other.tokens[i] for i in other.content_positions[other_start:other_end]]
    longest = _LONGEST_NAME if all(token[0].isupper() for token in (*ours, *theirs)) else 1
    if max(len(ours), len(theirs)) > longest or min(len(left), len(right)) < 2:
        return None
    if any(are_related(x, y) for x in left[start:end] for y in right[other_start:other_end]):
        return None
    return Difference(kind="word", left=" ".join(ours), right=" ".join(theirs), certain=False)


_RULES: tuple[Callable[[Question, Question], Difference | None], ...] = (
    _different_numbers,
    _different_platforms,
    _contradiction,
    _swapped_order,
    _different_names,
    _replaced_word,
)


def _only_on_one_side(
    left: Sequence[tuple[str, object]], right: Sequence[tuple[str, object]]
) -> tuple[list[str], list[str]]:
    """Return the tokens on either side whose value is missing on the other side."""
    ours, theirs = ({value for _, value in side} for side in (left, right))
    return [t for t, value in left if value not in theirs], [t for t, value in right if value not in ours]


def _names_missing_in(question: Question, other: Question) -> list[str]:
    """Return the names in a question that the other question does not mention in any spelling."""
    run_together = "".join(other.words)
    return [
        token
        for token in question.name_tokens
        if strip_ending(plain_word(token)) not in run_together
        and not any(are_related(plain_word(token), word) for word in other.words)
    ]


def _opposite_words(one: Question, other: Question) -> list[tuple[str, str]]:
    """Return pairs of opposites (token, token), each word missing on the other side.

    Particles such as "in" and "out" count only after the same word, or after opposites.
    """
    if one.opposite_stems.isdisjoint(other.stems) and other.opposite_stems.isdisjoint(one.stems):
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
            if not before and not are_opposites(one.words[i - 1], other.words[j - 1]):
                continue
        if are_opposites(left, right):
            found.append((one.tokens[i], other.tokens[j]))
    return found


def _overlap(one: Question, other: Question, aside: Collection[str] = ()) -> float:
    """Return the content words that both questions share, as a share of the longer one's; `aside` are not counted."""
    left, right = ({q.stems[i] for i in q.content_positions if q.tokens[i] not in aside} for q in (one, other))
    return len(left & right) / max(len(left), len(right)) if left or right else 1.0


def mentioned_products(text: str, products: Sequence[str]) -> set[str]:
    """Return the product names that a text mentions, the longest that fits: "Hub Mini" does not mention "Hub"."""
    found: set[str] = set()
    for name in sorted(products, key=lambda name: (-len(name), name)):
        text, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "\0", text, flags=re.IGNORECASE)
        found |= {name} if times else set()
    return found


def name_different_things(left: str, right: str, products: Sequence[str] = ()) -> bool:
    """Whether two bodies name different products, platforms or versions: each has some, and they share none."""
    one, other = Question.of(left), Question.of(right)
    named: list[tuple[set[object], set[object]]] = [
        (set(mentioned_products(left, products)), set(mentioned_products(right, products)))
    ]
    named += [({f for _, f in one.platforms}, {f for _, f in other.platforms})]
    named += [(_versions(one), _versions(other))]
    return any(ours and theirs and not ours & theirs for ours, theirs in named)


def _versions(question: Question) -> set[object]:
    return {value for token, value in question.numbers if VERSION.fullmatch(token)}


def are_told_apart(left: str, right: str, products: Sequence[str] = ()) -> bool:
    """Whether two titles ask different things for a reason that a person would name.

    Nearly the same words with any other word or symbol in between ask different things, unless the other word only
    words the same otherwise. So opposites are a kind here, not a list.
    """
    if asks_nothing(left) or asks_nothing(right):
        return True
    if same_but_for_form(left, right) or same_but_for_wording(left, right):
        return False
    if find_difference(left, right, products) is not None:
        return True
    one, other = Form.of(left), Form.of(right)
    shared = len(one.subject & other.subject) / max(len(one.subject), len(other.subject), 1)
    return shared >= _MOSTLY_EQUAL or (shared >= _HALF_EQUAL and one.symbols != other.symbols)


def _comma_list(words: Sequence[str] | set[str]) -> str:
    """Return words with commas between them, a set in alphabetical order."""
    return ", ".join(sorted(words) if isinstance(words, set) else words)
