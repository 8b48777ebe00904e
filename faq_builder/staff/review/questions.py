"""Review questions: what a person is asked to decide, the texts to read, and the decisions that each key makes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import combinations

from faq_builder.base.diagnostics import Location
from faq_builder.config import folded_tag
from faq_builder.model import Decision, DecisionKind, Topic

MOST_NUMBERS = 9  # passages with a number: one for each key from 1 to 9
NONE, SAME, APART, APPROVE = "0", "s", "a", "y"  # keys that mean the same in every question


class QuestionKind(Enum):
    """What a review question is about, in the order in which they are asked if they are worth the same."""

    JOIN = "join"  # a thread is on a page only because a program found it similar, and the level no longer allows that
    CORRECTION = "correction"  # a newer reply contradicts what is published
    ANSWER = "answer"  # which reply is the answer
    SAME = "same"  # which topics are one
    PROPOSAL = "proposal"  # a program proposes something that no other question asks
    TAG = "tag"  # two tags may be one


# Kinds that come first whatever their value, then all that are ordered by their value, then the last
_URGENCY = {QuestionKind.PROPOSAL: 0, QuestionKind.JOIN: 1, QuestionKind.CORRECTION: 2, QuestionKind.TAG: 4}
_BY_VALUE = 3


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """One decision that a choice makes, before its reason and its date."""

    kind: DecisionKind
    references: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One possible verdict: its key on the keyboard, its meaning in words, and the decisions to write."""

    key: str
    words: str
    rulings: tuple[Ruling, ...] = ()  # none for tags, which are settings
    because: str = ""  # the reason if the person gives none: "it answers"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One of the texts that a question shows, without the names of people."""

    head: str
    title: str
    text: str
    reference: str  # how a decision names it
    url: str | None = None  # of the original
    number: int | None = None  # the key that chooses it


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a program proposes as the verdict: a choice, who says so, and why. Nobody has approved it."""

    by: str  # name of the program
    why: str
    choice: Choice
    path: str  # of the file that holds it
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewQuestion:
    """One question for a person.

    `value` is the number of people whom a verdict helps on average: those who asked, times the probability that a page
    changes; for tags the number of questions. `score` is the similarity or the confidence, 0 to 1.
    """

    kind: QuestionKind
    question: str
    value: float
    score: float
    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...]  # those with a key of their own; `choose` knows the numbers, too
    topics: tuple[Topic, ...] = ()
    origin: str = ""  # why the program asks
    proposals: tuple[Proposal, ...] = ()

    @cached_property
    def id(self) -> str:
        """The id by which verdicts and skips name the question; it changes if one of its texts changes."""
        parts = [self.kind.value, *(part for p in self.passages for part in (p.reference, p.title, p.text))]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def numbers(self) -> tuple[Passage, ...]:
        """The passages that can be chosen by their numbers."""
        return tuple(passage for passage in self.passages if passage.number is not None)

    @property
    def compares(self) -> bool:
        """Whether the question is which topics or threads ask the same."""
        return self.kind in (QuestionKind.SAME, QuestionKind.JOIN)

    @property
    def takes_several(self) -> bool:
        """Whether the numbers together are one verdict: which of these topics ask the same."""
        return self.compares and len(self.numbers) > 2

    def choose(self, keys: str) -> Choice | None:
        """Return the choice that keys make, None if they make none.

        "s" has a choice of its own. "3" is the third reply. "13" are two replies that answer together, or, if the
        question is which topics ask the same, the first and the third, and the others are apart from them.
        """
        if keys == APPROVE and self.proposals:
            return replace(self.proposals[0].choice, key=APPROVE)
        listed = next((choice for choice in self.choices if choice.key == keys), None)
        if listed or not keys.isdecimal() or len(set(keys)) < len(keys):
            return listed
        chosen = [passage for passage in self.numbers if str(passage.number) in keys]
        if len(chosen) < len(keys):
            return None
        if self.compares:
            return self._same(keys, chosen) if len(chosen) > 1 else None
        parts = [choice for key in keys if (choice := self.choose(key))] if len(keys) > 1 else []
        if not parts or {ruling.kind for part in parts for ruling in part.rulings} != {DecisionKind.ANSWER}:
            return None
        references = tuple(reference for part in parts for ruling in part.rulings for reference in ruling.references)
        together = Ruling(kind=DecisionKind.ANSWER, references=references)
        return Choice(key=keys, words="they answer together", rulings=(together,), because="they answer together")

    def concerns(self, tag: str | None, source: str | None) -> bool:
        """Whether the question is about a tag and a source, if they are given."""
        tags = [t.value for topic in self.topics for t in topic.tags]
        tags += [p.reference for p in self.passages] if self.kind is QuestionKind.TAG else []
        sources = {place for topic in self.topics for place in topic.places}
        is_of_tag = tag is None or folded_tag(tag) in map(folded_tag, tags)
        return is_of_tag and (source is None or source in sources)

    def _same(self, keys: str, chosen: Sequence[Passage]) -> Choice:
        others = [passage for passage in self.numbers if passage not in chosen]
        same = Ruling(kind=DecisionKind.SAME, references=tuple(p.reference for p in chosen))
        apart = [Ruling(kind=DecisionKind.APART, references=(chosen[0].reference, p.reference)) for p in others]
        numbers = ", ".join(str(p.number) for p in chosen)
        return Choice(
            key=keys, words=f"{numbers} ask the same", rulings=(same, *apart), because=asks_the_same(chosen[0])
        )


def asks_the_same(passage: Passage) -> str:
    """Return the reason for `same` that a person gives by one key: `asks the same as "Why is it red?"`."""
    return f'asks the same as "{passage.title}"'


def order(question: ReviewQuestion) -> tuple[object, ...]:
    """Return a sort key: proposals and what may be wrong on a page, then by value, tags last."""
    urgency = 0 if question.proposals else _URGENCY.get(question.kind, _BY_VALUE)
    kind = tuple(QuestionKind).index(question.kind)
    return (urgency, -question.value, kind, -question.score, [p.reference for p in question.passages])


def decisions_of(choice: Choice, reason: str, reviewer: str, day: date) -> tuple[Decision, ...]:
    """Return the decisions that a choice makes on a day; without a reason, with one derived from the choice."""
    why = " ".join(reason.split()) or f"{choice.because or choice.words}, reviewed by {reviewer}"
    where = Location(path="faq review")
    made = (Decision(kind=r.kind, references=r.references, reason=why, where=where) for r in choice.rulings)
    return tuple(replace(d, on=day) if d.kind is DecisionKind.CONFIRM else d for d in made)


def approved(proposal: Proposal, reason: str, reviewer: str) -> tuple[Decision, ...]:
    """Return the decisions of a proposal that a person approves; without a reason, with the program's."""
    own = " ".join(reason.split())
    suffix = f"proposed by {proposal.by}, reviewed by {reviewer}"
    where = Location(path="faq review")
    return tuple(replace(d, reason=own or f"{d.reason}, {suffix}", where=where) for d in proposal.decisions)


class Settled:
    """What decisions that were made since the questions were found settle: topics that are one, and pairs apart.

    `same` is transitive: "A same B" and "B same C" settle A and C.
    """

    def __init__(self, made: Sequence[Decision]) -> None:
        self._topic_of: dict[str, str] = {}
        for decision in made:
            if decision.kind is DecisionKind.SAME:
                for other in decision.references[1:]:
                    self._topic_of[self._topic(other)] = self._topic(decision.references[0])
        self._apart = {
            pair
            for decision in made
            if decision.kind is DecisionKind.APART
            for pair in self._pairs(decision.references)
        }

    def settles(self, question: ReviewQuestion) -> bool:
        """Whether all topics that a question compares are one, or apart."""
        if not question.compares or not (self._topic_of or self._apart):
            return False
        pairs = self._pairs([passage.reference for passage in question.passages])
        return all(len(pair) == 1 or pair in self._apart for pair in pairs)

    def _topic(self, reference: str) -> str:
        while self._topic_of.get(reference, reference) != reference:
            reference = self._topic_of[reference]
        return reference

    def _pairs(self, references: Sequence[str]) -> Iterator[frozenset[str]]:
        for one, other in combinations(references, 2):
            yield frozenset((self._topic(one), self._topic(other)))
