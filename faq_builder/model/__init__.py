"""The values that flow from stage to stage: frozen, valid once they exist."""

from faq_builder.model.decision import Decision, DecisionKind
from faq_builder.model.ledger import Ledger, LedgerRow
from faq_builder.model.text import Html, PublicText, Url
from faq_builder.model.thread import (
    Answer,
    Author,
    Balance,
    Message,
    PublicThread,
    RawMessage,
    RawThread,
    Reason,
    Role,
    Thread,
    ThreadKey,
)
from faq_builder.model.topic import Grouping, JoinedBy, Member, Note, NoteKind, Suggestion, Topic, Withdrawn, topic_id

__all__ = [
    "Answer",
    "Author",
    "Balance",
    "Decision",
    "DecisionKind",
    "Grouping",
    "Html",
    "JoinedBy",
    "Ledger",
    "LedgerRow",
    "Member",
    "Message",
    "Note",
    "NoteKind",
    "PublicText",
    "PublicThread",
    "RawMessage",
    "RawThread",
    "Reason",
    "Role",
    "Suggestion",
    "Thread",
    "ThreadKey",
    "Topic",
    "Url",
    "Withdrawn",
    "topic_id",
]
