"""Benchmarks are run by hand and by other programs: that they run at all, on as little data as there may be."""

import json
from pathlib import Path

import pytest

from benchmarks import grouping, publish

TOPIC = {"topic": "glue", "question": "How do I glue a widget?", "rephrasings": ["Gluing widgets"], "answers": ["So."]}


def test_publishing_generated_topics_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = tmp_path / "figures.json"
    monkeypatch.setattr("sys.argv", ["publish", "--sizes", "12", "--methods", "faq", "--json", str(figures)])
    publish.main()
    rows = json.loads(figures.read_text(encoding="utf-8"))
    assert {"set": "generated-12", "method": "faq"}.items() <= rows[0].items()
    assert {row["metric"] for row in rows} >= {"cpu_s", "publish_cpu_s", "peak_mb", "files"}


def test_grouping_is_measured_over_topics_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "topics.jsonl").write_text(json.dumps(TOPIC) + "\n", encoding="utf-8")
    figures = tmp_path / "figures.json"
    monkeypatch.setattr("sys.argv", ["grouping", "--data", str(tmp_path), "--json", str(figures)])
    grouping.main()
    assert {"precision", "recall"} <= {row["metric"] for row in json.loads(figures.read_text(encoding="utf-8"))}
