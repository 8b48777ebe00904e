"""Topics that were split: where the questions are that left an address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from faq_builder.group.paths import Paths
from faq_builder.group.topics import Draft
from faq_builder.model import Ledger


def split_into(drafts: Sequence[Draft], paths: Paths, ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """By the id of each published topic that was split the answered topics which hold threads of it now, sorted.

    Threads are followed and not topics, so that what was merged or split again since, or came back, is told as it is;
    a split that the ledger does not know yet is told as well.
    """
    heirs = dict(paths.former_ids)
    now = {key: heirs.get(row.id, row.id) for row in ledger.rows for key in row.members}  # also of threads not here
    answered: set[str] = set()
    for draft, path in zip(drafts, paths.of_topics, strict=True):
        now |= {member.thread.key: path.id for member in draft.members}
        answered |= {path.id} if draft.answered else set()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in ledger.rows:
        home = heirs.get(row.id, row.id)
        found[home] |= {now[key] for key in (*row.members, *row.split_off) if key in now} & answered - {home}
    return {topic: tuple(sorted(others)) for topic, others in found.items() if others}
