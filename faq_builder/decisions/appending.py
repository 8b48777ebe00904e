"""New decisions: are they understood, do they contradict others, and how do they stand in the file of decisions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.decisions import Addresses, resolve
from faq_builder.decisions.reading import parse_decisions
from faq_builder.model import Decision, DecisionKind, PublicThread
from faq_builder.read.formats.markdown.quoting import scalar

FILE = "content/decisions/faq.yml"  # where the commands write; people may move entries to files of their own

_CHANGE = "to change what was decided, delete or edit the older decision in its file, and decide again"
_START = "version: 1\ndecisions:\n"
_EMPTY = re.compile(r"^decisions:[ \t]*\[[ \t]*\][ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<indent>[ \t]*)- ", re.MULTILINE)
_BOX = re.compile(r"^[ \t]*[-*] \[[xX]\][ \t]+`?(?P<kind>[a-z]+)`?:?(?:[ \t]+(?P<rest>.+))?$")
_REASON = re.compile(r"^[ \t]*Reason:[ \t]*(?P<text>.*\S)[ \t]*$")
_ADDRESSES = re.compile(r"<([^>]*)>|(\S+)")  # in angles where one holds a space


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """The decisions of the ticked boxes of a review, and lines that were ticked and not understood."""

    decisions: tuple[Decision, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def objections(
    new: Sequence[Decision],
    others: Sequence[Decision],
    threads: Sequence[PublicThread],
    addresses: Addresses,
    rules: RedactRules,
) -> tuple[Diagnostic, ...]:
    """What speaks against new decisions: addresses that lead nowhere, and others that they contradict (both named)."""
    before = set(resolve(others, threads, addresses, rules)[1])
    placed = [replace(d, where=Location(path="new decision", item=_words(d))) for d in new]
    after = resolve([*others, *placed], threads, addresses, rules)[1]
    against = (finding for finding in after if finding not in before)
    return tuple(replace(f, help=_CHANGE) if f.code == "FAQ603" else f for f in against)


def appended(text: str, decisions: Sequence[Decision]) -> str | None:
    """The text of a file of decisions with more of them at its end; nothing in it changes.

    None where they cannot be added without changing it, as where its list is written in brackets.
    """
    text = text or _START
    before, findings = parse_decisions(text, FILE)
    entry = next(iter(_ENTRY.finditer(text)), None)
    indent = entry["indent"] if entry else "  "
    grown = _EMPTY.sub("decisions:", text)
    grown = grown if grown.endswith("\n") else f"{grown}\n"
    for decision in decisions:
        lines = "\n".join(f"{indent}{line}" for line in _entry(decision))
        grown += f"\n{lines}\n" if entry or decision is not decisions[0] else f"{lines}\n"
    after, later = parse_decisions(grown, FILE)
    same = [_content(d) for d in after] == [_content(d) for d in (*before, *decisions)]
    return grown if same and len(later) == len(findings) else None


def ticked(text: str, shown: str, reason: str) -> Ticked:
    """The decisions in a review that somebody ticked. `Reason: ...` below a box is its reason, else the given one."""
    found: list[Decision] = []
    findings: list[Diagnostic] = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _BOX.match(line)
        if match is None:
            continue
        kinds = {kind.value: kind for kind in DecisionKind}
        named = _ADDRESSES.findall((match["rest"] or "").partition(" — ")[0])
        addresses = tuple(angled or plain for angled, plain in named)
        if match["kind"] not in kinds or not addresses:
            advice = "leave the line as `faq review` wrote it, and only tick its box"
            where = Location(path=shown, line=number)
            findings.append(
                Diagnostic(code="FAQ602", where=where, message="a ticked box is not understood", help=advice)
            )
            continue
        said = next((m["text"] for m in map(_REASON.match, lines[number : number + 2]) if m), reason)
        kind = kinds[match["kind"]]
        found.append(Decision(kind=kind, addresses=addresses, reason=said, where=Location(path=shown, line=number)))
    return Ticked(decisions=tuple(found), diagnostics=tuple(findings))


def _entry(decision: Decision) -> Iterator[str]:
    """The lines of a decision."""
    kind, addresses = decision.kind.value, [_address(a) for a in decision.addresses]
    if len(addresses) == 1:
        yield f"- {kind}: {addresses[0]}"
    else:
        yield f"- {kind}:"
        yield from (f"    - {address}" for address in addresses)
    texts = {
        "text": decision.text,
        "date": decision.on.isoformat() if isinstance(decision.on, date) else None,
        "since" if decision.kind is DecisionKind.OUTDATED else "version": decision.version,
        "instead": decision.instead,
        "reason": decision.reason,
    }
    yield from (
        f"  {key}: {_address(value) if key == 'instead' else scalar(value)}" for key, value in texts.items() if value
    )


def _address(address: str) -> str:
    """An address as YAML: `source:id` and paths are plain there, unless something in them means more."""
    return (
        address if re.fullmatch(r"[A-Za-z0-9/][A-Za-z0-9/._~?&=%+@,;:-]*[A-Za-z0-9/_=-]", address) else scalar(address)
    )


def _content(decision: Decision) -> Decision:
    return replace(decision, where=Location(path=FILE))


def _words(decision: Decision) -> str:
    return f"{decision.kind.value} {' '.join(decision.addresses)}"
