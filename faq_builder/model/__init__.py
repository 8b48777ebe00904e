"""The values that stages pass on: frozen, and checked when they are made."""

from faq_builder.model.body import own_words
from faq_builder.model.decision import Decision, DecisionKind
from faq_builder.model.language import primary_language
from faq_builder.model.ledger import Ledger, LedgerRow
from faq_builder.model.text import Html, PublicText, Url
from faq_builder.model.thread import (
    Answer,
    Answered,
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
from faq_builder.model.topic import (
    WRITTEN_MESSAGE_ID,
    Correction,
    Grouping,
    JoinedBy,
    Member,
    Note,
    NoteKind,
    Suggestion,
    Topic,
    Withdrawn,
    answer_order,
    asked_order,
    topic_id,
)

__all__ = [
    "WRITTEN_MESSAGE_ID",
    "Answer",
    "Answered",
    "Author",
    "Balance",
    "Correction",
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
    "answer_order",
    "asked_order",
    "own_words",
    "primary_language",
    "topic_id",
]
