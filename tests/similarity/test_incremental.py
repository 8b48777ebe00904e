"""Pairs taken from the last build are the pairs that a build without a cache finds."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from faq_builder.similarity import Store, incremental
from faq_builder.similarity.incremental import updated_pairs
from faq_builder.similarity.nearest import NO_PRODUCTS, PairCriteria, PairProducts, nearest_pairs

CRITERIA = PairCriteria(least=15, near=4, most=2)


class MemoryStore(Store):
    """A store without a file."""

    def __init__(self) -> None:
        super().__init__()
        self.__dict__["things"] = {}

    def load(self, name: str) -> bytes | None:
        return self.__dict__["things"].get(name)

    def save(self, name: str, data: bytes) -> None:
        self.__dict__["things"][name] = data


def all_pairs(rows: NDArray[np.int16]) -> PairProducts:
    return nearest_pairs(rows, CRITERIA, np.ones(len(rows), dtype=bool), NO_PRODUCTS)


def columns(pairs: PairProducts) -> tuple[list[int], list[int], list[float]]:
    return pairs.left.tolist(), pairs.right.tolist(), pairs.product.tolist()


def assert_same_pairs(times: Iterable[Sequence[tuple[int, ...]]]) -> None:
    """Check that the same pairs are found with the last build's pairs and without, build after build."""
    store = MemoryStore()
    for some in times:
        rows = np.array(some, dtype=np.int16).reshape(-1, 3)
        assert columns(updated_pairs(rows, CRITERIA, store)) == columns(all_pairs(rows))


# few different rows, so that many are the same and many equally near
ROW = st.tuples(*[st.integers(0, 2)] * 3)
ROWS = st.lists(ROW, max_size=14)


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_quite_other_rows(times: list[list[tuple[int, ...]]]) -> None:
    assert_same_pairs(times)


@given(ROWS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_same_rows_in_another_order(times: tuple[list[tuple[int, ...]], list[tuple[int, ...]]]) -> None:
    assert_same_pairs(times)


@given(ROWS, st.lists(st.tuples(st.integers(0, 14), st.none() | ROW), max_size=3))
def test_a_few_rows_come_and_go(some: list[tuple[int, ...]], changes: list[tuple[int, tuple[int, ...] | None]]) -> None:
    times = [some]
    for place, row in changes:
        times.append(
            [*times[-1][:place], row, *times[-1][place:]] if row else times[-1][:place] + times[-1][place + 1 :]
        )
    assert_same_pairs(times)


def test_one_new_row_is_all_that_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(
        rows: NDArray[np.int16], criteria: PairCriteria, new: NDArray[np.bool_], known: PairProducts
    ) -> PairProducts:
        compared.append(int(new.sum()))
        return nearest_pairs(rows, criteria, new, known)

    monkeypatch.setattr(incremental, "nearest_pairs", counted)
    store = Store(path=tmp_path / "cache.sqlite")
    rows = np.random.default_rng(1).integers(-9, 9, (50, 4)).astype(np.int16)
    for some in (rows[:40], rows[:40], rows[:41], np.delete(rows[:41], 3, axis=0), rows[:41], rows[40::-1]):
        assert columns(updated_pairs(some, CRITERIA, store)) == columns(all_pairs(some))
    assert compared[:3] == [40, 0, 1]
    assert 0 < compared[3] < 20
    assert compared[4] == 1
    assert compared[5] == 41
