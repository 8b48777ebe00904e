"""Decisions that contradict each other: one finding names all of them, and none of them takes effect."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.model import Decision, ThreadKey

DecidedValue = TypeVar("DecidedValue")
SameDecision = tuple[Decision, tuple[ThreadKey, ...]]  # with the threads that it joins
ApartDecision = tuple[Decision, tuple[tuple[ThreadKey, ThreadKey], ...]]  # with the pairs that it separates

_HELP = "delete one of these decisions; none of them takes effect until then"


def without_contradictions(
    same: Sequence[SameDecision], apart: Sequence[ApartDecision]
) -> tuple[list[SameDecision], list[ApartDecision], tuple[Diagnostic, ...]]:
    """Return the `same` and `apart` decisions without contradictions, and a finding for each contradicting `apart`.

    `same` is transitive: "A same B" and "B same C" contradict "A apart C", and all three are dropped.
    """
    findings: list[Diagnostic] = []
    kept_same, kept_apart = list(same), list(apart)
    while True:
        clashes = [(decided, chain) for decided in kept_apart if (chain := _joining_chain(kept_same, decided))]
        if not clashes:
            return kept_same, kept_apart, tuple(findings)
        findings += [_contradiction_finding(decided[0], chain) for decided, chain in clashes]
        dropped = [decision for decided, chain in clashes for decision in (decided[0], *chain)]
        kept_same = [decided for decided in kept_same if decided[0] not in dropped]
        kept_apart = [decided for decided in kept_apart if decided[0] not in dropped]


def agreed_values(
    decided: Sequence[tuple[Decision, ThreadKey, DecidedValue]],
) -> tuple[dict[ThreadKey, tuple[Decision, DecidedValue]], tuple[Diagnostic, ...]]:
    """Return the decided value of each thread whose decisions agree, with the first of these decisions.

    A thread with two different values, such as two titles, gets no value but a finding.
    """
    by_thread: defaultdict[ThreadKey, list[tuple[Decision, DecidedValue]]] = defaultdict(list)
    for decision, key, value in decided:
        by_thread[key].append((decision, value))
    findings: dict[Diagnostic, None] = {}
    agreed: dict[ThreadKey, tuple[Decision, DecidedValue]] = {}
    for key, rows in sorted(by_thread.items()):
        (first, value), *others = rows
        contradicting = [decision for decision, other in others if other != value]
        if contradicting:
            findings[_contradiction_finding(contradicting[0], [first])] = None
        else:
            agreed[key] = (first, value)
    return agreed, tuple(findings)


def without_refused_answers(
    answers: Mapping[ThreadKey, tuple[Decision, tuple[str, ...]]],
    refused: Mapping[ThreadKey, tuple[Decision, str]],
    position: Callable[[ThreadKey, str], int],
) -> tuple[
    dict[ThreadKey, tuple[Decision, tuple[str, ...]]], dict[ThreadKey, tuple[Decision, str]], tuple[Diagnostic, ...]
]:
    """Return the `answer` and `unanswered` decisions of each thread without contradictions, and the findings.

    They contradict each other if the answer stands before the last message that is refused; neither takes effect.
    """
    clashing = {
        key
        for key, (_, last) in refused.items()
        if key in answers and any(position(key, message) <= position(key, last) for message in answers[key][1])
    }
    findings = dict.fromkeys(_contradiction_finding(refused[key][0], [answers[key][0]]) for key in sorted(clashing))
    return (
        {key: row for key, row in answers.items() if key not in clashing},
        {key: row for key, row in refused.items() if key not in clashing},
        tuple(findings),
    )


def _joining_chain(same: Sequence[SameDecision], apart: ApartDecision) -> list[Decision]:
    """Return the shortest chain of `same` decisions that joins a pair which `apart` separates; empty if none does."""
    of_thread: defaultdict[ThreadKey, list[SameDecision]] = defaultdict(list)
    for decided in same:
        for key in decided[1]:
            of_thread[key].append(decided)
    for start, goal in apart[1]:
        # breadth-first search: for each thread that was reached, the thread before it and the decision that joins them
        reached_by: dict[ThreadKey, tuple[ThreadKey, Decision]] = {}
        queue = deque([start] if start in of_thread and goal in of_thread else [])
        while queue and goal not in reached_by:
            key = queue.popleft()
            for decision, keys in of_thread[key]:
                for other in keys:
                    if other != start and other not in reached_by:
                        reached_by[other] = (key, decision)
                        queue.append(other)
        if goal in reached_by:
            return _decisions_between(start, goal, reached_by)
    return []


def _decisions_between(
    start: ThreadKey, goal: ThreadKey, reached_by: dict[ThreadKey, tuple[ThreadKey, Decision]]
) -> list[Decision]:
    """Return the decisions on the path that the search found, from start to goal, each once."""
    chain: list[Decision] = []
    while goal != start:
        goal, decision = reached_by[goal]
        if decision not in chain:
            chain.insert(0, decision)
    return chain


def _contradiction_finding(decision: Decision, others: Sequence[Decision]) -> Diagnostic:
    """Return the finding at a decision that contradicts others."""
    others_at = " and ".join(f"the `{other.kind.value}` at {other.where}" for other in others)
    message = f"this `{decision.kind.value}` contradicts {others_at}"
    return Diagnostic(code="FAQ603", where=decision.where, message=message, help=_HELP)
