"""Discourse topics: what becomes of each topic and post, and what each broken file gives."""

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from example import SHARED
from faq_builder.config import Source
from faq_builder.model import Role, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, format_of, read_export
from faq_builder.read.formats.discourse import FORMAT, without_slug

CASES = SHARED / "cases"
SOURCE = Source(key="forum", place="Widget forum", base_url=Url("https://forum.widgets.example"), language="en")


def post(place: int, **fields: object) -> dict[str, object]:
    return {
        "id": 100 + place,
        "username": "fred" if place == 1 else "ann",
        "user_id": 1 if place == 1 else 2,
        "created_at": f"2024-05-01T10:{place:02}:00.000Z",
        "updated_at": "2024-05-02T00:00:00.000Z",
        "cooked": f"<p>Post {place}.</p>",
        "post_number": place,
        "post_type": 1,
        **fields,
    }


def topic(*posts: dict[str, object], **fields: object) -> dict[str, object]:
    return {
        "post_stream": {"posts": list(posts), "stream": [p["id"] for p in posts]},
        "id": 7,
        "title": "Red widget <shattered>",
        "slug": "red-widget-shattered",
        "archetype": "regular",
        "visible": True,
        "category_id": 3,
        "tags": ["rain"],
        "created_at": "2024-05-01T10:01:00.000Z",
        **fields,
    }


def export(folder: Path, **files: object) -> Path:
    for name, value in files.items():
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return folder


def read(path: Path, source: Source = SOURCE) -> Reading:
    return read_export(open_export(path, "export"), source)


def codes(reading: Reading) -> list[str]:
    return [d.code for d in reading.diagnostics]


# topics and posts ----------------------------------------------------------------------------------------------------


def test_a_topic_is_a_thread_with_its_posts(tmp_path: Path) -> None:
    answer = post(2, accepted_answer=True, actions_summary=[{"id": 2, "count": 4}], reply_to_post_number=1, staff=True)
    reading = read(export(tmp_path, a=topic(post(1), answer, post(3, username="fred", user_id=1))))
    (thread,) = reading.threads
    assert str(thread.key) == "forum:7"
    assert thread.title == "Red widget <shattered>"
    assert str(thread.url) == "https://forum.widgets.example/t/red-widget-shattered/7"
    assert thread.tags == ("rain",)
    assert thread.language == "en"
    assert [m.id for m in thread.messages] == ["101", "102", "103"]
    assert [m.role for m in thread.messages] == [Role.ASKER, Role.STAFF, Role.ASKER]
    marked = thread.messages[1]
    assert marked.accepted
    assert (marked.body, marked.votes, marked.reply_to) == ("Post 2.", 4, "101")
    assert str(marked.url) == "https://forum.widgets.example/t/red-widget-shattered/7/2"
    assert marked.author is not None
    assert (marked.author.key, marked.author.name) == ("2", "ann")
    assert str(marked.author.profile) == "https://forum.widgets.example/u/ann"
    assert str(marked.written_at) == "2024-05-01 10:02:00+00:00"
    assert not reading.diagnostics


@pytest.mark.parametrize(
    "mark",
    [{"accepted_answer": {"post_number": 2, "username": "ann"}}, {"accepted_answers": [{"post_number": 2}]}],
)
def test_the_topic_may_name_the_answer(tmp_path: Path, mark: dict[str, object]) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(2), post(3), **mark)))
    assert [m.id for m in reading.threads[0].messages if m.accepted] == ["102"]


def test_two_answers_may_be_accepted(tmp_path: Path) -> None:
    marks = [{"post_number": 2}, {"post_number": 3}]
    reading = read(export(tmp_path, a=topic(post(1), post(2), post(3), accepted_answers=marks)))
    assert [m.id for m in reading.threads[0].messages if m.accepted] == ["102", "103"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"hidden": True}, "hidden"),
        ({"deleted_at": "2024-05-03T00:00:00Z"}, "deleted"),
        ({"user_deleted": True}, "deleted"),
        ({"post_type": 4}, "whisper"),
        ({"post_type": 4, "deleted_at": "2024-05-03T00:00:00Z"}, "whisper"),
        ({"post_type": 3, "action_code": "closed.enabled", "cooked": ""}, "notice"),
        ({"post_type": 2, "action_code": "split_topic"}, "notice"),
        ({"post_type": 99}, "notice"),
    ],
)
def test_posts_that_are_left_out_are_counted(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(2, **fields), post(3, reply_to_post_number=2))))
    assert [m.id for m in reading.threads[0].messages] == ["101", "103"]
    assert reading.threads[0].messages[1].reply_to is None
    assert reading.balance.messages_left_out == {reason: 1}
    assert reading.removed_at_source == {(reading.threads[0].key, "102")}


