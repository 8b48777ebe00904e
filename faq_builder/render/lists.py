"""Pages that list topics: all questions, open questions, tags, places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from faq_builder.model import Html, PublicText, Topic, Url
from faq_builder.render.address import Address, base_of
from faq_builder.render.labels import Label
from faq_builder.render.page import H1_ID, Page
from faq_builder.render.site import Place, Site, topic_address
from faq_builder.render.topic import asked


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An answered topic in a list."""

    address: Address
    question: PublicText
    excerpt: PublicText
    facts: tuple[Html, ...]  # asked how often, where, last answered
    language: Label | None


@dataclass(frozen=True, kw_only=True)
class OpenEntry:
    """A topic that waits for an answer: it has no page here, its discussions are where to answer."""

    question: PublicText
    facts: tuple[Html, ...]
    discussions: tuple[tuple[Label, Url, bool], ...]  # place, address, whether it needs an account
    language: Label | None


@dataclass(frozen=True, kw_only=True)
class Paged:
    """A list that may be longer than a page: where it lies, what stands above it, and all its topics."""

    folder: Address
    title: Html  # escaped text
    lead: Html
    empty: Html
    topics: tuple[Topic, ...]
    extra: Html = field(default=Html(""))  # below the lead on the first page


def list_pages(site: Site) -> Iterator[Page]:
    """All lists of the site, the roots of tags and places included."""
    t = site.labels
    yield from paged(site, _all(site))
    yield from paged(
        site,
        Paged(folder=Address("open/"), title=t("open"), lead=t("open-lead"), empty=t("open-none"), topics=site.open),
    )
    yield _root(site, "tags")
    for tag in site.tags:
        title, lead = t("tag", tag=tag.name), t("tag-lead", tag=tag.name)
        yield from paged(
            site, Paged(folder=tag.address, title=title, lead=lead, empty=t("none-yet"), topics=tag.topics)
        )
    yield _root(site, "places")
    for place in site.places:
        yield from paged(site, _place(site, place))


def paged(site: Site, listed: Paged) -> Iterator[Page]:
    """The pages of one list, at least one."""
    size = site.rules.per_page
    count = max(1, -(-len(listed.topics) // size))
    for number in range(1, count + 1):
        folder = f"{listed.folder}{number}/" if number > 1 else listed.folder.value
        topics = listed.topics[(number - 1) * size : number * size]
        of = site.labels("page-of", n=number, m=count)
        body = site.templates.render(
            "list",
            t=site.labels,
            base=base_of(f"{folder}index.html"),
            h1_id=Label(H1_ID),
            title=listed.title,
            lead=listed.lead,
            extra=listed.extra if number == 1 else Html(""),
            empty=listed.empty,
            count=len(listed.topics),
            entries=entries(site, [t for t in topics if t.answered]),
            open_entries=open_entries(site, [t for t in topics if not t.answered]),
            pages=tuple(_way(listed.folder, number, count)),
            number=number,
            of=of,
        )
        title = f"{listed.title.value} – {of.value}" if number > 1 else listed.title.value
        yield Page(path=f"{folder}index.html", title=Html(title), description=listed.lead, body=body)


def entries(site: Site, topics: Iterable[Topic]) -> tuple[Entry, ...]:
    """Answered topics as they stand in lists."""
    return tuple(
        Entry(
            address=topic_address(topic),
            question=topic.question,
            excerpt=site.excerpts[topic.id],
            facts=tuple(_facts(site, topic)),
            language=_language(site, topic),
        )
        for topic in topics
    )


def open_entries(site: Site, topics: Iterable[Topic]) -> tuple[OpenEntry, ...]:
    """Open topics as they stand in lists."""
    return tuple(
        OpenEntry(
            question=topic.question,
            facts=tuple(_facts(site, topic)),
            discussions=tuple(_discussions(site, topic)),
            language=_language(site, topic),
        )
        for topic in topics
    )


def _all(site: Site) -> Paged:
    t = site.labels
    return Paged(folder=Address("all/"), title=t("all"), lead=t("all-lead"), empty=t("none-yet"), topics=site.answered)


def _place(site: Site, place: Place) -> Paged:
    t = site.labels
    extra: list[str] = []
    if place.source.base_url:
        url = place.source.base_url.__html__()
        extra.append(f'<a href="{url}" rel="noopener">{t("visit", place=place.name).value}</a>')
    if place.waiting:
        extra.append(t("waiting-in", n=len(place.waiting)).value)
    return Paged(
        folder=place.address,
        title=Html(place.name.__html__()),
        lead=t("place-lead", place=place.name),
        empty=t("none-yet"),
        topics=place.answered,
        extra=Html(" · ".join(extra)),
    )


def _root(site: Site, name: str) -> Page:
    """The root of all tags or of all places."""
    t, path = site.labels, f"{name}/index.html"
    body = site.templates.render(name, t=t, base=base_of(path), h1_id=Label(H1_ID), tags=site.tags, places=site.places)
    return Page(path=path, title=t(name), description=t(f"{name}-lead"), body=body)


def _facts(site: Site, topic: Topic) -> Iterator[Html]:
    t = site.labels
    how_often = asked(site, topic)
    if how_often:
        yield how_often
    elif topic.answered:
        yield Html(site.place_name(topic.places[0]).__html__())
    if topic.answered and topic.last_answered:
        yield t("last-answered", date=t.date(topic.last_answered.date()))
    elif not topic.answered and topic.first_asked:
        yield t("since", date=t.date(topic.first_asked.date()))


def _discussions(site: Site, topic: Topic) -> Iterator[tuple[Label, Url, bool]]:
    for member in topic.members:
        source = site.source(member.thread.key.source)
        if member.thread.url:
            yield Label(source.place), member.thread.url, source.needs_account


def _language(site: Site, topic: Topic) -> Label | None:
    return Label(topic.language) if topic.language != site.rules.language else None


def _way(folder: Address, number: int, count: int) -> Iterator[tuple[int, Address]]:
    """The pages that a reader may go to from one: the ends and the neighbours."""
    near: Sequence[int] = sorted({1, 2, number - 1, number, number + 1, count - 1, count})
    for page in near:
        if 1 <= page <= count and count > 1:
            yield page, Address(f"{folder}{page}/") if page > 1 else folder
