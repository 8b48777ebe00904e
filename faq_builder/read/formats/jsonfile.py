"""JSON exports: a file's value with one clear finding where it is broken, and its fields by kind.

Fields are read by name, so that what a format does not ask for (real exports held password hashes) goes nowhere.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.read.export import Export, ExportError

__all__ = [
    "JsonObject",
    "check_readable",
    "flag",
    "items",
    "json_names",
    "keys_of",
    "load",
    "moment",
    "number",
    "obj",
    "path_of",
    "text",
]

JsonObject = Mapping[str, object]

SUFFIXES = (".json", ".jsonl", ".ndjson")
LOOKED_AT = 300  # files that detection opens: exports of one file a thread hold tens of thousands
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KEY = re.compile(rb'(?<!\\)"([A-Za-z_]{1,40})"\s*:')
_DIGITS = len(str(2**64 - 1))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def json_names(export: Export) -> tuple[str, ...]:
    """The files that may hold JSON: all that are named so, or the one file of the export whatever its name."""
    if len(export.names) == 1:
        return export.names
    return tuple(name for name in export.names if name.lower().endswith(SUFFIXES))


def heads(export: Export) -> list[bytes]:
    """The beginnings of the JSON files, of evenly spread ones where there are very many."""
    names = json_names(export)
    found: list[bytes] = []
    for name in names[:: -(-len(names) // LOOKED_AT) or 1]:
        try:
            head = export.head(name).removeprefix(b"\xef\xbb\xbf").lstrip()
        except ExportError:
            continue
        if head[:1] in (b"{", b"["):
            found.append(head)
    return found


def check_readable(export: Export) -> None:
    """Raises ExportError where a JSON file is blank or UTF-16 (shells of Windows write it): nothing recognises it."""
    for name in json_names(export)[:LOOKED_AT]:
        head = export.head(name)
        if not head.strip() or (head.startswith(_UTF_16) and head[2:4].strip(b"\0") in (b"{", b"[")):
            export.text(name)


def keys_of(head: bytes) -> frozenset[str]:
    """The names of the members, at any depth, that the beginning of a JSON text shows; none from within texts."""
    return frozenset(key.decode("ascii") for key in _KEY.findall(head))


def load(export: Export, name: str) -> list[object]:
    """The values in a JSON file, many where it has one a line; raises ExportError with what is wrong and where."""
    written = export.text(name)
    try:
        return [json.loads(written)]
    except RecursionError:
        raise export.error("FAQ204", name, "the JSON is nested too deeply") from None
    except ValueError as error:
        values = _lines(written)
        if values is None:
            raise ExportError(_broken(export, name, error)) from None
        return values


def _lines(written: str) -> list[object] | None:
    """The values of a text with one a line, or one after the other; None where it is not such a text."""
    decoder = json.JSONDecoder()
    values: list[object] = []
    at = 0
    try:
        while at < len(written):
            value, at = decoder.raw_decode(written, at)
            values.append(value)
            while at < len(written) and written[at].isspace():
                at += 1
    except (ValueError, RecursionError):
        return None
    return values if all(isinstance(value, dict | list) for value in values) else None


def _broken(export: Export, name: str, error: ValueError) -> Diagnostic:
    line = error.lineno if isinstance(error, json.JSONDecodeError) else None
    problem = (
        error.msg.lower().removesuffix(" at") if isinstance(error, json.JSONDecodeError) else "a number is too long"
    )
    where = export.where(name, line=line)
    message = f"the file is not valid JSON: {problem}"
    return Diagnostic(code="FAQ204", where=where, message=message, help="export it again; it may be cut off")


def obj(value: object) -> JsonObject:
    """The object, an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The list, an empty one for any other value."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """The text without control characters and halves of characters, empty for any other value."""
    return _UNWANTED.sub("", value) if isinstance(value, str) else ""


def flag(value: object) -> bool:
    """Whether the value is true; `null`, texts and numbers are not."""
    return value is True


def number(value: object) -> int | None:
    """The whole number, also one written as text; None for anything else, and beyond 64 bits.

    Ids are signed or unsigned integers of 64 bits in what exports come from (Discord's have 19 digits today, the
    largest has 20): a longer number is none of theirs, and would be slow to read.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**64 else None


def moment(value: object) -> datetime | None:
    """The time in UTC from an ISO 8601 text; without an offset it is taken as UTC; None for anything else."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if time is None else time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def path_of(address: str) -> str:
    """The path of an address, empty where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