def test_an_answer_in_staff_colour_is_kept(tmp_path: Path) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(2, post_type=2, moderator=True, accepted_answer=True))))
    assert [m.accepted for m in reading.threads[0].messages] == [False, True]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"archetype": "private_message"}, "private"),
        ({"visible": False}, "unlisted"),
        ({"deleted_at": "2024-05-03T00:00:00Z"}, "deleted"),
    ],
)
def test_topics_that_are_not_public_are_left_out(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(2), **fields)))
    assert reading.threads == ()
    assert reading.balance.threads_left_out == {reason: 1}
    assert reading.balance.messages_left_out == {reason: 2}
    assert [message for _, message in reading.removed_at_source] == [None]


def test_a_restricted_category_is_left_out_and_a_public_one_is_a_tag(tmp_path: Path) -> None:
    listed = {"category_list": {"categories": [{"id": 3, "name": "Support"}, {"id": 4, "read_restricted": True}]}}
    other = topic(post(11, post_number=1), id=8, category_id=4)
    reading = read(export(tmp_path, a=topic(post(1)), b=other, categories=listed))
    assert [t.tags for t in reading.threads] == [("Support", "rain")]
    assert reading.balance.threads_left_out == {"restricted category": 1}
    assert not reading.diagnostics


@pytest.mark.parametrize(
    ("posts", "reason"),
    [([post(2)], "question missing"), ([post(1, hidden=True), post(2)], "question hidden"), ([], "question missing")],
)
def test_a_topic_without_its_question_is_left_out(tmp_path: Path, posts: list[dict[str, object]], reason: str) -> None:
    assert read(export(tmp_path, a=topic(*posts))).balance.threads_left_out == {reason: 1}


def test_people_are_known_by_account_and_by_configuration(tmp_path: Path) -> None:
    source = Source(key="forum", place="f", base_url=SOURCE.base_url, staff=frozenset({"id:9", "eve"}))
    posts = [post(1), post(2, user_id=9), post(3, user_id=4, username="Eve"), post(4, user_id=-1, username="system")]
    posts.append(post(5, user_id=None, username=None))
    reading = read(export(tmp_path, a=topic(*posts)), source)
    roles = [m.role for m in reading.threads[0].messages]
    assert roles == [Role.ASKER, Role.STAFF, Role.STAFF, Role.BOT, Role.HELPER]
    assert reading.threads[0].messages[4].author is None


def test_nothing_but_the_allowed_fields_is_read(tmp_path: Path) -> None:
    secret = {"last_answerer": {"password_hash": "hunter2", "email": "x@y.example"}, "name": "Frederick Real"}
    reading = read(export(tmp_path, a=topic(post(1, **secret), details={"created_by": secret})))
    assert "hunter2" not in repr(reading)
    assert "Real" not in repr(reading)


def test_posts_ordered_by_votes_come_in_their_own_order(tmp_path: Path) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(4), post(2))))
    assert [m.id for m in reading.threads[0].messages] == ["101", "102", "104"]


# shapes --------------------------------------------------------------------------------------------------------------


def test_a_list_of_topics_a_zip_and_a_single_file_read_the_same(tmp_path: Path) -> None:
    value = [topic(post(1), post(2))]
    folder = export(tmp_path, topics=value)
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.write(folder / "topics.json", "deep/er/topics.json")
    single = tmp_path / "export.txt"
    single.write_text(json.dumps(value[0]))
    assert read(archive).threads == read(folder / "topics.json").threads == read(single).threads


