"""Grouping by wording, for all threads that decisions, the ledger and duplicate marks leave open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from faq_builder.config import GroupRules
from faq_builder.group.by_declaration import Placement, ThreadGroup
from faq_builder.group.question_groups import ComparedQuestion, group_questions
from faq_builder.group.topics import Closeness
from faq_builder.model import Answered, LedgerRow, PublicThread, ThreadKey
from faq_builder.similarity import Constraints, Groups, Pairs, SimilarityEngine


@dataclass(frozen=True, kw_only=True)
class LinkedThreads:
    """All threads in groups, and how similar they are. Threads and groups are numbered from 0."""

    groups: Groups
    rows: tuple[tuple[LedgerRow, ...], ...]  # by group, the published topics that it continues, the oldest first
    near: Pairs  # groups with the mean similarity of related ones or more
    suggested: Pairs  # groups that may ask the same
    suggested_groups: tuple[tuple[tuple[int, ...], float], ...]  # several of them at once, each with a score
    likely: Pairs | None  # groups with the probability that they ask the same; None without an encoder
    apart: frozenset[tuple[int, int]]  # pairs of groups that people keep apart
    group_of: Mapping[ThreadKey, int]
    unaided: Mapping[ThreadKey, int]  # the group of each thread if the ledger did not hold its topic together
    language_of: Mapping[ThreadKey, str]  # as stated: "de-AT"
    closeness: Closeness


def link_threads(  # noqa: PLR0913 - all that may join two threads
    answered: Sequence[Answered],
    placement: Placement,
    apart: Sequence[tuple[ThreadKey, ThreadKey]],
    rules: GroupRules,
    similarity: SimilarityEngine,
    *,
    declared: Placement,
    language: str,
) -> LinkedThreads:
    """Group threads by wording, never across languages, and never two published topics.

    The threads are sorted by key; their answers are evidence, too. `declared` is the placement as if there were no
    ledger; `language` is the site's, for threads that do not state theirs.
    """
    threads = [one.thread for one in answered]
    number = {thread.key: i for i, thread in enumerate(threads)}
    present = [_numbers(placed, number) for placed in placement.groups]
    together = [own for placed in declared.groups if len(own := _numbers(placed, number)) > 1]
    closed = [number[key] for key in sorted(placement.closed | placement.divided) if key in number]
    constraints = replace(_constraints(placement, present, apart), declared=together, closed=closed)
    questions = [ComparedQuestion.of(one.thread, language, one.answer) for one in answered]
    found = group_questions(questions, similarity, rules, constraints)
    groups = found.groups
    group = {i: number for number, members in enumerate(groups.members) for i in members}
    rows: list[tuple[LedgerRow, ...]] = [()] * len(groups.members)
    for own, placed in zip(present, placement.groups, strict=True):
        if own and placed.rows:
            rows[group[own[0]]] = placed.rows
    group_of = {thread.key: group[i] for i, thread in enumerate(threads)}
    return LinkedThreads(
        groups=groups,
        rows=tuple(rows),
        near=found.near,
        suggested=found.suggested,
        suggested_groups=found.suggested_groups,
        likely=found.likely,
        apart=found.apart,
        group_of=group_of,
        unaided={threads[i].key: name for name, members in enumerate(found.unaided.members) for i in members},
        language_of={thread.key: one.language for thread, one in zip(threads, questions, strict=True)},
        closeness=_closeness(threads, found.pairs, group),
    )


def _numbers(placed: ThreadGroup, number: Mapping[ThreadKey, int]) -> tuple[int, ...]:
    """Return the numbers of the threads of a group that are here."""
    return tuple(number[key] for key in placed.keys if key in number)


def _constraints(
    placement: Placement, present: Sequence[tuple[int, ...]], apart: Sequence[tuple[ThreadKey, ThreadKey]]
) -> Constraints:
    """Return the constraints on the linkage: placed threads stay together, and separated ones apart.

    `present` has, for each placed group, the numbers of its threads that are here.
    """
    placed_with = {key: own for own, placed in zip(present, placement.groups, strict=True) for key in placed.keys}
    separated = ((placed_with.get(one), placed_with.get(other)) for one, other in apart)
    return Constraints(
        together=[own for own in present if len(own) > 1],
        apart=[(one[0], other[0]) for one, other in separated if one and other],
        fixed=[own for own, placed in zip(present, placement.groups, strict=True) if own and placed.rows],
    )


def _closeness(threads: Sequence[PublicThread], pairs: Pairs, group: Mapping[int, int]) -> Closeness:
    """Return how similar each thread is to the others of its group; `group` gives the group of a thread's number."""
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
