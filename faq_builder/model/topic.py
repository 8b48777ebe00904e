"""Topics: threads that ask the same question, under one permanent slug."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from faq_builder.model.text import PublicText, Url
from faq_builder.model.thread import Answer, Message, PublicThread, Reason, ThreadKey

WRITTEN_MESSAGE_ID = "written-for-this-page"  # message id of an answer that staff wrote for a topic in content/topics
_LATE = datetime.max.replace(tzinfo=UTC)  # sorts threads without a date last
_STRENGTH = {reason: number for number, reason in enumerate(Reason)}
_STRENGTH[Reason.WRITTEN] = _STRENGTH[Reason.MARKED]
_STRENGTH.update((reason, len(_STRENGTH)) for reason in Reason if not reason.is_sure)  # a program's: by confidence
_ID_LETTERS = "0123456789bcdfghjklmnpqrstvwxz"  # no vowels, so that ids do not spell words


def topic_id(founder: ThreadKey, length: int = 10) -> str:
    """Return the id of the topic whose first thread is `founder`: letters and digits from the hash of the thread's key.

    A longer id of the same thread begins with the shorter one.
    """
    number = int.from_bytes(hashlib.sha256(str(founder).encode()).digest())
    number %= len(_ID_LETTERS) ** length  # all that the letters encode; arithmetic with small numbers is fast
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(_ID_LETTERS))
        letters.append(_ID_LETTERS[letter])
    return "".join(letters)


class JoinedBy(Enum):
    """Why a thread belongs to its topic."""

    FOUNDER = "founder"  # the topic began with it
    MEANING = "meaning"  # its wording is similar
    SOURCE = "source"  # duplicate mark of the source
    LINK = "link"  # guidepost: a reply links to the topic
    DECISION = "decision"  # a person decided so


class NoteKind(Enum):
    """The kinds of notes on a topic."""

    NOTE = "note"  # any text
    OUTDATED = "outdated"  # the answer no longer holds
    CONFIRMED = "confirmed"  # the answer was checked


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note on a topic's page, from a decision."""

    kind: NoteKind
    text: PublicText | None = None
    on: date | None = None  # when it was confirmed
    version: PublicText | None = None  # version that it was confirmed for, or outdated since
    instead: Url | None = None  # where the newer answer is


@dataclass(frozen=True, kw_only=True)
class Member:
    """A thread of a topic, the answer found in it, and why the thread belongs to the topic."""

    thread: PublicThread
    answer: Answer | None
    joined_by: JoinedBy
    score: float | None = None  # similarity to the topic, 0 to 1; None unless joined_by is MEANING