def test_pages_of_a_topic_unite_whatever_their_order(tmp_path: Path) -> None:
    first, second = topic(post(1), post(2)), topic(post(3), post(2, cooked="<p>Edited.</p>", updated_at="2025"))
    first["post_stream"]["stream"] = [101, 102, 103]  # type: ignore[index]
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    readings = [read(export(one, a=first, b=second)), read(export(two, a=second, b=first))]
    assert readings[0].threads == readings[1].threads
    assert [m.body for m in readings[0].threads[0].messages] == ["Post 1.", "Edited.", "Post 3."]
    assert not readings[0].diagnostics


@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize("changed", ["2024-05-01", "2024-05-02T00:00:00.000Z", "2025-01-01"])
@pytest.mark.parametrize("mark", [{"deleted_at": "2024-05-03"}, {"user_deleted": True}, {"hidden": True}])
def test_a_post_that_one_copy_takes_back_is_left_out(
    tmp_path: Path, names: str, changed: str, mark: dict[str, object]
) -> None:
    """Whether that copy is the older or the newer one, and whichever file comes first."""
    copies = topic(post(1), post(2)), topic(post(1), post(2, updated_at=changed, **mark))
    reading = read(export(tmp_path, **dict(zip(names, copies, strict=True))))
    assert [m.id for m in reading.threads[0].messages] == ["101"]
    assert [m for _, m in reading.removed_at_source] == ["102"]


@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize("lacking", ["cooked", "post_number"])
@pytest.mark.parametrize("shape", ["null", "absent", "feed"])
def test_a_removed_post_needs_only_an_id(tmp_path: Path, names: str, lacking: str, shape: str) -> None:
    bare = post(2, deleted_at="2024-05-03", **{lacking: None})
    if shape != "null":
        del bare[lacking]
    removed = {"latest_posts": [{**bare, "topic_id": 7}]} if shape == "feed" else topic(post(1), bare)
    copies = topic(post(1), post(2), post(3)), removed
    reading = read(export(tmp_path, **dict(zip(names, copies, strict=True))))
    assert [m.id for m in reading.threads[0].messages] == ["101", "103"]
    assert reading.balance.messages_left_out == {"deleted": 1}
    assert [m for _, m in reading.removed_at_source] == ["102"]
    assert not reading.diagnostics


def test_a_removed_post_without_text_is_taken_back(tmp_path: Path) -> None:
    """The copy with its text lies in an earlier export."""
    reading = read(export(tmp_path, a=topic(post(1), {"id": 102, "user_deleted": True})))
    assert [m for _, m in reading.removed_at_source] == ["102"]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_removed_question_without_a_number_leaves_out_the_topic(tmp_path: Path, names: str) -> None:
    bare = post(1, deleted_at="2024-05-03", post_number=None, updated_at="2025")
    copies = topic(post(1), post(2)), topic(bare, post(2))
    reading = read(export(tmp_path, **dict(zip(names, copies, strict=True))))
    assert reading.balance.threads_left_out == {"question deleted": 1}


@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize(
    ("mark", "topic_mark", "reason"),
    [
        ({"deleted_at": "2024-05-03", "cooked": None}, {}, "deleted"),
        ({}, {"deleted_at": "2024-05-03"}, "deleted"),
        ({}, {"category_id": 4}, "restricted category"),
    ],
)
def test_a_post_that_was_moved_and_then_removed_is_left_out_of_its_old_topic(
    tmp_path: Path, names: str, mark: dict[str, object], topic_mark: dict[str, object], reason: str
) -> None:
    moved = topic(post(11, post_number=1), post(2, **mark), id=8, **topic_mark)
    listed = {"categories": [{"id": 4, "read_restricted": True}]}
    files = dict(zip(names, (topic(post(1), post(2)), moved), strict=True))
    reading = read(export(tmp_path, c=listed, **files))
    thread = next(t for t in reading.threads if t.key.native == "7")
    assert [m.id for m in thread.messages] == ["101"]
    assert reading.balance.messages_left_out[reason] >= 1
    assert (thread.key, "102") in reading.removed_at_source


