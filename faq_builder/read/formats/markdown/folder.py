"""Reading all thread files below a folder, and a folder of thread files as an export."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import RawThread, ThreadKey
from faq_builder.read.export import Export, ExportError, open_export
from faq_builder.read.formats.markdown.reader import DEFAULT_SOURCE, read_thread_file
from faq_builder.read.formats.reading import Collector, Format, Reading

BROKEN = "not understood"
EMPTY = "FAQ207"  # an export's empty file; an empty thread file gets the finding of a thread file instead (FAQ401)
IGNORED_ENDINGS = (".txt", ".markdown", ".mdown", ".mkd")  # a person may have meant such a file as a thread file
TEXT_ENDINGS = (".md", *IGNORED_ENDINGS)


@dataclass(frozen=True, kw_only=True)
class ThreadFiles(Reading):
    """The threads of the thread files in a folder, and the path of each file, seen from the folder above."""

    files: Mapping[ThreadKey, str] = field(default_factory=dict)


def read_threads(folder: Path, sources: Sequence[Source]) -> ThreadFiles:
    """Read all thread files below a folder; without such a folder there are no threads.

    `is_thread_file` says which files count. A broken file gives findings, and the other files are still read.
    """
    if not folder.is_dir():
        return ThreadFiles()
    display_path = f"{folder.parent.name}/{folder.name}"
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if is_thread_file(path.name)}
    opened = ((name, _opened(path, f"{display_path}/{name}")) for name, path in sorted(paths.items()))
    reading, names = _read(opened, sources, DEFAULT_SOURCE)
    texts = (path for path in folder.rglob("*") if path.suffix.lower() in IGNORED_ENDINGS)
    ignored = sorted(path.relative_to(folder).as_posix() for path in texts)
    return ThreadFiles(
        threads=reading.threads,
        files={key: f"{folder.name}/{name}" for key, name in names.items()},
        balance=reading.balance,
        diagnostics=(*reading.diagnostics, *(_ignored_file_finding(f"{display_path}/{name}") for name in ignored)),
    )


def is_thread_file(name: str) -> bool:
    """Whether a file of this name is a thread file: `*.md`, but not README.md, `_*` and `.*`."""
    path = PurePosixPath(name)
    return path.suffix.lower() == ".md" and path.stem.lower() != "readme" and not path.name.startswith((".", "_"))


def _detect(export: Export) -> bool:
    """Whether an export contains only Markdown files, and at least one thread file."""
    names = [n for n in export.names if not PurePosixPath(n).name.startswith(".")]
    return all(n.lower().endswith(".md") for n in names) and any(map(is_thread_file, names))


def _opened(path: Path, display_path: str) -> Export | ExportError:
    """Open a file as an export of its own; return the exception if it cannot be opened."""
    try:
        return open_export(path, display_path)
    except ExportError as error:
        return error


def _read(
    opened: Iterable[tuple[str, Export | ExportError]], sources: Sequence[Source], default_source: str
) -> tuple[Reading, dict[ThreadKey, str]]:
    """Read thread files; also return the name of each thread's file."""
    collector = Collector()
    names: dict[ThreadKey, str] = {}
    for name, export in opened:
        thread, where = _thread(name, export, sources, default_source, collector)
        if thread is None:
            collector.leave_out(BROKEN, threads=1)
        elif thread.key in names:
            collector.report(_same_thread_finding(where, names[thread.key]))
            collector.leave_out("in two files", threads=1, messages=len(thread.messages))
        else:
            names[thread.key] = name
            collector.add(thread)
    return collector.finish(), names


def _thread(
    name: str, export: Export | ExportError, sources: Sequence[Source], default_source: str, collector: Collector
) -> tuple[RawThread | None, Location]:
    """Read the thread of one file (None and a finding if it has none), and return the location of the file."""
    if isinstance(export, ExportError):
        where = export.diagnostic.where
        findings = read_thread_file("", where.path, ())[1] if export.diagnostic.code == EMPTY else (export.diagnostic,)
        collector.diagnostics += findings
        return None, where
    where = export.where(name)
    try:
        text = export.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        collector.report(_not_utf8_finding(where))
        return None, where
    except ExportError as error:
        collector.report(error.diagnostic)
        return None, where
    thread, findings = read_thread_file(text, where.path, sources, default_source=default_source)
    collector.diagnostics += findings
    return thread, where


def _not_utf8_finding(where: Location) -> Diagnostic:
    first_line = Location(path=where.path, line=1)
    return Diagnostic(code="FAQ401", where=first_line, message="the file is not UTF-8", help="save it as UTF-8")


def _ignored_file_finding(display_path: str) -> Diagnostic:
    stem = PurePosixPath(display_path).stem.removesuffix(".md")
    advice = f"name it {stem}.md if it is a thread, else keep it elsewhere"
    return Diagnostic(code="FAQ420", where=Location(path=display_path), message="the file is not read", help=advice)


def _same_thread_finding(where: Location, other: str) -> Diagnostic:
    first_line = Location(path=where.path, line=1)
    advice = f"delete one of them, or add an `id:` to one, such as `id: review-2`; the other is {other}"
    return Diagnostic(code="FAQ417", where=first_line, message="two files hold the same thread", help=advice)


def _read_export(export: Export, source: Source) -> Reading:
    """Read the thread files of an export; a thread that names no source belongs to the export's source."""
    return _read(((name, export) for name in filter(is_thread_file, export.names)), (source,), source.key)[0]


FORMAT = Format(name="markdown", detect=_detect, read=_read_export)
