"""A grouping -> the ledger that keeps its addresses for ever."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from faq_builder.model import Grouping, Ledger, LedgerRow, ThreadKey, Topic


def lock(
    grouping: Grouping, ledger: Ledger, today: date, *, quiet: bool = False, lost: Collection[ThreadKey] = ()
) -> Ledger:
    """The ledger with all answered topics in it. Threads that are not here (any more) keep their place.

    `lost` are threads whose absence somebody accepted; the ledger remembers it until they are back.

    A topic that is new or has other threads than before is dated today; with `quiet` new ones bear the date of their
    answer and the others stay as they are, so that no feed is flooded.
    """
    answered = {topic.id: topic for topic in grouping.topics if topic.answered}
    here = frozenset(member.thread.key for topic in grouping.topics for member in topic.members)
    # a thread leaves its row for an answered topic only: the others have no row that would take it over
    topic_of = {member.thread.key: topic.id for topic in answered.values() for member in topic.members}
    heir_of_slug = dict(grouping.redirects)
    rows = [_kept(row, answered, topic_of, heir_of_slug, None if quiet else today) for row in ledger.rows]
    inherited = _inherited(rows, ledger, topic_of)
    rows = [replace(row, members=_sorted((*row.members, *inherited[row.id]))) for row in rows]
    known = {row.id for row in rows}
    rows += [_new(topic, today, quiet=quiet) for topic in answered.values() if topic.id not in known]
    before = ledger.by_id()
    rows = [
        replace(row, lost=_lost(row, lost, here), split_off=_split_off(row, before.get(row.id), topic_of))
        for row in rows
    ]
    return Ledger(rows=tuple(sorted(rows, key=lambda row: row.id)))


def _lost(row: LedgerRow, lost: Collection[ThreadKey], here: Collection[ThreadKey]) -> tuple[ThreadKey, ...]:
    return _sorted(key for key in row.members if key not in here and (key in lost or key in row.lost))


def _split_off(row: LedgerRow, before: LedgerRow | None, topic_of: Mapping[ThreadKey, str]) -> tuple[ThreadKey, ...]:
    """The threads that once were here and went elsewhere than the address did, but for those that came back."""
    if before is None:
        return ()
    home = row.merged_into or row.id
    left = (key for key in before.members if topic_of.get(key, home) != home)
    return _sorted({*before.split_off, *left}.difference(row.members))


def _kept(
    row: LedgerRow,
    answered: Mapping[str, Topic],
    topic_of: Mapping[ThreadKey, str],
    heir_of_slug: Mapping[str, str],
    today: date | None,
) -> LedgerRow:
    """A row as it is now: merged into another, with other threads, or as it was."""
    if row.merged_into is not None:
        return row
    heir = heir_of_slug.get(row.slug)
    if heir is not None and heir != row.id:
        return replace(row, members=(), merged_into=heir, changed=today or row.changed)
    topic = answered.get(row.id)
    kept = [key for key in row.members if topic_of.get(key, row.id) == row.id]
    members = _sorted((*kept, *(member.thread.key for member in topic.members))) if topic else _sorted(kept)
    return row if members == row.members else replace(row, members=members, changed=today or row.changed)


def _inherited(
    rows: Iterable[LedgerRow], before: Ledger, topic_of: Mapping[ThreadKey, str]
) -> Mapping[str, list[ThreadKey]]:
    """The threads that no answered topic holds, of rows that have just been merged, by the row that takes them over."""
    old = before.by_id()
    inherited: defaultdict[str, list[ThreadKey]] = defaultdict(list)
    for row in rows:
        if row.merged_into is not None:
            inherited[row.merged_into] += [key for key in old[row.id].members if key not in topic_of]
    return inherited


def _new(topic: Topic, today: date, *, quiet: bool) -> LedgerRow:
    since = topic.last_answered.date() if quiet and topic.last_answered else today
    return LedgerRow(
        id=topic.id,
        slug=topic.slug,
        members=_sorted(member.thread.key for member in topic.members),
        published=since,
        changed=since,
    )


def _sorted(keys: Iterable[ThreadKey]) -> tuple[ThreadKey, ...]:
    return tuple(sorted(set(keys)))
