"""Topics -> documents: what filters and results need to know of them."""

from dataclasses import replace

import pytest

from faq_builder.model import Note, NoteKind, PublicText, Reason, Topic
from faq_builder.search import Chosen, Standing, documents, search_document
from faq_builder.search.topics import PASSAGE
from topic_samples import a_site, a_topic

OUTDATED = Note(kind=NoteKind.OUTDATED, version=PublicText("5"))
CONFIRMED = Note(kind=NoteKind.CONFIRMED, version=PublicText("4.10"))


def test_a_document_says_when_where_and_of_what() -> None:
    topic = a_topic("1", title="Does the Hub Mini fit the hub mini base?", reply="Yes. " * 60)
    site = replace(a_site(topic), products=("Hub", "Hub Mini", "Base", "Lamp"))
    (document,) = documents(site)
    assert document.products == ("Base", "Hub Mini"), "the longer name, written in any case"
    assert document.places == ("Widget forum",)
    assert document.first_asked == topic.first_asked.date()
    assert document.last_answered == topic.last_answered.date()
    assert len(str(document.passage)) <= PASSAGE
    assert str(document.passage).startswith("Yes. Yes.")


def test_a_site_that_keeps_nothing_apart_has_no_products() -> None:
    (document,) = documents(a_site(a_topic("1")))
    assert document.products == ()


def chosen(topic: Topic, reason: Reason, format_: str = "discourse") -> Chosen | None:
    (member,) = topic.members
    answered = replace(member.answer, reason=reason)
    member = replace(member, thread=replace(member.thread, format=format_), answer=answered)
    return search_document(replace(topic, members=(member,))).chosen


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_its_words(reason: Reason) -> None:
    assert chosen(a_topic("1"), reason) is Chosen(reason.value)


def test_what_the_team_marked_in_its_own_files_is_its_own_choice() -> None:
    assert chosen(a_topic("1"), Reason.MARKED, "markdown") is Chosen.TEAM
    assert chosen(a_topic("1"), Reason.VOTES, "markdown") is Chosen.VOTES


@pytest.mark.parametrize(
    ("notes", "standing", "versions"),
    [((), Standing.UNKNOWN, ()), ((CONFIRMED,), Standing.CONFIRMED, ("4.10",)), ((OUTDATED,), Standing.OUTDATED, ()),
     ((CONFIRMED, OUTDATED), Standing.OUTDATED, ("4.10",))],
)  # fmt: skip
def test_what_people_say_of_an_answer(notes: tuple[Note, ...], standing: Standing, versions: tuple[str, ...]) -> None:
    document = search_document(replace(a_topic("1"), notes=notes))
    assert document.standing is standing
    assert tuple(map(str, document.versions)) == versions
