"""Measure how many review questions a person answers until most of the decisions that change a page are made.

    python -m benchmarks.review --data ../shared/real/discourse/dev_urho3d_topics --json FILE

A simulated reviewer answers the questions about an export in their order, by verdicts that a person gave before without
seeing the order (`benchmarks/data/review_verdicts.jsonl`: ids only). A decision changes a page if it publishes an
answer, takes one away or puts another in its place, or merges a topic into an answered one. To confirm what is
published changes no page, nor does keeping two topics apart. `unjudged` counts the questions without a verdict, which
the reviewer answers with "none of these" or "all apart".
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from faq_builder.config import load_config
from faq_builder.model import Decision, ThreadKey
from faq_builder.pipeline import Options, Prepared, prepare
from faq_builder.staff.review import Choice, Passage, QuestionKind, ReviewQuestion, questions_of
from faq_builder.staff.review.questions import APART, NONE, Settled, decisions_of

VERDICTS = Path(__file__).parent / "data" / "review_verdicts.jsonl"
SHARES = (0.5, 0.9, 1.0)  # of the decisions that change a page
TODAY: date = datetime(2026, 1, 1, tzinfo=UTC).date()
CONFIG = """\
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: material
plugins:
  - faq:
      publish: likely
      sources: [{{key: real, permission: full, base_url: "https://widgets.example", path: "{path}"}}]
"""


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="an export")
    parser.add_argument("--verdicts", type=Path, default=VERDICTS, help="verdicts of a person, one JSON object a line")
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "mkdocs.yml"
        config.write_text(CONFIG.format(path=arguments.data.resolve().as_posix()), encoding="utf-8")
        (Path(folder) / "content/pages").mkdir(parents=True)
        prepared = prepare(load_config(config)[0], Options(), lambda *_: None)
    known = read_verdicts(arguments.verdicts)
    rows = [{"set": arguments.data.name, **row} for row in figures(prepared, questions_of(prepared), known)]
    for row in rows:
        print(f"{row['set']:24} {row['method']:12} {row['metric']:28} {row['value']:7}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


@dataclass
class Verdicts:
    """What a person judged, by native ids of threads and ids of messages."""

    answers: dict[str, set[str]] = field(default_factory=dict)  # thread -> replies that answer it, perhaps none
    judged: dict[str, set[str]] = field(default_factory=dict)  # thread -> replies that the person looked at
    same: dict[frozenset[str], bool] = field(default_factory=dict)  # two threads -> whether they ask the same
    corrects: dict[str, bool] = field(default_factory=dict)  # message -> whether it corrects the published answer


def read_verdicts(path: Path) -> Verdicts:
    """Return the verdicts in a file of JSON lines."""
    found = Verdicts()
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if "threads" in record:
            found.same[frozenset(record["threads"])] = record["same"]
        elif "corrects" in record:
            found.corrects[record["message"]] = record["corrects"]
        else:
            found.answers[record["thread"]] = set(record["answers"])
            found.judged[record["thread"]] = set(record["read"])
    return found


def figures(prepared: Prepared, questions: Sequence[ReviewQuestion], known: Verdicts) -> Iterator[dict[str, Any]]:
    """Yield how many questions there are, and how many it takes to a share of the decisions that change a page."""
    made: list[Decision] = []
    changes: list[int] = []  # after each question
    unjudged, kinds = 0, Counter(question.kind.value for question in questions)
    for question in questions:
        if Settled(made).settles(question):
            continue
        verdict = judge(question, prepared, known)
        unjudged += verdict.unjudged
        made += decisions_of(verdict.choice, "", "reviewer", TODAY) if verdict.choice else ()
        changes.append((changes[-1] if changes else 0) + verdict.changes)
    yield _row("all", "questions", len(questions))
    for kind, count in sorted(kinds.items()):
        yield _row(kind, "questions", count)
    total = changes[-1] if changes else 0
    yield _row("all", "asked", len(changes))
    yield _row("all", "unjudged", unjudged)
    yield _row("all", "decisions that change a page", total)
    for share in SHARES:
        asked = next((n for n, count in enumerate(changes, 1) if count >= share * total), 0) if total else 0
        yield _row("in order", f"questions until {share:.0%}", asked)
    yield _row("at random", "questions until 90%", round(0.9 * len(changes)))


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """The simulated reviewer's verdict on a question."""

    choice: Choice | None
    changes: int = 0  # pages
    unjudged: bool = False


