"""Which threads are together before any wording is looked at: people say so, the ledger does, or their source."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from faq_builder.decisions import Rulings
from faq_builder.model import Ledger, LedgerRow, ThreadKey

Together = tuple[ThreadKey, ThreadKey]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Threads that are one topic, also such as are not here any more, and the ledger's rows that they carry on."""

    keys: tuple[ThreadKey, ...]  # sorted
    rows: tuple[LedgerRow, ...] = ()  # the oldest first: its address is the topic's


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Every thread in exactly one place, the places by their first thread."""

    places: tuple[Place, ...]
    in_doubt: tuple[Together, ...] = ()  # a source declares them the same, but their topics were published apart


def place_threads(
    present: Collection[ThreadKey],
    rulings: Rulings,
    ledger: Ledger,
    duplicates: Iterable[Together],
    rank: Callable[[ThreadKey], tuple[object, ...]],
) -> Placement:
    """Decisions first, then the ledger, then the sources' own duplicate marks.

    A published topic that is split keeps its address on the side of the thread that ranks first, and keeps every
    thread there that need not go. Only a `same` decision unites published topics.
    """
    rows = live_rows(ledger)
    keys = {*present, *(key for row in rows for key in row.members), *(key for keys in rulings.same for key in keys)}
    union = _Union(keys, rulings.apart)
    for first, *others in rulings.same:
        for other in others:
            union.unite(first, other)
    home: dict[str, ThreadKey] = {}
    for row in rows:
        if row.members:
            home[row.id] = _home(row.members, present, rank)
            _place_row(union, home[row.id], row.members)
    in_doubt = _follow_sources(union, duplicates, home.values())
    carried: defaultdict[ThreadKey, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.id in home:
            carried[union.name(home[row.id])].append(row)
    places = [Place(keys=tuple(sorted(group)), rows=tuple(carried[name])) for name, group in union.groups()]
    return Placement(places=tuple(sorted(places, key=lambda place: place.keys)), in_doubt=in_doubt)


def live_rows(ledger: Ledger) -> tuple[LedgerRow, ...]:
    """The rows that were not merged into others, the oldest first."""
    heirs = ledger.surviving_rows()
    return tuple(sorted((row for row in ledger.rows if heirs[row.id] is row), key=lambda r: (r.published, r.id)))


def _home(
    members: Sequence[ThreadKey], present: Collection[ThreadKey], rank: Callable[[ThreadKey], tuple[object, ...]]
) -> ThreadKey:
    """The thread whose side keeps the address of a row: the best that is here, else the first of those that are not."""
    here = [key for key in members if key in present] if len(members) > 1 else ()
    return min(here, key=rank) if here else min(members)


def _place_row(union: "_Union", main: ThreadKey, members: Collection[ThreadKey]) -> None:
    """Put the members of a row together again, as far as no decision keeps them apart."""
    centres = [main]
    for key in sorted(members) if len(members) > 1 else ():
        if not any(union.unite(centre, key) for centre in centres):
            centres.append(key)


def _follow_sources(
    union: "_Union", duplicates: Iterable[Together], homes: Collection[ThreadKey]
) -> tuple[Together, ...]:
    """Unite what the sources declare duplicates; pairs of published topics are given back instead."""
    in_doubt: list[Together] = []
    published = {union.name(key) for key in homes}
    for one, other in sorted(duplicates):
        if union.name(one) != union.name(other) and {union.name(one), union.name(other)} <= published:
            in_doubt += [] if union.are_apart(one, other) else [(one, other)]
            continue
        is_published = union.name(one) in published or union.name(other) in published
        if union.unite(one, other) and is_published:
            published.add(union.name(one))
    return tuple(in_doubt)


class _Union:
    """Groups of threads that only grow; those that are kept apart never meet."""

    def __init__(self, keys: Iterable[ThreadKey], apart: Sequence[Together]) -> None:
        self._name = {key: key for key in keys}
        self._members = {key: [key] for key in self._name}
        self._enemies: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
        for one, other in apart:
            self._enemies[one].add(other)
            self._enemies[other].add(one)

    def name(self, key: ThreadKey) -> ThreadKey:
        """What the group of a thread is called."""
        return self._name[key]

    def are_apart(self, one: ThreadKey, other: ThreadKey) -> bool:
        """Whether a decision keeps the groups of two threads apart."""
        return any(self._name.get(enemy) == self._name[other] for enemy in self._enemies[self._name[one]])

    def unite(self, one: ThreadKey, other: ThreadKey) -> bool:
        """Unite the groups of two threads; False where they are kept apart."""
        into, gone = sorted((self._name[one], self._name[other]))
        if into == gone:
            return True
        if self.are_apart(into, gone):
            return False
        for key in self._members[gone]:
            self._name[key] = into
        self._members[into] += self._members.pop(gone)
        self._enemies[into] |= self._enemies.pop(gone, set())
        return True

    def groups(self) -> Iterable[tuple[ThreadKey, list[ThreadKey]]]:
        """The groups with their names."""
        return self._members.items()
