"""What belongs to the form of a question, and what does not: each case is a kind of writing, not a word."""

import pytest

from faq_builder.similarity import Form, asks_nothing, same_but_for_form

SAME = [
    ("How do I reset my hub?", "how can i reset the hub"),
    ("HOW TO RESET THE HUB", "How to reset the hub..."),
    ("Set up Wi-Fi on the hub", "Setup wifi on the hub?"),
    ("What's the colour of the LED", "What is the color of LEDs?"),
    ("On Windows, how do I install the app?", "How to install the app on Windows"),
    ("Hub 3: won't start", "Hub 3 will not start"),
    ("E-mail isn’t delivered", "email is not delivered"),
    ("Tea and coffee", "coffee & tea"),
    ("Hi, please help: hub offline", "Hub offline"),
    ("1,000 devices", "1000 devices"),
    ("How do I reset ?", "How do I reset?"),
    ("Error : 401", "Error: 401"),
    ("The **red** light blinks", "The red light blinks"),
    ("Batteries die", "Battery dies"),
    ("two hubs", "2 hubs"),
    ("Organise photos", "organize photos"),
    ("x ≤ 3", "x <= 3"),
    ("Does anyone know how to cancel my order?", "How do I cancel my order?"),
    ("Wie setze ich den Hub zurück?", "wie setze ich den hub zurück"),
]
DIFFERENT = [
    ("Filter with a <= b", "Filter with a >= b"),
    ("What does - mean on the display?", "What does + mean on the display?"),
    ("What does 🔴 mean", "What does 🟢 mean"),
    ("price in $", "price in €"),
    ("What does ? match in a glob", "What does * match in a glob"),
    ("Is C slow", "Is C++ slow"),
    ("The C# app", "The C app"),
    ("tar flag -r", "tar flag -R"),
    ("A limit of 5 MB", "A limit of 5 Mb"),
    ("Does A simulate B", "Does B simulate A"),
    ("set it to -5 degrees", "set it to 5 degrees"),
    ("sync from hub to app", "sync from app to hub"),
    ("open A with B", "open B with A"),
    ("page 1 23", "page 12 3"),
    ("What does : do", "What does ; do"),
    ("f(x)", "f[x]"),
    ("x -> y", "x <- y"),
    ("What does x³ give", "What does x² give"),
    ("Which plan has support", "Which plan lacks support"),
    ("Lock the door", "Unlock the door"),
    ("Pay before delivery", "Pay after delivery"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_form_is_no_difference(one: str, other: str) -> None:
    assert same_but_for_form(one, other)
    assert same_but_for_form(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_all_else_is_a_difference(one: str, other: str) -> None:
    assert not same_but_for_form(one, other)
    assert not same_but_for_form(other, one)


@pytest.mark.parametrize("text", ["✅", "!!!", "→", "???", "", "1 2", "+"])
def test_a_text_without_a_word_is_like_no_other(text: str) -> None:
    assert not same_but_for_form(text, text)


@pytest.mark.parametrize("title", ["Help", "Login issue", "Error on startup", "Need help please!", "A question"])
def test_a_generic_title_has_no_subject(title: str) -> None:
    assert not Form.of(title).subject


@pytest.mark.parametrize(
    ("title", "points"),
    [
        ("How do I reset it?", True),
        ("Why does it not connect?", True),
        ("What does this light mean?", True),
        ("Is it possible to reset the hub?", False),
        ("The hub is dead, how do I reset it?", False),
        ("How do I reset the hub?", False),
    ],
)
def test_a_pronoun_needs_its_noun(title: str, points: bool) -> None:
    assert Form.of(title).points_elsewhere is points


@pytest.mark.parametrize(
    "title",
    [
        "Weekly thread #12",
        "Monthly coffee discussion thread",
        "Announcing the new beta",
        "March 2024 release",
        "Photo of the month",
        "Photo contest",
        "Hub 4.2 released",
        "test",
        "Test post 2",
        "asdfasdf",
        "2023 in review",
        "[Support] Brumo Player",
    ],
)
def test_what_asks_nothing(title: str) -> None:
    assert asks_nothing(title)


@pytest.mark.parametrize(
    "title",
    ["How do I create a poll?", "Tests fail on Windows", "Where do I enter a giveaway code?", "Hub 4.2 is slow"],
)
def test_what_asks_something(title: str) -> None:
    assert not asks_nothing(title)
