"""The author's own words in a message, without quotes and code blocks."""

import pytest

from faq_builder.model import own_words


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> Blue?\n\nYes, blue.", "Yes, blue."),
        ("Yes.\n  > Blue?\n", "Yes."),
        ("Run this:\n\n```sh\nwidget --blue\n```\n\nIt worked.", "Run this:\n\n\n\nIt worked."),
        ("~~~\n> no quote\n```\nwidget\n~~~\nDone", "Done"),
        ("It says\n```\nwidget --blue", "It says"),
        ("Take `blue` > red.", "Take `blue` > red."),
        ("> Only a quote", ""),
        ("", ""),
    ],
)
def test_own_words(body: str, expected: str) -> None:
    assert own_words(body) == expected
