"""Real exports of Discourse and GitHub Discussions: nothing lost, every mark kept, no answer shown twice.

test_real_stackexchange.py recounts the exports of Stack Exchange.

The recounts read the JSON by themselves, on purpose: they share no code with the readers.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from example import SHARED
from faq_builder.config import Source
from faq_builder.model import Balance, Url
from faq_builder.read.export import open_export
from faq_builder.read.formats import Reading, discourse, format_of, github_discussions

REAL = SHARED / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real exports in ../shared are not here")

FORMATS = {"discourse": discourse.FORMAT, "github_discussions": github_discussions.FORMAT}
BASES = {"discourse": Url("https://forum.example"), "github_discussions": None}


def read(path: Path, kind: str) -> Reading:
    source = Source(key="real", place="Real", base_url=BASES[kind])
    return FORMATS[kind].read(open_export(path, path.name), source)


def exports() -> list[tuple[str, Path]]:
    return [(kind, path) for kind in FORMATS for path in sorted((REAL / kind).glob("*")) if path.is_dir()]


def files(kind: str) -> list[Path]:
    """The files of all folders but the large ones, which have recounts of their own below."""
    return sorted(p for p in (REAL / kind).rglob("*") if p.is_file() and "dev_" not in p.parent.name)


def small_files(kind: str) -> list[Path]:
    return [path for path in files(kind) if path.suffix == ".json"]


def all_public(*, threads: int, messages: int) -> Balance:
    return Balance(threads_read=threads, threads_public=threads, messages_read=messages, messages_public=messages)


def shown(path: Path) -> str:
    return str(path.relative_to(REAL))


def objects_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a JSON value, however deep."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects_of(inner)


@pytest.mark.parametrize(("kind", "path"), exports(), ids=lambda v: v.name if isinstance(v, Path) else v)
def test_an_export_is_detected_by_its_format_alone_and_read(kind: str, path: Path) -> None:
    assert format_of(open_export(path, path.name)) is FORMATS[kind]
    reading = read(path, kind)
    assert reading.threads
    assert all(len(m.body) < 200_000 for t in reading.threads for m in t.messages)


@pytest.mark.parametrize("path", small_files("discourse"), ids=shown)
def test_a_recount_of_the_posts_of_a_file_equals_the_balance(path: Path) -> None:
    """A post is public if its topic is there and says so, or if the forum lists it among the latest posts."""
    objects = [*objects_of(json.loads(path.read_text()))]
    topic_of = {o["id"]: o["topic_id"] for o in objects if "post_number" in o and "cooked" in o}
    for topic in (o for o in objects if "post_stream" in o and "id" in o):  # one fixture's posts name another topic
        topic_of |= {p["id"]: topic["id"] for p in topic["post_stream"]["posts"]}
    public = {o["id"] for o in objects if o.get("archetype") == "regular"}
    public |= {p["topic_id"] for o in objects for p in o.get("latest_posts", ())}
    balance = read(path, "discourse").balance
    topics = set(topic_of.values())
    assert (balance.threads_read, balance.messages_read) == (len(topics), len(topic_of))
    assert balance.threads_public == len(topics & public)
    assert balance.messages_public == sum(topic in public for topic in topic_of.values())
    assert balance.threads_left_out.keys() | balance.messages_left_out.keys() <= {"not known to be public"}


@pytest.mark.parametrize("path", small_files("github_discussions"), ids=shown)
def test_a_recount_of_the_discussions_of_a_file_equals_the_balance(path: Path) -> None:
    value = json.loads(path.read_text())
    balance = read(path, "github_discussions").balance
    if isinstance(value, list):  # a migration: discussions and categories, each told by its type
        found = sum(v["type"] == "discussion" for v in value)
        assert balance == all_public(threads=found, messages=found)
        return
    replies = sum(key in value for key in ("comment", "answer", "old_answer"))  # a webhook is about one reply at most
    deleted = int(value["action"] == "deleted")
    assert balance == Balance(
        threads_read=1,
        threads_public=1,
        messages_read=1 + replies,
        messages_public=1 + replies - deleted,
        messages_left_out={"deleted": 1} if deleted else {},
    )


def test_what_is_no_json_is_a_finding_and_nothing_of_it_is_read() -> None:
    others = [p for kind in FORMATS for p in files(kind) if p.suffix not in (".json", ".jsonl")]
    assert others
    for path in others:
        reading = read(path, path.relative_to(REAL).parts[0])
        assert reading.balance == Balance()
        assert [d.code for d in reading.diagnostics] == ["FAQ204"], path


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
    assert (balance.threads_read, balance.messages_read) == (threads.total(), messages.total())


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


def name_and_time(one: dict[str, Any]) -> tuple[Any, Any]:
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
            marked[value["id"]] = name_and_time(value["answer"])
            messages += marked[value["id"]] not in [name_and_time(c) for c in comments]
    reading = read(REAL / "github_discussions" / name, "github_discussions")
    assert reading.balance == all_public(threads=len(values), messages=messages)
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
    assert balance == all_public(threads=len(known), messages=len(known) + sum(known.values()))
