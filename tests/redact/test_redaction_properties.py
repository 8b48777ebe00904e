"""Laws of redaction: planted data never survives, twice equals once, a text without private data stays as it is."""

import string

import planted
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.config import RedactRules
from faq_builder.redact import redact_text

RULES = RedactRules()
PLACES = {
    "prose": "Hello, {} is mine.\nThanks!",
    "a line of its own": "Hello\n\n{}\n\nThanks!",
    "code": "run `{}` or\n\n```sh\nexport X={}\n```\n",
    "a quote": "> > {}\n\nwhat is that?",
    "a list": "- {}\n- other",
    "a table": "| a | b |\n|---|---|\n| {} | 2 |",
    "bold": "**{}** is _{}_",
    "a label": "[{}](https://widgets.example/)",
    "brackets": "({}) [{}] <{}>",
    "a title": "Why does {} not work?",
    "a JSON text": '{{"x": "{}"}}',
}
TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n.,:@+-_()[]<>*`/=%&;#!?0123456789"), st.sampled_from(string.ascii_letters), st.characters()
    ),
    max_size=200,
)


@pytest.mark.parametrize("place", sorted(PLACES))
@given(secret=planted.everything)
@settings(deadline=None, max_examples=60)
def test_what_is_planted_never_survives(place: str, secret: str) -> None:
    public = redact_text(PLACES[place].replace("{{", "{").replace("}}", "}").replace("{}", secret), RULES).value
    assert secret not in public
    assert "removed]" in public


@given(secret=st.one_of(planted.emails, planted.keys))
@settings(deadline=None)
def test_no_link_keeps_what_is_planted(secret: str) -> None:
    for link in (
        f"[x](https://rain.net/?q={secret}&y=1)",
        f"<https://rain.net/?q={secret}>",
        f"[1]: https://rain.net/{secret}",
    ):
        assert secret not in redact_text(link, RULES).value


@given(before=TEXTS, secret=planted.everything, after=TEXTS)
@settings(deadline=None)
def test_redacting_twice_equals_once(before: str, secret: str, after: str) -> None:
    once = redact_text(f"{before} {secret} {after}", RULES)
    assert redact_text(once.value, RULES) == once


@given(words=st.lists(st.text(string.ascii_letters, min_size=1, max_size=12)))
@settings(deadline=None)
def test_a_text_of_mere_words_stays_as_it_is(words: list[str]) -> None:
    text = " ".join(words)
    for separator in (" ", ", ", "\n\n", "* "):
        text = separator.join(words)
        if " at " not in text.lower() and " dot " not in text.lower():
            assert redact_text(text, RULES).value == text


@given(text=TEXTS)
@settings(deadline=None)
def test_any_text_can_be_redacted(text: str) -> None:
    once = redact_text(text, RULES)
    assert redact_text(once.value, RULES) == once


HOSTILE = "a 1 @ a. a@ 1. +1 a@a. ]( [ < %40 &#64; * ` \\ :// sk- eyJ token= 4111 DE89 :: １ 1\t0\t a\tat\t >\t"
KEY_BEGINS = "-----BEGIN PRIVATE KEY-----"


@pytest.mark.parametrize("piece", [*(p.replace("\t", " ") for p in HOSTILE.split(" ")), "\u200b", KEY_BEGINS])
def test_a_hostile_text_ends(piece: str) -> None:
    """Catastrophic backtracking would not end within a lifetime; nothing is timed here."""
    redact_text(piece * (150_000 // len(piece)), RULES)
