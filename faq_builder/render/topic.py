"""The page of a topic: the answer first, then how it came to be, and the way back to every original discussion."""

from dataclasses import dataclass
from urllib.parse import quote

from faq_builder.model import Html, Member, Message, Note, NoteKind, PublicText, Topic, Url
from faq_builder.render.address import Address, absolute, base_of, mail_to
from faq_builder.render.answers import answer_keys, permitted, shown_answers
from faq_builder.render.credits import isolated, joined, licence_link, names, who
from faq_builder.render.jsonld import data_block
from faq_builder.render.labels import Label
from faq_builder.render.markdown import cut
from faq_builder.render.page import H1_ID, Page
from faq_builder.render.site import EXCERPT, Site, tag_slug, topic_address

_Message = Message[PublicText]
_NOTHING = Html("")


@dataclass(frozen=True, kw_only=True)
class Guidepost:
    """The way back to one original discussion."""

    place: Label
    title: PublicText
    asked: Html
    url: Url | None
    replies: tuple[tuple[Url, Html], ...]
    needs_account: bool
    licence: Html
    edit: Url | None


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A note on top of the page."""

    kind: Label
    words: Html
    text: PublicText | None
    instead: Url | Address | None


def topic_page(site: Site, topic: Topic) -> Page:
    """The page of an answered topic; raises ValueError for one without an answer."""
    if topic.main_member is None:
        raise ValueError("a topic without an answer has no page")
    address = topic_address(topic)
    path = f"{address}index.html"
    answers = shown_answers(site, topic)
    full = absolute(site.rules.site_url, address)
    body = site.templates.render(
        "topic",
        t=site.labels,
        base=base_of(path),
        h1_id=Label(H1_ID),
        question=topic.question,
        asked=asked(site, topic),
        dates=_dates(site, topic),
        banners=tuple(_banner(site, topic, note) for note in topic.notes),
        parts=tuple(site.links(sorted(topic.split_into, key=lambda part: _most_asked(site, part)))),
        is_preview=topic.id in site.grouping.unlocked,
        answers=answers,
        full_question=_question(site, topic.main_member),
        wordings=tuple(words for words in topic.wordings if words != topic.question),
        guideposts=tuple(_guidepost(site, topic, member) for member in topic.members),
        tags=tuple((Address(f"tags/{tag_slug(tag)}/"), tag) for tag in topic.tags if tag),
        related=tuple(site.links(topic.related)),
        thanks=_thanks(site, topic),
        report=_report(site, full),
        edit=_edit_topic(site, topic),
    )
    texts = {key: answer.plain for key, answer in zip(answer_keys(topic), answers, strict=True)}
    return Page(
        path=path,
        title=Html(topic.question.__html__()),
        description=Html(cut(answers[0].plain, EXCERPT).__html__()),
        head=data_block(topic, full, texts),
        body=body,
        lang=topic.language if topic.language != site.rules.language else None,
    )


def asked(site: Site, topic: Topic) -> Html:
    """How many people asked and where; nothing while that says nothing."""
    if topic.asked < 2:
        return _NOTHING
    times, places = site.labels("asked", n=topic.asked), topic.places
    if len(places) > 1:
        return site.labels("asked-across", asked=times, m=len(places))
    return site.labels("asked-in", asked=times, place=site.place_name(places[0]))


def _question(site: Site, member: Member) -> Html:
    return permitted(site, member, member.thread.question, "a0-")[0]


def _guidepost(site: Site, topic: Topic, member: Member) -> Guidepost:
    thread, source = member.thread, site.source(member.thread.key.source)
    question = thread.question
    chosen = [message for found, message in topic.answers if found is member and message is not topic.written]
    return Guidepost(
        place=site.place_name(source.key),
        title=thread.title,
        asked=_asked_by(site, thread.question),
        url=thread.url,
        replies=tuple((m.url, _reply_words(site, m)) for m in chosen if m.url and m.url != thread.url),
        needs_account=source.needs_account,
        licence=licence_link(question.licence) if question.licence else _NOTHING,
        edit=_edit(site, member),
    )


def _asked_by(site: Site, question: _Message) -> Html:
    """By whom and when a question was asked, as far as that may be said."""
    t, at = site.labels, question.written_at
    date = t.date(at.date()) if at else None
    if question.author is None or not question.author.name:
        return t("asked-on", date=date) if date else _NOTHING
    person = who(question, t, named_role=False)
    return t("asked-by-on", who=person, date=date) if date else t("asked-by", who=person)


def _reply_words(site: Site, message: _Message) -> Html:
    author = message.author
    person = isolated(author.name) if author and author.name else site.labels(f"role.{message.role.value}")
    if message.written_at:
        return site.labels("reply-of-on", who=person, date=site.labels.date(message.written_at.date()))
    return site.labels("reply-of", who=person)


def _dates(site: Site, topic: Topic) -> tuple[Html, ...]:
    """When it was first asked, where it was asked again, and last answered."""
    first = topic.first_asked if topic.asked > 1 else None
    shown = (("first-asked", first), ("last-answered", topic.last_answered))
    return tuple(site.labels(key, date=site.labels.date(at.date())) for key, at in shown if at)


def _banner(site: Site, topic: Topic, note: Note) -> Banner:
    t = site.labels
    match note.kind:
        case NoteKind.NOTE:
            words = t("note")
        case NoteKind.OUTDATED:
            words = t("outdated-since", version=note.version) if note.version else t("outdated")
        case NoteKind.CONFIRMED:
            words = t("confirmed-on", date=t.date(note.on)) if note.on else t("confirmed")
            if note.version:
                words = Html(f"{words.value} {t('confirmed-for', version=note.version).value}")
    return Banner(kind=Label(note.kind.value), words=words, text=note.text, instead=_instead(site, topic, note.instead))


def _instead(site: Site, topic: Topic, url: Url | None) -> Url | Address | None:
    """Where the newer answer is: the page on this site where it has one, else the address as it was given."""
    here = site.topics_by_url.get(url.value.rstrip("/")) if url else None
    if here is None or here.id == topic.id:
        return url
    return base_of(f"{topic_address(topic)}index.html") + topic_address(here)


def _most_asked(site: Site, topic_id: str) -> tuple[int, str]:
    topic = site.by_id.get(topic_id)
    return -topic.asked if topic else 0, topic_id


def _thanks(site: Site, topic: Topic) -> Html:
    askers = names(((m.thread.key.source, m.thread.question) for m in topic.members), site.labels)
    asker_keys = {key for key, _ in askers}
    replies = ((member.thread.key.source, message) for member, message in topic.answers)
    helpers = tuple(shown for key, shown in names(replies, site.labels) if key not in asker_keys)
    t = site.labels
    if askers and helpers:
        shown = tuple(name for _, name in askers)
        return t("thanks-both", askers=joined(shown, t), helpers=joined(helpers, t))
    if helpers:
        return t("thanks-helpers", helpers=joined(helpers, t))
    if askers:
        return t("thanks-askers", askers=joined(tuple(name for _, name in askers), t))
    return t("thanks-all")


def _report(site: Site, page: Url | Address) -> Url | Address | None:
    """Where to say that a page is wrong, with the page's address filled in; None where that must be a full one."""
    target = site.rules.report_to
    if not target:
        return None
    if mail := mail_to(target):
        subject = quote(site.labels.plain("report-subject"), safe="")
        return mail + Address(f"?subject={subject}&body={quote(page.value, safe='')}")
    if isinstance(page, Address) and "{url}" in target:
        return None
    return Url.parse(target.replace("{url}", quote(page.value, safe="")))


def _edit(site: Site, member: Member) -> Url | None:
    """Where the thread's file can be edited; None where it has no file."""
    return _edit_url(site, site.files.get(member.thread.key))


def _edit_topic(site: Site, topic: Topic) -> Url | None:
    """Where the leading answer can be edited: the file that staff wrote for the topic, else that of its thread."""
    if topic.written:
        return _edit_url(site, f"topics/{topic.id}.md")
    return _edit(site, topic.main_member) if topic.main_member else None


def _edit_url(site: Site, path: str | None) -> Url | None:
    if path is None or not site.rules.edit_url:
        return None
    return Url.parse(site.rules.edit_url.replace("{path}", quote(path, safe="/")))
