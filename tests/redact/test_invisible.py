"""Invisible characters neither reverse a text nor hide a name."""

import pytest
from conversations import ANNA, FORUM, FRED, message, thread
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.config import OptOut, RedactRules
from faq_builder.model import Author, PublicText, PublicThread, RawThread
from faq_builder.redact import redact_text, redact_threads

RULES = RedactRules()
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def public(raw: RawThread, rules: RedactRules = RULES) -> PublicThread:
    return redact_threads([raw], {"forum": FORUM}, rules).threads[0]


def body(text: str) -> str:
    return public(thread(message(1, FRED, text))).question.body.value


@pytest.mark.parametrize("mark", [*DIRECTIONS, "\ufeff", "\u200b", "\u200c", "\u200d", "\u200e", "\u00ad", "\u2060"])
def test_titles_tags_and_names_lose_invisible_characters(mark: str) -> None:
    author = Author(key="5", name=f"f{mark}red")
    raw = thread(message(1, author, "It broke"), title=f"Wid{mark}gets", tags=(f"ra{mark}in", mark))
    shown = public(raw)
    assert shown.title.value == "Widgets"
    assert shown.tags == (PublicText("rain"),)
    assert shown.question.author is not None
    assert shown.question.author.name == PublicText("fred")


def test_a_name_of_invisible_characters_is_none() -> None:
    shown = public(thread(message(1, Author(key="5", name="\u200b"), "It broke")))
    assert shown.question.author == Author(key="5")


def test_invisible_characters_hide_no_name() -> None:
    raw = thread(message(1, FRED, "x"), message(2, ANNA, "y"), title="fred\u200b_rain asks", tags=("fred_\u2060rain",))
    shown = public(raw, RedactRules(opt_outs=(OptOut(account="826"),)))
    assert shown.title.value == "[name removed] asks"
    assert shown.tags == ()


@pytest.mark.parametrize("text", [FAMILY, PERSIAN, "\u2764\ufe0f"])
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert public(thread(message(1, FRED, text), title=text)).title.value == text
    assert body(text) == text


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("if \u202ecod.exe", "if cod.exe"),
        ("if \u202ecod\u202c.exe", "if cod.exe"),
        ("a \u2067b\nc\u2069 d", "a b\nc d"),
        ("a \u2067b\u2069 c \u202ab\u202c", "a \u2067b\u2069 c \u202ab\u202c"),
        ("\u202c\u2069 end", " end"),
        ("\u2066 \u202b x\u202c \u202d y", " \u202b x\u202c  y"),
    ],
)
def test_direction_controls_of_bodies_are_balanced(written: str, published: str) -> None:
    assert body(written) == published


@given(st.text(st.sampled_from(f"a@b.c \n*{DIRECTIONS}\u200b\u200d"), max_size=40))
def test_redacting_twice_equals_once_with_invisible_characters(text: str) -> None:
    once = body(text)
    assert body(once) == once
    title = redact_text(text, RULES)
    assert redact_text(title.value, RULES) == title
