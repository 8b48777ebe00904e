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
    QuestionKind,
    ReviewQuestion,
    Ruling,
    asks_the_same,
)

_CLAIMED = 0.5  # share of the duplicate marks and links on real forums whose threads have one answer (7 of 14)
_BOTH_ANSWERED = 0.5  # what a merge of two pages is worth, if one that gives an asker an answer is worth 1

Star = tuple[str, tuple[Suggestion, ...]]  # a topic, and the suggestions that compare others with it


def same_questions(
    suggestions: Sequence[Suggestion], topics: Mapping[str, Topic], passages: Passages, products: Sequence[str]
) -> Iterator[ReviewQuestion]:
    """Yield questions that together ask about each suggested pair once."""
    for centre, pairs in stars(suggestions):
        yield _question(centre, pairs, topics, passages, products)


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
    centre: str, pairs: Sequence[Suggestion], topics: Mapping[str, Topic], passages: Passages, products: Sequence[str]
) -> ReviewQuestion:
    """Return the question whether the topics of some pairs ask the same as the one that is in all of them."""
    others = [next(topic for topic in pair.topics if topic != centre) for pair in pairs]
    shown = [topics[centre], *(topics[other] for other in others)]
    if len(shown) == 2:
        shown.sort(key=lambda topic: (not topic.answered, -topic.asked, topic.id))
    numbered = tuple(
        passages.asked("answered" if topic.answered else "open", topic, _thread(topic), number)
        for number, topic in enumerate(shown, 1)
    )
    named = tuple(passage.reference for passage in numbered)
    is_pair = len(shown) == 2
    unlike = describe_difference(shown[0].question.value, shown[1].question.value, products)
    same, apart = (Ruling(kind=kind, references=named) for kind in (DecisionKind.SAME, DecisionKind.APART))
    return ReviewQuestion(
        kind=QuestionKind.SAME,
        question=f"Do these ask the same? They differ in {unlike}." if is_pair else "Which of these ask the same?",
        value=sum(_value(topics, pair) for pair in pairs),
        score=max(probability(pair) for pair in pairs),
        passages=numbered,
        choices=(
            Choice(
                key=SAME,
                words="the same" if is_pair else "all the same",
                rulings=(same,),
                because=asks_the_same(numbered[0]),
            ),
            Choice(
                key=APART, words="apart" if is_pair else "all apart", rulings=(apart,), because="they ask other things"
            ),
        ),
        topics=tuple(shown),
        origin=" ".join(_origins(pairs)),
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
