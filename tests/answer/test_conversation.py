"""Who reacts to what, in which tone, and which messages may be the answer."""

from datetime import UTC, datetime

import pytest

from faq_builder.answer.conversation import Conversation, Reaction, Tone, only_asks, read_conversation
from faq_builder.config import RedactRules
from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey
from faq_builder.redact import redact_threads

ASKER, HELPER = Role.ASKER, Role.HELPER
BLUE = "Take the blue widget, it holds in the rain and costs the same."


def talk(*messages: tuple[Role, str] | tuple[Role, str, str]) -> Conversation:
    """Return a conversation of (role, body, id of the message that it replies to), after a question."""
    raw = [RawMessage(id="0", body="My widget broke. Why?", role=ASKER, author=Author(key="asker"))]
    for number, (role, body, *reply_to) in enumerate(messages, 1):
        raw.append(
            RawMessage(
                id=str(number),
                body=body,
                role=role,
                author=Author(key=role.value),
                written_at=datetime(2024, 5, number, tzinfo=UTC),
                reply_to=reply_to[0] if reply_to else None,
            )
        )
    thread = RawThread(key=ThreadKey("forum", "1"), format="discourse", title="Broken", messages=tuple(raw))
    return read_conversation(redact_threads([thread], {}, RedactRules()).threads[0])


@pytest.mark.parametrize(
    ("words", "tone"),
    [
        ("That worked!", Tone.WORKED),
        ("That did the trick. But why is it slow?", Tone.WORKED),
        ("Thanks a lot.", Tone.THANKS),
        ("Thanks, but which one?", Tone.HALF),
        ("It still does not turn.", Tone.FAILED),
        ("Which one?", Tone.ASKS),
        ("I have the red one.", Tone.OTHER),
    ],
)
def test_the_tone_of_a_reaction(words: str, tone: Tone) -> None:
    long_end = " The next thing that I want to build is a widget for the garden, and it should be green." * 3
    for body in (words, words + long_end) if tone is not Tone.WORKED or "But" not in words else (words + long_end,):
        (reaction,) = talk((HELPER, BLUE), (ASKER, body)).reactions
        assert reaction.to == 1
        assert reaction.tone is tone or "But" in body


def test_a_reaction_is_to_the_named_message_or_else_to_the_last_one_by_others() -> None:
    found = talk((HELPER, BLUE), (HELPER, BLUE), (ASKER, "Thanks!", "1"), (ASKER, "Thanks!"), (ASKER, "Thanks!", "3"))
    assert [(r.at, r.to) for r in found.reactions] == [(3, 1), (4, 2), (5, 2)]
    assert found.last_word == 5


def test_nobody_reacts_before_anybody_replied() -> None:
    assert talk((ASKER, "Thanks!"), (HELPER, BLUE)).reactions == ()


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Which version is it?", True),
        ("Hi! Which version is it? And since when?", True),
        ("Take the blue one, it holds in the rain and costs the same as the red one. Or is it for snow?", False),
        ("Take the blue one. Does that help?", False),
        ("Does that help?", False),
        ("It is blue.", False),
        ("", False),
    ],
)
def test_a_reply_only_asks(words: str, asks: bool) -> None:
    assert only_asks(words) is asks


def test_possible_answers_are_neither_small_talk_nor_thanks_nor_questions() -> None:
    found = talk((HELPER, "+1"), (HELPER, "Which one?"), (HELPER, BLUE), (ASKER, "It works now, thank you!"))
    assert found.candidates == (3,)
    assert found.reactions == (Reaction(4, 3, Tone.WORKED),)
