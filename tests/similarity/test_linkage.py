"""Average linkage over any engine's vectors, checked against a slow implementation that looks at every pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.similarity import Constraints, LinkageThresholds, Pairs, average_linkage, complete_linkage


@dataclass(frozen=True)
class DenseVectors:
    """Vectors as rows of a matrix. Small whole numbers, so that all sums are exact."""

    matrix: np.ndarray

    def __len__(self) -> int:
        return len(self.matrix)

    def pairs(self, least: float) -> Pairs:
        products = self.matrix @ self.matrix.T
        left, right = np.nonzero(np.triu(products >= least, k=1))
        return Pairs(left=left, right=right, score=products[left, right])

    def sums(self) -> "DenseSums":
        return DenseSums(self.matrix.copy())


@dataclass
class DenseSums:
    matrix: np.ndarray

    def product(self, one: int, other: int) -> float:
        return float(self.matrix[one] @ self.matrix[other])

    def merge(self, into: int, other: int) -> None:
        self.matrix[into] += self.matrix[other]


def linked(vectors: DenseVectors, mean: float, best: float, constraints: Constraints | None = None) -> set[tuple]:
    pairs = vectors.pairs(min(mean, best))
    keys = LinkageThresholds(mean=mean, single_pair=best, group_pair=best)
    return set(average_linkage(vectors, pairs, keys, constraints).members)


def plainly_linked(matrix: np.ndarray, mean: float, best: float, apart: Sequence[tuple[int, int]]) -> set[tuple]:
    """Do the same the slow way: look at all pairs of groups, merge the most similar pair, start again."""
    groups = [(i,) for i in range(len(matrix))]
    products = matrix @ matrix.T
    while True:
        found = []
        for one, other in combinations(sorted(groups), 2):
            block = products[np.ix_(one, other)]
            allowed = not any((min(a, b), max(a, b)) in apart for a in one for b in other)
            if allowed and block.mean() >= mean and block.max() >= best:
                found.append((-block.sum() / block.size, one, other))
        if not found:
            return set(groups)
        _, one, other = min(found)
        groups = [*(g for g in groups if g not in (one, other)), tuple(sorted(one + other))]


MATRICES = (
    st.integers(1, 9)
    .flatmap(lambda rows: st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=rows, max_size=rows))
    .map(lambda rows: np.array(rows, dtype=np.float64) / 4)
)
PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]), max_size=4)


@given(MATRICES, st.sampled_from([0.1, 0.25, 0.5]), st.sampled_from([0.1, 0.5, 0.75]), PAIRS)
def test_linkage_is_exact(matrix: np.ndarray, mean: float, best: float, apart: list[tuple[int, int]]) -> None:
    apart = [pair for pair in apart if pair[1] < len(matrix)]
    found = linked(DenseVectors(matrix), mean, max(mean, best), Constraints(apart=apart))
    assert found == plainly_linked(matrix, mean, max(mean, best), apart)


@given(MATRICES, PAIRS, st.lists(st.sampled_from([None, 0, 1, 2]), min_size=9, max_size=9))
def test_pairs_of_published_topics_start_nothing(
    matrix: np.ndarray, apart: list[tuple[int, int]], homes: list[int | None]
) -> None:
    fixed = [group for home in range(3) if (group := [i for i in range(len(matrix)) if homes[i] == home])]
    apart = [pair for pair in apart if pair[1] < len(matrix) and (homes[pair[0]] is None or homes[pair[1]] is None)]
    constraints = Constraints(together=[g for g in fixed if len(g) > 1], apart=apart, fixed=fixed)
    vectors, keys = DenseVectors(matrix), LinkageThresholds(mean=0.25, single_pair=0.5, group_pair=0.4)
    pairs = vectors.pairs(keys.lowest_pair)
    published = np.array(
        [homes[left] is not None and homes[right] is not None for left, right, _ in pairs.rows()], bool
    )
    assert average_linkage(vectors, pairs, keys, constraints).members == (
        average_linkage(vectors, pairs.where(~published), keys, constraints).members
    )


LINE = np.array([[1.0, 0, 0], [0.9, 0.4, 0], [0.5, 0.8, 0], [0, 1.0, 0], [0, 0, 1.0]])


def test_the_mean_decides_not_a_chain() -> None:
    assert linked(DenseVectors(LINE), 0.8, 0.8) == {(0, 1), (2, 3), (4,)}
    assert linked(DenseVectors(LINE), 0.4, 0.75) == {(0, 1, 2, 3), (4,)}


def test_one_pair_must_be_sure() -> None:
    assert linked(DenseVectors(LINE), 0.4, 0.95) == {(0,), (1,), (2,), (3,), (4,)}
    assert linked(DenseVectors(LINE), 0.4, 0.85) == {(0, 1), (2,), (3,), (4,)}


def test_what_is_together_stays_together() -> None:
    assert linked(DenseVectors(LINE), 0.8, 0.8, Constraints(together=[(0, 4)])) == {(0, 4), (1,), (2, 3)}


def test_what_is_apart_stays_apart_through_others() -> None:
    same = np.ones((4, 2)) / 2
    constraints = Constraints(apart=[(0, 1)], together=[(1, 2)])
    assert linked(DenseVectors(same), 0.1, 0.1, constraints) == {(0, 3), (1, 2)}


def test_fixed_groups_never_become_one() -> None:
    same = np.ones((5, 2)) / 2
    constraints = Constraints(together=[(0, 1)], fixed=[(0, 1), (3,)])
    assert linked(DenseVectors(same), 0.1, 0.1, constraints) == {(0, 1, 2, 4), (3,)}


@pytest.mark.parametrize("least", [0.1, 0.5])
def test_alike_gives_the_mean_of_groups(least: float) -> None:
    vectors = DenseVectors(LINE)
    groups = average_linkage(vectors, vectors.pairs(0.8), LinkageThresholds(mean=0.8, single_pair=0.8, group_pair=0.8))
    assert groups.members == ((0, 1), (2, 3), (4,))
    expected = (LINE[:2].sum(axis=0) @ LINE[2:4].sum(axis=0)) / 4
    found = list(groups.similar_by_mean(vectors.pairs(least), least).rows())
    assert found == ([(0, 1, expected)] if expected >= least else [])
    assert 0.1 < expected < 0.5


def completely_linked(pairs: Sequence[tuple[int, int, float]], size: int, limits: Constraints | None = None) -> tuple:
    return complete_linkage(DenseVectors(np.eye(size)), Pairs.of(sorted(pairs)), limits).members


def test_complete_linkage_never_chains() -> None:
    assert completely_linked([(0, 1, 0.9), (1, 2, 0.8)], 3) == ((0, 1), (2,))
    assert completely_linked([(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.7)], 3) == ((0, 1, 2),)


def test_a_vector_must_fit_all_that_people_put_together() -> None:
    limits = Constraints(together=[(0, 1)])
    assert completely_linked([(1, 2, 0.9)], 3, limits) == ((0, 1), (2,))
    assert completely_linked([(0, 2, 0.9), (1, 2, 0.9)], 3, limits) == ((0, 1, 2),)


def test_a_closed_group_takes_nothing_and_joins_nothing() -> None:
    limits = Constraints(together=[(0, 1)], closed=[0])
    everything = [(i, j, 0.9) for i, j in combinations(range(4), 2)]
    assert completely_linked(everything, 4, limits) == ((0, 1), (2, 3))


def test_complete_linkage_obeys_what_is_apart_or_fixed() -> None:
    everything = [(i, j, 0.9) for i, j in combinations(range(3), 2)]
    assert completely_linked(everything, 3, Constraints(apart=[(0, 2)])) == ((0, 1), (2,))
    assert completely_linked(everything, 3, Constraints(fixed=[(0,), (1,)])) == ((0, 2), (1,))
