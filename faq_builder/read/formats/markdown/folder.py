"""All Markdown threads below a folder, and Markdown files as an export of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import Balance, RawThread, ThreadKey
from faq_builder.read.export import Export, ExportError, open_export
from faq_builder.read.formats.markdown.reader import PLACE, read_thread_file
from faq_builder.read.formats.reading import Collector, Format, Reading

BROKEN = "not understood"
EMPTY = "FAQ207"  # for a thread an empty file is a file without title and address
NEARLY = (".txt", ".markdown", ".mdown", ".mkd")  # endings of texts that somebody may take for threads


@dataclass(frozen=True, kw_only=True)
class ThreadFiles:
    """The threads of a folder, sorted by key; `files` are their paths as seen from the folder above."""

    threads: tuple[RawThread, ...] = ()
    files: Mapping[ThreadKey, str] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_threads(folder: Path, sources: Sequence[Source]) -> ThreadFiles:
    """The threads of all `*.md` files below a folder, none where there is no such folder.

    README.md and names that begin with an underscore or a dot are no threads. A broken file never hides the others.
    """
    if not folder.is_dir():
        return ThreadFiles()
    shown = f"{folder.parent.name}/{folder.name}"
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if is_thread_file(path.name)}
    opened = ((name, _opened(path, f"{shown}/{name}")) for name, path in sorted(paths.items()))
    reading, names = _read(opened, sources, PLACE)
    ignored = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix.lower() in NEARLY)
    return ThreadFiles(
        threads=reading.threads,
        files={key: f"{folder.name}/{name}" for key, name in names.items()},
        balance=reading.balance,
        diagnostics=(*reading.diagnostics, *(_ignored(f"{shown}/{name}") for name in sorted(ignored))),
    )


def is_thread_file(name: str) -> bool:
    """Whether a file of this name holds a thread."""
    path = PurePosixPath(name)
    return path.suffix.lower() == ".md" and path.stem.lower() != "readme" and not path.name.startswith((".", "_"))


def _detect(export: Export) -> bool:
    """Nothing but Markdown files."""
    names = [n for n in export.names if not PurePosixPath(n).name.startswith(".")]
    return all(n.lower().endswith(".md") for n in names) and any(map(is_thread_file, names))


def _opened(path: Path, shown: str) -> Export | ExportError:
    try:
        return open_export(path, shown)
    except ExportError as error:
        return error


def _read(
    opened: Iterable[tuple[str, Export | ExportError]], sources: Sequence[Source], place: str
) -> tuple[Reading, dict[ThreadKey, str]]:
    collector = Collector()
    names: dict[ThreadKey, str] = {}
    for name, export in opened:
        thread, where = _thread(name, export, sources, place, collector)
        if thread is None:
            collector.leave_out(BROKEN, threads=1)
        elif thread.key in names:
            collector.find(_twice(where, names[thread.key]))
            collector.leave_out("in two files", threads=1, messages=len(thread.messages))
        else:
            names[thread.key] = name
            collector.add(thread)
    return collector.finish(), names


def _thread(
    name: str, export: Export | ExportError, sources: Sequence[Source], place: str, collector: Collector
) -> tuple[RawThread | None, Location]:
    """The thread in a file of an export, None with a finding where there is none; and where that file is."""
    if isinstance(export, ExportError):
        where = export.diagnostic.where
        findings = read_thread_file("", where.path, ())[1] if export.diagnostic.code == EMPTY else (export.diagnostic,)
        collector.diagnostics += findings
        return None, where
    where = export.where(name)
    try:
        text = export.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        collector.find(_unreadable(where))
        return None, where
    except ExportError as error:
        collector.find(error.diagnostic)
        return None, where
    thread, findings = read_thread_file(text, where.path, sources, place=place)
    collector.diagnostics += findings
    return thread, where


def _unreadable(where: Location) -> Diagnostic:
    place = Location(path=where.path, line=1)
    return Diagnostic(code="FAQ401", where=place, message="the file is not UTF-8", help="save it as UTF-8")


def _ignored(shown: str) -> Diagnostic:
    stem = PurePosixPath(shown).stem.removesuffix(".md")
    advice = f"name it {stem}.md if it is a thread, else keep it elsewhere"
    return Diagnostic(code="FAQ420", where=Location(path=shown), message="the file is not read", help=advice)


def _twice(where: Location, other: str) -> Diagnostic:
    place = Location(path=where.path, line=1)
    advice = f"keep one of them, or give one another `id:`; the other is {other}"
    return Diagnostic(code="FAQ417", where=place, message="two files hold the same thread", help=advice)


def _read_export(export: Export, source: Source) -> Reading:
    return _read(((name, export) for name in filter(is_thread_file, export.names)), (source,), source.key)[0]


FORMAT = Format(name="markdown", detect=_detect, read=_read_export)
