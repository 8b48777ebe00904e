"""Agglomerative clustering: average linkage merges groups by their mean, complete linkage only if all vectors fit."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np

from faq_builder.similarity.vectors import GroupSums, LinkageThresholds, Pairs, Vectors


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """What people and the ledger decided about vectors, by their numbers."""

    together: Sequence[Collection[int]] = ()  # each collection is one group from the start
    apart: Collection[tuple[int, int]] = ()  # pairs that never share a group
    fixed: Sequence[Collection[int]] = ()  # no group may have vectors of two of these collections
    declared: Sequence[Collection[int]] = ()  # like `together`, but as if there were no ledger
    closed: Collection[int] = ()  # vectors whose group takes no further vector, and joins no other group


def average_linkage(
    vectors: Vectors,
    pairs: Pairs,
    thresholds: LinkageThresholds,
    constraints: Constraints | None = None,
    largest: int | None = None,
) -> "Groups":
    """Return all vectors in groups, of `largest` vectors at most.

    `pairs` must contain every pair from `thresholds.lowest_pair` on that may start a merge. Of two equally similar
    merges the one with the lower numbers comes first, so number the vectors by something that does not change with the
    input's order.
    """
    linkage = _Linkage(vectors, thresholds, largest)
    linkage.obey(constraints or Constraints())
    linkage.merge_groups(pairs)
    return linkage.groups()


def complete_linkage(vectors: Vectors, pairs: Pairs, constraints: Constraints | None = None) -> "Groups":
    """Return all vectors in groups: two groups become one only if each vector of one is paired with each of the other.

    So nothing is chained: a vector joins no group for the sake of one member. The most similar pair comes first, among
    equals the one with the lower numbers.
    """
    linkage = _Linkage(vectors, LinkageThresholds(mean=1.0, single_pair=1.0, group_pair=1.0))
    linkage.obey(constraints or Constraints())
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for left, right, _ in pairs.rows():
        partners[left].add(right)
        partners[right].add(left)
    for left, right, _ in sorted(pairs.rows(), key=lambda row: (-row[2], row)):
        linkage.unite_if_complete(left, right, partners)
    return linkage.groups()


@dataclass(frozen=True, kw_only=True)
class Groups:
    """All vectors in groups. A group is named by its index in `members`."""

    members: tuple[tuple[int, ...], ...]  # each group sorted, the groups sorted by their first vector
    sums: GroupSums  # named by the first vector of each group

    def similar_by_mean(self, pairs: Pairs, least: float) -> Pairs:
        """Return the pairs of groups whose mean similarity is at least `least`.

        `pairs` must contain every pair of vectors from `least` on.
        """
        near = self.similar_by_best_pair(pairs)
        size = np.array([len(members) for members in self.members])
        grown = np.flatnonzero((size[near.left] > 1) | (size[near.right] > 1))
        mean = near.score.copy()
        mean[grown] = [self._mean(int(near.left[i]), int(near.right[i])) for i in grown]
        return replace(near, score=mean).where(mean >= least)

    def similar_by_best_pair(self, pairs: Pairs) -> Pairs:
        """Return the pairs of groups that a pair of vectors connects, with the score of the best such pair."""
        group = np.zeros(sum(map(len, self.members)), dtype=np.int64)  # shape (vectors,)
        for number, members in enumerate(self.members):
            group[list(members)] = number
        one, other = np.sort((group[pairs.left], group[pairs.right]), axis=0)
        order = np.lexsort((-pairs.score, other, one))
        one, other = one[order], other[order]
        is_best = np.diff(one * len(self.members) + other, prepend=-1) != 0  # the first of each pair of groups
        return Pairs(left=one, right=other, score=pairs.score[order]).where(is_best & (one != other))

    def suggestions(self, near: Pairs, most: int, apart: Collection[tuple[int, int]] = ()) -> Pairs:
        """Return the pairs of groups to suggest: the most similar first, each group in `most` pairs at most."""
        times: Counter[int] = Counter()
        found: list[tuple[int, int, float]] = []
        for one, other, score in sorted(near.rows(), key=lambda row: (-row[2], row)):
            if (one, other) not in apart and max(times[one], times[other]) < most:
                times[one] += 1
                times[other] += 1
                found.append((one, other, score))
        return Pairs.of(sorted(found))

    def _mean(self, one: int, other: int) -> float:
        """The mean similarity of two groups."""
        ours, theirs = self.members[one], self.members[other]
        return self.sums.product(ours[0], theirs[0]) / (len(ours) * len(theirs))


@dataclass
class _Linkage:
    """Groups that grow by merges. A group is named by its lowest vector."""

    vectors: Vectors
    thresholds: LinkageThresholds
    largest: int | None = None  # vectors in a group
    members: dict[int, list[int]] = field(init=False)  # group -> its vectors
    group_of: list[int] = field(init=False)  # by vector: its group
    # group -> vectors that must not join it
    forbidden: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    # group -> numbers of the collections in `Constraints.fixed` that it has vectors of
    fixed: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    closed: set[int] = field(default_factory=set)  # groups that merge with none
    # group -> group -> score of the best pair between them
    best_pair: defaultdict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.members = {i: [i] for i in range(len(self.vectors))}
        self.group_of = list(range(len(self.vectors)))
        self.sums = self.vectors.sums()
        # possible merges: (-mean similarity, group, other group, size of group, size of other group)
        self.heap: list[tuple[float, int, int, int, int]] = []

    def obey(self, limits: Constraints) -> None:
        """Begin with what people and the ledger decided."""
        for group in limits.together:
            first, *others = sorted(set(group))
            for other in others:
                self.unite(first, other)
        for number, group in enumerate(limits.fixed):
            self.fix_group(group, number)
        self.keep_apart(limits.apart)
        self.closed = {self.group_of[vector] for vector in limits.closed}

    def unite_if_complete(self, one: int, other: int, partners: Mapping[int, AbstractSet[int]]) -> None:
        """Unite the groups of two vectors if all their vectors are partners and no constraint forbids it."""
        into, gone = sorted((self.group_of[one], self.group_of[other]))
        if into == gone or not self._may_merge(into, gone):
            return
        theirs = frozenset(self.members[gone])
        if all(partners.get(vector, frozenset()) >= theirs for vector in self.members[into]):
            self.unite(into, gone)

    def unite(self, one: int, other: int) -> None:
        """Make one group of the groups of two vectors."""
        into, gone = sorted((self.group_of[one], self.group_of[other]))
        if into == gone:
            return
        self.sums.merge(into, gone)
        for vector in self.members[gone]:
            self.group_of[vector] = into
        self.members[into] += self.members.pop(gone)
        self.forbidden[into] |= self.forbidden.pop(gone, set())
        self.fixed[into] |= self.fixed.pop(gone, set())

    def fix_group(self, group: Iterable[int], number: int) -> None:
        """Note that vectors belong to the collection `number` of `Constraints.fixed`."""
        for vector in group:
            self.fixed[self.group_of[vector]].add(number)

    def keep_apart(self, apart: Iterable[tuple[int, int]]) -> None:
        """Forbid pairs of vectors to share a group."""
        for one, other in apart:
            self.forbidden[self.group_of[one]].add(other)
            self.forbidden[self.group_of[other]].add(one)

    def groups(self) -> Groups:
        """Return the groups as they are now."""
        members = tuple(sorted(tuple(sorted(group)) for group in self.members.values()))
        return Groups(members=members, sums=self.sums)

    def merge_groups(self, pairs: Pairs) -> None:
        """Merge groups while thresholds and constraints allow it, the most similar groups first."""
        for left, right, score in pairs.rows():
            one, other = self.group_of[left], self.group_of[right]
            if one != other and score > self.best_pair[one].get(other, 0.0):
                self.best_pair[one][other] = self.best_pair[other][one] = score
        for one in list(self.best_pair):
            for other in self.best_pair[one]:
                if one < other:
                    self._queue_merge(one, other)
        while self.heap:
            _, one, other, size, other_size = heapq.heappop(self.heap)
            if len(self.members.get(one, ())) == size and len(self.members.get(other, ())) == other_size:
                self._merge(one, other)

    def _merge(self, one: int, other: int) -> None:
        """Merge two groups (one < other) and queue the merges with their neighbours again."""
        self.unite(one, other)
        own, gone = self.best_pair[one], self.best_pair.pop(other)
        own.pop(other)
        gone.pop(one)
        for neighbour, score in gone.items():
            own[neighbour] = max(score, own.get(neighbour, 0.0))
            del self.best_pair[neighbour][other]
        for neighbour, score in own.items():
            self.best_pair[neighbour][one] = score
            self._queue_merge(*sorted((one, neighbour)))

    def _queue_merge(self, one: int, other: int) -> None:
        """Put a merge into the heap if thresholds and constraints allow it."""
        size, other_size = len(self.members[one]), len(self.members[other])
        score = self.best_pair[one][other]
        least = self.thresholds.single_pair if size == other_size == 1 else self.thresholds.group_pair
        if score < least or not self._may_merge(one, other):
            return
        if size * other_size > 1:
            score = self.sums.product(one, other) / (size * other_size)
        if score >= self.thresholds.mean:
            heapq.heappush(self.heap, (-score, one, other, size, other_size))

    def _may_merge(self, one: int, other: int) -> bool:
        """Whether no constraint keeps two groups apart."""
        if one in self.closed or other in self.closed:
            return False
        if self.largest is not None and len(self.members[one]) + len(self.members[other]) > self.largest:
            return False
        fixed, other_fixed = self.fixed.get(one), self.fixed.get(other)
        if fixed and other_fixed and fixed != other_fixed:
            return False
        return not any(self.group_of[vector] == other for vector in self.forbidden.get(one, ()))
