"""Find the questions that a person should decide, and how many people each decision would help."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations

from faq_builder.answer.choose import choose_answers
from faq_builder.config import PublishLevel, folded_tag
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.group import correcting_sentence
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
    """What a question is about; of equal value, the kinds are asked in this order."""

    CORRECTION = "correction"  # a newer reply contradicts what is published
    ANSWER = "answer"  # a reply may be the answer
    PAIR = "pair"  # two topics may be one
    TAG = "tag"  # two tags may be one


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One possible decision: its key on the keyboard, its meaning in words, and the decision to write."""

    key: str
    words: str
    kind: DecisionKind | None = None  # None: no decision is written (tags are settings)
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two texts that a question compares."""

    head: str
    title: str
    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One question for a person.

    `value` is the number of askers that the decision would help, for tags the number of questions. `score` is the
    similarity (pairs) or the confidence (answers), 0 to 1.
    """

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
        """The id by which a skipped question is remembered; it changes if one of the two texts changes."""
        parts = (self.kind.value, self.left.address, self.right.address, self.left.text, self.right.text)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

    def concerns(self, tag: str | None, source: str | None) -> bool:
        """Whether the question is about a tag and a source, if they are given."""
        tags = [t.value for topic in self.topics for t in topic.tags]
        tags += [self.left.address, self.right.address] if self.kind is DoubtKind.TAG else []
        sources = {place for topic in self.topics for place in topic.places}
        is_of_tag = tag is None or folded_tag(tag) in map(folded_tag, tags)
        return is_of_tag and (source is None or source in sources)


def find_doubts(
    grouping: Grouping,
    threads: Sequence[PublicThread],
    resolved: ResolvedDecisions,
    targets: Targets,
    products: Sequence[str],
) -> tuple[Doubt, ...]:
    """Return all questions, the most valuable first. `products` are names that tell questions apart."""
    topics = {topic.id: topic for topic in grouping.topics}
    finder = _Finder(topics=topics, targets=targets, products=products)
    found = [
        *finder.corrections(grouping),
        *finder.answers(grouping, threads, resolved),
        *finder.pairs(grouping.suggestions),
        *finder.tags(),
    ]
    kinds = tuple(DoubtKind)
    return tuple(
        sorted(found, key=lambda d: (-d.value, kinds.index(d.kind), -d.score, d.left.address, d.right.address))
    )


