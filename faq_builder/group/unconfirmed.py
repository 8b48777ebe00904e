"""Duplicate marks and links between two topics, which nobody confirmed: what each topic says about the other."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.group.by_declaration import Placement, ThreadPair
from faq_builder.group.declarations import Declarations
from faq_builder.group.wording import thread_wording
from faq_builder.model import JoinedBy, LikelyDuplicate, LinkedThread, PublicThread, ThreadKey, asked_order
from faq_builder.similarity import are_told_apart

# share of the declared pairs on real forums that two readers called the same: 7 of 14 duplicate marks
DECLARED_SCORE = 0.5


@dataclass(frozen=True, kw_only=True)
class UnconfirmedPair:
    """A duplicate and its original in two topics, which are numbered like the groups of threads."""

    duplicate: ThreadKey
    original: ThreadKey
    topics: tuple[int, int]  # of the duplicate and of the original
    because: JoinedBy  # SOURCE or LINK
    is_divided: bool  # the duplicate has originals in different topics, so it counts at none of them


def unconfirmed_pairs(
    declarations: Declarations,
    placement: Placement,
    topic_of: Mapping[ThreadKey, int],
    apart: Collection[tuple[int, int]],
) -> tuple[UnconfirmedPair, ...]:
    """Return the declared pairs in two topics, sorted, without those that people keep apart.

    `topic_of` has the topic of each thread that is here; `apart` are pairs of topics.
    """
    pairs = _pairs_across_topics(declarations.pairs, topic_of)
    originals: defaultdict[ThreadKey, set[int]] = defaultdict(set)
    for duplicate, original in pairs:
        originals[duplicate].add(topic_of[original])
    return tuple(
        UnconfirmedPair(
            duplicate=pair[0],
            original=pair[1],
            topics=topics,
            because=because,
            is_divided=pair[0] in placement.divided or len(originals[pair[0]]) > 1,
        )
        for pair, because in sorted(pairs.items(), key=lambda item: item[0])
        if (min(topics := (topic_of[pair[0]], topic_of[pair[1]])), max(topics)) not in apart
    )


def linked_threads(
    pairs: Sequence[UnconfirmedPair], by_key: Mapping[ThreadKey, PublicThread]
) -> Mapping[int, tuple[LinkedThread, ...]]:
    """Return, by topic, the duplicates that count at it although they are in other topics, the first asked first."""
    found: defaultdict[int, dict[ThreadKey, JoinedBy]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda pair: pair.because is not JoinedBy.SOURCE):
        if not pair.is_divided:
            found[pair.topics[1]].setdefault(pair.duplicate, pair.because)
    return {
        topic: tuple(
            LinkedThread(thread=by_key[key], because=because)
            for key, because in sorted(linked.items(), key=lambda item: asked_order(by_key[item[0]]))
        )
        for topic, linked in found.items()
    }


def declared_likely_duplicates(
    pairs: Sequence[UnconfirmedPair],
    by_key: Mapping[ThreadKey, PublicThread],
    answered_ids: Mapping[int, str],
    products: Sequence[str],
) -> Mapping[int, tuple[LikelyDuplicate, ...]]:
    """Return, by topic, the answered topics that a mark or link calls the same, in both directions.

    `answered_ids` has the id of each answered topic. Questions that their wording tells apart are left out.
    """
    found: defaultdict[int, dict[str, JoinedBy]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda pair: pair.because is not JoinedBy.SOURCE):
        titles = [str(thread_wording(by_key[key])) for key in (pair.duplicate, pair.original)]
        if pair.is_divided or are_told_apart(titles[0], titles[1], products):
            continue
        for own, other in (pair.topics, pair.topics[::-1]):
            if other in answered_ids:
                found[own].setdefault(answered_ids[other], pair.because)
    return {
        topic: tuple(
            LikelyDuplicate(topic=other, because=because, score=DECLARED_SCORE)
            for other, because in sorted(others.items(), key=lambda item: (item[1] is not JoinedBy.SOURCE, item[0]))
        )
        for topic, others in found.items()
    }


def declared_suggestions(
    pairs: Sequence[UnconfirmedPair],
    guesses: Iterator[ThreadPair],
    topic_of: Mapping[ThreadKey, int],
    apart: Collection[tuple[int, int]],
) -> Mapping[tuple[int, int], JoinedBy]:
    """Return the pairs of topics, lower number first, that a person should judge because somebody declared them."""
    found: dict[tuple[int, int], JoinedBy] = {}
    for one, other in sorted(guesses):
        topics = sorted({topic_of[key] for key in (one, other) if key in topic_of})
        if len(topics) == 2:
            found[topics[0], topics[1]] = JoinedBy.LINK
    for pair in sorted(pairs, key=lambda pair: pair.because is JoinedBy.SOURCE):
        found[min(pair.topics), max(pair.topics)] = pair.because
    return {topics: because for topics, because in found.items() if topics not in apart}


def _pairs_across_topics(
    pairs: Mapping[ThreadPair, JoinedBy], topic_of: Mapping[ThreadKey, int]
) -> Mapping[ThreadPair, JoinedBy]:
    return {
        pair: because
        for pair, because in pairs.items()
        if topic_of.keys() >= set(pair) and topic_of[pair[0]] != topic_of[pair[1]]
    }
