"""Topics -> documents: what filters and results need to know of them."""

import json
import re
from dataclasses import replace

import pytest

from faq_builder.model import WRITTEN, Note, NoteKind, PublicText, Reason, Topic
from faq_builder.render.labels_en import ENGLISH
from faq_builder.render.templates import theme_folder
from faq_builder.search import Standing, documents, search_document
from faq_builder.search.topic_documents import PASSAGE
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


def chosen(topic: Topic, reason: Reason) -> Reason | None:
    (member,) = topic.members
    answered = replace(member.answer, reason=reason)
    return search_document(replace(topic, members=(replace(member, answer=answered),))).chosen


@pytest.mark.parametrize("reason", Reason)
def test_a_document_tells_the_reason_of_its_main_answer(reason: Reason) -> None:
    assert chosen(a_topic("1"), reason) is reason


def test_what_the_team_wrote_for_a_topic_is_told_before_its_main_answer() -> None:
    topic = a_topic("1")
    written = replace(topic.members[0].thread.messages[1], id=WRITTEN)
    assert search_document(replace(topic, written=written)).chosen is Reason.WRITTEN


def test_each_reason_has_its_words_in_results() -> None:
    parts = (theme_folder() / "assets/faq/ui/parts.js").read_text(encoding="utf-8")
    reasons = {reason.value for reason in Reason}
    assert set(re.findall(r'"chosen\.(\w+)":', parts)) == reasons
    assert {key.removeprefix("client.chosen.") for key in ENGLISH if key.startswith("client.chosen.")} == reasons


def test_results_and_pages_tell_apart_what_people_and_programs_chose_alike() -> None:
    item = (theme_folder() / "assets/faq/ui/result.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^const CHOSEN_BY_PEOPLE = (\[.+?\]);", item, re.MULTILINE)
    assert set(json.loads(listed)) == {reason.value for reason in Reason if reason.is_sure}


@pytest.mark.parametrize(
    ("notes", "standing", "versions"),
    [((), Standing.UNKNOWN, ()), ((CONFIRMED,), Standing.CONFIRMED, ("4.10",)), ((OUTDATED,), Standing.OUTDATED, ()),
     ((CONFIRMED, OUTDATED), Standing.OUTDATED, ("4.10",))],
)  # fmt: skip
def test_what_people_say_of_an_answer(notes: tuple[Note, ...], standing: Standing, versions: tuple[str, ...]) -> None:
    document = search_document(replace(a_topic("1"), notes=notes))
    assert document.standing is standing
    assert tuple(map(str, document.versions)) == versions
