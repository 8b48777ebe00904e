"""Threads and their messages, before and after redaction, and the answer chosen for a thread."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from faq_builder.model.text import PublicText, Url

Text = TypeVar("Text")  # str before redaction, PublicText after it

_MESSAGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_SOURCE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff]")  # a lone surrogate can be neither printed nor saved


class Role(Enum):
    """The role of a message's author in the thread."""

    ASKER = "asker"
    HELPER = "helper"
    STAFF = "staff"
    BOT = "bot"


class Reason(Enum):
    """Why a reply was chosen as the answer.

    The main answer of a topic has the first of the sure reasons, or else the highest confidence
    (`topic.answer_order`). The model in `answer/model.py` gives THANKED, VOTES or MODEL. STAFF and LAST_REPLY were
    rules of former versions; REACTIONS is for formats to come, because no format of today has reactions.
    """

    DECISION = "decision"  # a person decided so in content/decisions
    WRITTEN = "written"  # the team wrote it, for a topic or in a thread file; counts as much as MARKED
    MARKED = "marked"  # the asker or a moderator marked it in the source
    CONFIRMED = "confirmed"  # staff confirmed it
    THANKED = "thanked"  # the model chose it, mostly because the asker said that it worked, or thanks
    STAFF = "staff"  # staff wrote it
    VOTES = "votes"  # the model chose it, mostly because it has the most votes
    REACTIONS = "reactions"  # readers reacted to it
    MODEL = "model"  # the model chose it for several reasons
    LAST_REPLY = "last_reply"  # it is the last reply of substance, and there is no better reason

    @property
    def is_sure(self) -> bool:
        """Whether a person said that this is the answer; otherwise the program guessed."""
        return self in (Reason.DECISION, Reason.WRITTEN, Reason.MARKED, Reason.CONFIRMED)


class _SourceAndNative(NamedTuple):
    source: str
    native: str


class ThreadKey(_SourceAndNative):
    """A thread's identity: the key of its source in mkdocs.yml, and its native id, the thread's id in that source.

    It is a tuple and not a dataclass because no value is looked up, compared and sorted more often.
    """

    __slots__ = ()

    def __new__(cls, source: str, native: str) -> "ThreadKey":
        """Make a key; raises ValueError if the source key or the native id is not allowed."""
        if not _SOURCE_KEY.fullmatch(source):
            raise ValueError("a source key is lower-case letters, digits and hyphens")
        if not native or len(native) > 500 or _UNPRINTABLE.search(native):
            raise ValueError("a thread needs an id of printable characters")
        return super().__new__(cls, source, native)

    def __str__(self) -> str:
        return f"{self.source}:{self.native}"

    @classmethod
    def parse(cls, text: str) -> "ThreadKey":
        """Return the key that `str` wrote: "forum:42"; raises ValueError for any other text."""
        source, _, native = text.partition(":")
        return cls(source, native)


@dataclass(frozen=True, kw_only=True)
class Author(Generic[Text]):
    """The author of a message. `key` identifies the account within the source and is never shown."""

    key: str
    name: Text | None = None  # None: pages show only the role
    profile: Url | None = None


@dataclass(frozen=True, kw_only=True)
class Message(Generic[Text]):
    """One message. Its body is GitHub-flavoured Markdown; its id is unique in the thread and never changes."""

    id: str
    body: Text
    role: Role
    author: Author[Text] | None = None  # None: unknown in the source, such as a deleted account
    url: Url | None = None  # URL of this message, not only of its thread
    written_at: datetime | None = None  # aware, UTC
    reply_to: str | None = None  # id of a message in the same thread
    accepted: bool = False  # answer mark of the source
    votes: int | None = None
    licence: str | None = None  # as in the source: "CC BY-SA 4.0"

    def __post_init__(self) -> None:
        if not _MESSAGE_ID.fullmatch(self.id):
            raise ValueError("a message id is letters, digits, dots, hyphens and underscores")
        if self.written_at is not None and self.written_at.utcoffset() != timedelta(0):
            raise ValueError("a message's time must be aware and in UTC")


