"""Pages that list topics: all questions, open questions, tags, places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from faq_builder.model import Html, PublicText, Topic
from faq_builder.render.href import Href, href_to_root
from faq_builder.render.labels import Label
from faq_builder.render.open_lists import (
    NO_REPLY,
    UNCONFIRMED,
    open_list_entries,
    switch_between_lists,
    with_replies,
    without_reply,
)
from faq_builder.render.page import H1_ID, Page
from faq_builder.render.site import Place, Site, topic_site_path


@dataclass(frozen=True, kw_only=True)
class ListEntry:
    """An answered topic in a list."""

    site_path: Href
    question: PublicText
    excerpt: PublicText
    facts: tuple[Html, ...]  # how often and where it was asked, when it was last answered
    language: Label | None


@dataclass(frozen=True, kw_only=True)
class TopicList:
    """A list of topics on one or more pages: its folder, its texts and all its topics."""

    folder: Href
    title: Html  # escaped text
    lead: Html  # the sentence below the title
    empty: Html  # shown instead of an empty list
    topics: tuple[Topic, ...]
    extra: Html = field(default=Html(""))  # below the lead on the first page


def list_pages(site: Site) -> Iterator[Page]:
    """Yield the pages of all lists, and the overviews of tags and of places."""
    t = site.labels
    yield from topic_list_pages(site, _all_questions(site))
    yield from topic_list_pages(site, _without_reply(site))
    yield from topic_list_pages(site, _unconfirmed(site))
    yield _overview(site, "tags")
    for tag in site.tags:
        title, lead = t("tag", tag=tag.name), t("tag-lead", tag=tag.name)
        yield from topic_list_pages(
            site, TopicList(folder=tag.site_path, title=title, lead=lead, empty=t("none-yet"), topics=tag.topics)
        )
    yield _overview(site, "places")
    for place in site.places:
        yield from topic_list_pages(site, _questions_in(site, place))


def topic_list_pages(site: Site, listed: TopicList) -> Iterator[Page]:
    """Yield the pages of one list, at least one."""
    size = site.rules.per_page
    count = max(1, -(-len(listed.topics) // size))
    for number in range(1, count + 1):
        folder = f"{listed.folder}{number}/" if number > 1 else listed.folder.value
        topics = listed.topics[(number - 1) * size : number * size]
        page_of = site.labels("page-of", n=number, m=count)
        body = site.templates.render(
            "list",
            t=site.labels,
            base=href_to_root(f"{folder}index.html"),
            h1_id=Label(H1_ID),
            title=listed.title,
            lead=listed.lead,
            extra=listed.extra if number == 1 else Html(""),
            empty=listed.empty,
            count=len(listed.topics),
            entries=list_entries(site, [t for t in topics if t.answered]),
            open_entries=open_list_entries(site, [t for t in topics if not t.answered]),
            pages=tuple(_page_links(listed.folder, number, count)),
            number=number,
            of=page_of,
        )
        title = f"{listed.title.value} – {page_of.value}" if number > 1 else listed.title.value
        yield Page(path=f"{folder}index.html", title=Html(title), description=listed.lead, body=body)


def list_entries(site: Site, topics: Iterable[Topic]) -> tuple[ListEntry, ...]:
    """Return the entries of answered topics for a list."""
    return tuple(
        ListEntry(
            site_path=topic_site_path(topic),
            question=topic.question,
            excerpt=site.excerpts[topic.id],
            facts=tuple(_facts(site, topic)),
            language=_foreign_language(site, topic),
        )
        for topic in topics
    )


def _all_questions(site: Site) -> TopicList:
    t = site.labels
    return TopicList(folder=Href("all/"), title=t("all"), lead=t("all-lead"), empty=t("none-yet"), topics=site.answered)


def _without_reply(site: Site) -> TopicList:
    t = site.labels
    return TopicList(
        folder=NO_REPLY,
        title=t("open"),
        lead=t("open-lead"),
        empty=t("open-none-without-reply") if site.open else t("open-none"),
        topics=without_reply(site.open),
        extra=switch_between_lists(site, NO_REPLY) if site.open else Html(""),
    )


def _unconfirmed(site: Site) -> TopicList:
    t = site.labels
    return TopicList(
        folder=UNCONFIRMED,
        title=t("unconfirmed"),
        lead=t("unconfirmed-lead"),
        empty=t("open-none-with-replies") if site.open else t("open-none"),
        topics=with_replies(site.open),
        extra=switch_between_lists(site, UNCONFIRMED) if site.open else Html(""),
    )


def _questions_in(site: Site, place: Place) -> TopicList:
    t = site.labels
    extra: list[str] = []
    if place.source.base_url:
        url = place.source.base_url.__html__()
        extra.append(f'<a href="{url}" rel="noopener">{t("visit", place=place.name).value}</a>')
    if place.waiting:
        words = t("waiting-in", n=len(place.waiting)).value
        first = NO_REPLY if without_reply(place.waiting) else UNCONFIRMED
        url = (href_to_root(f"{place.site_path}index.html") + first).__html__()
        extra.append(f'<a href="{url}">{words}</a>')
    return TopicList(
        folder=place.site_path,
        title=Html(place.name.__html__()),
        lead=t("place-lead", place=place.name),
        empty=t("none-yet"),
        topics=place.answered,
        extra=Html(" · ".join(extra)),
    )


def _overview(site: Site, name: str) -> Page:
    """Return the page that lists all "tags" or all "places"."""
    t, path = site.labels, f"{name}/index.html"
    body = site.templates.render(
        name, t=t, base=href_to_root(path), h1_id=Label(H1_ID), tags=site.tags, places=site.places
    )
    return Page(path=path, title=t(name), description=t(f"{name}-lead"), body=body)


def _facts(site: Site, topic: Topic) -> Iterator[Html]:
    """Yield how often or where a topic was asked, and when it was last answered."""
    t = site.labels
    yield site.asked_phrase(topic) or Html(site.place_name(topic.places[0]).__html__())
    if topic.last_answered:
        yield t("last-answered", date=t.date(topic.last_answered.date()))


def _foreign_language(site: Site, topic: Topic) -> Label | None:
    return Label(topic.language) if topic.language != site.rules.language else None


def _page_links(folder: Href, number: int, count: int) -> Iterator[tuple[int, Href]]:
    """Yield the pages that a page of a list links to, by number: both ends and its neighbours."""
    numbers: Sequence[int] = sorted({1, 2, number - 1, number, number + 1, count - 1, count})
    for page in numbers:
        if 1 <= page <= count and count > 1:
            yield page, Href(f"{folder}{page}/") if page > 1 else folder
