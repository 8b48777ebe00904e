"""All configured sources -> raw threads, each once; what is missing and what is broken is reported."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.config import Config, Source, folded_tag
from faq_builder.model import Balance, Ledger, RawMessage, RawThread, ThreadKey, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, Taken, read_export, remaining, still_held
from faq_builder.read.formats.markdown import read_threads

EXPORTED, CURATED = 1, 2  # ranks of inputs
LOSS = 0.05  # share of a source's published threads that may be missing before it is an error
NAMED = 5  # lost threads that a finding names
TWICE = "arrived more than once"
TAKEN_BACK = "taken back by the source"

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The threads of all sources, sorted by key, each key once; the files that people wrote some of them in."""

    threads: tuple[RawThread, ...]
    files: Mapping[ThreadKey, str] = field(default_factory=dict)  # path within the content folder
    balance: Balance = field(default_factory=Balance)
    diagnostics: tuple[Diagnostic, ...] = ()
    taken_back: frozenset[ThreadKey] = frozenset()  # threads that their source deleted or made private


@dataclass(frozen=True, kw_only=True)
class _Input:
    """The threads of one input; those of a higher rank win over those of a lower."""

    rank: int
    threads: tuple[RawThread, ...]
    balance: Balance = field(default_factory=Balance)
    diagnostics: tuple[Diagnostic, ...] = ()
    taken_back: frozenset[Taken] = frozenset()


def read_sources(config: Config, accepted: Collection[str], progress: Progress) -> Sources:
    """Every thread of the exports, the extracts and the Markdown files of a configuration.

    An export that cannot be read is a finding; the others are read all the same. One that is missing is an error
    unless its source is among the accepted.
    """
    exports = [s for s in config.sources if s.path is not None]
    extracts = sorted((config.content / "threads").rglob("*.threads.jsonl"))
    inputs: list[_Input] = []
    for number, source in enumerate(exports):
        progress("reading", number, len(exports) + len(extracts) + 1)
        assert source.path is not None
        inputs.append(_read_input(source.path, source, config.root, may_be_missing=source.key in accepted))
    for number, path in enumerate(extracts, len(exports)):
        progress("reading", number, len(exports) + len(extracts) + 1)
        inputs.append(_read_input(path, Source(key="extract", place="extract", format="extract"), config.root))
    curated = read_threads(config.content / "threads", config.sources)
    inputs.append(
        _Input(rank=CURATED, threads=curated.threads, balance=curated.balance, diagnostics=curated.diagnostics)
    )
    progress("reading", 1, 1)
    taken_back = frozenset().union(*(given.taken_back for given in inputs))
    kept = [_without(given, taken_back, curated.files) for given in inputs]
    deleted = frozenset(key for key, message in taken_back if message is None)
    united = _unite(kept, curated.files)
    threads = tuple(_with_tag_names(thread, config.tags) for thread in united.threads)
    return replace(united, threads=threads, taken_back=deleted)


def file_texts(config: Config, files: Mapping[ThreadKey, str]) -> Iterator[tuple[ThreadKey, str, str]]:
    """The thread, the path as shown and the text of each of `Sources.files`; no text if a file has gone meanwhile."""
    for key, path in files.items():
        try:
            text = (config.content / path).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            text = ""
        yield key, f"content/{path}", text


def _with_tag_names(thread: RawThread, names: Mapping[str, str]) -> RawThread:
    """The thread with its tags called as the configuration says, each once."""
    if not names or not thread.tags:
        return thread
    return replace(thread, tags=tuple(dict.fromkeys(names.get(folded_tag(tag), tag) for tag in thread.tags)))


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Published threads that no source holds any more, and what is said of them."""

    accepted: frozenset[ThreadKey] = frozenset()  # now or earlier
    missing: frozenset[ThreadKey] = frozenset()  # not accepted
    diagnostics: tuple[Diagnostic, ...] = ()


def lost_threads(ledger: Ledger, sources: Sources, accepted: Set[str]) -> Losses:
    """What each source lost of what was published; an error above `LOSS` until it is accepted by the source's name.

    What a source took back is no loss: its mark says that it is meant.
    """
    present = {thread.key for thread in sources.threads}
    known = {key for row in ledger.rows for key in row.lost} | sources.taken_back
    published: defaultdict[str, list[ThreadKey]] = defaultdict(list)
    for key in ledger.by_member():
        published[key.source].append(key)
    gone = {source: sorted(set(keys) - present - known) for source, keys in published.items()}
    return Losses(
        accepted=frozenset(key for source, keys in gone.items() if source in accepted for key in keys)
        | known - present,
        missing=frozenset(key for source, keys in gone.items() if source not in accepted for key in keys),
        diagnostics=tuple(
            _loss(source, keys, len(published[source]), source in accepted)
            for source, keys in sorted(gone.items())
            if keys
        ),
    )


def _loss(source: str, keys: Sequence[ThreadKey], published: int, is_accepted: bool) -> Diagnostic:
    names = ", ".join(key.native for key in keys[:NAMED]) + (" ..." if len(keys) > NAMED else "")
    level = Severity.ERROR if len(keys) > LOSS * published else Severity.WARNING
    return Diagnostic(
        code="FAQ305",
        where=Location(path="content/ledger.jsonl", item=source),
        message=f"source {source} lost {len(keys)} of its {published} published threads: {names}",
        help=""
        if is_accepted
        else f"restore them (what must go gets a `hide` decision and stays), or accept it with --accept-loss {source}",
        severity=Severity.INFO if is_accepted else level,
    )


def shown_path(path: Path, root: Path) -> str:
    """A path as findings name it: relative to the folder of mkdocs.yml where it lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _read_input(path: Path, source: Source, root: Path, *, may_be_missing: bool = False) -> _Input:
    if may_be_missing and not path.exists():
        return _Input(rank=EXPORTED, threads=())
    try:
        reading: Reading = read_export(open_export(path, shown_path(path, root)), source)
    except ExportError as error:
        return _Input(rank=EXPORTED, threads=(), diagnostics=(error.diagnostic,))
    return _Input(
        rank=EXPORTED,
        threads=reading.threads,
        balance=reading.balance,
        diagnostics=reading.diagnostics,
        taken_back=reading.taken_back,
    )


