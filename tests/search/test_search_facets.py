"""Filters: the file of facets, and what the client makes of it."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from indexes import document, write_index
from test_search_index import made

from faq_builder.model import PublicText
from faq_builder.search import Document
from faq_builder.search.index import facets as module
from faq_builder.search.index.facets import facets_file, rice_code

Client = Callable[..., Any]


def decoded(content: bytes, total: int) -> dict[str, dict[str, list[int]]]:
    """kind -> value -> numbers, by a reader that shares no code with the writer; and "first"."""
    stream = iter(content)
    head = json.loads(bytes(next(stream) for _ in range(varint(stream))))
    found = {
        kind: {name: unpacked(bytes(next(stream) for _ in range(varint(stream))), count, total) for name, count in rows}
        for kind, rows in head.items()
    }
    found["first"] = {"": [varint(stream) for _ in range(varint(stream))]}
    assert next(stream, None) is None
    return found


def varint(stream: Iterator[int]) -> int:
    value, scale = 0, 1
    while (byte := next(stream)) > 127:
        value, scale = value + byte % 128 * scale, scale * 128
    return value + byte * scale


def unpacked(content: bytes, count: int, total: int) -> list[int]:
    bits = iter("".join(f"{byte:08b}" for byte in content))
    low, number, numbers = 0, -1, []
    while 2 ** (low + 1) <= total // count:
        low += 1
    for _ in range(count):
        high = 0
        while next(bits) == "1":
            high += 1
        number += 1 + high * 2**low + int("0" + "".join(next(bits) for _ in range(low)), 2)
        numbers.append(number)
    assert set(bits) <= {"0"}
    return numbers


@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.9, 1])
def test_any_share_of_the_documents_is_read_back(share: float) -> None:
    random_ = random.Random(share)
    numbers = [number for number in range(3000) if random_.random() < share] or [2999]
    assert unpacked(rice_code(numbers, 3000), len(numbers), 3000) == numbers


def test_each_value_has_its_documents() -> None:
    documents = [
        document("a", tags=("Wi-Fi", "rain"), places=("Forum",), last_answered=date(2024, 5, 1)),
        document("b", tags=("wi fi",), places=("Forum", "Chat"), last_answered=date(2025, 5, 1), products=("Hub",)),
        document("c", tags=("rain", "alone"), places=("Chat",), asked=3, products=("Hub",)),
        document("d", tags=("Wi-Fi",), asked=2, versions=("4.10",)),
        document("e", asked=3, last_answered=date(2020, 1, 1), versions=("4.10",)),
    ]
    assert decoded(facets_file(documents, range(len(documents))), 5) == {
        "tag": {"Wi-Fi": [0, 1, 3], "rain": [0, 2]},  # one name for all spellings; a tag of one topic is left out
        "product": {"Hub": [1, 2]},
        "version": {"4.10": [3, 4]},
        "place": {"Chat": [1, 2], "Forum": [0, 1]},
        "year": {"2025": [1], "2024": [0], "2020": [4]},
        "first": {"": [4, 2, 3, 1, 0]},  # of two that were asked as often the newer answer, then the newest page
    }


def test_the_rarest_tags_are_dropped_if_they_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    tags = [f"tag{number}" for number in range(40)]
    documents = [document(f"d{n}", tags=tags[: 40 - n // 2], places=(f"p{n}",)) for n in range(80)]
    whole = decoded(facets_file(documents, range(len(documents))), 80)["tag"]
    monkeypatch.setattr(module, "MAX_BYTES_PER_KIND", 300)
    short = decoded(facets_file(documents, range(len(documents))), 80)
    assert len(whole) == 40
    assert 5 < len(short["tag"]) < 40
    assert list(short["tag"]) == list(whole)[: len(short["tag"])], "the most frequent stay"
    assert len(short["place"]) == 80, "every place stays"


@pytest.mark.parametrize(("topics", "most"), [(10_000, 90_000), (100_000, 220_000)])
def test_the_file_stays_small_at_any_size(topics: int, most: int) -> None:
    random_ = random.Random(1)
    tags, places = [f"tag {n}" for n in range(3000)], [f"place {n}" for n in range(5)]
    rarer = [1 / (rank + 3) for rank in range(3000)]
    documents = [
        Document(
            id=f"{n}",
            site_path=f"q/{n}/",
            question=PublicText("?"),
            tags=tuple(map(PublicText, random_.choices(tags, rarer, k=3))),
            places=tuple({random_.choice(places), random_.choice(places)}),
            last_answered=date(2016 + n % 10, 1, 1),
        )
        for n in range(topics)
    ]
    assert len(facets_file(documents, range(topics))) < most


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six questions about rain, with tags, places and years."""
    several: dict[str, Any] = {"places": ("Forum",), "tags": ("rain",), "last_answered": date(2025, 1, 1)}
    return write_index(
        [
            document("Rain on the red widget", slug="a", **several, asked=5),
            document("Rain on the blue widget", slug="b", **several),
            document("Rain on the green widget", slug="c", **{**several, "tags": ("rain", "green")}),
            document("Rain in the garden", slug="d", places=("Chat",), tags=("green",), last_answered=date(2024, 1, 1)),
            document("Rain on the roof", slug="e", places=("Chat",), asked=2),
            document("Where are the widgets made?", slug="f", places=("Forum",), tags=("green",)),
        ],
        tmp_path_factory.mktemp("tagged"),
    )


