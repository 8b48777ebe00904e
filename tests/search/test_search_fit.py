"""content/search.fit as a file: a damaged one, one of another version or one that breaks a rule is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from test_search_meaning import TOPICS, Synonyms, many

from faq_builder.search import Fit, FitError, OtherVersionError, is_made_with, read_fit, train_fit, write_fit
from faq_builder.search.meaning import fit
from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.meaning.quantisation import MAX_TOPIC_VALUE

Number = TypeVar("Number", np.int8, np.int32)

GOOD = train_fit(many(300), Synonyms(), "en")
CONTENT = write_fit(GOOD)


def test_a_fit_is_read_back_as_it_was_written() -> None:
    assert write_fit(read_fit(CONTENT)) == CONTENT


@pytest.mark.parametrize("content", [b"", b"no fit", b"PK\x05\x06" + bytes(18), bytes(64), CONTENT[:-1], CONTENT[:32]])
def test_another_file_is_refused(content: bytes) -> None:
    assert_damaged(content)


@given(st.integers(0, len(CONTENT) - 1), st.binary(min_size=1, max_size=300))
def test_a_fit_with_other_bytes_anywhere_is_refused(at: int, other: bytes) -> None:
    content = (CONTENT[:at] + other + CONTENT[at + len(other) :])[: len(CONTENT)]
    if content != CONTENT:
        assert_damaged(content)


def test_a_fit_without_a_checksum_is_of_another_version() -> None:
    with pytest.raises(OtherVersionError):
        read_fit(CONTENT[fit.CHECKSUM_SIZE :])


@pytest.mark.parametrize("version", [3, 5])
def test_a_fit_of_another_version_is_told_apart_from_a_damaged_one(
    version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(fit, "VERSION", version)
        content = write_fit(GOOD)
    with pytest.raises(OtherVersionError):
        read_fit(content)


def broken_rules() -> Iterator[tuple[str, Callable[[Fit], Fit]]]:
    """Yield a rule of a valid fit, and a function that breaks it."""
    one_each = "each topic has one entry in each array"
    yield one_each, lambda f: replace(f, fitted_clusters=f.fitted_clusters[1:])
    yield one_each, lambda f: replace(f, fingerprints=f.fingerprints[1:])
    yield one_each, lambda f: replace(f, vectors=f.vectors[1:])
    yield one_each, lambda f: replace(f, clusters=f.clusters[1:])
    yield one_each, lambda f: replace(f, hubness=f.hubness[1:])
    yield one_each, lambda f: replace(f, ids=f.ids[1:])
    yield "each topic is recorded once", lambda f: replace(f, ids=(f.ids[1], *f.ids[1:]))
    yield "there is a cluster", lambda f: replace(f, centroids=f.centroids[:0])
    yield (
        "fitted clusters exist",
        lambda f: replace(f, fitted_clusters=changed(f.fitted_clusters, -1, len(f.centroids))),
    )
    yield (
        "fitted clusters exist",
        lambda f: replace(f, fitted_clusters=changed(f.fitted_clusters, 0, fit.ADDED_LATER - 1)),
    )
    yield "topics are ordered by fitted cluster", lambda f: replace(f, fitted_clusters=f.fitted_clusters[::-1])
    yield "added ones last", lambda f: replace(f, fitted_clusters=changed(f.fitted_clusters, 0, fit.ADDED_LATER))
    yield "clusters of vectors exist", lambda f: replace(f, clusters=changed(f.clusters, 3, len(f.centroids)))
    yield "clusters of vectors exist", lambda f: replace(f, clusters=changed(f.clusters, 3, -1))
    yield (
        "values of topic vectors are in range",
        lambda f: replace(f, vectors=changed(f.vectors, (3, 5), MAX_TOPIC_VALUE + 1)),
    )
    yield (
        "values of topic vectors are in range",
        lambda f: replace(f, vectors=changed(f.vectors, (3, 5), -MAX_TOPIC_VALUE - 1)),
    )
    wide = "all vectors have the same dimensions"
    yield wide, lambda f: replace(f, vectors=f.vectors[:, 2:])
    yield wide, lambda f: replace(f, centroids=f.centroids[:, 2:])
    yield wide, lambda f: replace(f, projection=f.projection[:, 2:])
    yield wide, lambda f: replace(f, embeddings=replace(f.embeddings, values=f.embeddings.values[:, 2:]))
    known = "each term has values and a scale"
    yield known, lambda f: replace(f, embeddings=replace(f.embeddings, terms=f.embeddings.terms[1:]))
    yield known, lambda f: replace(f, embeddings=replace(f.embeddings, values=f.embeddings.values[1:]))
    yield known, lambda f: replace(f, embeddings=replace(f.embeddings, scales=f.embeddings.scales[1:]))


@pytest.mark.parametrize(("rule", "spoil"), list(broken_rules()))
def test_a_fit_that_breaks_a_rule_is_refused(rule: str, spoil: Callable[[Fit], Fit]) -> None:
    assert len(GOOD.centroids) > 1
    with pytest.raises(FitError, match=rule):
        spoil(GOOD)


def test_the_rules_hold_for_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as careless:
        careless.setattr(Fit, "__post_init__", lambda _: None)
        content = write_fit(replace(GOOD, fitted_clusters=GOOD.fitted_clusters[1:]))
    assert_damaged(content)


def test_topics_added_later_have_no_fitted_cluster() -> None:
    fitted_clusters = changed(GOOD.fitted_clusters, -1, fit.ADDED_LATER)
    later = replace(GOOD, fitted_clusters=fitted_clusters)
    assert np.array_equal(read_fit(write_fit(later)).fitted_clusters, fitted_clusters)


def test_a_fit_is_for_the_encoder_and_the_language_that_it_was_made_with() -> None:
    english = train_fit(TOPICS, Synonyms(), "en")
    assert is_made_with(english, Synonyms.name, "en")
    assert not is_made_with(english, "another", "en")
    assert not is_made_with(english, Synonyms.name, "de")
    assert is_made_with(train_fit(TOPICS, Synonyms(), "de"), Synonyms.name, "de")


def test_a_fit_is_out_of_date_with_other_pretrained_embeddings() -> None:
    encoder = Synonyms()
    encoder.name = shipped_embeddings().encoder
    started = train_fit(TOPICS, encoder, "en")
    assert started.pretrained
    assert is_made_with(started, encoder.name, "en")
    for other in ("", "another"):
        assert not is_made_with(replace(started, pretrained=other), encoder.name, "en")


def changed(array: NDArray[Number], at: int | tuple[int, int], value: int) -> NDArray[Number]:
    """Return the array with another value at a position."""
    array = array.copy()
    array[at] = value
    return array


def assert_damaged(content: bytes) -> None:
    with pytest.raises(FitError) as raised:
        read_fit(content)
    assert raised.type is FitError
