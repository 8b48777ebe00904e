"""What people decided about threads and topics, as written in content/decisions/*.yml."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from faq_builder.base.diagnostics import Location


class DecisionKind(Enum):
    """What a decision does."""

    SAME = "same"  # these threads are one topic
    APART = "apart"  # these threads are not one topic
    ANSWER = "answer"  # this reply is the answer
    TITLE = "title"  # the topic's question is worded like this
    HIDE = "hide"  # this thread or topic is not published
    CONFIRM = "confirm"  # the answer was checked
    OUTDATED = "outdated"  # the answer no longer holds
    NOTE = "note"  # a banner
    PUBLIC = "public"  # a redaction finding that is no secret


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision. Addresses are those of sources or of pages, or thread keys and topic ids, as written."""

    kind: DecisionKind
    addresses: tuple[str, ...]
    reason: str
    where: Location
    text: str | None = None  # the title, the note, the harmless finding
    on: date | None = None  # confirm: checked on
    version: str | None = None  # confirm: for; outdated: since
    instead: str | None = None  # outdated: an address
