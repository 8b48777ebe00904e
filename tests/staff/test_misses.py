"""Missing topics from a log of searches."""

import json

import pytest

from faq_builder.config import GroupRules
from faq_builder.similarity import LexicalEngine
from faq_builder.staff.misses import Missing, Searched, missing_record, missing_topics, read_log
from topic_samples import a_topic


def log(*queries: str, results: int = 0) -> list[Searched]:
    """Return a log of queries with this number of results each."""
    return [Searched(query=query, results=results) for query in queries]


def missing(*queries: str, topics=()) -> tuple[Missing, ...]:
    """Return the missing topics of queries without results."""
    return missing_topics(log(*queries), topics, GroupRules(), LexicalEngine(), language="en")


def test_a_log_is_read_line_by_line() -> None:
    lines = ['{"query": "is it\\u0007 wet", "results": 0, "at": "2026-11-26"}', "", '{"query": "x", "results": 3}']
    searched, findings = read_log(lines, "misses.jsonl")
    assert searched == (Searched(query="is it wet", results=0), Searched(query="x", results=3))
    assert findings == ()


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"query": "cut o',
        "[]",
        '{"query": "x"}',
        '{"results": 0}',
        '{"query": 1, "results": 0}',
        '{"query": "x", "results": -1}',
        '{"query": "x", "results": true}',
        '{"query": "\\u001b", "results": 0}',
        '{"query": ' * 2000,
    ],
)
def test_a_line_that_is_no_search_is_a_finding_with_its_line(line: str) -> None:
    searched, (finding,) = read_log(['{"query": "wet", "results": 0}', line], "misses.jsonl")
    assert [one.query for one in searched] == ["wet"]
    assert (finding.code, str(finding.where)) == ("FAQ790", "misses.jsonl:2")
    assert line not in str(finding)


def test_wordings_of_one_question_are_one_topic_the_most_asked_first() -> None:
    invoice = ["download my invoice as a pdf"]
    wet = [
        "is the widget waterproof",
        "Is the widget waterproof?",
        "is the widget waterproof",
        "is the new widget waterproof",
    ]
    one, other = missing(*invoice, *wet)
    assert one.wordings == (("is the widget waterproof", 3), ("is the new widget waterproof", 1))
    assert (one.asked, other.asked) == (4, 1)
    assert other.wordings == (("download my invoice as a pdf", 1),)


def test_the_nearest_topic_is_named_if_it_is_near() -> None:
    known = a_topic("rain", title="Why did my red widget shatter in the rain?")
    near, far = missing("red widget shattered in rain", "red widget shattered in rain", "invoice", topics=[known])
    assert near.nearest is known
    assert near.score > 0.3
    assert far.nearest is None
    record = missing_record(near, "https://faq.widgets.example/q/rain/")
    assert record["wordings"] == [{"query": "red widget shattered in rain", "times": 2}]
    assert json.loads(json.dumps(record))["nearest"]["url"] == "https://faq.widgets.example/q/rain/"
    assert missing_record(far, None)["nearest"] is None


def test_the_order_of_the_log_does_not_matter() -> None:
    queries = ["waterproof widget", "is the widget waterproof", "invoice", "Invoice", "return a widget"]
    assert missing(*queries) == missing(*reversed(queries))


def test_an_empty_log_gives_no_missing_topics() -> None:
    assert missing() == ()
