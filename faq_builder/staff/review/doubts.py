"""Pairs of topics, answers and tags in doubt, and how many people it would help to decide on each."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations

from faq_builder.answer.choose import choose_answers
from faq_builder.config import PublishLevel, folded_tag
from faq_builder.decisions import Addresses, Rulings
from faq_builder.group import claim
from faq_builder.model import (
    Answer,
    DecisionKind,
    Grouping,
    JoinedBy,
    Member,
    Message,
    PublicText,
    PublicThread,
    Suggestion,
    Topic,
)
from faq_builder.similarity import describe_difference


class DoubtKind(Enum):
    """What is in doubt; of equal value the first comes first."""

    CORRECTION = "correction"  # a newer reply contradicts what is published
    ANSWER = "answer"  # a reply may be the answer
    PAIR = "pair"  # two topics may be one
    TAG = "tag"  # two tags may be one


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that a person may decide: by which key, what it means, and the decision that it makes."""

    key: str
    words: str
    kind: DecisionKind | None = None  # None: it is no decision
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two texts that are compared."""

    head: str
    title: str
    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One question to a person. `value` is how many people the decision would help."""

    kind: DoubtKind
    question: str
    value: int
    score: float
    left: Side
    right: Side
    choices: tuple[Choice, ...]
    topics: tuple[Topic, ...] = ()

    @property
    def id(self) -> str:
        """What a skipped doubt is remembered by: it changes when what is decided on changes."""
        parts = (self.kind.value, self.left.address, self.right.address, self.left.text, self.right.text)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

    def concerns(self, tag: str | None, source: str | None) -> bool:
        """Whether it is about a tag and a source, as far as they are given."""
        tags = [t.value for topic in self.topics for t in topic.tags]
        tags += [self.left.address, self.right.address] if self.kind is DoubtKind.TAG else []
        sources = {place for topic in self.topics for place in topic.places}
        is_of_tag = tag is None or folded_tag(tag) in map(folded_tag, tags)
        return is_of_tag and (source is None or source in sources)


def find_doubts(
    grouping: Grouping,
    threads: Sequence[PublicThread],
    rulings: Rulings,
    addresses: Addresses,
    products: Sequence[str],
) -> tuple[Doubt, ...]:
    """All doubts, the most valuable first; the same for the same input. `products` are names that are kept apart."""
    topics = {topic.id: topic for topic in grouping.topics}
    finder = _Finder(topics=topics, addresses=addresses, products=products)
    found = [
        *finder.corrections(grouping),
        *finder.answers(grouping, threads, rulings),
        *finder.pairs(grouping.suggestions),
        *finder.tags(),
    ]
    kinds = tuple(DoubtKind)
    return tuple(
        sorted(found, key=lambda d: (-d.value, kinds.index(d.kind), -d.score, d.left.address, d.right.address))
    )


