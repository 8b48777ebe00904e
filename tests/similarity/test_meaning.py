"""Vectors of an encoder: how texts are split, cached and compared; exact sums; which weights are trusted."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from faq_builder.similarity import (
    EncoderError,
    LinkageThresholds,
    Store,
    average_linkage,
    encoder_from_folder,
    installed_encoder,
)
from faq_builder.similarity.dense import DenseVectors
from faq_builder.similarity.encoder import UNIT
from faq_builder.similarity.wordpiece import WordPieceTokenizer

VOCABULARY = Path(__file__).parents[2] / "faq_builder" / "similarity" / "minilm" / "vocab.txt"


def random_rows(count: int, dimensions: int = 16) -> DenseVectors:
    rows = np.random.default_rng(3).normal(size=(count, dimensions))
    return DenseVectors(rows=np.rint(UNIT * rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.int16))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Résumé of the hub", [13746, 1997, 1996, 9594]),
        ("don't", [2123, 1005, 1056]),
        ("密码", [100, 100]),
        ("a\u0000b\tc", [11113, 1039]),
        ("", []),
        ("x" * 101, [100]),
    ],
)
def test_texts_are_cut_as_bert_cuts_them(text: str, pieces: list[int]) -> None:
    assert WordPieceTokenizer.read(VOCABULARY).token_ids(text, 128) == [101, *pieces, 102]


def test_a_long_text_is_cut_short() -> None:
    assert len(WordPieceTokenizer.read(VOCABULARY).token_ids("hub " * 500, 128)) == 128


def test_all_pairs_are_found_with_exact_products() -> None:
    vectors = random_rows(700)
    whole = vectors.rows.astype(np.int64) @ vectors.rows.astype(np.int64).T
    left, right = np.nonzero(np.triu(whole >= 0.6 * UNIT * UNIT, k=1))
    pairs = vectors.pairs(0.6)
    assert pairs.left.tolist() == left.tolist()
    assert pairs.right.tolist() == right.tolist()
    assert np.rint(pairs.score * UNIT * UNIT).tolist() == whole[left, right].tolist()


@pytest.mark.parametrize("sorted_after", [50, 10**6])
def test_the_nearest_are_found_too(monkeypatch: pytest.MonkeyPatch, sorted_after: int) -> None:
    monkeypatch.setattr("faq_builder.similarity.nearest._MAX_COLLECTED", sorted_after)
    monkeypatch.setattr("faq_builder.similarity.nearest._ROWS_PER_BLOCK", 100)
    vectors = random_rows(700)
    products = (vectors.rows.astype(np.int64) @ vectors.rows.astype(np.int64).T).astype(float)
    np.fill_diagonal(products, -1)
    nearest = {
        (min(one, int(other)), max(one, int(other)))
        for one, row in enumerate(products)
        for other in np.argsort(-row)[:3]
        if row[other] >= 0.3 * UNIT * UNIT
    }
    sure = {(left, right) for left, right, _ in vectors.pairs(0.8).rows()}
    found = {(left, right) for left, right, _ in vectors.pairs(0.8, 0.3, 3).rows()}
    assert found == nearest | sure


def test_a_question_in_several_wordings_takes_further_ones_more_easily() -> None:
    angles = np.radians([0, 20, 50])
    rows = np.rint(UNIT * np.column_stack([np.cos(angles), np.sin(angles)])).astype(np.int16)
    vectors = DenseVectors(rows=rows)
    strict, lenient = (LinkageThresholds(mean=0.6, single_pair=0.9, group_pair=further) for further in (0.9, 0.85))
    assert average_linkage(vectors, vectors.pairs(0.85), strict).members == ((0, 1), (2,))
    assert average_linkage(vectors, vectors.pairs(0.85), lenient).members == ((0, 1, 2),)


def test_a_text_is_encoded_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> NDArray[np.int16]:
        asked.extend(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.int16)

    store = Store(path=tmp_path / "deep" / "cache.sqlite")
    assert store.vectors("m", ["aa", "b", "aa"], encode).tolist() == [[2, 1], [1, 1], [2, 1]]
    assert store.vectors("m", ["b", "ccc"], encode).tolist() == [[1, 1], [3, 1]]
    assert asked == ["aa", "b", "ccc"]
    store.vectors("another model", ["b"], encode)
    assert asked == ["aa", "b", "ccc", "b"]


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be taken for one " * 99])
def test_a_broken_cache_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(content)
    one = np.array([[7]], dtype=np.int16)
    assert Store(path=path).vectors("m", ["a"], lambda _: one).tolist() == [[7]]
    assert Store(path=path).vectors("m", ["a"], lambda _: 2 * one).tolist() == [[7]]


def test_a_folder_without_a_model_is_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(EncoderError):
        encoder_from_folder(tmp_path)


def test_the_installed_encoder_knows_what_texts_mean() -> None:
    encoder = installed_encoder()
    if encoder is None:
        pytest.skip("the extra `meaning` is not installed")
    texts = ["How do I reset my password?", "I forgot my password, how can I set a new one?", "The soup is too salty"]
    rows = encoder.encode(texts).astype(float) / UNIT
    assert rows[0] @ rows[1] > 0.7
    assert rows[0] @ rows[2] < 0.2
    random.Random(1).shuffle(texts)
    again = dict(zip(texts, encoder.encode(texts).tolist(), strict=True))
    assert again["The soup is too salty"] == (rows[2] * UNIT).round().astype(int).tolist()
