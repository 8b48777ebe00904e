"""What pages and review show of groups that probably ask the same and that nobody confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from faq_builder.group.by_similarity import LinkedThreads
from faq_builder.group.slugs_and_redirects import TopicPath
from faq_builder.model import JoinedBy, LikelyDuplicate, SuggestedGroup, Topic
from faq_builder.similarity import are_told_apart

# Score from which a page says that another probably asks the same. Of the labelled pairs from .4 on that nothing tells
# apart, half ask the same, of those from .3 on a third
LEAST_LIKELY = 0.4
MOST_LIKELY = 3  # on one page


def with_likely_duplicates(
    topics: Sequence[Topic], paths: Sequence[TopicPath], linked: LinkedThreads, products: Sequence[str]
) -> list[Topic]:
    """Return topics with the others that probably ask the same; `topics` and `paths` are in the order of the groups.

    Pairs that evidence tells apart are left out, and so are pairs without an answer.
    """
    found: defaultdict[int, list[LikelyDuplicate]] = defaultdict(list)
    likely = linked.likely
    for one, other, score in likely.where(likely.score >= LEAST_LIKELY).rows() if likely is not None else ():
        if (one, other) in linked.apart or _told_apart(topics[one], topics[other], products):
            continue
        for topic, another in ((one, other), (other, one)):
            known = {twin.topic for twin in topics[topic].likely_duplicates}
            if topics[another].answered and paths[another].id not in known:
                twin = LikelyDuplicate(topic=paths[another].id, because=JoinedBy.MEANING, score=score)
                found[topic].append(twin)
    return [
        replace(
            topic,
            likely_duplicates=(
                *topic.likely_duplicates,
                *sorted(found[number], key=lambda twin: (-twin.score, twin.topic))[:MOST_LIKELY],
            ),
        )
        if number in found
        else topic
        for number, topic in enumerate(topics)
    ]


def suggested_topics(paths: Sequence[TopicPath], linked: LinkedThreads) -> tuple[SuggestedGroup, ...]:
    """Return the suggested groups with the ids of their topics, the most likely first."""
    groups = (
        SuggestedGroup(topics=tuple(sorted(paths[number].id for number in members)), score=score)
        for members, score in linked.suggested_groups
    )
    return tuple(sorted(groups, key=lambda group: (-group.score, group.topics)))


def _told_apart(one: Topic, other: Topic, products: Sequence[str]) -> bool:
    """Whether every wording of one topic is told apart from every wording of the other."""
    return all(are_told_apart(ours.value, theirs.value, products) for ours in one.wordings for theirs in other.wordings)
