"""Appending new decisions to a file of decisions, and the contradictions that forbid it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.decisions import Targets, resolve_decisions
from faq_builder.decisions.reading import PROPOSED, parse_decisions
from faq_builder.model import Decision, DecisionKind, PublicThread
from faq_builder.read.formats.markdown.quoting import scalar

_FOLDER = "content/decisions"
NOBODY = "faq"  # the reviewer's name in the path of a file if nobody knows it
_LONGEST_NAME = 40  # letters of a reviewer's name in the path of a file

_HELP = "to change a decision, delete or edit the older decision in its file, and decide again"
_EMPTY_FILE = "version: 1\ndecisions:\n"
_EMPTY_LIST = re.compile(r"^decisions:[ \t]*\[[ \t]*\][ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<indent>[ \t]*)- ", re.MULTILINE)
_PLAIN_SCALAR = re.compile(r"[A-Za-z0-9/][A-Za-z0-9/._~?&=%+@,;:-]*[A-Za-z0-9/_=-]")


def decisions_file(reviewer: str) -> str:
    """Return the path of a reviewer's own file: "Fred Miller" -> "content/decisions/fred-miller.yml".

    Each reviewer has one, so that two people who review at the same time never change the same file. People may move
    entries to other files of the folder. An e-mail address is no name, because the file is public.
    """
    return f"{_FOLDER}/{reviewer_slug(reviewer)}.yml"


def proposals_file(program: str) -> str:
    """Return the path of the file for what a program proposes: "content/decisions/proposed/judge.yml"."""
    return f"{_FOLDER}/{PROPOSED}/{reviewer_slug(program)}.yml"


def reviewer_slug(name: str) -> str:
    """Return a name as part of a path: "Zoë Zimt" -> "zoe-zimt".

    A name without Latin letters becomes a hash, so that two such names stay two; no name or an e-mail address, "faq".
    """
    if not name.strip() or "@" in name.strip()[1:]:
        return NOBODY
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return slug or f"reviewer-{hashlib.sha256(name.strip().encode('utf-8', 'replace')).hexdigest()[:8]}"


def find_objections(
    new: Sequence[Decision],
    existing: Sequence[Decision],
    threads: Sequence[PublicThread],
    targets: Targets,
    rules: RedactRules,
) -> tuple[Diagnostic, ...]:
    """Return what forbids new decisions: targets that do not exist, and existing decisions that they contradict."""
    before = set(resolve_decisions(existing, threads, targets, rules)[1])
    located = [replace(d, where=Location(path="new decision", item=_summary(d))) for d in new]
    after = resolve_decisions([*existing, *located], threads, targets, rules)[1]
    added = (finding for finding in after if finding not in before)
    return tuple(replace(f, help=_HELP) if f.code == "FAQ603" else f for f in added)


def remove_decision(text: str, decision: Decision) -> str | None:
    """Return the text of a file of decisions without its last entry with this content; other lines stay as they are.

    None if the file has no such entry, or if it is written in a form that cannot be cut, such as a list in brackets.
    """
    before, findings = parse_decisions(text, _FOLDER)
    wanted = _without_location(decision)
    at = next((n for n in reversed(range(len(before))) if _without_location(before[n]) == wanted), None)
    if at is None:
        return None
    lines = text.splitlines(keepends=True)
    start = (before[at].where.line or 1) - 1
    indent = len(lines[start]) - len(lines[start].lstrip(" "))
    end = start + 1
    while end < len(lines) and lines[end].startswith(" " * (indent + 1)):
        end += 1
    blank = start > 0 and not lines[start - 1].strip()
    cut = "".join(lines[: start - blank]) + "".join(lines[end:])
    after, later_findings = parse_decisions(cut, _FOLDER)
    kept = [_without_location(d) for n, d in enumerate(before) if n != at]
    is_intact = [_without_location(d) for d in after] == kept and len(later_findings) == len(findings)
    return cut if is_intact else None


def append_decisions(text: str, decisions: Sequence[Decision]) -> str | None:
    """Return the text of a file of decisions with new ones at its end; its own lines stay as they are.

    None if that is impossible, for example because the list is written in brackets.
    """
    text = text or _EMPTY_FILE
    before, findings = parse_decisions(text, _FOLDER)
    entry = next(iter(_ENTRY.finditer(text)), None)
    indent = entry["indent"] if entry else "  "
    grown = _EMPTY_LIST.sub("decisions:", text)
    grown = grown if grown.endswith("\n") else f"{grown}\n"
    for decision in decisions:
        lines = "\n".join(f"{indent}{line}" for line in _entry_lines(decision))
        grown += f"\n{lines}\n" if entry or decision is not decisions[0] else f"{lines}\n"
    after, later_findings = parse_decisions(grown, _FOLDER)
    is_intact = [_without_location(d) for d in after] == [_without_location(d) for d in (*before, *decisions)]
    return grown if is_intact and len(later_findings) == len(findings) else None


def _entry_lines(decision: Decision) -> Iterator[str]:
    """Yield the YAML lines of a decision: `- hide: forum:9`, `  reason: spam`."""
    kind, targets = decision.kind.value, [_yaml_target(a) for a in decision.references]
    if len(targets) == 1:
        yield f"- {kind}: {targets[0]}"
    else:
        yield f"- {kind}:"
        yield from (f"    - {target}" for target in targets)
    texts = {
        "text": decision.text,
        "date": decision.on.isoformat() if isinstance(decision.on, date) else None,
        "since" if decision.kind is DecisionKind.OUTDATED else "version": decision.version,
        "instead": decision.instead,
        "reason": decision.reason,
    }
    for key, value in texts.items():
        if value:
            yield f"  {key}: {_yaml_target(value) if key == 'instead' else scalar(value)}"


def _yaml_target(target: str) -> str:
    """Return a URL, site path, thread key or topic id as YAML, without quotes if YAML does not need them."""
    return target if _PLAIN_SCALAR.fullmatch(target) else scalar(target)


def _without_location(decision: Decision) -> Decision:
    """Return a decision that equals all others of the same content, wherever they are written."""
    return replace(decision, where=Location(path=_FOLDER))


def _summary(decision: Decision) -> str:
    """Return a decision in one line: `same forum:1 forum:2`."""
    return f"{decision.kind.value} {' '.join(decision.references)}"
