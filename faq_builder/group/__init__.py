"""Threads -> topics, with permanent slugs and redirects."""

from faq_builder.group.contradicting_replies import correcting_sentence
from faq_builder.group.grouping import group_threads
from faq_builder.group.outdated_joins import ledger_without
from faq_builder.group.replied_words import replied_message, replied_words
from faq_builder.group.updates import updates_of, updating_sentence
from faq_builder.group.wording import compared_text

__all__ = [
    "compared_text",
    "correcting_sentence",
    "group_threads",
    "ledger_without",
    "replied_message",
    "replied_words",
    "updates_of",
    "updating_sentence",
]
