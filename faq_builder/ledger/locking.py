"""Locking: a grouping -> the ledger that keeps the slugs of its topics for ever."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from faq_builder.model import Grouping, Ledger, LedgerRow, ThreadKey, Topic


def lock_topics(
    grouping: Grouping,
    ledger: Ledger,
    today: date,
    *,
    keep_dates: bool = False,
    lost: Collection[ThreadKey] = (),
    split: Collection[str] = (),
) -> Ledger:
    """Return the ledger with a row for every answered topic. Threads that are in no source now stay in their rows.

    `lost` are threads whose absence was accepted (`--accept-loss`); their rows record it until the threads are back.
    `split` are ids of topics whose rows lack threads that they had until now (`--replace`).

    New topics and topics with other threads than before are dated today. With `keep_dates`, new topics are dated by
    their answers, and the dates of the others stay, so that a first import does not flood the feeds.
    """
    answered = {topic.id: topic for topic in grouping.topics if topic.answered}
    here = frozenset(member.thread.key for topic in grouping.topics for member in topic.members)
    # a thread leaves its row only for an answered topic: other topics have no row that would take it over
    topic_of = {member.thread.key: topic.id for topic in answered.values() for member in topic.members}
    heir_of_slug = dict(grouping.redirects)
    changed_on = None if keep_dates else today
    rows = [_updated_row(row, answered, topic_of, heir_of_slug, changed_on) for row in ledger.rows]
    inherited = _inherited_threads(rows, ledger, topic_of)
    rows = [replace(row, members=_sorted_keys((*row.members, *inherited[row.id]))) for row in rows]
    rows = [replace(row, changed=changed_on or row.changed) if row.id in split else row for row in rows]
    known = {row.id for row in rows}
    rows += [_new_row(topic, today, keep_dates=keep_dates) for topic in answered.values() if topic.id not in known]
    before = ledger.by_id()
    rows = [
        replace(
            row, lost=_lost_threads(row, lost, here), split_off=_split_off_threads(row, before.get(row.id), topic_of)
        )
        for row in rows
    ]
    return Ledger(rows=tuple(sorted(rows, key=lambda row: row.id)))


def _updated_row(
    row: LedgerRow,
    answered: Mapping[str, Topic],
    topic_of: Mapping[ThreadKey, str],
    heir_of_slug: Mapping[str, str],
    changed_on: date | None,
) -> LedgerRow:
    """Return a row as it is after this grouping: merged into another topic, with other threads, or unchanged.

    `changed_on` is the new date of a row that changes; None keeps the old date.
    """
    if row.merged_into is not None:
        return row
    heir = heir_of_slug.get(row.slug)
    if heir is not None and heir != row.id:
        return replace(row, members=(), merged_into=heir, changed=changed_on or row.changed)
    topic = answered.get(row.id)
    kept = [key for key in row.members if topic_of.get(key, row.id) == row.id]
    members = _sorted_keys((*kept, *(member.thread.key for member in topic.members))) if topic else _sorted_keys(kept)
    return row if members == row.members else replace(row, members=members, changed=changed_on or row.changed)


def _inherited_threads(
    rows: Iterable[LedgerRow], before: Ledger, topic_of: Mapping[ThreadKey, str]
) -> Mapping[str, list[ThreadKey]]:
    """Return, by the id of the heir, the threads of merged rows that no answered topic has."""
    old = before.by_id()
    inherited: defaultdict[str, list[ThreadKey]] = defaultdict(list)
    for row in rows:
        if row.merged_into is not None:
            inherited[row.merged_into] += [key for key in old[row.id].members if key not in topic_of]
    return inherited


def _new_row(topic: Topic, today: date, *, keep_dates: bool) -> LedgerRow:
    """Return the row of a topic that is published for the first time."""
    published = topic.last_answered.date() if keep_dates and topic.last_answered else today
    return LedgerRow(
        id=topic.id,
        slug=topic.slug,
        members=_sorted_keys(member.thread.key for member in topic.members),
        published=published,
        changed=published,
    )


def _lost_threads(row: LedgerRow, lost: Collection[ThreadKey], here: Collection[ThreadKey]) -> tuple[ThreadKey, ...]:
    """Return the threads of a row that are not here, and whose absence was accepted now or before."""
    return _sorted_keys(key for key in row.members if key not in here and (key in lost or key in row.lost))


def _split_off_threads(
    row: LedgerRow, before: LedgerRow | None, topic_of: Mapping[ThreadKey, str]
) -> tuple[ThreadKey, ...]:
    """Return the threads that left a row for another topic than the one with its slug, and did not come back."""
    if before is None:
        return ()
    heir = row.merged_into or row.id
    left = (key for key in before.members if topic_of.get(key, heir) != heir)
    return _sorted_keys({*before.split_off, *left}.difference(row.members))


def _sorted_keys(keys: Iterable[ThreadKey]) -> tuple[ThreadKey, ...]:
    """Return the keys sorted, each once."""
    return tuple(sorted(set(keys)))
