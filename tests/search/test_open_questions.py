"""Open questions and likely duplicates in the search: found, marked, in their place, and folded."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from indexes import document, write_files

from faq_builder.model import JoinedBy, PublicText
from faq_builder.search import Document, LikelyTopic, OpenDocument, build_index

Client = Callable[..., Any]
TWIN = LikelyTopic(site_path="q/wash/", question=PublicText("How do I wash it?"), because=JoinedBy.MEANING)
ANSWERED = [
    document("Can I go back from hub 5 to hub 4?", "No, the hub speaks too loud for that.", slug="back"),
    document("How do I connect two widgets to one hub?", "With a cable.", slug="connect", places=("Forum",)),
    document("Is a green widget safe for cats?", "It does not matter to cats.", slug="cats", places=("Blog",)),
    document("How do I wash it?", "With soap and water.", slug="wash"),
]


def waiting(question: str, **more: Any) -> OpenDocument:
    more["wordings"] = tuple(map(PublicText, more.get("wordings", ())))
    return OpenDocument(question=PublicText(question), url="https://forum.widgets.example/t/9", **more)


OPEN = [
    waiting("Does the hub speak Matter?", replies=6, places=("Chat",), first_asked=date(2024, 3, 9)),
    waiting("Does the green widget float in salt water?", likely=(TWIN,), wordings=("Will it swim?",)),
]


def index_of(folder: Path, documents: Sequence[Document], open_: Sequence[OpenDocument] = ()) -> Path:
    return write_files(build_index(documents, open_, language="en"), folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_of(tmp_path_factory.mktemp("open"), ANSWERED, OPEN)


def ask(client: Client, index: Path, query: str, **more: Any) -> Any:
    (answer,) = client(index=str(index), queries=[query], **more)
    return answer


def found(answer: Any) -> list[str]:
    return [one["question"] for one in answer["waiting"]]


def test_an_open_question_word_for_word_stands_first(client: Client, index: Path) -> None:
    answer = ask(client, index, "does the hub speak matter")
    (one,) = answer["waiting"]
    assert (one["question"], one["isSame"], one["above"]) == ("Does the hub speak Matter?", True, 0)
    assert (one["replies"], one["places"], one["month"], one["asked"]) == (6, ["Chat"], 650, 1)
    assert one["url"] == "https://forum.widgets.example/t/9"
    assert answer["results"], "answers follow"


def test_another_wording_word_for_word_counts_as_much(client: Client, index: Path) -> None:
    (one,) = ask(client, index, "will it swim")["waiting"]
    assert one["isSame"] is True


@pytest.mark.parametrize("query", ["float", "floa", "float in the sea", "green widget float"])
def test_an_open_question_is_found_by_some_of_its_words(client: Client, index: Path, query: str) -> None:
    (one,) = ask(client, index, query, typing=query == "floa")["waiting"]
    assert one["question"] == "Does the green widget float in salt water?"
    assert [(t["question"], t["path"], t["because"]) for t in one["likely"]] == [
        ("How do I wash it?", "q/wash/", "meaning")
    ]


def test_answers_that_are_as_strong_stand_above(client: Client, index: Path) -> None:
    answer = ask(client, index, "is a green widget safe")
    assert answer["results"][0]["address"] == "q/cats/"
    assert all(one["above"] >= 1 for one in answer["waiting"])


def test_a_question_that_shares_a_minor_word_is_not_shown(client: Client, index: Path) -> None:
    assert found(ask(client, index, "why is the invoice of my aunt empty since the summer")) == []


def test_no_open_question_passes_filters_phrases_that_it_lacks_or_the_address_of_a_page(
    client: Client, index: Path
) -> None:
    assert found(ask(client, index, "hub matter", options={"filters": {"place": ["Forum"]}})) == []
    assert found(ask(client, index, '"speak hub" matter')) == []
    assert found(ask(client, index, '"speak matter"')) == ["Does the hub speak Matter?"]
    assert found(ask(client, index, "q/hub-speak-matter/")) == []


def test_open_questions_change_nothing_about_answers(client: Client, index: Path, tmp_path: Path) -> None:
    alone = index_of(tmp_path, ANSWERED)
    for query in ("hub", "does the hub speak matter", "widgets", "swim"):
        with_open, without = ask(client, index, query), ask(client, alone, query)
        assert with_open["results"] == without["results"]
        assert with_open["total"] == without["total"]
        assert without["waiting"] == []


def test_a_site_of_open_questions_alone(client: Client, tmp_path: Path) -> None:
    answer = ask(client, index_of(tmp_path, [], OPEN), "hub matter")
    assert (found(answer), answer["results"], answer["total"]) == (["Does the hub speak Matter?"], [], 0)


def test_few_of_many_open_questions_are_shown(client: Client, tmp_path: Path) -> None:
    many = [waiting(f"Does widget number {n} float?") for n in range(100)]
    index = index_of(tmp_path, ANSWERED, many)
    assert len(found(ask(client, index, "widget float"))) == 2
    assert found(ask(client, index, "does widget number 71 float"))[0] == "Does widget number 71 float?"


def test_an_open_file_that_is_missing_costs_no_answer(client: Client, tmp_path: Path) -> None:
    index = index_of(tmp_path, ANSWERED, OPEN)
    for path in index.glob("open-*"):
        path.unlink()
    answer = ask(client, index, "hub matter")
    assert answer["waiting"] == []
    assert answer["results"]


# likely duplicates


def twins(*, both_ways: bool = True) -> list[Document]:
    first = LikelyTopic(site_path="q/a/", question=PublicText("How do I reset the kettle?"), because=JoinedBy.SOURCE)
    second = LikelyTopic(site_path="q/b/", question=PublicText("Kettle reset button"), because=JoinedBy.MEANING)
    return [
        document("How do I reset the kettle?", "Hold it.", slug="a", likely=(second,), places=("Forum",)),
        document("Kettle reset button", "Below.", slug="b", likely=(first,) if both_ways else (), places=("Blog",)),
        document("Is the kettle made of steel?", "Yes.", slug="c"),
    ]


@pytest.mark.parametrize("both_ways", [True, False])
@pytest.mark.parametrize("query", ["reset kettle", "kettle reset button", "kettle"])
def test_twins_are_one_result_that_names_the_other(client: Client, tmp_path: Path, query: str, both_ways: bool) -> None:
    index = index_of(tmp_path, twins(both_ways=both_ways))
    answer = ask(client, index, query)
    shown = [one["address"] for one in answer["results"] if one["address"] != "q/c/"]
    assert len(shown) == 1
    (one,) = [one for one in answer["results"] if one["address"] == shown[0]]
    assert {shown[0], *(other["path"] for other in one["likely"])} == {"q/a/", "q/b/"}
    assert answer["isAll"] is True


def test_a_filter_that_leaves_one_twin_out_shows_the_other(client: Client, tmp_path: Path) -> None:
    index = index_of(tmp_path, twins())
    for place, path in (("Forum", "q/a/"), ("Blog", "q/b/")):
        answer = ask(client, index, "kettle", options={"filters": {"place": [place]}})
        assert [one["address"] for one in answer["results"]] == [path]


def test_a_folded_result_makes_room_for_the_next(client: Client, tmp_path: Path) -> None:
    answer = ask(client, index_of(tmp_path, twins()), "kettle", limit=2)
    assert len(answer["results"]) == 2
    assert ask(client, index_of(tmp_path, twins()), "kettle", limit=1)["isAll"] is False
