"""Threads -> topics, with permanent addresses."""

from faq_builder.group.grouping import group_threads
from faq_builder.group.ledgerfile import read_ledger, write_ledger
from faq_builder.group.locking import lock

__all__ = ["group_threads", "lock", "read_ledger", "write_ledger"]
