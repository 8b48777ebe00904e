"""Ids and slugs of topics, and the present topic for every slug that was ever published."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.group.make_slug import make_slug
from faq_builder.group.topics import TopicDraft
from faq_builder.model import Ledger, LedgerRow, ThreadKey, Withdrawn, asked_order, topic_id


@dataclass(frozen=True, kw_only=True)
class TopicPath:
    """The id and slug of one topic, and the former slugs that redirect to it. Its site path is /q/<slug>/."""

    id: str
    slug: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TopicPaths:
    """The paths of all topics, and what became of everything that was published before."""

    of_topics: tuple[TopicPath, ...]  # in the order of the drafts
    redirects: tuple[tuple[str, str], ...]  # (former slug, id of the topic that it redirects to), sorted
    former_ids: tuple[tuple[str, str], ...]  # (id of a merged topic, id of its heir), sorted
    withdrawn: tuple[Withdrawn, ...]  # sorted by id


def assign_paths(drafts: Sequence[TopicDraft], ledger: Ledger) -> TopicPaths:
    """Return the path of each draft: from the ledger if the draft continues a published topic, else a new one."""
    former = _former_slugs(ledger)
    paths: dict[int, TopicPath] = {}
    redirects: list[tuple[str, str]] = []
    withdrawn: list[Withdrawn] = []
    continued_by: dict[str, str] = {}  # by the id of a row, the id of the topic that continues it
    for number, draft in enumerate(drafts):
        if draft.rows:
            path = _continued_path(draft.rows, former)
            paths[number] = path
            continued_by |= {row.id: path.id for row in draft.rows}
            if not draft.answered:
                withdrawn.append(Withdrawn(id=path.id, slug=path.slug, former_slugs=path.former))
            else:
                redirects += ((slug, path.id) for slug in path.former)
    for row in ledger.live_rows():
        if row.id not in continued_by:
            withdrawn.append(Withdrawn(id=row.id, slug=row.slug, former_slugs=tuple(sorted(former[row.id]))))
    paths |= _new_paths(drafts, ledger)
    return TopicPaths(
        of_topics=tuple(paths[number] for number in range(len(drafts))),
        redirects=tuple(sorted(redirects)),
        former_ids=tuple(_former_ids(ledger, continued_by)),
        withdrawn=tuple(sorted(withdrawn, key=lambda w: w.id)),
    )


def _former_slugs(ledger: Ledger) -> Mapping[str, set[str]]:
    """Return, by the id of each row, its former slugs and every slug of the rows that were merged into it."""
    heirs = ledger.surviving_rows()
    former: defaultdict[str, set[str]] = defaultdict(set)
    for row in ledger.rows:
        heir = heirs[row.id]
        former[heir.id].update(row.former_slugs)
        former[heir.id].add(row.slug)
        former[heir.id].discard(heir.slug)
    return former


def _former_ids(ledger: Ledger, continued_by: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each topic id that was merged into another topic, in the ledger or in this grouping, with its heir's id."""
    for former, row in sorted(ledger.surviving_rows().items()):
        heir = continued_by.get(row.id, row.id)
        if heir != former:
            yield former, heir


def _continued_path(rows: Sequence[LedgerRow], former: Mapping[str, set[str]]) -> TopicPath:
    """Return the path of the oldest of some published topics; the slugs of the others become its former slugs."""
    first, *others = rows
    slugs = {slug for row in rows for slug in former[row.id]} | {row.slug for row in others}
    return TopicPath(id=first.id, slug=first.slug, former=tuple(sorted(slugs - {first.slug})))


def _new_paths(drafts: Sequence[TopicDraft], ledger: Ledger) -> dict[int, TopicPath]:
    """Return {index in `drafts`: path} for drafts that continue no published topic.

    Ids go to answered drafts first, the oldest question first within each group; so do slugs. Ids and slugs in the
    ledger are never reused.
    """
    new = [number for number, draft in enumerate(drafts) if not draft.rows]
    new.sort(key=lambda n: (not drafts[n].answered, asked_order(drafts[n].members[0].thread)))
    taken_ids = {row.id for row in ledger.rows}
    ids: dict[int, str] = {}
    for number in new:
        ids[number] = _new_id(drafts[number].members[0].thread.key, taken_ids)
        taken_ids.add(ids[number])
    taken = taken_ids | {slug for row in ledger.rows for slug in (row.slug, *row.former_slugs)}
    paths: dict[int, TopicPath] = {}
    for number in new:
        draft = drafts[number]
        slug = make_slug(str(draft.question), ids[number], _author_names(draft), taken)
        taken.add(slug)
        paths[number] = TopicPath(id=ids[number], slug=slug)
    return paths


def _new_id(founder: ThreadKey, taken: set[str]) -> str:
    """Return the shortest id of the founder, of at least 10 characters, that is not taken."""
    length = 10
    while (found := topic_id(founder, length)) in taken:
        length += 1
    return found


def _author_names(draft: TopicDraft) -> frozenset[str]:
    """Return the public names of everybody who wrote in a topic."""
    authors = (message.author for member in draft.members for message in member.thread.messages)
    return frozenset(author.name.value for author in authors if author and author.name)
