"""What `faq import` writes: the public threads of one export as Markdown files or as one extract."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.base.files import delete_file, write_text_file
from faq_builder.config import Config, Source
from faq_builder.pipeline import PublicExport, public_export
from faq_builder.read.formats import Reading
from faq_builder.read.imports import Plan, plan_import, removed_by_redaction

EXTRACT_FROM = 200  # threads from which an import is one extract by default: nobody edits so many files

Shape = Literal["markdown", "extract"]


@dataclass(frozen=True, kw_only=True)
class Import:
    """The files that an import changes, and the threads that it found in the export."""

    plan: Plan
    public: PublicExport
    diagnostics: tuple[Diagnostic, ...]


def import_export(
    reading: Reading, source: Source, config: Config, current: Mapping[str, str], shape: Shape | None
) -> Import:
    """Return what importing an export changes below content/threads; nothing is written.

    `current` holds the text of each file that is there (`thread_files`), by its path below content/threads. Without a
    `shape` fewer than `EXTRACT_FROM` threads become Markdown files, more become one extract.
    """
    public = public_export(reading.threads, reading.balance, {source.key: source}, config)
    threads = [one.thread for one in public.answered]
    default: Shape = "markdown" if len(threads) < EXTRACT_FROM else "extract"
    plan = plan_import(
        threads,
        current,
        source=source,
        sources=config.sources,
        as_markdown=(shape or default) == "markdown",
        removed_at_source=reading.removed_at_source | removed_by_redaction(reading.threads, threads),
    )
    return Import(plan=plan, public=public, diagnostics=(*reading.diagnostics, *public.diagnostics, *plan.diagnostics))


def thread_files(folder: Path) -> dict[str, str]:
    """Read the files below a folder that an import may change, by their path in it."""
    paths = [p for pattern in ("*.md", "*.threads.jsonl") for p in folder.rglob(pattern)]
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8", errors="replace") for p in sorted(paths)}


def write_plan(plan: Plan, folder: Path) -> None:
    """Write and delete the files of a plan below a folder; raises OSError."""
    for name, text in plan.files.items():
        write_text_file(folder / name, text)
    for name in plan.deleted:
        delete_file(folder / name)
