"""What is said of an export that no format recognises."""

from pathlib import Path

import pytest

from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import format_of

TOPIC = '{"id": 7, "title": "Why?", "post_stream": {"posts": []}}'


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (TOPIC.encode("utf-16"), "x.json: error[FAQ205]: the file is UTF-16"),
        (b"\xfe\xff" + f"[{TOPIC}]".encode("utf-16-be"), "x.json: error[FAQ205]: the file is UTF-16"),
        (b" \n\n", "x.json: error[FAQ207]: the file is empty"),
        (b'{"something": "else"}', "x.json: error[FAQ202]: no format recognises this export"),
        ("<rss/>".encode("utf-16"), "x.json: error[FAQ202]: no format recognises this export"),
        (b"\0\1\2", "x.json: error[FAQ202]: no format recognises this export"),
    ],
)
def test_the_reason_is_named_where_it_can_be_seen(tmp_path: Path, content: bytes, finding: str) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(ExportError) as raised:
        format_of(open_export(tmp_path / "x.json", "x.json"))
    assert str(raised.value.diagnostic).splitlines()[0] == finding


def test_one_unreadable_file_among_topics_does_not_hide_them(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b" ")
    (tmp_path / "b.json").write_text(TOPIC, encoding="utf-8")
    assert format_of(open_export(tmp_path, "x")).name == "discourse"
