"""Review questions out and verdicts in, as JSON lines, so that a colleague, a script or a language model can judge.

A question is one object a line, as `question_record` describes. A verdict is one object a line:

    {"id": "5f2b8c31aa09d7e4", "choice": "1", "by": "Fred", "why": "it names the cause", "machine": false}
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.staff.review.questions import Choice, Passage, ReviewQuestion

_LONGEST = 20_000  # characters of a line; a longer one is not a verdict
_KEYS = ("id", "choice", "by", "why", "machine")


class PassageRecord(TypedDict):
    """A text of a question: the number that chooses it, if one does, and the URL of the original."""

    number: int | None
    head: str
    title: str
    text: str
    url: str | None


class ChoiceRecord(TypedDict):
    """A verdict that a question allows."""

    key: str
    words: str


class ProposalRecord(TypedDict):
    """What a program proposes."""

    by: str
    choice: str
    words: str
    why: str


class QuestionRecord(TypedDict):
    """A question as `faq review --json` prints it."""

    id: str
    kind: str
    question: str
    value: float
    score: float
    origin: str
    topics: list[str]
    texts: list[PassageRecord]
    choices: list[ChoiceRecord]
    several: bool
    skipped_by: list[str]
    proposed: list[ProposalRecord]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A verdict on a question, as somebody wrote it."""

    id: str
    choice: str
    where: Location
    by: str | None = None
    why: str = ""
    machine: bool = False


def question_record(question: ReviewQuestion, skipped_by: Sequence[str] = ()) -> QuestionRecord:
    """Return what judging a question takes. `several`: numbers may be joined, "13" are the first and the third."""
    return QuestionRecord(
        id=question.id,
        kind=question.kind.value,
        question=question.question,
        value=round(question.value, 4),
        score=round(question.score, 4),
        origin=question.origin,
        topics=[topic.id for topic in question.topics],
        texts=[_passage_record(passage) for passage in question.passages],
        choices=[ChoiceRecord(key=choice.key, words=choice.words) for choice in question.choices],
        several=question.takes_several or len(question.numbers) > 1,
        skipped_by=list(skipped_by),
        proposed=[
            ProposalRecord(by=p.by, choice=p.choice.key, words=p.choice.words, why=p.why) for p in question.proposals
        ],
    )


def parse_verdicts(text: str, path: str) -> tuple[tuple[Verdict, ...], tuple[Diagnostic, ...]]:
    """Return the verdicts in a file, and a finding for each line that is not one; the other lines are read."""
    verdicts: list[Verdict] = []
    findings: list[Diagnostic] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = Location(path=path, line=number)
            found = _verdict(line, where)
            if isinstance(found, Verdict):
                verdicts.append(found)
            else:
                findings.append(Diagnostic(code="FAQ606", where=where, message=found, help=_HELP))
    return tuple(verdicts), tuple(findings)


def choice_of(verdict: Verdict, questions: Mapping[str, ReviewQuestion]) -> tuple[ReviewQuestion, Choice] | Diagnostic:
    """Return the question and the choice that a verdict names, or the finding that says why there is none."""
    question = questions.get(verdict.id)
    if question is None:
        return Diagnostic(
            code="FAQ607",
            where=verdict.where,
            message="no review question has this id now: it was decided, or its texts changed since",
            help="delete the line, and judge the questions that `faq review --json` prints now",
        )
    choice = question.choose(verdict.choice)
    if choice is None or not choice.rulings:
        keys = ", ".join(f"`{choice.key}`" for choice in question.choices if choice.rulings)
        message = "the question has no such choice" if keys else "the question cannot be decided in this way"
        advice = f"its choices are {keys}" if keys else "answer it in `faq review`"
        return Diagnostic(code="FAQ606", where=verdict.where, message=message, help=advice)
    return question, choice


_HELP = 'write one JSON object a line: {"id": "...", "choice": "1", "by": "Fred", "why": "..."}'


def _verdict(line: str, where: Location) -> Verdict | str:
    """Return the verdict in a line, or what is wrong with it."""
    if len(line) > _LONGEST:
        return "the line is too long for a verdict"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "the line is not JSON"
    if not isinstance(record, dict):
        return "the line is not a JSON object"
    if unknown := next((key for key in record if key not in _KEYS), None):
        return f"a verdict has no key `{unknown[:40]}`" if unknown.isprintable() else "a verdict has an unknown key"
    if problem := next(_problems(record), None):
        return problem
    choice, by, why = record["choice"], record.get("by") or None, record.get("why") or ""
    machine = bool(record.get("machine", False))
    return Verdict(id=record["id"], choice=str(choice), where=where, by=by, why=why, machine=machine)


def _problems(record: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the values of a verdict."""
    for key in ("id", "choice"):
        value = record.get(key)
        if not (isinstance(value, str) and value.strip()) and not (key == "choice" and type(value) is int):
            yield f"a verdict needs a text as `{key}`"
    for key in ("by", "why"):
        value = record.get(key, "")
        if value is not None and not (isinstance(value, str) and value.isprintable()):
            yield f"`{key}` is not a text in one line"
    if not isinstance(record.get("machine", False), bool):
        yield "`machine` is neither true nor false"
    if record.get("machine") is True and not str(record.get("by") or "").strip():
        yield "a verdict of a program needs its name as `by`"


def _passage_record(passage: Passage) -> PassageRecord:
    return PassageRecord(
        number=passage.number, head=passage.head, title=passage.title, text=passage.text, url=passage.url
    )
