"""Which replies of a thread answer it: what people decided, else what people say, else what the model chooses."""

from collections.abc import Sequence
from dataclasses import replace

from faq_builder.answer.conversation import Conversation, has_text, read_conversation
from faq_builder.answer.features import SourceHabits, source_habits
from faq_builder.answer.model import LIKELY, choose_reply
from faq_builder.answer.reasons import RULES
from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Answer, Answered, NoteKind, PublicThread, Reason

_LEAST = {PublishLevel.LIKELY: LIKELY, PublishLevel.ALL: 0.0}  # level -> least confidence of the model's choices


def choose_answers(
    threads: Sequence[PublicThread], level: PublishLevel, resolved: ResolvedDecisions
) -> tuple[tuple[Answered, ...], tuple[Diagnostic, ...]]:
    """Return each thread with its answer, in the same order; the answer is None if no reply is sure enough.

    An `answer` decision that names a reply without a text is a finding.
    """
    habits = source_habits(threads) if level in _LEAST else {}
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
            talk = read_conversation(_without_refused(thread, resolved))
            is_confirmed = any(note.kind is NoteKind.CONFIRMED for note in resolved.notes.get(thread.key, ()))
            answer = _said_by_people(talk, is_confirmed=is_confirmed)
            if answer is None and level in _LEAST:
                answer = _chosen_by_model(talk, habits.get(thread.key.source, SourceHabits()), _LEAST[level])
        answered.append(Answered(thread, answer))
    return tuple(answered), tuple(findings)


def _without_refused(thread: PublicThread, resolved: ResolvedDecisions) -> PublicThread:
    """Return the thread without the replies of which a person decided that none is the answer (`unanswered`)."""
    last = resolved.unanswered.get(thread.key)
    at = next((n for n, message in enumerate(thread.messages) if message.id == last), 0)
    return replace(thread, messages=(thread.question, *thread.messages[at + 1 :])) if at else thread


def _said_by_people(talk: Conversation, *, is_confirmed: bool) -> Answer | None:
    """Return the answer that the first matching rule names."""
    for rule in RULES:
        if chosen := rule.choose(talk, is_confirmed):
            return Answer(messages=chosen, reason=rule.reason, confidence=rule.confidence)
    return None


def _chosen_by_model(talk: Conversation, habits: SourceHabits, least: float) -> Answer | None:
    """Return the answer that the model chooses, None if it is less sure than `least`."""
    choice = choose_reply(talk, habits)
    if choice is None or choice.confidence < least:
        return None
    message = talk.thread.messages[choice.reply].id
    return Answer(messages=(message,), reason=choice.reason, confidence=choice.confidence, because=choice.because)


def _missing_text_finding(thread: PublicThread, resolved: ResolvedDecisions) -> Diagnostic:
    """Return the finding for an `answer` decision that names a reply without a text."""
    return Diagnostic(
        code="FAQ540",
        where=resolved.answered_at.get(thread.key, Location(path="content/decisions", item=str(thread.key))),
        message="this `answer` names a reply that has no text",
        help="give the URL of another reply in the thread, or delete the decision",
    )
