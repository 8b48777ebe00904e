"""Topics that were split: which other topics have their threads now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from faq_builder.group.slugs_and_redirects import TopicPaths
from faq_builder.group.topics import TopicDraft
from faq_builder.model import Ledger


def find_split_topics(drafts: Sequence[TopicDraft], paths: TopicPaths, ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Return, by the id of each published topic that was split, the answered topics that have threads of it, sorted.

    The ledger records threads and not topics, so the result is right after later merges, splits and returns. A split
    that the ledger does not record yet is included.
    """
    heirs = dict(paths.former_ids)
    # by thread, the id of its topic now; threads without a source keep the topic of their row
    topic_of = {key: heirs.get(row.id, row.id) for row in ledger.rows for key in row.members}
    answered: set[str] = set()
    for draft, path in zip(drafts, paths.of_topics, strict=True):
        topic_of |= {member.thread.key: path.id for member in draft.members}
        answered |= {path.id} if draft.answered else set()
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for row in ledger.rows:
        own = heirs.get(row.id, row.id)
        parts[own] |= {topic_of[key] for key in (*row.members, *row.split_off) if key in topic_of} & answered - {own}
    return {topic: tuple(sorted(others)) for topic, others in parts.items() if others}
