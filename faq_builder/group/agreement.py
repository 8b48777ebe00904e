"""Duplicate marks and links whose texts agree: only these bring an answer onto another thread's page by machine."""

from collections.abc import Collection, Mapping

from faq_builder.config import GroupRules
from faq_builder.group.wording import thread_wording
from faq_builder.model import Answered, ThreadKey
from faq_builder.similarity import SimilarityEngine

ThreadPair = tuple[ThreadKey, ThreadKey]


def agreeing_pairs(
    pairs: Collection[ThreadPair],
    by_key: Mapping[ThreadKey, Answered],
    similarity: SimilarityEngine,
    rules: GroupRules,
) -> frozenset[ThreadPair]:
    """Return those of the declared pairs whose questions certainly ask the same."""
    return frozenset(
        (one, other)
        for one, other in pairs
        if thread_wording(by_key[one].thread).value.casefold() == thread_wording(by_key[other].thread).value.casefold()
    )
