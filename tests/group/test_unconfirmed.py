"""Duplicate marks and links whose texts do not agree: they count the asker, and bring no answer onto the page."""

import pytest
from test_permanence import locked

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Grouping, JoinedBy, Ledger, Note, NoteKind, PublicText, Topic, topic_id
from thread_samples import a_thread, findings_and_groups, grouped, key, names_of, partition, topic_with

CLEAN = "How do I clean the filter?"
BUY = "Where can I buy a spare filter?"
BOTH = "My filter is dirty, clean it or buy one?"
OTHERS = (
    a_thread("90", "Can invoices be downloaded as spreadsheet?"),
    a_thread("91", "Does the hub support a second antenna?"),
)


def linked_names(topic: Topic) -> list[tuple[str, JoinedBy]]:
    return [(one.thread.key.native, one.because) for one in topic.linked]


def suggested(grouping: Grouping) -> set[frozenset[str]]:
    return {frozenset(suggestion.topics) for suggestion in grouping.suggestions}


def test_a_mark_counts_the_asker_and_brings_no_answer() -> None:
    marked = a_thread("2", BUY, asker="Wilma", reply="In the shop.", duplicate_of=[key("1")])
    grouping = grouped([a_thread("1", CLEAN, reply="Use warm water."), marked, *OTHERS])
    original, duplicate = topic_with(grouping, "1"), topic_with(grouping, "2")
    assert names_of(original) == ["1"]
    assert [message.body.value for _, message in original.answers] == ["Use warm water."]
    assert (original.asked, linked_names(original)) == (2, [("2", JoinedBy.SOURCE)])
    assert (duplicate.asked, duplicate.linked, duplicate.answered) == (1, (), True)
    assert [(one.topic, one.because) for one in duplicate.likely_duplicates] == [(original.id, JoinedBy.SOURCE)]
    assert [one.topic for one in original.likely_duplicates] == [duplicate.id]
    assert frozenset({original.id, duplicate.id}) in suggested(grouping)


def test_an_open_duplicate_names_the_answered_topic_and_not_the_other_way_round() -> None:
    marked = a_thread("2", BUY, asker="Wilma", reply=None, duplicate_of=[key("1")])
    grouping = grouped([a_thread("1", CLEAN), marked, *OTHERS])
    original, duplicate = topic_with(grouping, "1"), topic_with(grouping, "2")
    assert [one.topic for one in duplicate.likely_duplicates] == [original.id]
    assert original.likely_duplicates == ()
    assert linked_names(original) == [("2", JoinedBy.SOURCE)]


@pytest.mark.parametrize(
    ("resolved", "together"),
    [
        (ResolvedDecisions(same=((key("1"), key("2")),)), True),
        (ResolvedDecisions(apart=((key("1"), key("2")),)), False),
    ],
)
def test_a_person_decides_about_a_mark(resolved: ResolvedDecisions, *, together: bool) -> None:
    marked = a_thread("2", BUY, asker="Wilma", duplicate_of=[key("1")])
    grouping = grouped([a_thread("1", CLEAN), marked, *OTHERS], resolved)
    topic = topic_with(grouping, "1")
    assert (len(topic.members) == 2) is together
    assert (topic.linked, topic.likely_duplicates) == ((), ())
    assert topic.asked == len(topic.members)
    assert not grouping.suggestions


def test_questions_that_symbols_tell_apart_are_never_likely_duplicates() -> None:
    marked = a_thread("2", "Does the hub work without a battery?", duplicate_of=[key("1")])
    grouping = grouped([a_thread("1", "Does the hub work with a battery?"), marked, *OTHERS])
    original = topic_with(grouping, "1")
    assert linked_names(original) == [("2", JoinedBy.SOURCE)]
    assert original.likely_duplicates == topic_with(grouping, "2").likely_duplicates == ()


def test_nothing_is_merged_by_machine_at_the_level_off() -> None:
    threads = [a_thread("1", CLEAN), a_thread("2", CLEAN), a_thread("3", CLEAN, duplicate_of=[key("1")]), *OTHERS]
    grouping, _ = findings_and_groups(threads, rules=GroupRules(merge=MergeLevel.OFF))
    assert partition(grouping) >= {frozenset({name}) for name in "123"}
    assert linked_names(topic_with(grouping, "1")) == [("3", JoinedBy.SOURCE)]
    same = ResolvedDecisions(same=((key("1"), key("2")),))
    grouping, _ = findings_and_groups(threads, same, rules=GroupRules(merge=MergeLevel.OFF))
    assert frozenset({"1", "2"}) in partition(grouping)


