"""What stands around an answer so that it can be understood: the words that it replies to, and its updates."""

from collections.abc import Iterator
from dataclasses import dataclass

from faq_builder.group import replied_message, replied_words, updates_of, updating_sentence
from faq_builder.model import Html, Member, Message, PublicText, Role, Topic
from faq_builder.render.excerpt import answer_excerpt
from faq_builder.render.labels import Label, Labels
from faq_builder.render.markdown import truncated

_LABELLED = 150  # characters of a summary from which there is room for "Asked here as:" before the words
_WORDS_SHARE = 0.45  # of a summary that the words may take: the larger part is the answer's
_UPDATE_SHARE = 0.4  # of a summary that its update may take

_Message = Message[PublicText]


@dataclass(frozen=True, kw_only=True)
class RepliedWords:
    """The words that an answer replies to, with a label: "Asked here as:"."""

    label: str  # key of the label
    words: PublicText


def all_replied_words(topic: Topic) -> Iterator[RepliedWords | None]:
    """Yield for each of `topic.answers` the words that it replies to.

    None if the question has them, or if the answer before it in the same thread replies to the same words.
    """
    before: tuple[Member, PublicText | None] | None = None
    for number, (member, message) in enumerate(topic.answers):
        words = None if message is topic.written else replied_words(member.thread, message, topic.question)
        if words is None or before == (member, words):
            yield None
        elif replied_message(member.thread, message).role is not Role.ASKER or (before and before[0] is member):
            yield RepliedWords(label="replies-to", words=words)
        else:
            yield RepliedWords(label="asked-there" if number else "asked-here", words=words)
        before = (member, words)


def answer_updates(topic: Topic, member: Member, message: _Message) -> tuple[_Message, ...]:
    """Return the updates of an answer, in their order; an update of two answers of a thread belongs to the last."""
    if message is topic.written or member.answer is None:
        return ()
    chosen = [one for one in member.thread.messages if one.id in member.answer.messages]
    return updates_of(member.thread, message, member.answer.messages) if chosen and message is chosen[-1] else ()


def answer_summary(labels: Labels, topic: Topic, length: int) -> PublicText:
    """Return the beginning of the main answer as one line of at most `length` characters, for lists and snippets.

    The words that it replies to come first, its latest update last: "“Is it too late?” Not at all. For presents…".
    Empty if the source permits only links.
    """
    member, message = topic.answers[0]
    if not message.body:
        return message.body
    replied = next(all_replied_words(topic))
    before = _quoted(labels, replied, length) if replied else ""
    updates = answer_updates(topic, member, message)
    sentence = updating_sentence(updates[-1]) if updates else None
    after = ""
    if sentence:
        update = truncated(
            PublicText.map(message.body, lambda _: " ".join(sentence.split())), int(length * _UPDATE_SHARE)
        )
        after = f" {labels.plain('update')}: {update}"
    excerpt = answer_excerpt(message.body, length - len(before) - len(after))
    return excerpt.map(lambda text: before + text + after)


def _quoted(labels: Labels, replied: RepliedWords, length: int) -> str:
    """Return the words in quotation marks; of long ones the end, which asks: "“…too late to send it back?” "."""
    words, most = replied.words.value, int(length * _WORDS_SHARE)
    if len(words) > most:
        tail = words[-most:]
        words = "…" + tail[tail.find(" ") + 1 :]
    label = f"{labels.plain(replied.label)} " if length >= _LABELLED else ""
    return f"{label}“{words}” "


def text_with_context(labels: Labels, text: PublicText, replied: RepliedWords | None) -> PublicText:
    """Return an answer's plain text after the words that it replies to; an empty text stays empty."""
    if replied is None or not text:
        return text
    return text.map(lambda value: f"{labels.plain(replied.label)} “{replied.words}” {value}")


def html_words(labels: Labels, replied: RepliedWords, language: Label | None) -> Html:
    """Return the words that an answer replies to as a line of HTML: "Asked here as: <q>Is it too late?</q>".

    `language` is that of the words if it is not the site's.
    """
    lang = f' lang="{language.__html__()}"' if language else ""
    return Html(f'{labels(replied.label).value} <q dir="auto"{lang}>{replied.words.__html__()}</q>')
