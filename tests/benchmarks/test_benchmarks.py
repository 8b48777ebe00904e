"""The benchmarks run to their end on the smallest data, since people seldom run them."""

import json
from pathlib import Path

import pytest

from benchmarks import grouping, publish
from benchmarks.search import __main__ as search
from benchmarks.search.peers import installed_peers

TOPIC = {"topic": "glue", "question": "How do I glue a widget?", "rephrasings": ["Gluing widgets"], "answers": ["So."]}


def test_the_publishing_benchmark_runs_on_generated_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = tmp_path / "figures.json"
    monkeypatch.setattr("sys.argv", ["publish", "--sizes", "12", "--methods", "faq", "--json", str(figures)])
    publish.main()
    rows = json.loads(figures.read_text(encoding="utf-8"))
    assert {"set": "generated-12", "method": "faq"}.items() <= rows[0].items()
    assert {row["metric"] for row in rows} >= {"cpu_s", "publish_cpu_s", "peak_mb", "files"}


def test_the_grouping_benchmark_runs_on_topics_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "topics.jsonl").write_text(json.dumps(TOPIC) + "\n", encoding="utf-8")
    figures = tmp_path / "figures.json"
    monkeypatch.setattr("sys.argv", ["grouping", "--data", str(tmp_path), "--json", str(figures)])
    grouping.main()
    assert {"precision", "recall"} <= {row["metric"] for row in json.loads(figures.read_text(encoding="utf-8"))}


def test_the_search_benchmark_runs_on_sets_of_every_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = [{"id": "1", "title": "Widget breaks in the rain", "body": "It did."}]
    site += [
        {"id": "2", "title": "Rain broke my widget", "body": "Possible Duplicate:\nWidget breaks in the rain\n\nAlas."}
    ]
    pair = {"a": "Gluing a widget", "b": "How do I glue a widget?", "same": 1, "b_body": "It is red."}
    intents = [{"intent": "wash", "text": "Washing widgets"}, {"intent": "wash", "text": "How do I wash a widget?"}]
    for name, rows in {"topics": [TOPIC], "site": site, "pairs": [pair], "intents": intents}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "site" / "dups.tsv").write_text("2\t1\n", encoding="utf-8")
    figures = tmp_path / "figures.json"
    options = ["--data", str(tmp_path), "--json", str(figures), "--peers", "none", "--cost", "30"]
    monkeypatch.setattr("sys.argv", ["search", *options])
    monkeypatch.setattr(search, "cached_encoder", lambda _: None)  # a search by words alone is quicker to test
    search.main()
    rows = json.loads(figures.read_text(encoding="utf-8"))
    asked = {
        row["set"] for row in rows if row["metric"] == "mrr@10" and row["value"] == 100 and row["method"] == "words"
    }
    assert asked == {
        "1 topics", "1 topics with answers", "pairs: pairs", "pairs: pairs, with bodies", "site: site",
        "site: site, with bodies", "short questions: intents",
    }  # fmt: skip
    (client_size,) = [r["value"] for r in rows if (r["method"], r["metric"]) == ("client", "bytes")]
    assert client_size > 50_000, "all modules of the client are in its one file"
    assert {"build_cpu_s", "peak_mb", "files", "mb", "new_terms_files"} <= {
        row["metric"] for row in rows if row["set"].startswith("cost: 30")
    }


def test_peers_are_left_out_without_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert installed_peers(tmp_path).names == ()
    assert "npm is not installed" in capsys.readouterr().out
