"""What each situation in tests/formats/markdown/ gives: NAME.md beside NAME.txt with the findings and the thread.

`UPDATE_GOLDEN=1 pytest` writes the expected files again; read the difference before you commit it.
"""

import json
import os
from pathlib import Path

import pytest

from faq_builder.config import Source
from faq_builder.model import Url
from faq_builder.read.formats.extract import write_extract
from faq_builder.read.formats.markdown import read_thread_file

FOLDER = Path(__file__).parent / "markdown"
SOURCES = (
    Source(key="blog", place="Blog", base_url=Url("https://blog.widgets.example/")),
    Source(key="forum", place="Forum", base_url=Url("http://forum.widgets.example")),
)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    thread, findings = read_thread_file(path.read_text(encoding="utf-8"), path.name, SOURCES)
    records = write_extract([thread]).splitlines()[1:] if thread else []
    shown = [json.dumps(json.loads(record), indent=2, ensure_ascii=False) for record in records] or ["no thread"]
    text = "\n".join([*map(str, findings), *shown]) + "\n"
    expected = path.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
