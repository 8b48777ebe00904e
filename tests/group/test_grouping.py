"""Who ends up together, and what topics say."""

import pytest

from faq_builder.base.diagnostics import Location
from faq_builder.config import GroupRules, MergeLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.model import Answered, JoinedBy, Ledger, Note, NoteKind, PublicText, Reason, Url, topic_id
from thread_samples import (
    START,
    a_thread,
    answer_of,
    findings_and_groups,
    grouped,
    key,
    names_of,
    partition,
    topic_with,
)

SHATTERED = "Why did my red widget shatter in the rain yesterday?"
# a few other questions, so that words have a rarity
OTHERS = (
    a_thread("90", "How do I clean the brass hinges of an old cabinet?"),
    a_thread("91", "Where can invoices be downloaded as spreadsheet?"),
    a_thread("92", "Does the hub support a second antenna?"),
)


def test_nearly_the_same_words_are_one_topic() -> None:
    grouping = grouped([a_thread("1", SHATTERED), a_thread("2", SHATTERED.replace("Why did", "why, did")), *OTHERS])
    topic = topic_with(grouping, "1")
    assert names_of(topic) == ["1", "2"]
    assert [m.joined_by for m in topic.members] == [JoinedBy.FOUNDER, JoinedBy.MEANING]
    assert topic.members[0].score is None
    assert topic.members[1].score is not None
    assert topic.asked == 1  # Fred asked twice


def test_other_questions_stay_apart() -> None:
    assert partition(grouped([a_thread("1", SHATTERED), *OTHERS])) == {
        frozenset({"1"}),
        *(frozenset(names_of(topic_with(grouped(OTHERS), n))) for n in ("90", "91", "92")),
    }


RAIN = "It stood on the balcony, it rained, and in the morning there were a thousand shards."
UPDATE = "Since the update of the hub the lamp blinks twice and nothing connects to the network."


def test_the_beginning_of_the_question_counts_too() -> None:
    threads = [a_thread(str(n), "Help, my widget broke", body=body) for n, body in enumerate((RAIN, RAIN, UPDATE))]
    assert partition(grouped([*threads, *OTHERS])) >= {frozenset({"0", "1"}), frozenset({"2"})}


def test_a_series_that_begins_alike_under_different_titles_is_suggested_only() -> None:
    grouping = grouped([a_thread("1", "Balcony?", body=RAIN), a_thread("2", "Which glue holds?", body=RAIN), *OTHERS])
    assert names_of(topic_with(grouping, "1")) == ["1"]
    assert len(grouping.suggestions) == 1


def test_the_banner_of_a_closed_duplicate_does_not_count() -> None:
    banner = "**Possible Duplicate:**\n[Where can invoices be downloaded as spreadsheet?](https://x.example/1)\n\n"
    thread = a_thread("1", "Dark mode?", body=banner + "My eyes hurt.")
    assert names_of(topic_with(grouped([thread, *OTHERS]), "1")) == ["1"]


def test_the_machine_never_merges_across_languages() -> None:
    threads = [a_thread("1", SHATTERED), a_thread("2", SHATTERED, language="de"), *OTHERS]
    grouping = grouped(threads)
    assert names_of(topic_with(grouping, "1")) == ["1"]
    assert topic_with(grouping, "2").language == "de"
    assert not grouping.suggestions
    together = grouped(threads, ResolvedDecisions(same=((key("1"), key("2")),)))
    assert names_of(topic_with(together, "1")) == ["1", "2"]


def test_regions_of_one_language_merge() -> None:
    threads = [a_thread("1", SHATTERED, language="en-GB"), a_thread("2", SHATTERED, language="en-US"), *OTHERS]
    assert names_of(topic_with(grouped(threads), "1")) == ["1", "2"]


