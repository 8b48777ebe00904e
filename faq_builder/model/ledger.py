"""The ledger's rows: which topics were published under which address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faq_builder.model.thread import ThreadKey

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """One topic that was published. Its addresses, the present and the former ones, never disappear."""

    id: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    members: tuple[ThreadKey, ...] = ()  # sorted
    lost: tuple[ThreadKey, ...] = ()  # sorted: members whose source no longer holds them, as somebody accepted
    split_off: tuple[ThreadKey, ...] = ()  # sorted: former members that other topics took when this one was split
    published: date
    changed: date
    merged_into: str | None = None  # the id of the topic that this one redirects to

    def __post_init__(self) -> None:
        for slug in (self.id, self.slug, *self.former_slugs):
            if not SLUG.fullmatch(slug):
                raise ValueError("a slug is at most 80 lower-case ASCII letters, digits and hyphens")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All rows, sorted by id. An empty ledger is that of a site that was never locked."""

    rows: tuple[LedgerRow, ...] = ()

    def by_id(self) -> Mapping[str, LedgerRow]:
        """The rows by topic id."""
        return {row.id: row for row in self.rows}

    def by_member(self) -> Mapping[ThreadKey, LedgerRow]:
        """The row in which each placed thread stands."""
        return {key: row for row in self.rows for key in row.members}

    def heirs(self) -> Mapping[str, LedgerRow]:
        """By topic id the row to which its addresses lead: its own, or the one that it was merged into in the end."""
        rows = self.by_id()
        heirs: dict[str, LedgerRow] = {}
        for row in self.rows:
            heir, seen = row, {row.id}
            while heir.merged_into is not None and heir.merged_into in rows and heir.merged_into not in seen:
                seen.add(heir.merged_into)
                heir = rows[heir.merged_into]
            heirs[row.id] = row if heir.merged_into in rows else heir  # merges in a circle lead nowhere
        return heirs

    def live_rows(self) -> tuple[LedgerRow, ...]:
        """The rows that were not merged into others, the oldest first."""
        heirs = self.heirs()
        return tuple(sorted((row for row in self.rows if heirs[row.id] is row), key=lambda r: (r.published, r.id)))
