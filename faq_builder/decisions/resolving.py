"""Decisions -> what they mean for single threads. Decisions that contradict each other are reported and not obeyed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import RedactRules
from faq_builder.decisions.contradictions import contradictions, of_one_thread
from faq_builder.decisions.targets import Addresses, Place
from faq_builder.model import Decision, DecisionKind, Message, Note, NoteKind, PublicText, PublicThread, ThreadKey
from faq_builder.redact import redact_text

_NOTES = {
    DecisionKind.NOTE: NoteKind.NOTE,
    DecisionKind.CONFIRM: NoteKind.CONFIRMED,
    DecisionKind.OUTDATED: NoteKind.OUTDATED,
}


@dataclass(frozen=True, kw_only=True)
class Rulings:
    """What people decided, by thread. Threads may be named that are not here (any more)."""

    same: tuple[tuple[ThreadKey, ...], ...] = ()  # each of these is one topic
    apart: tuple[tuple[ThreadKey, ThreadKey], ...] = ()  # never in one topic
    answers: Mapping[ThreadKey, tuple[str, ...]] = field(default_factory=dict)  # message ids, the main one first
    answered_at: Mapping[ThreadKey, Location] = field(default_factory=dict)  # where the answer was decided
    titles: Mapping[ThreadKey, PublicText] = field(default_factory=dict)  # of the topic of this thread
    titled_at: Mapping[ThreadKey, Location] = field(default_factory=dict)  # where the title was decided
    hidden: frozenset[ThreadKey] = frozenset()
    notes: Mapping[ThreadKey, tuple[Note, ...]] = field(default_factory=dict)
    written: Mapping[str, Message[PublicText]] = field(default_factory=dict)  # answers for topics, by topic id


def resolve(
    decisions: Sequence[Decision],
    threads: Sequence[PublicThread],
    addresses: Addresses,
    rules: RedactRules,
) -> tuple[Rulings, tuple[Diagnostic, ...]]:
    """What the decisions mean for these threads, whatever their order; addresses that lead nowhere are findings."""
    ordered = sorted(decisions, key=lambda d: (d.where.path, d.where.line or 0))
    resolver = _Resolver(addresses, threads, rules)
    found = [(decision, resolver.places(decision)) for decision in ordered]
    of_kind: defaultdict[DecisionKind, list[tuple[Decision, tuple[Place, ...]]]] = defaultdict(list)
    for decision, places in found:
        of_kind[decision.kind].append((decision, places))

    same = [(d, resolver.one_topic(places)) for d, places in of_kind[DecisionKind.SAME]]
    apart = [(d, tuple(resolver.separated(d, places))) for d, places in of_kind[DecisionKind.APART]]
    answers = [row for d, places in of_kind[DecisionKind.ANSWER] for row in resolver.answers(d, places)]
    titles = [
        (d, key, redact_text(d.text or "", rules)) for d, places in of_kind[DecisionKind.TITLE] for key in _keys(places)
    ]
    same, apart, findings = contradictions(same, apart)
    decided_answers, answer_findings = of_one_thread(answers)
    decided_titles, title_findings = of_one_thread(titles)
    rulings = Rulings(
        same=tuple(sorted({keys for _, keys in same if len(keys) > 1})),
        apart=tuple(sorted({pair for _, pairs in apart for pair in pairs})),
        answers={key: ids for key, (_, ids) in decided_answers.items()},
        answered_at={key: decision.where for key, (decision, _) in decided_answers.items()},
        titles={key: title for key, (_, title) in decided_titles.items()},
        titled_at={key: decision.where for key, (decision, _) in decided_titles.items()},
        hidden=frozenset(key for _, places in of_kind[DecisionKind.HIDE] for key in _keys(places)),
        notes=resolver.notes(found),
    )
    return rulings, (*resolver.findings, *findings, *answer_findings, *title_findings)


@dataclass
class _Resolver:
    """Follows the addresses of decisions and collects what is wrong with them."""

    addresses: Addresses
    threads: Sequence[PublicThread]
    rules: RedactRules
    findings: list[Diagnostic] = field(default_factory=list)

    def places(self, decision: Decision) -> tuple[Place, ...]:
        """Where the addresses of a decision lead; one that leads nowhere is a finding."""
        places = [self.addresses.find(address) for address in decision.addresses]
        for number, place in enumerate(places, 1):
            if place is None:
                which = f"address {number} of this" if len(places) > 1 else "the address of this"
                message = f"{which} `{decision.kind.value}` leads to no thread, message or page of this FAQ"
                self._find("FAQ604", decision, message, "check it, or delete the decision if the thread is gone")
        return tuple(place for place in places if place is not None)

    def one_topic(self, places: Sequence[Place]) -> tuple[ThreadKey, ...]:
        """One thread for each address. A page is stood for by its founder; the others of the page follow it."""
        return tuple(sorted({self.addresses.founder(place) for place in places}))

    def separated(self, decision: Decision, places: Sequence[Place]) -> Iterator[tuple[ThreadKey, ThreadKey]]:
        """The pairs of threads that a decision keeps apart.

        A thread and its own page: the thread from all others of the page. A page alone: all its threads.
        """
        pairs = pairs_apart([place.threads for place in places])
        if len(decision.addresses) > 1 and len(places) == 1:
            pairs = ()  # the other address leads nowhere
        if not pairs and len(places) == len(decision.addresses):
            advice = "name two threads, or a thread and the page that it is on"
            self._find("FAQ605", decision, "`apart` names one thread only", advice)
        yield from pairs

    def answers(
        self, decision: Decision, places: Sequence[Place]
    ) -> Iterator[tuple[Decision, ThreadKey, tuple[str, ...]]]:
        """The replies of each thread that a decision declares its answer."""
        chosen: defaultdict[ThreadKey, list[str]] = defaultdict(list)
        questions = {thread.key: thread.question.id for thread in self.threads}
        for place in places:
            (key, *others) = place.threads
            if place.message is None or others or questions.get(key) == place.message:
                advice = "give the address of the reply itself; one that was taken out cannot be the answer"
                self._find("FAQ605", decision, "`answer` names something that is not a reply", advice)
            elif place.message not in chosen[key]:
                chosen[key].append(place.message)
        yield from ((decision, key, tuple(ids)) for key, ids in sorted(chosen.items()) if ids)

    def notes(self, found: Sequence[tuple[Decision, tuple[Place, ...]]]) -> Mapping[ThreadKey, tuple[Note, ...]]:
        """The banners of each thread in the order of the decisions."""
        notes: defaultdict[ThreadKey, list[Note]] = defaultdict(list)
        for decision, places in found:
            if decision.kind in _NOTES:
                note = self._note(decision, _NOTES[decision.kind])
                for key in _keys(places):
                    notes[key].append(note)
        return {key: tuple(dict.fromkeys(own)) for key, own in sorted(notes.items())}

    def _note(self, decision: Decision, kind: NoteKind) -> Note:
        note = Note(
            kind=kind,
            text=redact_text(decision.text, self.rules) if decision.text else None,
            on=decision.on,
            version=redact_text(decision.version, self.rules) if decision.version else None,
        )
        if decision.instead is None:
            return note
        instead = self.addresses.url(decision.instead)
        if instead is None:
            advice = "write https://..., or a page of this FAQ (then `site_url` must be set)"
            self._find("FAQ604", decision, "`instead` is not an address that a page can link to", advice)
        elif self.addresses.is_unknown_page(decision.instead):
            advice = "check it; for a page that is not locked yet, give the address of its original discussion"
            self._find("FAQ604", decision, "`instead` leads to no page of this FAQ", advice)
        return replace(note, instead=instead)

    def _find(self, code: str, decision: Decision, message: str, advice: str) -> None:
        self.findings.append(Diagnostic(code=code, where=decision.where, message=message, help=advice))


def _keys(places: Sequence[Place]) -> tuple[ThreadKey, ...]:
    return tuple(sorted({key for place in places for key in place.threads}))


def pairs_apart(groups: Sequence[Sequence[ThreadKey]]) -> tuple[tuple[ThreadKey, ThreadKey], ...]:
    """The pairs of threads that `apart` separates, sorted: of one page all, else each of one from each of the other.

    What two of them share stays with the smaller one: a thread and its own page are the thread and the others there.
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
