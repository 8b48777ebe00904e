"""The ledger: its file, and the rows that `faq lock` adds to it."""

from faq_builder.ledger.file import LEDGER, ledger_text, load_ledger, parse_ledger, unlocked_topics
from faq_builder.ledger.locking import lock_topics

__all__ = ["LEDGER", "ledger_text", "load_ledger", "lock_topics", "parse_ledger", "unlocked_topics"]
