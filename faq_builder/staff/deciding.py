"""New decisions in the form in which they are written: with permanent URLs, about threads and not about previews."""

from collections.abc import Sequence
from dataclasses import replace

from faq_builder.decisions import pairs_apart
from faq_builder.model import Decision, DecisionKind
from faq_builder.pipeline import Prepared
from faq_builder.staff.lookup import find_target, preview_at, threads_at


def with_permanent_urls(prepared: Prepared, decision: Decision) -> Sequence[Decision]:
    """Return the decision with permanent URLs. An `apart` about whole pages becomes one decision per pair of threads.

    A page that is only a preview is named by the discussion that founded it; `hide` names all its discussions. After
    `apart` the threads are no longer on one page, so `apart` names discussions.
    """
    if decision.kind is DecisionKind.APART:
        return _apart(prepared, decision)
    is_hidden = decision.kind is DecisionKind.HIDE
    urls = [url for given in decision.references for url in _permanent_urls(prepared, given, every=is_hidden)]
    return (replace(decision, references=tuple(dict.fromkeys(urls))),)


def names_no_reply(prepared: Prepared, decision: Decision) -> bool:
    """Whether an `answer` or `unanswered` names a page or a discussion instead of one of its replies."""
    targets = [find_target(prepared, url) for url in decision.references]
    needs_reply = decision.kind in (DecisionKind.ANSWER, DecisionKind.UNANSWERED)
    return needs_reply and any(target and target.message is None for target in targets)


def _permanent_urls(prepared: Prepared, url: str, *, every: bool) -> Sequence[str]:
    topic = preview_at(prepared, url) if prepared.targets.find(url) is None else None
    if topic is None:
        return (url,)
    return [prepared.targets.name(member.thread) for member in topic.members[: None if every else 1]]


def _apart(prepared: Prepared, decision: Decision) -> Sequence[Decision]:
    """Return one decision for one page (all its threads apart), else one for each pair of threads."""
    groups = [threads_at(prepared, url) for url in decision.references]
    pairs = pairs_apart(groups)
    if not pairs or not all(groups) or max(map(len, groups)) == 1:
        return (decision,)
    by_key = {thread.key: thread for thread in prepared.threads}
    keys = {key for group in groups for key in group}
    url_of = {key: prepared.targets.name(by_key[key]) if key in by_key else str(key) for key in keys}
    separated = [groups[0]] if len(groups) == 1 else pairs
    return [replace(decision, references=tuple(url_of[key] for key in each)) for each in separated]
