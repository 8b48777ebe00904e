"""XML tables with one element per row and only attributes, read as a stream: no tree in memory, no entities."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from xml.parsers import expat

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.read.export import Export, ExportError

CHUNK = 1 << 20  # bytes parsed at a time, because the tables of the largest sites have gigabytes


def root_element(export: Export, name: str) -> str | None:
    """Return the name of a file's root element, None if its first bytes do not show it; raises ExportError."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, _: found.append(tag)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    # the root element comes before any mistake that matters here; reading the whole file reports the mistake
    with suppress(expat.ExpatError, _DoctypeError, ValueError, LookupError):
        parser.Parse(export.head(name))
    return found[0] if found else None


def table_rows(
    export: Export, name: str, fields: Collection[str], report: Callable[[Diagnostic], None]
) -> Iterator[Mapping[str, str]]:
    """Yield the `row` elements of a file, with only the given attributes; stop at a mistake, and report it."""
    rows: list[Mapping[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            rows.append({key: value for key, value in attributes.items() if key in fields})

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with export.open(name) as stream:
            while chunk := stream.read(CHUNK):
                _parse(export, name, parser, chunk)
                yield from rows
                rows.clear()
        if parser.CurrentByteIndex <= 0:
            raise export.error("FAQ207", name, "the file is empty")
        _parse(export, name, parser, b"", final=True)
    except ExportError as error:
        report(error.diagnostic)
    yield from rows


class _DoctypeError(Exception):
    """The file declares a document type, which may define entities that expand endlessly."""


def _refuse_doctype(*_: object) -> None:
    raise _DoctypeError


def _parse(export: Export, name: str, parser: expat.XMLParserType, chunk: bytes, *, final: bool = False) -> None:
    """Feed a chunk to the parser; raises ExportError if the file is not well-formed or declares a document type."""
    try:
        parser.Parse(chunk, final)
    except _DoctypeError:
        message = "the file declares a document type, which an export never does"
        raise export.error("FAQ330", name, message, "take the file out, or export it again") from None
    except (expat.ExpatError, ValueError, LookupError):
        # expat raises ValueError and LookupError for unknown encodings and for multi-byte encodings
        where = export.where(name, line=parser.CurrentLineNumber)
        message = "the file is not well-formed XML from here on; the rows before were read"
        raise ExportError(Diagnostic(code="FAQ204", where=where, message=message, help="export it again")) from None
