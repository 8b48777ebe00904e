"""Try each merge level on the threads of this site: counts, and examples of what it adds."""

from collections.abc import Mapping
from dataclasses import dataclass

from faq_builder.model import Grouping, JoinedBy, Member, PublicText, ThreadKey, Topic

EXAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class Example:
    """Two wordings that a level puts under one topic."""

    asked: PublicText
    also: PublicText
    score: float


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The result of one level."""

    name: str
    topics: int
    merged: int  # threads that similarity puts into the topic of another thread
    suggested: int  # pairs of topics that a person is asked about
    examples: tuple[Example, ...]  # merged by this level and not by the one before, the least similar first


def try_settings(groupings: Mapping[str, Grouping], most: int = EXAMPLES) -> tuple[Tried, ...]:
    """Return the levels in the given order, the most careful first, each with what it adds to the one before.

    The examples are the merges that are most likely wrong: if they look right, the level can be used.
    """
    found: list[Tried] = []
    before: set[frozenset[ThreadKey]] = set()
    for name, grouping in groupings.items():
        merged = [(topic, m) for topic in grouping.topics for m in topic.members if m.joined_by is JoinedBy.MEANING]
        new = [(topic, m) for topic, m in merged if not any(_together(m, topic) <= pair for pair in before)]
        new.sort(key=lambda row: (row[1].score or 0.0, row[1].thread.key))
        found.append(
            Tried(
                name=name,
                topics=len(grouping.topics),
                merged=len(merged),
                suggested=len(grouping.suggestions),
                examples=tuple(_example(topic, member) for topic, member in new[:most]),
            )
        )
        before = {frozenset(m.thread.key for m in topic.members) for topic in grouping.topics}
    return tuple(found)


def _together(member: Member, topic: Topic) -> frozenset[ThreadKey]:
    return frozenset((member.thread.key, topic.members[0].thread.key))


def _example(topic: Topic, member: Member) -> Example:
    founder = topic.members[0].thread
    return Example(asked=founder.title, also=member.thread.title, score=member.score or 0.0)
