"""Threads that belong together before wordings are compared: by decisions, by the ledger, by duplicate marks."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Ledger, LedgerRow, ThreadKey, topic_id

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
    in_doubt: tuple[ThreadPair, ...] = ()  # declared pairs between two published topics, which a person must judge
    divided: frozenset[ThreadKey] = frozenset()  # declared duplicates of originals in different groups
    closed: frozenset[ThreadKey] = frozenset()  # threads to whose groups the machine adds none


def place_threads(  # noqa: PLR0913 - all that may place a thread
    present: Collection[ThreadKey],
    resolved: ResolvedDecisions,
    ledger: Ledger,
    declared: Iterable[ThreadPair],
    rank: Rank,
    *,
    agreeing: Collection[ThreadPair],
    closed: Collection[ThreadKey] = (),
) -> Placement:
    """Group threads by decisions first, then by the ledger, then by what sources and replies declare.

    `declared` are pairs of a duplicate and its original. Only `agreeing` ones are united, and never with a group that
    has one of the `closed` threads. A duplicate of originals in different groups is united with none of them.

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
            slug_keepers[row.id] = slug_keeper(row.members, present, rank)
            _unite_row(union, slug_keepers[row.id], row.members)
    joining = _DeclaredPairs(
        union=union,
        agreeing=agreeing,
        published={union.name(key) for key in slug_keepers.values()},
        closed={union.name(key) for key in closed if key in keys},
    )
    joining.unite(pair for pair in declared if keys.issuperset(pair))
    continued: defaultdict[ThreadKey, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.id in slug_keepers:
            continued[union.name(slug_keepers[row.id])].append(row)
    groups = [ThreadGroup(keys=tuple(sorted(keys)), rows=tuple(continued[name])) for name, keys in union.groups()]
    return Placement(
        groups=tuple(sorted(groups, key=lambda group: group.keys)),
        in_doubt=tuple(sorted(joining.in_doubt)),
        divided=frozenset(joining.divided),
        closed=frozenset(key for name, keys in union.groups() if name in joining.closed for key in keys),
    )


def closed_threads(
    resolved: ResolvedDecisions, ledger: Ledger, present: Collection[ThreadKey], rank: Rank
) -> frozenset[ThreadKey]:
    """Return the threads whose pages a person titled or decided about; only a person adds threads to these pages."""
    joined = (key for keys in resolved.same if len(keys) > 1 for key in keys)
    closed = {*joined, *resolved.titles, *resolved.answers, *resolved.notes}
    if resolved.written:
        ids = {row.id for row in ledger.rows}
        rows = (row for row in ledger.live_rows() if row.id in resolved.written and row.members)
        closed.update(slug_keeper(row.members, present, rank) for row in rows)
        closed.update(key for key in present if topic_id(key) in resolved.written.keys() - ids)
    return frozenset(closed)


def slug_keeper(members: Sequence[ThreadKey], present: Collection[ThreadKey], rank: Rank) -> ThreadKey:
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


@dataclass(kw_only=True)
class _DeclaredPairs:
    """Unites declared pairs; groups are named as in `union`."""

    union: "_ConstrainedUnion"
    agreeing: Collection[ThreadPair]
    published: set[ThreadKey]  # names of groups that continue published topics
    closed: set[ThreadKey]  # names of groups that the machine leaves as they are
    in_doubt: list[ThreadPair] = field(default_factory=list)
    divided: set[ThreadKey] = field(default_factory=set)

    def unite(self, declared: Iterable[ThreadPair]) -> None:
        """Unite the pairs that may be united; the duplicates of one original come first.

        Their union may put several originals of another duplicate into one group, so the rest is looked at again.
        """
        left, before = sorted(set(declared)), -1
        while left and len(left) != before:
            before = len(left)
            originals: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
            for duplicate, original in left:
                originals[duplicate].add(self.union.name(original))
            for pair in left:
                if len(originals[pair[0]]) == 1:
                    self._unite_pair(pair)
            left = [pair for pair in left if len(originals[pair[0]]) > 1]
        self.divided.update(duplicate for duplicate, _ in left)
        self.in_doubt += (pair for pair in left if self._is_in_doubt(pair))

    def _unite_pair(self, pair: ThreadPair) -> None:
        one, other = pair
        names = {self.union.name(one), self.union.name(other)}
        if len(names) == 1:
            return
        if names <= self.published:
            self.in_doubt += [pair] if self._is_in_doubt(pair) else []
        elif pair in self.agreeing and not names & self.closed and self.union.unite(one, other):
            self.published |= {self.union.name(one)} if names & self.published else set()

    def _is_in_doubt(self, pair: ThreadPair) -> bool:
        """Whether a pair is in two published topics that no decision keeps apart."""
        names = {self.union.name(key) for key in pair}
        return len(names) > 1 and names <= self.published and not self.union.are_apart(*pair)


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
