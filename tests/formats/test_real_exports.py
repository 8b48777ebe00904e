"""Real exports of Discourse and GitHub Discussions: nothing lost, every mark kept, no answer shown twice.

The recounts read the JSON by themselves, on purpose: they share no code with the readers.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from faq_builder.config import Source
from faq_builder.export import open_export
from faq_builder.formats import Reading, discourse, format_of, github_discussions
from faq_builder.model import Url

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real exports in ../shared are not here")

FORMATS = {"discourse": discourse.FORMAT, "github_discussions": github_discussions.FORMAT}
BASES = {"discourse": Url("https://forum.example"), "github_discussions": None}


def read(path: Path, kind: str) -> Reading:
    source = Source(key="real", place="Real", base_url=BASES[kind])
    return FORMATS[kind].read(open_export(path, path.name), source)


def exports() -> list[tuple[str, Path]]:
    return [(kind, path) for kind in FORMATS for path in sorted((REAL / kind).glob("*")) if path.is_dir()]


@pytest.mark.parametrize(("kind", "path"), exports(), ids=lambda v: v.name if isinstance(v, Path) else v)
def test_an_export_is_detected_by_its_format_alone_and_read(kind: str, path: Path) -> None:
    assert format_of(open_export(path, path.name)) is FORMATS[kind]
    reading = read(path, kind)
    assert reading.threads
    assert all(len(m.body) < 200_000 for t in reading.threads for m in t.messages)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_single_file_is_read(kind: str) -> None:
    files = [p for p in (REAL / kind).rglob("*") if p.is_file() and "dev_" not in p.parent.name]
    assert files
    for path in files:
        assert read(path, kind).balance.threads_read >= 0


def test_no_other_export_is_taken_for_ours() -> None:
    others = [p for p in sorted(REAL.glob("*/*")) if p.parent.name not in FORMATS]
    for path in others:
        export = open_export(path, path.name)
        assert not any(f.detect(export) for f in FORMATS.values()), path


# Discourse -----------------------------------------------------------------------------------------------------------


def topics() -> list[dict[str, Any]]:
    return [json.loads(p.read_text()) for p in sorted((REAL / "discourse" / "dev_urho3d_topics").glob("*.json"))]


def topic_reason(topic: dict[str, Any]) -> str | None:
    first = min(topic["post_stream"]["posts"], key=lambda p: p["post_number"])
    if topic["archetype"] == "private_message":
        return "private"
    if not topic["visible"]:
        return "unlisted"
    return "question hidden" if first["hidden"] else None


def post_reason(post: dict[str, Any]) -> str | None:
    if post["deleted_at"] or post["user_deleted"]:
        return "deleted"
    if post["hidden"]:
        return "hidden"
    return "notice" if post["post_type"] == 3 else None


def test_a_recount_of_topics_and_posts_equals_the_balance() -> None:
    threads: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    for topic in topics():
        reason = topic_reason(topic)
        threads[reason or "public"] += 1
        for post in topic["post_stream"]["posts"]:
            messages[reason or post_reason(post) or "public"] += 1
    balance = read(REAL / "discourse" / "dev_urho3d_topics", "discourse").balance
    assert {"public": balance.threads_public, **balance.threads_left_out} == threads
    assert {"public": balance.messages_public, **balance.messages_left_out} == messages


def test_every_marked_answer_of_the_forum_is_accepted() -> None:
    marked = set()
    for topic in topics():
        named = (topic.get("accepted_answer") or {}).get("post_number")
        for post in topic["post_stream"]["posts"]:
            is_marked = post.get("accepted_answer") or post["post_number"] == named
            if is_marked and topic_reason(topic) is None and post_reason(post) is None and post["post_number"] > 1:
                marked.add((str(topic["id"]), str(post["id"])))
    threads = read(REAL / "discourse" / "dev_urho3d_topics", "discourse").threads
    assert len(marked) > 150
    assert marked == {(t.key.native, m.id) for t in threads for m in t.messages if m.accepted}


# GitHub Discussions --------------------------------------------------------------------------------------------------


def said(one: dict[str, Any]) -> tuple[Any, Any]:
    return ((one.get("author") or {}).get("name"), one.get("createdAt"))


@pytest.mark.parametrize("name", ["dev_payload", "dev_payload_mixed"])
def test_a_recount_of_discussions_equals_the_balance_and_no_answer_is_doubled(name: str) -> None:
    values = json.loads((REAL / "github_discussions" / name / "discussions.json").read_text())
    messages = 0
    marked = {}
    for value in values:
        comments = [c for top in value["comments"] for c in (top, *(top["replies"] or ()))]
        messages += 1 + len(comments)
        if value["answer"].get("body"):
            marked[value["id"]] = said(value["answer"])
            messages += marked[value["id"]] not in [said(c) for c in comments]
    reading = read(REAL / "github_discussions" / name, "github_discussions")
    assert reading.balance.threads_public == len(values)
    assert reading.balance.messages_public == messages
    assert not reading.balance.threads_left_out
    assert not reading.balance.messages_left_out
    found = {}
    for thread in reading.threads:
        accepted = [m for m in thread.messages if m.accepted]
        assert len(accepted) <= 1
        assert len({(m.author, m.written_at, m.body) for m in thread.messages}) == len(thread.messages)
        for message in accepted:
            stamp = message.written_at.isoformat().replace("+00:00", "Z") if message.written_at else None
            found[thread.key.native.rsplit("/", 1)[1]] = (message.author.name if message.author else None, stamp)
    assert found == marked


def test_a_recount_of_raw_graphql_lines_equals_the_balance() -> None:
    folder = REAL / "github_discussions" / "shape_vchinnap_jsonl"
    known: dict[int, int] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            value = json.loads(line)
            held = value["comments"].get("nodes", [])
            count = len(held) + sum(len((c.get("replies") or {}).get("nodes", [])) for c in held)
            known[value["number"]] = max(known.get(value["number"], 0), count)
    balance = read(folder, "github_discussions").balance
    assert balance.threads_public == len(known)
    assert balance.messages_public == len(known) + sum(known.values())
