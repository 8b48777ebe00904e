"""Ids and slugs of topics, and where every address that was ever published leads now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.group.placement import live_rows
from faq_builder.group.slugs import make_slug
from faq_builder.group.topics import Draft
from faq_builder.model import Ledger, LedgerRow, ThreadKey, Withdrawn, asked_order, topic_id


@dataclass(frozen=True, kw_only=True)
class Path:
    """The address of one topic, and the former ones that lead to it."""

    id: str
    slug: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paths:
    """The addresses of topics, in the order of their drafts, and of everything that was published before."""

    of_topics: tuple[Path, ...]
    redirects: tuple[tuple[str, str], ...]
    former_ids: tuple[tuple[str, str], ...]
    withdrawn: tuple[Withdrawn, ...]


def assign_paths(drafts: Sequence[Draft], ledger: Ledger) -> Paths:
    """Addresses for all drafts: those of the ledger where a draft carries a published topic on, else new ones."""
    former = _former_slugs(ledger)
    paths: dict[int, Path] = {}
    redirects: list[tuple[str, str]] = []
    withdrawn: list[Withdrawn] = []
    carried: dict[str, str] = {}  # by the id of a row, that of the topic which carries it on
    for number, draft in enumerate(drafts):
        if draft.rows:
            path = _carried_path(draft.rows, former)
            paths[number] = path
            carried |= {row.id: path.id for row in draft.rows}
            if not draft.answered:
                withdrawn.append(Withdrawn(id=path.id, slug=path.slug, former_slugs=path.former))
            else:
                redirects += ((slug, path.id) for slug in path.former)
    for row in live_rows(ledger):
        if row.id not in carried:
            withdrawn.append(Withdrawn(id=row.id, slug=row.slug, former_slugs=tuple(sorted(former[row.id]))))
    paths |= _new_paths(drafts, ledger)
    return Paths(
        of_topics=tuple(paths[number] for number in range(len(drafts))),
        redirects=tuple(sorted(redirects)),
        former_ids=tuple(_former_ids(ledger, carried)),
        withdrawn=tuple(sorted(withdrawn, key=lambda w: w.id)),
    )


def _former_slugs(ledger: Ledger) -> Mapping[str, set[str]]:
    """By the id of each row: its former slugs, and every slug of the rows that were merged into it."""
    heirs = ledger.surviving_rows()
    former: defaultdict[str, set[str]] = defaultdict(set)
    for row in ledger.rows:
        heir = heirs[row.id]
        former[heir.id].update(row.former_slugs)
        former[heir.id].add(row.slug)
        former[heir.id].discard(heir.slug)
    return former


def _former_ids(ledger: Ledger, carried: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each id that was merged into another topic, in the ledger or just now, with that of its heir, sorted."""
    for former, row in sorted(ledger.surviving_rows().items()):
        heir = carried.get(row.id, row.id)
        if heir != former:
            yield former, heir


def _carried_path(rows: Sequence[LedgerRow], former: Mapping[str, set[str]]) -> Path:
    """The address of the oldest of some published topics; all the others lead there."""
    first, *others = rows
    slugs = {slug for row in rows for slug in former[row.id]} | {row.slug for row in others}
    return Path(id=first.id, slug=first.slug, former=tuple(sorted(slugs - {first.slug})))


def _new_paths(drafts: Sequence[Draft], ledger: Ledger) -> dict[int, Path]:
    """New addresses for the drafts that have none, answered ones and the first asked first; none was ever used."""
    new = [number for number, draft in enumerate(drafts) if not draft.rows]
    new.sort(key=lambda n: (not drafts[n].answered, asked_order(drafts[n].members[0].thread)))
    taken_ids = {row.id for row in ledger.rows}
    ids: dict[int, str] = {}
    for number in new:
        ids[number] = _new_id(drafts[number].members[0].thread.key, taken_ids)
        taken_ids.add(ids[number])
    taken = taken_ids | {slug for row in ledger.rows for slug in (row.slug, *row.former_slugs)}
    paths: dict[int, Path] = {}
    for number in new:
        draft = drafts[number]
        slug = make_slug(str(draft.question), ids[number], _names(draft), taken)
        taken.add(slug)
        paths[number] = Path(id=ids[number], slug=slug)
    return paths


def _new_id(founder: ThreadKey, taken: set[str]) -> str:
    length = 10
    while (found := topic_id(founder, length)) in taken:
        length += 1
    return found


def _names(draft: Draft) -> frozenset[str]:
    """The shown names of everybody who wrote in a topic."""
    authors = (message.author for member in draft.members for message in member.thread.messages)
    return frozenset(author.name.value for author in authors if author and author.name)
