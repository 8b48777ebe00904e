"""Threads that only the ledger keeps in their topics: an earlier release or another merge level put them there."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from faq_builder.base.diagnostics import Diagnostic, Location, counted
from faq_builder.config import MergeLevel
from faq_builder.group.by_declaration import Placement, Rank, ThreadPair
from faq_builder.ledger import LEDGER
from faq_builder.model import Ledger, LedgerRow, OutdatedJoin, ThreadKey, topic_id


def find_outdated_joins(placement: Placement, unaided: Mapping[ThreadKey, int], rank: Rank) -> tuple[OutdatedJoin, ...]:
    """Return the published topics that nothing but the ledger holds together, sorted by id.

    `unaided` has, for each thread that is here, the number of the group in which it would be without the ledger. The
    group of the thread with the best answer stays.
    """
    found = (_outdated_join(group.rows, unaided.keys() & set(group.keys), unaided, rank) for group in placement.groups)
    return tuple(sorted((join for join in found if join is not None), key=lambda join: join.topic))


def merged_by_people(ledger: Ledger) -> Iterator[ThreadPair]:
    """Yield pairs of threads that founded two published topics which became one: only people merge such topics.

    The `same` decision need not be there any more.
    """
    heirs = ledger.surviving_rows()
    founder_of = {
        row.id: founder for row in ledger.rows if (founder := _founder(row.id, heirs[row.id].members)) is not None
    }
    for row in ledger.rows:
        heir = heirs[row.id]
        if row.merged_into is not None and row.id in founder_of and heir.members:
            yield founder_of[row.id], founder_of.get(heir.id, heir.members[0])


def ledger_without(ledger: Ledger, outdated: Iterable[OutdatedJoin]) -> Ledger:
    """Return the ledger without the threads that leave, so that they are placed from scratch; the rows record them."""
    leaving = {key for join in outdated for key in join.leaving}
    return Ledger(rows=tuple(_row_without(row, leaving) for row in ledger.rows))


def outdated_join_findings(outdated: Sequence[OutdatedJoin], level: MergeLevel) -> Iterator[Diagnostic]:
    """Yield a finding for each topic."""
    for join in outdated:
        yield Diagnostic(
            code="FAQ645",
            where=Location(path=LEDGER, item=join.topic),
            message=f"{counted(len(join.leaving), 'thread')} of topic {join.topic} would not join it at the level "
            f"`{level.value}`",
            help="decide `same` if they ask the same; `faq lock --replace` gives the others topics of their own",
        )


def _outdated_join(
    rows: Sequence[LedgerRow], here: Collection[ThreadKey], unaided: Mapping[ThreadKey, int], rank: Rank
) -> OutdatedJoin | None:
    placed = [key for row in rows for key in row.members if key in here]
    if len(placed) < 2:
        return None
    main = unaided[min(placed, key=rank)]
    leaving = tuple(sorted(key for key in placed if unaided[key] != main))
    return OutdatedJoin(topic=rows[0].id, leaving=leaving) if leaving else None


def _founder(topic: str, members: Iterable[ThreadKey]) -> ThreadKey | None:
    return next((key for key in members if topic_id(key, len(topic)) == topic), None)


def _row_without(row: LedgerRow, leaving: Collection[ThreadKey]) -> LedgerRow:
    gone = set(row.members).intersection(leaving)
    if not gone:
        return row
    members = tuple(key for key in row.members if key not in gone)
    return replace(row, members=members, split_off=tuple(sorted({*row.split_off, *gone})))
