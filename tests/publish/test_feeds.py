"""Feeds: readers accept them, entries keep their ids and dates, hostile texts break nothing."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest

from faq_builder.publish.feeds import feed_files
from topic_samples import NOW, a_site, a_topic

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HOSTILE = (
    "]]> <script>alert(1)</script> & &amp; \x00\x08\x1b \ufffe \ud800 \U0001f4a5 \u202e \"'`",
    "<![CDATA[ a ]]> <!-- --> <?xml?>",
    "\x01\x02",
    "a\nb\tc\r",
)


def made(*topics: object, **options: object) -> dict[str, bytes]:
    return dict(feed_files(a_site(*topics, **options), NOW))  # type: ignore[arg-type]


def parsed(content: bytes) -> feedparser.FeedParserDict:
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("path", ["feed.atom", "feed.rss"])
def test_a_reader_gets_title_address_date_and_answer(path: str) -> None:
    feed = parsed(made(a_topic("7", published=date(2021, 1, 1), changed=date(2021, 2, 3)))[path])
    assert (feed.feed.title, feed.feed.link) == ("Widget answers", "https://faq.widgets.example/help/")
    entry = feed.entries[0]
    assert entry.title == "Why did my red widget shatter?"
    assert entry.link == "https://faq.widgets.example/help/q/red-widget-7/"
    assert entry.id == "https://faq.widgets.example/help/q/id7"
    assert entry.published_parsed[:3] == (2021, 1, 1)
    assert "<strong>blue</strong>" in entry.get("content", [{}])[0].get("value", entry.description)
    assert [tag.term for tag in entry.tags] == ["red"]
    assert {link.rel: link.href for link in feed.feed.links}["self"] == f"https://faq.widgets.example/help/{path}"


def test_atom_tells_author_and_change() -> None:
    entry = parsed(made(a_topic("7", changed=date(2021, 2, 3)))["feed.atom"]).entries[0]
    assert entry.updated == "2021-02-03T00:00:00+00:00"
    assert [(a.name, a.href) for a in entry.authors] == [("Zoë", "https://forum.widgets.example/u/zoe")]
    assert [(link.rel, link.href) for link in entry.links] == [("alternate", entry.link)]


def test_the_answer_names_its_author_reply_and_licence() -> None:
    content = parsed(made(a_topic("7"))["feed.atom"]).entries[0].content[0].value
    for part in ("Zoë", "Widget forum", 'href="https://forum.widgets.example/t/7/2"', "CC BY-SA 4.0", "Marked"):
        assert part in content


def test_json_feed_has_what_version_1_1_wants() -> None:
    feed = json.loads(made(a_topic("7"))["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://faq.widgets.example/help/feed.json"
    item = feed["items"][0]
    assert item["id"] == "https://faq.widgets.example/help/q/id7"
    assert item["url"] == "https://faq.widgets.example/help/q/red-widget-7/"
    assert item["external_url"] == "https://forum.widgets.example/t/7"
    assert item["date_published"] == "2021-01-01T00:00:00+00:00"
    assert item["authors"] == [{"name": "Zoë", "url": "https://forum.widgets.example/u/zoe"}]
    assert "<strong>blue</strong>" in item["content_html"]


def ids(files: dict[str, bytes]) -> list[list[str]]:
    """Return the ids of the topics in each feed, in order."""
    urls = [[e.id for e in parsed(files[path]).entries] for path in ("feed.atom", "feed.rss")]
    urls.append([item["id"] for item in json.loads(files["feed.json"])["items"]])
    return [[url.rpartition("/")[2] for url in feed] for feed in urls]


def test_what_changed_last_comes_first() -> None:
    topics = (
        a_topic("1", published=date(2021, 1, 1), changed=date(2023, 1, 1)),
        a_topic("2", published=date(2022, 1, 1), changed=date(2022, 1, 1)),
        a_topic("3", published=date(2022, 6, 1), changed=date(2023, 1, 1)),
        a_topic("5", published=None, changed=None),
        a_topic("4", published=date(2022, 6, 1), changed=date(2023, 1, 1)),
    )
    expected = ["id3", "id4", "id1", "id2", "id5"]
    assert ids(made(*topics)) == [expected] * 3
    assert ids(made(*topics, feed_entries=2)) == [expected[:2]] * 3
    assert made(*topics) == made(*reversed(topics))


def test_a_topic_that_is_not_locked_has_the_date_of_its_answer() -> None:
    entry = parsed(made(a_topic("5", published=None, changed=None))["feed.atom"]).entries[0]
    assert (entry.published, entry.updated) == ("2020-05-02T11:30:00+00:00",) * 2


def test_nothing_depends_on_the_clock() -> None:
    files = made(a_topic("7"))
    assert files == made(a_topic("7"))
    names = ("updated", "published", "lastBuildDate", "pubDate")
    dates = {
        element.text
        for path in ("feed.atom", "feed.rss")
        for element in ElementTree.fromstring(files[path]).iter()
        if element.tag.rpartition("}")[2] in names
    }
    assert dates == {"2021-01-01T00:00:00+00:00", "Fri, 01 Jan 2021 00:00:00 +0000"}


def test_open_questions_are_not_in_the_feeds() -> None:
    assert ids(made(a_topic("1"), a_topic("2", reply=None))) == [["id1"]] * 3


def test_feeds_without_entries_are_feeds() -> None:
    assert ids(made()) == [[]] * 3
    assert parsed(made()["feed.atom"]).feed.updated == "2024-03-09T08:00:00+00:00"


def test_a_site_without_an_address_has_no_feeds() -> None:
    assert made(a_topic("1"), site_url=None) == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_break_nothing(text: str) -> None:
    files = made(a_topic("7", title=text, reply=f"{text}\n\n```\n{text}\n```", tags=(text,)), site_name=f"W {text}")
    assert ids(files) == [["id7"]] * 3
    tree = {path: ElementTree.fromstring(files[path]) for path in ("feed.atom", "feed.rss")}
    titles = [tree["feed.atom"].findtext("{*}entry/{*}title"), tree["feed.rss"].findtext("channel/item/title")]
    titles.append(json.loads(files["feed.json"])["items"][0]["title"])
    expected = FORBIDDEN.sub("", text).strip() or "red-widget-7"
    assert [" ".join((title or "").split()) for title in titles] == [" ".join(expected.split())] * 3
    for path in ("feed.atom", "feed.rss"):
        assert "<script" not in parsed(files[path]).entries[0].description
