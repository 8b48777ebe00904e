"""Parts of questions: which words they have, how many there are, and that they are the same each time."""

from faq_builder.search.meaning.augmentation import EACH, MOST, practice

TEXTS = ["my red widget does not start after rain", "where do I find the blue gear"]


def test_parts_hold_words_of_a_text_and_of_its_neighbour_only() -> None:
    parts = practice(TEXTS)
    words = {word for text in TEXTS for word in text.split()}
    assert 2 < len(parts) <= EACH * len(TEXTS)
    assert all(set(part.split()) <= words for part in parts)
    assert parts == practice(TEXTS)


def test_a_text_of_one_word_has_no_parts() -> None:
    assert practice(["widget"]) == []


def test_large_sites_have_no_parts() -> None:
    assert practice([f"widget number {number}" for number in range(MOST + 1)]) == []
