"""Wording decides what people, the ledger and the sources left open: placed threads and their wordings -> groups."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.config import GroupRules
from faq_builder.group.placement import Placement
from faq_builder.group.topics import Closeness
from faq_builder.group.wording import compared_text, wording
from faq_builder.model import LedgerRow, PublicThread, ThreadKey
from faq_builder.similar import Constraints, Groups, Pairs, Similarity, Vectors, link

# of what one pair of a merge must reach, the mean of all pairs must reach this share: two keys. Fitted on labelled
# questions with two engines; the best shares were .83 and .85
MEAN_SHARE = 5 / 6
RELATED_SHARE = 0.6  # of the similarity from which topics are suggested to be one, related ones must reach this share
_LEAST = 0.05  # below this everything is alike, whatever the settings say


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Groups of threads by their place in the list of threads, and what is known about their wordings."""

    groups: Groups
    rows: tuple[tuple[LedgerRow, ...], ...]  # the published topics that each group carries on, the oldest first
    near: Pairs  # of groups, by mean similarity, from what makes them related
    apart: frozenset[tuple[int, int]]  # pairs of groups that people keep apart
    group_of: Mapping[ThreadKey, int]
    closeness: Closeness


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Texts as vectors, and which of them are alike."""

    vectors: Vectors
    pairs: Pairs  # by the whole texts
    keys: Pairs  # the same pairs as far as their titles are alike too, scored by whichever is less alike


def compare(titles: Sequence[str], texts: Sequence[str], similarity: Similarity, least: float) -> Compared:
    """Every pair of texts that is at least so similar; `texts` hold the titles and more.

    Series of questions by one author begin alike ("exercise 2.1 of ...") and ask different things: of the merges
    that the texts of a small question site made without looking at the titles, most were such.
    """
    vectors = similarity.vectors(texts)
    pairs = vectors.pairs(least)
    if list(titles) == list(texts):
        return Compared(vectors=vectors, pairs=pairs, keys=pairs)
    by_title = {(left, right): score for left, right, score in similarity.vectors(titles).pairs(least).rows()}
    score = np.array([min(score, by_title.get((left, right), 0.0)) for left, right, score in pairs.rows()])
    keys = Pairs(left=pairs.left, right=pairs.right, score=score)
    return Compared(vectors=vectors, pairs=pairs, keys=keys.where(score >= least))


def link_threads(
    threads: Sequence[PublicThread],
    placement: Placement,
    apart: Sequence[tuple[ThreadKey, ThreadKey]],
    rules: GroupRules,
    similarity: Similarity,
    language: str,
) -> Linked:
    """Groups of threads (sorted by key) by average linkage; never across languages, and never two published topics."""
    number = {thread.key: i for i, thread in enumerate(threads)}
    present = [tuple(number[key] for key in place.keys if key in number) for place in placement.places]
    constraints = _constraints(placement, present, apart)
    mean, related = MEAN_SHARE * rules.merge, max(RELATED_SHARE * rules.suggest, _LEAST)
    compared = compare(
        [wording(thread).value for thread in threads],
        [compared_text(thread.title.value, thread.question.body.value) for thread in threads],
        similarity,
        least=min(max(mean, _LEAST), related),
    )
    pairs = _of_one_language(compared.pairs, threads, language)
    keys = _of_one_language(compared.keys, threads, language)
    groups = link(compared.vectors, keys, mean=mean, best=rules.merge, constraints=constraints)
    group = {i: number for number, members in enumerate(groups.members) for i in members}
    rows: list[tuple[LedgerRow, ...]] = [()] * len(groups.members)
    for own, place in zip(present, placement.places, strict=True):
        if own and place.rows:
            rows[group[own[0]]] = place.rows
    group_of = {thread.key: group[i] for i, thread in enumerate(threads)}
    return Linked(
        groups=groups,
        rows=tuple(rows),
        near=groups.alike(pairs, related),
        apart=frozenset(
            (min(group[one], group[other]), max(group[one], group[other])) for one, other in constraints.apart
        ),
        group_of=group_of,
        closeness=_closeness(threads, pairs, group_of),
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


def _of_one_language(pairs: Pairs, threads: Sequence[PublicThread], language: str) -> Pairs:
    """The pairs whose threads are in one language, whatever its region."""
    spoken = [(thread.language or language).casefold().partition("-")[0] for thread in threads]
    codes = {name: code for code, name in enumerate(sorted(set(spoken)))}
    code = np.array([codes[name] for name in spoken], dtype=np.int64)
    return pairs.where(code[pairs.left] == code[pairs.right])


def _closeness(threads: Sequence[PublicThread], pairs: Pairs, group_of: Mapping[ThreadKey, int]) -> Closeness:
    best: dict[ThreadKey, float] = {}
    total: defaultdict[ThreadKey, float] = defaultdict(float)
    for left, right, score in pairs.rows():
        one, other = threads[left].key, threads[right].key
        if group_of[one] == group_of[other]:
            for key in (one, other):
                best[key] = max(score, best.get(key, 0.0))
                total[key] += score
    return Closeness(best=best, total=total)
