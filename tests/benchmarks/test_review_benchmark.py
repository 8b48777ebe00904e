"""The simulated reviewer of `benchmarks.review`: what counts as a decision that changes a page."""

from pathlib import Path

from benchmarks.review import Verdicts, figures, read_verdicts
from faq_builder.config import load_config
from faq_builder.pipeline import Options, prepare
from faq_builder.staff.review import questions_of
from small_review import write_small_site


def test_only_decisions_that_change_a_page_count(tmp_path: Path) -> None:
    write_small_site(tmp_path)
    prepared = prepare(load_config(tmp_path / "mkdocs.yml")[0], Options(), lambda *_: None)
    natives = sorted(thread.key.native for thread in prepared.threads)
    known = Verdicts(
        answers={natives[0]: {"a1"}, natives[1]: set()},  # the third thread is not judged
        judged={natives[0]: {"a1"}, natives[1]: {"a2"}},
        same={frozenset(natives[:2]): False},
    )
    found = {(row["method"], row["metric"]): row["value"] for row in figures(prepared, questions_of(prepared), known)}
    assert found["all", "questions"] == 4
    assert found["all", "unjudged"] == 1
    assert found["all", "decisions that change a page"] == 2  # two published answers are taken away
    merged = Verdicts(answers=known.answers, judged=known.judged, same={frozenset(natives[:2]): True})
    found = {(row["method"], row["metric"]): row["value"] for row in figures(prepared, questions_of(prepared), merged)}
    assert found["all", "decisions that change a page"] == 3


def test_the_saved_verdicts_hold_ids_and_no_texts() -> None:
    path = Path(__file__).parents[2] / "benchmarks/data/review_verdicts.jsonl"
    known = read_verdicts(path)
    assert (len(known.answers), len(known.same), len(known.corrects)) == (105, 125, 2)
    assert not any(len(word) > 12 for word in path.read_text(encoding="utf-8").replace('"', " ").split())
