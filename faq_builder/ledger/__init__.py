"""The ledger: its file, and the rows that `faq lock` adds to it."""

from faq_builder.ledger.file import ledger_text, parse_ledger
from faq_builder.ledger.locking import lock_topics

__all__ = ["ledger_text", "lock_topics", "parse_ledger"]