@dataclass(frozen=True, kw_only=True)
class _Finder:
    topics: Mapping[str, Topic]
    addresses: Addresses
    products: Sequence[str]

    def corrections(self, grouping: Grouping) -> Iterator[Doubt]:
        """Newer replies that contradict; everybody who asked may read what no longer holds."""
        for correction in grouping.corrections:
            topic = self.topics[correction.topic]
            member, leading = topic.answers[0]
            thread = next(m.thread for m in topic.members if m.thread.key == correction.thread)
            reply = thread.message(correction.message)
            assert reply is not None
            address = self.addresses.name(topic.members[0].thread)
            newer = self.addresses.name(thread, reply)
            published = self._reply("published answer", member.thread, None if leading is topic.written else leading)
            yield Doubt(
                kind=DoubtKind.CORRECTION,
                question="Does the newer reply say that the published answer no longer holds?",
                value=topic.asked,
                score=0.0,
                left=replace(published, text=leading.body.value),
                right=replace(self._reply("newer reply", thread, reply), title=claim(reply) or ""),
                choices=(
                    Choice(key="a", words="the newer one is the answer", kind=DecisionKind.ANSWER, addresses=(newer,)),
                    Choice(key="o", words="the answer is outdated", kind=DecisionKind.OUTDATED, addresses=(address,)),
                    Choice(key="c", words="checked: it still holds", kind=DecisionKind.CONFIRM, addresses=(address,)),
                ),
                topics=(topic,),
            )

    def answers(self, grouping: Grouping, threads: Sequence[PublicThread], rulings: Rulings) -> Iterator[Doubt]:
        """Replies that would answer an open topic, and published ones that nobody marked."""
        here = {thread.key: thread for thread in threads}
        likely, _ = choose_answers(threads, PublishLevel.ALL, rulings)
        candidates = dict(zip(here, likely, strict=True))
        for topic in grouping.topics:
            if topic.written:
                continue
            members = [m for m in topic.members if m.thread.key == topic.main] if topic.main else topic.members
            answers = [(m, m.answer or candidates.get(m.thread.key)) for m in members]
            found = [(m, answer) for m, answer in answers if answer and not answer.reason.is_sure]
            best = max(found, key=lambda row: row[1].confidence, default=None)
            if best is not None:
                yield from self._answer(topic, *best)

    def _answer(self, topic: Topic, member: Member, answer: Answer) -> Iterator[Doubt]:
        reply = member.thread.message(answer.messages[0])
        if reply is None:
            return
        address = self.addresses.name(member.thread, reply)
        state = "It is published without anybody having said so." if topic.answered else "Nothing is published so far."
        yield Doubt(
            kind=DoubtKind.ANSWER,
            question=f"Does this reply answer the question? {state}",
            value=topic.asked,
            score=answer.confidence,
            left=self._asked("question", topic, member),
            right=self._reply("reply", member.thread, reply),
            choices=(
                Choice(key="y", words="yes, it is the answer", kind=DecisionKind.ANSWER, addresses=(address,)),
                Choice(key="h", words="hide the thread", kind=DecisionKind.HIDE, addresses=(str(member.thread.key),)),
            ),
            topics=(topic,),
        )

    def pairs(self, suggestions: Sequence[Suggestion]) -> Iterator[Doubt]:
        """Topics that may be one. Whoever waits for the answer that the other has is helped, else the smaller half."""
        for suggestion in suggestions:
            one, other = (self.topics[topic] for topic in suggestion.topics)
            unlike = describe_difference(one.question.value, other.question.value, self.products)
            if (other.answered, other.asked) > (one.answered, one.asked):
                one, other = other, one
            named = tuple(self.addresses.name(topic.members[0].thread) for topic in (one, other))
            because = {
                JoinedBy.SOURCE: "A source says so.",
                JoinedBy.LINK: "A reply says so.",
            }.get(suggestion.because, f"Their wordings are {suggestion.score:.2f} alike.")
            yield Doubt(
                kind=DoubtKind.PAIR,
                question=f"Do these ask the same? {because} They differ in {unlike}.",
                value=other.asked if one.answered else 0,  # two open questions made one help nobody yet
                score=suggestion.score,
                left=self._asked("answered" if one.answered else "open", one, one.main_member),
                right=self._asked("answered" if other.answered else "open", other, other.main_member),
                choices=(
                    Choice(key="s", words="the same", kind=DecisionKind.SAME, addresses=named),
                    Choice(key="a", words="apart", kind=DecisionKind.APART, addresses=named),
                ),
                topics=(one, other),
            )

    def tags(self) -> Iterator[Doubt]:
        """Tags that are written nearly alike; who looks under the rarer one finds more."""
        counts = Counter(tag for topic in self.topics.values() if topic.answered for tag in topic.tags)
        plain: dict[str, list[PublicText]] = {}
        for tag in sorted(counts):
            plain.setdefault(_stem(tag.value), []).append(tag)
        for alike in plain.values():
            for one, other in combinations(sorted(alike, key=lambda t: (-counts[t], t)), 2):
                yield Doubt(
                    kind=DoubtKind.TAG,
                    question="Is this one tag?",
                    value=counts[other],
                    score=1.0,
                    left=Side(head=f"{counts[one]} questions", title=one.value, text="", address=one.value),
                    right=Side(head=f"{counts[other]} questions", title=other.value, text="", address=other.value),
                    choices=(Choice(key="s", words="the same", addresses=(one.value, other.value)),),
                )

    def _asked(self, head: str, topic: Topic, member: Member | None) -> Side:
        """A topic by the thread that stands for it: one that is given, else the first."""
        thread = (member or topic.members[0]).thread
        times = f"asked by {topic.asked}" if topic.asked > 1 else "asked once"
        return Side(
            head=f"{head}, {times}, {', '.join(topic.places)}",
            title=topic.question.value,
            text=thread.question.body.value,
            address=self.addresses.name(thread),
        )

    def _reply(self, head: str, thread: PublicThread, message: Message[PublicText] | None) -> Side:
        """A reply; without one, an answer that staff wrote for the page."""
        if message is None:
            return Side(head=f"{head}, written for the page", title="", text="", address=self.addresses.name(thread))
        day = f", {message.written_at:%Y-%m-%d}" if message.written_at else ""
        votes = f", {message.votes} vote{'s' * (message.votes != 1)}" if message.votes else ""
        return Side(
            head=f"{head} by {message.role.value}{day}{votes}",
            title="",
            text=message.body.value,
            address=self.addresses.name(thread, message),
        )


def _stem(tag: str) -> str:
    """A tag without spaces, hyphens, dots and the ending of a plural."""
    plain = re.sub(r"[\W_]+", "", folded_tag(tag)) or tag
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain
