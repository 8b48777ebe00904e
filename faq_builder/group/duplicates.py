"""Duplicate marks of sources: which thread each marked thread duplicates."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.decisions import Targets
from faq_builder.model import PublicThread, ThreadKey

DuplicatePair = tuple[ThreadKey, ThreadKey]  # a duplicate and its original


def declared_duplicates(
    threads: Sequence[PublicThread], targets: Targets
) -> tuple[tuple[DuplicatePair, ...], tuple[Diagnostic, ...]]:
    """Return each marked thread with its original, sorted; a mark whose original is not here is a finding."""
    here = {thread.key for thread in threads}
    duplicates: set[DuplicatePair] = set()
    findings: list[Diagnostic] = []
    for thread in threads:
        for reference in thread.duplicate_of:
            original = targets.thread(reference)
            if original is None or original not in here:
                message = "the thread is marked as a duplicate of a thread that is not here"
                findings.append(_finding("FAQ620", thread.key, message, ""))
            elif original != thread.key:
                duplicates.add((thread.key, original))
    return tuple(sorted(duplicates)), tuple(findings)


def circle_findings(duplicates: Collection[DuplicatePair]) -> Iterator[Diagnostic]:
    """Yield a finding for each circle of threads that are marked as duplicates of each other."""
    for circle in _circles(duplicates):
        message = f"{len(circle)} threads name each other as the original, by duplicate marks or by links in replies"
        advice = "choose one as the original and remove its duplicate mark (in a thread file: `duplicate_of`)"
        yield _finding("FAQ621", circle[0], message, advice)


def _circles(duplicates: Collection[DuplicatePair]) -> list[list[ThreadKey]]:
    """Return the threads in circles, connected threads in one sorted list.

    Repeatedly drop pairs with a thread that is not both a duplicate and an original. What remains are circles and the
    chains that connect them.
    """
    left = set(duplicates)
    while True:
        inner = {one for one, _ in left} & {other for _, other in left}
        kept = {(one, other) for one, other in left if one in inner and other in inner}
        if kept == left:
            break
        left = kept
    neighbours: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
    for one, other in left:
        neighbours[one].add(other)
        neighbours[other].add(one)
    circles: list[list[ThreadKey]] = []
    seen: set[ThreadKey] = set()
    for start in sorted(neighbours):
        if start not in seen:
            circle, queue = {start}, [start]
            while queue:
                new = neighbours[queue.pop()] - circle
                circle |= new
                queue += new
            seen |= circle
            circles.append(sorted(circle))
    return circles


def _finding(code: str, key: ThreadKey, message: str, advice: str) -> Diagnostic:
    """Return a finding about a duplicate mark; `advice` is its help."""
    return Diagnostic(code=code, where=Location.in_thread(key), message=message, help=advice)
