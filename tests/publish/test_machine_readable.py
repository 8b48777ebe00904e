"""Files for machines: the JSON contracts, the sitemap's rules, redirects, robots.txt and llms.txt."""

import gzip
import json
from datetime import date

import pytest
from lxml import etree

from example import SHARED
from faq_builder.model import Answer, Grouping, Reason, Url, Withdrawn
from faq_builder.publish import machine_readable as module
from faq_builder.publish.machine_readable import machine_readable_files, thread_record, topic_record
from faq_builder.render.site import Site
from topic_samples import NOW, SITE_URL, a_site, a_thread, a_topic

DESIGN = SHARED / "design" / "DESIGN.md"
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def made(site: Site, *pages: str) -> dict[str, bytes]:
    return dict(machine_readable_files(site, NOW, pages))


# contracts -----------------------------------------------------------------------------------------------------------


def test_a_thread_has_exactly_the_fields_of_the_contract() -> None:
    record = thread_record(a_thread("7", "Why?"), Answer(messages=("2",), reason=Reason.MARKED, confidence=1.0))
    assert list(record) == (
        [
            "format",
            "source",
            "key",
            "url",
            "title",
            "language",
            "created_at",
            "tags",
            "duplicate_of",
            "messages",
            "answer",
        ]
    )
    assert json.loads(json.dumps(record)) == {
        "format": "discourse",
        "source": "forum",
        "key": "forum:7",
        "url": "https://forum.widgets.example/t/7",
        "title": "Why?",
        "language": "en",
        "created_at": "2020-05-01T10:00:00Z",
        "tags": ["red"],
        "duplicate_of": ["forum:99", "https://other.example/q/1"],
        "messages": [
            {
                "id": "1",
                "url": "https://forum.widgets.example/t/7/1",
                "author": "Fred",
                "role": "asker",
                "written_at": "2020-05-01T10:00:00Z",
                "accepted": False,
                "votes": None,
                "body": "It broke.",
            },
            {
                "id": "2",
                "url": "https://forum.widgets.example/t/7/2",
                "author": "Zoë",
                "role": "staff",
                "written_at": "2020-05-02T11:30:00Z",
                "accepted": True,
                "votes": 3,
                "body": "Take the **blue** one.",
            },
        ],
        "answer": {"messages": ["2"], "reason": "marked", "confidence": 1.0},
    }


LATER = ["linked", "likely_duplicates"]  # added to the contract after its first version


def test_a_topic_has_exactly_the_fields_of_the_contract() -> None:
    record = topic_record(a_topic("7"), SITE_URL)
    assert list(record) == (
        [
            "id",
            "slug",
            "url",
            "question",
            "language",
            "wordings",
            "asked",
            "places",
            "tags",
            "threads",
            "answer",
            "related",
            "published",
            "changed",
            *LATER,
        ]
    )
    answer = record["answer"]
    assert isinstance(answer, dict)
    assert list(answer) == ["messages", "reason", "confidence", "thread"]  # the contract's own come first
    assert json.loads(json.dumps(record)) == {
        "id": "id7",
        "slug": "red-widget-7",
        "url": "https://faq.widgets.example/help/q/red-widget-7/",
        "question": "Why did my red widget shatter?",
        "language": "en",
        "wordings": ["Why did my red widget shatter?"],
        "asked": 1,
        "places": ["forum"],
        "tags": ["red"],
        "threads": [
            {"key": "forum:7", "url": "https://forum.widgets.example/t/7", "joined_by": "founder", "score": None}
        ],
        "answer": {"messages": ["2"], "reason": "marked", "confidence": 1.0, "thread": "forum:7"},
        "related": [],
        "published": "2021-01-01",
        "changed": "2021-01-01",
        "linked": [],
        "likely_duplicates": [],
    }


def test_an_open_topic_has_neither_answer_nor_page() -> None:
    record = topic_record(a_topic("7", reply=None, published=None, changed=None), SITE_URL)
    assert (record["answer"], record["url"], record["published"], record["changed"]) == (None, None, None, None)
    assert thread_record(a_thread("7", "Why?", reply=None), None)["answer"] is None
    assert topic_record(a_topic("7"), None)["url"] is None


@pytest.mark.skipif(not DESIGN.exists(), reason="../shared/design is not here")
def test_the_design_names_the_same_fields() -> None:
    text = " ".join(DESIGN.read_text("utf-8").split())
    topic, thread = topic_record(a_topic("7"), SITE_URL), thread_record(a_thread("7", "Why?"), None)
    for record, start in ((topic, "`id, slug, url"), (thread, "`format, source, key")):
        contract = text[text.index(start) + 1 :].split("`", 1)[0]
        places = [contract.index(name) for name in record if name not in LATER]
        assert places == sorted(places)


def test_topics_json_is_one_array_sorted_by_id_with_open_topics() -> None:
    files = made(a_site(a_topic("9"), a_topic("10", reply=None), a_topic("8", title="a \ud800 b")))
    topics = json.loads(files["topics.json"])
    assert [t["id"] for t in topics] == ["id10", "id8", "id9"]
    assert topics[1]["question"] == "a ? b"
    assert json.loads(made(a_site())["topics.json"]) == []


# sitemap -------------------------------------------------------------------------------------------------------------


