"""What a format gives: the threads of an export, what it left out and why, and what is wrong."""

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import Balance, RawThread, ThreadKey
from faq_builder.read.export import Export

Taken: TypeAlias = tuple[ThreadKey, str | None]  # a thread and a message of it; None: the whole thread


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The public threads of one export, in the order of their native ids, with a balance that adds up.

    `taken_back` is what the source itself says may not be shown: deleted, hidden, no longer public. What is merely
    absent is not in it.
    """

    threads: tuple[RawThread, ...]
    balance: Balance
    diagnostics: tuple[Diagnostic, ...] = ()
    taken_back: frozenset[Taken] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Format:
    """One export format. A new one is a file beside this one and a line in `formats.FORMATS`.

    `detect` may look at names and heads only, and never raises ExportError for a file that is merely foreign.
    `native_id` gives the id of the thread that an address of this format leads to, None where it is not one.
    """

    name: str
    detect: Callable[[Export], bool]
    read: Callable[[Export, Source], Reading]
    native_id: Callable[[str], str | None] = lambda url: None


@dataclass
class Collector:
    """Counts while a format reads, so that nothing is lost in silence; `finish` makes the Reading."""

    threads: list[RawThread] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    threads_left_out: Counter[str] = field(default_factory=Counter)
    messages_left_out: Counter[str] = field(default_factory=Counter)
    taken_back: set[Taken] = field(default_factory=set)

    def add(self, thread: RawThread) -> None:
        """Take a thread with all its messages."""
        self.threads.append(thread)

    def leave_out(self, reason: str, *, threads: int = 0, messages: int = 0) -> None:
        """Count threads and messages that are not taken. The reason is a few plain words: "private", "deleted"."""
        self.threads_left_out[reason] += threads
        self.messages_left_out[reason] += messages

    def take_back(self, thread: ThreadKey, message: str | None = None) -> None:
        """Note that the source wants this shown no more, so that copies from earlier exports go as well."""
        self.taken_back.add((thread, message))

    def find(self, diagnostic: Diagnostic) -> None:
        """Report a finding."""
        self.diagnostics.append(diagnostic)

    def finish(self) -> Reading:
        """All of it, sorted by thread key, so that the order of files does not matter."""
        messages = sum(len(t.messages) for t in self.threads)
        return Reading(
            threads=tuple(sorted(self.threads, key=lambda t: t.key)),
            diagnostics=tuple(self.diagnostics),
            taken_back=frozenset(self.taken_back),
            balance=Balance(
                threads_read=len(self.threads) + self.threads_left_out.total(),
                threads_public=len(self.threads),
                threads_left_out=dict(+self.threads_left_out),
                messages_read=messages + self.messages_left_out.total(),
                messages_public=messages,
                messages_left_out=dict(+self.messages_left_out),
            ),
        )


def remaining(thread: RawThread, taken_back: Set[Taken]) -> RawThread | None:
    """What may still be shown of a copy of a thread, None where nothing may."""
    kept = [message for message in thread.messages if (thread.key, message.id) not in taken_back]
    if (thread.key, None) in taken_back or kept[:1] != [thread.question]:
        return None
    if len(kept) == len(thread.messages):
        return thread
    ids = {message.id for message in kept}
    return replace(
        thread, messages=tuple(m if m.reply_to in ids or not m.reply_to else replace(m, reply_to=None) for m in kept)
    )


def still_held(path: str) -> Diagnostic:
    """The finding for a Markdown file that shows what the source took back, or the words of somebody who opted out."""
    advice = "take it out of the file too, or delete the file"
    where = Location(path=path, line=1)
    return Diagnostic(
        code="FAQ307", where=where, message="the file holds something that may not be shown any more", help=advice
    )
