"""The result of reading an export: its threads, what was left out and why, and findings."""

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import Balance, RawThread, ThreadKey
from faq_builder.read.export import Export

RemovedAtSource: TypeAlias = tuple[ThreadKey, str | None]  # a thread key and a message id; None for the whole thread


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The public threads of one export, sorted by native id, with a balance that adds up.

    `removed_at_source` names the threads and messages that the source itself deleted, hid or made private. A thread
    that is only absent from the export does not count as removed.
    """

    threads: tuple[RawThread, ...] = ()
    balance: Balance = field(default_factory=Balance)
    diagnostics: tuple[Diagnostic, ...] = ()
    removed_at_source: frozenset[RemovedAtSource] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Format:
    """One export format. A new one is a file in this folder and a line in `formats.FORMATS`.

    `detect` may look at file names and heads only; for a file of another format it returns False and does not raise
    ExportError. `native_id` returns the id of the thread that a URL opens, None if the URL opens no thread.
    """

    name: str
    detect: Callable[[Export], bool]
    read: Callable[[Export, Source], Reading]
    native_id: Callable[[str], str | None] = lambda url: None


@dataclass
class Collector:
    """Collects threads, counts and findings while a format reads; `finish` makes a Reading whose balance adds up."""

    threads: list[RawThread] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    threads_left_out: Counter[str] = field(default_factory=Counter)
    messages_left_out: Counter[str] = field(default_factory=Counter)
    removed_at_source: set[RemovedAtSource] = field(default_factory=set)

    def add(self, thread: RawThread) -> None:
        """Add a public thread with all its messages."""
        self.threads.append(thread)

    def leave_out(self, reason: str, *, threads: int = 0, messages: int = 0) -> None:
        """Count threads and messages that are not read. The reason is a few plain words: "private", "deleted"."""
        self.threads_left_out[reason] += threads
        self.messages_left_out[reason] += messages

    def note_removal(self, thread: ThreadKey, message: str | None = None) -> None:
        """Note that the source removed a thread or message, so that copies from earlier exports are removed too."""
        self.removed_at_source.add((thread, message))

    def report(self, diagnostic: Diagnostic) -> None:
        """Add a finding."""
        self.diagnostics.append(diagnostic)

    def finish(self) -> Reading:
        """Return the reading, with threads sorted by key, so that the order of files does not matter."""
        messages = sum(len(t.messages) for t in self.threads)
        return Reading(
            threads=tuple(sorted(self.threads, key=lambda t: t.key)),
            diagnostics=tuple(self.diagnostics),
            removed_at_source=frozenset(self.removed_at_source),
            balance=Balance(
                threads_read=len(self.threads) + self.threads_left_out.total(),
                threads_public=len(self.threads),
                threads_left_out=dict(+self.threads_left_out),
                messages_read=messages + self.messages_left_out.total(),
                messages_public=messages,
                messages_left_out=dict(+self.messages_left_out),
            ),
        )


def without_removed(thread: RawThread, removed_at_source: Set[RemovedAtSource]) -> RawThread | None:
    """Return the thread without the messages removed at its source; None if its question or all of it is."""
    kept = [message for message in thread.messages if (thread.key, message.id) not in removed_at_source]
    if (thread.key, None) in removed_at_source or kept[:1] != [thread.question]:
        return None
    if len(kept) == len(thread.messages):
        return thread
    ids = {message.id for message in kept}
    return replace(
        thread, messages=tuple(m if m.reply_to in ids or not m.reply_to else replace(m, reply_to=None) for m in kept)
    )


def still_shown_finding(path: str) -> Diagnostic:
    """Make the finding for a thread file that shows what its source removed or what an opted-out person wrote."""
    advice = "take it out of the file too, or delete the file"
    where = Location(path=path, line=1)
    return Diagnostic(
        code="FAQ307", where=where, message="the file holds something that may not be shown any more", help=advice
    )
