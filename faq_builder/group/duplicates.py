"""The duplicates that sources declare themselves: who is said to ask the same as whom."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.decisions import Addresses
from faq_builder.model import PublicThread, ThreadKey

Declared = tuple[ThreadKey, ThreadKey]


def declared_duplicates(
    threads: Sequence[PublicThread], addresses: Addresses
) -> tuple[tuple[Declared, ...], tuple[Diagnostic, ...]]:
    """Each duplicate with what it is a duplicate of, sorted; marks that lead to none of the threads are findings."""
    here = {thread.key for thread in threads}
    declared: set[Declared] = set()
    findings: list[Diagnostic] = []
    for thread in threads:
        for target in thread.duplicate_of:
            found = addresses.thread(target)
            if found is None or found not in here:
                findings.append(_finding("FAQ620", thread.key, "the thread is a duplicate of one that is not here", ""))
            elif found != thread.key:
                declared.add((thread.key, found))
    return tuple(sorted(declared)), tuple(findings)


def circle_findings(declared: Collection[Declared]) -> Iterator[Diagnostic]:
    """A finding for each circle of threads that lead to each other."""
    for circle in _circles(declared):
        message = f"{len(circle)} threads lead to each other in a circle, as duplicates or by a reply"
        advice = "keep one as the original: take its mark out, which is `duplicate_of` in a file"
        yield _finding("FAQ621", circle[0], message, advice)


def _circles(declared: Collection[Declared]) -> list[list[ThreadKey]]:
    """The threads from which a chain of duplicates leads back to them; those that hang together, sorted."""
    left = set(declared)
    while True:
        inner = {one for one, _ in left} & {other for _, other in left}
        kept = {(one, other) for one, other in left if one in inner and other in inner}
        if kept == left:
            break
        left = kept
    near: defaultdict[ThreadKey, set[ThreadKey]] = defaultdict(set)
    for one, other in left:
        near[one].add(other)
        near[other].add(one)
    circles: list[list[ThreadKey]] = []
    seen: set[ThreadKey] = set()
    for start in sorted(near):
        if start not in seen:
            circle, queue = {start}, [start]
            while queue:
                new = near[queue.pop()] - circle
                circle |= new
                queue += new
            seen |= circle
            circles.append(sorted(circle))
    return circles


def _finding(code: str, key: ThreadKey, message: str, advice: str) -> Diagnostic:
    return Diagnostic(code=code, where=Location.in_thread(key), message=message, help=advice)
