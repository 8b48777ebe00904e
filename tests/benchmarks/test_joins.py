"""Joins are counted against labels that are found by key and title, or by the texts of a pair."""

import json
from pathlib import Path

import pytest

from benchmarks import labelled_exports as labelled
from benchmarks.joins import export_figures, grouped, planted_figures
from faq_builder.config import MergeLevel
from faq_builder.model import PublicThread
from faq_builder.similarity import LexicalEngine
from thread_samples import a_thread, key

THREADS = [
    a_thread("1", "How do I clean the sieve?", body="It is full of felt."),
    a_thread("2", "how to clean my sieve"),
    a_thread("3", "Lid hangs", body="On the left."),
    a_thread("4", "Lid hangs", body="Ever since winter.", duplicate_of=[key("1")]),
]


@pytest.fixture(name="export")
def labelled_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> labelled.LabelledExport:
    """Return THREADS with pairs from a table and from JSON lines."""
    print_of = labelled.title_print("How do I clean the sieve?", "how to clean my sieve")
    table = ["site\ta_key\tb_key\tjudged\ttitles", f"x\tforum:1\tforum:2\tsame\t{print_of}"]
    table += ["x\tforum:1\tforum:3\tsame\t00000000", f"x\tforum:8\tforum:9\tsame\t{print_of}"]
    (tmp_path / "own.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")
    by_text = {"a": "Lid hangs", "a_body": "Ever since winter.", "b": "How do I clean the sieve?", "judged": "related"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(by_text) + "\n", encoding="utf-8")

    def exports(_: Path) -> list[tuple[str, list[PublicThread]]]:
        return [("site", THREADS)]

    monkeypatch.setattr(labelled, "_exports", exports)
    (found,), unmatched = labelled.labelled_exports([tmp_path])
    assert unmatched == 2  # other titles under the same keys, and keys that are not here
    return found


def test_pairs_are_found_by_key_and_by_text(export: labelled.LabelledExport) -> None:
    found = {pair.keys: (pair.judged, pair.declared) for pair in export.pairs}
    assert found == {
        frozenset((key("1"), key("2"))): ("same", False),
        frozenset((key("4"), key("1"))): ("related", True),
    }


@pytest.mark.parametrize(("level", "merged"), [(MergeLevel.OFF, 0), (MergeLevel.CERTAIN, 1)])
def test_joins_are_counted_by_label(export: labelled.LabelledExport, level: MergeLevel, merged: int) -> None:
    figures, unlabelled = export_figures(export, grouped(export.threads, LexicalEngine(), level))
    assert figures["threads"] == len(THREADS)
    assert (figures["labelled same"], figures["same: merged"], figures["joins by meaning: same"]) == (1, merged, merged)
    assert figures["same, not declared: merged or in the first 50"] >= merged
    assert [(join["a_key"], join["b_key"]) for join in unlabelled] == [("forum:3", "forum:4")] * merged


def test_planted_pairs_are_joined_only_if_they_are_the_same_but_for_form() -> None:
    figures = dict(planted_figures(LexicalEngine(), MergeLevel.LIKELY))
    assert figures["form: joined"] == figures["form: pairs"] == 50
    assert figures["symbol: joined"] == figures["opposite: joined"] == 0
    assert figures["symbol: pairs"] == figures["opposite: pairs"] == 60
