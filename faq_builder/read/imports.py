"""Public threads -> files that may be committed: one thread file each, to edit by hand, or one extract for thousands.

Importing again updates what was imported, and never adds a thread twice or changes a file that a person has edited.
An imported thread file contains a checksum of its other lines as `imported:`; an edited file no longer matches it.
Threads and messages that the source has deleted or hidden, or whose author has opted out, are removed; a thread that
is only absent from the export stays.
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
from faq_builder.read.formats.reading import RemovedAtSource, still_shown_finding, without_removed

_IMPORTED = re.compile(r"^imported:[ \t]*(?P<checksum>[0-9a-f]+)[ \t]*\n", re.MULTILINE)
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d|readme)"
)  # device names of Windows; README is not a thread file


def removed_by_redaction(raw: Iterable[RawThread], public: Iterable[PublicThread]) -> frozenset[RemovedAtSource]:
    """Return the threads and messages of an export that redaction removed, such as those of people who opted out.

    Earlier imports may still contain copies of them.
    """
    kept = {(thread.key, message.id) for thread in public for message in thread.messages}
    exported = {(thread.key, message.id) for thread in raw for message in thread.messages}
    removed: frozenset[RemovedAtSource] = frozenset(exported - kept)
    return removed | {(key, None) for key, _ in exported} - {(key, None) for key, _ in kept}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import changes: new texts of files, by path below content/threads, and files to delete."""

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
    removed_at_source: Set[RemovedAtSource] = frozenset(),
) -> Plan:
    """Plan the files to write for the public threads of one export.

    `current` has the texts of all files below content/threads, by path. A thread stays in the thread file that has
    it; other threads get a thread file if `as_markdown`, else a line of the extract. With `as_markdown`, threads that
    are in the extract move to thread files. A thread that the export lacks stays, unless it was removed at its source.
    """
    folder = _ThreadFolder(current, sources)
    extract_name = f"{source.key}{SUFFIX}"
    extract, findings = _existing_extract(current.get(extract_name), extract_name)
    if extract is None:
        return Plan(diagnostics=findings)
    extract = {key: kept for key, thread in extract.items() if (kept := without_removed(thread, removed_at_source))}
    files: dict[str, str] = {}
    for thread in sorted((raw_thread(t) for t in threads), key=lambda t: t.key):
        existing = folder.find_file(thread)
        if existing is None and not as_markdown:
            extract[thread.key] = _united(thread, extract.get(thread.key))
            continue
        if existing is not None and existing.curated:
            extract.pop(thread.key, None)
            findings += _curated_finding(existing, thread)
            continue
        name = existing.name if existing is not None else folder.free_name(thread.key)
        if name is None:
            findings += (_unreadable_file_finding(_file_name(thread.key)),)
            continue
        older = existing.thread if existing is not None else extract.get(thread.key)
        extract.pop(thread.key, None)
        files[name] = _with_checksum(write_thread(_united(thread, older and without_removed(older, removed_at_source))))
    if extract or extract_name in current:
        files[extract_name] = write_extract(tuple(extract.values()))
    return Plan(
        files={n: t for n, t in sorted(files.items()) if current.get(n) != t},
        deleted=folder.files_to_delete(removed_at_source),
        diagnostics=(*findings, *folder.still_shown_findings(removed_at_source)),
    )


@dataclass(frozen=True, kw_only=True)
class _ExistingFile:
    """A thread file that exists already."""

    name: str
    thread: RawThread | None  # None if the file cannot be read
    curated: bool  # written or edited by a person


class _ThreadFolder:
    """The thread files below content/threads, found by thread, and the file names that are still free."""

    def __init__(self, current: Mapping[str, str], sources: Sequence[Source]) -> None:
        """Read all thread files; `current` has the texts by path."""
        files = [_read_file(name, text, sources) for name, text in sorted(current.items()) if is_thread_file(name)]
        read = [(f.thread, f) for f in files if f.thread is not None]
        self._read = tuple(read)
        self._names = {f.name.casefold(): f for f in files}
        self._by_key = {thread.key: f for thread, f in reversed(read)}
        self._by_url = {thread.url: f for thread, f in reversed(read) if thread.url is not None and f.curated}

    def find_file(self, thread: RawThread) -> _ExistingFile | None:
        """Return the file of a thread: the file with its key, else a curated file with its URL."""
        return self._by_key.get(thread.key) or (self._by_url.get(thread.url) if thread.url is not None else None)

    def files_to_delete(self, removed_at_source: Set[RemovedAtSource]) -> tuple[str, ...]:
        """Return the files, imported and never edited, of threads that were removed at the source."""
        imported = ((thread, f.name) for thread, f in self._read if not f.curated)
        return tuple(name for thread, name in imported if without_removed(thread, removed_at_source) is None)

    def still_shown_findings(self, removed_at_source: Set[RemovedAtSource]) -> tuple[Diagnostic, ...]:
        """Return a finding for each curated file that shows something removed at its source."""
        curated = ((thread, f.name) for thread, f in self._read if f.curated)
        return tuple(
            still_shown_finding(f"content/threads/{name}")
            for thread, name in curated
            if without_removed(thread, removed_at_source) != thread
        )

    def free_name(self, key: ThreadKey) -> str | None:
        """Return a name for a new file; None if an unreadable file has this name, as it may contain the thread."""
        for name in (_file_name(key), _file_name(key, with_hash=True)):
            taken = self._names.get(name.casefold())
            if taken is None:
                return name
            if taken.thread is None:
                return None
        return None