def test_a_source_declares_duplicates_by_key_and_by_url() -> None:
    original = a_thread("1", SHATTERED)
    by_key = a_thread("2", SHATTERED, duplicate_of=[key("1")])
    by_url = a_thread("blog:3", SHATTERED, duplicate_of=[Url("http://forum.widgets.example/t/1/")])
    topic = topic_with(grouped([original, by_key, by_url, *OTHERS]), "1")
    assert sorted(names_of(topic)) == ["1", "2", "blog:3"]
    assert {m.joined_by for m in topic.members[1:]} == {JoinedBy.SOURCE}


def test_a_chain_of_duplicates_is_one_topic() -> None:
    chain = [
        a_thread("1", SHATTERED, day=3),
        a_thread("2", SHATTERED, day=2, duplicate_of=[key("1")]),
        a_thread("3", SHATTERED, day=1, duplicate_of=[key("2")]),
    ]
    grouping, findings = findings_and_groups([*chain, *OTHERS])
    assert names_of(topic_with(grouping, "1")) == ["3", "2", "1"]
    assert not findings


def test_a_dangling_duplicate_is_reported() -> None:
    _, findings = findings_and_groups([a_thread("1", SHATTERED, duplicate_of=[key("77")]), *OTHERS])
    assert [(f.code, f.where) for f in findings] == [("FAQ620", Location.in_thread(key("1")))]


def test_a_circle_of_duplicates_is_reported_once() -> None:
    circle = [
        a_thread("1", SHATTERED, duplicate_of=[key("2")]),
        a_thread("2", "Broken overnight", duplicate_of=[key("3")]),
        a_thread("3", "Nothing but splinters left", duplicate_of=[key("1")]),
        a_thread("4", "Leads into the circle", duplicate_of=[key("1")]),
    ]
    grouping, findings = findings_and_groups([*circle, *OTHERS])
    assert [(f.code, f.where.item, f.message[0]) for f in findings] == [("FAQ621", "1", "3")]
    assert partition(grouping) >= {frozenset({name}) for name in "1234"}
    assert [str(one.thread.key) for one in topic_with(grouping, "1").linked] == ["forum:3", "forum:4"]


def test_a_decision_wins_over_source_and_wording() -> None:
    threads = [a_thread("1", SHATTERED), a_thread("2", SHATTERED, duplicate_of=[key("1")]), *OTHERS]
    grouping = grouped(threads, ResolvedDecisions(apart=((key("1"), key("2")),)))
    assert names_of(topic_with(grouping, "1")) == ["1"]
    assert not grouping.suggestions


def test_apart_holds_through_same() -> None:
    threads = [a_thread("1", SHATTERED), a_thread("2", SHATTERED), a_thread("3", "Quite something else"), *OTHERS]
    grouping = grouped(threads, ResolvedDecisions(apart=((key("1"), key("3")),), same=((key("2"), key("3")),)))
    assert names_of(topic_with(grouping, "1")) == ["1"]
    assert topic_with(grouping, "3").members[1].joined_by is JoinedBy.DECISION


def test_hidden_threads_are_in_no_topic() -> None:
    threads = [a_thread("1", SHATTERED), *OTHERS]
    grouping = grouped(threads, ResolvedDecisions(hidden=frozenset({key("1"), key("404")})))
    assert grouping.hidden == (key("1"),)
    assert sum(len(topic.members) for topic in grouping.topics) == len(OTHERS)


def test_the_id_comes_from_the_thread_that_asked_first() -> None:
    threads = [a_thread("1", SHATTERED, day=5), a_thread("2", SHATTERED, day=1), a_thread("3", SHATTERED, day=None)]
    topic = topic_with(grouped([*threads, *OTHERS]), "1")
    assert topic.id == topic_id(key("2"))
    assert names_of(topic) == ["2", "1", "3"]
    assert len(topic.id) == 10
    assert not set(topic.id) & set("aeiouy")


