"""The build cache of the index: it saves work and changes no byte, whatever is edited or happens to the file."""

import multiprocessing
import os
import random
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_search_meaning import Synonyms

from faq_builder.model import JoinedBy, PublicText, Reason
from faq_builder.search import Document, Fit, Standing, build_index, refresh_fit, train_fit
from faq_builder.search.documents import LikelyTopic, document_fingerprint
from faq_builder.search.index import blocks, embedding_shards, facets, snippets
from faq_builder.search.index import build as module
from faq_builder.search.index import cache as cache_module
from faq_builder.search.index.shards import ShardSize, varint, varint_sizes, varints
from faq_builder.search.meaning.pretrained import shipped_embeddings

WORDS = [f"{syllable}{number:x}" for number in range(120) for syllable in ("wid", "gear", "naïv", "防水", "\U00020000")]
LANGUAGES = ("", "", "", "de", "fr-CA")


class PretrainedEncoder(Synonyms):
    """The name of the encoder that the pretrained embeddings were fitted to."""

    name = shipped_embeddings().encoder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that a build reads; shards and blocks are small, and common terms lose postings."""
    found: list[str] = []
    read = module._document_terms

    def noted(document: Document, stemmer: str, vector_stemmer: str) -> cache_module.DocumentTerms:
        found.append(document.id)
        return read(document, stemmer, vector_stemmer)

    monkeypatch.setattr(module, "_document_terms", noted)
    monkeypatch.setattr(blocks, "BLOCK_SIZE", 7)
    monkeypatch.setattr(blocks, "MEDIUM_SITE_MAX_DOCUMENTS", 25)
    monkeypatch.setattr(blocks, "BLOCK_SIZE_LARGE_SITE", 5)
    monkeypatch.setattr(snippets, "SNIPPETS_PER_FILE", 11)
    monkeypatch.setattr(module, "MAX_POSTINGS_PER_TERM", 15)
    monkeypatch.setattr(module, "MIN_DOCUMENTS_FOR_COMMON_TERMS", 20)
    monkeypatch.setattr(embedding_shards, "SMALL_SITE_MAX_TOPICS", 20)
    monkeypatch.setattr(embedding_shards, "PUBLISHED_PRETRAINED_TERMS", 200)
    monkeypatch.setattr(module, "SHARD_SIZE", ShardSize(smallest=200, usual=400, largest=800, entry=10))
    return found


def made(random_: random.Random, number: int) -> Document:
    def text(most: int) -> PublicText:
        words = random_.choices(WORDS, [1 / (rank + 1) for rank in range(len(WORDS))], k=random_.randint(1, most))
        return PublicText(" ".join(words))

    return Document(
        id=f"id{number}",
        site_path=f"q/{number}/",
        question=text(8),
        wordings=tuple(text(8) for _ in range(random_.randint(0, 2))),
        tags=tuple(PublicText(tag) for tag in random_.sample(["Wi-Fi", "wi fi", "rain", "soap"], 2)),
        answers=tuple(text(80) for _ in range(random_.randint(0, 2))),
        asked=random_.randint(1, 5),
        places=tuple(random_.sample(["Blog", "Chat", "Forum"], random_.randint(0, 2))),
        language=random_.choice(LANGUAGES),
        versions=tuple(PublicText(version) for version in random_.sample(["1.0", "2.0"], random_.randint(0, 1))),
        last_answered=random_.choice([None, date(2023, 5, 1), date(2024, 5, 1)]),
    )


def edited(random_: random.Random, documents: Sequence[Document]) -> list[Document]:
    """Return the documents after one random edit, as people make it between two builds."""
    some, at = list(documents), random_.randrange(len(documents))
    fresh = made(random_, random_.randrange(10_000, 99_999))
    match random_.choice(["reword", "new answer", "part", "several", "append", "insert", "remove", "order", "place"]):
        case "reword":
            some[at] = replace(some[at], question=fresh.question.map(lambda text: f"Wobbling {text}"))
        case "new answer":
            some[at] = replace(some[at], answers=(*some[at].answers, PublicText("unheard-of v2.1 zeppelins")))
        case "part":
            name = random_.choice(["tags", "places", "language", "asked", "last_answered", "versions", "site_path"])
            some[at] = replace(some[at], **{name: getattr(fresh, name)})
        case "several":
            for other in random_.sample(range(len(some)), 5):
                some[other] = replace(made(random_, 0), id=some[other].id)
        case "place":
            some[at] = replace(some[at], places=(f"A{random_.randrange(9)}",))  # comes before the others
        case "append":
            some.append(fresh)
        case "insert":
            some.insert(at, fresh)
        case "remove":
            del some[at : at + random_.randint(1, 3)]
        case "order":
            other = random_.randrange(len(some))
            some[at], some[other] = some[other], some[at]
    return some


@cache
def fits() -> tuple[Fit, Fit]:
    """Return two fits of documents that mostly stay unchanged."""
    documents = [made(random.Random(9), number) for number in range(60)]
    return train_fit(documents, PretrainedEncoder(), "en"), train_fit(documents[:40], PretrainedEncoder(), "en")


def settings(random_: random.Random, documents: Sequence[Document], language: str, fit: Fit | None) -> tuple:
    """Return the language of the site and the fit; now and then another one, or no fit."""
    match random_.choice(["same", "same", "same", "lock", "refit", "language"]):
        case "lock" if fit is not None:
            return language, refresh_fit(fit, documents, PretrainedEncoder())
        case "refit":
            return "en", random_.choice([None, *fits()])
        case "language":
            return random_.choice(["en", "de"]), fit
    return language, fit


@pytest.mark.parametrize("seed", range(5))
def test_any_edits_give_what_a_build_from_nothing_gives(seed: int, reads: list[str], tmp_path: Path) -> None:
    random_, cache = random.Random(seed), tmp_path / "cache"
    documents = [made(random_, number) for number in range(60)]
    language, fit = "en", refresh_fit(fits()[0], documents, PretrainedEncoder())
    for _ in range(12):
        warm = list(build_index(documents, language=language, fit=fit, cache=cache))
        assert warm == list(build_index(documents, language=language, fit=fit))
        documents = edited(random_, documents)
        language, fit = settings(random_, documents, language, fit)


def test_only_changed_documents_are_read_again(reads: list[str], tmp_path: Path) -> None:
    random_, cache = random.Random(1), tmp_path / "cache"
    documents = [made(random_, number) for number in range(40)]
    list(build_index(documents, language="en", cache=cache))
    assert reads == [document.id for document in documents]
    reads.clear()
    list(build_index(documents, language="en", cache=cache))
    list(build_index(documents[::-1], language="en", cache=cache))
    list(build_index(documents[3:], language="en", cache=cache))
    assert reads == []
    documents[5] = replace(documents[5], question=PublicText("other"))
    list(build_index([*documents[3:], made(random_, 99)], language="en", cache=cache))
    assert reads == ["id5", "id99"]


def test_another_stemmer_reads_all_again(reads: list[str], tmp_path: Path) -> None:
    documents = [replace(made(random.Random(1), number), language="") for number in range(30)]
    list(build_index(documents, language="en", cache=tmp_path / "cache"))
    reads.clear()
    list(build_index(documents, language="de", cache=tmp_path / "cache"))
    assert len(reads) == 30


def test_equal_documents_give_what_a_build_from_nothing_gives(reads: list[str], tmp_path: Path) -> None:
    one, other = made(random.Random(1), 1), made(random.Random(2), 2)
    for documents in ([one, one, other], [one, one, other], [other, one], [one, other, one]):
        warm = list(build_index(documents, language="en", cache=tmp_path / "cache"))
        assert warm == list(build_index(documents, language="en"))


def test_other_code_reads_all_again(reads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [made(random.Random(1), number) for number in range(30)]
    list(build_index(documents, language="en", cache=tmp_path / "cache"))
    monkeypatch.setattr(cache_module, "_code_fingerprint", lambda: b"another version")
    reads.clear()
    list(build_index(documents, language="en", cache=tmp_path / "cache"))
    assert len(reads) == 30


@pytest.mark.parametrize("kind", ["truncated", "flipped", "empty", "noise", "folder", "foreign"])
def test_a_damaged_or_foreign_cache_costs_time_only(kind: str, reads: list[str], tmp_path: Path) -> None:
    random_, cache = random.Random(3), tmp_path / "cache"
    documents = [made(random_, number) for number in range(30)]
    expected = list(build_index(documents, language="en"))
    for _ in range(8):
        list(build_index(documents, language="en", cache=cache))
        content = bytearray(cache.read_bytes()) if cache.is_file() else bytearray(9)
        at = random_.randrange(len(content))
        match kind:
            case "truncated":
                cache.write_bytes(content[:at])
            case "flipped":
                content[at] ^= 1 << random_.randrange(8)
                cache.write_bytes(content)
            case "empty":
                cache.write_bytes(b"")
            case "noise":
                cache.write_bytes(random_.randbytes(at))
            case "folder" if cache.is_file():
                cache.unlink()
                cache.mkdir()
            case "foreign":
                others = [made(random_, number) for number in range(25)]
                list(build_index(others, language="en", fit=fits()[0], cache=cache))
        reads.clear()
        assert list(build_index(documents, language="en", cache=cache)) == expected
        assert len(reads) == 30


def test_the_index_is_built_if_the_cache_cannot_be_saved(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    documents = [made(random.Random(1), number) for number in range(5)]
    built = list(build_index(documents, language="en", cache=tmp_path / "file" / "cache"))
    assert built == list(build_index(documents, language="en"))


def test_a_build_that_is_killed_while_it_writes_leaves_the_last_cache(reads: list[str], tmp_path: Path) -> None:
    documents = [made(random.Random(1), number) for number in range(30)]
    cache = tmp_path / "cache"
    list(build_index(documents, language="en", cache=cache))
    before = cache.read_bytes()
    killed = multiprocessing.get_context("spawn").Process(target=_killed, args=(documents[:20], cache))
    killed.start()
    killed.join()
    assert killed.exitcode == 9
    assert cache.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "cache.new"]
    reads.clear()
    warm = list(build_index(documents[1:], language="en", cache=cache))
    assert reads == []
    assert warm == list(build_index(documents[1:], language="en"))
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def _killed(documents: Sequence[Document], cache: Path) -> None:
    """Run a build whose process ends before the saved cache gets its name."""
    Path.replace = lambda *_: os._exit(9)  # type: ignore[assignment,method-assign]
    list(build_index(documents, language="en", cache=cache))


def test_every_field_of_a_document_is_part_of_its_fingerprint() -> None:
    bare = Document(id="a", site_path="q/a/", question=PublicText("one"))
    other = Document(
        id="b",
        site_path="q/b/",
        question=PublicText("two"),
        wordings=(PublicText("x"),),
        tags=(PublicText("x"),),
        answers=(PublicText("x"),),
        snippet=PublicText("x"),
        asked=2,
        places=("x",),
        language="de",
        products=("x",),
        versions=(PublicText("x"),),
        first_asked=date(2024, 1, 1),
        last_answered=date(2024, 1, 1),
        reason=Reason.STAFF,
        standing=Standing.OUTDATED,
        likely=(LikelyTopic(site_path="q/c/", question=PublicText("three"), because=JoinedBy.LINK),),
    )
    changed = [replace(bare, **{field.name: getattr(other, field.name)}) for field in fields(Document)]
    fingerprints = {
        document_fingerprint(bare),
        document_fingerprint(bare, "english"),
        *map(document_fingerprint, changed),
    }
    assert len(fingerprints) == len(fields(Document)) + 2


def test_the_facets_read_no_other_fields_than_these() -> None:
    documents = [made(random.Random(seed), seed) for seed in range(50)]
    order = range(len(documents))
    assert facets.facets_file([facets.facet_fields(document) for document in documents], order) == facets.facets_file(
        documents, order
    )


@given(st.lists(st.integers(min_value=0, max_value=2**31 - 1)))
def test_many_varints_are_those_of_each(values: list[int]) -> None:
    content, ends = varints(np.array(values, dtype=np.int32))
    assert content == b"".join(map(varint, values))
    assert [0, *ends.tolist()] == [sum(len(varint(v)) for v in values[:n]) for n in range(len(values) + 1)]
    assert varint_sizes(np.array(values, dtype=np.int32)).tolist() == [len(varint(value)) for value in values]


def test_place_names_with_the_same_joined_text_are_different(tmp_path: Path) -> None:
    """The number of a place depends on all the names before it."""
    first, second = (Document(id=f"t{n}", site_path=f"q/t{n}/", question=PublicText("Why?")) for n in range(2))
    shown_in = replace(second, places=("P",))
    cache = tmp_path / "cache"
    with pytest.MonkeyPatch.context() as small:
        small.setattr(blocks, "BLOCK_SIZE", 1)
        dict(build_index([replace(first, places=("x\ny",)), shown_in], language="en", cache=cache))
        after = [replace(first, places=("x", "y")), shown_in]
        assert dict(build_index(after, language="en", cache=cache)) == dict(build_index(after, language="en"))
