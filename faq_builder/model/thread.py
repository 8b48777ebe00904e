"""Threads and their messages, before and after redaction, and the answer that was chosen."""

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
_UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff]")  # half a surrogate pair can be neither printed nor saved


class Role(Enum):
    """What an author is in a thread."""

    ASKER = "asker"
    HELPER = "helper"
    STAFF = "staff"
    BOT = "bot"


class Reason(Enum):
    """Why a reply is taken as the answer, strongest first."""

    DECISION = "decision"  # a person decided it in content/decisions
    WRITTEN = "written"  # the team wrote it: for a topic, or in a thread file of its own; as strong as MARKED
    MARKED = "marked"  # marked in the source, by the asker or a moderator
    CONFIRMED = "confirmed"  # staff confirmed it
    THANKED = "thanked"
    STAFF = "staff"
    VOTES = "votes"
    REACTIONS = "reactions"  # for readers to come: no format that is read today has reactions
    LAST_REPLY = "last_reply"  # the last reply of substance; nothing else speaks for it

    @property
    def is_sure(self) -> bool:
        """Whether a person said that this is the answer; else a program took it for one."""
        return self in (Reason.DECISION, Reason.WRITTEN, Reason.MARKED, Reason.CONFIRMED)


class _SourceAndNative(NamedTuple):
    source: str
    native: str


class ThreadKey(_SourceAndNative):
    """A thread's identity: the source's key in the configuration and the thread's own id there.

    A tuple and not a dataclass, as it is looked up, compared and sorted more often than anything else.
    """

    __slots__ = ()

    def __new__(cls, source: str, native: str) -> "ThreadKey":
        """Raises ValueError for what can be no key."""
        if not _SOURCE_KEY.fullmatch(source):
            raise ValueError("a source key is lower-case letters, digits and hyphens")
        if not native or len(native) > 500 or _UNPRINTABLE.search(native):
            raise ValueError("a thread needs an id of printable characters")
        return super().__new__(cls, source, native)

    def __str__(self) -> str:
        return f"{self.source}:{self.native}"

    @classmethod
    def parse(cls, text: str) -> "ThreadKey":
        """The key that `str` wrote; raises ValueError for other text."""
        source, _, native = text.partition(":")
        return cls(source, native)


@dataclass(frozen=True, kw_only=True)
class Author(Generic[Text]):
    """Who wrote a message. `key` is an opaque account id within the source and is never shown."""

    key: str
    name: Text | None = None  # None: only the role may be shown
    profile: Url | None = None


@dataclass(frozen=True, kw_only=True)
class Message(Generic[Text]):
    """One message; its body is GitHub-flavoured Markdown. `id` is unique in its thread and permanent."""

    id: str
    body: Text
    role: Role
    author: Author[Text] | None = None  # None: the source no longer knows
    url: Url | None = None  # leads to exactly this message
    written_at: datetime | None = None  # aware, UTC
    reply_to: str | None = None  # id of a message of the same thread
    accepted: bool = False  # the source itself marks it as the answer
    votes: int | None = None
    licence: str | None = None  # as the source states it, "CC BY-SA 4.0"

    def __post_init__(self) -> None:
        if not _MESSAGE_ID.fullmatch(self.id):
            raise ValueError("a message id is letters, digits, dots, hyphens and underscores")
        if self.written_at is not None and self.written_at.utcoffset() != timedelta(0):
            raise ValueError("a message's time must be aware and in UTC")


@dataclass(frozen=True, kw_only=True)
class Thread(Generic[Text]):
    """A conversation that began with a question. The first message is the question; its body may be empty."""

    key: ThreadKey
    format: str  # the format that read it: "discourse"
    title: Text
    messages: tuple[Message[Text], ...]
    url: Url | None = None  # the original discussion
    language: str | None = None  # BCP 47 where the source says so
    tags: tuple[Text, ...] = ()
    versions: tuple[Text, ...] = ()  # product versions it is about
    duplicate_of: tuple[ThreadKey | Url, ...] = ()  # declared by the source; may dangle

    def __post_init__(self) -> None:
        if not self.messages:
            raise ValueError("a thread has at least its question")
        ids = [m.id for m in self.messages]
        if len(set(ids)) != len(ids):
            raise ValueError("two messages of a thread have the same id")

    @property
    def question(self) -> Message[Text]:
        """The message that asks."""
        return self.messages[0]

    @property
    def created_at(self) -> datetime | None:
        """When the question was asked, UTC."""
        return self.messages[0].written_at

    @property
    def last_at(self) -> datetime | None:
        """When the newest message was written, UTC."""
        return max((m.written_at for m in self.messages if m.written_at), default=None)

    def message(self, message_id: str) -> Message[Text] | None:
        """The message with this id."""
        return next((m for m in self.messages if m.id == message_id), None)


RawMessage: TypeAlias = Message[str]
RawThread: TypeAlias = Thread[str]
PublicThread: TypeAlias = Thread[PublicText]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The replies of a thread that answer it, main one first; why, and how sure (0 to 1)."""

    messages: tuple[str, ...]  # message ids
    reason: Reason
    confidence: float

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
    """Where every thread and message went: `read = public + sum(left out)` holds for both."""

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

    def leave_out(self, reason: str, *, threads: int = 0, messages: int = 0) -> "Balance":
        """The balance after threads and messages that were public so far had to go, for a reason."""
        return Balance(
            threads_read=self.threads_read,
            threads_public=self.threads_public - threads,
            threads_left_out=dict(Counter(self.threads_left_out) + Counter({reason: threads})),
            messages_read=self.messages_read,
            messages_public=self.messages_public - messages,
            messages_left_out=dict(Counter(self.messages_left_out) + Counter({reason: messages})),
        )
