"""The questions that a review asks, their order, and what they show."""

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
    Marks,
    QuestionKind,
    ReviewQuestion,
    differences,
    find_questions,
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


def questions_about(
    *threads: PublicThread, resolved: ResolvedDecisions | None = None, products: Sequence[str] = ()
) -> tuple[ReviewQuestion, ...]:
    """Return the questions about these threads among three unrelated ones."""
    everything = (*threads, *OTHERS)
    grouping, _ = findings_and_groups(everything, resolved)
    targets = Targets(everything, Ledger(), None)
    return find_questions(grouping, everything, resolved or ResolvedDecisions(), targets, products)


def rulings_of(question: ReviewQuestion, keys: str) -> list[tuple[DecisionKind, tuple[str, ...]]]:
    """Return the decisions that keys make."""
    choice = question.choose(keys)
    assert choice is not None
    return [(ruling.kind, ruling.references) for ruling in choice.rulings]


def of_kind(questions: tuple[ReviewQuestion, ...], kind: QuestionKind) -> list[ReviewQuestion]:
    """Return the questions of one kind."""
    return [question for question in questions if question.kind is kind]


def test_the_value_of_a_pair_grows_with_the_people_who_still_wait() -> None:
    asked = [a_thread(str(n), PINK, reply=None, asker=f"asker {n}") for n in (2, 3)]
    (pair,) = of_kind(questions_about(a_thread("1", SHATTERED), *asked), QuestionKind.SAME)
    assert pair.value == pytest.approx(2 * pair.score)
    assert [passage.title for passage in pair.passages] == [SHATTERED, PINK]
    both = ("https://forum.widgets.example/t/1", "https://forum.widgets.example/t/2")
    assert [(c.key, *rulings_of(pair, c.key)) for c in pair.choices] == [
        ("s", (DecisionKind.SAME, both)),
        ("a", (DecisionKind.APART, both)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind", "sides"),
    [
        (SHATTERED, PINK, "words", {"shatter rain yesterday", "turn pink sun"}),
        ("Does the hub run on release 3.2?", "Does the hub run on release 4.0?", "version", {"3.2", "4.0"}),
        ("Is my hub silent at night?", "Is the hub mini silent at night?", "product", {"my hub", "hub mini"}),
    ],
)
def test_a_pair_names_the_difference(one: str, other: str, kind: str, sides: set[str]) -> None:
    questions = questions_about(a_thread("1", one), a_thread("2", other), products=("my hub", "hub mini"))
    (pair,) = [d for d in of_kind(questions, QuestionKind.SAME) if {p.title for p in d.passages} == {one, other}]
    _, _, named = pair.question.partition(f"They differ in {kind}: ")
    assert set(named.removesuffix(".").split(" / ")) == sides


def test_a_pair_of_two_open_questions_has_no_value() -> None:
    threads = [a_thread("1", SHATTERED, reply=None), a_thread("2", PINK, reply=None)]
    assert of_kind(questions_about(*threads), QuestionKind.SAME)[0].value == 0


def test_a_pair_that_people_kept_apart_is_not_asked() -> None:
    resolved = ResolvedDecisions(apart=((key("1"), key("2")),))
    assert not of_kind(
        questions_about(a_thread("1", SHATTERED), a_thread("2", PINK), resolved=resolved), QuestionKind.SAME
    )


def test_a_reply_that_may_answer_an_open_question_is_asked() -> None:
    thread = a_thread("1", SHATTERED, reply=None)
    reply = Message(id="2", body=PublicText("Take the blue one, it was made for rain and for snow."), role=Role.HELPER)
    thread = replace(thread, messages=(*thread.messages, reply))
    grouping, _ = group_threads([Answered(thread, None)], ResolvedDecisions(), Ledger(), GroupRules(), language="en")
    (question,) = find_questions(grouping, [thread], ResolvedDecisions(), Targets([thread], Ledger(), None), ())
    assert question.kind is QuestionKind.ANSWER
    assert rulings_of(question, "1") == [(DecisionKind.ANSWER, ("forum:1#2",))]  # it has no URL
    assert rulings_of(question, "0") == [(DecisionKind.UNANSWERED, ("forum:1#2",))]
    assert question.passages[1].text.startswith("Take the blue one")


def test_a_correction_comes_first_and_shows_the_correcting_sentence() -> None:
    thread = a_thread("1", SHATTERED)
    text = "Hello again. This no longer works since 4.2, use the blue base. Bye!"
    reply = Message(id="3", body=PublicText(text), role=Role.HELPER, written_at=START.replace(year=2025))
    questions = questions_about(replace(thread, messages=(*thread.messages, reply)), a_thread("2", PINK))
    assert questions[0].kind is QuestionKind.CORRECTION
    assert questions[0].passages[1].title == "This no longer works since 4.2, use the blue base."
    kinds = [kind for key in "1xc" for kind, _ in rulings_of(questions[0], key)]
    assert kinds == [DecisionKind.ANSWER, DecisionKind.OUTDATED, DecisionKind.CONFIRM]


def test_tags_that_are_written_nearly_alike_are_asked_about() -> None:
    (tag,) = of_kind(questions_about(), QuestionKind.TAG)
    assert ([passage.title for passage in tag.passages], tag.value) == (["battery", "Batteries"], 1)
    assert tag.choices[0].rulings == ()


def test_questions_are_found_by_tag_and_source() -> None:
    pair, *_ = of_kind(
        questions_about(a_thread("1", SHATTERED, tags=["Rain"]), a_thread("blog:2", PINK)), QuestionKind.SAME
    )
    assert pair.concerns("rain", None)
    assert pair.concerns(None, "blog")
    assert not pair.concerns("sun", None)
    assert not pair.concerns("rain", "chat")


def test_the_order_of_threads_does_not_matter() -> None:
    threads = (a_thread("1", SHATTERED), a_thread("2", PINK), a_thread("3", PINK, reply=None))
    assert questions_about(*threads) == questions_about(*threads[::-1])


def test_words_that_only_one_side_has_are_marked_but_for_function_words() -> None:
    left, right = differences("Why did the RED one break?", "why did a blue one break")
    assert [word for word, differs in left if differs] == ["RED"]
    assert [word for word, differs in right if differs] == ["blue"]


@pytest.mark.parametrize("width", [30, 69, 70, 100, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    wide = "部件为什么会碎掉" * 9
    threads = [a_thread(n, title, body=f"{wide}\n\x1b[2Jx") for n, title in (("1", SHATTERED), ("2", PINK))]
    (pair,) = of_kind(questions_about(*threads), QuestionKind.SAME)
    lines = list(side_by_side(pair, width, PLAIN_MARKS))
    assert max(columns_of(line) for line in lines) <= width
    assert not any("\x1b" in line for line in lines)
    assert any("*" in line for line in lines)
    coloured = list(side_by_side(pair, width, Marks(start="\x1b[1m", end="\x1b[0m")))
    assert [line.replace("\x1b[1m", "").replace("\x1b[0m", "").strip() for line in coloured]


def test_ticked_boxes_are_read_as_the_decisions_that_they_offer() -> None:
    questions = questions_about(
        a_thread("1", SHATTERED), a_thread("2", "Why did my [red] *widget* turn pink in the sun?")
    )
    text = review_page(questions, "review.md", "write:")
    assert not parse_ticked_boxes(text, "review.md", "x").decisions
    found = parse_ticked_boxes(text.replace("- [ ]", "- [x]"), "review.md", "x")
    offered = [(r.kind, r.references) for d in questions for c in d.choices for r in c.rulings]
    assert [(d.kind, d.references) for d in found.decisions] == offered
    assert not found.diagnostics
    assert "`battery: [Batteries]`" in text
