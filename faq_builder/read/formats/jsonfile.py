"""JSON exports: the values in each file, one clear finding for a broken file, and fields read by name and type.

A format asks for each field by name, so that no other field (real exports held password hashes) can reach a page.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.read.export import Export, ExportError
from faq_builder.read.formats.reading import Collector

__all__ = [
    "JsonObject",
    "check_readable",
    "flag",
    "items",
    "json_names",
    "json_values",
    "member_names",
    "moment",
    "number",
    "obj",
    "read_json_files",
    "text",
    "url_path",
]

JsonObject = Mapping[str, object]

SUFFIXES = (".json", ".jsonl", ".ndjson")
MAX_HEADS = 300  # files that detection opens, because an export with one file per thread has tens of thousands
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KEY = re.compile(rb'(?<!\\)"([A-Za-z_]{1,40})"\s*:')
_DIGITS = len(str(2**64 - 1))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def json_names(export: Export) -> tuple[str, ...]:
    """Return the files that may be JSON: all with a JSON ending, or the only file of the export whatever its name."""
    if len(export.names) == 1:
        return export.names
    return tuple(name for name in export.names if name.lower().endswith(SUFFIXES))


def json_heads(export: Export) -> list[bytes]:
    """Return the first bytes of the JSON files; of at most `MAX_HEADS` files, spread evenly over all."""
    names = json_names(export)
    found: list[bytes] = []
    for name in names[:: -(-len(names) // MAX_HEADS) or 1]:
        try:
            head = export.head(name).removeprefix(b"\xef\xbb\xbf").lstrip()
        except ExportError:
            continue
        if head[:1] in (b"{", b"["):
            found.append(head)
    return found


def check_readable(export: Export) -> None:
    """Raise ExportError if a JSON file is blank or UTF-16 (Windows shells write it), which no format recognises."""
    for name in json_names(export)[:MAX_HEADS]:
        head = export.head(name)
        if not head.strip() or (head.startswith(_UTF_16) and head[2:4].strip(b"\0") in (b"{", b"[")):
            export.text(name)


def member_names(head: bytes) -> frozenset[str]:
    """Return the names of members, at any depth, in the first bytes of a JSON text: `{"a": {"b": 1}}` -> {a, b}.

    Names inside strings do not count; their quotation marks are escaped.
    """
    return frozenset(key.decode("ascii") for key in _KEY.findall(head))


def read_json_files(
    export: Export, collector: Collector, read_values: Callable[[str, list[object]], bool], content: str
) -> None:
    """Pass the name and the values of each JSON file to `read_values`, which returns whether the file has content.

    Reports files that cannot be read, and files without content; `content` names it in the singular: "topic".
    """
    for name in json_names(export):
        try:
            values = json_values(export, name)
        except ExportError as error:
            collector.report(error.diagnostic)
            continue
        if not read_values(name, values):
            message = f"the file holds no {content}"
            collector.report(Diagnostic(code="FAQ310", where=export.where(name), message=message))


def json_values(export: Export, name: str) -> list[object]:
    """Read the values in a JSON file: one, or many if each line has one; raises ExportError if the file is broken."""
    content = export.text(name)
    try:
        return [json.loads(content)]
    except RecursionError:
        raise export.error("FAQ204", name, "the JSON is nested too deeply") from None
    except ValueError as error:
        values = _consecutive_values(content)
        if values is None:
            raise ExportError(_broken_json_finding(export, name, error)) from None
        return values


def _consecutive_values(content: str) -> list[object] | None:
    """Read JSON values that follow each other, with or without line ends between; None if this is not such a text."""
    decoder = json.JSONDecoder()
    values: list[object] = []
    at = 0
    try:
        while at < len(content):
            value, at = decoder.raw_decode(content, at)
            values.append(value)
            while at < len(content) and content[at].isspace():
                at += 1
    except (ValueError, RecursionError):
        return None
    return values if all(isinstance(value, dict | list) for value in values) else None


def _broken_json_finding(export: Export, name: str, error: ValueError) -> Diagnostic:
    line = error.lineno if isinstance(error, json.JSONDecodeError) else None
    problem = (
        error.msg.lower().removesuffix(" at") if isinstance(error, json.JSONDecodeError) else "a number is too long"
    )
    where = export.where(name, line=line)
    message = f"the file is not valid JSON: {problem}"
    return Diagnostic(code="FAQ204", where=where, message=message, help="export it again; it may be cut off")


def obj(value: object) -> JsonObject:
    """Return an object as it is, and any other value as an empty object."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return a list as it is, and any other value as an empty list."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return a string without control characters and lone surrogates, and any other value as an empty string."""
    return _UNWANTED.sub("", value) if isinstance(value, str) else ""


def flag(value: object) -> bool:
    """Whether a value is `true`; `null`, strings and numbers are not."""
    return value is True


def number(value: object) -> int | None:
    """Return a whole number, also from a string: 12 -> 12, "12" -> 12; None for any other value or beyond 64 bits.

    The systems that write exports use signed or unsigned 64-bit ids (Discord's have 19 digits today, the largest
    possible id has 20). A longer number is not an id, and would be slow to convert.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**64 else None


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 string as a time in UTC; without an offset it counts as UTC; None for any other value."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if time is None else time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def url_path(url: str) -> str:
    """Return the path of a URL, empty if the text is not a URL."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