def test_the_wording_that_the_main_answer_replies_to_asks() -> None:
    same = ResolvedDecisions(same=((key("1"), key("2")),))
    threads = [
        a_thread("1", "HELP MY WIDGET IS BROKEN!!!", day=1),
        a_thread("2", "Why does my widget break in the rain?", day=0),
    ]
    topic = topic_with(grouped(threads, same), "1")
    assert topic.main == key("1")  # of equal answers the newest leads
    assert str(topic.question) == "HELP MY WIDGET IS BROKEN!!!"
    assert [str(w) for w in topic.wordings] == [str(topic.question), "Why does my widget break in the rain?"]


@pytest.mark.parametrize("written", [True, False])
def test_the_clearest_wording_asks_if_no_thread_leads(*, written: bool) -> None:
    threads = [
        a_thread("1", "broken", day=0, reply="Take it in." if written else None),
        a_thread("2", "Why does my widget break in the rain?", day=1, reply=None),
    ]
    by_staff = {topic_id(key("1")): threads[0].messages[-1]} if written else {}
    resolved = ResolvedDecisions(same=((key("1"), key("2")),), written=by_staff)
    assert str(topic_with(grouped(threads, resolved), "1").question) == "Why does my widget break in the rain?"


def test_the_clearest_wording_asks() -> None:
    same = ResolvedDecisions(same=((key("1"), key("2"), key("3"), key("4")),))
    threads = [
        a_thread("1", "HELP MY WIDGET IS BROKEN!!!", day=0, reply=None),
        a_thread("2", "broken", day=1, reply=None),
        a_thread("3", "Widget broken", day=2, reply=None),
        a_thread("4", "Why does my widget break in the rain?", day=3, reply=None),
    ]
    topic = topic_with(grouped(threads, same), "1")
    assert str(topic.question) == "Why does my widget break in the rain?"
    assert [str(w) for w in topic.wordings] == [
        "Why does my widget break in the rain?",
        "HELP MY WIDGET IS BROKEN!!!",
        "broken",
        "Widget broken",
    ]
    assert topic.slug == "why-does-my-widget-break-in-the-rain"


def test_people_can_retitle() -> None:
    resolved = ResolvedDecisions(titles={key("1"): PublicText("Which widget stands rain?")})
    topic = topic_with(grouped([a_thread("1", SHATTERED), *OTHERS], resolved), "1")
    assert str(topic.question) == "Which widget stands rain?"
    assert [str(w) for w in topic.wordings] == ["Which widget stands rain?", SHATTERED]


def test_no_slug_has_the_name_of_a_participant() -> None:
    asked = a_thread("1", "Fred again, with Zimt and a widget in shards", asker="fred")
    assert topic_with(grouped([asked, *OTHERS]), "1").slug == "again-with-and-a-widget-in-shards"


def test_two_titles_in_one_topic_contradict() -> None:
    resolved = ResolvedDecisions(
        same=((key("1"), key("2")),),
        titles={key("1"): PublicText("Which one?"), key("2"): PublicText("And which other?")},
        titled_at={key("1"): Location(path="a.yml", line=3), key("2"): Location(path="b.yml", line=9)},
    )
    grouping, findings = findings_and_groups([a_thread("1", SHATTERED), a_thread("2", SHATTERED), *OTHERS], resolved)
    assert str(topic_with(grouping, "1").question) == SHATTERED
    (finding,) = findings
    assert finding.code == "FAQ603"
    assert str(finding.where) == "b.yml:9"
    assert "a.yml:3" in finding.message


def test_wordings_that_differ_in_case_and_punctuation_are_one() -> None:
    threads = [a_thread("1", SHATTERED), a_thread("2", SHATTERED.upper().rstrip("?")), *OTHERS]
    assert [str(w) for w in topic_with(grouped(threads), "1").wordings] == [SHATTERED]


def test_a_thread_without_title_is_worded_by_its_first_line() -> None:
    threads = [a_thread("1", "", body="\n> quoted\n**My widget** [fell apart](https://x.example/)\nand more"), *OTHERS]
    assert str(topic_with(grouped(threads), "1").question) == "My widget fell apart"


