"""Spelling correction: which files are written, when they are loaded, and what is found with them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from indexes import document, write_files, write_index
from test_search_client import Client, found_slugs
from test_search_index import files
from test_search_meaning import Synonyms

from benchmarks.search.encoding import StandIn
from faq_builder.search import build_index, train_fit
from faq_builder.search.index import spelling
from faq_builder.search.index.cache import BuildCache
from faq_builder.search.meaning.pretrained import shipped_embeddings


def decoded(content: bytes) -> dict[str, int]:
    """word -> its byte; the words of these tests share no beginning and are short."""
    length, lines = content[0], content[1 : 1 + content[0]].decode().split("\n")
    return dict(zip((line[1:] for line in lines), content[1 + length :], strict=True))


def of_sizes(counts: dict[str, int], common: Sequence[str] = ()) -> dict[int, dict[str, int]]:
    found = spelling.spelling_files(counts, common, "english", BuildCache())
    return {length: decoded(content) for length, content in found}


def test_words_are_in_the_file_of_their_length_with_their_frequency_class() -> None:
    assert of_sizes({"aged": 1, "bread": 3, "garden": 4, "waterproofing": 40_000}) == {
        3: {"aged": 1, "bread": 2},
        6: {"garden": 3},
        11: {"waterproofing": 15},
    }


def test_words_of_the_language_are_beside_words_of_the_site() -> None:
    assert of_sizes({"gardens": 1}, ["the", "of", "2024", "garden"]) == {
        3: {"the": 15 << 4},
        6: {"garden": 13 << 4},
        7: {"gardens": 1 | 13 << 4},
    }


def test_the_most_common_words_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "MAX_WORDS", 2)
    assert of_sizes({"apple": 1, "bread": 2, "crown": 1}) == {3: {"apple": 1, "bread": 2}}


def test_there_are_no_files_without_words() -> None:
    assert list(spelling.spelling_files({}, (), "english", BuildCache())) == []


@pytest.mark.parametrize(
    ("word", "is_correctable"), [("naïv", True), ("ab", False), ("e1234", False), ("a" * 21, False)]
)
def test_only_words_of_letters_are_correctable(word: str, is_correctable: bool) -> None:
    assert spelling.is_correctable(word) == is_correctable


TOPICS = [
    document("Settings of the widget", slug="settings"),
    *(document(f"Mails about topic {number}", slug=f"mails{number}") for number in range(4)),
    document("How long is a mile?", slug="mile"),
    document("Resetting the gearbox", slug="reset"),
    document("Who archives the letters?", slug="archive"),
]


@pytest.mark.parametrize(
    ("mistyped", "best"),
    [
        ("settinsg", "settings"),  # in the ending
        ("resettqng gearbox", "reset"),
        ("xettings", "settings"),  # the first letter
        ("teh mlie", "mile"),  # swapped
        ("maile", "mails0"),  # what is more common is more probable
        ("archijve", "archive"),  # another form of the word
        ("arhcivse", "archive"),  # two errors
        ("gaerboxx", "reset"),
    ],
)
def test_the_most_probable_correction_is_found(client: Client, tmp_path: Path, mistyped: str, best: str) -> None:
    assert found_slugs(client, write_index(TOPICS, tmp_path), mistyped)[0] == best


def test_the_files_are_loaded_for_a_word_that_nobody_knows(client: Client, tmp_path: Path) -> None:
    index = write_index(TOPICS, tmp_path)
    known, mistyped = client(index=str(index), queries=["archives letters", "arcives letters"], cold=True)
    assert mistyped["requests"] > known["requests"]
    for name in index.glob("spelling-*"):
        name.unlink()
    assert found_slugs(client, index, "archives letters") == ["archive"]


class PretrainedEncoder(Synonyms):
    """The name of the encoder that the pretrained embeddings were fitted to."""

    name = shipped_embeddings().encoder


def test_a_word_whose_meaning_is_known_is_not_mistyped(client: Client, tmp_path: Path) -> None:
    topics = [document("the wain is dry", slug="wain")]
    fit = train_fit(topics, PretrainedEncoder(), "en")
    fitted = write_files(build_index(topics, language="en", fit=fit), tmp_path / "fitted")
    plain = write_index(topics, tmp_path / "plain")
    assert found_slugs(client, plain, "rain", meaning=False) == ["wain"]
    assert found_slugs(client, fitted, "rain", meaning=False) == []
    assert found_slugs(client, fitted, "waqin", meaning=False) == ["wain"]


def test_a_changed_word_touches_the_file_of_its_length_only() -> None:
    before, after = files(TOPICS), files([*TOPICS, document("Settings", slug="new")])
    changed = [name for name in after.keys() - before.keys() if name.startswith("spelling-")]
    assert len(changed) == 1


def test_without_these_files_the_other_words_are_searched(client: Client, tmp_path: Path) -> None:
    index = write_index([document("red widget", slug="red"), document("blue lamp", slug="blue")], tmp_path)
    for file in index.glob("spelling-*.bin"):
        file.unlink()
    assert found_slugs(client, index, "brokne widget") == ["red"]


def test_a_word_of_the_language_is_corrected_to_its_stem(client: Client, tmp_path: Path) -> None:
    """Stemming the stem again would give another word: "chines" became "chin"."""
    documents = [document(f"topic about {word}", slug=word) for word in ("lamps", "paint", "wheels", "rain")]
    index = write_files(build_index(documents, language="en", fit=train_fit(documents, StandIn(), "en")), tmp_path)
    queries = ["chinese rain", "chinesse rain", "rain"]
    rightly, mistyped, without = ([r["score"] for r in a["results"]] for a in client(index=str(index), queries=queries))
    assert rightly != pytest.approx(without)
    assert mistyped == pytest.approx(rightly)


@pytest.mark.parametrize("typed", ["firmwaer", "fimware", "widgets firmwaer", "firmwaer "])
def test_the_last_word_is_corrected_while_typing(client: Client, widgets: Path, typed: str) -> None:
    assert found_slugs(client, widgets, typed, typing=True)[0] == "e1234"
    assert found_slugs(client, widgets, "fimwx", typing=True) == []