def _without(given: _Input, taken_back: Set[Taken], files: Mapping[ThreadKey, str]) -> _Input:
    """An input without what an export says may not be shown any more; files that people wrote are only reported."""
    kept = [(thread, remaining(thread, taken_back)) for thread in given.threads]
    changed = [(thread, rest) for thread, rest in kept if rest is not thread]
    if given.rank == CURATED:
        found = tuple(still_held(f"content/{files[thread.key]}") for thread, _ in changed)
        return replace(given, diagnostics=(*given.diagnostics, *found))
    return replace(
        given,
        threads=tuple(rest for _, rest in kept if rest is not None),
        balance=given.balance.leave_out(
            TAKEN_BACK,
            threads=sum(rest is None for _, rest in changed),
            messages=sum(len(thread.messages) - (len(rest.messages) if rest else 0) for thread, rest in changed),
        ),
    )


def _unite(inputs: Sequence[_Input], files: Mapping[ThreadKey, str]) -> Sources:
    """One thread for each key. Markdown wins over everything, else the newer; their messages unite by id."""
    found: defaultdict[ThreadKey, list[tuple[int, RawThread]]] = defaultdict(list)
    for given in inputs:
        for thread in given.threads:
            found[thread.key].append((given.rank, thread))
    moved = _same_address(found)
    for old, new in moved.items():
        found[new] += [(rank, replace(thread, key=new)) for rank, thread in found.pop(old)]
    threads: list[RawThread] = []
    balance = sum((given.balance for given in inputs), Balance())
    findings = [finding for given in inputs for finding in given.diagnostics]
    for key, arrived in sorted(found.items()):
        thread = _newest(arrived)
        threads.append(thread)
        if len(arrived) > 1:
            messages = sum(len(t.messages) for _, t in arrived) - len(thread.messages)
            balance = balance.leave_out(TWICE, threads=len(arrived) - 1, messages=messages)
            findings.append(_twice(key, len(arrived)))
    findings += _of_two_sources(threads)
    return Sources(
        threads=tuple(threads),
        files={moved.get(key, key): path for key, path in files.items()},
        balance=balance,
        diagnostics=tuple(findings),
    )


def _same_address(found: Mapping[ThreadKey, list[tuple[int, RawThread]]]) -> dict[ThreadKey, ThreadKey]:
    """The Markdown threads that stand for a thread of an export under the same address, by their keys."""
    exported = {
        t.url: key for key, arrived in found.items() for rank, t in arrived if rank == EXPORTED and t.url is not None
    }
    return {
        key: exported[thread.url]
        for key, arrived in found.items()
        for rank, thread in arrived
        if rank == CURATED and thread.url in exported and exported[thread.url] != key
    }


def _newest(arrived: Sequence[tuple[int, RawThread]]) -> RawThread:
    """The thread that wins, with the messages that only the others of its rank have."""
    ordered = sorted(arrived, key=lambda a: (a[0], str(a[1].last_at or ""), len(a[1].messages)), reverse=True)
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


def _twice(key: ThreadKey, times: int) -> Diagnostic:
    where = Location.in_thread(key)
    message = f"the thread arrived {times} times and is taken once"
    advice = "if the source was imported, take its `path` out of mkdocs.yml"
    return Diagnostic(code="FAQ304", where=where, message=message, help=advice)


def _of_two_sources(threads: Iterable[RawThread]) -> Iterator[Diagnostic]:
    """A finding for each two sources that hold threads of the same address, which would count twice."""
    at: dict[Url, ThreadKey] = {}
    seen: set[tuple[str, str]] = set()
    for thread in threads:
        first = at.setdefault(thread.url, thread.key) if thread.url else thread.key
        pair = (first.source, thread.key.source)
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            where = Location.in_thread(thread.key)
            message = f"sources {pair[0]} and {pair[1]} hold the same threads, which so count twice"
            yield Diagnostic(code="FAQ306", where=where, message=message, help="take one of the two sources out")