def test_the_main_answer_is_the_one_with_the_strongest_reason() -> None:
    threads = [a_thread("1", SHATTERED, votes=9), a_thread("2", SHATTERED, day=1), a_thread("3", SHATTERED, reply=None)]
    answers = [answer_of(threads[0], Reason.VOTES), answer_of(threads[1], Reason.MARKED), None]
    grouping, _ = group_threads(
        [*map(Answered, threads, answers)], ResolvedDecisions(), Ledger(), GroupRules(), language="en"
    )
    assert topic_with(grouping, "1").main == key("2")


@pytest.mark.parametrize(("votes", "expected"), [((9, 3), "1"), ((3, 3), "2"), ((None, None), "2")])
def test_of_equal_answers_votes_then_the_newest_lead(votes: tuple[int | None, int | None], expected: str) -> None:
    threads = [a_thread("1", SHATTERED, votes=votes[0]), a_thread("2", SHATTERED, day=1, votes=votes[1])]
    assert topic_with(grouped(threads), "1").main == key(expected)


def test_an_unanswered_thread_joins_the_topic_that_helps() -> None:
    grouping = grouped([a_thread("1", SHATTERED, reply=None), a_thread("2", SHATTERED, day=1), *OTHERS])
    topic = topic_with(grouping, "1")
    assert names_of(topic) == ["1", "2"]
    assert topic.main == key("2")


def test_topics_without_answer_are_open_and_not_to_be_locked() -> None:
    grouping = grouped([a_thread("1", SHATTERED, reply=None), *OTHERS])
    topic = topic_with(grouping, "1")
    assert not topic.answered
    assert topic.id not in grouping.unlocked
    assert set(grouping.unlocked) == {t.id for t in grouping.topics} - {topic.id}


def test_tags_are_united_and_counted() -> None:
    threads = [
        a_thread("1", SHATTERED, tags=["Rain", "red"]),
        a_thread("2", SHATTERED, tags=["rain", "RAIN"]),
        a_thread("3", SHATTERED, tags=["rain"]),
    ]
    assert [str(tag) for tag in topic_with(grouped(threads), "1").tags] == ["rain", "red"]


def test_notes_of_any_thread_are_notes_of_the_topic() -> None:
    note = Note(kind=NoteKind.CONFIRMED, on=START.date())
    resolved = ResolvedDecisions(notes={key("1"): (note,), key("2"): (note,)})
    assert topic_with(grouped([a_thread("1", SHATTERED), a_thread("2", SHATTERED)], resolved), "1").notes == (note,)


def test_close_topics_are_suggested_and_related_and_not_merged() -> None:
    near = a_thread("2", "Why did my red widget turn pink in the sun?")
    grouping = grouped([a_thread("1", SHATTERED), near, *OTHERS])
    one, other = topic_with(grouping, "1"), topic_with(grouping, "2")
    assert one.related == (other.id,)
    assert other.related == (one.id,)
    assert [s.topics for s in grouping.suggestions] == [tuple(sorted((one.id, other.id)))]


def test_only_answered_topics_are_related() -> None:
    near = a_thread("2", "Why did my red widget turn pink in the sun?", reply=None)
    assert topic_with(grouped([a_thread("1", SHATTERED), near, *OTHERS]), "1").related == ()


def test_a_topic_is_suggested_to_five_others_at_most() -> None:
    colours = ("red", "blue", "green", "pink", "grey", "white", "brown", "black")
    threads = [a_thread(c, f"How do I stop the humming of my {c} widget at night?") for c in colours]
    rules = GroupRules(merge=MergeLevel.OFF, suggest=0.2)
    grouping, _ = findings_and_groups([*threads, *OTHERS], rules=rules)
    times = [topic for suggestion in grouping.suggestions for topic in suggestion.topics]
    assert max(times.count(topic) for topic in times) == 5


def test_nothing_gives_nothing() -> None:
    grouping, findings = findings_and_groups([])
    assert grouping.topics == ()
    assert findings == ()
