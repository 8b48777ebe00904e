"""Which topics ask the same: pairs of topics that may be one, put together to questions about several topics."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from faq_builder.model import DecisionKind, JoinedBy, PublicThread, Suggestion, Topic
from faq_builder.similarity import describe_difference
from faq_builder.staff.review.passages import Passages
from faq_builder.staff.review.questions import (
    APART,
    MOST_NUMBERS,
    SAME,
    Choice,
    Passage,
    QuestionKind,
    ReviewQuestion,
    Ruling,
    asks_the_same,
)

_CLAIMED = 0.5  # share of the duplicate marks and links on real forums whose threads have one answer (7 of 14)
_BOTH_ANSWERED = 0.5  # what a merge of two pages is worth, if one that gives an asker an answer is worth 1

Star = tuple[str, tuple[Suggestion, ...]]  # a topic, and the suggestions that compare others with it
Cluster = tuple[tuple[str, ...], tuple[Suggestion, ...]]  # topics to compare at once, and the suggestions about them


def same_questions(
    suggestions: Sequence[Suggestion],
    groups: Sequence[Sequence[str]],
    topics: Mapping[str, Topic],
    passages: Passages,
    products: Sequence[str],
) -> Iterator[ReviewQuestion]:
    """Yield questions that together ask about each suggested pair once. `groups` are topics that may all be one."""
    for together, pairs in clusters(suggestions, groups):
        yield _question(together, pairs, topics, passages, products)


def clusters(suggestions: Sequence[Suggestion], groups: Sequence[Sequence[str]]) -> Iterator[Cluster]:
    """Yield the groups, those with more than nine topics in parts, and then the other suggested pairs as stars."""
    parts = [group[start : start + MOST_NUMBERS] for group in groups for start in range(0, len(group), MOST_NUMBERS)]
    part_of = {topic: number for number, part in enumerate(parts) for topic in part}
    within: defaultdict[int, list[Suggestion]] = defaultdict(list)
    others: list[Suggestion] = []
    for suggestion in suggestions:
        one, other = (part_of.get(topic) for topic in suggestion.topics)
        (within[one] if one is not None and one == other else others).append(suggestion)
    for number, part in enumerate(parts):
        if pairs := within[number]:
            yield tuple(part), tuple(pairs)
    for centre, around in stars(others):
        yield (centre, *(next(topic for topic in pair.topics if topic != centre) for pair in around)), around


def stars(suggestions: Sequence[Suggestion]) -> Iterator[Star]:
    """Yield topics, each with the topics to compare it with: every pair is in exactly one of them.

    The topic with the most pairs comes first, with its most similar ones. A person who sees nine topics at once
    judges them in the time of two pairs.
    """
    open_pairs: defaultdict[str, dict[str, Suggestion]] = defaultdict(dict)
    for suggestion in suggestions:
        one, other = suggestion.topics
        open_pairs[one][other] = open_pairs[other][one] = suggestion
    sizes: defaultdict[int, set[str]] = defaultdict(set)
    for topic, pairs in open_pairs.items():
        sizes[len(pairs)].add(topic)
    for size in range(max(sizes, default=0), 0, -1):
        while sizes[size]:
            centre = min(sizes[size])
            own = open_pairs[centre]
            best = sorted(own, key=lambda other: (-own[other].score, other))[: MOST_NUMBERS - 1]
            yield centre, tuple(own[other] for other in best)
            for other in best:
                for topic, pair in ((centre, other), (other, centre)):
                    sizes[len(open_pairs[topic])].discard(topic)
                    del open_pairs[topic][pair]
                    sizes[len(open_pairs[topic])].add(topic)


def _question(
    together: Sequence[str],
    pairs: Sequence[Suggestion],
    topics: Mapping[str, Topic],
    passages: Passages,
    products: Sequence[str],
) -> ReviewQuestion:
    """Return the question which of some topics ask the same."""
    shown = [topics[topic] for topic in together]
    if len(shown) == 2:
        shown.sort(key=lambda topic: (not topic.answered, -topic.asked, topic.id))
    numbered = tuple(
        passages.asked("answered" if topic.answered else "open", topic, _thread(topic), number)
        for number, topic in enumerate(shown, 1)
    )
    is_pair = len(shown) == 2
    unlike = describe_difference(shown[0].question.value, shown[1].question.value, products)
    return ReviewQuestion(
        kind=QuestionKind.SAME,
        question=f"Do these ask the same? They differ in {unlike}." if is_pair else "Which of these ask the same?",
        value=sum(_value(topics, pair) for pair in pairs),
        score=max(probability(pair) for pair in pairs),
        passages=numbered,
        choices=same_or_apart(numbered),
        topics=tuple(shown),
        origin=" ".join(_origins(pairs)),
    )


def same_or_apart(numbered: Sequence[Passage]) -> tuple[Choice, ...]:
    """Return the choices that all of these ask the same, or none of them the same as another."""
    named, is_pair = tuple(passage.reference for passage in numbered), len(numbered) == 2
    same, apart = (Ruling(kind=kind, references=named) for kind in (DecisionKind.SAME, DecisionKind.APART))
    words = ("the same", "apart") if is_pair else ("all the same", "all apart")
    return (
        Choice(key=SAME, words=words[0], rulings=(same,), because=asks_the_same(numbered[0])),
        Choice(key=APART, words=words[1], rulings=(apart,), because="they ask other things"),
    )


def probability(pair: Suggestion) -> float:
    """Return how probable it is that the topics of a suggestion ask the same, 0 to 1."""
    return pair.score if pair.because is JoinedBy.MEANING else _CLAIMED


def _value(topics: Mapping[str, Topic], pair: Suggestion) -> float:
    """Return how many people a merge helps on average: those of the open or smaller topic."""
    answered = [topics[topic] for topic in pair.topics if topics[topic].answered]
    if not answered:
        return 0.0  # a merge of two open topics helps nobody yet
    waiting = next((topics[t] for t in pair.topics if not topics[t].answered), None)
    if waiting:
        return waiting.asked * probability(pair)
    return min(topic.asked for topic in answered) * probability(pair) * _BOTH_ANSWERED


def _thread(topic: Topic) -> PublicThread:
    return (topic.main_member or topic.members[0]).thread


def _origins(pairs: Sequence[Suggestion]) -> Iterator[str]:
    """Yield sentences that say why the program asks."""
    because = {pair.because for pair in pairs}
    if JoinedBy.SOURCE in because:
        yield "A source marks one as a duplicate of another."
    if JoinedBy.LINK in because:
        yield "A reply in one links to another."
    similar = [pair.score for pair in pairs if pair.because is JoinedBy.MEANING]
    if similar:
        yield f"Their texts are similar, {max(similar):.2f} of 1 at most."
