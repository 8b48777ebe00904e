"""The example content is without mistakes and shows what it is there to show."""

import re
from pathlib import Path

from faq_builder.config import load_config
from faq_builder.formats.extract import read_extract, write_extract
from faq_builder.formats.markdown import read_thread_file, read_threads, write_thread

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"


def test_the_configuration_has_no_findings() -> None:
    config, findings = load_config(ROOT / "mkdocs.yml")
    assert findings == ()
    assert [s.key for s in config.sources] == ["blog", "forum", "chat"]


def test_every_thread_is_read_without_findings() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    found = read_threads(CONTENT / "threads", config.sources)
    assert found.diagnostics == ()
    assert len(found.threads) == len(list((CONTENT / "threads").glob("*/*.md")))
    for thread in found.threads:
        assert read_thread_file(write_thread(thread), "x.md", ())[0] == thread


def test_the_extract_is_what_an_import_would_write() -> None:
    text = (CONTENT / "threads" / "chat.threads.jsonl").read_text(encoding="utf-8")
    reading = read_extract(text, "x")
    assert reading.diagnostics == ()
    assert write_extract(reading.threads) == text


def test_decisions_name_threads_that_are_there() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    extract = read_extract((CONTENT / "threads" / "chat.threads.jsonl").read_text(encoding="utf-8"), "x")
    threads = (*read_threads(CONTENT / "threads", config.sources).threads, *extract.threads)
    addresses = re.findall(r"https://\S+", (CONTENT / "decisions" / "widgets.yml").read_text(encoding="utf-8"))
    assert set(addresses) <= {str(place.url) for t in threads for place in (t, *t.messages)}


def test_the_example_in_the_readme_of_the_threads_is_a_thread() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    text = (CONTENT / "threads" / "README.md").read_text(encoding="utf-8")
    example = text.split("```markdown\n", 1)[1].split("```", 1)[0]
    thread, findings = read_thread_file(example, "x.md", config.sources)
    assert thread is not None
    assert findings == ()
