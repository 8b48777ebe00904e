"""Later replies of the answer's author or of staff that say what has become of the answer."""

from dataclasses import replace

import pytest

from faq_builder.group import updates_of, updating_sentence
from faq_builder.model import Author, Message, PublicText, Role
from thread_samples import a_thread

ZOE = Author(key="zoe", name=PublicText("Zoë Zimt"))


def found(text: str, *, role: Role = Role.HELPER, author: Author[PublicText] | None = ZOE) -> list[str]:
    thread = a_thread("1", "Can it publish over MQTT?", reply="We are building this.")
    later = Message(id="3", body=PublicText(text), role=role, author=author)
    thread = replace(thread, messages=(*thread.messages, later))
    return [one.id for one in updates_of(thread, thread.messages[1], ("2",))]


@pytest.mark.parametrize(
    "text",
    [
        "Hey @fred this is now built! See #12.",
        "OK, this is fixed now, please upgrade to v1.0.30.",
        "Fixed in 3.2.",
        "Install `0.12.11-beta.0` to get a fix!",
        "Just released `hub@4.12.0` with it.",
        "That step is no longer needed.",
        "Update: the setting is called `mqtt` in hub 5.",
        "*edit*\\\nThis is now closed.",
        "Das ist inzwischen eingebaut.",
        "Cela est maintenant disponible.",
        "Ya está disponible.",
    ],
)
def test_what_has_become_of_an_answer_is_an_update(text: str) -> None:
    assert found(text) == ["3"]
    assert found(text, author=Author(key="staff"), role=Role.STAFF) == ["3"]


@pytest.mark.parametrize(
    "text",
    [
        "Is this now built?",
        "This will be fixed in 3.2.",
        "It should now be fixed, but is not.",
        "Once this is released we will write here.",
        "Update: we will have a look at it.",
        "> This is now built!\n\nGreat.",
        "```\nfixed in 3.2\n```\nhm",
        "It is already built into the cable.",
        "I have now added a note on this.",
        "It is all about trains. " * 30 + "Just released 4.12.",
        "This no longer works since 4.2. It was fixed in 4.1.",  # contradicts: staff are asked
    ],
)
def test_what_did_not_happen_yet_or_contradicts_is_none(text: str) -> None:
    assert found(text) == []


def test_only_the_author_of_the_answer_and_staff_update_it() -> None:
    assert found("This is now built!", author=Author(key="fred"), role=Role.ASKER) == []
    assert found("This is now built!", author=None) == []
    assert found("This is now built!", role=Role.BOT) == []


def test_earlier_and_chosen_replies_are_no_updates() -> None:
    thread = a_thread("1", "MQTT?", reply="This is now built!")
    later = Message(id="3", body=PublicText("Fixed in 3.2."), role=Role.STAFF, author=ZOE)
    thread = replace(thread, messages=(*thread.messages, later))
    assert updates_of(thread, later, ("3",)) == ()
    assert updates_of(thread, thread.messages[1], ("2", "3")) == ()


def test_the_sentence_of_an_update_is_found() -> None:
    message = Message(id="3", body=PublicText("Hi Fred.\n\nThis is now built! See #12. Bye."), role=Role.STAFF)
    assert updating_sentence(message) == "This is now built!"
