"""The beginning of an answer, readable on one line."""

import pytest

from faq_builder.model import PublicText
from faq_builder.render.excerpt import excerpt

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
    assert str(excerpt(PublicText(text), 160)) == expected


def test_a_long_text_is_cut_at_a_word() -> None:
    assert str(excerpt(PublicText("dry and *warm*, " * 100), 40)) == "dry and warm, dry and warm, dry and…"


@pytest.mark.parametrize("before", [200, 500, 2000])
def test_what_follows_long_code_or_long_addresses_is_reached(before: int) -> None:
    code = f"```\n{'x ' * before}\n```\n\nThen wait."
    assert str(excerpt(PublicText(code), 60)) == "… Then wait."
    link = f"[here](https://widgets.example/{'x' * before}) or there."
    assert str(excerpt(PublicText(link), 60)) == "here or there."
