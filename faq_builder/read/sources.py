"""All configured sources -> raw threads, each once; reports lost threads and exports that cannot be read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Location, Severity, UsageError
from faq_builder.base.progress import Progress
from faq_builder.config import Config, Source, folded_tag
from faq_builder.model import Balance, Ledger, RawMessage, RawThread, ThreadKey, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, RemovedAtSource, read_export, still_shown_finding, without_removed
from faq_builder.read.formats.markdown import TEXT_ENDINGS, ThreadFiles, read_threads

EXPORTED, CURATED = 1, 2  # rank of a copy of a thread: a thread file that people edit wins over every export
MAX_LOST_SHARE = 0.05  # the share of a source's published threads whose loss is only a warning; more is an error
MAX_LOST_NAMES = 5  # threads that a finding about a loss names, so that its message stays readable
ARRIVED_TWICE = "arrived more than once"
REMOVED_AT_SOURCE = "removed at the source"


@dataclass(frozen=True, kw_only=True)
class SourceThreads:
    """The threads of all sources, sorted by key, each key once, and which of them are thread files."""

    threads: tuple[RawThread, ...]
    files: Mapping[ThreadKey, str] = field(default_factory=dict)  # path of the thread file, below the content folder
    balance: Balance = field(default_factory=Balance)
    diagnostics: tuple[Diagnostic, ...] = ()
    removed_at_source: frozenset[ThreadKey] = frozenset()  # threads that their source deleted or made private


def read_sources(config: Config, accepted: Collection[str], progress: Progress) -> SourceThreads:
    """Read all threads of a configuration: its exports, its extracts and its thread files.

    An export that cannot be read gives a finding, and the other exports are still read. A missing export is an error,
    unless `accepted` contains the key of its source.
    """
    exports = [s for s in config.sources if s.path is not None]
    extracts = sorted((config.content / "threads").rglob("*.threads.jsonl"))
    readings: list[Reading] = []
    for number, source in enumerate(exports):
        progress("reading", number, len(exports) + len(extracts) + 1)
        assert source.path is not None
        readings.append(_read_path(source.path, source, config.root, may_be_missing=source.key in accepted))
    for number, path in enumerate(extracts, len(exports)):
        progress("reading", number, len(exports) + len(extracts) + 1)
        readings.append(_read_path(path, Source(key="extract", place="extract", format="extract"), config.root))
    curated = read_threads(config.content / "threads", config.sources)
    progress("reading", 1, 1)
    removed_at_source = frozenset().union(*(reading.removed_at_source for reading in readings))
    united = _unite(
        [_without_removals(reading, removed_at_source) for reading in readings],
        _with_still_shown_findings(curated, removed_at_source),
    )
    threads = tuple(_with_tag_names(thread, config.tags) for thread in united.threads)
    deleted = frozenset(key for key, message in removed_at_source if message is None)
    return replace(united, threads=threads, removed_at_source=deleted)


def file_texts(config: Config, files: Mapping[ThreadKey, str]) -> Iterator[tuple[ThreadKey, str, str]]:
    """Yield key, display path and text of each of `SourceThreads.files`; the text is empty if the file has vanished."""
    for key, path in files.items():
        try:
            text = (config.content / path).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            text = ""
        yield key, f"content/{path}", text


def other_texts(config: Config, files: Mapping[ThreadKey, str]) -> Iterator[tuple[None, str, str]]:
    """Yield None, display path and text of the texts that git keeps too, but that are no thread in `files`.

    These are drafts, README files, second files of one thread and files that cannot be read as a thread, below
    content/threads, and the answers of staff in content/topics.
    """
    read = set(files.values())
    folders = (config.content / "threads").rglob("*"), (config.content / "topics").glob("*")
    for path in sorted(path for paths in folders for path in paths if path.suffix.lower() in TEXT_ENDINGS):
        name = path.relative_to(config.content).as_posix()
        if name not in read and path.is_file():
            try:
                yield None, f"content/{name}", path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                continue  # reported by whoever reads the file


def check_accepted(accepted: Set[str], sources: Sequence[Source], ledger: Ledger) -> None:
    """Raise UsageError if a loss is accepted for a source that neither the configuration nor the ledger knows."""
    known = {source.key for source in sources} | {key.source for key in ledger.by_member()}
    unknown = ", ".join(sorted(accepted - known))
    if unknown:
        where, advice = Location(path="--accept-loss"), f"the sources are: {', '.join(sorted(known))}"
        raise UsageError(Diagnostic(code="FAQ108", where=where, message=f"there is no source {unknown}", help=advice))


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Published threads that no source contains any more, and the findings about them."""

    accepted: frozenset[ThreadKey] = frozenset()  # accepted in this run, or earlier (the ledger notes it)
    missing: frozenset[ThreadKey] = frozenset()  # not accepted
    diagnostics: tuple[Diagnostic, ...] = ()


