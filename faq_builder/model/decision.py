"""Decisions: what people decided about threads and topics in content/decisions/*.yml."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from faq_builder.base.diagnostics import Location


class DecisionKind(Enum):
    """The kinds of decisions."""

    SAME = "same"  # these threads are one topic
    APART = "apart"  # these threads never share a topic
    ANSWER = "answer"  # this reply is the answer
    UNANSWERED = "unanswered"  # no reply up to this one is the answer; newer replies count again
    TITLE = "title"  # this is the question of the topic
    HIDE = "hide"  # this thread or topic is not published
    CONFIRM = "confirm"  # the answer was checked
    OUTDATED = "outdated"  # the answer no longer holds
    NOTE = "note"  # the topic's page shows this note
    PUBLIC = "public"  # this text is not private, so redaction keeps it


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision, as written.

    `references` name threads, messages or topics: the URL of a thread or message at its source, the URL of a page, a
    thread key, or a topic id.
    """

    kind: DecisionKind
    references: tuple[str, ...]
    reason: str
    where: Location
    text: str | None = None  # the title, the note, or the text that is not private
    on: date | None = None  # confirm: when the answer was checked
    version: str | None = None  # confirm: version the answer was checked for; outdated: version since which it is wrong
    instead: str | None = None  # outdated: where the newer answer is, in the forms of `references`