@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize("changed", ["2023", "2024-05-01T10:01:00.000Z", "2025"])
@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ({"archetype": "private_message"}, "private"),
        ({"visible": False}, "unlisted"),
        ({"deleted_at": "2024-05-03T00:00:00Z"}, "deleted"),
        ({"category_id": 4}, "restricted category"),
    ],
)
def test_a_topic_that_one_copy_takes_back_is_left_out(
    tmp_path: Path, names: str, changed: str, mark: dict[str, object], reason: str
) -> None:
    copies = topic(post(1), post(2)), topic(post(1), post(2), created_at=changed, **mark)
    listed = {"categories": [{"id": 4, "read_restricted": True}]}
    reading = read(export(tmp_path, c=listed, **dict(zip(names, copies, strict=True))))
    assert reading.threads == ()
    assert reading.balance.threads_left_out == {reason: 1}


def test_a_page_of_posts_may_say_that_the_topic_was_deleted(tmp_path: Path) -> None:
    page = topic(post(2), deleted_at="2024-05-03T00:00:00Z")
    del page["title"]
    assert read(export(tmp_path, a=topic(post(1)), b=page)).balance.threads_left_out == {"deleted": 1}


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_the_reason_does_not_depend_on_the_order_of_the_copies(tmp_path: Path, names: str) -> None:
    copies = topic(post(1), post(2, hidden=True)), topic(post(1), post(2, user_deleted=True))
    reading = read(export(tmp_path, **dict(zip(names, copies, strict=True))))
    assert reading.balance.messages_left_out == {"deleted": 1}


@pytest.mark.skipif(not CASES.is_dir(), reason="the small inputs of ../shared/cases are not here")
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_case_of_a_post_that_was_deleted_later(tmp_path: Path, names: tuple[str, str]) -> None:
    for new, old in zip("ab", names, strict=True):
        (tmp_path / f"{new}.json").write_bytes((CASES / "deleted-later" / f"{old}.json").read_bytes())
    assert [m.id for m in read(tmp_path).threads[0].messages] == ["90101", "90102"]


def test_a_topic_that_was_cut_off_is_reported(tmp_path: Path) -> None:
    cut = topic(post(1))
    cut["post_stream"]["stream"] = [101, 102, 103]  # type: ignore[index]
    reading = read(export(tmp_path, a=cut))
    assert codes(reading) == ["FAQ301"]
    assert reading.diagnostics[0].message == "2 of 3 posts of a topic are not in the export"


def test_a_feed_of_posts_is_grouped_by_topic(tmp_path: Path) -> None:
    where = {"topic_id": 7, "topic_title": "Red", "topic_slug": "red", "category_id": 3}
    private = post(3, topic_id=8, topic_title="Secret", category_id=None, post_number=1)
    feed = {"latest_posts": [post(2, **where), post(1, **where), private]}
    reading = read(export(tmp_path, a=feed))
    assert [(t.title, len(t.messages)) for t in reading.threads] == [("Red", 2)]
    assert reading.balance.threads_left_out == {"not known to be public": 1}
    assert reading.removed_at_source == frozenset()


def test_lists_beside_topics_are_named_and_do_no_harm(tmp_path: Path) -> None:
    latest = {"topic_list": {"topics": [{"id": 7, "title": "Red"}]}}
    reading = read(export(tmp_path, a_latest=latest, t=topic(post(1)), z_search=[{"results": []}]))
    assert len(reading.threads) == 1
    assert codes(reading) == ["FAQ310", "FAQ310"]


def test_lists_alone_are_not_an_export(tmp_path: Path) -> None:
    export(tmp_path, latest={"topic_list": {"topics": []}})
    assert not FORMAT.detect(open_export(tmp_path, "export"))


def test_a_text_that_quotes_our_members_is_not_ours(tmp_path: Path) -> None:
    export(tmp_path, a={"body": '{"post_stream": {"posts": []}}'})
    assert not FORMAT.detect(open_export(tmp_path, "export"))


def test_without_base_address_there_are_no_links_and_one_finding(tmp_path: Path) -> None:
    reading = read(
        export(tmp_path, a=topic(post(1)), b=topic(post(21, post_number=1), id=8)), Source(key="f", place="f")
    )
    assert codes(reading) == ["FAQ303"]
    assert reading.threads[0].url is None
    assert reading.threads[0].messages[0].url is None


