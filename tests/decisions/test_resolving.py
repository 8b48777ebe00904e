"""What decisions mean for threads, and decisions that contradict each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Diagnostic, Location, Severity
from faq_builder.config import RedactRules, Source
from faq_builder.decisions import ResolvedDecisions, Targets, resolve_decisions
from faq_builder.model import Decision, DecisionKind, Ledger, LedgerRow, NoteKind, PublicText, ThreadKey, Url, topic_id
from thread_samples import a_thread, key

THREADS = [a_thread(name, f"Question {name}") for name in ("1", "2", "3", "4", "blog:1")]
SITE = Url("https://faq.widgets.example/help/")
PAGE = topic_id(key("1"))
LEDGER = Ledger(
    rows=(
        LedgerRow(
            id=PAGE,
            slug="red-widget",
            former_slugs=("broken-widget",),
            members=(key("1"), key("2")),
            published=date(2024, 1, 1),
            changed=date(2024, 1, 1),
        ),
        LedgerRow(
            id="mergedtopic",
            slug="widget-in-shards",
            published=date(2024, 1, 2),
            changed=date(2024, 1, 2),
            merged_into=PAGE,
        ),
    )
)


def decide(kind: str, *addresses: str, line: int = 1, **more: Any) -> Decision:
    where = Location(path="content/decisions/a.yml", line=line)
    return Decision(kind=DecisionKind(kind), references=addresses, reason="because", where=where, **more)


def resolved(*decisions: Decision, site: Url | None = SITE) -> tuple[ResolvedDecisions, tuple[Diagnostic, ...]]:
    return resolve_decisions(decisions, THREADS, Targets(THREADS, LEDGER, site), RedactRules())


@pytest.mark.parametrize(
    ("reference", "threads"),
    [
        ("https://forum.widgets.example/t/3", ["3"]),
        ("http://FORUM.widgets.example/t/3/", ["3"]),
        ("https://forum.widgets.example/t/3#2", ["3"]),
        ("https://forum.widgets.example/t/3#unknown", ["3"]),
        ("forum:3", ["3"]),
        ("blog:1", ["blog:1"]),
        ("/q/red-widget/", ["1", "2"]),
        ("q/red-widget", ["1", "2"]),
        ("/q/broken-widget/", ["1", "2"]),
        ("/q/widget-in-shards/", ["1", "2"]),
        (f"/q/{PAGE}", ["1", "2"]),
        (PAGE, ["1", "2"]),
        ("mergedtopic", ["1", "2"]),
        (topic_id(key("4")), ["4"]),
        ("https://faq.widgets.example/help/q/red-widget/", ["1", "2"]),
        ("https://faq.widgets.example/help/q/red-widget/index.html", ["1", "2"]),
        ("/help/q/red-widget/#answer-2", ["1"]),  # it founded the page
        (f"/help/q/red-widget/#answer-2-{topic_id(key('2'))}", ["2"]),
        (f"/help/q/red-widget/#answer-2-{topic_id(key('3'))}", None),
        ("https://other.example/q/red-widget/", None),
        ("https://forum.widgets.example/t/33", None),
        ("/q/unknown/", None),
        ("forum:77", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_which_threads_a_reference_names(reference: str, threads: list[str] | None) -> None:
    decided, findings = resolved(decide("hide", reference))
    assert decided.hidden == frozenset(key(name) for name in threads or ())
    assert [f.code for f in findings] == ([] if threads else ["FAQ604"])


def test_an_anchor_that_two_threads_could_have_is_that_of_the_founder() -> None:
    row = replace(LEDGER.rows[0], id=topic_id(key("2")))
    found = Targets(THREADS, Ledger(rows=(row,)), SITE).find("/q/red-widget/#answer-2")
    assert found is not None
    assert (found.threads, found.message) == ((key("2"),), "2")


def test_without_site_url_the_path_is_enough() -> None:
    decided, _ = resolved(decide("hide", "/q/red-widget/"), site=None)
    assert decided.hidden == {key("1"), key("2")}


def test_a_url_from_before_a_source_moved_still_names_the_thread() -> None:
    old, new = Url("https://old.widgets.example/board/"), Url("https://forum.widgets.example/")
    forum = Source(key="forum", place="Forum", base_url=new, moved_from=(old,))
    decision = decide("hide", "https://old.widgets.example/board/t/3", "https://old.widgets.example/other/t/3")
    decided, findings = resolve_decisions(
        [decision], THREADS, Targets.of(THREADS, LEDGER, SITE, [forum]), RedactRules()
    )
    assert decided.hidden == {key("3")}
    assert len(findings) == 1, "a URL outside the former base URL names nothing"


def test_same_names_threads_and_pages() -> None:
    decided, findings = resolved(decide("same", "forum:3", "/q/red-widget/"), decide("same", "forum:4", "blog:1"))
    assert decided.same == ((key("blog:1"), key("4")), (key("1"), key("3")))
    assert not findings


def test_same_of_two_pages_still_says_so_when_they_are_merged() -> None:
    members = (key("1"), key("2"), key("3"))
    old, young = replace(LEDGER.rows[0], members=members), replace(LEDGER.rows[1], id=topic_id(key("3")))
    targets = Targets(THREADS, Ledger(rows=(old, young)), SITE)
    decided, findings = resolve_decisions([decide("same", "/q/red-widget/", young.id)], THREADS, targets, RedactRules())
    assert decided.same == ((key("1"), key("3")),)
    assert not findings


def test_apart_of_threads_is_every_pair() -> None:
    decided, _ = resolved(decide("apart", "forum:3", "forum:4", "blog:1"))
    assert decided.apart == ((key("blog:1"), key("3")), (key("blog:1"), key("4")), (key("3"), key("4")))


@pytest.mark.parametrize("addresses", [("/q/red-widget/", "forum:2"), ("/q/red-widget/",), ("forum:1", "forum:2")])
def test_apart_splits_a_page(addresses: tuple[str, ...]) -> None:
    assert resolved(decide("apart", *addresses))[0].apart == ((key("1"), key("2")),)


@pytest.mark.parametrize("addresses", [("forum:3",), ("forum:3", "https://forum.widgets.example/t/3")])
def test_apart_of_one_thread_is_a_finding(addresses: tuple[str, ...]) -> None:
    decided, findings = resolved(decide("apart", *addresses))
    assert decided.apart == ()
    assert [f.code for f in findings] == ["FAQ605"]


@pytest.mark.parametrize("address", ["https://forum.widgets.example/t/3#2", "http://forum.widgets.example/t/3/#2"])
def test_the_url_of_a_reply_names_the_answer(address: str) -> None:
    decided, findings = resolved(decide("answer", address))
    assert decided.answers == {key("3"): ("2",)}
    assert not findings


@pytest.mark.parametrize("address", ["https://forum.widgets.example/t/3", "/q/red-widget/", "forum:3"])
def test_an_answer_must_be_a_reply(address: str) -> None:
    decided, findings = resolved(decide("answer", address))
    assert decided.answers == {}
    assert [f.code for f in findings] == ["FAQ605"]


def test_a_reply_without_url_is_named_by_its_id() -> None:
    thread = a_thread("8", "Question 8")
    thread = replace(thread, messages=tuple(replace(message, url=None) for message in thread.messages))
    decision = decide("answer", "https://forum.widgets.example/t/8#2")
    decided, findings = resolve_decisions([decision], [thread], Targets([thread], Ledger(), None), RedactRules())
    assert decided.answers == {key("8"): ("2",)}
    assert not findings


def test_a_reply_on_a_page_is_named_by_its_anchor() -> None:
    only_one = replace(THREADS[1], messages=THREADS[1].messages[:1])
    threads = [THREADS[0], only_one]
    decision = decide("answer", "/q/red-widget/#answer-2")
    decided, _ = resolve_decisions([decision], threads, Targets(threads, LEDGER, None), RedactRules())
    assert decided.answers == {key("1"): ("2",)}


def test_titles_and_notes_are_redacted() -> None:
    decided, _ = resolved(
        decide("title", "forum:3", text="Ask fred@home.example about rain"),
        decide("note", "forum:3", text="Call fred@home.example"),
    )
    assert "fred@home.example" not in str(decided.titles[key("3")])
    assert "rain" in str(decided.titles[key("3")])
    assert "fred@home.example" not in str(decided.notes[key("3")][0].text)


def test_notes_of_all_kinds() -> None:
    decided, findings = resolved(
        decide("confirm", "forum:3", on=date(2026, 3, 1), version="4.2"),
        decide("outdated", "forum:3", version="5.0", instead="/q/red-widget/#answer-2"),
        decide("note", "forum:3", text="Sold out"),
    )
    confirm, outdated, note = decided.notes[key("3")]
    assert (confirm.kind, confirm.on, confirm.version) == (NoteKind.CONFIRMED, date(2026, 3, 1), PublicText("4.2"))
    assert outdated.instead == Url("https://faq.widgets.example/help/q/red-widget/#answer-2")
    assert (note.kind, note.text) == (NoteKind.NOTE, PublicText("Sold out"))
    assert not findings


def test_instead_must_be_something_to_link_to() -> None:
    decided, findings = resolved(decide("outdated", "forum:3", version="5.0", instead="/q/red-widget/"), site=None)
    assert decided.notes[key("3")][0].instead is None
    assert [f.code for f in findings] == ["FAQ604"]


@pytest.mark.parametrize(
    ("instead", "message"),
    [
        ("/q/blue-widget/", "`instead` is not a page of this FAQ"),
        ("https://faq.widgets.example/help/q/blue-widget/", "`instead` is not a page of this FAQ"),
        ("https://faq.widgets.example/help/q/broken-widget/", None),
        (f"/q/{PAGE}/", None),
        ("https://forum.widgets.example/t/3", None),
        ("https://elsewhere.example/q/blue-widget/", None),
    ],
)
def test_instead_to_a_page_that_is_not_there_is_a_finding(instead: str, message: str | None) -> None:
    _, findings = resolved(decide("outdated", "forum:3", instead=instead))
    assert [f.message for f in findings] == ([message] if message else [])


CONTRADICTIONS = {
    "directly": (decide("same", "forum:1", "forum:3", line=3), decide("apart", "forum:3", "forum:1", line=7)),
    "through_another": (
        decide("same", "forum:1", "forum:4", line=3),
        decide("same", "forum:4", "forum:3", line=5),
        decide("apart", "forum:3", "forum:1", line=7),
    ),
    "pages": (
        decide("same", "/q/red-widget/", "forum:3", line=3),
        decide("apart", "/q/red-widget/", "forum:3", line=7),
    ),
    "titles": (decide("title", "forum:1", text="One?", line=3), decide("title", "/q/red-widget/", text="Two?", line=7)),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_names_both_and_neither_is_obeyed(name: str) -> None:
    decided, (finding,) = resolved(*CONTRADICTIONS[name])
    assert finding.code == "FAQ603"
    assert finding.level is Severity.ERROR
    assert str(finding.where) == "content/decisions/a.yml:7"
    assert "content/decisions/a.yml:3" in finding.message
    assert decided.same == ()
    assert decided.apart == ()
    assert key("1") not in decided.titles


def test_two_answers_for_one_thread_contradict() -> None:
    two_replies = a_thread("7", "Question 7")
    reply = two_replies.messages[1]
    other = replace(reply, id="5", url=Url("https://forum.widgets.example/t/7#5"))
    thread = replace(two_replies, messages=(*two_replies.messages, other))
    first = decide("answer", "https://forum.widgets.example/t/7#2", line=3)
    second = decide("answer", "https://forum.widgets.example/t/7#5", line=7)
    decided, (finding,) = resolve_decisions([second, first], [thread], Targets([thread], Ledger(), None), RedactRules())
    assert finding.code == "FAQ603"
    assert ":3" in finding.message
    assert decided.answers == {}
    both = decide("answer", "https://forum.widgets.example/t/7#5", "https://forum.widgets.example/t/7#2")
    decided, findings = resolve_decisions([both], [thread], Targets([thread], Ledger(), None), RedactRules())
    assert decided.answers == {key("7"): ("5", "2")}
    assert not findings


def test_unanswered_keeps_the_latest_reply_that_was_read() -> None:
    rows = [decide("unanswered", f"forum:3#{n}", line=n) for n in (2, 1)]
    assert resolved(*rows)[0].unanswered == {key("3"): "2"}


@pytest.mark.parametrize(("last", "contradicts"), [("2", True), ("1", False)])
def test_an_answer_contradicts_unanswered_only_if_it_is_no_newer(last: str, contradicts: bool) -> None:
    decided, findings = resolved(decide("answer", "forum:3#2", line=1), decide("unanswered", f"forum:3#{last}", line=2))
    assert [finding.code for finding in findings] == ["FAQ603"] * contradicts
    assert (decided.answers, decided.unanswered) == (({}, {}) if contradicts else ({key("3"): ("2",)}, {key("3"): "1"}))


def test_what_does_not_contradict_is_obeyed() -> None:
    decided, findings = resolved(
        *CONTRADICTIONS["directly"],
        decide("same", "forum:4", "blog:1"),
        decide("apart", "forum:4", "forum:2"),
        decide("title", "forum:4", text="One?"),
        decide("title", "forum:4", text="One?", line=2),
    )
    assert decided.same == ((key("blog:1"), key("4")),)
    assert decided.apart == ((key("2"), key("4")),)
    assert decided.titles == {key("4"): PublicText("One?")}
    assert len(findings) == 1


NAMES = ["forum:1", "forum:2", "forum:3", "forum:4", "blog:1"]
DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(["same", "apart"]), st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True)
    ),
    max_size=6,
)


@given(DECISIONS, st.randoms(use_true_random=False))
def test_what_is_obeyed_never_contradicts_itself(rows: Sequence[tuple[str, list[str]]], random: Any) -> None:
    decisions = [decide(kind, *names, line=line) for line, (kind, names) in enumerate(rows, 1)]
    decided, findings = resolved(*decisions)
    groups: list[set[ThreadKey]] = []
    for keys in decided.same:
        touched = [g for g in groups if g & set(keys)]
        groups = [*(g for g in groups if g not in touched), set(keys).union(*touched)]
    assert not any(one in group and other in group for one, other in decided.apart for group in groups)
    random.shuffle(decisions)
    assert resolved(*decisions) == (decided, findings)
