"""Private data in thread files: every finding has its line and column, and none quotes the data."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import emails, keys, phones

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import Permission, RedactRules, Source
from faq_builder.model import ThreadKey, Url
from faq_builder.read.export import open_export
from faq_builder.read.formats import read_export
from faq_builder.read.formats.markdown import read_thread_file, write_thread
from faq_builder.read.formats.raw import raw_thread
from faq_builder.redact import find_private_data_in_files, redact_threads

RULES = RedactRules()
KEY = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
MAIL = "fred.miller@rain-widgets.com"
PHONE = "+49 170 2345678"
CARD = "4111 1111 1111 1111"
BLOG = Source(key="blog", place="The blog", permission=Permission.FULL, base_url=Url("https://blog.example/"))


def found(text: str, rules: RedactRules = RULES) -> tuple[Diagnostic, ...]:
    return find_private_data_in_files([(ThreadKey("blog", "1"), "a.md", text)], rules).diagnostics


def locations(text: str, rules: RedactRules = RULES) -> list[tuple[str, str]]:
    return [(d.code, str(d.where)) for d in found(text, rules)]


def location_of(needle: str, text: str) -> str:
    """The location of a text in a file, found in a simpler way."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    (number,) = (n for n, line in enumerate(lines, 1) if needle in line)
    return f"a.md:{number}:{lines[number - 1].index(needle) + 1}"


WHOLE = f"""\
---
title: Where does {MAIL} go?
url: https://blog.example/red
tags: [hub]
---

## Question

From: [gus](https://blog.example/u/gus) (asker) · 2025-01-14 21:03 UTC · id 1

Call {PHONE} please.

## Answer

From: mona (staff) · id 2

```ini
key = {KEY}
```
"""


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_title_text_and_code_of_several_messages(start: str, end: str) -> None:
    text = start + WHOLE.replace("\n", end)
    assert locations(text) == [("FAQ504", "a.md:2:19"), ("FAQ504", "a.md:11:6"), ("FAQ505", "a.md:18:7")]


@pytest.mark.parametrize(
    "line",
    [
        f"> > quoted: {MAIL}",
        f"- a list\t{MAIL}",
        f"\t\t{MAIL} behind tabs",
        f"| 表格 | 👩‍🔧 | e\u0301 | {MAIL} |",
        f"[Fred]({MAIL})",
        f"<b>{MAIL}</b>",
        f"<!-- ask {MAIL} -->",
        f"    {MAIL}",
        f"### A heading with {MAIL}",
        f"`{MAIL}`",
    ],
)
def test_columns_count_code_points(line: str) -> None:
    text = f"# Title\n\nhttps://blog.example/red\n\n{line}\n\n## Answer\n\nNo.\n"
    assert locations(text) == [("FAQ504", location_of(MAIL, text))]


def test_several_on_a_line_are_several_findings() -> None:
    text = f"# Title\n\n{MAIL}, {PHONE}, {KEY}, {MAIL}\n"
    assert locations(text) == [
        ("FAQ504", "a.md:3:1"),
        ("FAQ504", f"a.md:3:{len(MAIL) + 3}"),
        ("FAQ505", f"a.md:3:{len(MAIL) + len(PHONE) + 5}"),
        ("FAQ504", f"a.md:3:{len(MAIL) + len(PHONE) + len(KEY) + 7}"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"From: {PHONE} (asker) · id 1",
        f"From: {MAIL} (asker)",
        f'From: gus (asker) · account `"{MAIL}"`',
        f"From: gus (asker) · [original](https://blog.example/red?key={KEY})",
    ],
)
def test_what_redaction_takes_out_of_a_from_line_without_a_word_is_found_in_the_file(line: str) -> None:
    text = f"# Title\n\nhttps://blog.example/red\n\n## Question\n\n{line}\n\nIt broke.\n"
    assert [place.rpartition(":")[0] for _, place in locations(text)] == ["a.md:7"]


def test_front_matter_is_searched_with_its_comments() -> None:
    text = f"---\ntitle: x\n# ask {MAIL}\ntags:\n  - {PHONE}\n---\n\nIt broke.\n"
    assert locations(text) == [("FAQ504", location_of(MAIL, text)), ("FAQ504", location_of(PHONE, text))]


