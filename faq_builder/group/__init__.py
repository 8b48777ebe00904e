"""Threads -> topics, with permanent addresses."""

from faq_builder.group.corrections import claim
from faq_builder.group.grouping import group_threads
from faq_builder.group.ledgerfile import read_ledger, write_ledger
from faq_builder.group.locking import lock
from faq_builder.group.wording import compared_text

__all__ = ["claim", "compared_text", "group_threads", "lock", "read_ledger", "write_ledger"]
