"""The page of a topic: the answer first, then its reason and origin, and links to every original discussion."""

from dataclasses import dataclass
from urllib.parse import quote

from faq_builder.model import Html, LinkedThread, Member, Message, Note, NoteKind, PublicText, Topic, Url
from faq_builder.render.answers import answer_keys, page_answers, permitted_text
from faq_builder.render.context import answer_summary, answer_updates
from faq_builder.render.credits import author_name, bidi_isolated, credited_people, joined_names, licence_link
from faq_builder.render.href import Href, absolute_url, href_to_root, mailto_href
from faq_builder.render.jsonld import jsonld_script
from faq_builder.render.labels import Label
from faq_builder.render.likely import likely_links
from faq_builder.render.page import H1_ID, Page
from faq_builder.render.site import EXCERPT, Site, tag_slug, topic_site_path

_Message = Message[PublicText]
_EMPTY = Html("")


@dataclass(frozen=True, kw_only=True)
class OriginalDiscussion:
    """One thread of the topic, as the page links to it."""

    place: Label
    title: PublicText
    asked: Html  # by whom and when
    url: Url | None
    replies: tuple[tuple[Url, Html], ...]  # URL and words of each answer from the thread
    needs_account: bool
    licence: Html
    edit: Url | None
    linked: Html  # why a thread of another topic is listed; empty for the topic's own


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A note at the top of the page."""

    kind: Label
    words: Html
    text: PublicText | None
    instead: Url | Href | None  # the page with a newer answer


def topic_page(site: Site, topic: Topic) -> Page:
    """Return the page of an answered topic; raises ValueError if the topic has no answer."""
    if topic.main_member is None:
        raise ValueError("a topic without an answer has no page")
    site_path = topic_site_path(topic)
    path = f"{site_path}index.html"
    answers = page_answers(site, topic)
    page_url = absolute_url(site.rules.site_url, site_path)
    body = site.templates.render(
        "topic",
        t=site.labels,
        base=href_to_root(path),
        h1_id=Label(H1_ID),
        question=topic.question,
        asked=site.asked_phrase(topic),
        dates=_date_phrases(site, topic),
        banners=tuple(_banner(site, topic, note) for note in topic.notes),
        parts=tuple(site.topic_links(sorted(topic.split_into, key=lambda part: _most_asked_first(site, part)))),
        is_preview=topic.id in site.grouping.unlocked,
        answers=answers,
        full_question=permitted_text(site, topic.main_member, topic.main_member.thread.question, "a0-").html,
        wordings=tuple(words for words in topic.wordings if words != topic.question),
        discussions=(
            *(_original_discussion(site, topic, member) for member in topic.members),
            *(_linked_discussion(site, linked) for linked in topic.linked),
        ),
        tags=tuple((Href(f"tags/{tag_slug(tag)}/"), tag) for tag in topic.tags if tag),
        likely=likely_links(site, topic),
        related=tuple(site.topic_links(r for r in topic.related if r not in _likely_ids(topic))),
        thanks=_thank_you_line(site, topic),
        report=_report_link(site, page_url),
        edit=_topic_edit_url(site, topic),
    )
    texts = {key: answer.plain for key, answer in zip(answer_keys(topic), answers, strict=True)}
    return Page(
        path=path,
        title=Html(topic.question.__html__()),
        description=Html(answer_summary(site.labels, topic, EXCERPT).__html__()),
        head=jsonld_script(topic, page_url, texts),
        body=body,
        lang=topic.language if topic.language != site.rules.language else None,
    )


def _original_discussion(site: Site, topic: Topic, member: Member) -> OriginalDiscussion:
    thread, source = member.thread, site.source(member.thread.key.source)
    question = thread.question
    chosen = [message for found, message in topic.answers if found is member and message is not topic.written]
    return OriginalDiscussion(
        place=site.place_name(source.key),
        title=thread.title,
        asked=_asked_by(site, thread.question),
        url=thread.url,
        replies=tuple((m.url, _reply_link_text(site, m)) for m in chosen if m.url and m.url != thread.url),
        needs_account=source.needs_account,
        licence=licence_link(question.licence) if question.licence else _EMPTY,
        edit=_thread_edit_url(site, member),
        linked=_EMPTY,
    )


def _linked_discussion(site: Site, linked: LinkedThread) -> OriginalDiscussion:
    """Return the discussion of a thread that is counted here, whose answers are on a page of their own."""
    thread, source = linked.thread, site.source(linked.thread.key.source)
    return OriginalDiscussion(
        place=site.place_name(source.key),
        title=thread.title,
        asked=_asked_by(site, thread.question),
        url=thread.url,
        replies=(),
        needs_account=source.needs_account,
        licence=licence_link(thread.question.licence) if thread.question.licence else _EMPTY,
        edit=None,
        linked=site.labels(f"linked.{linked.because.value}"),
    )


def _likely_ids(topic: Topic) -> frozenset[str]:
    return frozenset(likely.topic for likely in topic.likely_duplicates)


def _asked_by(site: Site, question: _Message) -> Html:
    """Return who asked the question and when, as far as a page may show it: "asked by Fred on 3 May 2024"."""
    t, at = site.labels, question.written_at
    date = t.date(at.date()) if at else None
    if question.author is None or not question.author.name:
        return t("asked-on", date=date) if date else _EMPTY
    person = author_name(question, t, named_role=False)
    return t("asked-by-on", who=person, date=date) if date else t("asked-by", who=person)


def _reply_link_text(site: Site, message: _Message) -> Html:
    """Return the words of a link to a reply: "Reply by Ada, 4 May 2024"."""
    author = message.author
    person = bidi_isolated(author.name) if author and author.name else site.labels(f"role.{message.role.value}")
    if message.written_at:
        return site.labels("reply-of-on", who=person, date=site.labels.date(message.written_at.date()))
    return site.labels("reply-of", who=person)


def _date_phrases(site: Site, topic: Topic) -> tuple[Html, ...]:
    """Return when the question was first asked (only if it was asked more than once) and when it was last answered."""
    first = topic.first_asked if topic.asked > 1 else None
    shown = (("first-asked", first), ("last-answered", topic.last_answered))
    return tuple(site.labels(key, date=site.labels.date(at.date())) for key, at in shown if at)


def _banner(site: Site, topic: Topic, note: Note) -> Banner:
    """Return the banner of a note that staff added."""
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
    return Banner(
        kind=Label(note.kind.value), words=words, text=note.text, instead=_newer_answer(site, topic, note.instead)
    )


def _newer_answer(site: Site, topic: Topic, url: Url | None) -> Url | Href | None:
    """Return the link to a newer answer: the page on this site if there is one, else the URL that staff gave."""
    here = site.topics_by_url.get(url.value.rstrip("/")) if url else None
    if here is None or here.id == topic.id:
        return url
    return href_to_root(f"{topic_site_path(topic)}index.html") + topic_site_path(here)


def _most_asked_first(site: Site, topic_id: str) -> tuple[int, str]:
    topic = site.by_id.get(topic_id)
    return -topic.asked if topic else 0, topic_id


def _thank_you_line(site: Site, topic: Topic) -> Html:
    """Return the thanks to everyone who asked or answered; a person who did both is thanked for asking."""
    t = site.labels
    threads = (*(member.thread for member in topic.members), *(linked.thread for linked in topic.linked))
    askers = credited_people(((thread.key.source, thread.question) for thread in threads), t)
    accounts = {person.account for person in askers}
    replies = (
        (member.thread.key.source, one)
        for member, message in topic.answers
        for one in (message, *answer_updates(topic, member, message))
    )
    helpers = tuple(person for person in credited_people(replies, t) if person.account not in accounts)
    if askers and helpers:
        return t("thanks-both", askers=joined_names(askers, t), helpers=joined_names(helpers, t))
    if helpers:
        return t("thanks-helpers", helpers=joined_names(helpers, t))
    if askers:
        return t("thanks-askers", askers=joined_names(askers, t))
    return t("thanks-all")


def _report_link(site: Site, page_url: Url | Href) -> Url | Href | None:
    """Return the link for reporting a mistake on the page, with the page's URL filled in.

    None if no link is configured, or if the link needs the full URL of the page and the site does not know its own.
    """
    target = site.rules.report_to
    if not target:
        return None
    if mail := mailto_href(target):
        subject = quote(site.labels.plain("report-subject"), safe="")
        return mail + Href(f"?subject={subject}&body={quote(page_url.value, safe='')}")
    if isinstance(page_url, Href) and "{url}" in target:
        return None
    return Url.parse(target.replace("{url}", quote(page_url.value, safe="")))


def _thread_edit_url(site: Site, member: Member) -> Url | None:
    """Return the URL for editing a thread's file; None if the thread has no file."""
    return _file_edit_url(site, site.files.get(member.thread.key))


def _topic_edit_url(site: Site, topic: Topic) -> Url | None:
    """Return the URL for editing the main answer: the file that staff wrote for the topic, else the thread's file."""
    if topic.written:
        return _file_edit_url(site, f"topics/{topic.id}.md")
    return _thread_edit_url(site, topic.main_member) if topic.main_member else None


def _file_edit_url(site: Site, path: str | None) -> Url | None:
    if path is None or not site.rules.edit_url:
        return None
    return Url.parse(site.rules.edit_url.replace("{path}", quote(path, safe="/")))
