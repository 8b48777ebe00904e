"""Real-life queries: other words, scripts and spellings than the pages, codes, and pasted logs."""

from pathlib import Path

import pytest
from indexes import write_index
from test_search_client import Client, found_slugs
from test_search_index import made
from typing_site import OWN_LANGUAGE, QUERIES, site


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the company's site."""
    return write_index(site(), tmp_path_factory.mktemp("typing"))


def test_the_wanted_topic_is_first(client: Client, index: Path) -> None:
    answers = client(index=str(index), queries=[query for query, _ in QUERIES], limit=1)
    first = [(answer["results"] or [{"address": ""}])[0]["address"][2:-1] for answer in answers]
    wrong = [(query[:60], wanted, got) for (query, wanted), got in zip(QUERIES, first, strict=True) if got != wanted]
    assert not wrong, wrong


@pytest.mark.parametrize(("language", "query", "best"), OWN_LANGUAGE)
def test_equally_good_topics_in_the_language_of_the_visitor_come_first(
    client: Client, index: Path, language: str, query: str, best: str
) -> None:
    assert found_slugs(client, index, query, language=language)[0] == best


@pytest.mark.parametrize("query", ["E9999", "E123", "E1244", "0x80070058", "ERR_CONNECTION_RESE", "9.9.9", "KB5034442"])
def test_an_unknown_code_finds_no_other_code(client: Client, index: Path, query: str) -> None:
    codes = {"e1234", "e1243", "e12", "kb", "param", "release421", "release410"}
    assert codes.isdisjoint(found_slugs(client, index, query))


def test_a_code_that_is_being_typed_may_have_any_end(client: Client, index: Path) -> None:
    assert found_slugs(client, index, "E123", typing=True) == ["e1234"]
    assert set(found_slugs(client, index, "E12", typing=True)) == {"e12", "e1234", "e1243"}


def test_a_visitor_language_that_the_site_does_not_have_changes_nothing(client: Client, index: Path) -> None:
    query = "firmware update"
    assert found_slugs(client, index, query, language="tlh") == found_slugs(client, index, query)
    assert found_slugs(client, index, query, language=["tlh", "de"])[0] == "firmware-de"
    assert found_slugs(client, index, query, language=["__proto__", ""]) == found_slugs(client, index, query)


def test_a_long_text_costs_few_requests(client: Client, tmp_path: Path) -> None:
    many = write_index(made(3_000, vocabulary=30_000), tmp_path)
    log = " ".join(f"at0x{n:08x} waterresistant{n} line w{n:x}y" for n in range(500))
    (answer,) = client(index=str(many), queries=[log], cold=True)
    assert answer["requests"] <= 1 + 24 + 60


@pytest.mark.parametrize(
    "query",
    ["🙂", "👩‍🚀 🇩🇪", "… --- ?!", "\ud800\udc00\ud800",
     "\x00\x01\x1b[31m", "-" * 5_000, "a-" * 5_000, "1." * 5_000, "水" * 5_000,
     "ing" * 1_000, "\u0301" * 5_000, "__proto__ constructor hasOwnProperty", "((((.*)+)+$" * 100, "e" * 39 + "ed"],
)  # fmt: skip
@pytest.mark.parametrize("typing", [False, True])
def test_nothing_that_is_typed_breaks_the_search(client: Client, index: Path, query: str, typing: bool) -> None:
    found_slugs(client, index, query, typing=typing)


def test_ten_megabytes_are_cut_before_they_are_read(client: Client, index: Path) -> None:
    assert found_slugs(client, index, "waterproof " + "? " * 5_000_000)[0] == "rain"