def urls(content: bytes) -> dict[str, str | None]:
    """Return the URLs of a sitemap with their dates, after checking it against the rules of sitemaps.org."""
    root = etree.fromstring(content)
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    found = {}
    for url in root:
        assert [child.tag.rpartition("}")[2] for child in url] in (["loc"], ["loc", "lastmod"])
        loc = url.findtext("s:loc", namespaces=NAMESPACE)
        assert loc.startswith(str(SITE_URL))
        assert loc.isascii()
        assert len(loc) < 2048
        assert loc not in found
        found[loc] = url.findtext("s:lastmod", namespaces=NAMESPACE)
        date.fromisoformat(found[loc] or "2020-01-01")
    assert list(found) == sorted(found)
    assert content.decode("utf-8")
    return found


def test_the_sitemap_lists_answered_topics_and_other_pages_with_the_dates_of_their_content() -> None:
    site = a_site(a_topic("7", changed=date(2022, 2, 2)), a_topic("6", published=None, changed=None))
    site = a_site(*site.grouping.topics, a_topic("5", reply=None))
    files = made(site, "index.html", "tags/red/index.html", "tags/größe & co/index.html")
    root = "https://faq.widgets.example/help/"
    assert urls(files["sitemap.xml"]) == {
        root: "2024-03-09",
        f"{root}q/red-widget-6/": "2020-05-02",
        f"{root}q/red-widget-7/": "2022-02-02",
        f"{root}tags/gr%C3%B6%C3%9Fe%20%26%20co/": None,
        f"{root}tags/red/": None,
    }


def test_the_packed_sitemap_is_the_same_and_carries_no_time() -> None:
    files = made(a_site(a_topic("7")))
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]
    assert files["sitemap.xml.gz"][:10].hex() == "1f8b08000000000002ff", "no time and no system in it"
    assert files["sitemap.xml.gz"][4:8] == b"\0\0\0\0"


def test_a_large_sitemap_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SITEMAP_URLS", 3)
    whole = [f"tags/{letter}/index.html" for letter in "abcdef"]
    files = made(a_site(), *whole)
    index = etree.fromstring(files["sitemap.xml"])
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    locations = [entry.findtext("s:loc", namespaces=NAMESPACE) for entry in index]
    names = ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert locations == [f"{SITE_URL}{name}" for name in names]
    parts = [urls(files[name]) for name in names]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert len({loc for part in parts for loc in part}) == 7
    assert all(gzip.decompress(files[f"{name}.gz"]) == files[name] for name in ["sitemap.xml", *names])


def test_robots_txt_names_the_sitemap() -> None:
    assert b"\nSitemap: https://faq.widgets.example/help/sitemap.xml\n" in made(a_site())["robots.txt"]


def test_a_site_without_an_address_has_no_sitemap() -> None:
    files = made(a_site(a_topic("7"), site_url=None), "index.html")
    assert sorted(files) == ["_redirects", "llms.txt", "redirects.nginx.map", "robots.txt", "topics.json"]
    assert b"Sitemap" not in files["robots.txt"]
    assert b"(q/red-widget-7/)" in files["llms.txt"]
    assert files["_redirects"] == b"/q/id7 /q/red-widget-7/ 301\n"


# redirects and llms.txt ----------------------------------------------------------------------------------------------


def test_ids_and_former_slugs_lead_to_the_page() -> None:
    grouping = Grouping(
        topics=(a_topic("7", former_slugs=("crimson-widget",)), a_topic("8", reply=None)),
        redirects=(("merged-widget", "id7"), ("never-answered", "id8"), ("red-widget-7", "id7")),
        withdrawn=(Withdrawn(id="id9", slug="gone", former_slugs=("was-gone",)), Withdrawn(id="idx", slug="idx")),
        former_ids=(("ida", "id7"), ("idb", "id9"), ("idc", "id8")),
    )
    files = made(a_site(grouping=grouping))
    assert files["_redirects"].decode().splitlines() == [
        "/help/q/crimson-widget /help/q/red-widget-7/ 301",
        "/help/q/id7 /help/q/red-widget-7/ 301",
        "/help/q/id9 /help/q/gone/ 301",
        "/help/q/ida /help/q/red-widget-7/ 301",
        "/help/q/idb /help/q/gone/ 301",
        "/help/q/merged-widget /help/q/red-widget-7/ 301",
        "/help/q/was-gone /help/q/gone/ 301",
    ]
    nginx = files["redirects.nginx.map"].decode().splitlines()
    assert nginx[:2] == [
        "/help/q/crimson-widget /help/q/red-widget-7/;",
        "/help/q/crimson-widget/ /help/q/red-widget-7/;",
    ]
    assert len(nginx) == 14


def test_llms_txt_lists_questions_as_links_on_one_line_each() -> None:
    site = a_site(a_topic("7", title="Why [really]\n\n# did it break?"), a_topic("8", reply=None))
    assert made(site)["llms.txt"].decode().splitlines() == [
        "# Widget answers",
        "",
        "> What people asked",
        "",
        "## Questions",
        "",
        r"- [Why \[really\] # did it break?](https://faq.widgets.example/help/q/red-widget-7/): Take the blue one.",
        "",
        "## Optional",
        "",
        "- [All questions as JSON](https://faq.widgets.example/help/topics.json)",
    ]


def test_the_order_of_topics_and_pages_does_not_matter() -> None:
    topics = [a_topic("7"), a_topic("8"), a_topic("9", reply=None)]
    pages = ["index.html", "tags/red/index.html"]
    assert made(a_site(*topics), *pages) == made(a_site(*reversed(topics)), *reversed(pages))


def test_a_host_in_the_root_of_its_domain() -> None:
    files = made(a_site(a_topic("7"), site_url=Url("https://faq.widgets.example/")))
    assert files["_redirects"] == b"/q/id7 /q/red-widget-7/ 301\n"
