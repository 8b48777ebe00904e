"""Public threads -> the files that may be committed: Markdown threads for curation, or one extract for thousands.

Importing again updates what was imported, never doubles a thread and never touches what a person has changed: an
imported Markdown file carries the hash of its own rest as `imported:`, and no longer fits it once it was edited. What
the source has taken back since (deleted, hidden) goes, and so does what people wrote who opted out; what is merely
absent stays.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.config import Source
from faq_builder.model import PublicThread, RawThread, ThreadKey
from faq_builder.read.formats.extract import CONFLICT, SUFFIX, read_extract, write_extract
from faq_builder.read.formats.markdown import is_thread_file, read_thread_file, write_thread
from faq_builder.read.formats.raw import raw_thread
from faq_builder.read.formats.reading import Taken, remaining, still_held

_STAMP = re.compile(r"^imported:[ \t]*(?P<hash>[0-9a-f]+)[ \t]*\n", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|readme)")  # names that some file system or we keep for others


def not_shown(raw: Iterable[RawThread], public: Iterable[PublicThread]) -> frozenset[Taken]:
    """What an export holds and nobody may see, as of people who opted out; earlier imports may still have it."""
    shown = {(thread.key, message.id) for thread in public for message in thread.messages}
    held = {(thread.key, message.id) for thread in raw for message in thread.messages}
    gone: frozenset[Taken] = frozenset(held - shown)
    return gone | {(key, None) for key, _ in held} - {(key, None) for key, _ in shown}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import changes: the new texts of files by their paths below content/threads, and files to delete."""

    files: Mapping[str, str] = field(default_factory=dict)
    deleted: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def plan_import(
    threads: Sequence[PublicThread],
    current: Mapping[str, str],
    *,
    source: Source,
    sources: Sequence[Source],
    as_markdown: bool,
    taken_back: Set[Taken] = frozenset(),
) -> Plan:
    """The files to write for the public threads of one export, given the texts below content/threads.

    A thread stays in the file that holds it, and new ones go where `as_markdown` says; asked for Markdown, threads of
    the extract move out of it. A thread that is not in the export stays as it is, unless the source took it back.
    """
    folder = _Folder(current, sources)
    extract_name = f"{source.key}{SUFFIX}"
    extract, findings = _extract(current.get(extract_name), extract_name)
    if extract is None:
        return Plan(diagnostics=findings)
    extract = {key: kept for key, thread in extract.items() if (kept := remaining(thread, taken_back))}
    files: dict[str, str] = {}
    for thread in sorted((raw_thread(t) for t in threads), key=lambda t: t.key):
        held = folder.holding(thread)
        if held is None and not as_markdown:
            extract[thread.key] = _united(thread, extract.get(thread.key))
            continue
        if held is not None and held.curated:
            extract.pop(thread.key, None)
            findings += _left_alone(held, thread)
            continue
        name = held.name if held is not None else folder.free_name(thread.key)
        if name is None:
            findings += (_in_the_way(_name(thread.key)),)
            continue
        older = held.thread if held is not None else extract.get(thread.key)
        extract.pop(thread.key, None)
        files[name] = _stamped(write_thread(_united(thread, older and remaining(older, taken_back))))
    if extract or extract_name in current:
        files[extract_name] = write_extract(tuple(extract.values()))
    return Plan(
        files={n: t for n, t in sorted(files.items()) if current.get(n) != t},
        deleted=folder.outdated(taken_back),
        diagnostics=(*findings, *folder.still_shown(taken_back)),
    )


@dataclass(frozen=True, kw_only=True)
class _File:
    """A Markdown file that is there already."""

    name: str
    thread: RawThread | None  # None: it cannot be read
    curated: bool


