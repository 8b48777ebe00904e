"""The shipped client under Node: what it finds, in which order, and what it loads."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from indexes import write_files
from test_search_index import made

from faq_builder.model import PublicText
from faq_builder.search import FOLDER, Document, build_index

Client = Callable[..., Any]


def found_slugs(client: Client, index: Path, query: str, **options: Any) -> list[str]:
    (answer,) = client(index=str(index), queries=[query], **options)
    return [result["address"].removeprefix("q/").rstrip("/") for result in answer["results"]]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("red widget shattered in rain", "red-widget-rain"),
        ("broken in the garden", "red-widget-rain"),  # another wording
        ("waterproof", "red-widget-rain"),  # the answer
        ("E1234", "e1234"),
        ("e1234!", "e1234"),
        ("firmware 4.10", "e1234"),
        ("0x80070057", "installer"),
        ("--dry-run", "installer"),
        ("C++", "cpp"),
        ("gehause offnen", "gehaeuse"),
        ("GEHÄUSE", "gehaeuse"),
        ("cafe", "cafe"),
        ("防水", "bousui"),
        ("防水ですか?", "bousui"),
        ("idinstaller", "installer"),  # a topic's id
    ],
)
def test_best_result(client: Client, widgets: Path, query: str, best: str) -> None:
    assert found_slugs(client, widgets, query)[0] == best


@pytest.mark.parametrize(
    ("typed", "best"),
    [("waterp", "red-widget-rain"), ("wash bl", "wash-blue"), ("geh", "gehaeuse"), ("e12", "e1234"), ("防", "bousui"),
     ("shatteri", "red-widget-rain"), ("installerx", "installer"), ("0x800", "installer")],
)  # fmt: skip
def test_the_word_being_typed_may_have_any_ending(client: Client, widgets: Path, typed: str, best: str) -> None:
    assert found_slugs(client, widgets, typed, typing=True)[0] == best


@pytest.mark.parametrize(
    ("question", "site_path"),
    [("Why did my widget break?", "q/why-did-my-widget-break/"), ("¿Por qué se rompió?", "q/por-que-se-rompio/"),
     ("Как это починить? E1234", "q/0a1b2c/"), ("Was kostet's, Anna?", "q/was-kostets/"),
     ("E1234 – 12:30: why", "q/e1234-12-30-why-77/"), ("E1234 🎉 İstanbul K", "q/e1234-istanbul-k/"),
     ("E1234 q/", "elsewhere/a:b:c"), ("E1234\nagain", "q/e1234-again/")],
)  # fmt: skip
def test_any_site_path_is_read_as_it_was_written(client: Client, tmp_path: Path, question: str, site_path: str) -> None:
    one = Document(id="abc", site_path=site_path, question=PublicText(question))
    index = write_files(build_index([one], language="en"), tmp_path)
    (answer,) = client(index=str(index), queries=["abc"])
    assert [result["address"] for result in answer["results"]] == [site_path]


def test_one_word_finds_whatever_holds_it(client: Client, tmp_path: Path) -> None:
    answer = PublicText("and so on " * 300 + "rain")
    documents = [
        Document(id="a", site_path="q/a/", question=PublicText("rain"), wordings=(PublicText("rain, rain, rain"),)),
        Document(id="b", site_path="q/b/", question=PublicText("Why is it wet?"), answers=(answer,)),
    ]
    index = write_files(build_index(documents, language="en"), tmp_path)
    assert found_slugs(client, index, "rain") == ["a", "b"]


def test_possible_endings_may_be_in_the_next_shard(client: Client, tmp_path: Path) -> None:
    questions = [f"m{n:05}" for n in range(0, 20_000, 10)]  # each of its own, ten of them begin alike
    documents = [
        Document(id=f"i{n}", site_path=f"q/{n}/", question=PublicText(text)) for n, text in enumerate(questions)
    ]
    index = write(documents, tmp_path)
    first = [
        term for term in json.loads((index / "meta.json").read_text())["first"] if len(term) == 5 and term[4] > "0"
    ]
    prefix = first[0][:4]
    assert len(found_slugs(client, index, prefix, typing=True, limit=100)) == 10


def test_a_finished_word_is_taken_as_it_is(client: Client, widgets: Path) -> None:
    assert "wash-blue" in found_slugs(client, widgets, "wash", typing=True)
    assert found_slugs(client, widgets, "was ", typing=True) == []


def test_an_unknown_word_is_tried_as_a_beginning(client: Client, widgets: Path) -> None:
    assert found_slugs(client, widgets, "shat") == ["red-widget-rain"]


@pytest.mark.parametrize("query", ["", " ", "?!", "zzzz", "\ud800", "__proto__", "constructor", "%00", "a" * 5000])
def test_nothing_is_found_and_nothing_breaks(client: Client, widgets: Path, query: str) -> None:
    assert found_slugs(client, widgets, query) == []
    assert found_slugs(client, widgets, query, typing=True) in ([], found_slugs(client, widgets, "a", typing=True))


def test_a_long_question_asks_for_few_words_only(client: Client, tmp_path: Path) -> None:
    index = write(made(3000, vocabulary=30_000), tmp_path)
    query = " ".join(f"w{number:x}" for number in range(50, 3000))
    (answer,) = client(index=str(index), queries=[query], cold=True)
    assert answer["results"]
    assert answer["requests"] <= 1 + 24 + 10


@pytest.mark.parametrize(
    ("mistyped", "best"),
    [("waterprof", "red-widget-rain"), ("gardne", "red-widget-rain"), ("firmwaer", "e1234"), ("screwdirver", None),
     ("frimware", "e1234"), ("irmware", "e1234"), ("sohp", "wash-blue"), ("sohpp", None), ("instalelr", "installer")],
)  # fmt: skip
def test_a_typing_error_is_corrected(client: Client, widgets: Path, mistyped: str, best: str | None) -> None:
    assert (found_slugs(client, widgets, mistyped) or [None])[0] == best


def test_a_result_has_the_fields_of_its_card(client: Client, widgets: Path) -> None:
    (answer,) = client(index=str(widgets), queries=["shattered RAIN"], options={"thorough": True})
    result = answer["results"][0]
    assert result["question"] == "Why did my red widget shatter in the rain?"
    assert result["passage"].startswith("Red widgets are not waterproof.")
    assert (result["asked"], result["places"]) == (3, ["Fred's blog", "Widget forum"])
    assert answer["marked"][0] == [
        {"text": "Why did my red widget ", "hit": False},
        {"text": "shatter", "hit": True},
        {"text": " in the ", "hit": False},
        {"text": "rain", "hit": True},
        {"text": "?", "hit": False},
    ]


def test_marks_of_a_script_without_spaces(client: Client, widgets: Path) -> None:
    (answer,) = client(index=str(widgets), queries=["防水"])
    assert [piece["text"] for piece in answer["marked"][0] if piece["hit"]] == ["防水"]


def test_nothing_is_loaded_twice(client: Client, widgets: Path) -> None:
    first, second = client(index=str(widgets), queries=["widget rain", "rain widget"])
    assert first["requests"] > 1
    assert second["requests"] == 0
    assert first["results"][0]["address"] == second["results"][0]["address"]


def test_the_ranking_is_bm25_of_the_decoded_postings(client: Client, tmp_path: Path) -> None:
    """Against a second, slow implementation over the same documents, for words from common to rare."""
    documents = made(500)
    index = write(documents, tmp_path)
    queries = ["w3 w50", "w10 w200 w7", "wff", "w1 w2 w3"]
    expected = [slow(documents, query.split()) for query in queries]
    answers = client(index=str(index), queries=queries, limit=5)
    assert [[result["number"] for result in answer["results"]] for answer in answers] == expected


def slow(documents: list[Document], words: list[str]) -> list[int]:
    scores = []
    having = {word: sum(word in f"{d.question} {d.answers[0]}".split() for d in documents) for word in words}
    for number, document in enumerate(documents):
        question, answer = str(document.question).split(), str(document.answers[0]).split()
        score = 0.0
        for word in words:
            weight = 3 * question.count(word) / (0.5 + 0.5 * len(question) / 9)
            weight += 0.5 * answer.count(word) / (0.3 + 0.7 * len(answer) / 100)
            impact = max(1, round(15 * weight / (weight + 3))) if weight else 0
            rarity = math.log(1 + (len(documents) - having[word] + 0.5) / (having[word] + 0.5))
            is_code = len(word) > 2 and any(map(str.isdigit, word))
            score += rarity * impact * (3 if is_code else 1)
        scores.append((-round(score, 9), number))
    return [number for score, number in sorted(scores)[:5] if score]


def test_a_site_without_answers_finds_nothing(client: Client, tmp_path: Path) -> None:
    assert found_slugs(client, write([], tmp_path), "widget") == []


def test_a_broken_word_index_is_an_error_and_not_an_empty_result(client: Client, tmp_path: Path) -> None:
    index = write(made(10), tmp_path)
    for shard in index.glob("terms-*"):
        shard.unlink()
    with pytest.raises(AssertionError, match="ENOENT"):
        client(index=str(index), queries=["w1"])


def test_large_sites_skip_common_words(client: Client, tmp_path: Path) -> None:
    documents = [
        Document(id=f"i{n}", site_path=f"q/{n}/", question=PublicText(f"the widget {n:x}x")) for n in range(2100)
    ]
    index = write(documents, tmp_path)
    assert {"the", "widget"} <= set(json.loads((index / "meta.json").read_text())["common"])
    assert found_slugs(client, index, "the 7dx widget") == ["125"]
    alone, beside = client(index=str(index), queries=["7dx", "the 7dx widget"], cold=True)
    assert beside["requests"] == alone["requests"]
    assert len(found_slugs(client, index, "the widget")) == 10


def write(documents: list[Document], folder: Path) -> Path:
    for path, content in build_index(documents, language="en"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / FOLDER
