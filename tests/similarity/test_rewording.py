"""Titles in slightly other words, and what is no rewording."""

import pytest

from faq_builder.similarity import are_told_apart, same_but_for_wording
from faq_builder.similarity.rewording import is_misspelt

SAME = [
    ("Changing the lamp shade", "How do I change the lamp shade?"),
    ("How do I clean the keybaord?", "How do I clean the keyboard?"),
    ("How do I delete a recipe?", "Can I remove a recipe?"),
    ("Is there a way to export recipes?", "How can I export recipes?"),
]
DIFFERENT = [
    ("How do I upload a recipe?", "How do I unload a recipe?"),
    ("How do I lock the lid?", "How do I unlock the lid?"),
    ("Why does the lamp blink?", "How does the lamp blink?"),
    ("Clean before grinding", "Clean after grinding"),
    ("Does the tablet control the lamp?", "Does the lamp control the tablet?"),
    ("Is the charger hot?", "Is the hot charging?"),
    ("Reset the K2 kettle", "Reset the K3 kettle"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_inflections_synonyms_and_misspellings_are_no_difference(one: str, other: str) -> None:
    assert same_but_for_wording(one, other)
    assert same_but_for_wording(other, one)
    assert not are_told_apart(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_any_other_word_is_a_difference(one: str, other: str) -> None:
    assert not same_but_for_wording(one, other)
    assert not same_but_for_wording(other, one)


@pytest.mark.parametrize(
    ("wrong", "right", "is_wrong"),
    [
        ("recieve", "receive", True),
        ("adress", "address", True),
        ("unload", "upload", False),  # a replaced letter
        ("public", "publics", False),  # at the end
        ("trail", "trial", False),  # both are words
        ("teh", "the", False),  # too short
    ],
)
def test_misspellings(wrong: str, right: str, is_wrong: bool) -> None:
    assert is_misspelt(wrong, right) is is_wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Which plan has phone support?", "Which plan lacks phone support?"),
        ("What does 🔴 mean on the kettle?", "What does 🟢 mean on the kettle?"),
        ("Weekly kettle thread", "Weekly kettle chat thread"),
        ("Passive care for brass", "Active care for brass"),
    ],
)
def test_nearly_the_same_words_are_told_apart(one: str, other: str) -> None:
    assert are_told_apart(one, other)


def test_other_words_throughout_are_not_told_apart() -> None:
    assert not are_told_apart("The lamp stays dark", "No light comes out at night")