# bad input -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"post_stream": {"posts": [', "FAQ204"),
        (b'{"post_stream": "\xe9"}', "FAQ205"),
        (b"", "FAQ207"),
        (b"[" * 200_000, "FAQ204"),
        (b"1" * 10_000, "FAQ204"),
        (b'{"post_stream": {}} garbage', "FAQ204"),
    ],
)
def test_a_broken_file_gives_one_finding_and_the_others_are_read(tmp_path: Path, data: bytes, code: str) -> None:
    export(tmp_path, good=topic(post(1)))
    (tmp_path / "bad.json").write_bytes(data)
    reading = read(tmp_path)
    assert codes(reading) == [code]
    assert reading.diagnostics[0].where.path == "export/bad.json"
    assert len(reading.threads) == 1


@pytest.mark.parametrize("broken", [{"id": None}, {"cooked": None}, {"post_number": "x"}, {"id": -5}])
def test_a_post_that_is_not_understood_is_counted(tmp_path: Path, broken: dict[str, object]) -> None:
    reading = read(export(tmp_path, a=topic(post(1), post(2, **broken))))
    assert codes(reading)[0] == "FAQ302"
    assert reading.diagnostics[0].where.item == "/0/post_stream/posts/1"
    assert reading.balance.messages_left_out == {"not understood": 1}


def test_a_topic_without_id_is_counted(tmp_path: Path) -> None:
    reading = read(export(tmp_path, a=topic(post(1), id=None)))
    assert codes(reading) == ["FAQ302"]
    assert reading.balance.threads_left_out == {"not understood": 1}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["1", "2024-01-01T00:00:00+99:00"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
FIELDS = [*post(1), *topic(), "accepted_answer", "accepted_answers", "actions_summary", "stream", "posts", "hidden"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=4), st.booleans())
def test_fields_of_any_kind_never_crash(
    tmp_path_factory: pytest.TempPathFactory, fields: list[tuple[str, object]], in_post: bool
) -> None:
    folder = tmp_path_factory.mktemp("any")
    value = topic(post(1), post(2, **dict(fields))) if in_post else topic(post(1), **dict(fields))
    FORMAT.read(open_export(export(folder, a=value), "export"), SOURCE)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_random_bytes_never_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("random") / "a.json"
    path.write_bytes(data)
    with suppress(ExportError):
        found = open_export(path, "export")
        FORMAT.detect(found)
        FORMAT.read(found, SOURCE)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://forum.widgets.example/t/red-widget/123/4", "123"),
        ("https://forum.widgets.example/t/red-widget/123", "123"),
        ("https://forum.widgets.example/sub/t/123/4", "123"),
        ("https://forum.widgets.example/t/123", "123"),
        ("https://forum.widgets.example/t/red-widget/123.json?print=true#x", "123"),
        ("https://forum.widgets.example/u/fred", None),
        ("http://[broken", None),
        ("https://forum.widgets.example/t/red-widget", None),
    ],
)
def test_addresses_lead_to_topics(url: str, expected: str | None) -> None:
    assert FORMAT.native_id(url) == expected


def test_it_is_the_only_format_that_detects_a_topic(tmp_path: Path) -> None:
    assert format_of(open_export(export(tmp_path, a=topic(post(1))), "export")) is FORMAT


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://f.example/t/red-widget/77", "https://f.example/t/77"),
        ("https://f.example/sub/t/red-widget/77/2?u=ann#x", "https://f.example/sub/t/77/2?u=ann#x"),
        ("https://f.example/t/-/77", "https://f.example/t/77"),
        ("https://f.example/t/12/77", "https://f.example/t/12/77"),
        ("https://f.example/t/77", "https://f.example/t/77"),
        ("https://f.example/t/red-widget/77/x", "https://f.example/t/red-widget/77/x"),
        ("https://f.example/u/ann", "https://f.example/u/ann"),
    ],
)
def test_an_address_without_the_title_leads_to_the_same_post(address: str, plain: str) -> None:
    assert without_slug(Url(address)) == Url(plain)
    if FORMAT.native_id(address):
        assert FORMAT.native_id(plain) == FORMAT.native_id(address)
