"""The engine that needs no model."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.similarity import LexicalEngine
from faq_builder.similarity.sparse import UNIT, SparseVectors

OTHERS = (
    "How do I clean the brass hinges of a cabinet?",
    "Where can invoices be downloaded?",
    "Does the hub support a second antenna?",
    "红色小部件在雨中破碎了怎么办",
    "如何连接两个集线器",
    "ウィジェットが雨で壊れた",
    "Почему мой виджет сломался под дождём?",
    "Как скачать счёт?",
)


def score(one: str, other: str) -> float:
    """The similarity of two texts among others."""
    pairs = LexicalEngine().vectors([one, other, *OTHERS]).pairs(0.001)
    return next((value for left, right, value in pairs.rows() if (left, right) == (0, 1)), 0.0)


def test_texts_that_share_words_are_alike() -> None:
    red = "Why did my red widget shatter in the rain?"
    assert score(red, "My red widget shattered when it rained") > 0.3
    assert score(red, "My red widget shattered when it rained") > score(red, "Why is the sky over my house red?")
    assert score(red, "Does the hub need an update?") < 0.1


def test_forms_of_a_word_are_alike() -> None:
    assert score("shattering widgets", "shattered widget") > 0.3


def test_accents_case_and_width_do_not_matter() -> None:
    plain = score("cafe widget maschine", "cafe widget maschine")
    assert score("CAFÉ Widget Maschine", "café wídget ｍaschine") == plain


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("蓝色小部件下雨天坏了", "蓝色小部件雨天坏了吗", "忘记密码如何重置"),
        ("青いウィジェットが雪で割れた", "青いウィジェットは雪で割れますか", "請求書を印刷したい"),
        ("파란색 위젯이 눈에 깨졌어요", "파란색 위젯이 눈에서 깨져요", "비밀번호를 잊어버렸어요"),
        ("วิดเจ็ตสีฟ้าแตกในหิมะ", "วิดเจ็ตสีฟ้าแตกเพราะหิมะ", "ลืมรหัสผ่านทำอย่างไร"),
        ("Синий виджет треснул от мороза", "Синие виджеты трескаются на морозе", "Забыл пароль от счёта"),
        ("انكسر الجهاز الأزرق في الثلج", "لماذا انكسر الجهاز الأزرق بسبب الثلج", "نسيت كلمة المرور"),
        ("नीला विजेट बर्फ में टूट गया", "मेरा नीला विजेट बर्फ में टूटा", "पासवर्ड भूल गया"),
    ],
)
def test_every_script_is_compared(one: str, near: str, far: str) -> None:
    assert score(one, near) > 0.3
    assert score(one, far) < score(one, near) / 3


def test_a_text_that_says_little_is_not_quite_like_itself() -> None:
    assert score("help", "help") < score("help my red widget shattered", "help my red widget shattered") < 1


@pytest.mark.parametrize("texts", [[], [""], ["", "?!"], ["", "a word"]])
def test_texts_without_words_have_no_pairs(texts: list[str]) -> None:
    vectors = LexicalEngine().vectors(texts)
    assert len(vectors) == len(texts)
    assert len(vectors.pairs(0.1)) == 0


WORDS = st.lists(
    st.sampled_from(["red", "blue", "widget", "rain", "hub", "shatter", "红色", "部件", "update"]), max_size=6
).map(" ".join)


@given(st.lists(WORDS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_matter(texts: list[str], random: Random) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)
    scores = {tuple(sorted((texts[i], texts[j]))): s for i, j, s in LexicalEngine().vectors(texts).pairs(0.01).rows()}
    shuffled = [texts[i] for i in order]
    again = {
        tuple(sorted((shuffled[i], shuffled[j]))): s for i, j, s in LexicalEngine().vectors(shuffled).pairs(0.01).rows()
    }
    assert scores == again  # to the last bit


def random_vectors(rows: int, features: int, seed: int) -> tuple[SparseVectors, np.ndarray]:
    """Some sparse vectors, and the same as a matrix."""
    generator = np.random.default_rng(seed)
    matrix = np.rint(generator.random((rows, features)) ** 4 * UNIT / 2) * (generator.random((rows, features)) < 0.2)
    start = np.concatenate(([0], np.cumsum((matrix > 0).sum(axis=1)))).astype(np.int64)
    row, feature = np.nonzero(matrix)
    return SparseVectors(start=start, feature=feature, weight=matrix[row, feature], feature_count=features), matrix


@pytest.mark.parametrize(("rows", "features"), [(1, 5), (60, 40), (300, 700)])
def test_no_pair_is_missed(rows: int, features: int) -> None:
    vectors, matrix = random_vectors(rows, features, seed=rows)
    products = matrix @ matrix.T / UNIT**2
    for least in (0.02, 0.1, 0.4):
        expected = {(i, j): products[i, j] for i, j in zip(*np.nonzero(products >= least), strict=True) if i < j}
        found = {(i, j): s for i, j, s in vectors.pairs(least).rows()}
        assert found == expected


def test_sums_are_the_products_of_all_members() -> None:
    vectors, matrix = random_vectors(12, 30, seed=1)
    sums = vectors.sums()
    sums.merge(0, 3)
    sums.merge(0, 7)
    sums.merge(1, 2)
    expected = (matrix[[0, 3, 7]].sum(axis=0) @ matrix[[1, 2]].sum(axis=0)) / UNIT**2
    assert sums.product(0, 1) == expected
    assert sums.product(1, 0) == expected
    assert sums.product(4, 5) == matrix[4] @ matrix[5] / UNIT**2


def test_similarities_to_one_text_agree_with_the_sums() -> None:
    vectors = LexicalEngine().vectors(["a red widget", "the red one", "something else", ""])
    sums = vectors.sums()
    for one in range(4):
        assert vectors.similarities_to(one).tolist() == pytest.approx([sums.product(one, other) for other in range(4)])
