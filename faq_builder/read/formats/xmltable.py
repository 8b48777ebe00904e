"""XML tables, one element a row with attributes only, read as a stream: no tree in memory and no entities."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from xml.parsers import expat

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.read.export import Export, ExportError

CHUNK = 1 << 20  # bytes parsed at once; the tables of the largest sites have gigabytes


def root_of(export: Export, name: str) -> str | None:
    """The name of a file's root element; None where its first bytes do not tell. Raises ExportError."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, _: found.append(tag)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    # what came before a mistake tells enough here; reading the file reports the mistake
    with suppress(expat.ExpatError, _DoctypeError, ValueError, LookupError):
        parser.Parse(export.head(name))
    return found[0] if found else None


def rows_of(
    export: Export, name: str, fields: Collection[str], find: Callable[[Diagnostic], None]
) -> Iterator[Mapping[str, str]]:
    """The `row` elements of a file with these attributes only; where it breaks off, that is found and they end."""
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
        find(error.diagnostic)
    yield from rows


class _DoctypeError(Exception):
    """The file declares a document type, which may define entities that expand without end."""


def _refuse_doctype(*_: object) -> None:
    raise _DoctypeError


def _parse(export: Export, name: str, parser: expat.XMLParserType, chunk: bytes, *, final: bool = False) -> None:
    """Feed the parser; raises ExportError where the file is not the XML that it should be."""
    try:
        parser.Parse(chunk, final)
    except _DoctypeError:
        message = "the file declares a document type, which an export never does"
        raise export.error("FAQ330", name, message, "take the file out, or export it again") from None
    except (expat.ExpatError, ValueError, LookupError):
        # ValueError and LookupError are for encodings that are unknown or have characters of several bytes
        where = export.where(name, line=parser.CurrentLineNumber)
        message = "the file is not well-formed XML from here on; the rows before were read"
        raise ExportError(Diagnostic(code="FAQ204", where=where, message=message, help="export it again")) from None
