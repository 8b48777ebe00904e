"""Every file that people write as content: nothing in it is read from the environment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faq_builder.config.optouts import read_opt_outs
from faq_builder.decisions.reading import read_decisions
from faq_builder.decisions.written_answers import read_written_answers
from faq_builder.read.formats.markdown import read_thread_file

Read = Callable[[Path], tuple[Any, Any]]

READERS: dict[str, tuple[str, Read, int]] = {
    "decisions/all.yml": (
        "version: 1\ndecisions:\n  - hide: blog:1\n    reason: !ENV FAQ_TEST_TOKEN\n",
        lambda path: read_decisions(path.parent),
        4,
    ),
    "optout.yml": (
        "version: 1\npeople:\n  - handle: !ENV FAQ_TEST_TOKEN\n",
        lambda path: read_opt_outs(path, path.name),
        3,
    ),
    "topics/abc.md": (
        "---\nby: !ENV [FAQ_TEST_TOKEN, x]\n---\n\nThe blue one.\n",
        lambda path: read_written_answers(path.parent),
        2,
    ),
    "threads/red.md": (
        "---\nurl: https://blog.example/1\ntitle: !ENV FAQ_TEST_TOKEN\n---\n\n## Answer\n\nNo.\n",
        lambda path: read_thread_file(path.read_text(encoding="utf-8"), path.name, ()),
        3,
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_content_never_holds_a_value_of_the_environment(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAQ_TEST_TOKEN", "made-up-token")
    text, read, line = READERS[name]
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    values, findings = read(path)
    assert "made-up-token" not in repr(values)
    messages = [(d.level.value, d.where.line, d.message) for d in findings]
    assert ("error", line, "a value begins with `!`, which makes its first word a YAML tag") in messages
