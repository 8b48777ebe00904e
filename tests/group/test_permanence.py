"""Permanent slugs: every published page stays reachable, whatever happens to threads and whatever people decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import GroupRules, RedactRules, Source
from faq_builder.decisions import ResolvedDecisions, Targets, resolve_decisions
from faq_builder.group import group_threads
from faq_builder.ledger import ledger_text, lock_topics, parse_ledger
from faq_builder.model import (
    Answered,
    Decision,
    DecisionKind,
    Grouping,
    Ledger,
    LedgerRow,
    PublicText,
    PublicThread,
    Reason,
    ThreadKey,
    Url,
    Withdrawn,
    topic_id,
)
from thread_samples import a_thread, answer_of, findings_and_groups, grouped, key, names_of, partition, topic_with

TODAY = date(2026, 1, 1)
LATER = date(2026, 2, 2)
SHATTERED = "Why did my red widget shatter in the rain yesterday?"
RESET = "How can the admin password of the hub be reset?"
THREADS = [a_thread("1", SHATTERED), a_thread("2", SHATTERED, day=1), a_thread("3", RESET, day=2)]
SLUG, RESET_SLUG = (
    "why-did-my-red-widget-shatter-in-the-rain-yesterday",
    "how-can-the-admin-password-of-the-hub-be-reset",
)


def locked(
    threads: Sequence[PublicThread], resolved: ResolvedDecisions | None = None, ledger: Ledger | None = None
) -> Ledger:
    return lock_topics(grouped(threads, resolved, ledger), ledger or Ledger(), TODAY)


def alive(grouping: Grouping) -> dict[str, str]:
    """Every slug that has a page or a redirect, with the id of its topic."""
    addresses = [(topic.slug, topic.id) for topic in grouping.topics if topic.answered]
    addresses += grouping.redirects
    addresses += [(slug, gone.id) for gone in grouping.withdrawn for slug in (gone.slug, *gone.former_slugs)]
    assert len(dict(addresses)) == len(addresses), "a slug belongs to two topics"
    return dict(addresses)


def test_locking_keeps_every_answered_topic() -> None:
    grouping = grouped([*THREADS, a_thread("4", "Nobody knows the answer to this one", reply=None)])
    ledger = lock_topics(grouping, Ledger(), TODAY)
    assert [(r.slug, r.members, r.published, r.changed) for r in sorted(ledger.rows, key=lambda r: r.slug)] == [
        (RESET_SLUG, (key("3"),), TODAY, TODAY),
        (SLUG, (key("1"), key("2")), TODAY, TODAY),
    ]
    assert ledger.rows == tuple(sorted(ledger.rows, key=lambda r: r.id))


def test_a_locked_site_has_nothing_to_lock() -> None:
    ledger = locked(THREADS)
    grouping = grouped(THREADS, ledger=ledger)
    assert grouping.unlocked == ()
    assert {topic.published for topic in grouping.topics} == {TODAY}
    assert lock_topics(grouping, ledger, LATER) == ledger


def test_a_new_thread_joins_and_dates_the_topic() -> None:
    ledger = locked(THREADS)
    more = [*THREADS, a_thread("4", SHATTERED, day=9)]
    newer = lock_topics(grouped(more, ledger=ledger), ledger, LATER)
    assert {(r.slug, len(r.members), r.published, r.changed) for r in newer.rows} == {
        (SLUG, 3, TODAY, LATER),
        (RESET_SLUG, 1, TODAY, TODAY),
    }


def test_quiet_locking_dates_new_topics_by_their_answers() -> None:
    ledger = lock_topics(grouped(THREADS), Ledger(), TODAY, keep_dates=True)
    assert {r.published for r in ledger.rows} == {date(2024, 3, 2), date(2024, 3, 3)}
    more = [*THREADS, a_thread("4", SHATTERED, day=9)]
    assert {r.changed for r in lock_topics(grouped(more, ledger=ledger), ledger, TODAY, keep_dates=True).rows} == {
        date(2024, 3, 2),
        date(2024, 3, 3),
    }


def test_placed_threads_keep_their_topic_whatever_they_say_now() -> None:
    ledger = locked(THREADS)
    changed = [replace(thread, title=PublicText(RESET)) for thread in THREADS]
    grouping = grouped(changed, ledger=ledger)
    assert partition(grouping) == {frozenset({"1", "2"}), frozenset({"3"})}
    assert topic_with(grouping, "1").slug == SLUG
    assert str(topic_with(grouping, "1").question) == RESET


def test_two_published_topics_are_never_merged_by_the_machine() -> None:
    ledger = locked(THREADS)
    changed = [replace(thread, title=PublicText(SHATTERED)) for thread in THREADS]
    grouping = grouped(changed, ledger=ledger)
    assert partition(grouping) == {frozenset({"1", "2"}), frozenset({"3"})}
    (suggestion,) = grouping.suggestions
    assert suggestion.topics == tuple(sorted(topic.id for topic in grouping.topics))


def test_a_source_that_declares_published_topics_the_same_asks_a_person() -> None:
    ledger = locked(THREADS)
    threads = [*THREADS[:2], replace(THREADS[2], duplicate_of=(key("1"),))]
    grouping, findings = findings_and_groups(threads, ledger=ledger)
    assert partition(grouping) == {frozenset({"1", "2"}), frozenset({"3"})}
    assert [s.score for s in grouping.suggestions] == [1.0]
    assert [f.code for f in findings] == ["FAQ622"]


def test_a_decision_merges_published_topics_and_the_older_slug_stays() -> None:
    ledger = Ledger(
        rows=tuple(replace(r, published=LATER if r.slug == SLUG else r.published) for r in locked(THREADS).rows)
    )
    resolved = ResolvedDecisions(same=((key("1"), key("3")),))
    grouping = grouped(THREADS, resolved, ledger)
    (topic,) = grouping.topics
    assert topic.slug == RESET_SLUG
    assert topic.former_slugs == (SLUG,)
    assert grouping.redirects == ((SLUG, topic.id),)
    assert grouping.former_ids == ((topic_id(key("1")), topic.id),)
    merged = lock_topics(grouping, ledger, LATER)
    assert [(r.slug, r.merged_into) for r in merged.rows if r.merged_into] == [(SLUG, topic.id)]
    for later in (resolved, ResolvedDecisions()):  # once locked, the decision need not be kept
        again = grouped(THREADS, later, merged)
        assert again.redirects == grouping.redirects
        assert again.former_ids == grouping.former_ids
        assert len(again.topics) == 1
        assert lock_topics(again, merged, LATER) == merged


def test_merged_topics_lead_on_through_chains() -> None:
    rows = [
        LedgerRow(id="aaa", slug="first", former_slugs=("older",), published=TODAY, changed=TODAY, merged_into="bbb"),
        LedgerRow(id="bbb", slug="second", published=TODAY, changed=TODAY, merged_into="ccc"),
        LedgerRow(id="ccc", slug="third", members=(key("3"),), published=TODAY, changed=TODAY),
    ]
    grouping = grouped(THREADS[2:], ledger=Ledger(rows=tuple(rows)))
    assert grouping.redirects == (("first", "ccc"), ("older", "ccc"), ("second", "ccc"))
    assert grouping.former_ids == (("aaa", "ccc"), ("bbb", "ccc"))
    assert grouping.topics[0].former_slugs == ("first", "older", "second")
    gone = grouped([], ledger=Ledger(rows=tuple(rows)))
    assert gone.withdrawn == (Withdrawn(id="ccc", slug="third", former_slugs=("first", "older", "second")),)
    assert gone.former_ids == grouping.former_ids


def test_ids_merged_before_follow_their_heir_when_it_is_merged_too() -> None:
    rows = (
        LedgerRow(id="aaa", slug="first", published=TODAY, changed=TODAY, merged_into="bbb"),
        LedgerRow(id="bbb", slug="second", members=(key("1"),), published=LATER, changed=LATER),
        LedgerRow(id="ccc", slug="third", members=(key("3"),), published=TODAY, changed=TODAY),
    )
    grouping = grouped(THREADS, ResolvedDecisions(same=((key("1"), key("3")),)), Ledger(rows=rows))
    assert grouping.former_ids == (("aaa", "ccc"), ("bbb", "ccc"))


def test_a_split_topic_stays_with_the_half_that_holds_the_main_answer() -> None:
    threads = [*THREADS, a_thread("4", SHATTERED, day=4)]
    ledger = locked(threads)
    resolved = ResolvedDecisions(apart=((key("1"), key("2")),))
    answers = [answer_of(thread, Reason.MARKED if thread.key == key("2") else Reason.VOTES) for thread in threads]
    grouping, _ = group_threads([*map(Answered, threads, answers)], resolved, ledger, GroupRules(), language="en")
    kept, split = topic_with(grouping, "2"), topic_with(grouping, "1")
    assert names_of(kept) == ["2", "4"]
    assert kept.slug == SLUG
    assert kept.id == topic_id(key("1"))  # the id was of the other thread, and stays where it is
    assert names_of(split) == ["1"]
    assert split.id == topic_id(key("1"), 11)
    assert split.slug == f"{SLUG}-{split.id}"
    assert grouping.unlocked == (split.id,)
    after = lock_topics(grouping, ledger, LATER)
    assert {r.id: r.members for r in after.rows}[kept.id] == (key("2"), key("4"))
    assert lock_topics(grouped(threads, resolved, after), after, LATER) == after


def split_site(*, apart: Sequence[tuple[str, str]] = (("2", "1"), ("2", "4"))) -> tuple[list[PublicThread], Ledger]:
    """Threads 1, 2 and 4, which were one topic until somebody split it: thread 4 has the better answer."""
    threads = [a_thread("1", SHATTERED), a_thread("2", SHATTERED, day=1), a_thread("4", SHATTERED, day=4), THREADS[2]]
    resolved = ResolvedDecisions(apart=tuple((key(one), key(other)) for one, other in apart))
    whole = locked(threads)
    return threads, lock_topics(grouped(threads, resolved, whole), whole, LATER)


def moved_to(grouping: Grouping, name: str) -> set[frozenset[str]]:
    """The topics, as sets of their threads, that hold threads which left the topic of the named thread."""
    topics = {topic.id: topic for topic in grouping.topics}
    return {frozenset(names_of(topics[part])) for part in topic_with(grouping, name).split_into}


def test_a_split_topic_says_where_its_other_half_is() -> None:
    threads, ledger = split_site()
    grouping = grouped(threads, ledger=ledger)
    assert moved_to(grouping, "4") == {frozenset({"2"})}
    assert moved_to(grouping, "2") == moved_to(grouping, "3") == set()
    assert [r.split_off for r in ledger.rows if r.slug == SLUG] == [(key("2"),)]
    assert lock_topics(grouping, ledger, LATER) == ledger


def test_a_split_that_is_not_locked_yet_is_told_in_the_preview() -> None:
    threads, _ = split_site()
    assert moved_to(grouped(threads, ResolvedDecisions(apart=((key("1"), key("4")),)), locked(threads)), "4") == {
        frozenset({"1"})
    }


def test_a_topic_that_is_split_twice_names_both_parts() -> None:
    threads, ledger = split_site()
    again = ResolvedDecisions(apart=((key("1"), key("4")), (key("1"), key("2"))))
    assert moved_to(grouped(threads, again, ledger), "4") == {frozenset({"1"}), frozenset({"2"})}
    twice = locked(threads, again, ledger)
    assert moved_to(grouped(threads, ledger=twice), "4") == {frozenset({"1"}), frozenset({"2"})}
    assert [r.split_off for r in twice.rows if r.slug == SLUG] == [(key("1"), key("2"))]


def test_a_part_that_is_split_again_is_told_where_its_threads_are() -> None:
    threads, ledger = split_site(apart=[("1", "4"), ("2", "4")])
    assert moved_to(grouped(threads, ledger=ledger), "4") == {frozenset({"1", "2"})}
    again = locked(threads, ResolvedDecisions(apart=((key("1"), key("2")), (key("1"), key("4")))), ledger)
    grouping = grouped(threads, ledger=again)
    assert moved_to(grouping, "4") == {frozenset({"1"}), frozenset({"2"})}
    assert moved_to(grouping, "2") == {frozenset({"1"})}


def test_a_part_that_comes_back_is_told_no_more() -> None:
    threads, ledger = split_site()
    resolved = ResolvedDecisions(same=((key("2"), key("4")),))
    assert moved_to(grouped(threads, resolved, ledger), "4") == set()
    back = locked(threads, resolved, ledger)
    assert [r.split_off for r in back.rows] == [()] * len(back.rows)
    assert moved_to(grouped(threads, ledger=back), "4") == set()


def test_a_part_that_is_merged_into_another_topic_is_told_as_that() -> None:
    threads, ledger = split_site()
    resolved = ResolvedDecisions(same=((key("2"), key("3")),))
    for grouping in (grouped(threads, resolved, ledger), grouped(threads, ledger=locked(threads, resolved, ledger))):
        assert moved_to(grouping, "4") == {frozenset({"2", "3"})}


def test_what_a_merged_topic_lost_is_told_by_its_heir() -> None:
    threads, ledger = split_site()
    resolved = ResolvedDecisions(same=((key("3"), key("4")),))
    for grouping in (grouped(threads, resolved, ledger), grouped(threads, ledger=locked(threads, resolved, ledger))):
        assert moved_to(grouping, "3") == {frozenset({"2"})}


def test_what_does_not_follow_a_merged_topic_is_told_by_its_heir() -> None:
    threads, _ = split_site()
    resolved = ResolvedDecisions(same=((key("3"), key("4")),), apart=((key("2"), key("4")), (key("1"), key("2"))))
    ledger = locked(threads, resolved, locked(threads))
    for grouping in (grouped(threads, resolved, locked(threads)), grouped(threads, ledger=ledger)):
        assert moved_to(grouping, "3") == {frozenset({"2"})}


def test_a_part_without_an_answer_is_told_when_it_has_one_again() -> None:
    threads, ledger = split_site()
    silent = [replace(t, messages=t.messages[:1]) if t.key == key("2") else t for t in threads]
    assert moved_to(grouped(silent, ledger=ledger), "4") == set()
    hidden = grouped(threads, ResolvedDecisions(hidden=frozenset({key("2")})), ledger)
    assert moved_to(hidden, "4") == set()
    later = lock_topics(grouped(silent, ledger=ledger), ledger, LATER)
    assert moved_to(grouped(threads, ledger=later), "4") == {frozenset({"2"})}


def test_a_part_lives_on_without_the_thread_that_went() -> None:
    threads, ledger = split_site()
    joined = [*threads, a_thread("5", SHATTERED, duplicate_of=(key("2"),))]
    ledger = locked(joined, ledger=ledger)
    assert moved_to(grouped([t for t in joined if t.key != key("2")], ledger=ledger), "4") == {frozenset({"5"})}


def test_a_retitled_part_is_still_told() -> None:
    threads, ledger = split_site()
    renamed = [replace(t, title=PublicText(RESET)) if t.key == key("2") else t for t in threads]
    assert moved_to(grouped(renamed, ledger=ledger), "4") == {frozenset({"2"})}


def test_a_topic_whose_threads_are_gone_is_withdrawn_and_comes_back() -> None:
    ledger = locked(THREADS)
    grouping = grouped(THREADS[2:], ledger=ledger)
    assert [w.slug for w in grouping.withdrawn] == [SLUG]
    kept = lock_topics(grouping, ledger, LATER)
    assert kept == ledger
    assert grouped(THREADS, ledger=kept).withdrawn == ()


def test_a_topic_that_lost_its_answer_is_withdrawn_and_its_question_is_open() -> None:
    ledger = locked(THREADS)
    threads = [replace(thread, messages=thread.messages[:1]) for thread in THREADS[:2]]
    grouping = grouped([*threads, THREADS[2]], ledger=ledger)
    assert [w.slug for w in grouping.withdrawn] == [SLUG]
    topic = topic_with(grouping, "1")
    assert not topic.answered
    assert (topic.id, topic.slug) == (grouping.withdrawn[0].id, SLUG)
    assert lock_topics(grouping, ledger, LATER) == ledger


def test_a_withdrawn_topic_knows_what_is_close_to_it() -> None:
    threads = [*THREADS, a_thread("4", "Why did my red widget shatter in the frost last winter?", day=3)]
    ledger = locked(threads)
    silent = [replace(t, messages=t.messages[:1]) if t.key in (key("1"), key("2")) else t for t in threads]
    grouping = grouped(silent, ledger=ledger)
    assert [(w.slug, w.related) for w in grouping.withdrawn] == [(SLUG, (topic_with(grouping, "4").id,))]


def test_a_withdrawn_topic_knows_what_was_split_off() -> None:
    threads, ledger = split_site(apart=[("1", "4"), ("2", "4")])
    grouping = grouped([t for t in threads if t.key != key("4")], ledger=ledger)
    assert [w.related for w in grouping.withdrawn] == [(topic_with(grouping, "1").id,)]


def test_a_hidden_topic_is_withdrawn() -> None:
    ledger = locked(THREADS)
    grouping = grouped(THREADS, ResolvedDecisions(hidden=frozenset({key("1"), key("2")})), ledger)
    assert [w.slug for w in grouping.withdrawn] == [SLUG]
    assert grouping.hidden == (key("1"), key("2"))


def test_a_withdrawn_page_can_be_led_on_by_a_decision() -> None:
    ledger = Ledger(
        rows=tuple(replace(r, published=LATER if r.slug == SLUG else r.published) for r in locked(THREADS).rows)
    )
    grouping = grouped(THREADS[2:], ResolvedDecisions(same=((key("1"), key("3")),)), ledger)
    (topic,) = grouping.topics
    assert grouping.redirects == ((SLUG, topic.id),)
    merged = lock_topics(grouping, ledger, LATER)
    # threads that are not here move along, so that they come back to the topic that their page redirects to
    assert merged.by_id()[topic.id].members == (key("1"), key("2"), key("3"))
    assert partition(grouped(THREADS, ledger=merged)) == {frozenset({"1", "2", "3"})}


def test_what_is_split_off_stays_together_as_far_as_it_may() -> None:
    titles = [SHATTERED, RESET, "Are there green widgets?", "Where is the nearest shop?"]
    threads = [a_thread(str(n), title, day=n) for n, title in enumerate(titles, 1)]
    ledger = locked(threads, ResolvedDecisions(same=(tuple(key(str(n)) for n in range(1, 5)),)))
    resolved = ResolvedDecisions(apart=((key("1"), key("4")), (key("2"), key("4"))))
    assert topic_with(grouped(threads, ledger=ledger), "1").main == key("4")  # the newest answer
    assert partition(grouped(threads, resolved, ledger)) == {frozenset({"3", "4"}), frozenset({"1", "2"})}


def test_a_slug_is_never_given_again() -> None:
    row = LedgerRow(id="aaa", slug="gone", former_slugs=(SLUG,), published=TODAY, changed=TODAY)
    grouping = grouped(THREADS, ledger=Ledger(rows=(row,)))
    topic = topic_with(grouping, "1")
    assert topic.slug == f"{SLUG}-{topic.id}"


def test_equal_questions_get_different_slugs_and_the_first_asked_the_plain_one() -> None:
    resolved = ResolvedDecisions(apart=((key("1"), key("2")),))
    first, second = topic_with(grouped(THREADS, resolved), "1"), topic_with(grouped(THREADS, resolved), "2")
    assert first.slug == SLUG
    assert second.slug == f"{SLUG}-{second.id}"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_of_equal_wordings_kept_apart_the_order_does_not_choose(order: tuple[int, ...]) -> None:
    threads = [a_thread(str(n), SHATTERED) for n in range(1, 5)]
    grouping = grouped([threads[n] for n in order], ResolvedDecisions(apart=((key("2"), key("4")),)))
    assert partition(grouping) == {frozenset({"1", "2", "3"}), frozenset({"4"})}


SITE = Url("https://faq.widgets.example/")
NAMES = ["1", "2", "3", "4", "5", "6"]
TITLES = [SHATTERED, RESET, "Does the hub work in the rain?", "Widget shattered in the rain", "红色小部件坏了"]


@dataclass
class World:
    """Some threads, what people decided so far, the ledger, and every slug that was ever published."""

    threads: dict[str, PublicThread] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    published: set[str] = field(default_factory=set)
    were: dict[str, set[ThreadKey]] = field(default_factory=dict)  # by row the threads that ever stood in it
    day: date = TODAY
    moves: int = 0  # how often the forum moved

    def act(self, what: str, name: str, other: str, title: str) -> None:
        if what == "add":
            self.threads[name] = self.at_home(a_thread(name, title, day=int(name)))
        elif what == "add open":
            self.threads[name] = self.at_home(a_thread(name, title, day=int(name), reply=None))
        elif what == "add duplicate":
            thread = a_thread(name, title, day=int(name), reply=None, duplicate_of=[Url(self.address(other))])
            self.threads[name] = self.at_home(thread)
        elif what == "add guidepost":
            page = next((row.slug for row in self.ledger.rows), None)
            reply = f"See {SITE}q/{page}/" if page else f"See {self.address(other)}"
            self.threads[name] = self.at_home(a_thread(name, title, day=int(name), reply=reply))
        elif what == "move":
            self.moves += 1
            self.threads = {name: self.at_home(thread) for name, thread in self.threads.items()}
        elif what == "opt out" and name in self.threads:  # who answered wants their texts gone
            thread = self.threads[name]
            self.threads[name] = replace(thread, messages=thread.messages[:1])
        elif what == "remove":
            self.threads.pop(name, None)
        elif what == "retitle" and name in self.threads:
            self.threads[name] = replace(self.threads[name], title=PublicText(title))
        elif what in ("same", "apart", "hide") and name != other:
            addresses = (self.address(name),) if what == "hide" else (self.address(name), self.address(other))
            where = Location(path="a.yml", line=len(self.decisions) + 1)
            self.decisions.append(
                Decision(kind=DecisionKind(what), references=addresses, reason="because", where=where)
            )
        elif what == "forget":
            self.decisions = self.decisions[1:]

    def address(self, name: str) -> str:
        return f"{self.forum_url()}/t/{name}"

    def forum_url(self, moves: int | None = None) -> str:
        return f"https://forum{self.moves if moves is None else moves}.widgets.example"

    def at_home(self, thread: PublicThread) -> PublicThread:
        messages = tuple(
            replace(m, url=Url(f"{self.address(thread.key.native)}#{m.id}")) if m.url else m for m in thread.messages
        )
        return replace(thread, url=Url(self.address(thread.key.native)), messages=messages)

    def targets(self) -> Targets:
        former = tuple(Url(self.forum_url(n)) for n in range(self.moves))
        forum = Source(key="forum", place="Forum", base_url=Url(self.forum_url()), moved_from=former)
        return Targets.of(list(self.threads.values()), self.ledger, SITE, [forum])

    def resolved(self) -> ResolvedDecisions:
        return resolve_decisions(self.decisions, list(self.threads.values()), self.targets(), RedactRules())[0]

    def grouping(self) -> Grouping:
        return self.grouped(list(self.threads.values()))[0]

    def grouped(self, threads: list[PublicThread]) -> tuple[Grouping, tuple[Diagnostic, ...]]:
        answered = [Answered(thread, answer_of(thread)) for thread in threads]
        return group_threads(
            answered, self.resolved(), self.ledger, GroupRules(), language="en", targets=self.targets()
        )

    def lock(self) -> None:
        self.day += timedelta(days=1)
        self.ledger = lock_topics(self.grouping(), self.ledger, self.day)
        self.published |= {r.slug for r in self.ledger.rows}
        for r in self.ledger.rows:
            self.were.setdefault(r.id, set()).update(r.members)

    def parts(self, grouping: Grouping) -> dict[str, set[str]]:
        """By topic, the answered topics that hold a thread which was once on one of its pages."""
        heirs = dict(grouping.former_ids)
        now = {key: heirs.get(row.id, row.id) for key, row in self.ledger.by_member().items()}
        now |= {m.thread.key: topic.id for topic in grouping.topics for m in topic.members}
        found: dict[str, set[str]] = {topic.id: set() for topic in grouping.topics}
        for row, members in self.were.items():
            found.setdefault(heirs.get(row, row), set()).update(now[key] for key in members)
        answered = {topic.id for topic in grouping.topics if topic.answered}
        return {topic: others & answered - {topic} for topic, others in found.items()}


ACTS = st.tuples(
    st.sampled_from(
        [
            *("add", "add", "add open", "add duplicate", "add guidepost", "remove", "retitle", "move", "opt out"),
            *("same", "apart", "hide", "forget"),
        ]
    ),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(TITLES),
    st.booleans(),
)


def inhabited() -> World:
    """Five threads, each a published topic of its own."""
    world = World()
    for number, title in enumerate(TITLES, 1):
        world.act("add", str(number), "", title)
    world.lock()
    return world


@settings(max_examples=150, deadline=None)
@given(acts=st.lists(ACTS, max_size=14), is_new=st.booleans())
@example(  # two published topics become one that nobody answers any more
    acts=[
        ("add open", "1", "1", SHATTERED, False),
        ("same", "1", "2", SHATTERED, False),
        ("add open", "2", "1", SHATTERED, True),
    ],
    is_new=False,
)
def test_every_published_slug_is_kept_whatever_happens(
    acts: list[tuple[str, str, str, str, bool]], *, is_new: bool
) -> None:
    world = World() if is_new else inhabited()
    for *act, locks in acts:
        before_it = partition(world.grouping())
        world.act(*act)
        grouping = world.grouping()
        if act[0] == "move":  # decisions, duplicate marks and guideposts hold although they name old URLs
            assert partition(grouping) == before_it
        assert world.published <= set(alive(grouping))
        parts = world.parts(grouping)
        assert {t.id: set(t.split_into) for t in grouping.topics} == {t.id: parts[t.id] for t in grouping.topics}
        shown = sorted(m.thread.key for topic in grouping.topics for m in topic.members)
        assert sorted((*shown, *grouping.hidden)) == sorted(t.key for t in world.threads.values())
        if locks:
            before = placed(world.ledger)
            world.lock()
            resolved = world.resolved()
            after, heirs = placed(world.ledger), world.ledger.surviving_rows()
            for member, topic in before.items():
                if not resolved.apart:
                    assert after[member] == heirs[topic].id
            again = world.grouping()
            assert again.unlocked == ()
            assert lock_topics(again, world.ledger, world.day) == world.ledger
            assert parse_ledger(ledger_text(world.ledger), "ledger") == (world.ledger, ())
            assert world.published <= set(alive(again))


def placed(ledger: Ledger) -> dict[ThreadKey, str]:
    found = {member: r.id for r in ledger.rows for member in r.members}
    assert len(found) == sum(len(r.members) for r in ledger.rows), "a thread is in two rows"
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_threads_never_changes_the_result(
    acts: list[tuple[str, str, str, str, bool]], random: object
) -> None:
    world = World()
    for *act, locks in acts:
        world.act(*act)
        if locks:
            world.lock()
    threads = list(world.threads.values())
    expected = world.grouped(threads)
    random.shuffle(threads)  # type: ignore[attr-defined]
    random.shuffle(world.decisions)  # type: ignore[attr-defined]
    assert world.grouped(threads) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=10))
def test_without_a_ledger_only_what_is_there_counts_and_not_how_it_came(
    acts: list[tuple[str, str, str, str, bool]],
) -> None:
    lived, fresh = World(), World()
    for *act, locks in acts:
        lived.act(*act)
        if locks:
            lived.lock()
    lived.ledger = Ledger()
    fresh.moves, fresh.decisions = lived.moves, list(lived.decisions)
    fresh.threads = dict(sorted(lived.threads.items(), reverse=True))
    assert lived.grouping() == fresh.grouping()


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=8), st.lists(ACTS, max_size=3), st.lists(ACTS, max_size=3))
def test_two_merged_publications_lose_no_slug(
    before: list[tuple[str, str, str, str, bool]],
    ours: list[tuple[str, str, str, str, bool]],
    theirs: list[tuple[str, str, str, str, bool]],
) -> None:
    past = World()
    for *act, _ in before:
        past.act(*act)
    past.lock()
    sides = []
    for acts in (ours, theirs):
        side = replace(past, threads=dict(past.threads), decisions=list(past.decisions), published=set())
        for *act, _ in acts:
            side.act(*act)
        side.lock()
        sides.append(side)
    texts = [ledger_text(side.ledger) for side in sides]
    text = f"<<<<<<< ours\n{texts[0]}=======\n{texts[1]}>>>>>>> theirs\n{texts[0]}"
    ledger, _ = parse_ledger(text, "ledger")
    assert parse_ledger(ledger_text(ledger), "ledger") == (ledger, ())
    merged = replace(sides[0], ledger=ledger, threads=sides[0].threads | sides[1].threads)
    published = sides[0].published | sides[1].published
    assert published <= set(alive(merged.grouping()))
    merged.lock()
    assert published <= set(alive(merged.grouping()))
