"""Groups that a person judges at once."""

from itertools import combinations

import numpy as np

from faq_builder.group.suggesting import MOST_IN_A_GROUP, suggested_groups
from faq_builder.similarity import Constraints, Pairs, complete_linkage
from faq_builder.similarity.dense import DenseVectors
from faq_builder.similarity.encoder import UNIT


def found(
    angles: list[float], together: list[tuple[int, ...]] | None = None, apart: list[tuple[int, int]] | None = None
) -> list[tuple[tuple[int, ...], float]]:
    """Return the suggested groups of texts at angles in degrees; topics whose best pair is 30 degrees are suggested."""
    radians = np.radians(angles)
    rows = np.rint(UNIT * np.stack((np.cos(radians), np.sin(radians)), axis=1)).astype(np.int16)
    vectors = DenseVectors(rows=rows)
    similar = vectors.pairs(0.85)
    groups = complete_linkage(vectors, Pairs.of([]), Constraints(together=together or []))
    scored = groups.similar_by_best_pair(similar)
    return list(suggested_groups(vectors, similar, groups, 0.85, apart or [], scored))


def test_rewordings_of_one_question_are_one_group() -> None:
    (group,) = found([0, 10, 20, 120])
    assert group[0] == (0, 1, 2)
    assert 0.98 < group[1] < 0.99  # of the most likely pair: 10 degrees


def test_topics_not_threads_are_counted() -> None:
    (group,) = found([0, 10, 20, 120], together=[(0, 1)])
    assert group[0] == (0, 1)  # the topic of two threads, and the third thread
    assert found([0, 10, 120], together=[(0, 1)]) == []


def test_what_people_keep_apart_is_never_suggested_together() -> None:
    assert all(not {0, 1} <= set(members) for members, _ in found([0, 10], apart=[(0, 1)]))


def test_a_group_stays_small_and_each_topic_is_in_one() -> None:
    groups = [members for members, _ in found([0.1 * n for n in range(40)])]
    assert max(map(len, groups)) <= MOST_IN_A_GROUP
    assert all(not set(one) & set(other) for one, other in combinations(groups, 2))


def test_the_most_likely_group_comes_first() -> None:
    assert [members for members, _ in found([0, 20, 90, 92])] == [(2, 3), (0, 1)]
