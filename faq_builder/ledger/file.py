"""content/ledger.jsonl <-> the ledger: one line per topic, sorted by id, so that merge conflicts are small.

{"id": "4h2kq0x1zb", "slug": "red-widget-shattered", "members": ["forum:12"], "published": "2026-03-01",
 "changed": "2026-03-01"}      (on one line; `former_slugs`, `lost`, `split_off` and `merged_into` if the row has them)
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Grouping, Ledger, LedgerRow, ThreadKey

LEDGER = "content/ledger.jsonl"

_CONFLICT_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_REQUIRED = {"id", "slug", "members", "published", "changed"}
_REPAIR_HELP = "run `faq lock` to save the repaired ledger"


def load_ledger(root: Path) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Read the ledger of a site; it is empty if there is no file, or if the file cannot be read (a finding)."""
    try:
        return parse_ledger((root / LEDGER).read_text(encoding="utf-8"), LEDGER)
    except FileNotFoundError:
        return Ledger(), ()
    except (OSError, UnicodeDecodeError):
        message, advice = "the ledger cannot be read", "restore it from the last commit"
        return Ledger(), (Diagnostic(code="FAQ641", where=Location(path=LEDGER), message=message, help=advice),)


def unlocked_topics(grouping: Grouping) -> tuple[Diagnostic, ...]:
    """Return a finding if there are answered topics that are not in the ledger."""
    count = len(grouping.unlocked)
    message = f"{count} topics are not in the ledger" if count > 1 else "a topic is not in the ledger"
    advice = "run `faq lock` and commit the ledger"
    return (Diagnostic(code="FAQ642", where=Location(path=LEDGER), message=message, help=advice),) if count else ()


def ledger_text(ledger: Ledger) -> str:
    """Return the text of the file; `parse_ledger` returns the same ledger."""
    return "".join(f"{json.dumps(_record(row), ensure_ascii=False)}\n" for row in sorted(ledger.rows, key=_by_id))


