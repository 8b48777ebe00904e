"""The words that a reply answers: what is asked last, unless the headline asks it."""

from dataclasses import replace

import pytest

from faq_builder.group import replied_words
from faq_builder.model import Author, Message, PublicText, PublicThread, Role
from thread_samples import a_thread

HEADLINE = PublicText("How long may I send a widget back?")


def words(body: str, *, reply: str = "Not at all. The days begin on the birthday.", title: str | None = None) -> str:
    thread = a_thread("1", title or HEADLINE.value, body=body, reply=reply)
    return str(replied_words(thread, thread.messages[1], HEADLINE) or "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Bought in April for a birthday in June. Is it too late to return it?", "Is it too late to return it?"),
        ("Is the carton needed?\n\nThanks in advance!\nFred", "Is the carton needed?"),
        ("Hi all! It hums at night, and only on wood. Any ideas?", "It hums at night, and only on wood."),
        (
            "Does it need the original carton and slip? Any help is welcome, thank you?",
            "Does it need the original carton and slip?",
        ),
        ("My carton went to the hamster. Too bad, hm?", "My carton went to the hamster. Too bad, hm?"),
        ("Meines ist acht Jahre alt. Muss ich es einschicken?", "Meines ist acht Jahre alt. Muss ich es einschicken?"),
        ("Le carton est perdu. Faut-il le carton d’origine pour cela ?", "Faut-il le carton d’origine pour cela ?"),
        ("Perdí la caja. ¿Necesito la caja original para eso?", "¿Necesito la caja original para eso?"),
        ("I would like to know whether the carton matters", "I would like to know whether the carton matters"),
        (
            "> Do you ship to Norway, too?\n\nIs the *original* [carton](https://a.example/) needed?",
            "Is the original carton needed?",
        ),
        ("Is `--carton` needed for the slip?\n\n```sh\nwhy --not?\n```", "Is --carton needed for the slip?"),
        (
            "It is shut. Is the lid stuck (or is it glued? I fear so) at its rim?",
            "Is the lid stuck (or is it glued? I fear so) at its rim?",
        ),
        (
            "Is the original carton needed, e.g. The blue one?\n-- \nFred, any questions?",
            "Is the original carton needed, e.g. The blue one?",
        ),
    ],
)
def test_what_is_asked_last_is_quoted(body: str, expected: str) -> None:
    assert words(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "",
        "See title.",
        "Thanks!",
        "So how long may I send back a widget?",  # the headline asks it
        "Any ideas?",
        "It is blue. " * 40,  # a long story that asks nothing
        "> Is the original carton needed?",
        "```\nIs the original carton needed?\n```",
    ],
)
def test_nothing_is_quoted_if_nothing_else_is_asked(body: str) -> None:
    assert words(body, reply="Sixty days, and for presents sixty days from the birthday.") == ""


def test_an_answer_in_the_words_of_a_conversation_shows_what_was_said_before() -> None:
    story = "It came in three cartons with a lot of paper around each. " * 4
    body = f"{story}\n\nI know that `-k` makes it go away. I would rather not."
    said = "I know that -k makes it go away. I would rather not."
    assert words(body, reply="Good that you did not. Here is how.", title="Certificate error") == said
    assert words(body, reply="Fetch the root once and name it.", title="Certificate error") == "Certificate error"
    assert words(body, reply="No.") == ""  # to the headline


def test_the_title_of_a_thread_under_another_headline_is_quoted_last() -> None:
    assert words("", title="Birthday present, opened late") == "Birthday present, opened late"
    assert words("Is the original carton needed?", title="Birthday present") == "Is the original carton needed?"
    assert words("", title="How long may I send widgets back") == ""


def test_the_message_that_is_replied_to_goes_before_the_question() -> None:
    thread = a_thread("1", HEADLINE.value, body="Is the original carton needed?")
    second = Message(id="3", body=PublicText("And what about the little green slip?"), role=Role.ASKER, reply_to="2")
    third = Message(id="4", body=PublicText("It helps."), role=Role.STAFF, reply_to="3")
    fourth = Message(id="5", body=PublicText("It helps."), role=Role.STAFF, reply_to="2")
    thread = replace(thread, messages=(*thread.messages, second, third, fourth))
    assert str(replied_words(thread, third, HEADLINE)) == "And what about the little green slip?"
    assert str(replied_words(thread, fourth, HEADLINE)) == "Is the original carton needed?"


@pytest.mark.parametrize("opening", ["[name removed] is right: the", "@ben was right. The", "Ben hat recht, der"])
def test_a_reply_that_calls_another_right_shows_what_that_one_said(opening: str) -> None:
    thread = a_thread("1", HEADLINE.value, body="May I pull the plug of the hub?", reply="Please don't yet!")
    agreeing = Message(
        id="3", body=PublicText(f"{opening} hub waits."), role=Role.STAFF, author=Author(key="ada", name=None)
    )
    thread = replace(thread, messages=(*thread.messages, agreeing))
    assert str(replied_words(thread, agreeing, HEADLINE)) == "Please don't yet!"


def test_long_words_are_cut_between_words() -> None:
    quoted = words("Is the original carton, " + "which came with the blue widget, " * 9 + "needed?")
    assert len(quoted) <= 150
    assert quoted.endswith("…")
    assert quoted.startswith("Is the original carton")


def test_a_message_of_no_thread_and_the_question_itself_reply_to_nothing() -> None:
    thread: PublicThread = a_thread("1", "Rain?", body="Is the original carton needed?")
    written = Message(id="written", body=PublicText("No."), role=Role.STAFF)
    assert replied_words(thread, written, HEADLINE) is None
    assert replied_words(thread, thread.question, HEADLINE) is None


@pytest.mark.parametrize(
    "body", ["?" * 9000, "[" * 9000, "a? " * 9000, "\n- " * 9000, "*_`\\" * 3000, "\ud800?", "¿?؟？"]
)
def test_hostile_bodies_end_quickly_and_give_short_words(body: str) -> None:
    assert len(words(body)) <= 150


def test_under_a_headline_that_asks_the_same_the_title_is_not_quoted() -> None:
    thread = a_thread(
        "1", "Opened late", body="It was a present. Is it too late to return a present?", reply="Not at all."
    )
    assert replied_words(thread, thread.messages[1], PublicText("Is it too late to return a present?")) is None


def test_a_no_to_the_headline_quotes_no_statement() -> None:
    thread = a_thread("1", "Is the hub loud?", body="I sleep next to it.", reply="No.")
    assert replied_words(thread, thread.messages[1], thread.title) is None
