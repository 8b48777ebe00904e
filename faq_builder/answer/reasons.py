"""The rules that identify the answer of a thread: one function each, and the table RULES in the order of trust."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from faq_builder.config import PublishLevel
from faq_builder.model import Message, PublicText, PublicThread, Reason, Role, own_words
from faq_builder.read.formats.markdown import FORMAT as MARKDOWN

PublicMessage = Message[PublicText]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to identify the answer, and how often it is right.

    `confidence` is the share of threads in which the rule, if it applies, names a reply that the source marks as the
    answer. It was measured over the 887 marked threads of a forum, a code host and two question sites, with their
    marks hidden from the rules; if the four differ much, the lowest share counts, rounded down. MARKED is below 1
    because askers also mark "solved, thanks"; WRITTEN is the same mark in a file of the team. CONFIRMED is too rare
    there to be measured, so it has a value between its neighbours.
    """

    level: PublishLevel  # the rule applies at this level and at the more permissive ones
    reason: Reason
    confidence: float  # 0 to 1
    choose: Callable[[PublicThread, bool], tuple[str, ...]]  # (thread, is it confirmed?) -> message ids, () if none


def _written(thread: PublicThread, is_confirmed: bool) -> tuple[str, ...]:
    """Return the marked replies of a Markdown thread file: the team wrote that file, and so the mark is the team's."""
    return _marked(thread, is_confirmed) if thread.format == MARKDOWN.name else ()


