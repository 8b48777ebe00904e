"""Wording decides what people, the ledger and the sources left open: placed threads and their wordings -> groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.config import GroupRules
from faq_builder.group.comparing import Asked, put_together
from faq_builder.group.placement import Placement
from faq_builder.group.topics import Closeness
from faq_builder.model import LedgerRow, PublicThread, ThreadKey
from faq_builder.similarity import Constraints, Groups, Pairs, SimilarityEngine


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Groups of threads by their place in the list of threads, and what is known about their wordings."""

    groups: Groups
    rows: tuple[tuple[LedgerRow, ...], ...]  # the published topics that each group carries on, the oldest first
    near: Pairs  # of groups, by mean similarity, from what makes them related
    suggested: Pairs  # of groups that may be one
    apart: frozenset[tuple[int, int]]  # pairs of groups that people keep apart
    group_of: Mapping[ThreadKey, int]
    language_of: Mapping[ThreadKey, str]
    closeness: Closeness


def link_threads(
    threads: Sequence[PublicThread],
    placement: Placement,
    apart: Sequence[tuple[ThreadKey, ThreadKey]],
    rules: GroupRules,
    similarity: SimilarityEngine,
    language: str,
) -> Linked:
    """Groups of threads (sorted by key) by average linkage; never across languages, and never two published topics."""
    number = {thread.key: i for i, thread in enumerate(threads)}
    present = [tuple(number[key] for key in place.keys if key in number) for place in placement.places]
    constraints = _constraints(placement, present, apart)
    asked = [Asked.of(thread, language) for thread in threads]
    together = put_together(asked, similarity, rules, constraints)
    groups = together.groups
    group = {i: number for number, members in enumerate(groups.members) for i in members}
    rows: list[tuple[LedgerRow, ...]] = [()] * len(groups.members)
    for own, place in zip(present, placement.places, strict=True):
        if own and place.rows:
            rows[group[own[0]]] = place.rows
    group_of = {thread.key: group[i] for i, thread in enumerate(threads)}
    return Linked(
        groups=groups,
        rows=tuple(rows),
        near=together.near,
        suggested=together.suggested,
        apart=together.apart,
        group_of=group_of,
        language_of={thread.key: one.language for thread, one in zip(threads, asked, strict=True)},
        closeness=_closeness(threads, together.pairs, group),
    )


def _constraints(
    placement: Placement, present: Sequence[tuple[int, ...]], apart: Sequence[tuple[ThreadKey, ThreadKey]]
) -> Constraints:
    """What was placed stays together and apart; `present` are the threads of each place that are here."""
    place_of = {key: own for own, place in zip(present, placement.places, strict=True) for key in place.keys}
    separated = ((place_of.get(one), place_of.get(other)) for one, other in apart)
    return Constraints(
        together=[own for own in present if len(own) > 1],
        apart=[(one[0], other[0]) for one, other in separated if one and other],
        fixed=[own for own, place in zip(present, placement.places, strict=True) if own and place.rows],
    )


def _closeness(threads: Sequence[PublicThread], pairs: Pairs, group: Mapping[int, int]) -> Closeness:
    group_of = np.array([group[number] for number in range(len(threads))], dtype=np.int64)
    own = pairs.where(group_of[pairs.left] == group_of[pairs.right])
    best, total = np.zeros(len(threads)), np.zeros(len(threads))
    for number in (own.left, own.right):
        np.maximum.at(best, number, own.score)
        np.add.at(total, number, own.score)
    close = np.unique(np.concatenate((own.left, own.right))).tolist()
    return Closeness(
        best={threads[number].key: float(best[number]) for number in close},
        total={threads[number].key: float(total[number]) for number in close},
    )
