"""Result cards: phrases, passages, other wordings, highlights, topics named by id or URL, the reason of an answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from indexes import document, write_index

from faq_builder.model import Reason
from faq_builder.search import Standing

Client = Callable[..., Any]
LONG = "Keep it dry. " * 20


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_index(
        [
            document("The widget hub keeps beeping", "Hold the knob.", slug="beep", reason=Reason.MARKED),
            document("Does the hub know its widget?", LONG, slug="long", first_asked=date(2024, 3, 9)),
            document("Hub for one widget", "Yes, one hub.", slug="one", standing=Standing.OUTDATED),
            document("Install on Windows", 'Say "widget-hub, now".', slug="windows", reason=Reason.VOTES),
            document("What is waterproof in the rain?", "The blue one.", slug="rain", wordings=("It broke outside",)),
            document("In the box", "The charger and the manual.", slug="box"),
            document("The end", "In the evening.", slug="end"),
            document("Is it safe in the bath", "The answer is no.", slug="bath"),
        ],
        tmp_path_factory.mktemp("results"),
    )


PAGE = {
    "q/long/": {
        "wordings": ["Which widget hub is mine?"],
        "answers": [f"{LONG} Pair the widget  hub first."],
        "parts": [],
    },
    "q/one/": {"wordings": [], "answers": ["hub widget"], "parts": []},
}


def ask(client: Client, index: Path, query: str, **options: Any) -> dict[str, Any]:
    (answer,) = client(index=str(index), queries=[query], facets=True, pages=PAGE, options=options)
    answer["slugs"] = [result["address"].removeprefix("q/").rstrip("/") for result in answer["results"]]
    return answer


# phrases


@pytest.mark.parametrize(
    "quoted", ['"widget hub"', "“widget hub”", "„Widget Hub“", "«widget hub»", '"WIDGET  hub" keeps']
)
def test_a_phrase_is_found_as_it_stands_on_the_page_too(client: Client, index: Path, quoted: str) -> None:
    answer = ask(client, index, quoted, thorough=True)
    assert sorted(answer["slugs"]) == ["beep", "long"]
    assert answer["total"] == 2
    assert answer["isExact"] is True


def test_a_suggestion_has_all_words_and_what_is_known_to_hold_the_phrase_first(client: Client, index: Path) -> None:
    answer = ask(client, index, '"widget hub"')
    assert answer["slugs"][0] == "beep"
    assert sorted(answer["slugs"]) == ["beep", "long", "one", "windows"]


def test_a_phrase_that_nothing_holds_is_said_and_its_words_are_searched(client: Client, index: Path) -> None:
    answer = ask(client, index, '"hub beeping knob"', thorough=True)
    assert answer["isExact"] is False
    assert answer["slugs"][0] == "beep"


@pytest.mark.parametrize(
    "text", ['widget hub"', '"widget hub', 'a 5" hub and a 6" widget', "it's the hub's", '""', '"?!"']
)
def test_these_quotes_are_not_phrases(client: Client, index: Path, text: str) -> None:
    assert ask(client, index, text, thorough=True)["isExact"] is None


def test_a_phrase_holds_whole_words_only(client: Client, index: Path) -> None:
    assert ask(client, index, '"idget hub"', thorough=True)["isExact"] is False
    assert ask(client, index, '"widget hu"', thorough=True)["isExact"] is False


# passages


def part(text: str, kind: str = "text", answer: int = 0) -> dict[str, Any]:
    return {"text": text, "kind": kind, "answer": answer}


def best(client: Client, index: Path, query: str, *parts: dict[str, Any], wordings: tuple[str, ...] = ()) -> Any:
    page = {"wordings": wordings, "answers": [], "parts": parts}
    (first,) = client(index=str(index), queries=[query])
    pages = {first["results"][0]["address"]: page}
    (answer,) = client(index=str(index), queries=[query], facets=True, pages=pages)
    return answer


@pytest.mark.parametrize(
    ("query", "parts", "passage"),
    [
        ("waterproof", (part("Hello. It is waterproof. Use it outdoors."),), "It is waterproof. Use it outdoors."),
        ("waterproof rain", (part("Waterproof."), part("No rain is.")), "Waterproof. No rain is."),
        ("waterproof", (part("See below:"), part("cat a\nset waterproof=1\n", "code")), "set waterproof=1"),
        ("waterproof", (part("Blue · waterproof", "row"), part("Red · not", "row")), "Blue · waterproof"),
        ("waterproof", (part("Waterproof it is."), part("Another answer.", answer=1)), "Waterproof it is."),
    ],
)
def test_the_best_part_of_an_answer(client: Client, index: Path, query: str, parts: Any, passage: str) -> None:
    assert best(client, index, query, *parts)["passage"]["text"] == passage


def test_code_is_told_from_text(client: Client, index: Path) -> None:
    assert best(client, index, "waterproof", part("waterproof=1", "code"))["passage"]["kind"] == "code"


def test_a_long_sentence_is_cut_around_its_match(client: Client, index: Path) -> None:
    text = f"{'so ' * 100}it is waterproof {'and ' * 100}so on."
    passage = best(client, index, "waterproof", part(text))["passage"]["text"]
    assert "it is waterproof and" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) <= 170


def test_an_answer_without_the_words_has_no_better_part(client: Client, index: Path) -> None:
    assert best(client, index, "waterproof", part("Take the blue one."))["passage"] is None


@pytest.mark.parametrize(
    ("query", "wording"),
    [("it broke waterproof outside", "It broke outside"), ("waterproof rain", None)],
)
def test_another_wording_is_named_where_it_says_more(client: Client, index: Path, query: str, wording: str) -> None:
    assert best(client, index, query, wordings=("It broke outside",))["wording"] == wording


# what is shown


def test_words_that_every_topic_has_are_not_marked(client: Client, index: Path) -> None:
    (answer,) = client(index=str(index), queries=["what is waterproof in the rain"])
    assert answer["results"][0]["address"] == "q/rain/"
    marked = [piece["text"] for piece in answer["marked"][0] if piece["hit"]]
    assert "waterproof" in marked
    assert "rain" in marked
    assert "the" not in marked


@pytest.mark.parametrize(
    ("language", "query", "marked"),
    [
        ("en", "does my hub keep beeping", ["hub", "keeps", "beeping"]),
        ("en-GB", "the red box", ["red", "box"]),
        ("en", "what if the", ["the"]),  # nothing else was asked
        ("de", "ist meine Box die rote", ["rote", "Box"]),
        ("xx", "is my box red", ["Is", "red", "box"]),  # nobody knows its words
    ],
)
def test_function_words_are_not_marked(
    client: Client, tmp_path: Path, language: str, query: str, marked: list[str]
) -> None:
    index = write_index(
        [
            document("My hub keeps beeping"),
            document("Is the red box waterproof?"),
            document("Ist die rote Box meine?"),
            *(document(f"Paper number {n}") for n in range(9)),
        ],
        tmp_path,
    )
    (answer,) = client(index=str(index), queries=[query], options={"language": [language]})
    assert [piece["text"] for piece in answer["marked"][0] if piece["hit"]] == marked


def test_how_the_answer_was_chosen_and_when_it_was_asked(client: Client, index: Path) -> None:
    shown = {result["address"]: result for result in ask(client, index, "hub widget windows rain")["results"]}
    assert shown["q/beep/"]["chosen"] == "marked"
    assert shown["q/windows/"]["chosen"] == "votes"
    assert shown["q/long/"]["chosen"] == ""
    assert shown["q/long/"]["month"] == (2024 - 1970) * 12 + 2
    assert shown["q/beep/"]["month"] == 0
    assert shown["q/one/"]["standing"] == "outdated"
    assert shown["q/beep/"]["standing"] == ""
    assert [shown[f"q/{slug}/"]["wordings"] for slug in ("rain", "beep")] == [1, 0]


# topics that are named


@pytest.mark.parametrize(
    "text",
    ["idwindows", "IDWINDOWS", "/q/idwindows", "q/IDWINDOWS/", "https://faq.widgets.example/help/q/windows/",
     "q/windows", "https://faq.widgets.example/q/windows/index.html", "/q/windows/#answer-3"],
)  # fmt: skip
def test_an_id_or_an_address_gives_its_topic_first(client: Client, index: Path, text: str) -> None:
    assert ask(client, index, text)["slugs"][0] == "windows"


def test_an_address_wins_over_what_its_words_say(client: Client, tmp_path: Path) -> None:
    folder = write_index(
        [document("Rain, rain and rain", slug="other"), document("Wet in the rain", slug="rain")], tmp_path
    )
    assert ask(client, folder, "rain")["slugs"] == ["other", "rain"]
    assert ask(client, folder, "https://widgets.example/q/rain/")["slugs"] == ["rain", "other"]


def test_a_page_whose_slug_says_nothing_of_its_question_is_read(client: Client, index: Path) -> None:
    pages = {"q/former-name/": {"question": "Something else", "wordings": [], "answers": ["Yes."], "parts": []}}
    for named in ("/q/former-name", "/q/never-was"):
        (answer,) = client(index=str(index), queries=[named], facets=True, pages=pages)
        assert [r["question"] for r in answer["results"]] == (["Something else"] if "former" in named else [])