def test_numbers_that_are_ids_are_no_findings() -> None:
    digits = CARD.replace(" ", "")
    text = (
        f'---\ntitle: x\nid: "{digits}"\nduplicate_of: blog:{digits}\n---\n\n## Question\n\n'
        f"From: gus (asker) · id {digits} · account {digits}\n\nIt broke.\n"
    )
    assert locations(text) == []
    assert locations(text.replace("It broke", f"It broke, {digits}")) == [("FAQ504", "a.md:11:11")]


def test_what_is_ours_or_declared_harmless_is_no_finding() -> None:
    rules = RedactRules(ours=frozenset({"rain-widgets.com", "+491702345678"}), public=frozenset({KEY}))
    assert locations(WHOLE, rules) == []


def test_addresses_of_machines_are_left_to_redaction() -> None:
    assert locations("# Title\n\nMy address is 81.2.69.142.\n") == []


def test_what_another_message_says_makes_no_key() -> None:
    path = "F:/URHOTEMPLATEPROJECTMAYBEv2/CMakeFiles/3.22"
    text = f"# Title\n\nIt is in {path}\n\n## Answer\n\nThis draws nothing.\n"
    assert locations(text) == []


def test_findings_say_what_to_write_and_quote_nothing() -> None:
    printed = [str(d) for d in found(f"# Title\n\n{MAIL} and {PHONE} and {CARD} and {KEY}\n")]
    assert not any(text in line for line in printed for text in (MAIL, PHONE, CARD, KEY))
    assert "[e-mail removed], or add the domain to `ours:`" in printed[0]
    assert "[phone number removed], or add the number to `ours:`" in printed[1]
    assert "[card number removed], or add a `public` decision" in printed[2]
    assert "create a new key, and remove the old one from this file" in printed[3]


@given(
    st.lists(
        st.sampled_from(["It broke in the rain.", "> quoted", "\t- wide: 表格 👩", "", "```\ncode\n```"]), max_size=6
    ),
    st.one_of(emails, phones, keys),
    st.integers(0, 6),
)
def test_a_planted_text_is_found_where_it_stands(lines: list[str], planted: str, at: int) -> None:
    body = "\n".join([*lines[:at], f"Look: {planted} !", *lines[at:]])
    text = f"# Title\n\nhttps://blog.example/red\n\n{body}\n\n## Answer\n\nNo.\n"
    line = next(number for number, line in enumerate(text.split("\n"), 1) if planted in line)
    columns = range(7, 7 + len(planted))  # a key may begin behind a public id
    assert any(d.where.line == line and d.where.column in columns for d in found(text))


# together with redaction ----------------------------------------------------------------------------------------------


def redacted(text: str) -> tuple[Diagnostic, ...]:
    """All findings about a thread file, those with lines first."""
    thread, findings = read_thread_file(text, "a.md", [BLOG])
    assert thread is not None
    assert findings == ()
    in_files = find_private_data_in_files([(thread.key, "a.md", text)], RULES)
    return (*in_files.diagnostics, *redact_threads([thread], {"blog": BLOG}, RULES, in_files.kinds).diagnostics)


def test_a_finding_with_a_line_is_reported_once() -> None:
    assert [str(d.where) for d in redacted(WHOLE)] == ["a.md:2:19", "a.md:11:6", "a.md:18:7"]


def test_private_data_that_only_redaction_finds_is_reported_by_message() -> None:
    listed = '```json lines\n[\n"write to fred.miller\\u0040rain-widgets.com",\n"from 81.2.69.142"\n]\n```'
    text = f"# Title\n\nhttps://blog.example/red\n\n## Question\n\n{listed}\n"
    assert [(d.code, str(d.where)) for d in redacted(text)] == [
        ("FAQ504", "blog:red/question"),
        ("FAQ501", "blog:red/question"),
    ]


@pytest.mark.parametrize("name", ["discourse/dev_urho3d_topics", "stackexchange/coffee_2015"])
def test_a_file_that_an_import_writes_holds_nothing_private(name: str, real: Path) -> None:
    export = open_export(real / name, name)
    threads = redact_threads(read_export(export, BLOG).threads, {"blog": BLOG}, RULES).threads
    files = [(thread.key, thread.key.native, write_thread(raw_thread(thread))) for thread in threads]
    assert find_private_data_in_files(files, RULES).diagnostics == ()