@dataclass(frozen=True, kw_only=True)
class Thread(Generic[Text]):
    """A conversation. Its first message is the question, whose body may be empty."""

    key: ThreadKey
    format: str  # name of the format that read it: "discourse"
    title: Text
    messages: tuple[Message[Text], ...]
    url: Url | None = None  # URL of the original thread
    language: str | None = None  # BCP 47; None if the source does not say
    tags: tuple[Text, ...] = ()
    versions: tuple[Text, ...] = ()  # product versions that the thread is about
    duplicate_of: tuple[ThreadKey | Url, ...] = ()  # duplicate marks of the source; the original may be missing

    def __post_init__(self) -> None:
        if not self.messages:
            raise ValueError("a thread has at least its question")
        ids = [m.id for m in self.messages]
        if len(set(ids)) != len(ids):
            raise ValueError("two messages of a thread have the same id")

    @property
    def question(self) -> Message[Text]:
        """The first message, which is the question."""
        return self.messages[0]

    @property
    def created_at(self) -> datetime | None:
        """When the question was written, UTC."""
        return self.messages[0].written_at

    @property
    def last_at(self) -> datetime | None:
        """When the newest message was written, UTC."""
        return max((m.written_at for m in self.messages if m.written_at), default=None)

    def message(self, message_id: str) -> Message[Text] | None:
        """Return the message with an id, None if there is none."""
        return next((m for m in self.messages if m.id == message_id), None)


RawMessage: TypeAlias = Message[str]
RawThread: TypeAlias = Thread[str]
PublicThread: TypeAlias = Thread[PublicText]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The replies that answer a thread, and why they were chosen."""

    messages: tuple[str, ...]  # message ids, the main answer first
    reason: Reason
    confidence: float  # 0 to 1: share of such choices that are right
    because: tuple[str, ...] = ()  # what spoke most for it if the model chose it: keys of the labels `because.*`

    def __post_init__(self) -> None:
        if not self.messages or not 0 <= self.confidence <= 1:
            raise ValueError("an answer has a message and a confidence between 0 and 1")


@dataclass(frozen=True, slots=True)
class Answered:
    """A public thread and the answer that was chosen for it, None if no reply is sure enough."""

    thread: PublicThread
    answer: Answer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """The count of threads and messages: for both, `read == public + sum(left_out)`, or ValueError is raised."""

    threads_read: int = 0
    threads_public: int = 0
    threads_left_out: Mapping[str, int] = field(default_factory=dict)  # reason -> count
    messages_read: int = 0
    messages_public: int = 0
    messages_left_out: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.threads_read != self.threads_public + sum(self.threads_left_out.values()):
            raise ValueError("the balance of threads does not add up")
        if self.messages_read != self.messages_public + sum(self.messages_left_out.values()):
            raise ValueError("the balance of messages does not add up")

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            threads_read=self.threads_read + other.threads_read,
            threads_public=self.threads_public + other.threads_public,
            threads_left_out=dict(Counter(self.threads_left_out) + Counter(other.threads_left_out)),
            messages_read=self.messages_read + other.messages_read,
            messages_public=self.messages_public + other.messages_public,
            messages_left_out=dict(Counter(self.messages_left_out) + Counter(other.messages_left_out)),
        )

    def with_left_out(self, reason: str, *, threads: int = 0, messages: int = 0) -> "Balance":
        """Return a copy in which these public threads and messages count as left out for `reason`."""
        return Balance(
            threads_read=self.threads_read,
            threads_public=self.threads_public - threads,
            threads_left_out=dict(Counter(self.threads_left_out) + Counter({reason: threads})),
            messages_read=self.messages_read,
            messages_public=self.messages_public - messages,
            messages_left_out=dict(Counter(self.messages_left_out) + Counter({reason: messages})),
        )