def judge(question: ReviewQuestion, prepared: Prepared, known: Verdicts) -> Simulated:
    """Return the verdict on a question."""
    if question.kind is QuestionKind.ANSWER:
        return _judge_replies(question, prepared, known)
    if question.kind is QuestionKind.SAME:
        return _judge_topics(question, prepared, known)
    if question.kind is QuestionKind.CORRECTION:
        newer = prepared.targets.find(question.passages[1].reference)
        corrects = known.corrects.get(newer.message or "") if newer else None
        return Simulated(choice=None, changes=int(bool(corrects)), unjudged=corrects is None)
    return Simulated(choice=None)


def _judge_replies(question: ReviewQuestion, prepared: Prepared, known: Verdicts) -> Simulated:
    """Choose the first reply that the person accepted; else none of these."""
    (topic,) = question.topics
    unjudged = False
    for passage in question.numbers:
        target = prepared.targets.find(passage.reference)
        assert target is not None
        native, message = target.threads[0].native, target.message or ""
        unjudged |= message not in known.judged.get(native, ())
        if message in known.answers.get(native, ()):
            is_published = topic.answered and passage.number == 1
            return Simulated(choice=question.choose(str(passage.number)), changes=int(not is_published))
    return Simulated(choice=question.choose(NONE), changes=int(topic.answered), unjudged=unjudged)


def _judge_topics(question: ReviewQuestion, prepared: Prepared, known: Verdicts) -> Simulated:
    """Choose the largest group of topics that the person called the same; else all apart."""
    threads = {passage: _threads(passage, prepared) for passage in question.numbers}
    groups: list[set[Passage]] = []
    judged: list[bool | None] = []
    for one, other in combinations(question.numbers, 2):
        judged.append(_are_same(threads[one], threads[other], known))
        if judged[-1]:
            touching = [group for group in groups if one in group or other in group]
            groups = [group for group in groups if group not in touching] + [{one, other}.union(*touching)]
    unjudged = all(verdict is None for verdict in judged)
    best = max(groups, key=len, default=None)
    if best is None:
        return Simulated(choice=question.choose(APART), unjudged=unjudged)
    topics = dict(zip(question.numbers, question.topics, strict=True))
    changes = len(best) - 1 if any(topics[passage].answered for passage in best) else 0
    if len(best) == len(question.numbers):
        return Simulated(choice=question.choose("s"), changes=changes)
    return Simulated(choice=question.choose("".join(sorted(str(p.number) for p in best))), changes=changes)


def _threads(passage: Passage, prepared: Prepared) -> list[ThreadKey]:
    target = prepared.targets.find(passage.reference)
    found = target.threads if target else ()
    topic = next((t for t in prepared.grouping.topics if any(m.thread.key in found for m in t.members)), None)
    return [member.thread.key for member in topic.members] if topic else []


def _are_same(one: Sequence[ThreadKey], other: Sequence[ThreadKey], known: Verdicts) -> bool | None:
    """Return whether the person called threads of two topics the same; None if the person judged none of them."""
    verdicts = [known.same.get(frozenset((a.native, b.native))) for a in one for b in other]
    judged = [verdict for verdict in verdicts if verdict is not None]
    return any(judged) if judged else None


def _row(method: str, metric: str, value: int) -> dict[str, Any]:
    return {"method": method, "metric": metric, "value": value}


if __name__ == "__main__":
    main()
