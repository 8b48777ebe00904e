"""Threads that only the ledger keeps in a topic: they are listed, and `faq lock --replace` takes them out."""

from collections.abc import Sequence
from datetime import date

import pytest
from test_permanence import alive

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group.outdated_joins import ledger_without
from faq_builder.ledger import lock_topics
from faq_builder.model import Grouping, Ledger, LedgerRow, OutdatedJoin, PublicText, PublicThread
from thread_samples import a_thread, findings_and_groups, grouped, key, names_of, partition, topic_with

TODAY, LATER = date(2026, 1, 1), date(2026, 2, 2)
KETTLE = a_thread("1", "How do I reset the kettle?", day=1)
GRINDER = a_thread("2", "How do I reset the grinder?", day=2)
THERMOMETER = a_thread("3", "How do I reset the thermometer?", day=3)
AGAIN = a_thread("4", "How do I reset the kettle", day=0)
THREADS = [KETTLE, GRINDER, THERMOMETER, AGAIN, a_thread("9", "Where is the shop?")]


def a_ledger(*rows: Sequence[str]) -> Ledger:
    """The ledger of a site on which each row of threads was published as one topic."""
    return Ledger(
        rows=tuple(
            LedgerRow(
                id=f"row{number}",
                slug=f"page-{number}",
                members=tuple(sorted(map(key, names))),
                published=TODAY,
                changed=TODAY,
            )
            for number, names in enumerate(rows)
        )
    )


def replaced(
    threads: Sequence[PublicThread], ledger: Ledger, resolved: ResolvedDecisions | None = None
) -> tuple[Grouping, Ledger]:
    """What `faq lock --replace` does: the new grouping and ledger."""
    ledger = ledger_without(ledger, grouped(threads, resolved, ledger).outdated_joins)
    grouping = grouped(threads, resolved, ledger)
    return grouping, lock_topics(grouping, ledger, LATER)


def test_threads_that_only_the_ledger_joins_are_listed() -> None:
    grouping, findings = findings_and_groups(THREADS, ledger=a_ledger("1234", "9"))
    assert frozenset("1234") in partition(grouping)  # nothing moves by itself
    # the thermometer has the newest answer, so it keeps the URL
    assert grouping.outdated_joins == (OutdatedJoin(topic="row0", leaving=(key("1"), key("2"), key("4"))),)
    assert [(f.code, f.where.item) for f in findings] == [("FAQ645", "row0")]


def test_what_is_the_same_but_for_form_is_not_outdated() -> None:
    assert grouped([KETTLE, AGAIN], ledger=a_ledger("14")).outdated_joins == ()
    off, _ = findings_and_groups([KETTLE, AGAIN], ledger=a_ledger("14"), rules=GroupRules(merge=MergeLevel.OFF))
    assert [join.leaving for join in off.outdated_joins] == [(key("4"),)]


@pytest.mark.parametrize(
    "resolved",
    [
        ResolvedDecisions(same=((key("1"), key("2"), key("3")),)),
        ResolvedDecisions(same=((key("1"), key("3")), (key("2"), key("4")))),
    ],
)
def test_what_a_person_confirmed_is_not_outdated(resolved: ResolvedDecisions) -> None:
    assert grouped(THREADS, resolved, a_ledger("1234", "9")).outdated_joins == ()


def test_a_mark_whose_texts_do_not_agree_is_outdated_and_counts_after_the_split() -> None:
    marked = a_thread("2", "Where is the plug?", day=0, asker="Wilma", duplicate_of=[key("1")])
    ledger = a_ledger("12")
    assert [join.leaving for join in grouped([KETTLE, marked], ledger=ledger).outdated_joins] == [(key("2"),)]
    grouping, _ = replaced([KETTLE, marked], ledger)
    assert [one.thread.key for one in topic_with(grouping, "1").linked] == [key("2")]


def test_a_merge_of_published_topics_was_a_decision_even_if_it_is_gone() -> None:
    threads = [KETTLE, GRINDER]
    first = lock_topics(grouped(threads), Ledger(), TODAY)
    merged = lock_topics(grouped(threads, ResolvedDecisions(same=((key("1"), key("2")),)), first), first, TODAY)
    grouping = grouped(threads, ledger=merged)
    assert frozenset("12") in partition(grouping)
    assert grouping.outdated_joins == ()


def test_the_url_stays_with_the_main_answer_and_the_page_leads_to_the_rest() -> None:
    before = a_ledger("1234", "9")
    grouping, ledger = replaced(THREADS, before)
    assert partition(grouping) == {frozenset("14"), frozenset("2"), frozenset("3"), frozenset("9")}
    kept = topic_with(grouping, "3")
    assert (kept.id, kept.slug) == ("row0", "page-0")
    assert set(kept.split_into) == {topic_with(grouping, "1").id, topic_with(grouping, "2").id}
    assert ledger.by_id()["row0"].members == (key("3"),)
    assert ledger.by_id()["row0"].split_off == (key("1"), key("2"), key("4"))
    assert alive(grouped(THREADS, ledger=ledger)).keys() >= {"page-0", "page-1"}


def test_replacing_twice_equals_replacing_once() -> None:
    _, once = replaced(THREADS, a_ledger("1234", "9"))
    grouping, twice = replaced(THREADS, once)
    assert twice == once
    assert grouping == grouped(THREADS, ledger=once)


def test_replacing_with_nothing_outdated_changes_nothing() -> None:
    ledger = lock_topics(grouped(THREADS), Ledger(), TODAY)
    assert replaced(THREADS, ledger)[1] == ledger


def test_a_half_without_an_answer_leaves_the_row_and_is_open() -> None:
    silent = a_thread("2", "How do I reset the grinder?", reply=None)
    grouping, ledger = replaced([KETTLE, silent], a_ledger("12"))
    assert not topic_with(grouping, "2").answered
    assert ledger.by_id()["row0"].members == (key("1"),)
    assert names_of(topic_with(grouped([KETTLE, silent], ledger=ledger), "1")) == ["1"]


def test_threads_that_are_not_here_stay_in_their_row() -> None:
    ledger = a_ledger("1237")
    leaving = grouped([KETTLE, GRINDER], ledger=ledger).outdated_joins[0].leaving
    assert leaving == (key("1"),)
    assert ledger_without(ledger, [OutdatedJoin(topic="row0", leaving=leaving)]).rows[0].members == tuple(
        map(key, "237")
    )


def test_other_threads_do_not_compete_for_the_threads_of_a_topic() -> None:
    newcomers = [a_thread(f"0{n}", "How do I reset the kettle", day=9) for n in range(3)]
    assert grouped([*newcomers, KETTLE, AGAIN], ledger=a_ledger("14")).outdated_joins == ()


def test_a_titled_page_with_an_outdated_join_is_listed_too() -> None:
    titled = ResolvedDecisions(titles={key("1"): PublicText("How is the kettle reset?")})
    grouping = grouped([KETTLE, THERMOMETER], titled, a_ledger("13"))
    assert [join.leaving for join in grouping.outdated_joins] == [(key("1"),)]
