"""Extract: many threads in one file that may be committed, one thread per line, as `faq import` writes it.

Reads:   *.threads.jsonl; the first line is {"faq_extract": 1, "source": ..., "format": ...}
Answer:  `accepted` of a message
Drops:   nothing; a broken line is an error, and the other lines are still read
Spec:    `_thread_record` below; fields without a value are left out
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.base.surrogates import whole_characters
from faq_builder.config import Source
from faq_builder.model import Author, PublicThread, RawMessage, RawThread, Role, ThreadKey, Url
from faq_builder.read.export import Export, ExportError
from faq_builder.read.formats.raw import raw_thread
from faq_builder.read.formats.reading import Collector, Format, Reading

Record: TypeAlias = Mapping[str, object]

SUFFIX = ".threads.jsonl"
VERSION = 1
CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")  # git's merge conflict markers

_AGAIN = "import the export again, which writes each thread once"
_RESTORE = "restore the file from an earlier commit, or delete it and import the export again"
_UNSAFE = re.compile("[\u007f-\u009f\u2028\u2029\ud800-\udfff]")  # line ends to some programs; lone surrogates


def write_extract(threads: Sequence[RawThread | PublicThread]) -> str:
    """Return the text of an extract, sorted by thread key, so that a change of one thread changes one line."""
    raw = sorted((raw_thread(t) for t in threads), key=lambda t: t.key)
    source, format_name = _only_value({t.key.source for t in raw}), _only_value({t.format for t in raw})
    header = {"faq_extract": VERSION, "source": source, "format": format_name}
    return "".join(f"{_json(record)}\n" for record in (header, *map(_thread_record, raw)))


def read_extract(text: str, display_path: str) -> Reading:
    """Read the threads of an extract. Their keys come from the file itself, not from the configured source.

    A broken line is reported and left out; of a thread on two lines the later line counts. `display_path` is the name
    of the file in findings.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    collector = Collector()
    if not _is_header(lines[0]):
        collector.report(
            _line_finding("FAQ450", display_path, 1, "the first line is not the header of an extract", _RESTORE)
        )
        return collector.finish()
    found: dict[ThreadKey, RawThread] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            thread = _thread(_object(json.loads(line)))
        except (ValueError, OverflowError, RecursionError):
            collector.report(_not_a_thread_finding(display_path, number, line))
            collector.leave_out("not understood", threads=1)
            continue
        if earlier := found.get(thread.key):
            collector.report(
                _line_finding("FAQ452", display_path, number, "the thread is on an earlier line too", _AGAIN)
            )
            collector.leave_out("arrived more than once", threads=1, messages=len(earlier.messages))
        found[thread.key] = thread
    collector.threads += found.values()
    return collector.finish()


def _detect(export: Export) -> bool:
    """Whether the export is one file that begins with the header of an extract."""
    if len(export.names) != 1:
        return False
    try:
        return export.head(export.names[0]).removeprefix(b"\xef\xbb\xbf").startswith(b'{"faq_extract"')
    except ExportError:
        return False


def _read(export: Export, source: Source) -> Reading:
    name = export.names[0]
    return read_extract(export.text(name), export.where(name).path)


FORMAT = Format(name="extract", detect=_detect, read=_read)


def _not_a_thread_finding(display_path: str, number: int, line: str) -> Diagnostic:
    if line.startswith(CONFLICT):
        return _line_finding("FAQ451", display_path, number, "the line is a merge conflict marker", _AGAIN)
    return _line_finding("FAQ451", display_path, number, "the line is not a thread", _RESTORE)


def _line_finding(code: str, display_path: str, line: int, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code=code, where=Location(path=display_path, line=line), message=message, help=advice)


def _only_value(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def _json(record: Record) -> str:
    """Return a record as JSON that every program reads as one line; lone surrogates are escaped."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _thread_record(thread: RawThread) -> Record:
    return _present(
        key=str(thread.key),
        format=thread.format,
        url=_url_text(thread.url),
        title=thread.title,
        language=thread.language,
        tags=list(thread.tags),
        versions=list(thread.versions),
        duplicate_of=[{"url" if isinstance(d, Url) else "key": str(d)} for d in thread.duplicate_of],
        messages=[_message_record(m) for m in thread.messages],
    )


def _message_record(message: RawMessage) -> Record:
    author = message.author
    return _present(
        id=message.id,
        role=message.role.value,
        author=_present(key=author.key, name=author.name, profile=_url_text(author.profile)) if author else None,
        written_at=_time(message.written_at),
        url=_url_text(message.url),
        reply_to=message.reply_to,
        accepted=message.accepted or None,
        votes=message.votes,
        licence=message.licence,
        body=message.body,
    )


def _present(**record: object) -> Record:
    """Return the fields that have a value, in the given order."""
    return {name: value for name, value in record.items() if value is not None and value != []}


def _url_text(url: Url | None) -> str | None:
    return None if url is None else url.value


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _is_header(line: str) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("faq_extract") == VERSION


def _thread(record: Record) -> RawThread:
    """Return the thread of a record; raises ValueError if a field is missing or of the wrong type."""
    return RawThread(
        key=ThreadKey.parse(_required(record, "key")),
        format=_required(record, "format"),
        title=_required(record, "title"),
        messages=tuple(_message(_object(m)) for m in _list(record, "messages")),
        url=_url(record, "url"),
        language=_text(record, "language"),
        tags=_texts(record, "tags"),
        versions=_texts(record, "versions"),
        duplicate_of=tuple(_duplicate(_object(d)) for d in _list(record, "duplicate_of")),
    )


def _message(record: Record) -> RawMessage:
    author, at, votes = record.get("author"), _text(record, "written_at"), record.get("votes")
    if votes is not None and type(votes) is not int:
        raise ValueError("votes is not a whole number")
    return RawMessage(
        id=_required(record, "id"),
        body=_required(record, "body"),
        role=Role(_required(record, "role")),
        author=None if author is None else _author(_object(author)),
        url=_url(record, "url"),
        written_at=None if at is None else datetime.fromisoformat(at).astimezone(UTC),
        reply_to=_text(record, "reply_to"),
        accepted=record.get("accepted") is True,
        votes=votes,
        licence=_text(record, "licence"),
    )


def _author(record: Record) -> Author[str]:
    return Author(key=_required(record, "key"), name=_text(record, "name"), profile=_url(record, "profile"))


def _duplicate(record: Record) -> ThreadKey | Url:
    return ThreadKey.parse(_required(record, "key")) if "key" in record else Url(_required(record, "url"))


def _object(value: object) -> Record:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _list(record: Record, name: str) -> list[object]:
    value = record.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return value


def _text(record: Record, name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is not a text")
    return None if value is None else whole_characters(value)


def _texts(record: Record, name: str) -> tuple[str, ...]:
    return tuple(_required({name: value}, name) for value in _list(record, name))


def _required(record: Record, name: str) -> str:
    value = _text(record, name)
    if value is None:
        raise ValueError(f"{name} is missing")
    return value


def _url(record: Record, name: str) -> Url | None:
    text = _text(record, name)
    return None if text is None else Url(text)
