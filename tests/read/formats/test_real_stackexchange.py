"""Real Stack Exchange dumps, recounted without our reader."""

import html
import re
from collections import Counter
from pathlib import Path

import cmarkgfm
import pytest

from example import SHARED
from faq_builder.config import Source
from faq_builder.model import ThreadKey, Url
from faq_builder.read.export import open_export
from faq_builder.read.formats import FORMATS, Reading, read_export

REAL = SHARED / "real" / "stackexchange"
DUMPS = sorted(path for path in REAL.iterdir() if path.is_dir()) if REAL.is_dir() else []
SOURCE = Source(key="se", place="Site", base_url=Url("https://site.stackexchange.com/"))

pytestmark = pytest.mark.skipif(not DUMPS, reason="the real exports of ../shared/real are not here")

Row = dict[str, str]


def rows(folder: Path, table: str) -> list[Row]:
    """The rows of a table by regular expressions, each on its line."""
    path = folder / f"{table}.xml"
    lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    return [
        {key: html.unescape(value) for key, value in re.findall(r' (\w+)="([^"]*)"', line)}
        for line in lines
        if line.strip().startswith("<row ")
    ]


@pytest.fixture(scope="module", params=DUMPS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def reading(folder: Path) -> Reading:
    return read_export(open_export(folder, folder.name), SOURCE)


def test_exactly_one_format_detects_it(folder: Path) -> None:
    assert [f.name for f in FORMATS if f.detect(open_export(folder))] == ["stackexchange"]


def test_the_balance_equals_a_recount(folder: Path, reading: Reading) -> None:
    posts, comments = rows(folder, "Posts"), rows(folder, "Comments")
    questions = {p["Id"] for p in posts if p["PostTypeId"] == "1"}
    answers = {p["Id"] for p in posts if p["PostTypeId"] == "2" and p["ParentId"] in questions}
    kept = [c for c in comments if c["PostId"] in questions | answers]
    other = sum(p["PostTypeId"] not in "12" for p in posts)
    orphans = len(posts) - len(questions) - len(answers) - other + len(comments) - len(kept)
    balance = reading.balance
    assert (balance.threads_read, balance.threads_public, balance.threads_left_out) == (
        len(questions),
        len(questions),
        {},
    )
    assert balance.messages_read == len(posts) + len(comments)
    assert balance.messages_public == len(questions) + len(answers) + len(kept)
    assert Counter(balance.messages_left_out) == +Counter({"neither question nor answer": other, "orphan": orphans})


def test_every_message_stands_in_its_thread(folder: Path, reading: Reading) -> None:
    posts = rows(folder, "Posts")
    questions = {p["Id"]: {p["Id"]} for p in posts if p["PostTypeId"] == "1"}
    for post in posts:
        if post["PostTypeId"] == "2" and post["ParentId"] in questions:
            questions[post["ParentId"]].add(post["Id"])
    thread_of = {native: question for question, natives in questions.items() for native in natives}
    for comment in rows(folder, "Comments"):
        if comment["PostId"] in thread_of:
            questions[thread_of[comment["PostId"]]].add("c" + comment["Id"])
    assert {t.key.native: {m.id for m in t.messages} for t in reading.threads} == questions


def test_every_accepted_answer_that_is_there_is_marked(folder: Path, reading: Reading) -> None:
    posts = rows(folder, "Posts")
    held = {p["Id"]: p["ParentId"] for p in posts if p["PostTypeId"] == "2"}
    expected = {(p["Id"], p["AcceptedAnswerId"]) for p in posts if held.get(p.get("AcceptedAnswerId", "")) == p["Id"]}
    assert expected
    assert {(t.key.native, m.id) for t in reading.threads for m in t.messages if m.accepted} == expected


def test_every_duplicate_link_is_declared(folder: Path, reading: Reading) -> None:
    natives = {t.key.native for t in reading.threads}
    expected = {
        (link["PostId"], ThreadKey("se", link["RelatedPostId"]))
        for link in rows(folder, "PostLinks")
        if link["LinkTypeId"] == "3" and link["PostId"] in natives
    }
    declared = {(t.key.native, original) for t in reading.threads for original in t.duplicate_of}
    assert expected <= declared
    assert all("Possible Duplicate" not in t.question.body for t in reading.threads)


def test_titles_names_and_votes_are_those_of_the_rows(folder: Path, reading: Reading) -> None:
    posts = {p["Id"]: p for p in rows(folder, "Posts")}
    users = {u["Id"]: u["DisplayName"] for u in rows(folder, "Users")}
    for thread in reading.threads:
        row = posts[thread.key.native]
        assert thread.title == " ".join(row["Title"].split())
        assert thread.question.votes == int(row["Score"])
        author = thread.question.author
        assert (author.name if author else None) == users.get(row.get("OwnerUserId", ""), row.get("OwnerDisplayName"))


def test_formulas_show_as_they_were_written(folder: Path, reading: Reading) -> None:
    """What MathJax is given to find, after Markdown, is what was in the HTML."""
    posts = {p["Id"]: p["Body"] for p in rows(folder, "Posts")}
    missing = [
        formula
        for thread in reading.threads
        for message in thread.messages
        if message.id in posts
        for shown in [_text(cmarkgfm.github_flavored_markdown_to_html(message.body))]
        for formula in re.findall(r"\${1,2}[^$]+\$", _text(posts[message.id]))
        if formula not in shown
    ]
    assert missing == []


def _text(markup: str) -> str:
    """The text of HTML with white space folded, without code, whose dollars are no formulas."""
    markup = re.sub(r"<(pre|code)\b.*?</\1>", "|", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())
