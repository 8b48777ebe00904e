"""New decisions of people: made permanent, checked against the others, and added to the file of decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.decisions import pairs_apart
from faq_builder.decisions.appending import DECISIONS_FILE, append_decisions, find_objections
from faq_builder.model import Decision, DecisionKind
from faq_builder.pipeline import Prepared
from faq_builder.staff.lookup import find_target, preview_at, threads_at


@dataclass(frozen=True, kw_only=True)
class NewDecisions:
    """Decisions that were not there before, and the file with them."""

    decisions: tuple[Decision, ...]
    objections: tuple[Diagnostic, ...] = ()  # why they must not be written, if there is a reason
    text: str | None = None  # of the whole file; None if it cannot be extended


def new_decisions(prepared: Prepared, decisions: Sequence[Decision], current: str) -> NewDecisions:
    """Check decisions and add those that are new to the text of the file of decisions."""
    known = {_content(decision) for decision in prepared.decisions}
    new = tuple(decision for decision in decisions if _content(decision) not in known)
    against = find_objections(new, prepared.decisions, prepared.threads, prepared.targets, prepared.config.redact)
    return NewDecisions(decisions=new, objections=against, text=None if against else append_decisions(current, new))


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
    """Whether an `answer` names a page or a discussion instead of one of its replies."""
    targets = [find_target(prepared, url) for url in decision.references]
    return decision.kind is DecisionKind.ANSWER and any(target and target.message is None for target in targets)


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


def _content(decision: Decision) -> Decision:
    """Return the decision without its location and reason, its URLs sorted, to compare what it decides."""
    return replace(
        decision, references=tuple(sorted(decision.references)), where=Location(path=DECISIONS_FILE), reason=""
    )
