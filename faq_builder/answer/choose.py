"""Which replies of a thread answer it, why, and how sure that is. A table of rules; the first that speaks wins."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import PublishLevel
from faq_builder.decisions import Rulings
from faq_builder.model import Answer, Answered, Message, NoteKind, PublicText, PublicThread, Reason, Role, own_words
from faq_builder.read.formats.markdown import FORMAT as MARKDOWN

PublicMessage = Message[PublicText]

_LEVELS = tuple(PublishLevel)  # marked, likely, all: each takes what the former take, and more


def choose_answers(
    threads: Sequence[PublicThread], level: PublishLevel, rulings: Rulings
) -> tuple[tuple[Answered, ...], tuple[Diagnostic, ...]]:
    """Return each thread with its answer, in the same order, and a finding for each decision that names no reply."""
    rules = [rule for rule in RULES if _LEVELS.index(rule.level) <= _LEVELS.index(level)]
    findings: list[Diagnostic] = []
    answered: list[Answered] = []
    for thread in threads:
        decided = rulings.answers.get(thread.key, ())
        there = tuple(i for i in decided if (m := thread.message(i)) and _has_text(m, thread))
        if len(there) < len(decided):
            findings.append(_not_there(thread, rulings))
        if there:
            answer: Answer | None = Answer(messages=there, reason=Reason.DECISION, confidence=1.0)
        else:
            is_confirmed = any(note.kind is NoteKind.CONFIRMED for note in rulings.notes.get(thread.key, ()))
            answer = _choose(thread, rules, is_confirmed=is_confirmed)
        answered.append(Answered(thread, answer))
    return tuple(answered), tuple(findings)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to tell the answer, and how often it is right.

    The confidence is how often the rule, where it speaks, names a reply that the source marks as the answer: measured
    over the 887 marked threads of a forum, a code host and two question sites with their marks covered, the weakest
    of them counting where they differ much, rounded down. MARKED is not certain, as askers also mark "solved, thanks";
    WRITTEN is that mark in a file of the team. CONFIRMED is too rare there to measure and is placed between its
    neighbours.
    """

    level: PublishLevel
    reason: Reason
    confidence: float
    choose: Callable[[PublicThread, bool], tuple[str, ...]]


def _written(thread: PublicThread, is_confirmed: bool) -> tuple[str, ...]:
    """What is marked in a thread file without an original format: the team wrote it, whoever marked the reply there."""
    return _marked(thread, is_confirmed) if thread.format == MARKDOWN.name else ()


