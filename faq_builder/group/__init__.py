"""Threads -> topics, with permanent addresses."""

from faq_builder.group.corrections import claim
from faq_builder.group.grouping import group_threads
from faq_builder.group.wording import compared_text
from faq_builder.ledger.file import read_ledger, write_ledger
from faq_builder.ledger.locking import lock

__all__ = ["claim", "compared_text", "group_threads", "lock", "read_ledger", "write_ledger"]
