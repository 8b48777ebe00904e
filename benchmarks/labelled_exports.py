"""Exports with the labelled pairs of threads that lie in them."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.exports import read_exports
from faq_builder.config import Permission, Source
from faq_builder.group.wording import thread_wording
from faq_builder.model import Message, PublicText, PublicThread, Role, Thread, ThreadKey, Url

# the key under which `faq threads EXPORT` reads; tables of pairs name threads by it
SOURCE = Source(key="export", place="export", permission=Permission.FULL, base_url=Url("https://widgets.example/"))
_BODY = 60  # letters and digits of a body by which threads of the same title are told apart


@dataclass(frozen=True, kw_only=True)
class LabelledPair:
    """Two threads and what people say of them."""

    keys: frozenset[ThreadKey]
    judged: str  # "same", "related", "different" or "unsure"
    declared: bool  # whether the source marks one as a duplicate of the other


@dataclass(frozen=True, kw_only=True)
class LabelledExport:
    """The public threads of an export and its labelled pairs."""

    name: str
    threads: Sequence[PublicThread]
    pairs: Sequence[LabelledPair]


def title_print(one: str, other: str) -> str:
    """Return 8 characters that tell which two titles a row of a table means, without their words."""
    return hashlib.sha256("\0".join(sorted((_plain(one), _plain(other)))).encode()).hexdigest()[:8]


def labelled_exports(folders: Sequence[Path]) -> tuple[list[LabelledExport], int]:
    """Return every export below the folders with its labelled pairs, and how many pairs are in none."""
    exports = [export for folder in folders for export in _exports(folder)]
    finders = [_Finder(threads) for _, threads in exports]
    pairs: list[dict[frozenset[ThreadKey], LabelledPair]] = [{} for _ in exports]
    unmatched = 0
    for record in (record for folder in folders for record in _records(folder)):
        found = next(((n, keys) for n, finder in enumerate(finders) if (keys := finder.find(record))), None)
        if found is None:
            unmatched += 1
            continue
        number, keys = found
        declared = finders[number].is_declared(keys) or str(record.get("declared", "")).lower() in ("true", "1")
        pairs[number].setdefault(keys, LabelledPair(keys=keys, judged=str(record["judged"]), declared=declared))
    return [
        LabelledExport(name=name, threads=threads, pairs=list(own.values()))
        for (name, threads), own in zip(exports, pairs, strict=True)
        if own
    ], unmatched


def single_thread(number: str, title: str) -> PublicThread:
    """Return a thread of nothing but a title."""
    question = Message(id="1", body=PublicText(""), role=Role.ASKER)
    return Thread(
        key=ThreadKey("forum", number), format="markdown", title=PublicText(title), messages=(question,), language="en"
    )


def _exports(data: Path) -> Iterator[tuple[str, list[PublicThread]]]:
    """Yield the name and the public threads of each export below a folder that has any."""
    for folder, threads in read_exports(data, SOURCE):
        if threads:
            yield folder.relative_to(data.parent).as_posix(), list(threads)


def _records(data: Path) -> Iterator[dict[str, str]]:
    """Yield the labelled pairs of every file below a folder that has such a shape."""
    for path in sorted(data.rglob("*")):
        if path.suffix == ".tsv":
            with path.open(encoding="utf-8", newline="") as file:
                rows = csv.DictReader(file, delimiter="\t")
                if {"a_key", "b_key", "judged"} <= set(rows.fieldnames or ()):
                    yield from rows
        elif path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8").splitlines()
            if lines and {"a", "b", "judged"} <= set(json.loads(lines[0])):
                yield from (json.loads(line) for line in lines if line.strip())


class _Finder:
    """Finds the threads of an export that a labelled pair means."""

    def __init__(self, threads: Sequence[PublicThread]) -> None:
        self._threads = {str(thread.key): thread for thread in threads}
        self._by_title: dict[str, list[PublicThread]] = {}
        for thread in threads:
            self._by_title.setdefault(_plain(thread_wording(thread).value), []).append(thread)
        urls = {thread.url.value: thread.key for thread in threads if thread.url}
        self._marks = {
            frozenset((thread.key, key))
            for thread in threads
            for mark in thread.duplicate_of
            if (key := urls.get(str(mark), mark)) != thread.key
        }

    def find(self, record: dict[str, str]) -> frozenset[ThreadKey] | None:
        """Return the keys of both threads, None if one is not here."""
        one, other = (self._threads.get(str(record.get(side))) for side in ("a_key", "b_key"))
        if one and other and self._are_meant(one, other, record):
            return frozenset((one.key, other.key))
        if "a" not in record:
            return None
        one = self._by_text(record["a"], record.get("a_body", ""), None)
        other = one and self._by_text(record["b"], record.get("b_body", ""), one)
        return frozenset((one.key, other.key)) if one and other else None

    def is_declared(self, keys: frozenset[ThreadKey]) -> bool:
        """Whether a duplicate mark joins the threads."""
        return keys in self._marks

    def _are_meant(self, one: PublicThread, other: PublicThread, record: dict[str, str]) -> bool:
        """Whether two threads have the titles of a pair: two exports may use the same keys."""
        if record.get("titles"):
            return record["titles"] == title_print(thread_wording(one).value, thread_wording(other).value)
        return "a" not in record or _plain(record["a"]) == _plain(thread_wording(one).value)

    def _by_text(self, title: str, body: str, other: PublicThread | None) -> PublicThread | None:
        """Return the thread with a title, of several the one whose question begins alike."""
        found = [thread for thread in self._by_title.get(_plain(title), ()) if other is None or thread.key != other.key]
        begins = _plain(body)[:_BODY]
        return min(found, key=lambda t: (_plain(t.question.body.value)[:_BODY] != begins, t.key), default=None)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
