"""Answers that staff wrote for a topic, from the file in content/topics to the page."""

import json
from pathlib import Path

import pytest

from faq_builder.cli import main
from faq_builder.config import load_config
from faq_builder.pipeline import Options, Prepared, prepare

THREAD = """\
---
title: {title}
url: https://forum.widgets.example/t/{n}
---

It shattered.

{answer}
"""
CONFIG = """\
site_name: Widgets
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      edit_url: https://code.widgets.example/edit/{path}
      tags:
        wifi: [Wi-Fi, wlan]
      sources:
        - {key: forum, place: The forum, base_url: "https://forum.widgets.example", permission: full}
"""
WRITTEN = "---\nby: Mona\ndate: 2026-03-01\n---\n\nTake the **blue** one. Ask mona.private@gmail.com if not.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("pages", "threads", "topics"):
        (tmp_path / "content" / name).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    answered, waiting = "## Answer\n\nIt is for indoors.", ""
    for n, (title, answer) in enumerate((("Why did my widget shatter?", answered), ("Where is it made?", waiting)), 1):
        text = THREAD.format(title=title, n=n, answer=answer)
        (tmp_path / f"content/threads/{n}.md").write_text(text, encoding="utf-8")
    return tmp_path


def prepared(folder: Path) -> Prepared:
    config, _ = load_config(folder / "mkdocs.yml")
    return prepare(config, Options(), lambda *_: None)


def id_of(folder: Path, title: str) -> str:
    return next(t.id for t in prepared(folder).grouping.topics if str(t.question) == title)


def write(folder: Path, topic: str, text: str = WRITTEN) -> None:
    (folder / f"content/topics/{topic}.md").write_text(text, encoding="utf-8")


def test_it_leads_and_the_reply_and_the_guidepost_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    topic = id_of(folder, "Why did my widget shatter?")
    write(folder, topic)
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    page = (folder / "site/q/why-did-my-widget-shatter/index.html").read_text(encoding="utf-8")
    page = page.partition("</head>")[2]
    assert [d.where.path for d in prepared(folder).diagnostics if d.code == "FAQ501"] == [f"content/topics/{topic}.md"]
    assert page.index("Take the <strong>blue</strong> one") < page.index("It is for indoors")
    assert "mona.private" not in page
    assert "Written for this page by the team of Widgets." in page
    assert page.count("https://forum.widgets.example/t/1") >= 2
    assert f"https://code.widgets.example/edit/topics/{topic}.md" in page
    capsys.readouterr()
    assert main(["topics", "--json", "-f", str(folder / "mkdocs.yml")]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (record,) = [r for r in records if r["id"] == topic]
    assert record["answer"] == {
        "messages": ["written-for-this-page"],
        "reason": "written",
        "confidence": 1.0,
        "thread": None,
    }


def test_a_question_that_nobody_answered_is_published_with_it(folder: Path) -> None:
    write(folder, id_of(folder, "Where is it made?"))
    assert main(["lock", "-f", str(folder / "mkdocs.yml")]) == 0
    assert main(["build", "--locked", "-f", str(folder / "mkdocs.yml")]) == 0
    assert "blue" in (folder / "site/q/where-is-it-made/index.html").read_text(encoding="utf-8")
    assert "Take the" in (folder / "site/feed.atom").read_text(encoding="utf-8")


def test_the_file_of_a_merged_topic_answers_its_heir_unless_that_has_its_own(folder: Path) -> None:
    assert main(["lock", "-f", str(folder / "mkdocs.yml")]) == 0
    first, second = id_of(folder, "Why did my widget shatter?"), id_of(folder, "Where is it made?")
    write(folder, second)
    assert main(["lock", "-f", str(folder / "mkdocs.yml")]) == 0
    (folder / "content/decisions").mkdir()
    same = f"version: 1\ndecisions:\n  - same: [{first}, {second}]\n    reason: one\n"
    (folder / "content/decisions/a.yml").write_text(same, encoding="utf-8")
    assert main(["lock", "-f", str(folder / "mkdocs.yml")]) == 0
    (topic,) = prepared(folder).grouping.topics
    assert topic.written is not None
    gone, kept = (second, first) if topic.id == first else (first, second)
    write(folder, gone, "of the other")
    write(folder, kept, "its own")
    again = prepared(folder)
    assert [str(t.written.body) for t in again.grouping.topics if t.written] == ["its own"]
    assert [d.where.path for d in again.diagnostics if d.code == "FAQ625"] == [f"content/topics/{gone}.md"]


def test_a_file_of_no_topic_and_a_broken_one_are_reported(folder: Path) -> None:
    write(folder, "nosuchtopic")
    write(folder, "broken", "---\nauthor: Mona\n---\ntext")
    write(folder, "empty", "---\nby: Mona\n---\n\n")
    write(folder, "dated", "---\ndate: tomorrow\n---\ntext")
    write(folder, "README", "how to write them")
    found = [(d.code, d.where.path) for d in prepared(folder).diagnostics if d.code.startswith("FAQ62")]
    assert found == [
        ("FAQ626", "content/topics/broken.md"),
        ("FAQ626", "content/topics/dated.md"),
        ("FAQ626", "content/topics/empty.md"),
        ("FAQ625", "content/topics/nosuchtopic.md"),
    ]


def test_tags_are_called_as_the_configuration_says(folder: Path) -> None:
    path = folder / "content/threads/1.md"
    text = path.read_text(encoding="utf-8").replace("---\n\nIt", "tags: [WLAN, wi_fi, rain]\n---\n\nIt", 1)
    path.write_text(text, encoding="utf-8")
    tags = {str(tag) for topic in prepared(folder).grouping.topics for tag in topic.tags}
    assert tags == {"wifi", "rain"}
