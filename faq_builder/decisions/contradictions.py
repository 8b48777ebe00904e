"""Decisions that cannot both be obeyed: one finding names them all, and none of them is obeyed."""

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import TypeVar

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.model import Decision, ThreadKey

Said = TypeVar("Said")
Same = tuple[Decision, tuple[ThreadKey, ...]]
Apart = tuple[Decision, tuple[tuple[ThreadKey, ThreadKey], ...]]

_HELP = "delete one of them; until then none of them is obeyed"


def contradictions(
    same: Sequence[Same], apart: Sequence[Apart]
) -> tuple[list[Same], list[Apart], tuple[Diagnostic, ...]]:
    """The `same` and `apart` decisions that can be obeyed together, and a finding for each `apart` that cannot.

    `same` is followed through other threads: A same B and B same C contradict A apart C.
    """
    findings: list[Diagnostic] = []
    kept, obeyed = list(same), list(apart)
    while True:
        clashes = [(said, way) for said in obeyed if (way := _way(kept, said))]
        if not clashes:
            return kept, obeyed, tuple(findings)
        findings += [_finding(said[0], way) for said, way in clashes]
        gone = [decision for said, way in clashes for decision in (said[0], *way)]
        kept = [said for said in kept if said[0] not in gone]
        obeyed = [said for said in obeyed if said[0] not in gone]


def of_one_thread(
    said: Sequence[tuple[Decision, ThreadKey, Said]],
) -> tuple[dict[ThreadKey, tuple[Decision, Said]], tuple[Diagnostic, ...]]:
    """What is said of each thread where all who say something say the same; a finding where they do not."""
    by_thread: defaultdict[ThreadKey, list[tuple[Decision, Said]]] = defaultdict(list)
    for decision, key, what in said:
        by_thread[key].append((decision, what))
    findings: dict[Diagnostic, None] = {}
    agreed: dict[ThreadKey, tuple[Decision, Said]] = {}
    for key, rows in sorted(by_thread.items()):
        (first, what), *others = rows
        against = [decision for decision, other in others if other != what]
        if against:
            findings[_finding(against[0], [first])] = None
        else:
            agreed[key] = (first, what)
    return agreed, tuple(findings)


def _way(same: Sequence[Same], apart: Apart) -> list[Decision]:
    """The fewest `same` decisions that join two threads which are declared apart; none where they are not joined."""
    of_thread: defaultdict[ThreadKey, list[Same]] = defaultdict(list)
    for said in same:
        for key in said[1]:
            of_thread[key].append(said)
    for start, goal in apart[1]:
        before: dict[ThreadKey, tuple[ThreadKey, Decision]] = {}
        queue = deque([start] if start in of_thread and goal in of_thread else [])
        while queue and goal not in before:
            key = queue.popleft()
            for decision, keys in of_thread[key]:
                for other in keys:
                    if other != start and other not in before:
                        before[other] = (key, decision)
                        queue.append(other)
        if goal in before:
            return _back(before, start, goal)
    return []


def _back(before: dict[ThreadKey, tuple[ThreadKey, Decision]], start: ThreadKey, goal: ThreadKey) -> list[Decision]:
    way: list[Decision] = []
    while goal != start:
        goal, decision = before[goal]
        if decision not in way:
            way.insert(0, decision)
    return way


def _finding(decision: Decision, others: Sequence[Decision]) -> Diagnostic:
    places = " and ".join(f"the `{other.kind.value}` at {other.where}" for other in others)
    message = f"this `{decision.kind.value}` contradicts {places}"
    return Diagnostic(code="FAQ603", where=decision.where, message=message, help=_HELP)
