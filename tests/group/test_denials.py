"""Leading answers that begin with a denial: which are reported, and which decisions end the report."""

from dataclasses import replace
from datetime import date

import pytest

from faq_builder.config import RedactRules
from faq_builder.group.denials import find_denials
from faq_builder.model import Note, NoteKind
from faq_builder.redact import redact_text
from topic_samples import a_topic

ASKED = "It was a present. Is it too late to send it back?"


def reported(reply: str, headline: str = "How long may I send a widget back?", note: Note | None = None) -> bool:
    topic = a_topic("7", reply=reply)
    member = topic.members[0]
    asked = replace(member.thread.question, body=redact_text(ASKED, RedactRules()))
    title = redact_text(headline, RedactRules())
    thread = replace(member.thread, title=title, messages=(asked, *member.thread.messages[1:]))
    topic = replace(
        topic,
        question=title,
        members=(replace(member, thread=thread),),
        notes=(note,) if note else (),
    )
    return bool(list(find_denials([topic])))


@pytest.mark.parametrize(
    "reply",
    [
        "Not at all.",
        "No, take your time.",
        "**Nobody** waits for it.",
        "Nein, gar nicht.",
        "Non, pas du tout.",
        "Never!",
    ],
)
def test_a_denial_of_other_words_is_reported(reply: str) -> None:
    assert reported(reply)


@pytest.mark.parametrize("reply", ["Now is fine.", "Note the date.", "No. 5 is the form.", "Non-stop.", "Sixty days."])
def test_words_that_only_look_like_a_denial_are_not_reported(reply: str) -> None:
    assert not reported(reply)


def test_a_denial_of_the_headline_is_not_reported() -> None:
    assert not reported("Not at all.", headline="Is it too late to send it back?")


def test_a_confirmed_answer_is_not_reported() -> None:
    assert not reported("Not at all.", note=Note(kind=NoteKind.CONFIRMED, on=date(2026, 2, 1)))