class _Folder:
    """The Markdown threads that are there already, and the names that are still free."""

    def __init__(self, current: Mapping[str, str], sources: Sequence[Source]) -> None:
        files = [_file(name, text, sources) for name, text in sorted(current.items()) if is_thread_file(name)]
        read = [(f.thread, f) for f in files if f.thread is not None]
        self._read = tuple(read)
        self._names = {f.name.casefold(): f for f in files}
        self._by_key = {thread.key: f for thread, f in reversed(read)}
        self._by_url = {thread.url: f for thread, f in reversed(read) if thread.url is not None and f.curated}

    def holding(self, thread: RawThread) -> _File | None:
        """The file of a thread; a curated one may know it by its address alone."""
        return self._by_key.get(thread.key) or (self._by_url.get(thread.url) if thread.url is not None else None)

    def outdated(self, taken_back: Set[Taken]) -> tuple[str, ...]:
        """The files, as they were imported, of threads that the source took back."""
        return tuple(f.name for thread, f in self._read if not f.curated and remaining(thread, taken_back) is None)

    def still_shown(self, taken_back: Set[Taken]) -> tuple[Diagnostic, ...]:
        """A finding for each curated file that holds something that the source took back."""
        curated = ((thread, f.name) for thread, f in self._read if f.curated)
        return tuple(
            still_held(f"content/threads/{name}") for thread, name in curated if remaining(thread, taken_back) != thread
        )

    def free_name(self, key: ThreadKey) -> str | None:
        """The name for a new file; None where a file that cannot be read stands there and may hold the thread."""
        for name in (_name(key), _name(key, marked=True)):
            taken = self._names.get(name.casefold())
            if taken is None:
                return name
            if taken.thread is None:
                return None
        return None


def _file(name: str, text: str, sources: Sequence[Source]) -> _File:
    thread, _ = read_thread_file(text, name, sources)
    stamp = _STAMP.search(text.replace("\r\n", "\n"))
    return _File(name=name, thread=thread, curated=stamp is None or stamp["hash"] != _hash(text))


def _stamped(text: str) -> str:
    """The text with the hash of its rest as the last line of the front matter."""
    return text.replace("\n---\n", f"\nimported: {_hash(text)}\n---\n", 1)


def _hash(text: str) -> str:
    """A hash of everything but the stamp; line ends and a mark in front, which git may change, do not count."""
    rest = _STAMP.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n"), count=1)
    return hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name(key: ThreadKey, *, marked: bool = False) -> str:
    """The path of a thread's file, equal on all file systems; `marked` by a hash where the plain one may be taken."""
    if not marked and _NAME.fullmatch(key.native) and not _RESERVED.fullmatch(key.native):
        return f"{key.source}/{key.native}.md"
    words = re.sub(r"[^a-z0-9]+", "-", key.native.lower()).strip("-")[:50].rstrip("-")
    mark = hashlib.sha256(str(key).encode()).hexdigest()[:8]
    return f"{key.source}/{words}-{mark}.md" if words else f"{key.source}/{mark}.md"


def _extract(text: str | None, name: str) -> tuple[dict[ThreadKey, RawThread] | None, tuple[Diagnostic, ...]]:
    """The threads of the extract that is there; None where rewriting it would lose lines that cannot be read.

    The marks of a merge conflict are no such lines; of a thread on two lines the later counts, and only it is written.
    """
    if text is None:
        return {}, ()
    lines = "".join(line for line in text.splitlines(True) if not line.startswith(CONFLICT))
    reading = read_extract(lines, f"content/threads/{name}")
    if any(d.level is Severity.ERROR for d in reading.diagnostics):
        return None, (*reading.diagnostics, _in_the_way(name))
    return {t.key: t for t in reading.threads}, ()


def _united(newer: RawThread, older: RawThread | None) -> RawThread:
    """The newer thread with the messages that only the older one has, each behind the one that it followed."""
    messages = list(newer.messages)
    places = [m.id for m in messages]
    previous = places[0]
    for message in older.messages if older is not None else ():
        if message.id not in places:
            place = places.index(previous) + 1
            messages.insert(place, message)
            places.insert(place, message.id)
        previous = message.id
    return replace(newer, messages=tuple(messages))


def _left_alone(held: _File, thread: RawThread) -> tuple[Diagnostic, ...]:
    if held.thread == thread:
        return ()
    where = Location(path=f"content/threads/{held.name}", line=1)
    advice = "delete the file and import again to take the export's version"
    return (Diagnostic(code="FAQ460", where=where, message="the thread was curated and is left alone", help=advice),)


def _in_the_way(name: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ461",
        where=Location(path=f"content/threads/{name}"),
        message="a file that cannot be read may hold what is imported, so it was not written",
        help="mend or delete the file and import again",
    )
