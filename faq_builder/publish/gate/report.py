"""What publishing would change: a phrase for the terminal, and Markdown for a pull request."""

import re
from collections.abc import Iterator, Sequence

from faq_builder.base.diagnostics import Diagnostic, Severity
from faq_builder.publish.gate.compare import Change, ChangeKind, Changes
from faq_builder.publish.manifest import ManifestPage, PageKind, SourceCount, source_of

MAX_LISTED = (
    40  # changes of one kind, and findings; the rest are counted: a comment on GitHub can have 65,536 characters
)

_TITLES = {
    ChangeKind.LOST: "Lost pages",
    ChangeKind.LIST_REMOVED: "Removed list pages",
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.MERGED: "Merged",
    ChangeKind.REDIRECTED: "Redirected",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.RETURNED: "Answered again",
    ChangeKind.ADDED: "Added",
}
_VERBS = {kind: kind.value for kind in ChangeKind} | {
    ChangeKind.RETURNED: "answered again",
    ChangeKind.LIST_REMOVED: "removed",
}


def changes_phrase(changes: Changes) -> str:
    """Return the number of changes of each kind: "2 pages added, 1 page withdrawn, 1 list page removed"."""
    counts = ((kind, len(changes.of_kind(kind))) for kind in ChangeKind)
    phrases = [_count_phrase(kind, count) for kind, count in counts if count]
    return ", ".join(phrases) or "nothing changes for readers"


