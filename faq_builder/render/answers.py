"""The answers of a topic as its page shows them: author, place, reason, and as much text as the source permits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from faq_builder.config import Permission
from faq_builder.model import Html, Member, Message, PublicText, Topic, Url, topic_id, without_opening
from faq_builder.render.context import RepliedWords, all_replied_words, answer_updates, html_words, text_with_context
from faq_builder.render.credits import author_name, bidi_isolated, external_link, licence_link
from faq_builder.render.folding import with_quiet_opening
from faq_builder.render.href import Href
from faq_builder.render.labels import Label
from faq_builder.render.markdown import to_html, to_plain
from faq_builder.render.site import Site

_Message = Message[PublicText]
_EMPTY = Html("")


@dataclass(frozen=True, kw_only=True)
class PermittedText:
    """As much of a message as its source permits to show."""

    html: Html
    plain: PublicText
    is_cut: bool  # whether a part of the message is missing


@dataclass(frozen=True, kw_only=True)
class PageUpdate:
    """A later reply that says what has become of an answer, as the page shows it below the answer."""

    heading: Html  # by whom and when
    body: Html
    plain: PublicText
    url: Url | None
    attribution: Html


@dataclass(frozen=True, kw_only=True)
class PageAnswer:
    """An answer as the page shows it."""

    anchor: Href
    byline: Html  # author, day and place
    why: Html  # why this reply is the answer
    is_sure: bool  # whether people chose it; else a program did
    body: Html  # empty if the source permits only links
    is_cut: bool
    plain: PublicText  # the body as plain text, without greetings, after the words that it replies to
    replied: Html  # the words that it replies to
    updates: tuple[PageUpdate, ...]
    url: Url | None  # of the original reply
    needs_account: bool
    attribution: Html
    language: Label | None


def page_answers(site: Site, topic: Topic) -> tuple[PageAnswer, ...]:
    """Return the answers of a topic, each once, the main answer first."""
    found = answer_anchors(topic)
    shown: dict[tuple[str, str], PageAnswer] = {}
    for (member, message), replied in zip(topic.answers, all_replied_words(topic), strict=True):
        key, prefix = (str(member.thread.key), message.id), f"a{len(shown) + 1}-"
        if key in shown:
            continue
        if message is topic.written:
            shown[key] = _staff_answer(site, message, anchor=found[key], prefix=prefix)
            continue
        answer = _reply_answer(site, member, message, replied, anchor=found[key], prefix=prefix)
        shown[key] = replace(answer, updates=_updates(site, topic, member, message, prefix))
    return tuple(shown.values())


def permitted_text(site: Site, member: Member, message: _Message, prefix: str) -> PermittedText:
    """Return the text of a message as HTML and as plain text. Ids in the HTML begin with `prefix`.

    Redaction has already cut the text to what its source permits; this function only finds out whether it is cut.
    """
    source = site.source(member.thread.key.source)
    plain = to_plain(message.body)
    html = to_html(message.body, prefix=prefix, base=message.url or member.thread.url, image=site.labels.plain("image"))
    is_cut = source.permission is Permission.EXCERPT and plain.value.endswith("…")
    return PermittedText(html=html, plain=plain, is_cut=is_cut or source.permission is Permission.LINK)


def answer_anchors(topic: Topic) -> Mapping[tuple[str, str], Href]:
    """Return the anchor of each answer by (thread key, message id): `answer-<message id>`.

    If two threads of the topic use the same message id, the thread that founded the topic gets the plain anchor, so
    that anchors stay the same when threads join. The others append a hash of their thread key.
    """
    found: dict[tuple[str, str], Href] = {}
    if topic.written and topic.main_member:
        found[str(topic.main_member.thread.key), topic.written.id] = Href(f"answer-{topic.written.id}")
    taken = {str(name) for name in found.values()}
    for member in sorted(topic.members, key=lambda member: topic_id(member.thread.key, len(topic.id)) != topic.id):
        for message_id in dict.fromkeys(member.answer.messages if member.answer else ()):
            name = f"answer-{message_id}"
            name = f"{name}-{topic_id(member.thread.key)}" if name in taken else name
            taken.add(name)
            found[str(member.thread.key), message_id] = Href(name)
    return found


def answer_keys(topic: Topic) -> tuple[tuple[str, str], ...]:
    """Return the (thread key, message id) of each answer, once, the main answer first."""
    return tuple(dict.fromkeys((str(member.thread.key), message.id) for member, message in topic.answers))


def _reply_answer(
    site: Site, member: Member, message: _Message, replied: RepliedWords | None, *, anchor: Href, prefix: str
) -> PageAnswer:
    source = site.source(member.thread.key.source)
    text = permitted_text(site, member, message, prefix)
    language = member.thread.language
    foreign = Label(language) if language and language != site.rules.language else None
    return PageAnswer(
        anchor=anchor,
        byline=_byline(site, member, message),
        why=_reason_text(site, member),
        is_sure=member.answer is not None and member.answer.reason.is_sure,
        body=with_quiet_opening(text.html),
        is_cut=text.is_cut,
        plain=text_with_context(site.labels, text.plain.map(without_opening), replied),
        replied=html_words(site.labels, replied, foreign) if replied else _EMPTY,
        updates=(),
        url=message.url or member.thread.url,
        needs_account=source.needs_account,
        attribution=_attribution(site, member, message),
        language=foreign,
    )


def _staff_answer(site: Site, message: _Message, *, anchor: Href, prefix: str) -> PageAnswer:
    """Return an answer that staff wrote for this page: it has no original, and no source limits how much is shown."""
    return PageAnswer(
        anchor=anchor,
        byline=_answered_by(site, message),
        why=site.labels("why.page", site=Label(site.rules.site_name)),
        is_sure=True,
        body=to_html(message.body, prefix=prefix, image=site.labels.plain("image")),
        is_cut=False,
        plain=to_plain(message.body),
        replied=_EMPTY,
        updates=(),
        url=None,
        needs_account=False,
        attribution=_EMPTY,
        language=None,
    )


def _updates(site: Site, topic: Topic, member: Member, message: _Message, prefix: str) -> tuple[PageUpdate, ...]:
    updates: list[PageUpdate] = []
    for number, update in enumerate(answer_updates(topic, member, message), start=1):
        text = permitted_text(site, member, update, f"{prefix}u{number}-")
        updates.append(
            PageUpdate(
                heading=_update_heading(site, update),
                body=with_quiet_opening(text.html),
                plain=text.plain.map(without_opening),
                url=update.url or member.thread.url,
                attribution=_attribution(site, member, update),
            )
        )
    return tuple(updates)


def _update_heading(site: Site, update: _Message) -> Html:
    """Return by whom and when an answer was updated: "Update by Ada, 4 May 2024"."""
    person = author_name(update, site.labels, named_role=False)
    if update.written_at:
        return site.labels("update-by-on", who=person, date=site.labels.date(update.written_at.date()))
    return site.labels("update-by", who=person)


def _byline(site: Site, member: Member, message: _Message) -> Html:
    """Return who answered, when and where: "Ada answered on 4 May 2024 in Fred's blog"."""
    place = site.labels("in-place", place=site.place_name(member.thread.key.source))
    return Html(f"{_answered_by(site, message).value} {place.value}")


def _answered_by(site: Site, message: _Message) -> Html:
    """Return who answered, and the day if it is known: "Ada answered on 4 May 2024"."""
    person = author_name(message, site.labels)
    if message.written_at:
        return site.labels("answered-on", who=person, date=site.labels.date(message.written_at.date()))
    return site.labels("answered-by", who=person)


def _reason_text(site: Site, member: Member) -> Html:
    """Return how the answer was chosen, and how sure the program was if a program chose it."""
    if member.answer is None:
        return _EMPTY
    reason = member.answer.reason
    place, name = site.place_name(member.thread.key.source), Label(site.rules.site_name)
    words = site.labels(f"why.{reason.value}", place=place, site=name)
    if reason.is_sure:
        return words
    if member.answer.because:
        words = site.labels("why.chosen", because=site.labels.because(member.answer.because))
    return Html(f"{words.value} {site.labels('how-sure', n=round(100 * member.answer.confidence)).value}")


def _attribution(site: Site, member: Member, message: _Message) -> Html:
    """Return what Stack Exchange and the Creative Commons licences require: the origin, the author and the licence."""
    if not message.licence:
        return _EMPTY
    title = bidi_isolated(member.thread.title)
    words = site.labels(
        "attribution",
        thread=external_link(member.thread.url, title) if member.thread.url else title,
        place=site.place_name(member.thread.key.source),
        who=author_name(message, site.labels, named_role=False),
        licence=licence_link(message.licence),
    )
    return Html(f"{words.value} {site.labels('adapted').value}")
