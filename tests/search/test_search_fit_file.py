"""content/search.fit as a file: what is damaged, of another version or at odds with itself is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from test_search_meaning import TOPICS, Synonyms, many

from faq_builder.search import Fit, FitError, OtherVersionError, is_made_with, new_fit, read_fit, write_fit
from faq_builder.search.meaning import fit
from faq_builder.search.meaning.pretrained import shipped
from faq_builder.search.meaning.quantisation import MOST_OF_TOPIC

Number = TypeVar("Number", np.int8, np.int32)

GOOD = new_fit(many(300), Synonyms(), "en")
CONTENT = write_fit(GOOD)


def test_a_fit_is_read_back_as_it_was_written() -> None:
    assert write_fit(read_fit(CONTENT)) == CONTENT


@pytest.mark.parametrize("content", [b"", b"no fit", b"PK\x05\x06" + bytes(18), bytes(64), CONTENT[:-1], CONTENT[:32]])
def test_what_is_no_fit_is_refused(content: bytes) -> None:
    assert_damaged(content)


@given(st.integers(0, len(CONTENT) - 1), st.binary(min_size=1, max_size=300))
def test_a_fit_with_other_bytes_anywhere_is_refused(at: int, other: bytes) -> None:
    content = (CONTENT[:at] + other + CONTENT[at + len(other) :])[: len(CONTENT)]
    if content != CONTENT:
        assert_damaged(content)


def test_a_fit_from_before_there_was_a_hash_is_of_another_version() -> None:
    with pytest.raises(OtherVersionError):
        read_fit(CONTENT[fit.SEAL :])


@pytest.mark.parametrize("version", [3, 5])
def test_a_fit_of_another_version_is_told_apart_from_a_damaged_one(
    version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(fit, "VERSION", version)
        content = write_fit(GOOD)
    with pytest.raises(OtherVersionError):
        read_fit(content)


def at_odds() -> Iterator[tuple[str, Callable[[Fit], Fit]]]:
    """What must be true of a fit, and one of which it is not."""
    one_each = "each topic has one of each"
    yield one_each, lambda f: replace(f, homes=f.homes[1:])
    yield one_each, lambda f: replace(f, marks=f.marks[1:])
    yield one_each, lambda f: replace(f, vectors=f.vectors[1:])
    yield one_each, lambda f: replace(f, cell_numbers=f.cell_numbers[1:])
    yield one_each, lambda f: replace(f, crowds=f.crowds[1:])
    yield one_each, lambda f: replace(f, ids=f.ids[1:])
    yield "each topic is there once", lambda f: replace(f, ids=(f.ids[1], *f.ids[1:]))
    yield "there is a cell", lambda f: replace(f, cells=f.cells[:0])
    yield "homes are cells", lambda f: replace(f, homes=changed(f.homes, -1, len(f.cells)))
    yield "homes are cells", lambda f: replace(f, homes=changed(f.homes, 0, fit.LATER - 1))
    yield "topics come by their homes", lambda f: replace(f, homes=f.homes[::-1])
    yield "later ones last", lambda f: replace(f, homes=changed(f.homes, 0, fit.LATER))
    yield "vectors lie in cells", lambda f: replace(f, cell_numbers=changed(f.cell_numbers, 3, len(f.cells)))
    yield "vectors lie in cells", lambda f: replace(f, cell_numbers=changed(f.cell_numbers, 3, -1))
    yield "vectors are small", lambda f: replace(f, vectors=changed(f.vectors, (3, 5), MOST_OF_TOPIC + 1))
    yield "vectors are small", lambda f: replace(f, vectors=changed(f.vectors, (3, 5), -MOST_OF_TOPIC - 1))
    wide = "all have as many dimensions"
    yield wide, lambda f: replace(f, vectors=f.vectors[:, 2:])
    yield wide, lambda f: replace(f, cells=f.cells[:, 2:])
    yield wide, lambda f: replace(f, projection=f.projection[:, 2:])
    yield wide, lambda f: replace(f, table=replace(f.table, rows=f.table.rows[:, 2:]))
    known = "each term has a row and a scale"
    yield known, lambda f: replace(f, table=replace(f.table, terms=f.table.terms[1:]))
    yield known, lambda f: replace(f, table=replace(f.table, rows=f.table.rows[1:]))
    yield known, lambda f: replace(f, table=replace(f.table, scales=f.table.scales[1:]))


@pytest.mark.parametrize(("claim", "spoil"), list(at_odds()))
def test_a_fit_at_odds_with_itself_is_refused(claim: str, spoil: Callable[[Fit], Fit]) -> None:
    assert len(GOOD.cells) > 1
    with pytest.raises(FitError, match=claim):
        spoil(GOOD)


def test_what_a_file_holds_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as careless:
        careless.setattr(Fit, "__post_init__", lambda _: None)
        content = write_fit(replace(GOOD, homes=GOOD.homes[1:]))
    assert_damaged(content)


def test_later_topics_have_no_home() -> None:
    homes = changed(GOOD.homes, -1, fit.LATER)
    later = replace(GOOD, homes=homes)
    assert np.array_equal(read_fit(write_fit(later)).homes, homes)


def test_a_fit_is_kept_for_the_encoder_and_the_language_that_it_was_made_with() -> None:
    english = new_fit(TOPICS, Synonyms(), "en")
    assert is_made_with(english, Synonyms.name, "en")
    assert not is_made_with(english, "another", "en")
    assert not is_made_with(english, Synonyms.name, "de")
    assert is_made_with(new_fit(TOPICS, Synonyms(), "de"), Synonyms.name, "de")


def test_a_fit_is_not_kept_when_the_prior_is_another() -> None:
    encoder = Synonyms()
    encoder.name = shipped().encoder
    started = new_fit(TOPICS, encoder, "en")
    assert started.prior
    assert is_made_with(started, encoder.name, "en")
    for other in ("", "another"):
        assert not is_made_with(replace(started, prior=other), encoder.name, "en")


def changed(array: NDArray[Number], at: int | tuple[int, int], value: int) -> NDArray[Number]:
    """The array with another value there."""
    array = array.copy()
    array[at] = value
    return array


def assert_damaged(content: bytes) -> None:
    with pytest.raises(FitError) as raised:
        read_fit(content)
    assert raised.type is FitError
