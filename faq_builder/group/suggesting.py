"""Groups of topics that a person judges at once, instead of each pair of them."""

from collections.abc import Collection, Iterator

from faq_builder.similarity import Constraints, Groups, LinkageThresholds, Pairs, Vectors, average_linkage

# Questions that a person can judge at once. Of the pairs of StackFAQ that ask the same (11 wordings each), 52 % share
# a suggested group of 8 at most, 97 % one of 12, 98 % one of 16
MOST_IN_A_GROUP = 14
# Mean similarity within a suggested group, as a share of the similarity from which a pair is suggested; from .6
# to .95 as many of those pairs share a group; of the labelled dev pairs the first 50 suggestions hold 43 of 56 at .8,
# 42 at .95 and 36 at 1.25
_MEAN_SHARE = 0.8


def suggested_groups(
    vectors: Vectors, similar: Pairs, groups: Groups, suggest: float, apart: Collection[tuple[int, int]], scored: Pairs
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield groups of topics that may be one, each with the score of its most likely pair, the most likely first.

    `similar` are pairs of questions that may start a group, `apart` pairs that people keep apart. `groups` are the
    topics, and `scored` the pairs of topics that may be suggested.
    """
    thresholds = LinkageThresholds(mean=_MEAN_SHARE * suggest, single_pair=suggest, group_pair=suggest)
    limits = Constraints(together=[members for members in groups.members if len(members) > 1], apart=apart)
    linked = average_linkage(vectors, similar, thresholds, limits, MOST_IN_A_GROUP)
    topic_of = {vector: number for number, members in enumerate(groups.members) for vector in members}
    found = {topic: number for number, members in enumerate(linked.members) for topic in map(topic_of.get, members)}
    topics: dict[int, set[int]] = {}
    for topic, number in found.items():
        if topic is not None:
            topics.setdefault(number, set()).add(topic)
    best: dict[int, float] = {}
    for one, other, score in scored.rows():
        if found[one] == found[other]:
            best[found[one]] = max(score, best.get(found[one], 0.0))
    for number, score in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        yield tuple(sorted(topics[number])), score
