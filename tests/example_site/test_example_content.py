"""The example content has no findings and contains what the example has to show."""

import re

import pytest

from example import ROOT
from faq_builder.cli import main
from faq_builder.config import load_config
from faq_builder.decisions.reading import read_decisions
from faq_builder.ledger.file import parse_ledger
from faq_builder.model import DecisionKind, RawThread
from faq_builder.read.export import open_export
from faq_builder.read.formats import read_export
from faq_builder.read.formats.extract import read_extract, write_extract
from faq_builder.read.formats.markdown import read_thread_file, read_threads, write_thread

CONTENT = ROOT / "content"


def example_threads() -> list[RawThread]:
    """Return the threads of all thread files, of the extracts and of the sample export."""
    config, _ = load_config(ROOT / "mkdocs.yml")
    exports = [(s, s.path) for s in config.sources if s.path is not None]
    exported = [t for source, path in exports for t in read_export(open_export(path, path.name), source).threads]
    extracts = [p.read_text(encoding="utf-8") for p in sorted((CONTENT / "threads").glob("*.threads.jsonl"))]
    extracted = [thread for text in extracts for thread in read_extract(text, "x").threads]
    return [*read_threads(CONTENT / "threads", config.sources).threads, *extracted, *exported]


def test_the_configuration_has_no_findings() -> None:
    config, findings = load_config(ROOT / "mkdocs.yml")
    assert findings == ()
    assert [s.key for s in config.sources] == ["blog", "forum", "chat", "code", "list", "ask", "social"]


def test_every_thread_is_read_without_findings() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    found = read_threads(CONTENT / "threads", config.sources)
    assert found.diagnostics == ()
    assert len(found.threads) == len(list((CONTENT / "threads").glob("*/*.md")))
    for thread in found.threads:
        assert read_thread_file(write_thread(thread), "x.md", ())[0] == thread


@pytest.mark.parametrize("name", ["chat", "code"])
def test_an_extract_is_what_an_import_would_write(name: str) -> None:
    text = (CONTENT / "threads" / f"{name}.threads.jsonl").read_text(encoding="utf-8")
    reading = read_extract(text, "x")
    assert reading.diagnostics == ()
    assert write_extract(reading.threads) == text


def test_decisions_name_existing_threads() -> None:
    decided = "".join(path.read_text(encoding="utf-8") for path in (CONTENT / "decisions").glob("*.yml"))
    urls = set(re.findall(r"https://\S+", decided))
    assert urls
    assert urls <= {str(part.url) for thread in example_threads() for part in (thread, *thread.messages)}


def test_no_thread_file_holds_private_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-f", str(ROOT / "mkdocs.yml")]) == 0
    printed = capsys.readouterr().err
    assert "forum:231/1: warning[FAQ502]" in printed, "the sample export holds the key that pages must not show"
    assert "FAQ504" not in printed
    assert "FAQ505" not in printed


def test_every_kind_of_decision_is_used() -> None:
    decisions, findings = read_decisions(CONTENT / "decisions")
    assert findings == ()
    assert {decision.kind for decision in decisions} == set(DecisionKind)


def test_every_source_has_threads_and_there_are_two_languages() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    threads = example_threads()
    assert len(threads) >= 60
    assert {thread.key.source for thread in threads} == {source.key for source in config.sources}
    assert {thread.language for thread in threads} >= {"en", "de"}


def test_a_topic_was_merged_into_another_and_kept_its_address() -> None:
    ledger, findings = parse_ledger((CONTENT / "ledger.jsonl").read_text(encoding="utf-8"), "x")
    assert findings == ()
    merged = [row for row in ledger.rows if row.merged_into is not None]
    assert merged
    assert all(ledger.surviving_rows()[row.id].id != row.id for row in merged)


def test_the_example_in_the_readme_of_the_threads_is_a_thread() -> None:
    config, _ = load_config(ROOT / "mkdocs.yml")
    text = (CONTENT / "threads" / "README.md").read_text(encoding="utf-8")
    example = text.split("```markdown\n", 1)[1].split("```", 1)[0]
    thread, findings = read_thread_file(example, "x.md", config.sources)
    assert thread is not None
    assert findings == ()
