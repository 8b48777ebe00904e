"""The list of export formats, one file each. Exactly one format may detect an export."""

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.read.export import Export, ExportError
from faq_builder.read.formats import discourse, extract, github_discussions, markdown, stackexchange
from faq_builder.read.formats.jsonfile import check_readable
from faq_builder.read.formats.reading import (
    Collector,
    Format,
    Reading,
    RemovedAtSource,
    still_shown_finding,
    without_removed,
)

__all__ = [
    "FORMATS",
    "Collector",
    "Format",
    "Reading",
    "RemovedAtSource",
    "format_of",
    "read_export",
    "still_shown_finding",
    "without_removed",
]

FORMATS: tuple[Format, ...] = (
    discourse.FORMAT,
    extract.FORMAT,
    github_discussions.FORMAT,
    markdown.FORMAT,
    stackexchange.FORMAT,
)


def format_of(export: Export, name: str | None = None) -> Format:
    """Return the format called `name`, or the one that detects the export; raises ExportError unless one fits."""
    names = ", ".join(sorted(f.name for f in FORMATS))
    if name is not None:
        chosen = [f for f in FORMATS if f.name == name]
        message, advice = f"there is no format named {name}", f"the formats are: {names}"
    else:
        chosen = [f for f in FORMATS if f.detect(export)]
        if not chosen:
            check_readable(export)
        message = "no format recognises this export"
        advice = f"check that it is the export itself, or set `format:` to one of {names}"
    if len(chosen) == 1:
        return chosen[0]
    where = Location(path=export.display_path)
    if chosen:
        both = " and ".join(f.name for f in chosen)
        message = f"{both} both recognise this export"
        raise ExportError(
            Diagnostic(code="FAQ203", where=where, message=message, help="set `format:` on the source to choose one")
        )
    raise ExportError(Diagnostic(code="FAQ202", where=where, message=message, help=advice))


def read_export(export: Export, source: Source) -> Reading:
    """Read the threads of an export of a source; raises ExportError if its format cannot be determined."""
    return format_of(export, source.format).read(export, source)
