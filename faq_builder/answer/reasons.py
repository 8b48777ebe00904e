"""What people say is the answer: one function for each of these reasons, and the table RULES in the order of trust."""

from collections.abc import Callable
from dataclasses import dataclass

from faq_builder.answer import phrases
from faq_builder.answer.conversation import Conversation, PublicMessage, has_text, same_author
from faq_builder.model import Reason, Role
from faq_builder.read.formats.markdown import FORMAT as MARKDOWN

_MAX_CONFIRMATION = 240  # characters; people who confirm in more words usually add an answer of their own
_MIN_CONFIRMED = 40  # characters; staff confirm answers, and a shorter reply without code or link is rarely one


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way in which a person says what the answer is, and how often that is right.

    MARKED is below 1 because askers also mark "solved, thanks"; WRITTEN is the same mark in a file of the team.
    CONFIRMED is too rare in real exports to be measured, so it has a value between MARKED and the model's choices.
    """

    reason: Reason
    confidence: float  # 0 to 1
    choose: Callable[[Conversation, bool], tuple[str, ...]]  # (talk, is it confirmed?) -> message ids, () if none


def _written(talk: Conversation, is_confirmed: bool) -> tuple[str, ...]:
    """Return the marked replies of a Markdown thread file: the team wrote that file, and so the mark is the team's."""
    return _marked(talk, is_confirmed) if talk.thread.format == MARKDOWN.name else ()


def _marked(talk: Conversation, _: bool) -> tuple[str, ...]:
    """Return the replies that the source marks as answers; the asker or a moderator marked them."""
    return tuple(m.id for m in talk.thread.messages[1:] if m.accepted and has_text(m, talk.thread))


def _confirmed(talk: Conversation, is_confirmed: bool) -> tuple[str, ...]:
    """Return the reply that staff confirm in a few words; if a `confirm` decision exists, the last reply of staff."""
    replies = _replies(talk)
    for at, message in reversed(list(enumerate(talk.thread.messages))):
        words = talk.words[at]
        is_short_staff = message.role is Role.STAFF and len(words) <= _MAX_CONFIRMATION
        if is_short_staff and phrases.SAYS_RIGHT.match(words) and not phrases.DOUBTS.search(words):
            named = message.reply_to or (talk.thread.messages[at - 1].id if at else None)
            confirmed = next((m for m in replies if m.id == named), None)
            if confirmed and not same_author(confirmed, message):
                return (confirmed.id,)
    staff = [m for m in replies if m.role is Role.STAFF]
    return (staff[-1].id,) if is_confirmed and staff else ()


# the first rule that names a reply decides; if none does, the model chooses
RULES = (
    Rule(reason=Reason.WRITTEN, confidence=0.95, choose=_written),
    Rule(reason=Reason.MARKED, confidence=0.95, choose=_marked),
    Rule(reason=Reason.CONFIRMED, confidence=0.9, choose=_confirmed),
)


def _replies(talk: Conversation) -> list[PublicMessage]:
    """Return the replies of substance by people other than the asker, without those that end with a question."""
    return [
        talk.thread.messages[i]
        for i in talk.candidates
        if not talk.by_asker[i] and not talk.words[i].endswith("?") and _has_substance(talk, i)
    ]


def _has_substance(talk: Conversation, i: int) -> bool:
    """Whether a message is long enough to be an answer, or has code or a link, which need no words."""
    body = talk.thread.messages[i].body.value
    shows_something = "`" in body or "](" in body or "://" in body or not body.strip()
    return shows_something or len(talk.words[i]) >= _MIN_CONFIRMED