def lost_threads(ledger: Ledger, sources: SourceThreads, accepted: Set[str]) -> Losses:
    """Find the published threads that each source has lost.

    A loss above `MAX_LOST_SHARE` is an error until `accepted` contains the key of the source. A thread that was
    removed at the source is not lost: the source says that it meant to remove the thread.
    """
    present = {thread.key for thread in sources.threads}
    known = {key for row in ledger.rows for key in row.lost} | sources.removed_at_source
    published: defaultdict[str, list[ThreadKey]] = defaultdict(list)
    for key in ledger.by_member():
        published[key.source].append(key)
    gone = {source: sorted(set(keys) - present - known) for source, keys in published.items()}
    return Losses(
        accepted=frozenset(key for source, keys in gone.items() if source in accepted for key in keys)
        | known - present,
        missing=frozenset(key for source, keys in gone.items() if source not in accepted for key in keys),
        diagnostics=tuple(
            _loss_finding(source, keys, len(published[source]), source in accepted)
            for source, keys in sorted(gone.items())
            if keys
        ),
    )


def _loss_finding(source: str, keys: Sequence[ThreadKey], published: int, is_accepted: bool) -> Diagnostic:
    """Report that a source lost these of its `published` threads."""
    names = ", ".join(key.native for key in keys[:MAX_LOST_NAMES]) + (" ..." if len(keys) > MAX_LOST_NAMES else "")
    level = Severity.ERROR if len(keys) > MAX_LOST_SHARE * published else Severity.WARNING
    advice = (
        f"restore them, or accept the loss with --accept-loss {source}. To remove a page on purpose, keep its thread "
        "and write a `hide` decision. If a URL changed, add `id: OLD-ID` to the thread file"
    )
    return Diagnostic(
        code="FAQ305",
        where=Location(path="content/ledger.jsonl", item=source),
        message=f"source {source} lost {len(keys)} of its {published} published threads: {names}",
        help="" if is_accepted else advice,
        severity=Severity.INFO if is_accepted else level,
    )