@dataclass(frozen=True, kw_only=True)
class LinkedThread:
    """A thread of another topic that is counted at this topic and linked from its page, but brings no answer onto it.

    Its source marks it as a duplicate, or a reply in it links here; nobody confirmed yet that one answer serves both.
    """

    thread: PublicThread
    because: JoinedBy  # SOURCE or LINK


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicate:
    """Another topic that probably asks the same; nobody confirmed it yet, and pages say so."""

    topic: str  # id
    because: JoinedBy  # MEANING, SOURCE or LINK
    score: float  # probability that both ask the same, 0 to 1


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Threads that ask the same question, and all that their page shows.

    The page shows the answer that staff wrote for the topic first (`written`), then the answer of the member `main`,
    then the other answers. With a written answer the page still links to all threads.
    """

    id: str
    slug: str
    question: PublicText
    language: str
    wordings: tuple[PublicText, ...]  # all different titles, `question` first
    members: tuple[Member, ...]  # at least one; sorted by `asked_order`
    main: ThreadKey | None  # None: no thread has an answer
    written: Message[PublicText] | None = None  # from content/topics
    former_slugs: tuple[str, ...] = ()
    tags: tuple[PublicText, ...] = ()
    linked: tuple[LinkedThread, ...] = ()  # sorted by `asked_order`
    likely_duplicates: tuple[LikelyDuplicate, ...] = ()  # the most likely first; for an open topic only answered ones
    related: tuple[str, ...] = ()  # ids of similar answered topics, the most similar first
    split_into: tuple[str, ...] = ()  # ids of the answered topics that threads of this topic moved to, sorted
    notes: tuple[Note, ...] = ()
    published: date | None = None  # None: not locked yet
    changed: date | None = None

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a topic has at least one thread")
        if self.main is not None and not any(m.thread.key == self.main and m.answer for m in self.members):
            raise ValueError("a topic's main answer is the answer of one of its threads")

    @property
    def answered(self) -> bool:
        """Whether the topic has an answer, and therefore a page."""
        return self.main is not None or self.written is not None

    @property
    def main_member(self) -> Member | None:
        """The member `main`; the first member if only staff answered, in content/topics; None if nobody answered."""
        main = next((m for m in self.members if m.thread.key == self.main), None)
        return main or (self.members[0] if self.written else None)

    @property
    def answers(self) -> tuple[tuple[Member, Message[PublicText]], ...]:
        """Every answer with its thread: the written answer, the main answer, then the others by `answer_order`."""
        ordered = self.members
        if len(ordered) > 1:
            ordered = tuple(
                sorted(ordered, key=lambda m: (m.thread.key != self.main, *answer_order(m.thread, m.answer)))
            )
        chosen = tuple(
            (member, message)
            for member in ordered
            if member.answer
            for message in map(member.thread.message, member.answer.messages)
            if message is not None
        )
        leading = self.main_member
        return ((leading, self.written), *chosen) if self.written and leading else chosen

    @property
    def asked(self) -> int:
        """How many different people asked, in linked threads too; a thread of an unknown asker counts as one more."""
        threads = (*(member.thread for member in self.members), *(linked.thread for linked in self.linked))
        return len({(t.key.source, t.question.author.key) if t.question.author else t.key for t in threads})

    @property
    def places(self) -> tuple[str, ...]:
        """The keys of the sources in which the question was asked, sorted."""
        return tuple(sorted({m.thread.key.source for m in self.members}))

    @property
    def first_asked(self) -> datetime | None:
        """When the question was first asked, UTC."""
        return min((at for m in self.members if (at := m.thread.created_at)), default=None)

    @property
    def last_answered(self) -> datetime | None:
        """When the newest chosen reply was written, UTC."""
        return max((message.written_at for _, message in self.answers if message.written_at), default=None)


def asked_order(thread: PublicThread) -> tuple[datetime, ThreadKey]:
    """Return a sort key: threads by the date of the question, then by key; threads without a date last."""
    return thread.created_at or _LATE, thread.key


def answer_order(thread: PublicThread, answer: Answer | None) -> tuple[object, ...]:
    """Return a sort key: threads with the best answer first, by reason, confidence, votes, then the newest."""
    message = thread.message(answer.messages[0]) if answer else None
    if answer is None or message is None:
        return (len(_STRENGTH) + 1, 0.0, 0, 0.0, *asked_order(thread))
    written = message.written_at.timestamp() if message.written_at else 0.0
    return (_STRENGTH[answer.reason], -answer.confidence, -(message.votes or 0), -written, *asked_order(thread))


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A published topic that lost its answer. Its page stays, without the content."""

    id: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # ids of answered topics: those split off from it, then the most similar


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Two topics that may be one; a person should judge."""

    topics: tuple[str, str]  # ids, sorted
    score: float  # how likely they are one, 0 to 1
    because: JoinedBy = JoinedBy.MEANING  # MEANING, SOURCE or LINK


@dataclass(frozen=True, kw_only=True)
class SuggestedGroup:
    """Topics that may all be one: one question to a person instead of a question for each pair."""

    topics: tuple[str, ...]  # ids, sorted; two at least
    score: float  # of its most likely pair, 0 to 1


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A reply that is newer than the published answer of its topic and says that the answer no longer holds."""

    topic: str  # id
    thread: ThreadKey
    message: str  # id of the reply


@dataclass(frozen=True, kw_only=True)
class OutdatedJoin:
    """A published topic with threads that only the ledger keeps there.

    Neither a decision, nor an agreeing mark or link, nor the present merge level would join them to its main thread.
    """

    topic: str  # id
    leaving: tuple[ThreadKey, ...]  # sorted: threads that `faq lock --replace` places from scratch


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """All topics of a site, the redirects of former slugs, and what a person should judge."""

    topics: tuple[Topic, ...]  # answered and open, sorted by id
    redirects: tuple[tuple[str, str], ...] = ()  # (former slug, id of the topic that it redirects to), sorted
    former_ids: tuple[tuple[str, str], ...] = ()  # (id of a merged topic, id of the topic it became part of), sorted
    withdrawn: tuple[Withdrawn, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()  # pairs, the most likely first; a few for each topic
    suggested_groups: tuple[SuggestedGroup, ...] = ()  # the most likely first; each topic in one group at most
    corrections: tuple[Correction, ...] = ()
    outdated_joins: tuple[OutdatedJoin, ...] = ()  # sorted by topic
    unlocked: tuple[str, ...] = ()  # ids of topics that are not in the ledger yet
    hidden: tuple[ThreadKey, ...] = ()  # threads that a decision hides
