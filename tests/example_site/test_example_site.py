"""The built example as readers and their programs see it: links, feeds, sitemap, structured data."""

import json
import re
from collections.abc import Iterator
from html import unescape
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
    """Yield the path and the parsed content of every page."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), Page(path)


def topic_pages(site: Path) -> list[Path]:
    """Return the pages of all answered topics."""
    topics = json.loads((site / "topics.json").read_text(encoding="utf-8"))
    answered = [site / urlsplit(t["url"]).path.strip("/") / "index.html" for t in topics if t["answer"]]
    assert len(answered) > 40
    return answered


def test_no_internal_link_is_dead(example_site: Path) -> None:
    ids = {name: set(page.ids) for name, page in pages(example_site)}
    dead, internal = [], 0
    for name, page in pages(example_site):
        here = urljoin(BASE, name.removesuffix("index.html"))
        for link in page.links:
            url, fragment = urldefrag(urljoin(here, link))
            if not url.startswith(BASE):
                continue
            internal += 1
            path = unquote(urlsplit(url).path).lstrip("/")
            file = path + "index.html" if path.endswith("/") or not path else path
            is_there = (example_site / file).is_file()
            if not is_there or (fragment and file in ids and fragment not in ids[file]):
                dead.append((name, link))
    assert dead == []
    assert internal > 1000


def test_no_page_has_an_id_twice(example_site: Path) -> None:
    for name, page in pages(example_site):
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_feeds_are_well_formed(example_site: Path, name: str) -> None:
    feed = feedparser.parse((example_site / name).read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == len(topic_pages(example_site))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_the_sitemap_is_valid_and_complete(example_site: Path) -> None:
    root = etree.parse(example_site / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    urls = [loc.text for loc in root.iter(f"{SITEMAP}loc")]
    assert len(urls) == len(set(urls))
    for url in urls:
        assert url.startswith(BASE)
        assert (example_site / url.removeprefix(BASE) / "index.html").is_file()
    for page in topic_pages(example_site):
        assert urljoin(BASE, page.parent.relative_to(example_site).as_posix() + "/") in urls
    assert not [url for url in urls if "frame" in url]


def test_structured_data_repeats_what_the_page_shows(example_site: Path) -> None:
    for path in topic_pages(example_site):
        (block,) = Page(path).json_ld
        data = json.loads(block)
        assert data["@context"] == "https://schema.org"
        assert data["isBasedOn"]
        html = path.read_text(encoding="utf-8")
        main = html[html.index("<main") : html.index("</main>")]
        shown = words(unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL)))
        question = data["mainEntity"]
        answers = [
            answer for kind in ("acceptedAnswer", "suggestedAnswer") for answer in listed(question.get(kind, []))
        ]
        assert len(answers) == question["answerCount"] > 0
        for text in (question["name"], *(answer["text"] for answer in answers)):
            assert words(text) <= shown, path


def words(text: str) -> set[str]:
    """Return the words of a text; a page shows some of them between other words, such as those of images."""
    return set(re.findall(r"\w+", text))


def listed(value: object) -> list[dict[str, str]]:
    """Return the values of a JSON-LD key, which may hold one value or a list."""
    return value if isinstance(value, list) else [value]


def test_robots_names_the_sitemap(example_site: Path) -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in (example_site / "robots.txt").read_text(encoding="utf-8")


def test_the_planted_secret_is_on_no_page(example_site: Path) -> None:
    key = re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")
    planted = b"".join(path.read_bytes() for path in (ROOT / "content").rglob("*") if path.is_file())
    assert key.search(planted), "the example plants a secret, so that this test can fail"
    for path in example_site.rglob("*"):
        if path.is_file():
            assert not key.search(path.read_bytes()), path


def test_no_page_asks_a_third_party_for_anything(example_site: Path) -> None:
    loaded = 0
    for name, _ in pages(example_site):
        text = (example_site / name).read_text(encoding="utf-8")
        for url in re.findall(r'<(?:script|img|link rel="stylesheet"|iframe)[^>]+(?:src|href)="([^"]+)"', text):
            assert not url.startswith(("http:", "https:", "//")), (name, url)
            loaded += 1
    assert loaded > 100
