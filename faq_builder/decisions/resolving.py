"""Decisions -> what they mean for each thread. Decisions that contradict each other are findings without effect."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.decisions.contradictions import agreed_values, without_contradictions, without_refused_answers
from faq_builder.decisions.targets import Target, Targets
from faq_builder.model import Decision, DecisionKind, Message, Note, NoteKind, PublicText, PublicThread, ThreadKey
from faq_builder.redact import redact_text

_NOTES = {
    DecisionKind.NOTE: NoteKind.NOTE,
    DecisionKind.CONFIRM: NoteKind.CONFIRMED,
    DecisionKind.OUTDATED: NoteKind.OUTDATED,
}


@dataclass(frozen=True, kw_only=True)
class ResolvedDecisions:
    """What people decided, by thread. It may name threads that are in no source now."""

    same: tuple[tuple[ThreadKey, ...], ...] = ()  # groups of threads, each of which is one topic
    apart: tuple[tuple[ThreadKey, ThreadKey], ...] = ()  # pairs that are never in one topic
    answers: Mapping[ThreadKey, tuple[str, ...]] = field(default_factory=dict)  # message ids, the main one first
    answered_at: Mapping[ThreadKey, Location] = field(default_factory=dict)  # the `answer` decision of each thread
    unanswered: Mapping[ThreadKey, str] = field(default_factory=dict)  # id of the last message that is no answer
    titles: Mapping[ThreadKey, PublicText] = field(default_factory=dict)  # the title of this thread's topic
    titled_at: Mapping[ThreadKey, Location] = field(default_factory=dict)  # the `title` decision of each thread
    hidden: frozenset[ThreadKey] = frozenset()
    notes: Mapping[ThreadKey, tuple[Note, ...]] = field(default_factory=dict)
    written: Mapping[str, Message[PublicText]] = field(default_factory=dict)  # answers that staff wrote, by topic id


def resolve_decisions(
    decisions: Sequence[Decision],
    threads: Sequence[PublicThread],
    targets: Targets,
    rules: RedactRules,
) -> tuple[ResolvedDecisions, tuple[Diagnostic, ...]]:
    """Return what decisions mean for the threads, and a finding for each target that does not exist.

    The order of the decisions makes no difference.
    """
    ordered = sorted(decisions, key=lambda d: (d.where.path, d.where.line or 0))
    resolver = _Resolver(targets, threads, rules)
    found = [(decision, resolver.targets_of(decision)) for decision in ordered]
    of_kind: defaultdict[DecisionKind, list[tuple[Decision, tuple[Target, ...]]]] = defaultdict(list)
    for decision, own_targets in found:
        of_kind[decision.kind].append((decision, own_targets))

    same = [(d, resolver.joined_threads(own)) for d, own in of_kind[DecisionKind.SAME]]
    apart = [(d, tuple(resolver.separated_pairs(d, own))) for d, own in of_kind[DecisionKind.APART]]
    answers = [row for d, own in of_kind[DecisionKind.ANSWER] for row in resolver.answers(d, own)]
    titles = [row for d, own in of_kind[DecisionKind.TITLE] for row in resolver.titles(d, own)]
    same, apart, findings = without_contradictions(same, apart)
    decided_answers, answer_findings = agreed_values(answers)
    refused = resolver.refused([row for d, own in of_kind[DecisionKind.UNANSWERED] for row in resolver.seen(d, own)])
    decided_answers, refused, refusal_findings = without_refused_answers(decided_answers, refused, resolver.position)
    decided_titles, title_findings = agreed_values(titles)
    resolved = ResolvedDecisions(
        same=tuple(sorted({keys for _, keys in same if len(keys) > 1})),
        apart=tuple(sorted({pair for _, pairs in apart for pair in pairs})),
        answers={key: ids for key, (_, ids) in decided_answers.items()},
        answered_at={key: decision.where for key, (decision, _) in decided_answers.items()},
        unanswered={key: message for key, (_, message) in refused.items()},
        titles={key: title for key, (_, title) in decided_titles.items()},
        titled_at={key: decision.where for key, (decision, _) in decided_titles.items()},
        hidden=frozenset(key for _, own in of_kind[DecisionKind.HIDE] for key in _thread_keys(own)),
        notes=resolver.notes(found),
    )
    return resolved, (*resolver.findings, *findings, *answer_findings, *refusal_findings, *title_findings)


def pairs_apart(groups: Sequence[Sequence[ThreadKey]]) -> tuple[tuple[ThreadKey, ThreadKey], ...]:
    """Return the pairs of threads that must not share a topic, sorted.

    One group: all pairs within it. Several groups: all pairs across them; a thread in two groups counts for the
    smaller one, so "this thread apart from its page" separates the thread from the rest of the page.
    """
    if len(groups) == 1:
        return tuple(combinations(sorted(groups[0]), 2))
    pairs = {
        (min(one, other), max(one, other))
        for first, second in combinations(map(set, groups), 2)
        for one in (first - second or first)
        for other in (second - first or second)
        if one != other
    }
    return tuple(sorted(pairs))


@dataclass
class _Resolver:
    """Finds the targets of decisions and collects a finding for each mistake in them."""

    targets: Targets
    threads: Sequence[PublicThread]
    rules: RedactRules
    findings: list[Diagnostic] = field(default_factory=list)
    _ids: dict[ThreadKey, list[str]] = field(default_factory=dict)  # the messages of the threads that were asked about

    def targets_of(self, decision: Decision) -> tuple[Target, ...]:
        """Return the targets of a decision; one that does not exist is a finding."""
        targets = [self.targets.find(reference) for reference in decision.references]
        for number, target in enumerate(targets, 1):
            if target is None:
                which = f"URL or id {number} of" if len(targets) > 1 else "the URL or id of"
                message = f"{which} this `{decision.kind.value}` matches no thread, message or page of this FAQ"
                self._find("FAQ604", decision, message, "correct it, or delete the decision if the thread is gone")
        return tuple(target for target in targets if target is not None)

    def joined_threads(self, targets: Sequence[Target]) -> tuple[ThreadKey, ...]:
        """Return one thread for each target of `same`, sorted.

        A page is represented by the thread that founded it; its other threads follow.
        """
        return tuple(sorted({self.targets.founder(target) for target in targets}))

    def separated_pairs(self, decision: Decision, targets: Sequence[Target]) -> Iterator[tuple[ThreadKey, ThreadKey]]:
        """Yield the pairs of threads that an `apart` decision separates; a decision without any is a finding."""
        pairs = pairs_apart([target.threads for target in targets])
        if len(decision.references) > 1 and len(targets) == 1:
            pairs = ()  # the other target does not exist, which is a finding of its own
        if not pairs and len(targets) == len(decision.references):
            advice = "name two threads, or a thread and the page that it is on"
            self._find("FAQ605", decision, "`apart` names only one thread", advice)
        yield from pairs

    def answers(
        self, decision: Decision, targets: Sequence[Target]
    ) -> Iterator[tuple[Decision, ThreadKey, tuple[str, ...]]]:
        """Yield the ids of the replies that an `answer` decision names, by thread; any other target is a finding."""
        chosen: defaultdict[ThreadKey, list[str]] = defaultdict(list)
        questions = {thread.key: thread.question.id for thread in self.threads}
        for target in targets:
            (key, *others) = target.threads
            if target.message is None or others or questions.get(key) == target.message:
                advice = "give the URL of the reply itself; a reply that was deleted or left out cannot be the answer"
                self._find("FAQ605", decision, "`answer` does not name a reply", advice)
            elif target.message not in chosen[key]:
                chosen[key].append(target.message)
        yield from ((decision, key, tuple(ids)) for key, ids in sorted(chosen.items()) if ids)

    def seen(self, decision: Decision, targets: Sequence[Target]) -> Iterator[tuple[Decision, ThreadKey, str]]:
        """Yield the last message that `unanswered` refuses in each thread; any other target is a finding."""
        for target in targets:
            if target.message is None or len(target.threads) > 1:
                advice = "give the URL of the last reply that you read, so that a newer reply counts again"
                self._find("FAQ605", decision, "`unanswered` does not name a reply", advice)
            else:
                yield decision, target.threads[0], target.message

    def refused(self, rows: Sequence[tuple[Decision, ThreadKey, str]]) -> dict[ThreadKey, tuple[Decision, str]]:
        """Return the latest message that is refused in each thread, with its decision."""
        latest: dict[ThreadKey, tuple[Decision, str]] = {}
        for decision, key, message in rows:
            if key not in latest or self.position(key, message) > self.position(key, latest[key][1]):
                latest[key] = (decision, message)
        return latest

    def position(self, key: ThreadKey, message: str) -> int:
        """Return the number of a message in its thread, 0 for the question; -1 if it is not there."""
        ids = self._ids.get(key)
        if ids is None:
            ids = self._ids[key] = next(([m.id for m in t.messages] for t in self.threads if t.key == key), [])
        return ids.index(message) if message in ids else -1

    def titles(self, decision: Decision, targets: Sequence[Target]) -> Iterator[tuple[Decision, ThreadKey, PublicText]]:
        """Yield the redacted title for each thread that a `title` decision names."""
        yield from ((decision, key, redact_text(decision.text or "", self.rules)) for key in _thread_keys(targets))

    def notes(self, found: Sequence[tuple[Decision, tuple[Target, ...]]]) -> Mapping[ThreadKey, tuple[Note, ...]]:
        """Return the banners of each thread in the order of the decisions."""
        notes: defaultdict[ThreadKey, list[Note]] = defaultdict(list)
        for decision, targets in found:
            if decision.kind in _NOTES:
                note = self._note(decision, _NOTES[decision.kind])
                for key in _thread_keys(targets):
                    notes[key].append(note)
        return {key: tuple(dict.fromkeys(own)) for key, own in sorted(notes.items())}

    def _note(self, decision: Decision, kind: NoteKind) -> Note:
        """Return the banner of a decision, redacted; an `instead` that a page cannot link to is a finding."""
        note = Note(
            kind=kind,
            text=redact_text(decision.text, self.rules) if decision.text else None,
            on=decision.on,
            version=redact_text(decision.version, self.rules) if decision.version else None,
        )
        if decision.instead is None:
            return note
        instead = self.targets.link_url(decision.instead)
        if instead is None:
            advice = "write a URL that begins with https://, or a page of this FAQ (which needs `site_url`)"
            self._find("FAQ604", decision, "`instead` is not a URL that a page can link to", advice)
        elif self.targets.is_unknown_page(decision.instead):
            advice = "correct it; for a page that is not locked yet, give the URL of the original thread"
            self._find("FAQ604", decision, "`instead` is not a page of this FAQ", advice)
        return replace(note, instead=instead)

    def _find(self, code: str, decision: Decision, message: str, advice: str) -> None:
        self.findings.append(Diagnostic(code=code, where=decision.where, message=message, help=advice))


def _thread_keys(targets: Sequence[Target]) -> tuple[ThreadKey, ...]:
    """Return the threads of all targets, sorted, each once."""
    return tuple(sorted({key for target in targets for key in target.threads}))
