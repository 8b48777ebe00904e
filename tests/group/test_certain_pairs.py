"""Questions that the machine merges by default: the same but for form, and no body speaks against it."""

import pytest

from faq_builder.group.certain_pairs import MOST_ALIKE, certain_pairs
from faq_builder.group.question_groups import ComparedQuestion

KETTLE = "My kettle shows a red light since I descaled it with vinegar last week, and the switch stays down."
GRINDER = "The coffee grinder stopped in the middle of a portion of beans; its motor hums but the blades stand."


def joined(*asked: tuple[str, str], products: tuple[str, ...] = (), language: str = "en") -> list[tuple[int, int]]:
    questions = [ComparedQuestion(title=title, text=title, body=body, language=language) for title, body in asked]
    return list(certain_pairs(questions, products))


def test_titles_that_are_the_same_but_for_form() -> None:
    assert joined(("How do I clean the filter?", ""), ("how to clean my filter", KETTLE)) == [(0, 1)]


@pytest.mark.parametrize("title", ["How do I reset it?", "Help", "Login issue", "Reset", "Is this normal?"])
def test_a_title_without_a_subject_joins_only_equal_bodies(title: str) -> None:
    assert joined((title, ""), (title, "")) == []
    assert joined((title, KETTLE), (title, GRINDER)) == []
    assert joined((title, KETTLE), (title, f"Hello! {KETTLE}")) == [(0, 1)]


def test_bodies_speak_against_a_short_title() -> None:
    assert joined(("How do I reset the timer?", KETTLE), ("How do I reset the timer?", GRINDER)) == []
    assert joined(("How do I reset the timer?", KETTLE), ("How do I reset the timer?", KETTLE)) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"), [("on my Hub Mini", "on my Hub"), ("on Windows 11", "on a Mac"), ("since 4.1", "since 5.0")]
)
def test_bodies_that_name_different_things(one: str, other: str) -> None:
    title = "Why does the evening schedule start an hour late?"
    assert joined((title, one), (title, other), products=("Hub", "Hub Mini")) == []
    assert joined((title, one), (title, one), products=("Hub", "Hub Mini")) == [(0, 1)]


def test_series_and_placeholders_are_no_questions() -> None:
    assert joined(("Weekly coffee thread", KETTLE), ("Weekly coffee thread", KETTLE)) == []
    assert joined(("test", KETTLE), ("test", KETTLE)) == []


def test_languages_are_never_mixed() -> None:
    questions = [
        ComparedQuestion(title="Hotel Berlin", text="", language=code, body=KETTLE) for code in ("en", "de", "de-AT")
    ]
    assert list(certain_pairs(questions)) == [(1, 2)]


def test_another_language_than_english_needs_equal_bodies() -> None:
    title = "Warum ist meine Lampe heute dunkel?"
    assert joined((title, ""), (title, ""), language="de") == []
    assert joined((title, KETTLE), (title, KETTLE), language="de") == [(0, 1)]


def test_a_title_that_very_many_threads_share_names_no_question() -> None:
    assert joined(*[("How do I clean the filter?", "")] * (MOST_ALIKE + 1)) == []
