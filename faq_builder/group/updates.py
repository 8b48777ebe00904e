"""Updates: later replies that say what has become of an answer, such as "this is now built"."""

import re
from collections.abc import Collection

from faq_builder.group.contradicting_replies import correcting_sentence
from faq_builder.model import Message, PublicText, PublicThread, Role, own_words

_VERSION = r"`?(?:[\w-]+@)?(?:version |release |v\.? ?)?\d+(?:\.\d+|\.x)+(?:-[\w.]+)?`?"
_HEAD = 400  # characters in which a reply says what changed; later sentences of long replies were about something else
_DONE = (
    r"(?:built(?! in(?:to)?\b)|fixed|released|merged|implemented|added(?! a note)|shipped|supported|available|possible"
    r"|resolved|closed|live|landed|published|deployed|documented|in (?:the )?(?:master|main|latest|beta|alpha)\b)"
)
_UPDATES = re.compile(
    rf"^\W*(?:update|edit|nachtrag|aktualisierung|mise à jour|actualización)\b(?: ?\([^)\n]*\))?[*_]* ?[:!–—\\]"
    r"|\b(?:this|that|it|issue|bug|feature|(?<=[a-z] )fix) (?:is|was|has been|got)"
    r" (?:fixed|released|merged|implemented)\b"
    rf"|\b(?:is|are|has been|have been|was|were|been) (?:now |just |finally |already |recently )+{_DONE}\b"
    rf"|\b(?:has|have) (?:now |just |finally |already |recently )*been {_DONE}\b"
    r"|\b(?:now|just|finally) (?:been )?(?:built|fixed|released|merged|implemented|shipped|landed|published"
    r"|support(?:s|ed)?|available|possible)\b"
    r"|\b(?:fixed|released|implemented|added|resolved|available|shipped|supported|landed|merged|included"
    rf"|published (?:the|this|a) (?:change|fix|feature)) (?:in|since|as of|with|from) {_VERSION}"
    rf"|\b(?:install|upgrade to|update to) {_VERSION}[^.!?\n]{{0,60}}\bfix"
    r"|\bcommit\b[^.!?\n]{0,60}\b(?:resolves|fixes)\b"
    r"|\bno longer (?:needed|necessary|required)\b"
    r"|\b(?:ist|wurde) (?:jetzt|inzwischen|nun|mittlerweile) (?:möglich|behoben|eingebaut|verfügbar|erschienen)\b"
    rf"|\bbehoben (?:in|mit|seit) {_VERSION}"
    r"|\best (?:maintenant|désormais) (?:disponible|possible|corrigée?|publiée?)\b"
    r"|\bya (?:está|es|fue) (?:disponible|posible|corregid[oa]|publicad[oa])\b",
    re.IGNORECASE | re.MULTILINE,
)
# what has not happened yet, or only may have
_NOT_YET = re.compile(
    r"\b(?:will|would|should|could|might|may|once|when|if|until|unless|hope(?:fully)?|soon|not|plan(?:ned|ning)?"
    r"|think|guess|wird|sollte|könnte|sobald|wenn|falls|nicht|quand|si|cuando)\b|n['’]t\b",
    re.IGNORECASE,
)
_MARKS = (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n\n")


def updates_of(
    thread: PublicThread, answer: Message[PublicText], chosen: Collection[str]
) -> tuple[Message[PublicText], ...]:
    """Return the replies after an answer, by its author or by staff, that say what has become of it, in their order.

    `chosen` are the ids of all replies of the thread that its page shows as answers. A reply that contradicts the
    answer is no update but a correction (`find_corrections`), about which staff are asked.
    """
    if answer not in thread.messages:
        return ()
    later = thread.messages[thread.messages.index(answer) + 1 :]
    return tuple(
        message
        for message in later
        if message.id not in chosen
        and _may_update(message, answer)
        and updating_sentence(message)
        and not correcting_sentence(message)
    )


def updating_sentence(message: Message[PublicText]) -> str | None:
    """Return the sentence in which a reply says that something changed, None if it has none.

    "Hi. This is now built! See #12." -> "This is now built!". What may happen, did not,
    or is asked, is none.
    """
    own = own_words(message.body.value)[:_HEAD]
    for match in _UPDATES.finditer(own):
        start = max(
            own.rfind(mark, 0, match.start()) + len(mark) if mark in own[: match.start()] else 0 for mark in _MARKS
        )
        end = min((at for mark in _MARKS if (at := own.find(mark, match.end())) >= 0), default=len(own))
        sentence = own[start : end + 1].strip()
        is_marked = match[0].endswith((":", "!", "–", "—", "\\"))  # "Edit: will have to look at it"
        told = own[start : end if is_marked else match.end()]
        if not _NOT_YET.search(told) and not sentence.endswith("?"):
            return sentence
    return None


def _may_update(message: Message[PublicText], answer: Message[PublicText]) -> bool:
    """Whether a reply is by the answer's author or by staff, and not known to be older than the answer."""
    is_older = message.written_at and answer.written_at and message.written_at < answer.written_at
    by_author = message.author is not None and answer.author is not None and message.author.key == answer.author.key
    return not is_older and message.role is not Role.BOT and (message.role is Role.STAFF or by_author)
