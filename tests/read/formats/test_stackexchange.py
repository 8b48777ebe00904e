"""Stack Exchange dumps: what becomes of each row, and what each broken dump gives."""

import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq_builder.config import Source
from faq_builder.model import RawMessage, RawThread, Role, ThreadKey, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import FORMATS, Reading, format_of, read_export
from faq_builder.read.formats.stackexchange import FORMAT

SITE = Path(__file__).parent / "stackexchange" / "widget_site"
SOURCE = Source(
    key="se",
    place="Widgets",
    base_url=Url("https://widgets.stackexchange.com/"),
    staff=frozenset({"id:5"}),
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_export(open_export(SITE, "dump"), SOURCE)


def thread(reading: Reading, native: str) -> RawThread:
    return next(t for t in reading.threads if t.key.native == native)


def message(reading: Reading, message_id: str) -> RawMessage:
    return next(m for t in reading.threads for m in t.messages if m.id == message_id)


def dump(folder: Path, **tables: list[dict[str, object]]) -> Path:
    """A folder with these tables; rows get the fields that every row has."""
    folder.mkdir(exist_ok=True)
    for table, rows in tables.items():
        lines = [
            " ".join(f"{k}={quoteattr(str(v))}" for k, v in {"CreationDate": "2020-01-01T00:00:00", **row}.items())
            for row in rows
        ]
        text = "".join(f"<row {line} />\n" for line in lines)
        (folder / f"{table}.xml").write_text(f"<{table.lower()}>\n{text}</{table.lower()}>\n")
    return folder


def question(native: int, **fields: object) -> dict[str, object]:
    return {"Id": native, "PostTypeId": 1, "Title": f"Widget {native}?", "Body": "<p>Why?</p>", **fields}


def answer(native: int, parent: int, **fields: object) -> dict[str, object]:
    return {"Id": native, "PostTypeId": 2, "ParentId": parent, "Body": "<p>So.</p>", **fields}


def read(path: Path, source: Source = SOURCE) -> Reading:
    return read_export(open_export(path, "dump"), source)


def codes(reading: Reading) -> list[str]:
    return [d.code for d in reading.diagnostics]


# a whole site --------------------------------------------------------------------------------------------------------


def test_questions_are_threads_with_their_answers_and_comments_in_order(reading: Reading) -> None:
    assert [t.key for t in reading.threads] == [ThreadKey("se", native) for native in "168"]
    ordered = [(m.id, m.reply_to) for m in thread(reading, "1").messages]
    assert ordered == [
        ("1", None),
        ("c10", "1"),
        ("c11", "1"),
        ("3", "1"),
        ("c12", "3"),
        ("2", "1"),
        ("c14", "2"),
    ]


def test_the_balance_counts_every_row(reading: Reading) -> None:
    balance = reading.balance
    assert (balance.threads_read, balance.threads_public) == (3, 3)
    assert (balance.messages_read, balance.messages_public) == (8 + 6, 9)
    assert balance.messages_left_out == {"neither question nor answer": 2, "orphan": 3}


def test_the_thread_carries_title_tags_and_address(reading: Reading) -> None:
    red = thread(reading, "1")
    assert red.title == "Why did my red widget shatter in the rain & snow?"
    assert red.tags == ("red-widget", "rain")
    assert thread(reading, "6").tags == ("red-widget", "wet")
    assert (red.url, red.format) == (Url("https://widgets.stackexchange.com/q/1"), "stackexchange")


def test_the_accepted_answer_is_marked_and_one_that_is_missing_is_found(reading: Reading) -> None:
    assert [m.id for t in reading.threads for m in t.messages if m.accepted] == ["3"]
    assert codes(reading) == ["FAQ332"]
    assert ": 1" in reading.diagnostics[0].message


def test_addresses_lead_to_exactly_the_message(reading: Reading) -> None:
    base = "https://widgets.stackexchange.com"
    assert str(message(reading, "3").url) == f"{base}/a/3"
    assert str(message(reading, "c12").url) == f"{base}/q/1#comment12_3"


def test_authors_have_names_profiles_and_roles(reading: Reading) -> None:
    fred = message(reading, "1")
    assert fred.author is not None
    assert (fred.author.key, fred.author.name, fred.role) == ("4", "Fred", Role.ASKER)
    assert str(fred.author.profile) == "https://widgets.stackexchange.com/users/4"
    assert message(reading, "c12").role is Role.ASKER
    assert message(reading, "3").role is Role.STAFF
    assert message(reading, "2").role is Role.HELPER
    assert message(reading, "6").role is Role.BOT  # the site's own background process


def test_a_deleted_account_keeps_the_name_that_it_left(reading: Reading) -> None:
    author = message(reading, "2").author
    assert author is not None
    assert (author.key, author.name, author.profile) == ("name:user306", "user306", None)
    assert message(reading, "8").author is None
    assert message(reading, "8").role is Role.ASKER


def test_nothing_else_of_a_person_is_read(reading: Reading) -> None:
    assert not any(word in repr(reading) for word in ("Rainford", "fred.example", "I like widgets"))


def test_votes_and_times(reading: Reading) -> None:
    assert (message(reading, "2").votes, message(reading, "c10").votes) == (-1, 2)
    assert str(message(reading, "1").written_at) == "2010-05-01 10:00:00+00:00"


@pytest.mark.parametrize(
    ("message_id", "licence"),
    [("1", "CC BY-SA 2.5"), ("2", "CC BY-SA 3.0"), ("8", "CC BY-SA 3.0"), ("6", "CC BY-SA 4.0"), ("3", "CC BY-SA 4.0")],
)
def test_the_licence_is_that_of_the_row_or_of_its_day(reading: Reading, message_id: str, licence: str) -> None:
    assert message(reading, message_id).licence == licence


def test_duplicates_come_from_links_and_from_the_banner(reading: Reading) -> None:
    assert thread(reading, "6").duplicate_of == (
        ThreadKey("se", "40"),
        ThreadKey("se", "1"),
        Url("https://gadgets.example/q/1"),
    )
    assert thread(reading, "1").duplicate_of == ()


def test_bodies_are_markdown_without_the_banner(reading: Reading) -> None:
    assert message(reading, "1").body == "My **red widget** shattered & it rained. Why?"
    assert message(reading, "3").body.startswith(
        "Red widgets take [no water](https://widgets.stackexchange.com/help/water)."
    )
    assert message(reading, "6").body.startswith("It broke when $x")
    assert message(reading, "c11").body == r"It was \<b> wet, see *here*."


# shapes of exports ---------------------------------------------------------------------------------------------------


def test_a_zip_with_a_folder_and_other_cases_reads_the_same(tmp_path: Path, reading: Reading) -> None:
    with zipfile.ZipFile(tmp_path / "dump.zip", "w") as archive:
        for path in SITE.iterdir():
            archive.write(path, f"widgets.stackexchange.com/{path.name.upper()}")
    assert read(tmp_path / "dump.zip").threads == reading.threads


def test_posts_alone_give_threads_without_names(tmp_path: Path) -> None:
    for name in ("Posts.xml", "widgets-posts.xml"):
        path = tmp_path / name
        path.write_bytes((SITE / "Posts.xml").read_bytes())
        alone = read(path)
        assert [len(t.messages) for t in alone.threads] == [3, 1, 1]
        assert codes(alone) == ["FAQ331", "FAQ332"]
        author = message(alone, "3").author
        assert author is not None
        assert (author.key, author.name) == ("5", None)


def test_without_a_base_address_there_are_no_links(tmp_path: Path) -> None:
    alone = read(SITE, replace(SOURCE, base_url=None))
    assert codes(alone) == ["FAQ303", "FAQ332"]
    assert all(m.url is None and not (m.author and m.author.profile) for t in alone.threads for m in t.messages)
    assert thread(alone, "6").duplicate_of[0] == ThreadKey("se", "40")


def test_the_order_of_rows_does_not_matter(tmp_path: Path, reading: Reading) -> None:
    for path in SITE.iterdir():
        lines = path.read_text("utf-8-sig").splitlines()
        (tmp_path / path.name).write_text("\n".join([*lines[:2], *reversed(lines[2:-1]), lines[-1]]))
    assert read(tmp_path).threads == reading.threads


def test_utf_16_is_read_as_xml_says(tmp_path: Path) -> None:
    dump(tmp_path, Posts=[question(1, Title="Größe?")])
    text = (tmp_path / "Posts.xml").read_text()
    (tmp_path / "Posts.xml").write_bytes(text.encode("utf-16"))
    assert read(tmp_path).threads[0].title == "Größe?"


# rows that cannot be used --------------------------------------------------------------------------------------------


def test_rows_that_are_not_understood_are_counted(tmp_path: Path) -> None:
    posts = [
        question(1),
        {"Id": 2, "PostTypeId": 1, "Body": "x"},
        {"PostTypeId": 2, "ParentId": 1},
        {"Id": "x1"},
        answer(5, 1, Score="many", CreationDate="yesterday"),
    ]
    result = read(dump(tmp_path, Posts=posts, Comments=[{"Id": 1, "Text": "no post"}], Users=[{}], PostLinks=[{}]))
    assert [m.id for m in result.threads[0].messages] == ["1", "5"]
    assert (result.threads[0].messages[1].votes, result.threads[0].messages[1].written_at) == (None, None)
    assert result.balance.threads_left_out == {"not understood": 1}
    assert result.balance.messages_left_out == {"not understood": 4}
    assert codes(result) == ["FAQ302"] * 4


def test_a_row_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    comment = {"Id": 1, "PostId": 1, "Text": "x"}
    result = read(dump(tmp_path, Posts=[question(1), answer(2, 1)] * 2, Comments=[comment] * 2))
    assert [m.id for m in result.threads[0].messages] == ["1", "c1", "2"]
    assert result.balance.threads_left_out == {"doubled": 1}
    assert result.balance.messages_left_out == {"doubled": 3}


def test_an_accepted_answer_of_another_question_is_not_marked(tmp_path: Path) -> None:
    result = read(dump(tmp_path, Posts=[question(1, AcceptedAnswerId=3), question(2), answer(3, 2)]))
    assert not any(m.accepted for t in result.threads for m in t.messages)
    assert "FAQ332" in codes(result)


# files that cannot be used -------------------------------------------------------------------------------------------


def posts_of(tmp_path: Path, data: bytes) -> Path:
    dump(tmp_path, Users=[], Comments=[], PostLinks=[])
    (tmp_path / "Posts.xml").write_bytes(data)
    return tmp_path


ROW = b'<row Id="1" PostTypeId="1" Title="t" Body="b" CreationDate="2020-01-01T00:00:00" />\n'


@pytest.mark.parametrize(
    ("situation", "data", "code", "threads"),
    [
        ("cut off", b"<posts>\n" + ROW + b'<row Id="2', "FAQ204", 1),
        ("end missing", b"<posts>\n" + ROW, "FAQ204", 1),
        ("wrong encoding", b"<posts>\n" + ROW + ROW.replace(b'"t"', b'"\xe4"') + b"</posts>", "FAQ204", 1),
        ("unknown encoding", b'<?xml version="1.0" encoding="klingon"?><posts>' + ROW + b"</posts>", "FAQ204", 0),
        ("unknown entity", b"<posts>" + ROW.replace(b'"t"', b'"&x;"') + b"</posts>", "FAQ204", 0),
        ("no xml", b"\x00\x01\x02", "FAQ204", 0),
        ("empty", b"", "FAQ207", 0),
        ("only a byte order mark", b"\xef\xbb\xbf", "FAQ204", 0),
        (
            "expanding entities",
            b'<!DOCTYPE posts [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><posts>' + ROW + b"</posts>",
            "FAQ330",
            0,
        ),
        ("outside entity", b'<!DOCTYPE posts SYSTEM "file:///etc/passwd"><posts>' + ROW + b"</posts>", "FAQ330", 0),
    ],
)
def test_a_broken_file_gives_one_finding(tmp_path: Path, situation: str, data: bytes, code: str, threads: int) -> None:
    result = read(posts_of(tmp_path, data))
    assert codes(result) == [code], situation
    assert len(result.threads) == threads
    assert result.diagnostics[0].help
    assert result.diagnostics[0].where.path == "dump/Posts.xml"


def test_a_broken_file_names_its_line(tmp_path: Path) -> None:
    result = read(posts_of(tmp_path, b"<posts>\n" + ROW + b"<row <"))
    assert result.diagnostics[0].where.line == 3


def test_a_broken_table_beside_the_posts_leaves_them(tmp_path: Path) -> None:
    dump(tmp_path, Posts=[question(1, OwnerUserId=4)], Comments=[], PostLinks=[])
    (tmp_path / "Users.xml").write_bytes(b'<users><row Id="4" DisplayName="Fred" /><row')
    result = read(tmp_path)
    assert codes(result) == ["FAQ204"]
    assert result.threads[0].question.author is not None
    assert result.threads[0].question.author.name == "Fred"


POSTS = (SITE / "Posts.xml").read_bytes()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(POSTS) - 1), st.binary(max_size=4)), min_size=1, max_size=6))
def test_posts_with_any_bytes_changed_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]]
) -> None:
    data = POSTS
    for place, inserted in changes:
        data = data[:place] + inserted + data[place + 1 :]
    folder = tmp_path_factory.mktemp("dump")
    (folder / "Posts.xml").write_bytes(data)
    with suppress(ExportError):
        for found in read(folder).diagnostics:
            assert found.help