def parse_ledger(text: str, path: str) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Return the ledger in a text, and a finding for each repair and each broken line; `path` is named in findings.

    What a merge of branches leaves behind (conflict markers, repeated lines, a thread or slug in two rows) is repaired,
    and no slug is lost. A broken line is an error: the other lines are read, but the ledger must not be written back.
    """
    reader = _LedgerReader(path)
    rows = reader.one_row_per_topic(reader.rows(text))
    rows = reader.with_valid_merges(rows)
    rows = reader.with_unique_members(rows)
    rows = reader.with_unique_slugs(rows)
    return Ledger(rows=tuple(sorted(rows, key=_by_id))), tuple(reader.findings)


@dataclass
class _LedgerReader:
    """Reads the lines, repairs them after a merge of branches, and collects a finding for each repair."""

    path: str  # as findings give it
    findings: list[Diagnostic] = field(default_factory=list)

    def rows(self, text: str) -> Iterator[LedgerRow]:
        """Yield the rows of both sides of a conflict; the common ancestor (after `|||||||`) is skipped."""
        in_ancestor = False
        for number, line in enumerate(text.split("\n"), 1):
            conflict_marker = next((marker for marker in _CONFLICT_MARKERS if line.startswith(marker)), None)
            if conflict_marker is not None:
                if conflict_marker == "<<<<<<<":
                    self._report_repair("the ledger has conflict markers; the lines of both sides were kept", number)
                in_ancestor = conflict_marker == "|||||||"
            elif line.strip() and not in_ancestor:
                row = _parse(line)
                if row is not None:
                    yield row
                else:
                    self._report_broken_line(number)

    def one_row_per_topic(self, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
        """Return one row for each topic id, with everything that any line of this id has."""
        found: dict[str, LedgerRow] = {}
        doubled: set[str] = set()
        for row in rows:
            if row.id in found and found[row.id] != row:
                doubled.add(row.id)
            elif row.id in found:
                self._report_repair("the ledger has the same line twice", item=row.id)
            found[row.id] = _combined_row(found[row.id], row) if row.id in found else row
        for topic in sorted(doubled):
            self._report_repair("the ledger has two lines for one topic; they were combined", item=topic)
        return list(found.values())

    def with_valid_merges(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Undo merges into a missing topic or in a circle; move the threads of merged topics to their heirs."""
        ledger = Ledger(rows=tuple(sorted(rows, key=_by_id)))
        heirs = ledger.surviving_rows()
        undone = {row.id for row in rows if row.merged_into is not None and heirs[row.id] is row}
        for topic in sorted(undone):
            message = "a topic is merged into a missing topic or in a circle; the merge was undone"
            self._report_repair(message, item=topic)
        moved: dict[str, set[ThreadKey]] = {row.id: set() for row in rows}
        for row in rows:
            moved[heirs[row.id].id].update(row.members)
        return [
            replace(
                row,
                members=tuple(sorted(moved[row.id])),
                merged_into=None if row.id in undone else row.merged_into,
            )
            for row in ledger.rows
        ]

    def with_unique_members(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Keep a thread that two topics have in the older one, unless the older one records it as split off."""
        rows = sorted(rows, key=_by_age)
        owner: dict[ThreadKey, str] = {}
        for is_split_off in (False, True):
            for row in rows:
                for key in row.members:
                    if (key in row.split_off) is is_split_off:
                        owner.setdefault(key, row.id)
        kept: list[LedgerRow] = []
        for row in rows:
            members = tuple(key for key in row.members if owner[key] == row.id)
            if members != row.members:
                message = "two topics have the same thread; the older topic keeps it, unless the thread was split off"
                self._report_repair(message, item=row.id)
            split_off = tuple(key for key in row.split_off if owner.get(key) != row.id)
            kept.append(replace(row, members=members, split_off=split_off))
        return kept

    def with_unique_slugs(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Keep a slug that two topics have in the older one; the other topic gets its id as slug."""
        taken: set[str] = set()
        kept: list[LedgerRow] = []
        for row in sorted(rows, key=_by_age):
            slug = row.slug if row.slug not in taken else row.id
            former = tuple(s for s in row.former_slugs if s not in taken and s != slug)
            if (slug, former) != (row.slug, row.former_slugs):
                self._report_repair("two topics have the same slug; the older topic keeps it", item=row.id)
            taken.update((slug, *former))
            kept.append(replace(row, slug=slug, former_slugs=former))
        return kept

    def _report_repair(self, message: str, line: int | None = None, item: str | None = None) -> None:
        where = Location(path=self.path, line=line, item=item)
        self.findings.append(Diagnostic(code="FAQ643", where=where, message=message, help=_REPAIR_HELP))

    def _report_broken_line(self, line: int) -> None:
        where = Location(path=self.path, line=line)
        advice = "restore this line from an earlier commit"
        message = "this line is not a valid row of the ledger"
        self.findings.append(Diagnostic(code="FAQ640", where=where, message=message, help=advice))


def _by_id(row: LedgerRow) -> str:
    return row.id


def _by_age(row: LedgerRow) -> tuple[date, str]:
    """Sort key: the topic that was published first comes first."""
    return row.published, row.id


def _record(row: LedgerRow) -> dict[str, object]:
    """Return the JSON object of a row; empty lists are left out."""
    record: dict[str, object] = {"id": row.id, "slug": row.slug}
    if row.former_slugs:
        record["former_slugs"] = list(row.former_slugs)
    record["members"] = [str(key) for key in row.members]
    if row.lost:
        record["lost"] = [str(key) for key in row.lost]
    if row.split_off:
        record["split_off"] = [str(key) for key in row.split_off]
    record |= {"published": row.published.isoformat(), "changed": row.changed.isoformat()}
    return record | ({"merged_into": row.merged_into} if row.merged_into is not None else {})


def _parse(line: str) -> LedgerRow | None:
    """Return the row in a line, None if the line is not a valid row."""
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or not record.keys() >= _REQUIRED:
            return None
        merged_into = record.get("merged_into")
        return LedgerRow(
            id=_checked_text(record["id"]),
            slug=_checked_text(record["slug"]),
            former_slugs=tuple(_checked_text(slug) for slug in _checked_list(record.get("former_slugs", []))),
            members=_thread_key_list(record["members"]),
            lost=_thread_key_list(record.get("lost", [])),
            split_off=_thread_key_list(record.get("split_off", [])),
            published=date.fromisoformat(_checked_text(record["published"])),
            changed=date.fromisoformat(_checked_text(record["changed"])),
            merged_into=None if merged_into is None else _checked_text(merged_into),
        )
    except (ValueError, RecursionError):
        return None


def _thread_key_list(value: object) -> tuple[ThreadKey, ...]:
    """Return the thread keys in a JSON array of strings, sorted; raises ValueError for another value."""
    return tuple(sorted({ThreadKey.parse(_checked_text(key)) for key in _checked_list(value)}))


def _checked_text(value: object) -> str:
    """Return `value` if it is a string, else raise ValueError."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _checked_list(value: object) -> list[object]:
    """Return `value` if it is a list, else raise ValueError."""
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _combined_row(one: LedgerRow, other: LedgerRow) -> LedgerRow:
    """Return two rows of one topic as one: the slug of the older row, and everything else of both."""
    first, second = sorted((one, other), key=lambda row: (row.published, row.slug))
    former = {*first.former_slugs, second.slug, *second.former_slugs} - {first.slug}
    return replace(
        first,
        former_slugs=tuple(sorted(former)),
        members=tuple(sorted({*one.members, *other.members})),
        lost=tuple(sorted({*one.lost, *other.lost})),
        split_off=tuple(sorted({*one.split_off, *other.split_off})),
        changed=max(one.changed, other.changed),
        merged_into=min((m for m in (one.merged_into, other.merged_into) if m is not None), default=None),
    )
