"""GitHub Discussions: every shape, the answer that is shown once, and what each broken file gives."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.config import Source
from faq_builder.model import RawThread, Role, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import Reading, format_of, read_export
from faq_builder.read.formats.github_discussions import FORMAT

SOURCE = Source(key="gh", place="Discussions", language="en")
ADDRESS = "https://github.com/Widgets/red/discussions/12"


def comment(place: int, **fields: object) -> dict[str, object]:
    return {
        "id": f"DC_kw{place}",
        "url": f"{ADDRESS}#discussioncomment-{place}",
        "body": f"Comment {place}.\r\n",
        "author": {"login": "ann"},
        "createdAt": f"2024-05-01T10:{place:02}:00Z",
        **fields,
    }


def nodes(*members: object, **fields: object) -> dict[str, object]:
    return {"nodes": list(members), "totalCount": len(members), "pageInfo": {"hasNextPage": False}, **fields}


def discussion(*comments: dict[str, object], **fields: object) -> dict[str, object]:
    return {
        "number": 12,
        "title": "Red widget shattered",
        "url": ADDRESS,
        "body": "It rained.\r\n<!-- template -->",
        "author": {"login": "fred"},
        "createdAt": "2024-05-01T10:00:00Z",
        "category": {"name": "Q&A"},
        "labels": nodes({"name": "rain"}),
        "comments": nodes(*comments),
        "answer": None,
        **fields,
    }


def plain(comments: list[dict[str, object]], answer: dict[str, object] | None, **fields: object) -> dict[str, object]:
    """As a site script makes it: HTML under `body`, no ids of comments."""
    return {
        "title": "Red widget shattered",
        "body": '<p dir="auto">It <b>rained</b>.</p>',
        "url": ADDRESS,
        "id": "12",
        "createdAt": "2024-05-01T10:00:00Z",
        "upvotes": 3,
        "commentTotal": len(comments),
        "author": {"name": "fred", "avatar": "https://x.example/a", "url": "https://github.com/fred"},
        "comments": comments,
        "answer": answer or {"author": {}, "chosenAt": None},
        **fields,
    }


def comment_of(name: str, minute: int, **fields: object) -> dict[str, object]:
    return {
        "author": {"name": name},
        "body": f'<p dir="auto">By {name}.</p>',
        "createdAt": f"2024-05-01T10:{minute:02}:00Z",
        "replies": None,
        **fields,
    }


def export(folder: Path, *values: object, name: str = "discussions.json") -> Path:
    (folder / name).write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")
    return folder


def read(path: Path, source: Source = SOURCE) -> Reading:
    return read_export(open_export(path, "export"), source)


def codes(reading: Reading) -> list[str]:
    return [d.code for d in reading.diagnostics]


def accepted(thread: RawThread) -> list[str]:
    return [m.body for m in thread.messages if m.accepted]


# a discussion --------------------------------------------------------------------------------------------------------


def test_a_discussion_is_a_thread_with_its_comments_and_replies(tmp_path: Path) -> None:
    reply = comment(3, author={"login": "fred"}, body="Thanks!")
    one = comment(2, authorAssociation="MEMBER", upvoteCount=5, replies=nodes(reply))
    reading = read(export(tmp_path, {"data": {"node": discussion(one, comment(4, author=None), answer=comment(2))}}))
    (thread,) = reading.threads
    assert str(thread.key) == "gh:widgets/red/12"
    assert (str(thread.url), thread.language, thread.tags) == (ADDRESS, "en", ("Q&A", "rain"))
    assert [(m.id, m.body, m.reply_to) for m in thread.messages] == [
        ("question", "It rained.", None),
        ("2", "Comment 2.", None),
        ("3", "Thanks!", "2"),
        ("4", "Comment 4.", None),
    ]
    assert [m.role for m in thread.messages] == [Role.ASKER, Role.STAFF, Role.ASKER, Role.HELPER]
    assert [m.accepted for m in thread.messages] == [False, True, False, False]
    assert thread.messages[1].votes == 5
    assert str(thread.messages[1].url) == f"{ADDRESS}#discussioncomment-2"
    assert thread.messages[0].author is not None
    assert str(thread.messages[0].author.profile) == "https://github.com/fred"
    assert thread.messages[3].author is None
    assert not reading.diagnostics


SHAPES = {
    "node": lambda d: [{"data": {"node": d}}],
    "repository": lambda d: [{"data": {"repository": {"discussions": nodes(d)}}}],
    "one_of_a_repository": lambda d: [{"data": {"repository": {"discussion": d}}}],
    "aliases": lambda d: [{"data": {"r0": {"discussions": nodes(d)}}}],
    "search": lambda d: [{"data": {"search": {"edges": [{"node": d}]}}}],
    "unwrapped": lambda d: [d],
    "one_a_line": lambda d: [d, {**d, "number": 13, "url": ADDRESS[:-1] + "3"}],
    "list": lambda d: [[d]],
    "list_of_pages": lambda d: [[{"data": {"repository": {"discussions": nodes(d)}}}]],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_wrapping_reads_the_same(tmp_path: Path, shape: str) -> None:
    reading = read(export(tmp_path, *SHAPES[shape](discussion(comment(2), answer=comment(2)))))
    assert len(reading.threads[0].messages) == 2
    assert accepted(reading.threads[0]) == ["Comment 2."]
    assert len(reading.threads) == (2 if shape == "one_a_line" else 1)
    assert not reading.diagnostics


def test_edges_read_like_nodes(tmp_path: Path) -> None:
    reply = {"edges": [{"node": comment(3)}]}
    edges = {"edges": [{"node": comment(2, replies=reply)}], "totalCount": 1}
    reading = read(export(tmp_path, [discussion(comments=edges)]))
    assert [m.reply_to for m in reading.threads[0].messages] == [None, None, "2"]


# the answer is shown once --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        comment(2),
        {"id": "DC_kw2"},
        {"url": f"{ADDRESS}#discussioncomment-2"},
        {"databaseId": 2},
        {"body": "Comment 2.\r\n", "author": {"login": "ann"}, "createdAt": "2024-05-01T10:02:00Z"},
        {"bodyHTML": "<p>Comment 2.</p>", "author": {"login": "ann"}, "createdAt": "2024-05-01T10:02:00Z"},
    ],
)
def test_a_copy_of_a_comment_marks_that_comment(tmp_path: Path, answer: dict[str, object]) -> None:
    known = comment(2)
    if answer.keys() == {"id"}:
        del known["url"]
    reading = read(export(tmp_path, discussion(comment(1), known, answer=answer)))
    assert len(reading.threads[0].messages) == 3
    assert accepted(reading.threads[0]) == ["Comment 2."]


def test_a_reply_may_be_the_answer(tmp_path: Path) -> None:
    reading = read(export(tmp_path, discussion(comment(2, replies=nodes(comment(3))), answer=comment(3))))
    assert accepted(reading.threads[0]) == ["Comment 3."]
    assert len(reading.threads[0].messages) == 3


def test_an_answer_that_is_no_comment_is_added_with_its_replies(tmp_path: Path) -> None:
    answer = comment(5, replies=nodes(comment(6)))
    reading = read(export(tmp_path, discussion(comment(2), answer=answer)))
    assert [(m.id, m.accepted, m.reply_to) for m in reading.threads[0].messages[1:]] == [
        ("2", False, None),
        ("5", True, None),
        ("6", False, "5"),
    ]


def test_is_answer_marks_a_comment(tmp_path: Path) -> None:
    reading = read(export(tmp_path, discussion(comment(2, isAnswer=True), comment(3, isAnswer=False))))
    assert accepted(reading.threads[0]) == ["Comment 2."]


def test_without_ids_comments_are_known_by_who_and_when(tmp_path: Path) -> None:
    answer = comment_of("ann", 2, chosenAt="2024-05-02T00:00:00Z", chosenBy="fred", replies=[comment_of("fred", 3)])
    value = [plain([comment_of("bob", 1), comment_of("ann", 2, replies=[comment_of("fred", 3)])], answer)]
    reading = read(export(tmp_path, value))
    (thread,) = reading.threads
    assert [m.body for m in thread.messages] == ["It **rained**.", "By bob.", "By ann.", "By fred."]
    assert accepted(thread) == ["By ann."]
    assert thread.messages[2].id.startswith("20240501T100200-")
    assert thread.messages[3].reply_to == thread.messages[2].id
    assert thread.messages[2].url is None
    assert thread.messages[0].votes == 3
    assert read(tmp_path).threads == reading.threads


def test_two_comments_of_one_second_are_two(tmp_path: Path) -> None:
    value = [
        plain(
            [comment_of("ann", 2), comment_of("ann", 2, body="<p>Other.</p>")],
            comment_of("ann", 2, body="<p>Other.</p>"),
        )
    ]
    thread = read(export(tmp_path, value)).threads[0]
    assert len(thread.messages) == 3
    assert accepted(thread) == ["Other."]


def test_an_unanswered_discussion_has_no_answer(tmp_path: Path) -> None:
    reading = read(export(tmp_path, [plain([], None), discussion(url=ADDRESS + "0")]))
    assert [len(t.messages) for t in reading.threads] == [1, 1]


# what is left out ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"isMinimized": True}, "minimised or deleted"),
        ({"deletedAt": "2024-05-03T00:00:00Z"}, "minimised or deleted"),
        ({"body": None}, "without text"),
    ],
)
def test_comments_that_are_left_out_are_counted(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    hidden = comment(2, replies=nodes(comment(3)), **fields)
    reading = read(export(tmp_path, discussion(hidden)))
    assert [(m.id, m.reply_to) for m in reading.threads[0].messages] == [("question", None), ("3", None)]
    assert reading.balance.messages_left_out == {reason: 1}
    assert [m for _, m in reading.removed_at_source] == ([] if reason == "without text" else ["2"])


PRIVATE = [
    {"isPrivate": True},
    {"private": True},
    {"visibility": "PRIVATE"},
    {"visibility": "private"},
    {"visibility": "INTERNAL"},
    {"visibility": "Internal", "isPrivate": False},
    {"visibility": "PUBLIC", "isPrivate": True},
    {"visibility": "hidden", "private": True},
]
UNCLEAR = [
    {"visibility": "hidden"},
    {"visibility": ""},
    {"visibility": None},
    {"visibility": ["PUBLIC"]},
    {"visibility": True},
    {"visibility": 0, "isPrivate": False},
    {"isPrivate": "true"},
    {"isPrivate": "false"},
    {"isPrivate": None},
    {"private": 0},
    {"private": 1, "visibility": "public"},
]


@pytest.mark.parametrize("around", PRIVATE)
def test_a_private_repository_is_left_out(tmp_path: Path, around: dict[str, object]) -> None:
    value = {"data": {"repository": {**around, "discussions": nodes(discussion(comment(2)))}}}
    reading = read(export(tmp_path, value))
    assert reading.balance.threads_left_out == {"private": 1}
    assert reading.balance.messages_left_out == {"private": 2}
    assert [message for _, message in reading.removed_at_source] == [None]
    assert not reading.diagnostics


@pytest.mark.parametrize("around", [{"visibility": "PUBLIC"}, {"visibility": "public", "isPrivate": False}])
def test_a_public_repository_is_read(tmp_path: Path, around: dict[str, object]) -> None:
    value = {"data": {"repository": {**around, "discussions": nodes(discussion(comment(2)))}}}
    assert len(read(export(tmp_path, value)).threads) == 1


@pytest.mark.parametrize("around", UNCLEAR)
def test_what_is_not_known_to_be_public_is_left_out_and_reported(tmp_path: Path, around: dict[str, object]) -> None:
    """The export fails to say it, not GitHub: what was imported earlier does not count as removed."""
    value = {"data": {"repository": {**around, "discussions": nodes(discussion(comment(2)))}}}
    reading = read(export(tmp_path, value))
    assert reading.threads == ()
    assert reading.balance.threads_left_out == {"not known to be public": 1}
    assert codes(reading) == ["FAQ302"]
    assert not reading.removed_at_source


@pytest.mark.parametrize("around", [*PRIVATE, *UNCLEAR])
def test_the_repository_may_stand_beside_or_in_a_discussion(tmp_path: Path, around: dict[str, object]) -> None:
    webhook = {"action": "created", "discussion": discussion(), "repository": around}
    within = discussion(number=13, url=f"{ADDRESS}3", repository=around)
    assert read(export(tmp_path, webhook, within)).threads == ()


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("around", [*PRIVATE, *UNCLEAR])
def test_a_discussion_that_is_not_public_in_one_copy_is_left_out(
    tmp_path: Path, around: dict[str, object], order: int
) -> None:
    copies = [discussion(comment(2)), discussion(comment(2), repository=around)]
    assert read(export(tmp_path, *copies[::order])).threads == ()


@pytest.mark.parametrize("order", [1, -1])
def test_what_the_discussion_says_is_deleted_is_left_out(tmp_path: Path, order: int) -> None:
    copies = [discussion(comment(2)), discussion(comment(2), deletedAt="2024-05-03T00:00:00Z")]
    assert read(export(tmp_path, *copies[::order])).balance.threads_left_out == {"minimised or deleted": 1}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("changed", ["2023", "2024-05-03T00:00:00Z", "2025"])
def test_a_comment_that_one_copy_takes_back_is_left_out(tmp_path: Path, changed: str, order: int) -> None:
    hidden = comment(2, updatedAt=changed, isMinimized=True)
    copies = [discussion(comment(2, updatedAt="2024-05-03T00:00:00Z")), discussion(hidden)]
    reading = read(export(tmp_path, *copies[::order]))
    assert [m.id for m in reading.threads[0].messages] == ["question"]
    assert [m for _, m in reading.removed_at_source] == ["2"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_copy_without_text_takes_nothing_back(tmp_path: Path, order: int) -> None:
    copies = [discussion(comment(2)), discussion(comment(2, body=None, updatedAt="2025"))]
    reading = read(export(tmp_path, *copies[::order]))
    assert [m.body for m in reading.threads[0].messages[1:]] == ["Comment 2."]


def test_an_answer_that_is_minimised_in_its_copy_is_left_out(tmp_path: Path) -> None:
    reading = read(export(tmp_path, discussion(comment(2), answer=comment(2, isMinimized=True))))
    assert [m.id for m in reading.threads[0].messages] == ["question"]


@pytest.mark.parametrize(
    "comments",
    [
        nodes(comment(2), totalCount=3),
        nodes(comment(2), pageInfo={"hasNextPage": True}),
        nodes(comment(2, replies=nodes(totalCount=2))),
    ],
)
def test_comments_that_are_missing_are_reported(tmp_path: Path, comments: dict[str, object]) -> None:
    assert codes(read(export(tmp_path, discussion(comments=comments)))) == ["FAQ301"]


def test_a_list_without_its_last_page_is_reported(tmp_path: Path) -> None:
    def page(more: bool) -> object:
        return {"data": {"repository": {"discussions": nodes(discussion(), pageInfo={"hasNextPage": more})}}}

    assert codes(read(export(tmp_path, page(True)))) == ["FAQ301"]
    assert codes(read(export(tmp_path, page(False), name="page2.json"))) == []


# REST, webhooks, archives --------------------------------------------------------------------------------------------


def event(action: str, updated: str, **fields: object) -> dict[str, object]:
    rest = {
        "html_url": ADDRESS,
        "number": 12,
        "title": "Red widget shattered",
        "body": "It rained.",
        "user": {"login": "fred", "id": 1},
        "created_at": "2024-05-01T10:00:00Z",
        "updated_at": updated,
        "comments": 1,
        "answer_html_url": None,
    }
    anchor = {"answer_html_url": f"{ADDRESS}#discussioncomment-2"} if "answer" in fields else {}
    return {"action": action, "discussion": {**rest, **anchor}, "repository": {"private": False}, **fields}


def rest_comment(**fields: object) -> dict[str, object]:
    return {
        "id": 2,
        "html_url": f"{ADDRESS}#discussioncomment-2",
        "body": "Buy blue.",
        "user": {"login": "helper[bot]", "id": 7, "type": "Bot"},
        "created_at": "2024-05-01T10:02:00Z",
        **fields,
    }


def test_webhooks_of_one_discussion_unite_whatever_their_order(tmp_path: Path) -> None:
    events = [
        event("created", "2024-05-01T10:00:00Z"),
        event("created", "2024-05-01T10:02:00Z", comment=rest_comment()),
        event("answered", "2024-05-01T10:03:00Z", answer=rest_comment()),
    ]
    for order, values in (("a", events), ("b", events[::-1])):
        folder = tmp_path / order
        folder.mkdir()
        for at, value in enumerate(values):
            export(folder, value, name=f"{at}.json")
    readings = [read(tmp_path / "a"), read(tmp_path / "b")]
    assert readings[0].threads == readings[1].threads
    (thread,) = readings[0].threads
    assert accepted(thread) == ["Buy blue."]
    assert thread.messages[1].role is Role.BOT
    assert thread.messages[1].author is not None
    assert thread.messages[1].author.key == "7"
    assert not readings[0].diagnostics


def test_the_newest_event_says_what_is_marked_and_deleted(tmp_path: Path) -> None:
    first = event("answered", "2024-05-01T10:03:00Z", answer=rest_comment())
    later = event("unanswered", "2024-05-01T10:04:00Z", old_answer=rest_comment())
    assert accepted(read(export(tmp_path, first, later)).threads[0]) == []
    gone = event("deleted", "2024-05-01T10:05:00Z", comment=rest_comment())
    reading = read(export(tmp_path, first, gone))
    assert reading.balance.messages_left_out == {"deleted": 1}
    assert read(export(tmp_path, first, event("deleted", "2025"))).balance.threads_left_out == {"deleted": 1}


def test_a_migration_archive_is_read_without_comments(tmp_path: Path) -> None:
    value = {
        "type": "discussion",
        "url": ADDRESS,
        "repository": "https://github.com/Widgets/red",
        "user": "https://github.com/fred",
        "title": "Red widget shattered",
        "body": "It rained.",
        "discussion_category": "https://github.com/Widgets/red/discussion_categories/Q%26A",
    }
    export(tmp_path, [{"type": "discussion_category", "name": "Q&A", "url": "https://x.example/"}], name="cats.json")
    reading = read(export(tmp_path, [value]))
    (thread,) = reading.threads
    assert thread.tags == ("Q&A",)
    assert thread.messages[0].author is not None
    assert thread.messages[0].author.name == "fred"
    assert codes(reading) == ["FAQ310"]


# identity ------------------------------------------------------------------------------------------------------------


def test_without_address_the_base_address_makes_it(tmp_path: Path) -> None:
    export(tmp_path, {"data": {"repository": {"discussions": nodes(discussion(comment(2, url=None), url=None))}}})
    source = Source(key="gh", place="d", base_url=Url("https://github.com/Widgets/red"))
    assert str(read(tmp_path, source).threads[0].key) == "gh:widgets/red/12"
    reading = read(tmp_path)
    assert str(reading.threads[0].key) == "gh:12"
    assert codes(reading) == ["FAQ303"]


def test_two_repositories_do_not_clash(tmp_path: Path) -> None:
    reading = read(export(tmp_path, discussion(), discussion(url=ADDRESS.replace("red", "blue"))))
    assert [t.key.native for t in reading.threads] == ["widgets/blue/12", "widgets/red/12"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (ADDRESS + "#discussioncomment-2", "widgets/red/12"),
        ("https://github.com/orgs/Widgets/discussions/5", "orgs/widgets/5"),
        ("https://github.com/Widgets/red/issues/12", None),
        ("https://github.com/Widgets/red/discussions", None),
        ("http://[broken", None),
    ],
)
def test_addresses_lead_to_discussions(url: str, expected: str | None) -> None:
    assert FORMAT.native_id(url) == expected


def test_issues_are_not_discussions(tmp_path: Path) -> None:
    issue = discussion(comment(2), url="https://github.com/Widgets/red/issues/12", body=f'see "url": "{ADDRESS}"')
    del issue["answer"]
    export(tmp_path, {"data": {"repository": {"issues": nodes(issue)}}})
    assert not FORMAT.detect(open_export(tmp_path, "export"))


@pytest.mark.parametrize("value", [discussion(comment(2)), [plain([], None)], event("created", "2024")])
def test_it_is_the_only_format_that_detects_a_discussion(tmp_path: Path, value: object) -> None:
    export(tmp_path, value, name="any.data")
    assert format_of(open_export(tmp_path / "any.data", "export")) is FORMAT


# bad input -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'{\n"title": "Red",\n', "FAQ204", 3),
        (b'{"title": "\xe9"}', "FAQ205", None),
        (b" \n", "FAQ207", None),
        (b'{"a":' * 100_000, "FAQ204", None),
        (b'{"title": "Red"}\n{"title": \n', "FAQ204", 2),
    ],
)
def test_a_broken_file_gives_one_finding_and_the_others_are_read(
    tmp_path: Path, data: bytes, code: str, line: int | None
) -> None:
    export(tmp_path, discussion())
    (tmp_path / "bad.json").write_bytes(data)
    reading = read(tmp_path)
    assert codes(reading) == [code]
    assert (reading.diagnostics[0].where.path, reading.diagnostics[0].where.line) == ("export/bad.json", line)
    assert len(reading.threads) == 1


def test_a_discussion_without_number_is_counted(tmp_path: Path) -> None:
    reading = read(export(tmp_path, discussion(url=None, number=None, id="D_kw1")))
    assert codes(reading) == ["FAQ302"]
    assert reading.balance.threads_left_out == {"not understood": 1}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([ADDRESS, "http://[x", "2024-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nodes", "id", "login", "node"]), inner)
    ),
    max_leaves=4,
)
FIELDS = [*discussion(), *comment(2), "replies", "user", "html_url", "isAnswer", "upvotes", "commentTotal", "data"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=4), st.booleans())
def test_fields_of_any_kind_never_crash(
    tmp_path_factory: pytest.TempPathFactory, fields: list[tuple[str, object]], in_comment: bool
) -> None:
    made = dict(fields)
    value = discussion(comment(2, **made), comment(3), answer=made) if in_comment else discussion(comment(2), **made)
    FORMAT.read(open_export(export(tmp_path_factory.mktemp("any"), value), "export"), SOURCE)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_random_bytes_never_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("random") / "a.jsonl"
    path.write_bytes(data)
    with suppress(ExportError):
        found = open_export(path, "export")
        FORMAT.detect(found)
        FORMAT.read(found, SOURCE)
