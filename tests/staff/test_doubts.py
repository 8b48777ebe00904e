"""The doubts that a review asks about, their order, and two texts side by side."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from faq_builder.config import GroupRules
from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.decisions.review_boxes import parse_ticked_boxes
from faq_builder.group import group_threads
from faq_builder.model import Answered, DecisionKind, Ledger, Message, PublicText, PublicThread, Role
from faq_builder.staff.review import (
    PLAIN_MARKS,
    Doubt,
    DoubtKind,
    Marks,
    differences,
    find_doubts,
    review_page,
    side_by_side,
)
from faq_builder.staff.review.side_by_side import columns_of
from thread_samples import START, a_thread, findings_and_groups, key

SHATTERED = "Why did my red widget shatter in the rain yesterday?"
PINK = "Why did my red widget turn pink in the sun?"
OTHERS = (
    a_thread("90", "How do I clean the brass hinges of an old cabinet?", tags=["battery", "metal"]),
    a_thread("91", "Where can invoices be downloaded as spreadsheet?", tags=["Batteries", "metal"]),
    a_thread("92", "Does the hub support a second antenna?", tags=["battery"]),
)


def doubts_of(
    *threads: PublicThread, resolved: ResolvedDecisions | None = None, products: Sequence[str] = ()
) -> tuple[Doubt, ...]:
    """Return the doubts about these threads among three unrelated ones."""
    everything = (*threads, *OTHERS)
    grouping, _ = findings_and_groups(everything, resolved)
    targets = Targets(everything, Ledger(), None)
    return find_doubts(grouping, everything, resolved or ResolvedDecisions(), targets, products)


def of_kind(doubts: tuple[Doubt, ...], kind: DoubtKind) -> list[Doubt]:
    """Return the doubts of one kind."""
    return [doubt for doubt in doubts if doubt.kind is kind]


def test_the_value_of_a_pair_is_the_number_of_people_who_still_wait() -> None:
    asked = [a_thread(str(n), PINK, reply=None, asker=f"asker {n}") for n in (2, 3)]
    (pair,) = of_kind(doubts_of(a_thread("1", SHATTERED), *asked), DoubtKind.PAIR)
    assert (pair.value, pair.left.title, pair.right.title) == (2, SHATTERED, PINK)
    assert [(c.key, c.kind, c.references) for c in pair.choices] == [
        ("s", DecisionKind.SAME, ("https://forum.widgets.example/t/1", "https://forum.widgets.example/t/2")),
        ("a", DecisionKind.APART, ("https://forum.widgets.example/t/1", "https://forum.widgets.example/t/2")),
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind", "sides"),
    [
        (SHATTERED, PINK, "words", {"shatter rain yesterday", "turn pink sun"}),
        ("Does the hub run on release 3.2?", "Does the hub run on release 4.0?", "version", {"3.2", "4.0"}),
        ("Is my hub silent at night?", "Is the hub mini silent at night?", "product", {"my hub", "hub mini"}),
    ],
)
def test_a_pair_in_doubt_names_the_difference(one: str, other: str, kind: str, sides: set[str]) -> None:
    doubts = doubts_of(a_thread("1", one), a_thread("2", other), products=("my hub", "hub mini"))
    (pair,) = [d for d in of_kind(doubts, DoubtKind.PAIR) if {d.left.title, d.right.title} == {one, other}]
    _, _, named = pair.question.partition(f"They differ in {kind}: ")
    assert set(named.removesuffix(".").split(" / ")) == sides


def test_a_pair_of_two_open_questions_has_no_value() -> None:
    threads = [a_thread("1", SHATTERED, reply=None), a_thread("2", PINK, reply=None)]
    assert of_kind(doubts_of(*threads), DoubtKind.PAIR)[0].value == 0


def test_a_pair_that_people_kept_apart_is_no_doubt() -> None:
    resolved = ResolvedDecisions(apart=((key("1"), key("2")),))
    assert not of_kind(doubts_of(a_thread("1", SHATTERED), a_thread("2", PINK), resolved=resolved), DoubtKind.PAIR)


def test_a_reply_that_may_answer_an_open_question_is_a_doubt() -> None:
    thread = a_thread("1", SHATTERED, reply=None)
    reply = Message(id="2", body=PublicText("Take the blue one, it was made for rain and for snow."), role=Role.HELPER)
    thread = replace(thread, messages=(*thread.messages, reply))
    grouping, _ = group_threads([Answered(thread, None)], ResolvedDecisions(), Ledger(), GroupRules(), language="en")
    (doubt,) = find_doubts(grouping, [thread], ResolvedDecisions(), Targets([thread], Ledger(), None), ())
    assert doubt.kind is DoubtKind.ANSWER
    assert doubt.choices[0].references == ("forum:1#2",)  # it has no URL
    assert doubt.right.text.startswith("Take the blue one")


def test_a_correction_comes_first_and_shows_the_correcting_sentence() -> None:
    thread = a_thread("1", SHATTERED)
    text = "Hello again. This no longer works since 4.2, use the blue base. Bye!"
    reply = Message(id="3", body=PublicText(text), role=Role.HELPER, written_at=START.replace(year=2025))
    doubts = doubts_of(replace(thread, messages=(*thread.messages, reply)), a_thread("2", PINK))
    assert doubts[0].kind is DoubtKind.CORRECTION
    assert doubts[0].right.title == "This no longer works since 4.2, use the blue base."
    assert [c.kind for c in doubts[0].choices] == [DecisionKind.ANSWER, DecisionKind.OUTDATED, DecisionKind.CONFIRM]


def test_tags_that_are_written_nearly_alike_are_one_doubt() -> None:
    (tag,) = of_kind(doubts_of(), DoubtKind.TAG)
    assert (tag.left.title, tag.right.title, tag.value) == ("battery", "Batteries", 1)
    assert tag.choices[0].kind is None


def test_doubts_are_found_by_tag_and_source() -> None:
    pair, *_ = of_kind(doubts_of(a_thread("1", SHATTERED, tags=["Rain"]), a_thread("blog:2", PINK)), DoubtKind.PAIR)
    assert pair.concerns("rain", None)
    assert pair.concerns(None, "blog")
    assert not pair.concerns("sun", None)
    assert not pair.concerns("rain", "chat")


def test_the_order_of_threads_does_not_matter() -> None:
    threads = (a_thread("1", SHATTERED), a_thread("2", PINK), a_thread("3", PINK, reply=None))
    assert doubts_of(*threads) == doubts_of(*threads[::-1])


def test_words_that_only_one_side_has_are_marked() -> None:
    left, right = differences("Why did the RED one break?", "why did the blue one break")
    assert [word for word, differs in left if differs] == ["RED"]
    assert [word for word, differs in right if differs] == ["blue"]


@pytest.mark.parametrize("width", [30, 69, 70, 100, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    wide = "部件为什么会碎掉" * 9
    threads = [a_thread(n, title, body=f"{wide}\n\x1b[2Jx") for n, title in (("1", SHATTERED), ("2", PINK))]
    (pair,) = of_kind(doubts_of(*threads), DoubtKind.PAIR)
    lines = list(side_by_side(pair, width, PLAIN_MARKS))
    assert max(columns_of(line) for line in lines) <= width
    assert not any("\x1b" in line for line in lines)
    assert any("*" in line for line in lines)
    coloured = list(side_by_side(pair, width, Marks(start="\x1b[1m", end="\x1b[0m")))
    assert [line.replace("\x1b[1m", "").replace("\x1b[0m", "").strip() for line in coloured]


def test_ticked_boxes_are_read_as_the_decisions_that_they_offer() -> None:
    doubts = doubts_of(a_thread("1", SHATTERED), a_thread("2", "Why did my [red] *widget* turn pink in the sun?"))
    text = review_page(doubts, "review.md", "write:")
    assert not parse_ticked_boxes(text, "review.md", "x").decisions
    found = parse_ticked_boxes(text.replace("- [ ]", "- [x]"), "review.md", "x")
    offered = [(c.kind, c.references) for d in doubts for c in d.choices if c.kind]
    assert [(d.kind, d.references) for d in found.decisions] == offered
    assert not found.diagnostics
    assert "`battery: [Batteries]`" in text