def gate_report(changes: Changes | None, diagnostics: Sequence[Diagnostic] = ()) -> str:
    """Return a Markdown text: whether the site may be published, the counts of each source, and every change.

    `changes` is None if the sites could not be compared. Questions of withdrawn topics are not repeated.
    """
    lines = ["# What this would change in the FAQ", "", _verdict(changes, diagnostics), ""]
    for diagnostic in sorted(diagnostics, key=lambda d: -d.level.rank)[:MAX_LISTED]:
        message = f"{_escaped(diagnostic.message)}{_item_and_help(diagnostic)}"
        lines.append(f"- {diagnostic.level.value} {diagnostic.code}: {message}")
    if len(diagnostics) > MAX_LISTED:
        lines.append(f"- and {len(diagnostics) - MAX_LISTED} more")
    if diagnostics:
        lines.append("")
    if changes is None:
        return "\n".join(lines)
    urgent = _to_read_first(changes)
    if urgent:
        lines += [f"## Read these first ({len(urgent)})", "", *_change_lines(urgent, changes), ""]
    lines += _source_table(changes)
    for kind, title in _TITLES.items():
        found = tuple(change for change in changes.of_kind(kind) if change not in urgent)
        if found:
            lines += [f"## {title} ({len(found)})", "", *_change_lines(found, changes), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _to_read_first(changes: Changes) -> tuple[Change, ...]:
    """Return the pages with another leading answer, then those with another headline, then those with other threads."""
    changed = changes.of_kind(ChangeKind.CHANGED)
    urgent = [change for change in changed if change.new_lead or change.new_question or change.new_threads]
    urgent.sort(key=lambda change: (not change.new_lead, not change.new_question))
    return tuple(urgent)


def _count_phrase(kind: ChangeKind, count: int) -> str:
    noun = "list page" if kind is ChangeKind.LIST_REMOVED else "page"
    return f"{count} {noun}{'' if count == 1 else 's'} {_VERBS[kind]}"


def _verdict(changes: Changes | None, diagnostics: Sequence[Diagnostic]) -> str:
    if changes is None or any(diagnostic.level is Severity.ERROR for diagnostic in diagnostics):
        return "**This must not be published:**"
    phrase = changes_phrase(changes)
    return f"{phrase[0].upper()}{phrase[1:]}."


def _item_and_help(diagnostic: Diagnostic) -> str:
    advice = f"; {_escaped(diagnostic.help)}" if diagnostic.help else ""
    return f" (`{diagnostic.where.item}`){advice}" if diagnostic.where.item else advice


def _source_table(changes: Changes) -> Iterator[str]:
    """Yield a table with the counts of each source before and after."""
    old, new = changes.old.sources, changes.new.sources
    taken_out = {loss.source: loss.taken_out for loss in changes.losses}
    yield "| source | answered topics | threads in them | taken out by people |"
    yield "|---|--:|--:|--:|"
    for source in sorted(old.keys() | new.keys()):
        before, after = old.get(source, SourceCount()), new.get(source, SourceCount())
        topics, threads = _before_after(before.topics, after.topics), _before_after(before.threads, after.threads)
        yield f"| {source} | {topics} | {threads} | {taken_out.get(source, 0)} |"
    yield ""


def _before_after(before: int, after: int) -> str:
    return str(after) if before == after else f"{before} → {after}"


def _change_lines(found: Sequence[Change], changes: Changes) -> Iterator[str]:
    yield from (f"- {_change_line(change, changes)}" for change in found[:MAX_LISTED])
    if len(found) > MAX_LISTED:
        yield f"- and {len(found) - MAX_LISTED} more"


def _change_line(change: Change, changes: Changes) -> str:
    if change.kind in (ChangeKind.ADDED, ChangeKind.RETURNED):
        preview = ": a preview; its URL is not permanent yet" if change.page.unlocked else ""
        return f"{_page_link(change.page, changes)}{_sources_in_brackets(change.page)}{preview}"
    if change.kind is ChangeKind.CHANGED:
        return f"{_page_link(change.page, changes)}: {_what_changed(change)}"
    if change.kind in (ChangeKind.MERGED, ChangeKind.REDIRECTED):
        return _redirect_line(change, changes)
    return _site_path(change.page)


def _redirect_line(change: Change, changes: Changes) -> str:
    target = changes.new.by_site_path.get(change.page.target)
    link = _page_link(target, changes) if target else "a page that does not exist"
    return f"{_site_path(change.page)} redirects to {link}"


def _what_changed(change: Change) -> str:
    """Return what changed on a page: "another leading answer (forum:1#2 → forum:1#4), 1 thread from forum added"."""
    before, after = change.before, change.after
    if before is None or after is None or after.kind is not PageKind.TOPIC:
        return "replaced by another page"
    joined, left = set(after.threads) - set(before.threads), set(before.threads) - set(after.threads)
    facts = []
    if change.new_lead:
        facts.append(f"another leading answer ({_escaped(before.lead)} → {_escaped(after.lead)})")
    if change.new_question:
        facts.append(f"new headline (it was: {_escaped(before.question)})")
    if joined:
        facts.append(f"{_thread_count_phrase(joined)} added")
    if left:
        facts.append(f"{_thread_count_phrase(left)} removed")
    return ", ".join(facts) or "new text"


def _thread_count_phrase(keys: set[str]) -> str:
    sources = sorted({source_of(key) for key in keys})
    return f"{len(keys)} {'thread' if len(keys) == 1 else 'threads'} from {', '.join(sources)}"


def _sources_in_brackets(page: ManifestPage) -> str:
    return f" ({', '.join(sorted({source_of(key) for key in page.threads}))})" if page.threads else ""


def _page_link(page: ManifestPage, changes: Changes) -> str:
    """Return the question as a Markdown link.

    No link for a preview or without `site_url`; the site path if no question is recorded.
    """
    question, site_url = _escaped(page.question), changes.new.site_url
    if page.unlocked:
        return question or page.id
    if question and site_url:
        return f"[{question}]({site_url}{page.site_path})"
    return f"{question} {_site_path(page)}" if question else _site_path(page)


def _site_path(page: ManifestPage) -> str:
    return f"`{page.site_path or 'the home page'}`"


def _escaped(text: str) -> str:
    """Escape a text for one line: "*a* @b" -> "\\\\*a\\\\* @\\u2060b"; a code host finds no people or issues in it."""
    escaped = re.sub(r"[\\`*_{}\[\]<>|~]", r"\\\g<0>", " ".join(text.split())).replace("&", "&amp;")
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", escaped)