def ask(client: Client, index: Path, query: str, **options: Any) -> dict[str, Any]:
    (answer,) = client(index=str(index), queries=[query], facets=True, options=options)
    answer["slugs"] = [result["address"].removeprefix("q/").rstrip("/") for result in answer["results"]]
    return answer


def test_counts_are_of_all_results(client: Client, tagged: Path) -> None:
    answer = ask(client, tagged, "rain", limit=1)
    assert (len(answer["results"]), answer["total"]) == (1, 5)
    assert answer["kinds"]["tag"] == [
        {"name": "rain", "count": 3, "chosen": False},
        {"name": "green", "count": 2, "chosen": False},
    ]
    assert [(v["name"], v["count"]) for v in answer["kinds"]["place"]] == [("Forum", 3), ("Chat", 2)]
    assert [(v["name"], v["count"]) for v in answer["kinds"]["year"]] == [("2025", 3), ("2024", 1)]


def test_a_filter_leaves_what_has_it_and_counts_what_the_others_would_give(client: Client, tagged: Path) -> None:
    answer = ask(client, tagged, "rain", filters={"tag": ["Green"]})
    assert sorted(answer["slugs"]) == ["c", "d"]
    assert answer["total"] == 2
    assert {v["name"]: (v["count"], v["chosen"]) for v in answer["kinds"]["tag"]} == {
        "rain": (3, False),
        "green": (2, True),
    }
    assert [(v["name"], v["count"]) for v in answer["kinds"]["place"]] == [("Forum", 1), ("Chat", 1)]
    assert ["green" in tags for tags in answer["tags"]] == [True, True]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"tag": ["rain", "green"]}, ["a", "b", "c", "d"]),  # one of a kind is enough
        ({"tag": ["green"], "place": ["Chat"]}, ["d"]),  # each kind has to be met
        ({"year": ["2024", "2025"], "tag": ["green"]}, ["c", "d"]),
        ({"tag": ["unheard of"]}, []),
        ({"tag": []}, ["a", "b", "c", "d", "e"]),
    ],
)
def test_filters(client: Client, tagged: Path, filters: dict[str, list[str]], left: list[str]) -> None:
    assert sorted(ask(client, tagged, "rain", filters=filters)["slugs"]) == left


def test_without_a_question_filters_list_the_most_asked_then_the_newest(client: Client, tagged: Path) -> None:
    assert ask(client, tagged, "", filters={"place": ["Forum"]})["slugs"] == ["a", "f", "c", "b"]
    assert ask(client, tagged, " ", filters={})["slugs"] == []


def test_the_most_asked_are_known_if_nothing_is_found(client: Client, tagged: Path) -> None:
    answer = ask(client, tagged, "xylophone")
    assert answer["total"] == 0
    assert [topic["address"] for topic in answer["popular"]] == ["q/a/", "q/e/", "q/f/", "q/d/", "q/c/"]


def test_suggestions_do_not_load_facets(client: Client, tmp_path: Path) -> None:
    index = write_index(made(100), tmp_path)
    next(index.glob("facets-*")).unlink()
    (answer,) = client(index=str(index), queries=["w1"])
    assert answer["results"]
