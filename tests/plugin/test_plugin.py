"""The plugin on a tiny site, run by `mkdocs build` and by `faq build`, from the threads to the files."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from faq_builder import pipeline
from faq_builder.base.diagnostics import UsageError
from faq_builder.ledger import ledger_text
from faq_builder.model import Html, Ledger, LedgerRow
from faq_builder.plugin import Built, Run, build_site
from faq_builder.plugin.page_parts import fill_parts, link_topics
from faq_builder.search.index import build as index

SETTINGS = """site_name: The Widget FAQ
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme:
  name: material
  font: false
nav:
  - index.md
  - About: about.md
  - All questions: all/index.md
  - tags/index.md
plugins:
  - faq:
      sources:
        - {key: blog, place: The blog, base_url: "https://blog.widgets.example/", permission: full}
"""
THREAD = """# Why did my red widget break in the rain?

https://blog.widgets.example/rain#comment-12

## Answer

Red widgets are for indoors. Take the blue one.
"""
OTHER = """# How do I mount a gear on the wall?

https://blog.widgets.example/gear#comment-3

## Answer

With the two small screws in the bag.
"""
RUN = Run(options=pipeline.Options(), progress=lambda _step, _done, _total: None)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write a tiny site to a folder and return the path of its mkdocs.yml."""
    files = {
        "mkdocs.yml": SETTINGS,
        "content/pages/about.md": "# About us\n\nWe make widgets.\n",
        "content/threads/rain.md": THREAD,
        "content/threads/gear.md": OTHER,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path / "mkdocs.yml"


def mkdocs(config: Path, *arguments: str, program: str = "mkdocs") -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a process of its own; check that it leaves no temporary files."""
    temporary = config.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONWARNINGS": "error::ResourceWarning"}
    command = [sys.executable, "-m", program, "build", "-f", str(config), *arguments]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert list(temporary.iterdir()) == [], "the staging folder was left behind"
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, by path."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def built(config: Path) -> Built:
    return build_site(config, RUN)


def codes(result: Built) -> list[str]:
    return [d.code for d in result.diagnostics]


def topic_file(config: Path, word: str) -> Path:
    """Return the page of a topic with this text in its slug."""
    return next(f for f in (config.parent / "site" / "q").rglob("index.html") if word in f.parent.name)


def test_strict_mkdocs_build_gives_the_whole_site(site: Path) -> None:
    result = mkdocs(site, "--strict")
    assert result.returncode == 0, result.stderr
    files = tree(site.parent / "site")
    assert {"index.html", "404.html", "about/index.html", "all/index.html", "tags/index.html"} <= set(files)
    assert "Take the blue one" in topic_file(site, "red-widget").read_text(encoding="utf-8")
    assert not any("FaqSlot" in path or b"FaqSlot" in content for path, content in files.items())


def test_faq_build_gives_the_same_files_as_mkdocs(site: Path) -> None:
    mkdocs(site)
    with_mkdocs = tree(site.parent / "site")
    written = built(site).written
    assert (written.added, written.changed, written.deleted) == (0, 0, 0)
    assert tree(site.parent / "site") == with_mkdocs


def test_properdocs_gives_the_same_pages(site: Path) -> None:
    pytest.importorskip("properdocs")
    assert mkdocs(site, "--strict").returncode == 0
    with_mkdocs = tree(site.parent / "site")
    result = mkdocs(site, "--strict", program="properdocs")
    assert result.returncode == 0, result.stderr
    generator = re.compile(rb'<meta name="generator" content="[^"]*">')
    assert {p: generator.sub(b"", c) for p, c in tree(site.parent / "site").items()} == {
        p: generator.sub(b"", c) for p, c in with_mkdocs.items()
    }


def test_one_changed_answer_changes_few_files(site: Path) -> None:
    built(site)
    thread = site.parent / "content/threads/rain.md"
    thread.write_text(THREAD.replace("Take the blue one", "Take the green one"), encoding="utf-8")
    page = topic_file(site, "gear")
    before = page.stat().st_mtime_ns
    written = built(site).written
    assert written.added == written.deleted, "shards of the search index are named for their content"
    assert written.unchanged > written.changed > 0
    assert page.stat().st_mtime_ns == before


def test_the_search_index_reads_only_topics_that_changed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, built_index = [], index._document_terms
    monkeypatch.setattr(
        index, "_document_terms", lambda document, *more: read.append(document) or built_index(document, *more)
    )
    built(site)
    assert (site.parent / pipeline.INDEX_CACHE).is_file()
    assert len(read) == 2
    (site.parent / "content/threads/rain.md").write_text(THREAD.replace("blue one", "green one"), encoding="utf-8")
    read.clear()
    built(site)
    assert [str(document.question) for document in read] == ["Why did my red widget break in the rain?"]
    warm = tree(site.parent / "site")
    (site.parent / pipeline.INDEX_CACHE).unlink()
    assert built(site).written.unchanged == len(warm) - 1  # and the list of what is ours
    assert tree(site.parent / "site") == warm


def test_sitemap_names_pages_and_no_frames(site: Path) -> None:
    built(site)
    sitemap = (site.parent / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://faq.widgets.example/about/" in sitemap
    assert "FaqSlot" not in sitemap


def test_list_pages_are_in_the_navigation_of_every_page(site: Path) -> None:
    built(site)
    about = (site.parent / "site/about/index.html").read_text(encoding="utf-8")
    assert re.search(r'href="../all/"[^>]*>\s*(?:<span[^>]*>\s*)?All questions', about)
    assert re.search(r'href="../tags/"[^>]*>\s*(?:<span[^>]*>\s*)?Tags', about)
    assert "FaqSlot" not in about


def test_home_page_of_the_company_wins(site: Path) -> None:
    (site.parent / "content/pages/index.md").write_text("# Welcome, dear widget friend\n", encoding="utf-8")
    built(site)
    assert "Welcome, dear widget friend" in (site.parent / "site/index.html").read_text(encoding="utf-8")


def test_list_page_of_the_company_wins(site: Path) -> None:
    tags = site.parent / "content/pages/tags/index.md"
    tags.parent.mkdir()
    tags.write_text("# Our own tags\n", encoding="utf-8")
    assert codes(built(site)) == []
    assert "Our own tags" in (site.parent / "site/tags/index.html").read_text(encoding="utf-8")


def test_staff_link_topics_by_id(site: Path) -> None:
    topic = next(t for t in built(site).prepared.grouping.topics if "rain" in str(t.question))
    about = site.parent / "content/pages/about.md"
    about.write_text(f"# About\n\n[Rain?](faq:{topic.id}#answer) and [gone](faq:nosuchid)\n", encoding="utf-8")
    result = built(site)
    assert f'href="../q/{topic.slug}/#answer"' in (site.parent / "site/about/index.html").read_text(encoding="utf-8")
    assert [(d.code, str(d.where)) for d in result.diagnostics] == [("FAQ705", "content/pages/about.md:3")]


def test_site_without_site_url_links_no_feeds(site: Path) -> None:
    built(site)
    page = topic_file(site, "red-widget")
    assert page.read_text(encoding="utf-8").count("feed.atom") == 2
    site.write_text(SETTINGS.replace("site_url: https://faq.widgets.example/\n", ""), encoding="utf-8")
    result = built(site)
    assert codes(result) == ["FAQ107"]
    assert not [path for path, content in tree(site.parent / "site").items() if b"feed." in content and ".html" in path]


def where_to_ask(config: Path) -> dict[str, set[str]]:
    """Return by page path the texts that tell a reader where to ask a new question."""
    found: dict[str, set[str]] = {}
    for path, content in tree(config.parent / "site").items():
        if path.endswith(".html"):
            shown = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
            found[path] = set(
                re.findall(r">\s*([^<>]*\bask here\b[^<>]*|Ask: [^<>]*|Contact us)\s*<", shown, re.IGNORECASE)
            )
    return found


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", set()),
        ("      ask: [{name: Forum, url: 'https://forum.widgets.example/new?q={question}'}]\n", {"Ask: Forum"}),
        ("      contact: help@widgets.example\n", {"Contact us"}),
    ],
    ids=["neither", "ask", "contact"],
)
def test_every_page_names_only_places_to_ask_that_were_set(site: Path, settings: str, expected: set[str]) -> None:
    site.write_text(SETTINGS + settings, encoding="utf-8")
    waiting = "# May a widget fly?\n\nhttps://blog.widgets.example/fly#comment-1\n"
    (site.parent / "content/threads/fly.md").write_text(waiting, encoding="utf-8")
    built(site)
    found = where_to_ask(site)
    assert {"index.html", "404.html", "open/index.html", "places/index.html", "search/index.html"} <= found.keys()
    assert any(path.startswith("q/") for path in found)
    assert {path: words for path, words in found.items() if words != expected} == {}


def test_language_without_our_labels_is_reported_once(site: Path) -> None:
    site.write_text(SETTINGS.replace("  font: false", "  font: false\n  language: de"), encoding="utf-8")
    found = [str(d).splitlines()[0] for d in built(site).diagnostics]
    assert found == ["mkdocs.yml: info[FAQ730]: the labels around the answers are not available in the site's language"]


def test_ids_of_merged_topics_redirect_to_the_heir(site: Path) -> None:
    topics = [topic for topic in built(site).prepared.grouping.topics if topic.answered]
    keys = [topic.members[0].thread.key for topic in topics]
    decision = site.parent / "content/decisions/same.yml"
    decision.parent.mkdir(exist_ok=True)
    same = f'version: 1\ndecisions:\n  - same: ["{keys[0]}", "{keys[1]}"]\n    reason: Both broke.\n'
    decision.write_text(same, encoding="utf-8")
    rows = tuple(
        LedgerRow(id=t.id, slug=t.slug, members=(k,), published=date(2026, 1, 1), changed=date(2026, 1, 1))
        for t, k in zip(topics, keys, strict=True)
    )
    (site.parent / "content/ledger.jsonl").write_text(ledger_text(Ledger(rows=rows)), encoding="utf-8")
    about = site.parent / "content/pages/about.md"
    about.write_text("# About\n\n" + "".join(f"[it](faq:{t.id}) " for t in topics), encoding="utf-8")
    result = built(site)
    (heir,) = [topic for topic in result.prepared.grouping.topics if topic.answered]
    assert codes(result) == []
    page = (site.parent / "site/about/index.html").read_text(encoding="utf-8")
    assert page.count(f'href="../q/{heir.slug}/"') == len(topics)
    moved = (site.parent / "site/_redirects").read_text(encoding="utf-8")
    assert all(f"/q/{topic.id} /q/{heir.slug}/ 301" in moved for topic in topics)


def test_error_fails_mkdocs_build_but_other_pages_are_written(site: Path) -> None:
    (site.parent / "content/pages/about.md").write_text("# About\n\n<!-- faq:weather -->\n", encoding="utf-8")
    result = mkdocs(site)
    assert result.returncode == 1
    assert "content/pages/about.md:3: error[FAQ706]" in result.stderr
    assert "Traceback" not in result.stderr
    assert topic_file(site, "red-widget").is_file()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("plugins:\n", "plugins:\n  - search\n", "FAQ106"),
        ("  font: false", "  features: [navigation.instant.prefetch]", "FAQ106"),
        ("docs_dir:", "use_directory_urls: false\ndocs_dir:", "FAQ106"),
        ("name: material\n  font: false", "name: mkdocs", "FAQ707"),
        ("sources:", "sorces:", "FAQ103"),
    ],
)
def test_setting_that_cannot_work_is_refused(site: Path, old: str, new: str, code: str) -> None:
    site.write_text(SETTINGS.replace(old, new), encoding="utf-8")
    result = mkdocs(site)
    assert result.returncode == 1
    assert f"error[{code}]" in result.stderr
    assert "Traceback" not in result.stderr
    with pytest.raises(UsageError) as caught:
        built(site)
    assert code in {d.code for d in caught.value.diagnostics}
    assert not (site.parent / "site").exists()


def test_docs_dir_that_does_not_exist_is_wrong_use(site: Path) -> None:
    site.write_text(SETTINGS.replace("docs_dir: content/pages", "docs_dir: nowhere"), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        built(site)
    assert [d.code for d in caught.value.diagnostics] == ["FAQ708"]


def test_site_folder_with_foreign_files_is_refused(site: Path) -> None:
    (site.parent / "site").mkdir()
    (site.parent / "site" / "thesis.txt").write_text("mine")
    result = mkdocs(site)
    assert result.returncode == 1
    assert "FAQ702" in result.stderr
    assert tree(site.parent / "site") == {"thesis.txt": b"mine"}


def test_template_of_the_company_reaches_filled_pages(site: Path) -> None:
    site.write_text(SETTINGS.replace("  font: false", "  font: false\n  custom_dir: overrides"), encoding="utf-8")
    main = site.parent / "overrides" / "main.html"
    main.parent.mkdir()
    main.write_text('{% extends "base.html" %}{% block announce %}Closed on Monday{% endblock %}', encoding="utf-8")
    built(site)
    assert "Closed on Monday" in topic_file(site, "red-widget").read_text(encoding="utf-8")


def test_a_script_of_the_company_in_another_encoding_is_published_unchanged(site: Path) -> None:
    site.write_text(SETTINGS.replace("  font: false", "  font: false\n  custom_dir: overrides"), encoding="utf-8")
    own = site.parent / "overrides/assets/faq/own.js"
    own.parent.mkdir(parents=True)
    own.write_bytes("// größer".encode("latin-1"))
    built(site)
    published = site.parent / "site/assets/faq"
    assert (published / "own.js").read_bytes() == own.read_bytes()
    assert not (published / "client/search.js").exists()  # our modules are still one file


def test_links_to_topics() -> None:
    html = (
        '<a class="x" href="faq:abc">a</a> <a href="faq:abc#answer-1">b</a> <a href="https://x.example/faq:abc">c</a>'
    )
    linked, findings = link_topics(html, {"abc": "q/red/"}, "help/us/", "", "us.md")
    assert findings == ()
    assert re.findall('href="([^"]*)"', linked) == [
        "../../q/red/",
        "../../q/red/#answer-1",
        "https://x.example/faq:abc",
    ]


def test_links_of_parts_are_right_at_every_depth() -> None:
    part = Html(
        '<a href="./q/red/">a</a><a href="all/?x=1#y">b</a><form action="search/"><a href="#c">c</a><a href="./">h</a>'
    )
    filled, findings = fill_parts("<p>x</p><!-- faq:newest -->", {"newest": part}, "help/us/", "", "us.md")
    assert findings == ()
    assert re.findall('(?:href|action)="([^"]*)"', filled) == [
        "../../q/red/",
        "../../all/?x=1#y",
        "../../search/",
        "#c",
        "../../",
    ]


def test_unknown_part_is_reported_with_its_line() -> None:
    comment = "<!-- faq:wether -->"
    _, (finding,) = fill_parts(comment, {}, "", f"# Us\n\n{comment}\n", "us.md")
    assert (finding.code, str(finding.where)) == ("FAQ706", "us.md:3")