def _marked(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """What the source itself marks: by the asker or a moderator."""
    return tuple(m.id for m in thread.messages[1:] if m.accepted and _has_text(m, thread))


def _confirmed(thread: PublicThread, is_confirmed: bool) -> tuple[str, ...]:
    """The reply that a short word of staff confirms; where people confirmed the topic, the last reply of staff."""
    for at, message in reversed(list(enumerate(thread.messages))):
        words = own_words(message.body.value)
        if message.role is Role.STAFF and len(words) <= _SHORT and _CONFIRMS.match(words) and not _DOUBTS.search(words):
            meant = _answered_by(thread, at)
            if meant and not _same(meant, message) and "?" not in own_words(meant.body.value)[-3:]:
                return (meant.id,)
    staff = [m for m in _replies(thread) if m.role is Role.STAFF]
    return (staff[-1].id,) if is_confirmed and staff else ()


def _thanked(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """The reply after which the asker says that it worked or, where nobody says so, for which they give thanks."""
    for says in (_WORKED, _THANKS):
        for at, message in reversed(list(enumerate(thread.messages))):
            words = own_words(message.body.value)
            if at and _is_asker(message, thread) and says.search(words) and not _DOUBTS.search(words):
                meant = _answered_by(thread, at)
                if meant:
                    return (meant.id,)
    return ()


def _staff(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """The one reply of substance that staff wrote."""
    staff = [m for m in _replies(thread) if m.role is Role.STAFF]
    return (staff[0].id,) if len(staff) == 1 else ()


def _voted(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """The reply with the most votes, the first of equals."""
    voted = [m for m in _replies(thread) if (m.votes or 0) >= 1]
    return (max(voted, key=lambda m: m.votes or 0).id,) if voted else ()


def _last(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """The last reply of substance, as talk tends to end when help was found."""
    return tuple(m.id for m in _replies(thread)[-1:])


RULES = (
    Rule(level=PublishLevel.MARKED, reason=Reason.WRITTEN, confidence=0.95, choose=_written),
    Rule(level=PublishLevel.MARKED, reason=Reason.MARKED, confidence=0.95, choose=_marked),
    Rule(level=PublishLevel.MARKED, reason=Reason.CONFIRMED, confidence=0.9, choose=_confirmed),
    Rule(level=PublishLevel.LIKELY, reason=Reason.THANKED, confidence=0.7, choose=_thanked),
    Rule(level=PublishLevel.LIKELY, reason=Reason.STAFF, confidence=0.5, choose=_staff),
    Rule(level=PublishLevel.ALL, reason=Reason.VOTES, confidence=0.55, choose=_voted),
    Rule(level=PublishLevel.ALL, reason=Reason.LAST_REPLY, confidence=0.4, choose=_last),
)

_SHORT = 240  # characters; who confirms in more words usually adds an answer of their own
_SUBSTANCE = 40  # characters; shorter replies are greetings, or lean on what was said before

# Words that people use when help worked, or did not. They hold for short messages; blocks of code and quotes are gone
_CONFIRMS = re.compile(
    r"(?:(?:yes|yep|yeah|correct|exactly|right|indeed|confirmed|👍|✅|ja|genau|richtig|oui|exact|sí)[\s,.!:;-]{0,3})*"
    r"(?:(?:this|that|it|what @?[\w.-]+ (?:said|says|wrote|suggested)|@?[\w.-]+)(?:'s| is| answer is|’s) "
    r"(?:exactly )?(?:correct|right|spot on"
    r"|the (?:correct|right|recommended|best|official) (?:answer|way|solution|approach|fix))"
    r"|(?:i |we )?can confirm|confirmed\b|(?:as|what) @?[\w.-]+ (?:said|says|wrote|suggested|mentioned|explained)"
    r"|(?:correct|exactly|yes, exactly|that's it|stimmt)[.!]?$)",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(?:(?:that|this|it|which|solution|fix)(?:'s| has| all)? (?:worked|works|solved|fixed|helped"
    r"|did (?:it|the trick))"
    r"|works? (?:now|perfectly|great|fine|like a charm|for me)|work(?:ed|s)[!.]"
    r"|(?:problem|issue) (?:is |was )?(?:solved|fixed|gone)|solved|(?:fixed|resolved) (?:it|the (?:problem|issue)|my)"
    r"|got it (?:working|to work)|it(?:'s| is) working"
    r"|(?:hat|das) (?:funktioniert|geklappt|geholfen)|funktioniert jetzt|ça marche|funcionó)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thanks?|thx|thank you|cheers|much appreciated|danke|merci|gracias)\b"
    r"(?!.{0,40}(?:in advance|im voraus|d'avance))",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(?:but|however|still|unfortunately|although|not|no luck|(?:does|did|do|is|wo|ca)n['’]t"
    r"|(?:will|'ll|gonna|going to) (?:try|check|look|test|give)|let you know|aber|leider|nicht|mais)\b|\?",
    re.IGNORECASE,
)
_EMPTY_TALK = re.compile(  # the whole of a reply that answers nothing
    r"[\W_]*(?:"
    r"(?:i )?(?:have |having |got |get )?(?:the )?(?:exact(?:ly)? )?same (?:problem|issue|question|error|thing|here)"
    r"(?: here| for me| too)?"
    r"|me too|\+1|bump|up|following"
    r"|any (?:news|updates?|progress|luck|ideas?|solution|one)(?: (?:on|about|for) this| yet)?"
    r"|(?:thanks?|thank you|thx|ok|okay|nice|great|cool|welcome|you'?re welcome|no problem"
    r"|glad (?:it|that|to)[\w ,]{0,40})[\w ,]{0,20}"
    r")[\W_]*",
    re.IGNORECASE,
)


def _replies(thread: PublicThread) -> list[PublicMessage]:
    """The replies of substance by people other than the asker."""
    return [
        m
        for m in thread.messages[1:]
        if m.role is not Role.BOT and not _is_asker(m, thread) and _has_text(m, thread) and _has_substance(m)
    ]


def _answered_by(thread: PublicThread, at: int) -> PublicMessage | None:
    """The reply of substance that a message answers: the one that it names, else the one right before it."""
    named = thread.messages[at].reply_to
    before = thread.messages[at - 1].id if at else None
    return next((m for m in _replies(thread) if m.id == (named or before)), None)


def _is_asker(message: PublicMessage, thread: PublicThread) -> bool:
    return message.role is Role.ASKER or _same(message, thread.question)


def _same(one: PublicMessage, other: PublicMessage) -> bool:
    """Whether two messages are known to be by the same person."""
    return one.author is not None and other.author is not None and one.author.key == other.author.key


def _has_text(message: PublicMessage, thread: PublicThread) -> bool:
    """Whether there is something to show; where a source allows only links, no message has a text and all are shown."""
    is_shown = bool(message.body.value.strip()) or not any(m.body for m in thread.messages)
    return is_shown and message.id != thread.question.id


def _has_substance(message: PublicMessage) -> bool:
    """Whether a reply may answer: not only talk, and not a question back."""
    words = own_words(message.body.value)
    has_code = "`" in message.body.value or "](" in message.body.value or "://" in message.body.value
    is_talk = bool(_EMPTY_TALK.fullmatch(words)) or (len(words) < _SUBSTANCE and not has_code)
    return not is_talk and not words.endswith("?")


def _choose(thread: PublicThread, rules: Sequence[Rule], *, is_confirmed: bool) -> Answer | None:
    for rule in rules:
        if chosen := rule.choose(thread, is_confirmed):
            return Answer(messages=chosen, reason=rule.reason, confidence=rule.confidence)
    return None


def _not_there(thread: PublicThread, rulings: Rulings) -> Diagnostic:
    return Diagnostic(
        code="FAQ540",
        where=rulings.answered_at.get(thread.key, Location(path="content/decisions", item=str(thread.key))),
        message="this `answer` names a reply that has no text",
        help="name another reply of the thread by its address, or delete the decision",
    )
