"""Average linkage: groups whose mean similarity is high enough become one, the most similar first."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from faq_builder.similarity.vectors import Keys, Pairs, Sums, Vectors


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """What people and records say about the vectors, by their numbers."""

    together: Sequence[Collection[int]] = ()  # each of these is one group from the start
    apart: Collection[tuple[int, int]] = ()  # never in one group
    fixed: Sequence[Collection[int]] = ()  # groups with members of different ones never become one


def link(vectors: Vectors, pairs: Pairs, keys: Keys, constraints: Constraints | None = None) -> "Groups":
    """All vectors in groups.

    `pairs` holds every pair that can be a key, that is, at least as similar as the lower of `keys.first` and
    `keys.further`; a pair that is left out starts no merge. Of equal merges that of the lower numbers comes first, so
    number the vectors by something of their own.
    """
    linkage = _Linkage(vectors, keys)
    limits = constraints or Constraints()
    for group in limits.together:
        first, *others = sorted(set(group))
        for other in others:
            linkage.put_together(first, other)
    for number, group in enumerate(limits.fixed):
        linkage.fix(group, number)
    linkage.keep_apart(limits.apart)
    linkage.run(pairs)
    return linkage.groups()


@dataclass(frozen=True, kw_only=True)
class Groups:
    """All vectors in groups: each sorted, all by their first member."""

    members: tuple[tuple[int, ...], ...]
    sums: Sums  # by first member

    def alike(self, pairs: Pairs, least: float) -> Pairs:
        """The pairs of groups (by their place in `members`) whose mean similarity is at least so high.

        `pairs` holds every pair of vectors that is at least so similar.
        """
        near = self._best(pairs)
        size = np.array([len(members) for members in self.members])
        grown = np.flatnonzero((size[near.left] > 1) | (size[near.right] > 1))
        mean = near.score.copy()
        mean[grown] = [self._mean(int(near.left[i]), int(near.right[i])) for i in grown]
        return replace(near, score=mean).where(mean >= least)

    def alike_by_pairs(self, pairs: Pairs) -> Pairs:
        """The pairs of groups (by their place in `members`) that have such a pair, by the most similar one."""
        return self._best(pairs)

    def suggested(self, near: Pairs, most: int, apart: Collection[tuple[int, int]] = ()) -> Pairs:
        """Of pairs of groups those that a person is asked about: the most alike first, each group so often at most."""
        times: Counter[int] = Counter()
        found: list[tuple[int, int, float]] = []
        for one, other, score in sorted(near.rows(), key=lambda row: (-row[2], row)):
            if (one, other) not in apart and max(times[one], times[other]) < most:
                times[one] += 1
                times[other] += 1
                found.append((one, other, score))
        return Pairs.of(sorted(found))

    def _best(self, pairs: Pairs) -> Pairs:
        """The most similar pair between any two groups that have one."""
        group = np.zeros(sum(map(len, self.members)), dtype=np.int64)
        for number, members in enumerate(self.members):
            group[list(members)] = number
        one, other = np.sort((group[pairs.left], group[pairs.right]), axis=0)
        order = np.lexsort((-pairs.score, other, one))
        one, other = one[order], other[order]
        first = np.diff(one * len(self.members) + other, prepend=-1) != 0  # the numbers of a pair in one
        return Pairs(left=one, right=other, score=pairs.score[order]).where(first & (one != other))

    def _mean(self, one: int, other: int) -> float:
        """The mean similarity of two groups."""
        ours, theirs = self.members[one], self.members[other]
        return self.sums.product(ours[0], theirs[0]) / (len(ours) * len(theirs))


@dataclass
class _Linkage:
    """Groups that grow. A group is named by its lowest vector."""

    vectors: Vectors
    keys: Keys
    members: dict[int, list[int]] = field(init=False)
    name: list[int] = field(init=False)  # of the group of each vector
    enemies: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # vectors, by group
    homes: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # numbers of `fixed`, by group
    near: defaultdict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))  # best pair, by groups

    def __post_init__(self) -> None:
        self.members = {i: [i] for i in range(len(self.vectors))}
        self.name = list(range(len(self.vectors)))
        self.sums = self.vectors.sums()
        self.heap: list[tuple[float, int, int, int, int]] = []

    def put_together(self, one: int, other: int) -> None:
        """Unite the groups of two vectors."""
        into, gone = sorted((self.name[one], self.name[other]))
        if into == gone:
            return
        self.sums.merge(into, gone)
        for vector in self.members[gone]:
            self.name[vector] = into
        self.members[into] += self.members.pop(gone)
        self.enemies[into] |= self.enemies.pop(gone, set())
        self.homes[into] |= self.homes.pop(gone, set())

    def fix(self, group: Iterable[int], number: int) -> None:
        for vector in group:
            self.homes[self.name[vector]].add(number)

    def keep_apart(self, apart: Iterable[tuple[int, int]]) -> None:
        for one, other in apart:
            self.enemies[self.name[one]].add(other)
            self.enemies[self.name[other]].add(one)

    def groups(self) -> Groups:
        members = tuple(sorted(tuple(sorted(group)) for group in self.members.values()))
        return Groups(members=members, sums=self.sums)

    def run(self, pairs: Pairs) -> None:
        """Merge what may be merged, the most similar groups first."""
        for left, right, score in pairs.rows():
            one, other = self.name[left], self.name[right]
            if one != other and score > self.near[one].get(other, 0.0):
                self.near[one][other] = self.near[other][one] = score
        for one in list(self.near):
            for other in self.near[one]:
                if one < other:
                    self._consider(one, other)
        while self.heap:
            _, one, other, size, other_size = heapq.heappop(self.heap)
            if len(self.members.get(one, ())) == size and len(self.members.get(other, ())) == other_size:
                self._merge(one, other)

    def _merge(self, one: int, other: int) -> None:
        """Unite two groups (one < other) and look at their neighbours anew."""
        self.put_together(one, other)
        own, gone = self.near[one], self.near.pop(other)
        own.pop(other)
        gone.pop(one)
        for neighbour, score in gone.items():
            own[neighbour] = max(score, own.get(neighbour, 0.0))
            del self.near[neighbour][other]
        for neighbour, score in own.items():
            self.near[neighbour][one] = score
            self._consider(*sorted((one, neighbour)))

    def _consider(self, one: int, other: int) -> None:
        """Remember a merge that may come."""
        size, other_size = len(self.members[one]), len(self.members[other])
        alike = self.near[one][other]
        key = self.keys.first if size == other_size == 1 else self.keys.further
        if alike < key or not self._allowed(one, other):
            return
        if size * other_size > 1:
            alike = self.sums.product(one, other) / (size * other_size)
        if alike >= self.keys.mean:
            heapq.heappush(self.heap, (-alike, one, other, size, other_size))

    def _allowed(self, one: int, other: int) -> bool:
        homes, other_homes = self.homes.get(one), self.homes.get(other)
        if homes and other_homes and homes != other_homes:
            return False
        return not any(self.name[enemy] == other for enemy in self.enemies.get(one, ()))
