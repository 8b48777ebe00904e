"""Greetings become a quiet line above the answer, in HTML."""

import re

import pytest

from faq_builder.model import Html
from faq_builder.render.folding import with_quiet_opening

REST = "Take the blue widget out to the garden."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>Hi Ada! {REST}</p>\n", f'<p class="faq-opening">Hi Ada!</p>\n<p>{REST}</p>\n'),
        (f"<p>Hi Ada!</p>\n<p>{REST}</p>\n", f'<p class="faq-opening">Hi Ada!</p>\n<p>{REST}</p>\n'),
        (f"<p>Hi &amp; you! {REST}</p>", f"<p>Hi &amp; you! {REST}</p>"),
        (
            f'<p>Hey <a href="https://a.example/">@ada</a> — {REST} <em>Soon.</em></p>\n<pre>x</pre>',
            '<p class="faq-opening">Hey <a href="https://a.example/">@ada</a> —</p>\n'
            f'<p>{REST} <em>Soon.</em></p>\n<pre>x</pre>',
        ),
        (f"<p><em>Hi Ada! {REST}</em></p>", f"<p><em>Hi Ada! {REST}</em></p>"),  # it ends within the emphasis
        ("<p>Thanks, that did it.</p>", "<p>Thanks, that did it.</p>"),  # nothing would remain
        ("<ul><li>Hi Ada!</li></ul>", "<ul><li>Hi Ada!</li></ul>"),
        ("", ""),
    ],
)  # fmt: skip
def test_greetings_are_set_apart(body: str, expected: str) -> None:
    assert with_quiet_opening(Html(body)).value == expected


@pytest.mark.parametrize(
    "body", [f"<p>Hi!</p><p>Hello Ada,</p><p>Thanks a lot. {REST}</p>", "<p>Hi! </p>" * 50, "<p>Hi <b>a</p>"]
)
def test_no_words_are_lost(body: str) -> None:
    def words(markup: str) -> list[str]:
        return re.sub("<[^>]*>", " ", markup).split()

    assert words(with_quiet_opening(Html(body)).value) == words(body)
