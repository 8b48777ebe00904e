"""`faq decide KIND ADDRESS... --reason TEXT`: writes what a person decided into content/decisions."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from faq_builder.base.diagnostics import Location, Severity
from faq_builder.base.files import write_text_file
from faq_builder.cli.findings import report, wrong_use
from faq_builder.cli.site import prepared_site
from faq_builder.cli.why import find_place, preview_at
from faq_builder.decisions import pairs_apart
from faq_builder.decisions.appending import DECISIONS_FILE, append_decisions, find_objections
from faq_builder.decisions.review_boxes import parse_ticked_boxes
from faq_builder.model import Decision, DecisionKind, ThreadKey
from faq_builder.pipeline import Prepared

REVIEWED = "reviewed"  # the reason of a ticked box that gives none


def decide(arguments: Namespace) -> int:
    """Write one decision, or those of the ticked boxes of a review; 1 where they may not be written."""
    wanted = _from_review(arguments.review, arguments.reason) if arguments.review else (_decision(arguments),)
    if not wanted:
        print("no box is ticked")
        return 0
    prepared = prepared_site(arguments, Severity.ERROR)
    if not arguments.review:
        _check_reply(prepared, wanted[0])
    return write_decisions(prepared, [stays for decision in wanted for stays in permanent(prepared, decision)])


def _check_reply(prepared: Prepared, decision: Decision) -> None:
    """Raise UsageError for an `answer` that names a page or a discussion and no reply of it."""
    places = [find_place(prepared, address) for address in decision.addresses]
    if decision.kind is DecisionKind.ANSWER and any(place and place.message is None for place in places):
        advice = "give the address of the reply itself, as it stands in the discussion, or `source:id#message`"
        raise wrong_use("faq decide", "`answer` needs a reply, and this is a page or a discussion", advice)


def write_decisions(prepared: Prepared, decisions: Sequence[Decision]) -> int:
    """Append decisions to the file of those that commands write; the exit code."""
    known = {_content(d) for d in prepared.decisions}
    new = [d for d in decisions if _content(d) not in known]
    if not new:
        print("this is decided already")
        return 0
    threads, rules = prepared.public.threads, prepared.config.redact
    against = find_objections(new, prepared.decisions, threads, prepared.addresses, rules)
    if against:
        report(against)
        print("nothing was written", file=sys.stderr)
        return 1
    path = prepared.config.root / DECISIONS_FILE
    text = append_decisions(path.read_text(encoding="utf-8") if path.exists() else "", new)
    if text is None:
        advice = "write `decisions:` as a list with one `- ` a decision, at the end of the file"
        raise wrong_use(
            DECISIONS_FILE, "decisions cannot be added to this file without changing what stands there", advice
        )
    write_text_file(path, text)
    for decision in new:
        print(f"wrote `{decision.kind.value}` into {DECISIONS_FILE}")
    return 0


def permanent(prepared: Prepared, decision: Decision) -> Sequence[Decision]:
    """The decision with addresses that stay and go on to mean the same.

    A page that is only a preview is named by the discussion that founded it, and is hidden with all that are on it.
    What is kept apart is not on one page any more afterwards, so `apart` names discussions.
    """
    if decision.kind is DecisionKind.APART:
        return _apart(prepared, decision)
    names = [_permanent(prepared, address, every=decision.kind is DecisionKind.HIDE) for address in decision.addresses]
    return (replace(decision, addresses=tuple(dict.fromkeys(name for of_one in names for name in of_one))),)


def _permanent(prepared: Prepared, address: str, *, every: bool) -> Sequence[str]:
    topic = preview_at(prepared, address) if prepared.addresses.find(address) is None else None
    if topic is None:
        return (address,)
    return [prepared.addresses.name(member.thread) for member in topic.members[: None if every else 1]]


def _apart(prepared: Prepared, decision: Decision) -> Sequence[Decision]:
    groups = [_threads_at(prepared, address) for address in decision.addresses]
    pairs = pairs_apart(groups)
    if not pairs or not all(groups) or max(map(len, groups)) == 1:
        return (decision,)
    by_key = {thread.key: thread for thread in prepared.public.threads}
    name = {
        key: prepared.addresses.name(by_key[key]) if key in by_key else str(key) for group in groups for key in group
    }
    together = (
        [tuple(groups[0])] if len(groups) == 1 else pairs
    )  # each of several that are named is apart from each other
    return [replace(decision, addresses=tuple(name[key] for key in keys)) for keys in together]


def _threads_at(prepared: Prepared, address: str) -> Sequence[ThreadKey]:
    place = prepared.addresses.find(address)
    topic = preview_at(prepared, address) if place is None else None
    return [member.thread.key for member in topic.members] if topic else place.threads if place else ()


def _decision(arguments: Namespace) -> Decision:
    """What the arguments say; every kind takes what it takes in the file."""
    if arguments.kind is None or not arguments.addresses:
        raise wrong_use("faq decide", "there is nothing to decide", "name a kind and addresses, or --from review.md")
    kind = DecisionKind(arguments.kind)
    for option in ("text", "reason", "since"):
        if (text := getattr(arguments, option)) is not None and not text.strip():
            raise wrong_use("faq decide", f"--{option} is blank", "give it words, or leave it out")
    if not arguments.reason:
        raise wrong_use("faq decide", "a decision needs a reason", "say it with --reason, for those who come after you")
    needs_text = kind in (DecisionKind.TITLE, DecisionKind.NOTE)
    if needs_text and not arguments.text:
        raise wrong_use("faq decide", f"`{kind.value}` needs a text", "say it with --text")
    _check_extras(kind, arguments)
    today = datetime.now(UTC).date()
    if arguments.date and arguments.date > today + timedelta(days=1):  # it may be tomorrow where they are
        raise wrong_use("faq decide", f"{arguments.date} is not here yet", "give the day on which somebody checked it")
    return Decision(
        kind=kind,
        addresses=tuple(dict.fromkeys(arguments.addresses)),
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
    if kind is DecisionKind.SAME and len(set(arguments.addresses)) < 2:
        raise wrong_use("faq decide", "`same` needs two addresses", "name what asks the same")


def _from_review(path: Path, reason: str | None) -> tuple[Decision, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise wrong_use(path.name, "the review cannot be read", "write it with `faq review --write FILE.md`") from None
    found = parse_ticked_boxes(text, path.name, reason or REVIEWED)
    report(found.diagnostics)
    today = datetime.now(UTC).date()
    return tuple(replace(d, on=today) if d.kind is DecisionKind.CONFIRM else d for d in found.decisions)


def _content(decision: Decision) -> Decision:
    """The decision without its place and its reason, whatever the order of its addresses."""
    return replace(
        decision, addresses=tuple(sorted(decision.addresses)), where=Location(path=DECISIONS_FILE), reason=""
    )
