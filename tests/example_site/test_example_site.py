"""The built example as its readers and their programs get it."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import feedparser
import pytest
from lxml import etree

from example import ROOT

BASE = "https://faq.widgets.example/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Page(HTMLParser):
    """The links, ids and JSON-LD blocks of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.json_ld: list[str] = []
        self._in_json_ld = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("a", "link", "script", "img"):
            self.links += [v for k in ("href", "src") if (v := values.get(k))]
        if values.get("id"):
            self.ids.append(str(values["id"]))
        self._in_json_ld = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_json_ld:
            self.json_ld.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_json_ld = False


def pages(site: Path) -> Iterator[tuple[str, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), Page(path)


def topic_pages(site: Path) -> list[Path]:
    topics = json.loads((site / "topics.json").read_text(encoding="utf-8"))
    return [site / urlsplit(t["url"]).path.strip("/") / "index.html" for t in topics if t["answer"]]


def test_no_internal_link_is_dead(example_site: Path) -> None:
    ids = {name: set(page.ids) for name, page in pages(example_site)}
    dead = []
    for name, page in pages(example_site):
        here = urljoin(BASE, name.removesuffix("index.html"))
        for link in page.links:
            address, fragment = urldefrag(urljoin(here, link))
            if not address.startswith(BASE):
                continue
            path = unquote(urlsplit(address).path).lstrip("/")
            file = path + "index.html" if path.endswith("/") or not path else path
            is_there = (example_site / file).is_file()
            if not is_there or (fragment and file in ids and fragment not in ids[file]):
                dead.append((name, link))
    assert dead == []


def test_no_page_has_an_id_twice(example_site: Path) -> None:
    for name, page in pages(example_site):
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_feeds_parse_without_a_complaint(example_site: Path, name: str) -> None:
    feed = feedparser.parse((example_site / name).read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == len(topic_pages(example_site))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_the_sitemap_is_valid_and_complete(example_site: Path) -> None:
    root = etree.parse(example_site / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    places = [loc.text for loc in root.iter(f"{SITEMAP}loc")]
    assert len(places) == len(set(places))
    for place in places:
        assert place.startswith(BASE)
        assert (example_site / place.removeprefix(BASE) / "index.html").is_file()
    for page in topic_pages(example_site):
        assert urljoin(BASE, page.parent.relative_to(example_site).as_posix() + "/") in places
    assert not [place for place in places if "frame" in place]


def test_structured_data_is_json_and_honest(example_site: Path) -> None:
    for path in topic_pages(example_site):
        (block,) = Page(path).json_ld
        data = json.loads(block)
        text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        assert "schema.org" in data["@context"]
        assert "isBasedOn" in json.dumps(data)
        assert text


def test_robots_names_the_sitemap(example_site: Path) -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in (example_site / "robots.txt").read_text(encoding="utf-8")


def test_the_planted_secret_is_nowhere(example_site: Path) -> None:
    key = re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")
    planted = b"".join(path.read_bytes() for path in (ROOT / "content").rglob("*") if path.is_file())
    assert key.search(planted), "the example plants a secret, so that this test can fail"
    for path in example_site.rglob("*"):
        if path.is_file():
            assert not key.search(path.read_bytes()), path


def test_no_page_asks_a_third_party_for_anything(example_site: Path) -> None:
    for name, _ in pages(example_site):
        text = (example_site / name).read_text(encoding="utf-8")
        for address in re.findall(r'<(?:script|img|link rel="stylesheet"|iframe)[^>]+(?:src|href)="([^"]+)"', text):
            assert not address.startswith(("http:", "https:", "//")), (name, address)