# duplicates of two originals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", [BOTH, CLEAN])
def test_a_duplicate_of_two_originals_stays_alone_and_is_related_to_both(title: str) -> None:
    threads = [
        a_thread("1", CLEAN),
        a_thread("2", BUY),
        a_thread("3", title, asker="Wilma", duplicate_of=[key("1"), key("2")]),
        *OTHERS,
    ]
    grouping = grouped(threads)
    clean, buy, both = (topic_with(grouping, name) for name in "123")
    assert partition(grouping) >= {frozenset({"1"}), frozenset({"2"}), frozenset({"3"})}
    assert (clean.asked, buy.asked, clean.linked, buy.linked) == (1, 1, (), ())
    assert suggested(grouping) >= {frozenset({both.id, clean.id}), frozenset({both.id, buy.id})}
    assert set(both.related[:2]) == {clean.id, buy.id}
    assert clean.related[0] == buy.related[0] == both.id
    assert both.likely_duplicates == ()


def test_two_originals_that_are_one_topic_are_one_original() -> None:
    threads = [
        a_thread("1", CLEAN),
        a_thread("2", CLEAN, duplicate_of=[key("1")]),
        a_thread("3", CLEAN, duplicate_of=[key("1"), key("2")]),
        *OTHERS,
    ]
    assert frozenset("123") in partition(grouped(threads))
    told_apart = [threads[0], a_thread("2", BUY), *threads[2:]]
    same = ResolvedDecisions(same=((key("1"), key("2")),))
    topic = topic_with(grouped(told_apart, same), "1")
    assert names_of(topic) == ["1", "2"]
    assert linked_names(topic) == [("3", JoinedBy.SOURCE)]  # the page has a decision, so the machine adds nothing


def test_the_limit_of_related_topics_holds_for_many_duplicates_of_two_originals() -> None:
    many = [a_thread(f"m{n}", f"{BOTH} Part {n}", duplicate_of=[key("1"), key("2")]) for n in range(9)]
    grouping = grouped([a_thread("1", CLEAN), a_thread("2", BUY), *many, *OTHERS])
    assert len(topic_with(grouping, "1").related) == GroupRules().related


# pages that a person decided about ------------------------------------------------------------------------------------

DECIDED = {
    "title": ResolvedDecisions(titles={key("1"): PublicText("How is the filter cleaned?")}),
    "same": ResolvedDecisions(same=((key("1"), key("91")),)),
    "answer": ResolvedDecisions(answers={key("1"): ("2",)}),
    "note": ResolvedDecisions(notes={key("1"): (Note(kind=NoteKind.CONFIRMED),)}),
    "written": ResolvedDecisions(written={topic_id(key("1")): OTHERS[0].messages[1]}),
}


@pytest.mark.parametrize("decided", DECIDED.values(), ids=DECIDED)
@pytest.mark.parametrize("mark", [(), (key("1"),)], ids=["by wording", "by mark"])
def test_a_page_that_a_person_decided_about_takes_no_thread(
    decided: ResolvedDecisions, mark: tuple[object, ...]
) -> None:
    again = a_thread("2", CLEAN, asker="Wilma", duplicate_of=[key("1")] if mark else [])
    threads = [a_thread("1", CLEAN), again, *OTHERS]
    assert frozenset({"1", "2"}) in partition(grouped(threads))
    grouping = grouped(threads, decided)
    page, other = topic_with(grouping, "1"), topic_with(grouping, "2")
    assert names_of(other) == ["2"]
    assert [one.thread.key.native for one in page.linked] == (["2"] if mark else [])
    assert frozenset({page.id, other.id}) in suggested(grouping)


@pytest.mark.parametrize("decided", DECIDED.values(), ids=DECIDED)
def test_threads_that_were_published_on_the_page_stay(decided: ResolvedDecisions) -> None:
    threads = [a_thread("1", CLEAN), a_thread("2", CLEAN), *OTHERS]
    grouping = grouped(threads, decided, locked(threads))
    assert {"1", "2"} <= set(names_of(topic_with(grouping, "1")))
    assert grouping.outdated_joins == ()


def test_only_a_decision_adds_to_a_decided_page() -> None:
    decided = ResolvedDecisions(titles={key("1"): PublicText("Clean it?")}, same=((key("1"), key("2")),))
    grouping = grouped([a_thread("1", CLEAN), a_thread("2", BUY), *OTHERS], decided)
    assert names_of(topic_with(grouping, "1")) == ["1", "2"]


def test_a_mark_between_published_topics_counts_and_is_asked_about() -> None:
    threads = [a_thread("1", CLEAN), a_thread("2", BUY, asker="Wilma", duplicate_of=[key("1")]), *OTHERS]
    grouping, findings = findings_and_groups(threads, ledger=locked(threads))
    assert linked_names(topic_with(grouping, "1")) == [("2", JoinedBy.SOURCE)]
    assert [finding.code for finding in findings] == ["FAQ622"]
    assert locked(threads, ledger=locked(threads)) == locked(threads)
    assert grouped(threads, ledger=Ledger()).outdated_joins == ()
