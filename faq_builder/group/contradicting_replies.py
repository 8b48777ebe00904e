"""Corrections: replies that are newer than a published answer and say that it no longer holds. Staff decide on them."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Correction, Message, NoteKind, PublicText, Role, Topic, own_words

_VERSION = r"(?:version |release |v\.? ?)?\d+(?:\.\d+|\.x)+"
# every text that _CONTRADICTS matches has one of these; few other texts do, and looking for them is much faster
_HINTS = (
    *("longer", "outdated", "out of date", "obsolete", "deprecated", "removed", "renamed", "replaced", "changed"),
    *("broken", "stopped", "anymore", "any more", "instead", "wrong", "correct", "false", "use"),
    *("nicht mehr", "veraltet", "stattdessen"),
)
_CONTRADICTS = re.compile(
    r"\b(?:(?:this|that|it|which|answer|solution|fix|workaround|method|way|link)\b[^.!?\n]{0,40}\b"
    r"(?:no longer (?:works?|working|valid|appl(?:y|ies)|true|holds?|supported|available|exists?|possible|correct)"
    r"|(?:is|are|has been|was|has become) (?:now )?(?:outdated|out of date|obsolete|deprecated|removed)"
    r"|stopped working|(?:does|do|did|is|are)(?:n['’]t| not) (?:work|working|valid|true|supported)"
    r" (?:any ?more|any longer))"
    rf"|(?:since|as of|from|starting (?:with|in|from)) {_VERSION}[^!?\n]{{0,80}}\b"
    r"(?:instead|use|changed|removed|renamed|replaced|no longer)"
    rf"|(?:changed|removed|renamed|replaced|deprecated|broken) (?:since|in|with|as of) {_VERSION}"
    r"|(?:this|that|the (?:above|accepted|marked)) (?:answer|solution|advice) is (?:wrong|incorrect|not correct|false)"
    r"|(?:funktioniert|geht|gilt|stimmt) (?:so )?nicht mehr|ist (?:inzwischen |jetzt )?veraltet"
    rf"|(?:seit|ab) (?:Version )?\d+(?:\.\d+)+[^!?\n]{{0,80}}\b(?:stattdessen|nicht mehr))\b",
    re.IGNORECASE,
)


def find_corrections(topics: Iterable[Topic]) -> tuple[Correction, ...]:
    """Return the corrections in the order of the topics, and of the threads within a topic.

    A correction is no longer returned once staff have settled it, in one of these ways:
    - they decide `outdated`;
    - they decide `confirm`, or write the answer themselves, later than the newer reply was written;
    - they choose the newer reply as the `answer`.
    """
    return tuple(correction for topic in topics if topic.answered for correction in _corrections_of(topic))


def correction_findings(corrections: Iterable[Correction]) -> Iterator[Diagnostic]:
    """Yield a finding for each correction."""
    for correction in corrections:
        yield Diagnostic(
            code="FAQ624",
            where=Location.in_thread(correction.thread, correction.message),
            message=f"a newer reply says that the published answer of topic {correction.topic} no longer holds",
            help="compare them in `faq review`, then decide `answer`, `outdated` or `confirm`",
        )


def correcting_sentence(message: Message[PublicText]) -> str | None:
    """Return the sentence in which a reply says that something no longer holds, None if it has no such sentence.

    "Hi. This no longer works since 4.2. Bye." -> "This no longer works since 4.2."
    A question ("is it no longer supported?") and a reply of a bot have none.
    """
    folded = message.body.value.casefold()
    if not any(hint in folded for hint in _HINTS):
        return None
    own = own_words(message.body.value)
    match = _CONTRADICTS.search(own)
    if match is None or message.role is Role.BOT or own.endswith("?"):
        return None
    start = max(own.rfind(mark, 0, match.start()) for mark in (". ", "! ", "? ", "\n")) + 1
    end = min((at for mark in (". ", "! ", "? ", "\n") if (at := own.find(mark, match.end())) >= 0), default=len(own))
    return own[start : end + 1].strip()


def _corrections_of(topic: Topic) -> Iterator[Correction]:
    """Yield the corrections of one answered topic; none if the topic is marked as outdated."""
    if any(note.kind is NoteKind.OUTDATED for note in topic.notes):
        return
    leading = topic.answers[0][1]
    since = _last_checked(topic, leading)
    if since is None:
        return
    for thread in (member.thread for member in topic.members):
        for message in thread.messages[1:]:
            is_newer = message is not leading and message.written_at is not None and message.written_at > since
            if is_newer and correcting_sentence(message):
                yield Correction(topic=topic.id, thread=thread.key, message=message.id)


def _last_checked(topic: Topic, leading: Message[PublicText]) -> datetime | None:
    """Return when the answer was written or last confirmed, UTC; None if neither has a date."""
    confirmed = [
        datetime.combine(note.on, time.max, UTC) for note in topic.notes if note.kind is NoteKind.CONFIRMED and note.on
    ]
    return max((*confirmed, *((leading.written_at,) if leading.written_at else ())), default=None)