@dataclass(frozen=True, kw_only=True)
class _Finder:
    """Finds the questions of each kind in one grouping."""

    topics: Mapping[str, Topic]
    targets: Targets
    products: Sequence[str]

    def corrections(self, grouping: Grouping) -> Iterator[Doubt]:
        """Yield newer replies that contradict a published answer; all askers may read a wrong answer."""
        for correction in grouping.corrections:
            topic = self.topics[correction.topic]
            member, leading = topic.answers[0]
            thread = next(m.thread for m in topic.members if m.thread.key == correction.thread)
            reply = thread.message(correction.message)
            assert reply is not None
            address = self.targets.name(topic.members[0].thread)
            newer = self.targets.name(thread, reply)
            published = self._reply("published answer", member.thread, None if leading is topic.written else leading)
            yield Doubt(
                kind=DoubtKind.CORRECTION,
                question="Does the newer reply say that the published answer no longer holds?",
                value=topic.asked,
                score=0.0,
                left=replace(published, text=leading.body.value),
                right=replace(self._reply("newer reply", thread, reply), title=correcting_sentence(reply) or ""),
                choices=(
                    Choice(key="a", words="the newer one is the answer", kind=DecisionKind.ANSWER, references=(newer,)),
                    Choice(key="o", words="the answer is outdated", kind=DecisionKind.OUTDATED, references=(address,)),
                    Choice(key="c", words="checked: it still holds", kind=DecisionKind.CONFIRM, references=(address,)),
                ),
                topics=(topic,),
            )

    def answers(
        self, grouping: Grouping, threads: Sequence[PublicThread], resolved: ResolvedDecisions
    ) -> Iterator[Doubt]:
        """Yield replies that may answer an open topic, and published answers that nobody marked."""
        likely, _ = choose_answers(threads, PublishLevel.ALL, resolved)
        candidates = {one.thread.key: one.answer for one in likely}
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
        address = self.targets.name(member.thread, reply)
        state = "It is published without anybody having said so." if topic.answered else "Nothing is published so far."
        yield Doubt(
            kind=DoubtKind.ANSWER,
            question=f"Does this reply answer the question? {state}",
            value=topic.asked,
            score=answer.confidence,
            left=self._asked("question", topic, member),
            right=self._reply("reply", member.thread, reply),
            choices=(
                Choice(key="y", words="yes, it is the answer", kind=DecisionKind.ANSWER, references=(address,)),
                Choice(key="h", words="hide the thread", kind=DecisionKind.HIDE, references=(str(member.thread.key),)),
            ),
            topics=(topic,),
        )

    def pairs(self, suggestions: Sequence[Suggestion]) -> Iterator[Doubt]:
        """Yield pairs of topics that may be one. A merge helps the askers of the open or smaller one."""
        for suggestion in suggestions:
            one, other = (self.topics[topic] for topic in suggestion.topics)
            unlike = describe_difference(one.question.value, other.question.value, self.products)
            if (other.answered, other.asked) > (one.answered, one.asked):
                one, other = other, one
            named = tuple(self.targets.name(topic.members[0].thread) for topic in (one, other))
            because = {
                JoinedBy.SOURCE: "A source says so.",
                JoinedBy.LINK: "A reply says so.",
            }.get(suggestion.because, f"Their wordings are {suggestion.score:.2f} alike.")
            yield Doubt(
                kind=DoubtKind.PAIR,
                question=f"Do these ask the same? {because} They differ in {unlike}.",
                value=other.asked if one.answered else 0,  # merging two open topics helps nobody yet
                score=suggestion.score,
                left=self._asked("answered" if one.answered else "open", one, one.main_member),
                right=self._asked("answered" if other.answered else "open", other, other.main_member),
                choices=(
                    Choice(key="s", words="the same", kind=DecisionKind.SAME, references=named),
                    Choice(key="a", words="apart", kind=DecisionKind.APART, references=named),
                ),
                topics=(one, other),
            )

    def tags(self) -> Iterator[Doubt]:
        """Yield tags that are spelled nearly alike; a merge helps readers of the rarer one."""
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
                    choices=(Choice(key="s", words="the same", references=(one.value, other.value)),),
                )

    def _asked(self, head: str, topic: Topic, member: Member | None) -> Side:
        """Return the side that shows a topic by one of its threads: the given one, else the first."""
        thread = (member or topic.members[0]).thread
        times = f"asked by {topic.asked}" if topic.asked > 1 else "asked once"
        return Side(
            head=f"{head}, {times}, {', '.join(topic.places)}",
            title=topic.question.value,
            text=thread.question.body.value,
            address=self.targets.name(thread),
        )

    def _reply(self, head: str, thread: PublicThread, message: Message[PublicText] | None) -> Side:
        """Return the side that shows a reply; without a message, an answer that staff wrote for the page."""
        if message is None:
            return Side(head=f"{head}, written for the page", title="", text="", address=self.targets.name(thread))
        day = f", {message.written_at:%Y-%m-%d}" if message.written_at else ""
        votes = f", {message.votes} vote{'s' * (message.votes != 1)}" if message.votes else ""
        return Side(
            head=f"{head} by {message.role.value}{day}{votes}",
            title="",
            text=message.body.value,
            address=self.targets.name(thread, message),
        )


def _stem(tag: str) -> str:
    """Return a tag without spaces, hyphens, dots and plural ending: "Red-Widgets" -> "redwidget"."""
    plain = re.sub(r"[\W_]+", "", folded_tag(tag)) or tag
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain
