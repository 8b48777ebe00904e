"""Questions that a machine merges only at the level `likely`: the same in slightly other words."""

from collections.abc import Iterator, Sequence

from faq_builder.group.certain_pairs import Compared
from faq_builder.similarity import (
    Form,
    Pairs,
    are_told_apart,
    asks_nothing,
    name_different_things,
    same_but_for_wording,
)


def likely_pairs(
    questions: Sequence[Compared], scored: Pairs, products: Sequence[str] = ()
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that probably ask the same, each with the score that `scored` gives it."""
    for one, other, score in scored.rows():
        if probably_same(questions[one], questions[other], products):
            yield one, other, score


def probably_same(one: Compared, other: Compared, products: Sequence[str] = ()) -> bool:
    """Whether two titles name their subject and differ only in inflections, synonyms and misspellings.

    No score is high enough by itself: of the labelled pairs from .4 on, half asked the same.
    """
    if one.code != "en" or asks_nothing(one.title) or not same_but_for_wording(one.title, other.title):
        return False
    forms = (Form.of(one.title), Form.of(other.title))
    if any(len(form.subject) < 2 or form.points_elsewhere for form in forms):
        return False
    return not are_told_apart(one.title, other.title, products) and not name_different_things(
        one.body, other.body, products
    )
