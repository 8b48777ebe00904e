"""`faq decide KIND URL... --reason TEXT`: write a decision into content/decisions."""

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from faq_builder.base.diagnostics import Location, Severity
from faq_builder.cli.findings import report, wrong_use
from faq_builder.cli.loading import prepared_site
from faq_builder.cli.reviewer import reviewer_name
from faq_builder.cli.verdicts import JSON_LINES, write_verdicts
from faq_builder.decisions.appending import proposals_file
from faq_builder.decisions.review_boxes import parse_ticked_boxes
from faq_builder.model import Decision, DecisionKind
from faq_builder.staff.deciding import names_no_reply, with_permanent_urls
from faq_builder.staff.recording import Recorded, Recorder

REVIEWED = "reviewed"  # the reason of a ticked box without one


def decide(arguments: Namespace) -> int:
    """Append the decision of the arguments, or of each ticked box in a review file.

    Return 1 if they are refused, for example because they contradict an older decision.
    """
    if arguments.review and arguments.review.suffix in JSON_LINES:
        return write_verdicts(arguments)
    wanted = _from_review(arguments.review, arguments.reason) if arguments.review else (_decision(arguments),)
    if not wanted:
        print("no box is ticked")
        return 0
    prepared = prepared_site(arguments, Severity.ERROR)
    if not arguments.review and names_no_reply(prepared, wanted[0]):
        advice = "give the URL of the reply itself in the discussion, or `source:id#message`"
        raise wrong_use(
            "faq decide", f"`{wanted[0].kind.value}` needs a reply, and this is a page or a discussion", advice
        )
    reviewer = reviewer_name(arguments, prepared.config.root)
    recorder = Recorder(prepared=prepared, reviewer=reviewer)
    permanent = [kept for decision in wanted for kept in with_permanent_urls(prepared, decision)]
    if arguments.proposed:
        return _print_written(recorder.propose(permanent, proposals_file(reviewer)))
    return _print_written(recorder.record(permanent))


def _print_written(recorded: Recorded) -> int:
    """Print what was written or what forbids it; return the exit code."""
    if recorded.objections:
        report(recorded.objections)
        print("nothing was written", file=sys.stderr)
        return 1
    if not recorded.decisions:
        print("this is decided already")
    for decision in recorded.decisions:
        print(f"wrote `{decision.kind.value}` into {recorded.path}")
    return 0


def _decision(arguments: Namespace) -> Decision:
    """Return the decision that the arguments describe; each kind takes the same values as in a decisions file."""
    if arguments.kind is None or not arguments.references:
        raise wrong_use("faq decide", "there is nothing to decide", "give a kind and URLs, or --from review.md")
    kind = DecisionKind(arguments.kind)
    for option in ("text", "reason", "since"):
        if (text := getattr(arguments, option)) is not None and not text.strip():
            raise wrong_use("faq decide", f"--{option} is blank", "give it a text, or leave it out")
    if not arguments.reason:
        raise wrong_use("faq decide", "a decision needs a reason", "give it with --reason, for your colleagues")
    needs_text = kind in (DecisionKind.TITLE, DecisionKind.NOTE)
    if needs_text and not arguments.text:
        raise wrong_use("faq decide", f"`{kind.value}` needs a text", "give it with --text")
    _check_extras(kind, arguments)
    today = datetime.now(UTC).date()
    if arguments.date and arguments.date > today + timedelta(days=1):  # it may already be tomorrow in their time zone
        raise wrong_use(
            "faq decide", f"{arguments.date} is in the future", "give the day on which somebody checked the answer"
        )
    return Decision(
        kind=kind,
        references=tuple(dict.fromkeys(arguments.references)),
        reason=arguments.reason,
        where=Location(path="faq decide"),
        text=arguments.text,
        on=(arguments.date or today) if kind is DecisionKind.CONFIRM else None,
        version=arguments.for_version or arguments.since,
        instead=arguments.instead,
    )


def _check_extras(kind: DecisionKind, arguments: Namespace) -> None:
    """Raise UsageError for an option that this kind does not take."""
    takes = {
        "text": (DecisionKind.TITLE, DecisionKind.NOTE, DecisionKind.OUTDATED),
        "date": (DecisionKind.CONFIRM,),
        "for_version": (DecisionKind.CONFIRM,),
        "since": (DecisionKind.OUTDATED,),
        "instead": (DecisionKind.OUTDATED,),
    }
    for name, kinds in takes.items():
        if getattr(arguments, name) is not None and kind not in kinds:
            names = " and ".join(f"`{k.value}`" for k in kinds)
            option = name.removeprefix("for_")
            raise wrong_use("faq decide", f"`{kind.value}` takes no --{option}", f"--{option} belongs to {names}")
    if kind is DecisionKind.SAME and len(set(arguments.references)) < 2:
        raise wrong_use("faq decide", "`same` needs two URLs", "give the URLs of the threads that ask the same")


def _from_review(path: Path, reason: str | None) -> tuple[Decision, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise wrong_use(path.name, "the review cannot be read", "write it with `faq review --write FILE.md`") from None
    found = parse_ticked_boxes(text, path.name, reason or REVIEWED)
    report(found.diagnostics)
    today = datetime.now(UTC).date()
    return tuple(replace(d, on=today) if d.kind is DecisionKind.CONFIRM else d for d in found.decisions)
