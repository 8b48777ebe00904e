"""content/ledger.jsonl <-> the ledger: one line a topic, sorted by id, so that merges are small and can be mended.

{"id": "4h2kq0x1zb", "slug": "red-widget-shattered", "members": ["forum:12"], "published": "2026-03-01",
 "changed": "2026-03-01"}      (on one line; `former_slugs`, `lost`, `split_off` and `merged_into` where there are any)
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Ledger, LedgerRow, ThreadKey

_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_REQUIRED = {"id", "slug", "members", "published", "changed"}
_LOCK = "run `faq lock` to write the repaired ledger"


def write_ledger(ledger: Ledger) -> str:
    """The text of the file; `read_ledger` gives the same ledger back."""
    return "".join(f"{json.dumps(_record(row), ensure_ascii=False)}\n" for row in sorted(ledger.rows, key=_by_id))


def read_ledger(text: str, shown: str) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """The ledger in a text, healed: conflict markers, doubled lines and double claims lose no address.

    A line that is not understood is an error; the rest is read, but must not be written back.
    """
    reader = _Reader(shown)
    rows = reader.without_doubles(reader.rows(text))
    rows = reader.with_heirs(rows)
    rows = reader.with_own_members(rows)
    rows = reader.with_own_slugs(rows)
    return Ledger(rows=tuple(sorted(rows, key=_by_id))), tuple(reader.findings)


@dataclass
class _Reader:
    """Reads the lines, heals what merges did to them, and says so."""

    shown: str
    findings: list[Diagnostic] = field(default_factory=list)

    def rows(self, text: str) -> Iterator[LedgerRow]:
        """The rows line by line; what a three-way merge shows as the common past is left out."""
        in_past = False
        for number, line in enumerate(text.split("\n"), 1):
            mark = next((marker for marker in _MARKERS if line.startswith(marker)), None)
            if mark is not None:
                if mark == "<<<<<<<":
                    self._repaired("the ledger holds conflict markers; both sides were united", number)
                in_past = mark == "|||||||"
            elif line.strip() and not in_past:
                row = _parse(line)
                if row is not None:
                    yield row
                else:
                    self._broken(number)

    def without_doubles(self, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
        """One row for each id, with everything that any of its lines holds."""
        found: dict[str, LedgerRow] = {}
        doubled: set[str] = set()
        for row in rows:
            if row.id in found and found[row.id] != row:
                doubled.add(row.id)
            elif row.id in found:
                self._repaired("a line of the ledger stands twice", item=row.id)
            found[row.id] = _united(found[row.id], row) if row.id in found else row
        for topic in sorted(doubled):
            self._repaired("two lines of the ledger are about the same topic; they were united", item=topic)
        return list(found.values())

    def with_heirs(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """Merges that lead nowhere or in a circle are undone; threads of a merged topic move to its heir."""
        ledger = Ledger(rows=tuple(sorted(rows, key=_by_id)))
        heirs = ledger.surviving_rows()
        lost = {row.id for row in rows if row.merged_into is not None and heirs[row.id] is row}
        for topic in sorted(lost):
            self._repaired("a topic is merged into one that is not there; it stands alone again", item=topic)
        moved: dict[str, set[ThreadKey]] = {row.id: set() for row in rows}
        for row in rows:
            moved[heirs[row.id].id].update(row.members)
        return [
            replace(
                row,
                members=tuple(sorted(moved[row.id])),
                merged_into=None if row.id in lost else row.merged_into,
            )
            for row in ledger.rows
        ]

    def with_own_members(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """A thread that two topics claim stays with the older one, unless that says that it was split off."""
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
                message = "two topics hold the same thread; the older one keeps it, unless it was split off"
                self._repaired(message, item=row.id)
            split_off = tuple(key for key in row.split_off if owner.get(key) != row.id)
            kept.append(replace(row, members=members, split_off=split_off))
        return kept

    def with_own_slugs(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """An address that two topics claim stays with the older one; the other gets its id as address."""
        taken: set[str] = set()
        kept: list[LedgerRow] = []
        for row in sorted(rows, key=_by_age):
            slug = row.slug if row.slug not in taken else row.id
            former = tuple(s for s in row.former_slugs if s not in taken and s != slug)
            if (slug, former) != (row.slug, row.former_slugs):
                self._repaired("two topics have the same address; it stays with the older one", item=row.id)
            taken.update((slug, *former))
            kept.append(replace(row, slug=slug, former_slugs=former))
        return kept

    def _repaired(self, message: str, line: int | None = None, item: str | None = None) -> None:
        where = Location(path=self.shown, line=line, item=item)
        self.findings.append(Diagnostic(code="FAQ643", where=where, message=message, help=_LOCK))

    def _broken(self, line: int) -> None:
        where = Location(path=self.shown, line=line)
        advice = "restore the line from an earlier commit"
        message = "the line is not a row of the ledger"
        self.findings.append(Diagnostic(code="FAQ640", where=where, message=message, help=advice))


def _by_id(row: LedgerRow) -> str:
    return row.id


def _by_age(row: LedgerRow) -> tuple[date, str]:
    return row.published, row.id


def _record(row: LedgerRow) -> dict[str, object]:
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
    """The row in a line, None where it is not one."""
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or not record.keys() >= _REQUIRED:
            return None
        merged_into = record.get("merged_into")
        return LedgerRow(
            id=_text(record["id"]),
            slug=_text(record["slug"]),
            former_slugs=tuple(_text(slug) for slug in _list(record.get("former_slugs", []))),
            members=_keys(record["members"]),
            lost=_keys(record.get("lost", [])),
            split_off=_keys(record.get("split_off", [])),
            published=date.fromisoformat(_text(record["published"])),
            changed=date.fromisoformat(_text(record["changed"])),
            merged_into=None if merged_into is None else _text(merged_into),
        )
    except (ValueError, RecursionError):
        return None


def _keys(value: object) -> tuple[ThreadKey, ...]:
    return tuple(sorted({ThreadKey.parse(_text(key)) for key in _list(value)}))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _united(one: LedgerRow, other: LedgerRow) -> LedgerRow:
    """Two lines about one topic: the older slug stays the address, and nothing is lost."""
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
