"""The chosen replies of a topic as its page shows them: by whom, where, why, and as much as the source permits."""

from collections.abc import Mapping
from dataclasses import dataclass

from faq_builder.config import Permission
from faq_builder.model import Html, Member, Message, PublicText, Topic, Url, topic_id
from faq_builder.render.address import Address
from faq_builder.render.credits import isolated, licence_link, link, who
from faq_builder.render.labels import Label
from faq_builder.render.markdown import to_html, to_plain
from faq_builder.render.site import Site

_Message = Message[PublicText]
_NOTHING = Html("")


@dataclass(frozen=True, kw_only=True)
class ShownAnswer:
    """A chosen reply as the page shows it."""

    anchor: Address
    byline: Html
    why: Html
    is_sure: bool
    body: Html  # empty where only links are permitted
    is_cut: bool
    plain: PublicText
    url: Url | None
    needs_account: bool
    attribution: Html
    language: Label | None


def shown_answers(site: Site, topic: Topic) -> tuple[ShownAnswer, ...]:
    """The chosen replies of a topic, each once, the main answer first."""
    places = anchors(topic)
    chosen = {(str(member.thread.key), message.id): (member, message) for member, message in topic.answers}
    return tuple(
        _written(site, chosen[key][1], anchor=places[key], prefix=f"a{number}-")
        if chosen[key][1] is topic.written
        else _answer(site, *chosen[key], anchor=places[key], prefix=f"a{number}-")
        for number, key in enumerate(answer_keys(topic), start=1)
    )


def permitted(site: Site, member: Member, message: _Message, prefix: str) -> tuple[Html, PublicText, bool]:
    """A message as HTML, in plain words, and whether a part of it is missing.

    Redaction has cut the texts of a source to what it permits; here a page only says so.
    """
    source = site.source(member.thread.key.source)
    plain = to_plain(message.body)
    html = to_html(message.body, prefix=prefix, base=message.url or member.thread.url, image=site.labels.plain("image"))
    is_cut = source.permission is Permission.EXCERPT and plain.value.endswith("…")
    return html, plain, is_cut or source.permission is Permission.LINK


def anchors(topic: Topic) -> Mapping[tuple[str, str], Address]:
    """The fragment of each chosen reply by (thread key, message id): `answer-<message id>`.

    Where two threads of the topic use the same message id, the one that founded it keeps the plain form, whoever else
    comes later; the others add what stands for them.
    """
    found: dict[tuple[str, str], Address] = {}
    if topic.written and topic.main_member:
        found[str(topic.main_member.thread.key), topic.written.id] = Address(f"answer-{topic.written.id}")
    taken = {str(name) for name in found.values()}
    for member in sorted(topic.members, key=lambda member: topic_id(member.thread.key, len(topic.id)) != topic.id):
        for message_id in dict.fromkeys(member.answer.messages if member.answer else ()):
            name = f"answer-{message_id}"
            name = f"{name}-{topic_id(member.thread.key)}" if name in taken else name
            taken.add(name)
            found[str(member.thread.key), message_id] = Address(name)
    return found


def answer_keys(topic: Topic) -> tuple[tuple[str, str], ...]:
    """The (thread key, message id) of each chosen reply, once, the main answer first."""
    return tuple(dict.fromkeys((str(member.thread.key), message.id) for member, message in topic.answers))


def _answer(site: Site, member: Member, message: _Message, *, anchor: Address, prefix: str) -> ShownAnswer:
    source = site.source(member.thread.key.source)
    body, plain, is_cut = permitted(site, member, message, prefix)
    language = member.thread.language
    return ShownAnswer(
        anchor=anchor,
        byline=_byline(site, member, message),
        why=_why(site, member),
        is_sure=member.answer is not None and member.answer.reason.is_sure,
        body=body,
        is_cut=is_cut,
        plain=plain,
        url=message.url or member.thread.url,
        needs_account=source.needs_account,
        attribution=_attribution(site, member, message),
        language=Label(language) if language and language != site.rules.language else None,
    )


def _written(site: Site, message: _Message, *, anchor: Address, prefix: str) -> ShownAnswer:
    """An answer that staff wrote for the page: it was given nowhere else, and no source limits it."""
    return ShownAnswer(
        anchor=anchor,
        byline=_when(site, message),
        why=site.labels("why.page", site=Label(site.rules.site_name)),
        is_sure=True,
        body=to_html(message.body, prefix=prefix, image=site.labels.plain("image")),
        is_cut=False,
        plain=to_plain(message.body),
        url=None,
        needs_account=False,
        attribution=_NOTHING,
        language=None,
    )


def _byline(site: Site, member: Member, message: _Message) -> Html:
    place = site.labels("in-place", place=site.place_name(member.thread.key.source))
    return Html(f"{_when(site, message).value} {place.value}")


def _when(site: Site, message: _Message) -> Html:
    """Who answered, and on which day."""
    person = who(message, site.labels)
    if message.written_at:
        return site.labels("answered-on", who=person, date=site.labels.date(message.written_at.date()))
    return site.labels("answered-by", who=person)


def _why(site: Site, member: Member) -> Html:
    """How the answer was chosen, in plain words; how sure a program was where it chose."""
    if member.answer is None:
        return _NOTHING
    reason = member.answer.reason
    place, name = site.place_name(member.thread.key.source), Label(site.rules.site_name)
    words = site.labels(f"why.{reason.value}", place=place, site=name)
    if reason.is_sure:
        return words
    return Html(f"{words.value} {site.labels('how-sure', n=round(100 * member.answer.confidence)).value}")


def _attribution(site: Site, member: Member, message: _Message) -> Html:
    """What Stack Exchange and the Creative Commons licences ask for: where it is from, by whom, under which licence."""
    if not message.licence:
        return _NOTHING
    title = isolated(member.thread.title)
    words = site.labels(
        "attribution",
        thread=link(member.thread.url, title) if member.thread.url else title,
        place=site.place_name(member.thread.key.source),
        who=who(message, site.labels, named_role=False),
        licence=licence_link(message.licence),
    )
    return Html(f"{words.value} {site.labels('adapted').value}")
