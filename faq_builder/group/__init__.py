"""Threads -> topics, with permanent addresses."""

from faq_builder.group.corrections import claim
from faq_builder.group.grouping import group_threads
from faq_builder.group.wording import compared_text

__all__ = ["claim", "compared_text", "group_threads"]
