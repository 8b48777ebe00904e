"""Denials: leading answers that begin with "No" although the headline above them asks something else."""

import re
from collections.abc import Iterable, Iterator

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.group.replied_words import replied_words
from faq_builder.model import NoteKind, Topic, own_words, without_opening

# "None", "Not yet", "No one" and "Never" too; but no "Note", "Now", "No. 5" or "non-stop"
_DENIES = re.compile(
    r"[\s\W]*(?:no(?!\.\s*\d)|nope|nobody|none|never|not|nein|nicht|nichts|niemand|nie|kein\w*|bitte nicht"
    r"|non|personne|jamais|rien|nadie|nunca|nada|ningun[oa]?|ningún)(?![\w-])",
    re.IGNORECASE,
)


def find_denials(topics: Iterable[Topic]) -> Iterator[Diagnostic]:
    """Yield a finding for each leading answer that begins with a denial and replies to other words than the headline.

    "How long may I send it back?" - "Not at all." is one if the asker ended with "Is it too late?". The page shows
    these words above the answer, but search results and readers in a hurry may still take it for the answer to the
    headline. A `confirm` decision on the topic settles it, and so does an answer that staff wrote for the page.
    """
    for topic in topics:
        if not topic.answered or topic.written or any(note.kind is NoteKind.CONFIRMED for note in topic.notes):
            continue
        member, leading = topic.answers[0]
        words = without_opening(own_words(leading.body.value))
        if _DENIES.match(words) and replied_words(member.thread, leading, topic.question) is not None:
            yield Diagnostic(
                code="FAQ627",
                where=Location.in_thread(member.thread.key, leading.id),
                message=f"the leading answer of topic {topic.id} begins with a denial and replies to other words",
                help="read the page: a fitting `title` or another `answer` helps; `confirm` keeps it as it is",
            )
