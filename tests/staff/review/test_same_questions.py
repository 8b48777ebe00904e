"""Pairs of topics that may be one, put together to questions about several topics."""

from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Location
from faq_builder.model import Decision, DecisionKind, Suggestion
from faq_builder.staff.review.questions import (
    MOST_NUMBERS,
    Choice,
    Passage,
    QuestionKind,
    ReviewQuestion,
    Ruling,
    Settled,
)
from faq_builder.staff.review.same_questions import clusters, stars

TOPICS = "abcdefghijkl"


def pairs_of(*names: str, score: float = 0.5) -> list[Suggestion]:
    """Return a suggestion for each pair of letters: "ab" is topics a and b."""
    return [Suggestion(topics=(name[0], name[1]), score=score) for name in names]


def asked(*topics: str) -> ReviewQuestion:
    """Return the question which of some topics ask the same."""
    passages = [Passage(head="", title=t, text="", reference=t, number=n) for n, t in enumerate(topics, 1)]
    same = Choice(key="s", words="", rulings=(Ruling(kind=DecisionKind.SAME, references=topics),))
    return ReviewQuestion(
        kind=QuestionKind.SAME, question="", value=0, score=0, passages=tuple(passages), choices=(same,)
    )


def decide(kind: DecisionKind, *topics: str) -> Decision:
    """Return a decision about topics."""
    return Decision(kind=kind, references=topics, reason="x", where=Location(path="x"))


def test_one_topic_and_all_that_may_be_it_are_one_question() -> None:
    (star,) = stars(pairs_of("ab", "bc", "bd"))
    assert (star[0], {pair.topics for pair in star[1]}) == ("b", {("a", "b"), ("b", "c"), ("b", "d")})


@given(st.sets(st.sampled_from([f"{a}{b}" for a in TOPICS for b in TOPICS if a < b])), st.randoms())
def test_each_pair_is_asked_about_once_whatever_the_order(names: set[str], random: object) -> None:
    suggestions = [Suggestion(topics=(n[0], n[1]), score=(ord(n[0]) * ord(n[1]) % 97) / 97) for n in sorted(names)]
    found = list(stars(suggestions))
    assert sorted(pair.topics for _, pairs in found for pair in pairs) == sorted(s.topics for s in suggestions)
    assert all(1 <= len(pairs) < MOST_NUMBERS for _, pairs in found)
    assert all(centre in pair.topics for centre, pairs in found for pair in pairs)
    shuffled = list(suggestions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(stars(shuffled)) == found


@given(
    st.sets(st.sampled_from([f"{a}{b}" for a in TOPICS for b in TOPICS if a < b])),
    st.lists(st.integers(0, 3), min_size=len(TOPICS), max_size=len(TOPICS)),
)
def test_groups_and_stars_together_ask_about_each_pair_once(names: set[str], group_of: list[int]) -> None:
    groups = [[t for t, own in zip(TOPICS, group_of, strict=True) if own == n] for n in (1, 2, 3)]
    found = list(clusters(pairs_of(*sorted(names)), groups))
    assert sorted("".join(pair.topics) for _, pairs in found for pair in pairs) == sorted(names)
    assert all(2 <= len(topics) <= MOST_NUMBERS for topics, _ in found)
    assert all(set(pair.topics) <= set(topics) for topics, pairs in found for pair in pairs)


def test_numbers_say_which_topics_are_one_and_the_others_are_apart() -> None:
    choice = asked("a", "b", "c", "d").choose("13")
    assert choice is not None
    assert [(r.kind.value, r.references) for r in choice.rulings] == [
        ("same", ("a", "c")),
        ("apart", ("a", "b")),
        ("apart", ("a", "d")),
    ]
    assert [asked("a", "b", "c").choose(keys) for keys in ("1", "14", "11", "0", "", "x")] == [None] * 6


def test_what_other_verdicts_imply_is_settled() -> None:
    made = [decide(DecisionKind.SAME, "a", "b"), decide(DecisionKind.SAME, "b", "c")]
    assert Settled(made).settles(asked("a", "c"))
    assert not Settled(made).settles(asked("a", "d"))
    apart = [*made, decide(DecisionKind.APART, "c", "d")]
    assert Settled(apart).settles(asked("a", "d"))
    assert Settled(apart).settles(asked("a", "b", "d"))
    assert not Settled(apart).settles(asked("a", "d", "e"))
    assert not Settled([]).settles(asked("a", "b"))
