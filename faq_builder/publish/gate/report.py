"""What publishing would change, as Markdown for a pull request."""

import re
from collections.abc import Iterator, Sequence

from faq_builder.base.diagnostics import Diagnostic, Severity
from faq_builder.publish.gate.compare import Change, ChangeKind, Changes
from faq_builder.publish.manifest import Count, ManifestPage, PageKind, source_of

LISTED = 40  # changes of one kind in full: a comment on GitHub holds 65,536 characters

_TITLES = {
    ChangeKind.LOST: "Lost addresses",
    ChangeKind.LIST_GONE: "Lists that are gone",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.MERGED: "Merged",
    ChangeKind.REDIRECTED: "Redirected",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.RETURNED: "Answered again",
    ChangeKind.ADDED: "Added",
}


def report(changes: Changes | None, diagnostics: Sequence[Diagnostic] = ()) -> str:
    """A Markdown text: whether it may be published, how much each source has, and every change with its address.

    Questions that are withdrawn are not repeated. None: the sites could not be compared.
    """
    lines = ["# What this would change in the FAQ", "", _verdict(changes, diagnostics), ""]
    for diagnostic in sorted(diagnostics, key=lambda d: -d.level.rank)[:LISTED]:
        lines.append(
            f"- {diagnostic.level.value} {diagnostic.code}: {_escaped(diagnostic.message)}{_where(diagnostic)}"
        )
    lines += [f"- and {len(diagnostics) - LISTED} more"] if len(diagnostics) > LISTED else []
    lines += [""] if diagnostics else []
    if changes is None:
        return "\n".join(lines)
    lines += _sources(changes)
    for kind, title in _TITLES.items():
        found = changes.of(kind)
        if found:
            lines += [f"## {title} ({len(found)})", "", *_listed(found, changes), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _verdict(changes: Changes | None, diagnostics: Sequence[Diagnostic]) -> str:
    if changes is None or any(diagnostic.level is Severity.ERROR for diagnostic in diagnostics):
        return "**It must not be published like this:**"
    if not changes.changes:
        return "Nothing that readers see."
    counts = (f"{len(changes.of(kind))} {kind.value}" for kind in ChangeKind if changes.of(kind))
    return f"{', '.join(counts)}."


def _where(diagnostic: Diagnostic) -> str:
    advice = f"; {_escaped(diagnostic.help)}" if diagnostic.help else ""
    return f" (`{diagnostic.where.item}`){advice}" if diagnostic.where.item else advice


def _sources(changes: Changes) -> Iterator[str]:
    """A table of what each source has on the site and had before."""
    old, new = changes.old.sources, changes.new.sources
    taken_out = {loss.source: loss.taken_out for loss in changes.losses}
    yield "| source | answered topics | threads in them | taken out by people |"
    yield "|---|--:|--:|--:|"
    for source in sorted(old.keys() | new.keys()):
        before, after = old.get(source, Count()), new.get(source, Count())
        topics, threads = _step(before.topics, after.topics), _step(before.threads, after.threads)
        yield f"| {source} | {topics} | {threads} | {taken_out.get(source, 0)} |"
    yield ""


def _step(before: int, after: int) -> str:
    return str(after) if before == after else f"{before} → {after}"


def _listed(found: Sequence[Change], changes: Changes) -> Iterator[str]:
    yield from (f"- {_line(change, changes)}" for change in found[:LISTED])
    if len(found) > LISTED:
        yield f"- and {len(found) - LISTED} more"


def _line(change: Change, changes: Changes) -> str:
    if change.kind in (ChangeKind.ADDED, ChangeKind.RETURNED):
        preview = ": a preview, its address is not permanent yet" if change.page.unlocked else ""
        return f"{_link(change.page, changes)}{_asked_in(change.page)}{preview}"
    if change.kind is ChangeKind.CHANGED:
        return f"{_link(change.page, changes)}: {_what(change)}"
    if change.kind in (ChangeKind.MERGED, ChangeKind.REDIRECTED):
        return _leads(change, changes)
    return _address(change.page)


def _leads(change: Change, changes: Changes) -> str:
    target = changes.new.by_address.get(change.page.target)
    return f"{_address(change.page)} leads to {_link(target, changes) if target else 'nothing'}"


def _what(change: Change) -> str:
    """In which way a page differs."""
    before, after = change.before, change.after
    if before is None or after is None or after.kind is not PageKind.TOPIC:
        return "another page stands there"
    joined, left = set(after.threads) - set(before.threads), set(before.threads) - set(after.threads)
    facts = []
    if before.question != after.question:
        facts.append("another title")
    if joined:
        facts.append(f"joined by {_threads(joined)}")
    if left:
        facts.append(f"left by {_threads(left)}")
    return ", ".join(facts) or "another text"


def _threads(keys: set[str]) -> str:
    sources = sorted({source_of(key) for key in keys})
    return f"{len(keys)} {'thread' if len(keys) == 1 else 'threads'} of {', '.join(sources)}"


def _asked_in(page: ManifestPage) -> str:
    return f" ({', '.join(sorted({source_of(key) for key in page.threads}))})" if page.threads else ""


def _link(page: ManifestPage, changes: Changes) -> str:
    question, site_url = _escaped(page.question), changes.new.site_url
    if page.unlocked:
        return question or page.id
    if question and site_url:
        return f"[{question}]({site_url}{page.address})"
    return f"{question} {_address(page)}" if question else _address(page)


def _address(page: ManifestPage) -> str:
    return f"`{page.address or 'the home page'}`"


def _escaped(text: str) -> str:
    """A text on one line that is no markup, and in which a code host finds no people (@) and no issues (#)."""
    marked = re.sub(r"[\\`*_{}\[\]<>|~]", r"\\\g<0>", " ".join(text.split())).replace("&", "&amp;")
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", marked)
