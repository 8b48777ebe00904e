"""Excerpts: short, cut at the end of a sentence or word, and still valid Markdown."""

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.config import RedactRules
from faq_builder.redact import redact_text
from faq_builder.redact.excerpt import make_excerpt

SENTENCE = "Red widgets shatter in the rain, the blue ones hold. "


def cut(text: str) -> str:
    return make_excerpt(redact_text(text, RedactRules())).value


def test_a_short_text_stays_whole() -> None:
    assert cut("It broke.\n\nWhy?") == "It broke.\n\nWhy?"
    assert cut(SENTENCE * 6) == (SENTENCE * 6).rstrip()


def test_a_long_text_ends_with_a_sentence() -> None:
    assert cut(SENTENCE * 20) == (SENTENCE * 5).rstrip() + " …"


def test_whole_paragraphs_come_first() -> None:
    text = SENTENCE * 3 + "\n\n" + SENTENCE * 2 + "\n\n" + SENTENCE * 9
    assert cut(text) == (SENTENCE * 3).rstrip() + "\n\n" + (SENTENCE * 2).rstrip() + " …"


def test_a_text_without_sentences_ends_between_words() -> None:
    shown = cut("widget " * 200)
    assert shown.endswith("widget …")
    assert len(shown) <= 302


def test_a_fence_is_closed() -> None:
    shown = cut("Look:\n\n```sh\n" + "make widgets\n" * 100 + "```\n\nDone.")
    assert shown.count("```") == 2
    assert shown.endswith("```\n\n…")


def test_a_link_is_not_cut_in_two() -> None:
    link = "[the long manual of widgets](https://widgets.example/" + "a" * 200 + ")"
    shown = cut("word " * 30 + link + " and so on. " * 40)
    assert link in shown or "[the" not in shown


@pytest.mark.parametrize(
    "body", ["a" * 5_000, "`" + "a b " * 200 + "`", "[" + "a " * 400 + "](https://widgets.example/)"]
)
def test_what_cannot_be_cut_is_left_out(body: str) -> None:
    shown = cut(body)
    assert shown.endswith("…")
    assert len(shown) < 400


PARTS = [SENTENCE, "\n\n", "**bold words** ", "`code` ", "[x](https://a.example/b) ", "- item\n"]


@given(parts=st.lists(st.sampled_from(PARTS)))
@settings(deadline=None)
def test_cutting_again_changes_nothing_and_markdown_stays_whole(parts: list[str]) -> None:
    shown = cut("".join(parts) + SENTENCE * 8)
    assert cut(shown) == shown
    assert len(shown) <= 420
    html = cmarkgfm.github_flavored_markdown_to_html(shown)
    assert "](" not in html
    assert "**" not in html
    assert "`" not in html