def test_two_sites_in_one_export_are_refused(tmp_path: Path) -> None:
    for site in ("beer", "coffee"):
        dump(tmp_path / site, Posts=[question(1)])
    with pytest.raises(ExportError) as caught:
        read(tmp_path)
    assert caught.value.diagnostic.code == "FAQ333"


# detection and addresses ---------------------------------------------------------------------------------------------


def test_a_dump_is_detected_by_exactly_one_format() -> None:
    assert format_of(open_export(SITE)) is FORMAT
    assert [f.name for f in FORMATS if f.detect(open_export(SITE))] == ["stackexchange"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Posts.xml", "<rss><channel/></rss>"),
        ("export.xml", "<rss/>"),
        ("posts.json", "<posts><row/></posts>x"),
        ("Users.xml", "<users/>"),
    ],
)
def test_other_files_are_not_detected(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "other.txt").write_text("x")
    assert not FORMAT.detect(open_export(tmp_path))


@pytest.mark.parametrize(
    ("path", "native"),
    [
        ("/q/1", "1"),
        ("/q/1/44", "1"),
        ("/questions/12/why-red#34", "12"),
        ("/questions/12?noredirect=1", "12"),
        ("/a/34", None),
        ("/questions/tagged/12", None),
        ("/users/4/fred", None),
        ("/", None),
    ],
)
def test_addresses_of_questions_give_their_id(path: str, native: str | None) -> None:
    assert FORMAT.native_id(f"https://widgets.stackexchange.com{path}") == native
