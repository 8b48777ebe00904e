"""Topics -> documents: the fields that filters and result cards need."""

import json
import re
from dataclasses import replace

import pytest

from faq_builder.model import WRITTEN_MESSAGE_ID, JoinedBy, LikelyDuplicate, Note, NoteKind, PublicText, Reason, Topic
from faq_builder.render.labels_en import ENGLISH
from faq_builder.render.site import topic_site_path
from faq_builder.render.templates import theme_folder
from faq_builder.search import Standing, open_documents, site_documents, topic_document
from faq_builder.search.documents import SNIPPET_LENGTH
from topic_samples import a_site, a_topic

OUTDATED = Note(kind=NoteKind.OUTDATED, version=PublicText("5"))
CONFIRMED = Note(kind=NoteKind.CONFIRMED, version=PublicText("4.10"))


def test_a_document_has_products_places_dates_and_a_snippet() -> None:
    topic = a_topic("1", title="Does the Hub Mini fit the hub mini base?", reply="Yes. " * 60)
    site = replace(a_site(topic), products=("Hub", "Hub Mini", "Base", "Lamp"))
    (document,) = site_documents(site)
    assert document.products == ("Base", "Hub Mini"), "the longer name, written in any case"
    assert document.places == ("Widget forum",)
    assert document.first_asked == topic.first_asked.date()
    assert document.last_answered == topic.last_answered.date()
    assert len(str(document.snippet)) <= SNIPPET_LENGTH
    assert str(document.snippet).startswith("Yes. Yes."), "an answer to the headline quotes no statement"
    (other,) = site_documents(a_site(a_topic("1", title="Hub Mini", reply="Yes. " * 60)))
    assert str(other.snippet).startswith("“It broke.” Yes."), "the words that an answer replies to come first"


def without_answer(topic: Topic) -> Topic:
    return replace(topic, main=None, members=tuple(replace(member, answer=None) for member in topic.members))


def test_an_open_topic_has_its_titles_and_no_text_of_its_discussion() -> None:
    answered, asked = a_topic("1"), without_answer(a_topic("2", title="Does it float?", reply="It sinks like lead."))
    gone = LikelyDuplicate(topic="gone", because=JoinedBy.MEANING, score=0.9)
    likely = LikelyDuplicate(topic=answered.id, because=JoinedBy.SOURCE, score=0.8)
    site = a_site(answered, replace(asked, likely_duplicates=(gone, likely)))
    (document,) = open_documents(site)
    assert str(document.question) == "Does it float?"
    assert document.url == asked.members[0].thread.url.value
    assert document.replies == 1
    assert document.places == ("Widget forum",)
    assert [(one.site_path, one.because) for one in document.likely] == [
        (str(topic_site_path(answered)), JoinedBy.SOURCE)
    ]
    assert "sinks" not in repr(document)
    assert "broke" not in repr(document)
    assert [one.id for one in site_documents(site)] == [answered.id]


def test_an_answered_topic_names_its_likely_duplicates_and_no_open_one() -> None:
    one, other, asked = a_topic("1"), a_topic("2"), without_answer(a_topic("3"))
    likely = tuple(LikelyDuplicate(topic=t.id, because=JoinedBy.MEANING, score=0.9) for t in (asked, other))
    documents = {d.id: d for d in site_documents(a_site(replace(one, likely_duplicates=likely), other, asked))}
    assert [d.site_path for d in documents[one.id].likely] == [str(topic_site_path(other))]
    assert documents[other.id].likely == ()


def test_a_site_without_configured_products_has_none() -> None:
    (document,) = site_documents(a_site(a_topic("1")))
    assert document.products == ()


def reason_of(topic: Topic, reason: Reason) -> Reason | None:
    (member,) = topic.members
    answered = replace(member.answer, reason=reason)
    return topic_document(replace(topic, members=(replace(member, answer=answered),))).reason


@pytest.mark.parametrize("reason", Reason)
def test_a_document_has_the_reason_of_its_main_answer(reason: Reason) -> None:
    assert reason_of(a_topic("1"), reason) is reason


def test_an_answer_that_the_team_wrote_is_the_main_answer() -> None:
    topic = a_topic("1")
    written = replace(topic.members[0].thread.messages[1], id=WRITTEN_MESSAGE_ID)
    assert topic_document(replace(topic, written=written)).reason is Reason.WRITTEN


def test_each_reason_has_a_label_in_results() -> None:
    labels = (theme_folder() / "assets/faq/ui/labels.js").read_text(encoding="utf-8")
    reasons = {reason.value for reason in Reason}
    assert set(re.findall(r'"chosen\.(\w+)":', labels)) == reasons
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
def test_notes_give_the_standing_of_an_answer(
    notes: tuple[Note, ...], standing: Standing, versions: tuple[str, ...]
) -> None:
    document = topic_document(replace(a_topic("1"), notes=notes))
    assert document.standing is standing
    assert tuple(map(str, document.versions)) == versions
