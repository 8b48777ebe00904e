"""One person's review: what is written, taken back, left; and two people who review at the same time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from faq_builder.base.progress import Progress
from faq_builder.config import load_config
from faq_builder.decisions.reading import read_decisions
from faq_builder.pipeline import Options, prepare
from faq_builder.staff.recording import Recorder
from faq_builder.staff.review import QuestionKind, ReviewSession, Skips, questions_of
from scratch_git import start_repository
from small_review import write_small_site

SILENT: Progress = lambda *_: None  # noqa: E731
Review = Callable[..., ReviewSession]


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Give `review(reviewer, folder)`, which starts a review of a small site."""
    write_small_site(tmp_path / "site")

    def start(reviewer: str, folder: Path | None = None) -> ReviewSession:
        root = folder or tmp_path / "site"
        prepared = prepare(load_config(root / "mkdocs.yml")[0], Options(), SILENT)
        return ReviewSession(
            questions=questions_of(prepared),
            recorder=Recorder(prepared=prepared, reviewer=reviewer),
            skips=Skips(root=root, reviewer=reviewer),
            today=date(2026, 3, 1),
        )

    return start


def press(session: ReviewSession, keys: str) -> None:
    """Give one verdict after another."""
    for key in keys:
        question = session.current
        assert question is not None
        choice = question.choose(key)
        assert choice is not None
        assert session.decide(question, choice, seconds=30.0) == ()


def decided(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kind and references of all decisions, sorted."""
    decisions, findings = read_decisions(folder / "content/decisions")
    assert findings == ()
    return sorted((d.kind.value, d.references) for d in decisions)


def test_the_time_that_is_left_follows_the_pace_of_this_person(review: Review) -> None:
    session = review("Fred")
    assert (session.left, session.minutes_left) == (4, 1)
    press(session, "1")
    session.seconds = [600.0, 90.0, 110.0]  # a break of ten minutes does not count
    assert (session.left, session.minutes_left) == (3, 5)


def test_a_verdict_that_contradicts_a_colleagues_is_refused_and_the_earlier_one_stays(review: Review) -> None:
    session = review("Fred")
    press(session, "1")
    before = decided(session.skips.root)
    question = session.questions[0]
    path = session.skips.root / "content/decisions/zoe.yml"
    path.write_text((session.skips.root / "content/decisions/fred.yml").read_text(), encoding="utf-8")
    (session.skips.root / "content/decisions/fred.yml").unlink()
    again = review("Fred")
    assert question.id not in {q.id for q in again.questions}  # decided by Zoe
    none = question.choose("0")
    assert none is not None
    (objection,) = again.decide(again.questions[0], none)
    assert "the `answer` at content/decisions/zoe.yml:3" in objection.message
    assert decided(session.skips.root) == before


def test_undo_leaves_what_somebody_changed_by_hand(review: Review) -> None:
    session = review("Fred")
    press(session, "1")
    path = session.skips.root / "content/decisions/fred.yml"
    path.write_text(path.read_text().replace("reviewed by Fred", "and it is good"), encoding="utf-8")
    before = path.read_text()
    assert session.undo() is None
    assert path.read_text() == before


def test_edits_by_hand_during_a_review_are_kept(review: Review) -> None:
    session = review("Fred")
    press(session, "1")
    path = session.skips.root / "content/decisions/fred.yml"
    path.write_text(f"# mine\n{path.read_text()}", encoding="utf-8")
    press(session, "0")
    assert path.read_text().startswith("# mine\n")
    assert [kind for kind, _ in decided(session.skips.root)] == ["answer", "unanswered"]


@pytest.mark.parametrize("first", ["fred", "zoe"])
def test_reviews_on_two_branches_merge_without_conflict_in_either_order(review: Review, first: str) -> None:
    origin = review("nobody").skips.root
    git = start_repository(origin, origin.parent / "origin.git")
    for reviewer, keys in (("fred", "1"), ("zoe", "s")):
        git("checkout", "--quiet", "-b", reviewer, "main")
        session = review(reviewer)
        wanted = QuestionKind.ANSWER if reviewer == "fred" else QuestionKind.SAME
        question = next(q for q in session.questions if q.kind is wanted)
        choice = question.choose(keys)
        assert choice is not None
        session.decide(question, choice)
        session.skip(next(q for q in session.questions if q is not question))
        git("add", "-A", "content/decisions")
        git("commit", "--quiet", "-m", reviewer)
    git("checkout", "--quiet", first)
    git("merge", "--quiet", "-m", "merge", "zoe" if first == "fred" else "fred")
    both = decided(origin)
    assert [kind for kind, _ in both] == ["answer", "same"]
    assert git("rev-parse", "HEAD^{tree}") == git("merge-tree", "--write-tree", "zoe", "fred").splitlines()[0] + "\n"
    assert len(list((origin / "content/decisions/skipped").glob("*.txt"))) == 2
