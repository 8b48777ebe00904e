"""Pairs that are remembered from the last time are those that would be found without any memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from faq_builder.similarity import Store, remembered
from faq_builder.similarity.nearest import NO_PRODUCTS, Products, Wanted, nearest
from faq_builder.similarity.remembered import nearest_again

WANTED = Wanted(sure=15, floor=4, most=2)


class Memory(Store):
    """A store that forgets when the test is over."""

    def __init__(self) -> None:
        super().__init__()
        self.__dict__["things"] = {}

    def kept(self, name: str) -> bytes | None:
        return self.__dict__["things"].get(name)

    def keep(self, name: str, data: bytes) -> None:
        self.__dict__["things"][name] = data


def afresh(rows: NDArray[np.int16]) -> Products:
    return nearest(rows, WANTED, np.ones(len(rows), dtype=bool), NO_PRODUCTS)


def columns(pairs: Products) -> tuple[list[int], list[int], list[float]]:
    return pairs.left.tolist(), pairs.right.tolist(), pairs.product.tolist()


def agree(times: Iterable[Sequence[tuple[int, ...]]]) -> None:
    """Whether the same is found with memory and without, whatever was there before."""
    store = Memory()
    for some in times:
        rows = np.array(some, dtype=np.int16).reshape(-1, 3)
        assert columns(nearest_again(rows, WANTED, store)) == columns(afresh(rows))


# few different rows, so that many are the same and many equally near
ROW = st.tuples(*[st.integers(0, 2)] * 3)
ROWS = st.lists(ROW, max_size=14)


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_quite_other_rows(times: list[list[tuple[int, ...]]]) -> None:
    agree(times)


@given(ROWS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_same_rows_in_another_order(times: tuple[list[tuple[int, ...]], list[tuple[int, ...]]]) -> None:
    agree(times)


@given(ROWS, st.lists(st.tuples(st.integers(0, 14), st.none() | ROW), max_size=3))
def test_a_few_rows_come_and_go(some: list[tuple[int, ...]], changes: list[tuple[int, tuple[int, ...] | None]]) -> None:
    times = [some]
    for place, row in changes:
        times.append(
            [*times[-1][:place], row, *times[-1][place:]] if row else times[-1][:place] + times[-1][place + 1 :]
        )
    agree(times)


def test_one_new_row_is_all_that_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(rows: NDArray[np.int16], wanted: Wanted, new: NDArray[np.bool_], known: Products) -> Products:
        compared.append(int(new.sum()))
        return nearest(rows, wanted, new, known)

    monkeypatch.setattr(remembered, "nearest", counted)
    store = Store(path=tmp_path / "cache.sqlite")
    rows = np.random.default_rng(1).integers(-9, 9, (50, 4)).astype(np.int16)
    for some in (rows[:40], rows[:40], rows[:41], np.delete(rows[:41], 3, axis=0), rows[:41], rows[40::-1]):
        assert columns(nearest_again(some, WANTED, store)) == columns(afresh(some))
    assert compared[:3] == [40, 0, 1]
    assert 0 < compared[3] < 20
    assert compared[4] == 1
    assert compared[5] == 41
