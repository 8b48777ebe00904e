"""The slug of a question: the last part of its site path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.group.make_slug import make_slug
from faq_builder.model.ledger import SLUG

ID = "4h2kq0x1zb"


@pytest.mark.parametrize(
    ("question", "names", "slug"),
    [
        ("Why did my red widget shatter?", (), "why-did-my-red-widget-shatter"),
        ("Don't the widgets’ hinges rust?", (), "dont-the-widgets-hinges-rust"),
        ("Größe, façade & smørrebrød", (), "grosse-facade-smorrebrod"),
        ("红色小部件坏了", (), ID),
        ("红色小部件 4.2", (), ID),
        ("红色 widget 4.2", (), "widget-4-2"),
        ("Почему?", (), ID),
        ("?!", (), ID),
        ("", (), ID),
        ("Fred: why does it break?", ("Fred",), "why-does-it-break"),
        ("Fred's widget and Freds hub", ("fred",), "widget-and-hub"),
        ("What did Zoë Zimt say about rain?", ("Zoë Zimt",), "what-did-say-about-rain"),
        ("Thanks Zimt", ("Zoë Zimt",), "thanks"),
        ("Fred", ("Fred",), ID),
        ("Is it de rigueur?", ("Ana de Souza",), "is-it-de-rigueur"),
        ("a" * 100, (), "a" * 80),
        ("word " * 30, (), "-".join(["word"] * 16)),
    ],
)
def test_the_slug_of_a_question(question: str, names: tuple[str, ...], slug: str) -> None:
    assert make_slug(question, ID, names, ()) == slug


def test_a_taken_slug_gets_the_id() -> None:
    assert make_slug("Red widget", ID, (), {"red-widget"}) == f"red-widget-{ID}"


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3), st.booleans())
def test_every_slug_is_valid_and_free(question: str, names: list[str], again: bool) -> None:
    taken = {make_slug(question, ID, names, ())} - {ID} if again else set()
    slug = make_slug(question, ID, names, taken)
    assert SLUG.fullmatch(slug)
    assert slug not in taken
