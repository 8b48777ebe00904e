"""The ledger: its file, and the rows that a grouping adds to it."""

from faq_builder.ledger.file import LEDGER, load_ledger, read_ledger, write_ledger
from faq_builder.ledger.locking import lock

__all__ = ["LEDGER", "load_ledger", "lock", "read_ledger", "write_ledger"]