def _marked(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """Return the replies that the source marks as answers; the asker or a moderator marked them."""
    return tuple(m.id for m in thread.messages[1:] if m.accepted and has_text(m, thread))


def _confirmed(thread: PublicThread, is_confirmed: bool) -> tuple[str, ...]:
    """Return the reply that staff confirm in a few words; if a `confirm` decision exists, the last reply of staff."""
    for at, message in reversed(list(enumerate(thread.messages))):
        words = own_words(message.body.value)
        is_short_staff = message.role is Role.STAFF and len(words) <= _MAX_CONFIRMATION
        if is_short_staff and _SAYS_RIGHT.match(words) and not _DOUBTS.search(words):
            confirmed = _replied_to(thread, at)
            if confirmed and not _same_author(confirmed, message) and "?" not in own_words(confirmed.body.value)[-3:]:
                return (confirmed.id,)
    staff = [m for m in _replies(thread) if m.role is Role.STAFF]
    return (staff[-1].id,) if is_confirmed and staff else ()


def _thanked(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """Return the reply after which the asker says that it worked, or, without such a word, gives thanks."""
    for pattern in (_SAYS_WORKED, _SAYS_THANKS):
        for at, message in reversed(list(enumerate(thread.messages))):
            words = own_words(message.body.value)
            if at and _is_by_asker(message, thread) and pattern.search(words) and not _DOUBTS.search(words):
                thanked = _replied_to(thread, at)
                if thanked:
                    return (thanked.id,)
    return ()


def _only_staff_reply(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """Return the reply of substance by staff, if there is exactly one."""
    staff = [m for m in _replies(thread) if m.role is Role.STAFF]
    return (staff[0].id,) if len(staff) == 1 else ()


def _most_voted(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """Return the reply with the most votes; the first one if several have the same number."""
    voted = [m for m in _replies(thread) if (m.votes or 0) >= 1]
    return (max(voted, key=lambda m: m.votes or 0).id,) if voted else ()


def _last_reply(thread: PublicThread, _: bool) -> tuple[str, ...]:
    """Return the last reply of substance: threads tend to end when help was found."""
    return tuple(m.id for m in _replies(thread)[-1:])


# the first rule that names a reply decides
RULES = (
    Rule(level=PublishLevel.MARKED, reason=Reason.WRITTEN, confidence=0.95, choose=_written),
    Rule(level=PublishLevel.MARKED, reason=Reason.MARKED, confidence=0.95, choose=_marked),
    Rule(level=PublishLevel.MARKED, reason=Reason.CONFIRMED, confidence=0.9, choose=_confirmed),
    Rule(level=PublishLevel.LIKELY, reason=Reason.THANKED, confidence=0.7, choose=_thanked),
    Rule(level=PublishLevel.LIKELY, reason=Reason.STAFF, confidence=0.5, choose=_only_staff_reply),
    Rule(level=PublishLevel.ALL, reason=Reason.VOTES, confidence=0.55, choose=_most_voted),
    Rule(level=PublishLevel.ALL, reason=Reason.LAST_REPLY, confidence=0.4, choose=_last_reply),
)

_MAX_CONFIRMATION = 240  # characters; people who confirm in more words usually add an answer of their own
_MIN_ANSWER = 40  # characters; shorter replies are greetings or need the earlier messages to be understood

# What people write when help worked, or did not. All are matched against a message without its quotes and code blocks.
_SAYS_RIGHT = re.compile(
    r"(?:(?:yes|yep|yeah|correct|exactly|right|indeed|confirmed|👍|✅|ja|genau|richtig|oui|exact|sí)[\s,.!:;-]{0,3})*"
    r"(?:(?:this|that|it|what @?[\w.-]+ (?:said|says|wrote|suggested)|@?[\w.-]+)(?:'s| is| answer is|’s) "
    r"(?:exactly )?(?:correct|right|spot on"
    r"|the (?:correct|right|recommended|best|official) (?:answer|way|solution|approach|fix))"
    r"|(?:i |we )?can confirm|confirmed\b|(?:as|what) @?[\w.-]+ (?:said|says|wrote|suggested|mentioned|explained)"
    r"|(?:correct|exactly|yes, exactly|that's it|stimmt)[.!]?$)",
    re.IGNORECASE,
)
_SAYS_WORKED = re.compile(
    r"\b(?:(?:that|this|it|which|solution|fix)(?:'s| has| all)? (?:worked|works|solved|fixed|helped"
    r"|did (?:it|the trick))"
    r"|works? (?:now|perfectly|great|fine|like a charm|for me)|work(?:ed|s)[!.]"
    r"|(?:problem|issue) (?:is |was )?(?:solved|fixed|gone)|solved|(?:fixed|resolved) (?:it|the (?:problem|issue)|my)"
    r"|got it (?:working|to work)|it(?:'s| is) working"
    r"|(?:hat|das) (?:funktioniert|geklappt|geholfen)|funktioniert jetzt|ça marche|funcionó)",
    re.IGNORECASE,
)
_SAYS_THANKS = re.compile(
    r"\b(?:thanks?|thx|thank you|cheers|much appreciated|danke|merci|gracias)\b"
    r"(?!.{0,40}(?:in advance|im voraus|d'avance))",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(?:but|however|still|unfortunately|although|not|no luck|(?:does|did|do|is|wo|ca)n['’]t"
    r"|(?:will|'ll|gonna|going to) (?:try|check|look|test|give)|let you know|aber|leider|nicht|mais)\b|\?",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(  # matches the whole text of a reply that answers nothing
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


def has_text(message: PublicMessage, thread: PublicThread) -> bool:
    """Whether a message other than the question has a text to show.

    A source with permission for links only has no texts; all of its messages count as shown.
    """
    is_shown = bool(message.body.value.strip()) or not any(m.body for m in thread.messages)
    return is_shown and message.id != thread.question.id


def _replies(thread: PublicThread) -> list[PublicMessage]:
    """Return the replies of substance by people other than the asker."""
    return [
        m
        for m in thread.messages[1:]
        if m.role is not Role.BOT and not _is_by_asker(m, thread) and has_text(m, thread) and _has_substance(m)
    ]


def _replied_to(thread: PublicThread, at: int) -> PublicMessage | None:
    """Return the reply of substance that message number `at` reacts to: its `reply_to`, else the message before it."""
    named = thread.messages[at].reply_to
    before = thread.messages[at - 1].id if at else None
    return next((m for m in _replies(thread) if m.id == (named or before)), None)


def _is_by_asker(message: PublicMessage, thread: PublicThread) -> bool:
    return message.role is Role.ASKER or _same_author(message, thread.question)


def _same_author(one: PublicMessage, other: PublicMessage) -> bool:
    """Whether two messages are known to be by the same person."""
    return one.author is not None and other.author is not None and one.author.key == other.author.key


def _has_substance(message: PublicMessage) -> bool:
    """Whether a reply can be an answer: neither small talk nor a question."""
    words = own_words(message.body.value)
    has_code_or_link = "`" in message.body.value or "](" in message.body.value or "://" in message.body.value
    is_small_talk = bool(_SMALL_TALK.fullmatch(words)) or (len(words) < _MIN_ANSWER and not has_code_or_link)
    return not is_small_talk and not words.endswith("?")
