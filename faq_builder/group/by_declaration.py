"""Threads that belong together before wordings are compared: by decisions, by the ledger, by duplicate marks."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Ledger, LedgerRow, ThreadKey

ThreadPair = tuple[ThreadKey, ThreadKey]
Rank = Callable[[ThreadKey], tuple[object, ...]]  # sorts threads, the one with the best answer first


@dataclass(frozen=True, kw_only=True)
class ThreadGroup:
    """Threads of one topic, and the rows of the ledger whose topics it continues."""

    keys: tuple[ThreadKey, ...]  # sorted; some may have no source any more
    rows: tuple[LedgerRow, ...] = ()  # the oldest first; the topic keeps the slug of the oldest


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Every thread in exactly one group."""

    groups: tuple[ThreadGroup, ...]  # sorted by their first thread
    in_doubt: tuple[ThreadPair, ...] = ()  # duplicate marks between two published topics, which a person must judge


def place_threads(
    present: Collection[ThreadKey],
    resolved: ResolvedDecisions,
    ledger: Ledger,
    duplicates: Iterable[ThreadPair],
    rank: Rank,
) -> Placement:
    """Group threads by decisions first, then by the ledger, then by the duplicate marks of sources.

    A published topic that is split keeps its slug on the side of the thread that ranks first, and every thread stays
    on that side unless a decision forbids it. Only a `same` decision joins two published topics.
    """
    rows = ledger.live_rows()
    keys = {*present, *(key for row in rows for key in row.members), *(key for keys in resolved.same for key in keys)}
    union = _ConstrainedUnion(keys, resolved.apart)
    for first, *others in resolved.same:
        for other in others:
            union.unite(first, other)
    slug_keepers: dict[str, ThreadKey] = {}  # by topic id
    for row in rows:
        if row.members:
            slug_keepers[row.id] = _slug_keeper(row.members, present, rank)
            _unite_row(union, slug_keepers[row.id], row.members)
    in_doubt = _unite_duplicates(union, duplicates, slug_keepers.values())
    continued: defaultdict[ThreadKey, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.id in slug_keepers:
            continued[union.name(slug_keepers[row.id])].append(row)
    groups = [ThreadGroup(keys=tuple(sorted(keys)), rows=tuple(continued[name])) for name, keys in union.groups()]
    return Placement(groups=tuple(sorted(groups, key=lambda group: group.keys)), in_doubt=in_doubt)


def _slug_keeper(members: Sequence[ThreadKey], present: Collection[ThreadKey], rank: Rank) -> ThreadKey:
    """Return the thread whose side keeps the slug of a row: the best one that is present, else the first one."""
    here = [key for key in members if key in present] if len(members) > 1 else ()
    return min(here, key=rank) if here else min(members)


def _unite_row(union: "_ConstrainedUnion", keeper: ThreadKey, members: Collection[ThreadKey]) -> None:
    """Unite the members of a row, except those that a decision keeps apart.

    A thread that may not join the keeper joins the first other side that it may join, or begins a side of its own.
    """
    sides = [keeper]
    for key in sorted(members) if len(members) > 1 else ():
        if not any(union.unite(side, key) for side in sides):
            sides.append(key)


def _unite_duplicates(
    union: "_ConstrainedUnion", duplicates: Iterable[ThreadPair], slug_keepers: Collection[ThreadKey]
) -> tuple[ThreadPair, ...]:
    """Unite the duplicates that sources mark; return the pairs between two published topics, which stay separate."""
    in_doubt: list[ThreadPair] = []
    published = {union.name(key) for key in slug_keepers}
    for one, other in sorted(duplicates):
        if union.name(one) != union.name(other) and {union.name(one), union.name(other)} <= published:
            in_doubt += [] if union.are_apart(one, other) else [(one, other)]
            continue
        is_published = union.name(one) in published or union.name(other) in published
        if union.unite(one, other) and is_published:
            published.add(union.name(one))
    return tuple(in_doubt)


class _ConstrainedUnion:
    """Disjoint groups of threads that can be united, except groups with a pair that must stay apart (union-find)."""

    def __init__(self, keys: Iterable[ThreadKey], apart: Sequence[ThreadPair]) -> None:
        self._name = {key: key for key in keys}  # by thread, the name of its group: the lowest key in it
        self._members = {key: [key] for key in self._name}  # by name of the group
        self._apart: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)  # by name, threads that may not join
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def name(self, key: ThreadKey) -> ThreadKey:
        """Return the name of a thread's group."""
        return self._name[key]

    def are_apart(self, one: ThreadKey, other: ThreadKey) -> bool:
        """Whether a decision keeps the groups of two threads apart."""
        return any(self._name.get(key) == self._name[other] for key in self._apart[self._name[one]])

    def unite(self, one: ThreadKey, other: ThreadKey) -> bool:
        """Unite the groups of two threads; return False if a decision keeps them apart."""
        into, absorbed = sorted((self._name[one], self._name[other]))
        if into == absorbed:
            return True
        if self.are_apart(into, absorbed):
            return False
        for key in self._members[absorbed]:
            self._name[key] = into
        self._members[into] += self._members.pop(absorbed)
        self._apart[into] |= self._apart.pop(absorbed, set())
        return True

    def groups(self) -> Iterable[tuple[ThreadKey, list[ThreadKey]]]:
        """Return the names of the groups with their threads."""
        return self._members.items()