def display_path(path: Path, root: Path) -> str:
    """Return the path that findings show: relative to the folder of mkdocs.yml (`root`) if the path lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _read_path(path: Path, source: Source, root: Path, *, may_be_missing: bool = False) -> Reading:
    """Read the export or extract at a path; a path that cannot be read gives no threads and one finding."""
    if may_be_missing and not path.exists():
        return Reading()
    try:
        return read_export(open_export(path, display_path(path, root)), source)
    except ExportError as error:
        return Reading(diagnostics=(error.diagnostic,))


def _without_removals(reading: Reading, removed_at_source: Set[RemovedAtSource]) -> Reading:
    """Return the reading without what was removed at a source; earlier exports may contain copies."""
    kept = [(thread, without_removed(thread, removed_at_source)) for thread in reading.threads]
    changed = [(thread, rest) for thread, rest in kept if rest is not thread]
    return replace(
        reading,
        threads=tuple(rest for _, rest in kept if rest is not None),
        balance=reading.balance.with_left_out(
            REMOVED_AT_SOURCE,
            threads=sum(rest is None for _, rest in changed),
            messages=sum(len(thread.messages) - (len(rest.messages) if rest else 0) for thread, rest in changed),
        ),
    )


def _with_still_shown_findings(curated: ThreadFiles, removed_at_source: Set[RemovedAtSource]) -> ThreadFiles:
    """Return the thread files with a finding for each file that shows what was removed at its source."""
    found = tuple(
        still_shown_finding(f"content/{curated.files[thread.key]}")
        for thread in curated.threads
        if without_removed(thread, removed_at_source) is not thread
    )
    return replace(curated, diagnostics=(*curated.diagnostics, *found))


def _unite(readings: Sequence[Reading], curated: ThreadFiles) -> SourceThreads:
    """Return one thread for each key: the thread file if there is one, else the newest copy with all messages."""
    copies: defaultdict[ThreadKey, list[tuple[int, RawThread]]] = defaultdict(list)
    for rank, reading in (*((EXPORTED, reading) for reading in readings), (CURATED, curated)):
        for thread in reading.threads:
            copies[thread.key].append((rank, thread))
    moved = _keys_of_exports(copies)
    for old, new in moved.items():
        copies[new] += [(rank, replace(thread, key=new)) for rank, thread in copies.pop(old)]
    threads: list[RawThread] = []
    balance = sum((reading.balance for reading in (*readings, curated)), Balance())
    findings = [finding for reading in (*readings, curated) for finding in reading.diagnostics]
    for key, ranked in sorted(copies.items()):
        thread = _newest(ranked)
        threads.append(thread)
        if len(ranked) > 1:
            messages = sum(len(t.messages) for _, t in ranked) - len(thread.messages)
            balance = balance.with_left_out(ARRIVED_TWICE, threads=len(ranked) - 1, messages=messages)
            findings.append(_arrived_twice_finding(key, len(ranked)))
    findings += _two_sources_findings(threads)
    return SourceThreads(
        threads=tuple(threads),
        files={moved.get(key, key): path for key, path in curated.files.items()},
        balance=balance,
        diagnostics=tuple(findings),
    )


def _keys_of_exports(copies: Mapping[ThreadKey, list[tuple[int, RawThread]]]) -> dict[ThreadKey, ThreadKey]:
    """Map the key of a thread file to the key of the exported thread with the same URL, if these keys differ."""
    exported = {t.url: key for key, ranked in copies.items() for rank, t in ranked if rank == EXPORTED and t.url}
    return {
        key: exported[thread.url]
        for key, ranked in copies.items()
        for rank, thread in ranked
        if rank == CURATED and thread.url in exported and exported[thread.url] != key
    }


def _newest(ranked: Sequence[tuple[int, RawThread]]) -> RawThread:
    """Return the copy that wins: the thread file as it is, else the newest copy plus messages that only others have."""
    ordered = sorted(
        ranked, key=lambda copy: (copy[0], str(copy[1].last_at or ""), len(copy[1].messages)), reverse=True
    )
    rank, thread = ordered[0]
    if rank == CURATED or len(ordered) == 1:
        return thread
    messages: dict[str, RawMessage] = {m.id: m for m in thread.messages}
    for _, older in ordered[1:]:
        for message in older.messages:
            messages.setdefault(message.id, message)
    question, *replies = messages.values()
    replies.sort(key=lambda m: str(m.written_at or ""))
    return thread if len(messages) == len(thread.messages) else replace(thread, messages=(question, *replies))


def _with_tag_names(thread: RawThread, names: Mapping[str, str]) -> RawThread:
    """Return the thread with its tags renamed as the configuration says, each tag once."""
    if not names or not thread.tags:
        return thread
    return replace(thread, tags=tuple(dict.fromkeys(names.get(folded_tag(tag), tag) for tag in thread.tags)))


def _arrived_twice_finding(key: ThreadKey, times: int) -> Diagnostic:
    where = Location.in_thread(key)
    message = f"the thread arrived {times} times and is taken once"
    advice = "if the source was imported, take its `path` out of mkdocs.yml"
    return Diagnostic(code="FAQ304", where=where, message=message, help=advice)


def _two_sources_findings(threads: Iterable[RawThread]) -> Iterator[Diagnostic]:
    """Yield one finding for each two sources that contain threads with the same URL, which would count twice."""
    first_key: dict[Url, ThreadKey] = {}
    seen: set[tuple[str, str]] = set()
    for thread in threads:
        first = first_key.setdefault(thread.url, thread.key) if thread.url else thread.key
        pair = (first.source, thread.key.source)
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            where = Location.in_thread(thread.key)
            message = f"sources {pair[0]} and {pair[1]} hold the same threads, so these count twice"
            yield Diagnostic(code="FAQ306", where=where, message=message, help="take one of the two sources out")