def _read_file(name: str, text: str, sources: Sequence[Source]) -> _ExistingFile:
    """Read a thread file, and tell by its checksum whether a person has edited it."""
    thread, _ = read_thread_file(text, name, sources)
    imported = _IMPORTED.search(text.replace("\r\n", "\n"))
    return _ExistingFile(name=name, thread=thread, curated=imported is None or imported["checksum"] != _checksum(text))


def _with_checksum(text: str) -> str:
    """Add `imported: CHECKSUM` as the last line of the front matter."""
    return text.replace("\n---\n", f"\nimported: {_checksum(text)}\n---\n", 1)


def _checksum(text: str) -> str:
    """Hash all lines but `imported:`; line ends and a byte order mark, which git may change, do not count."""
    rest = _IMPORTED.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n"), count=1)
    return hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _file_name(key: ThreadKey, *, with_hash: bool = False) -> str:
    """Return the path of a thread's file, safe on all file systems: `forum:12` -> `forum/12.md`.

    An id that is not a safe file name, and any id if `with_hash`, gets a hash: `forum:A/b` -> `forum/a-b-9adbcf33.md`.
    """
    if not with_hash and _PLAIN_NAME.fullmatch(key.native) and not _RESERVED.fullmatch(key.native):
        return f"{key.source}/{key.native}.md"
    words = re.sub(r"[^a-z0-9]+", "-", key.native.lower()).strip("-")[:50].rstrip("-")
    digits = hashlib.sha256(str(key).encode()).hexdigest()[:8]
    return f"{key.source}/{words}-{digits}.md" if words else f"{key.source}/{digits}.md"


def _existing_extract(text: str | None, name: str) -> tuple[dict[ThreadKey, RawThread] | None, tuple[Diagnostic, ...]]:
    """Read the threads of the existing extract; None if writing it again would lose lines that cannot be read.

    Merge conflict markers are ignored. If a thread is on two lines, the later line counts.
    """
    if text is None:
        return {}, ()
    lines = "".join(line for line in text.splitlines(True) if not line.startswith(CONFLICT))
    reading = read_extract(lines, f"content/threads/{name}")
    if any(d.level is Severity.ERROR for d in reading.diagnostics):
        return None, (*reading.diagnostics, _unreadable_file_finding(name))
    return {t.key: t for t in reading.threads}, ()


def _united(newer: RawThread, older: RawThread | None) -> RawThread:
    """Return the newer thread plus the messages that only the older one has, each after its old predecessor."""
    messages = list(newer.messages)
    ids = [m.id for m in messages]
    previous = ids[0]
    for message in older.messages if older is not None else ():
        if message.id not in ids:
            position = ids.index(previous) + 1
            messages.insert(position, message)
            ids.insert(position, message.id)
        previous = message.id
    return replace(newer, messages=tuple(messages))


def _curated_finding(existing: _ExistingFile, thread: RawThread) -> tuple[Diagnostic, ...]:
    """Report a curated file whose thread differs from the export's."""
    if existing.thread == thread:
        return ()
    where = Location(path=f"content/threads/{existing.name}", line=1)
    advice = "delete the file and import again to take the export's version"
    return (Diagnostic(code="FAQ460", where=where, message="the thread was curated and is left alone", help=advice),)


def _unreadable_file_finding(name: str) -> Diagnostic:
    return Diagnostic(
        code="FAQ461",
        where=Location(path=f"content/threads/{name}"),
        message="a file that cannot be read may hold what is imported, so the import did not write to it",
        help="correct or delete the file, then import again",
    )
