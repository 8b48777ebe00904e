"""The rows of the ledger: which topics were published, and under which slugs."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from faq_builder.model.thread import ThreadKey

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """One published topic. The pages of its present and former slugs never disappear."""

    id: str
    slug: str
    former_slugs: tuple[str, ...] = ()
    members: tuple[ThreadKey, ...] = ()  # sorted
    lost: tuple[ThreadKey, ...] = ()  # sorted: members missing from their source, a loss that a person accepted
    split_off: tuple[ThreadKey, ...] = ()  # sorted: former members that moved to other topics when this one was split
    published: date
    changed: date
    merged_into: str | None = None  # id of the topic that this one redirects to

    def __post_init__(self) -> None:
        for slug in (self.id, self.slug, *self.former_slugs):
            if not SLUG.fullmatch(slug):
                raise ValueError("a slug is at most 80 lower-case ASCII letters, digits and hyphens")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All rows, sorted by id. The ledger of a site that was never locked is empty."""

    rows: tuple[LedgerRow, ...] = ()

    def by_id(self) -> Mapping[str, LedgerRow]:
        """Return each row by its topic id."""
        return {row.id: row for row in self.rows}

    def by_member(self) -> Mapping[ThreadKey, LedgerRow]:
        """Return the row of each thread that is a member of a topic."""
        return {key: row for row in self.rows for key in row.members}

    def surviving_rows(self) -> Mapping[str, LedgerRow]:
        """Return for each topic id the row of the topic that its pages show or redirect to.

        That is its own row, or the row at the end of its merges: if a was merged into b and b into c, a -> row of c.
        """
        rows = self.by_id()
        surviving: dict[str, LedgerRow] = {}
        for row in self.rows:
            last, seen = row, {row.id}
            while last.merged_into is not None and last.merged_into in rows and last.merged_into not in seen:
                seen.add(last.merged_into)
                last = rows[last.merged_into]
            surviving[row.id] = row if last.merged_into in rows else last  # merges in a circle have no end
        return surviving

    def count_by_topic(self, keys: Collection[ThreadKey]) -> Mapping[str, Mapping[str, int]]:
        """Count the threads with these keys in each published topic: topic id -> source key -> threads."""
        placed = self.by_member()
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key in keys:
            if key in placed:
                counts[placed[key].id][key.source] += 1
        return counts

    def live_rows(self) -> tuple[LedgerRow, ...]:
        """Return the rows that were not merged into others, the oldest first."""
        surviving = self.surviving_rows()
        return tuple(sorted((row for row in self.rows if surviving[row.id] is row), key=lambda r: (r.published, r.id)))
