"""Parts of questions for training: their words, their number, and that they are the same each time."""

from faq_builder.search.meaning.augmentation import MAX_PARTS, MAX_PARTS_PER_TEXT, question_parts

TEXTS = ["my red widget does not start after rain", "where do I find the blue gear"]


def test_parts_hold_words_of_a_text_and_of_its_neighbour_only() -> None:
    parts = question_parts(TEXTS)
    words = {word for text in TEXTS for word in text.split()}
    assert 2 < len(parts) <= MAX_PARTS_PER_TEXT * len(TEXTS)
    assert all(set(part.split()) <= words for part in parts)
    assert parts == question_parts(TEXTS)


def test_a_text_of_one_word_has_no_parts() -> None:
    assert question_parts(["widget"]) == []


def test_large_sites_have_no_parts() -> None:
    assert question_parts([f"widget number {number}" for number in range(MAX_PARTS + 1)]) == []
