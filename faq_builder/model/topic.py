"""Topics: the threads that ask the same thing, under one permanent address."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from faq_builder.model.text import PublicText, Url
from faq_builder.model.thread import Answer, Message, PublicThread, Reason, ThreadKey

WRITTEN = "written-for-this-page"  # the message id of an answer that staff wrote for a topic, in content/topics
_LATE = datetime.max.replace(tzinfo=UTC)
_STRENGTH = {reason: number for number, reason in enumerate(Reason)}
_STRENGTH[Reason.WRITTEN] = _STRENGTH[Reason.MARKED]
_ID_LETTERS = "0123456789bcdfghjklmnpqrstvwxz"  # without vowels, so that no word comes out


def topic_id(founder: ThreadKey, length: int = 10) -> str:
    """The id of the topic that a thread founds: letters and digits out of its key's hash. Longer ones begin alike."""
    number = int.from_bytes(hashlib.sha256(str(founder).encode()).digest())
    number %= len(_ID_LETTERS) ** length  # what the letters tell of it: short numbers are fast
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(_ID_LETTERS))
        letters.append(_ID_LETTERS[letter])
    return "".join(letters)


class JoinedBy(Enum):
    """Why a thread belongs to its topic."""

    FOUNDER = "founder"
    MEANING = "meaning"  # similar wording
    SOURCE = "source"  # the source declares the duplicate
    LINK = "link"  # a reply leads there
    DECISION = "decision"


class NoteKind(Enum):
    """What a banner on a topic says."""

    NOTE = "note"
    OUTDATED = "outdated"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Note:
    """A banner that a person's decision put on a topic."""

    kind: NoteKind
    text: PublicText | None = None
    on: date | None = None  # confirmed on
    version: PublicText | None = None  # confirmed for, or outdated since
    instead: Url | None = None  # where the newer answer is


@dataclass(frozen=True, kw_only=True)
class Member:
    """A thread of a topic, the answer found in it, and why it belongs."""

    thread: PublicThread
    answer: Answer | None
    joined_by: JoinedBy
    score: float | None = None  # similarity to the topic, 0 to 1, where wording decided


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Threads that ask the same thing. `members` is not empty; `main` names the member whose answer leads.

    An answer that staff `written` for the topic leads before it; the way back to the threads stays.
    """

    id: str
    slug: str
    question: PublicText
    language: str
    wordings: tuple[PublicText, ...]  # every different title, the question first
    members: tuple[Member, ...]  # sorted by when they were asked, then by key
    main: ThreadKey | None  # None: nobody answered yet in any of the threads
    written: Message[PublicText] | None = None
    former_slugs: tuple[str, ...] = ()
    tags: tuple[PublicText, ...] = ()
    related: tuple[str, ...] = ()  # ids of answered topics that are close, closest first
    split_into: tuple[str, ...] = ()  # ids of the answered topics to which threads of this one went, sorted
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
        """Whether the topic has an answer and thus a page."""
        return self.main is not None or self.written is not None

    @property
    def main_member(self) -> Member | None:
        """The member whose answer leads; the first one where the only answer is one that staff wrote for the topic."""
        main = next((m for m in self.members if m.thread.key == self.main), None)
        return main or (self.members[0] if self.written else None)

    @property
    def answers(self) -> tuple[tuple[Member, Message[PublicText]], ...]:
        """Every answer with its thread: what staff wrote for the topic, the main answer, the others by evidence."""
        ordered = self.members
        if len(ordered) > 1:
            ordered = tuple(sorted(ordered, key=lambda m: (m.thread.key != self.main, *evidence(m.thread, m.answer))))
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
        """How many different people asked; a thread without a known asker counts as one."""
        askers = {
            (m.thread.key.source, m.thread.question.author.key) if m.thread.question.author else m.thread.key
            for m in self.members
        }
        return len(askers)

    @property
    def places(self) -> tuple[str, ...]:
        """The keys of the sources in which it was asked, sorted."""
        return tuple(sorted({m.thread.key.source for m in self.members}))

    @property
    def first_asked(self) -> datetime | None:
        """When it was first asked, UTC."""
        return min((at for m in self.members if (at := m.thread.created_at)), default=None)

    @property
    def last_answered(self) -> datetime | None:
        """When the newest chosen reply was written, UTC."""
        return max((message.written_at for _, message in self.answers if message.written_at), default=None)


def asked_order(thread: PublicThread) -> tuple[datetime, ThreadKey]:
    """Sorts by when threads were asked, then by key; undated ones last."""
    return thread.created_at or _LATE, thread.key


def evidence(thread: PublicThread, answer: Answer | None) -> tuple[object, ...]:
    """Sorts threads by their answers, the best first: by reason, confidence, votes, then the newest."""
    message = thread.message(answer.messages[0]) if answer else None
    if answer is None or message is None:
        return (len(_STRENGTH), 0.0, 0, 0.0, *asked_order(thread))
    written = message.written_at.timestamp() if message.written_at else 0.0
    return (_STRENGTH[answer.reason], -answer.confidence, -(message.votes or 0), -written, *asked_order(thread))


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A topic that was published and whose answer had to go; its address stays, without the content."""

    id: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # ids of answered topics: those that were split off, then the closest


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Two topics that may be one; a person is asked."""

    topics: tuple[str, str]  # ids, sorted
    score: float
    because: JoinedBy = JoinedBy.MEANING  # their wordings, a source's duplicate mark, or a reply that leads there


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A reply that is newer than the published answer of its topic and says that it no longer holds."""

    topic: str  # id
    thread: ThreadKey
    message: str


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """All topics, answered and open, sorted by id; where old addresses lead; and what a person should look at."""

    topics: tuple[Topic, ...]
    redirects: tuple[tuple[str, str], ...] = ()  # (former slug, id of the topic it leads to), sorted
    former_ids: tuple[tuple[str, str], ...] = ()  # (id of a merged topic, id of its heir, withdrawn ones too), sorted
    withdrawn: tuple[Withdrawn, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    corrections: tuple[Correction, ...] = ()
    unlocked: tuple[str, ...] = ()  # ids of topics that the ledger does not hold yet
    hidden: tuple[ThreadKey, ...] = ()  # threads that a decision keeps off the site
