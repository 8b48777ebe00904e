"""Questions that are the same but for form: the only ones that the machine merges by default."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from faq_builder.similarity import Form, asks_nothing, name_different_things, same_but_for_form

MOST_ALIKE = 200  # a wording that more threads share names no question; it also bounds the time for hostile input
_ASKED_OF_ONE = frozenset({"what", "where", "who", "when", "which"})  # "Where is my parcel?" needs no other word
_FEW_WORDS = 3  # a title with fewer subject words than this names little: the bodies must say as much
_TELLING_BODY = 2  # subject words from which a body can speak against
_FULL_BODY = 6  # subject words from which equal bodies speak for the same question
_SAME_BODY = 0.8  # share of all words of two bodies that both have: edited copies and cross-posts
_SHARED_BODY = 0.15  # share of the shorter body's words that the other has: less is another matter


class Compared(Protocol):
    """What is compared of a question."""

    @property
    def title(self) -> str:
        """The title, or the first line."""

    @property
    def body(self) -> str:
        """The beginning of the question without its title."""

    @property
    def code(self) -> str:
        """The language without its region."""


def certain_pairs(questions: Sequence[Compared], products: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield the pairs of questions in one language that are the same but for form, each pair once."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        form = Form.of(question.title)
        if form.has_letter and not asks_nothing(question.title):
            for spelling in sorted(form.spellings):
                alike[question.code, spelling].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in alike.values():
        for one, other in combinations(numbers, 2) if len(numbers) <= MOST_ALIKE else ():
            if (one, other) not in found and certainly_same(questions[one], questions[other], products):
                found.add((one, other))
    yield from sorted(found)


def certainly_same(one: Compared, other: Compared, products: Sequence[str] = ()) -> bool:
    """Whether two questions are the same but for form, and nothing in their bodies speaks against it.

    A title that names no subject ("Help", "How do I reset it?") says nothing: then the bodies must be the same, too.
    The words that name no subject are known for English only, so in other languages the bodies must always be the same.
    """
    if asks_nothing(one.title) or not same_but_for_form(one.title, other.title):
        return False
    form, bodies = Form.of(one.title), (_subject(one.body), _subject(other.body))
    named = len(form.subject) + (not _ASKED_OF_ONE.isdisjoint(form.tokens))
    if (
        one.code != "en"
        or not form.subject
        or named < 2
        or form.points_elsewhere
        or Form.of(other.title).points_elsewhere
    ):
        return min(map(len, bodies)) >= _FULL_BODY and _shared_of_all(*bodies) >= _SAME_BODY
    if name_different_things(one.body, other.body, products):
        return False
    if len(form.subject) > _FEW_WORDS or min(map(len, bodies)) < _TELLING_BODY:
        return True
    ours, theirs = (body - form.subject for body in bodies)
    return len(ours & theirs) >= _SHARED_BODY * min(len(ours), len(theirs))


def _shared_of_all(one: Collection[str], other: Collection[str]) -> float:
    ours, theirs = set(one), set(other)
    return len(ours & theirs) / max(len(ours | theirs), 1)


@lru_cache(maxsize=20_000)
def _subject(body: str) -> frozenset[str]:
    return Form.of(body).subject
