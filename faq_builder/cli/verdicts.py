"""`faq decide --from FILE.jsonl`: carry out verdicts on the questions of `faq review --json`."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from faq_builder.base.diagnostics import Diagnostic, Severity, counted, worst_severity
from faq_builder.cli.findings import report, wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.cli.reviewer import reviewer_name
from faq_builder.decisions.appending import proposals_file
from faq_builder.staff.recording import Recorded, Recorder
from faq_builder.staff.review import Choice, ReviewQuestion, Verdict, choice_of, parse_verdicts, questions_of
from faq_builder.staff.review.questions import decisions_of
from faq_builder.staff.review.session import write_verdict

JSON_LINES = (".jsonl", ".ndjson", ".json")


def write_verdicts(arguments: Namespace) -> int:
    """Carry out each verdict of a file; return 1 if one could not be, and the others are written nevertheless."""
    try:
        text = arguments.review.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        advice = "write one JSON object a line, in UTF-8"
        raise wrong_use(arguments.review.name, "the verdicts cannot be read", advice) from None
    verdicts, findings = parse_verdicts(text, arguments.review.as_posix())
    prepared = prepared_site(arguments, Severity.ERROR)
    recorder = Recorder(prepared=prepared, reviewer=reviewer_name(arguments, prepared.config.root))
    questions = {question.id: question for question in questions_of(prepared)}
    written: Counter[str] = Counter()
    objections: list[Diagnostic] = []
    for verdict in verdicts:
        found = choice_of(verdict, questions)
        if isinstance(found, Diagnostic):
            objections.append(found)
            continue
        recorded = _write(verdict, *found, recorder, is_proposed=arguments.proposed)
        objections += _located(recorded.objections, verdict)
        written[recorded.path] += len(recorded.decisions)
    report([*findings, *objections])
    _print_counts(written, verdicts)
    return int(worst_severity([*findings, *objections]) is Severity.ERROR)


def _write(
    verdict: Verdict, question: ReviewQuestion, choice: Choice, recorder: Recorder, *, is_proposed: bool
) -> Recorded:
    """Write a person's verdict as decisions, a program's as a proposal."""
    person = verdict.by or recorder.reviewer
    today = datetime.now(UTC).date()
    if not (verdict.machine or is_proposed):
        return write_verdict(recorder, question, choice, verdict.why, today, person)
    made = decisions_of(choice, verdict.why or choice.because or choice.words, person, today)
    return recorder.propose(made, proposals_file(person))


def _located(objections: Sequence[Diagnostic], verdict: Verdict) -> Iterator[Diagnostic]:
    """Yield what forbids a verdict, with the line of the verdict."""
    yield from (replace(objection, where=verdict.where) for objection in objections)


def _print_counts(written: Counter[str], verdicts: Sequence[Verdict]) -> None:
    print(f"read {counted(len(verdicts), 'verdict')}")
    for path, count in sorted(written.items()):
        if count:
            print(f"wrote {counted(count, 'decision')} into {path}")
