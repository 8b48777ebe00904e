"""Which replies of a thread answer it: what people decided, else the first rule of answer/reasons.py that applies."""

from collections.abc import Sequence
from dataclasses import replace

from faq_builder.answer.reasons import RULES, Rule, has_text
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Answer, Answered, NoteKind, PublicThread, Reason

_LEVELS = tuple(PublishLevel)  # marked, likely, all: each level accepts what the levels before it accept, and more


def choose_answers(
    threads: Sequence[PublicThread], level: PublishLevel, resolved: ResolvedDecisions
) -> tuple[tuple[Answered, ...], tuple[Diagnostic, ...]]:
    """Return each thread with its answer, in the same order; the answer is None if no reply is sure enough.

    An `answer` decision that names a reply without a text is a finding.
    """
    rules = [rule for rule in RULES if _LEVELS.index(rule.level) <= _LEVELS.index(level)]
    findings: list[Diagnostic] = []
    answered: list[Answered] = []
    for thread in threads:
        decided = resolved.answers.get(thread.key, ())
        with_text = tuple(i for i in decided if (m := thread.message(i)) and has_text(m, thread))
        if len(with_text) < len(decided):
            findings.append(_missing_text_finding(thread, resolved))
        if with_text:
            answer: Answer | None = Answer(messages=with_text, reason=Reason.DECISION, confidence=1.0)
        else:
            is_confirmed = any(note.kind is NoteKind.CONFIRMED for note in resolved.notes.get(thread.key, ()))
            answer = _choose(_without_refused(thread, resolved), rules, is_confirmed=is_confirmed)
        answered.append(Answered(thread, answer))
    return tuple(answered), tuple(findings)


def _without_refused(thread: PublicThread, resolved: ResolvedDecisions) -> PublicThread:
    """Return the thread without the replies of which a person decided that none is the answer (`unanswered`)."""
    last = resolved.unanswered.get(thread.key)
    at = next((n for n, message in enumerate(thread.messages) if message.id == last), 0)
    return replace(thread, messages=(thread.question, *thread.messages[at + 1 :])) if at else thread


def _choose(thread: PublicThread, rules: Sequence[Rule], *, is_confirmed: bool) -> Answer | None:
    """Return the answer that the first matching rule names."""
    for rule in rules:
        if chosen := rule.choose(thread, is_confirmed):
            return Answer(messages=chosen, reason=rule.reason, confidence=rule.confidence)
    return None


def _missing_text_finding(thread: PublicThread, resolved: ResolvedDecisions) -> Diagnostic:
    """Return the finding for an `answer` decision that names a reply without a text."""
    return Diagnostic(
        code="FAQ540",
        where=resolved.answered_at.get(thread.key, Location(path="content/decisions", item=str(thread.key))),
        message="this `answer` names a reply that has no text",
        help="give the URL of another reply in the thread, or delete the decision",
    )
