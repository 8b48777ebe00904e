"""The threads by which the answer model is fitted and measured: marked ones without their marks, and judged ones."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.exports import read_exports
from faq_builder.answer.conversation import Conversation, read_conversation
from faq_builder.answer.features import SourceHabits, source_habits
from faq_builder.config import Permission, Source
from faq_builder.model import PublicThread, Url

SOURCE = Source(key="real", place="real", permission=Permission.FULL, base_url=Url("https://widgets.example/"))
JUDGED = Path(__file__).parent / "data" / "no_reply_helped.tsv"


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadThread:
    """A thread without its marks, and what the marks or a judge say."""

    set_name: str  # the folder of its export, below the folder of all exports
    talk: Conversation
    habits: SourceHabits
    right: frozenset[str]  # ids of the marked replies, or of those that a judge found helpful
    is_marked: bool
    label: str = ""  # a judge's: helped, not_helped, no_question, unsure

    @property
    def format(self) -> str:
        """The name of the format that read it."""
        return self.talk.thread.format

    @property
    def judged(self) -> bool:
        """Whether somebody read the thread and said whether a reply helped."""
        return bool(self.label)

    @property
    def identity(self) -> str:
        """A name of the thread that no other thread of the data has."""
        return f"{self.set_name}:{self.talk.thread.key.native}"


def read_threads(data: Path, judged: Path = JUDGED) -> list[ReadThread]:
    """Return all threads with replies below a folder, with their marks hidden, and with what judges said of them."""
    labels = _read_labels(judged)
    threads: list[ReadThread] = []
    for folder, public in read_exports(data, SOURCE):
        name = folder.relative_to(data).as_posix()
        habits = source_habits(public).get(SOURCE.key, SourceHabits())
        for thread in public:
            if len(thread.messages) > 1:
                threads.append(_read_thread(name, thread, habits, labels))
    return threads


def hide_marks(thread: PublicThread) -> PublicThread:
    """Return a thread as if nobody had marked an answer."""
    return replace(thread, messages=tuple(replace(m, accepted=False) for m in thread.messages))


def _read_thread(
    name: str, thread: PublicThread, habits: SourceHabits, labels: Mapping[str, list[tuple[str, str, str]]]
) -> ReadThread:
    marked = frozenset(m.id for m in thread.messages[1:] if m.accepted)
    label, helpful = "", ""
    if not marked:
        for source, found, ids in labels.get(thread.key.native, ()):
            if source == name or source.startswith(f"{name}/") or name == ".":
                label, helpful = found, ids
    return ReadThread(
        set_name=name,
        talk=read_conversation(hide_marks(thread)),
        habits=habits,
        right=marked or frozenset(helpful.split()),
        is_marked=bool(marked),
        label=label,
    )


def _read_labels(path: Path) -> Mapping[str, list[tuple[str, str, str]]]:
    """Return the rows (source, label, helpful replies) of a file of judged threads, by the thread's native id."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            rows.setdefault(row["thread"], []).append((row["source"], row["label"], row["replies"] or ""))
    return rows
