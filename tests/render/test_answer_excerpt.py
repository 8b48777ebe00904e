"""The beginning of an answer, readable on one line."""

import pytest

from faq_builder.model import PublicText
from faq_builder.render.excerpt import answer_excerpt

TABLE = "| Base | fits |\n|---|---|\n| single | red, blue |\n| double | green |\n\nDone."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, "Base · fits; single · red, blue; double · green; Done."),
        ("Call it:\n\n```sh\ncurl x\n```\n\nThen wait.", "Call it: … Then wait."),
        ("```\nonly code\n```", "only code"),
        ("- a\n- b\n  - c.\n- d\n\nEnd `x <b>`", "a; b; c. d End x <b>"),
        ("## What you need\n\nA **key**board.", "What you need: A keyboard."),
        ("## Really?\n\nYes.", "Really? Yes."),
        ("![A ring](ring.png) and &lt;b&gt;", "A ring and <b>"),
        ("", ""),
    ],
)
def test_parts_are_told_apart(text: str, expected: str) -> None:
    assert str(answer_excerpt(PublicText(text), 160)) == expected


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("[name removed] is right: ", "the hub waits for a widget that sleeps."),
        ("[name removed] is right. ", "Red widgets are unglazed clay."),
        ("@ada @ben, ", "take the blue one to the garden."),
        ("Hi Ada!\n\n", "Take the blue one to the garden."),
        ("Hello everyone, welcome to the board. Many thanks for the kind post. ", "Take the blue one to the garden."),
        ("Thank you for the kind post, Fred, and I am sorry. ", "Nothing was wrong with your widget."),
        ("Vielen Dank! ", "Nehmen Sie das blaue für den Garten."),
    ],
)
def test_greetings_thanks_and_names_are_left_out(opening: str, rest: str) -> None:
    assert str(answer_excerpt(PublicText(opening + rest), 160)) == rest[0].upper() + rest[1:]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, that did it.",  # there is nothing else
        "Thanks to the update to 4.10 the widget is waterproof now. Take it outdoors.",
        "Thank you for asking: it is waterproof. Take it outdoors.",
        "High voltage is dangerous, so take care of the plug.",
        "Thanksgiving is a holiday. Nobody sends widgets on that day.",
        "[name removed] sold the widget to somebody who knows it.",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    assert str(answer_excerpt(PublicText(text), 160)) == text


def test_a_long_text_is_cut_at_a_word() -> None:
    assert str(answer_excerpt(PublicText("dry and *warm*, " * 100), 40)) == "dry and warm, dry and warm, dry and…"


@pytest.mark.parametrize("before", [200, 500, 2000])
def test_what_follows_long_code_or_long_addresses_is_reached(before: int) -> None:
    code = f"```\n{'x ' * before}\n```\n\nThen wait."
    assert str(answer_excerpt(PublicText(code), 60)) == "… Then wait."
    link = f"[here](https://widgets.example/{'x' * before}) or there."
    assert str(answer_excerpt(PublicText(link), 60)) == "here or there."
