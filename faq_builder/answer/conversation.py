"""Who says what to whom in a thread: each message's own words, the asker's reactions, and the possible answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from faq_builder.answer import phrases
from faq_builder.model import Message, PublicText, PublicThread, Role, own_words

PublicMessage = Message[PublicText]

_MAX_GOOD_WORD = 60  # characters; the asker's longer good words often say what was done
_MAX_STATEMENT = 60  # characters of statements beside which a reply of questions is still only a question
# People react at the beginning of a message, and go on with the next question: this much of it counts, to the end of
# the sentence if that is near.
_BEGINNING = re.compile(r".{0,220}?(?:[.!?\n][^.!?\n]{0,120}[.!?\n]|$)|.{0,220}", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]?")


class Tone(Enum):
    """What the asker's reaction to a reply says."""

    WORKED = "worked"
    THANKS = "thanks"
    HALF = "half"  # thanks or success with a doubt: "Thanks, but ..."
    FAILED = "failed"
    ASKS = "asks"
    OTHER = "other"

    @property
    def is_good(self) -> bool:
        """Whether the reply helped, as far as the asker says."""
        return self in (Tone.WORKED, Tone.THANKS)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction of the asker: in message number `at`, to message number `to`."""

    at: int
    to: int
    tone: Tone


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A thread with what was read out of it. Lists are by message number; the question is number 0."""

    thread: PublicThread
    words: tuple[str, ...]  # each message without quotes and code blocks
    by_asker: tuple[bool, ...]
    reactions: tuple[Reaction, ...]  # in the order of their messages
    candidates: tuple[int, ...]  # the messages that may be the answer

    @property
    def last_word(self) -> int:
        """The number of the asker's last message."""
        return max((i for i, asker in enumerate(self.by_asker) if asker), default=0)


def read_conversation(thread: PublicThread) -> Conversation:
    """Return a thread with the asker's reactions and the messages that may be the answer."""
    words = tuple(own_words(m.body.value) for m in thread.messages)
    by_asker = tuple(is_by_asker(m, thread) for m in thread.messages)
    reactions = tuple(_reactions(thread, words, by_asker))
    return Conversation(
        thread=thread,
        words=words,
        by_asker=by_asker,
        reactions=reactions,
        candidates=tuple(_candidates(thread, words, by_asker, reactions)),
    )


def is_by_asker(message: PublicMessage, thread: PublicThread) -> bool:
    """Whether the asker wrote a message."""
    return message.role is Role.ASKER or same_author(message, thread.question)


def same_author(one: PublicMessage, other: PublicMessage) -> bool:
    """Whether two messages are known to be by the same person."""
    return one.author is not None and other.author is not None and one.author.key == other.author.key


def has_text(message: PublicMessage, thread: PublicThread) -> bool:
    """Whether a message other than the question has a text to show.

    A source with permission for links only has no texts; all of its messages count as shown.
    """
    is_shown = bool(message.body.value.strip()) or not any(m.body for m in thread.messages)
    return is_shown and message.id != thread.question.id


def only_asks(words: str) -> bool:
    """Whether a reply only asks: `Which version is it?`; but not `Take the blue one. Does that help?`."""
    rest = phrases.POLITE_CLOSING.sub(" ", words).strip() if words.endswith("?") else ""
    if not rest.endswith("?"):
        return False
    sentences = [s.strip() for s in _SENTENCE.findall(rest)]
    return sum(len(s) for s in sentences if not s.endswith("?")) < _MAX_STATEMENT


def _reactions(thread: PublicThread, words: Sequence[str], by_asker: Sequence[bool]) -> Iterator[Reaction]:
    """Yield the asker's reactions: to the message that a message replies to, else to the last one by others."""
    number = {m.id: i for i, m in enumerate(thread.messages)}
    for at, message in enumerate(thread.messages):
        if at and by_asker[at]:
            to = number.get(message.reply_to or "", 0)
            if not 0 < to < at or by_asker[to]:
                to = next((i for i in range(at - 1, 0, -1) if not by_asker[i]), 0)
            if to:
                yield Reaction(at, to, _tone(words[at]))


def _tone(words: str) -> Tone:
    beginning = _BEGINNING.match(words)
    start = beginning[0] if beginning else words
    if phrases.SAYS_FAILED.search(start):
        return Tone.FAILED
    worked, thanks = phrases.SAYS_WORKED.search(start), phrases.SAYS_THANKS.search(start)
    if phrases.DOUBTS.search(start):
        if worked or thanks:
            return Tone.HALF
        return Tone.ASKS if "?" in start else Tone.OTHER
    if worked:
        return Tone.WORKED
    return Tone.THANKS if thanks else Tone.OTHER


def _candidates(
    thread: PublicThread, words: Sequence[str], by_asker: Sequence[bool], reactions: Sequence[Reaction]
) -> Iterator[int]:
    """Yield the messages that may be the answer: by no unwanted bot, no small talk, no thanks, and no mere question.

    A question that proposes a solution, after which the asker says that it worked, is no question any more.
    """
    worked = {r.to for r in reactions if r.tone is Tone.WORKED}
    for i, message in enumerate(thread.messages):
        if i == 0 or _is_unwanted_bot(message) or not has_text(message, thread):
            continue
        body, own = message.body.value, words[i]
        is_good_word = by_asker[i] and len(own) < _MAX_GOOD_WORD and _tone(own).is_good
        is_proposal = i in worked and phrases.SUGGESTS.search(own)
        if not _says_nothing(body, own, is_good_word=is_good_word) and (
            "```" in body or is_proposal or not only_asks(own)
        ):
            yield i


def _says_nothing(body: str, own: str, *, is_good_word: bool) -> bool:
    """Whether a message that shows neither code nor a link is small talk or only a good word: "It works now!"."""
    shows_something = "`" in body or "](" in body or "://" in body or not body.strip()
    is_small_talk = len(own) < phrases.MIN_ANSWER or phrases.SMALL_TALK.fullmatch(own)
    return not shows_something and (is_good_word or bool(is_small_talk))


def _is_unwanted_bot(message: PublicMessage) -> bool:
    """Whether a bot wrote a message for which nobody voted."""
    return message.role is Role.BOT and (message.votes or 0) < 1
