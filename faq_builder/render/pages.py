"""All generated pages, and the redirect documents at former site paths."""

from collections.abc import Iterable, Iterator

from faq_builder.model import Html, Withdrawn
from faq_builder.render.href import Href, absolute_url, href_to_root
from faq_builder.render.labels import Label
from faq_builder.render.lists import list_pages
from faq_builder.render.page import H1_ID, Page, Redirect
from faq_builder.render.site import Site, topic_site_path
from faq_builder.render.topic import topic_page


def framed_pages(site: Site) -> Iterator[Page]:
    """Yield every page that is filled into a frame: topics ordered by id, withdrawn topics, lists, search."""
    yield from (topic_page(site, topic) for topic in site.grouping.topics if topic.answered)
    yield from framed_pages_except_topics(site)


def framed_pages_except_topics(site: Site) -> Iterator[Page]:
    """Yield every page that is filled into a frame, except the pages of answered topics."""
    for withdrawn in site.grouping.withdrawn:
        for slug in dict.fromkeys((withdrawn.slug, *withdrawn.former_slugs)):
            yield withdrawn_page(site, slug, withdrawn.related)
    yield from (withdrawn_page(site, slug) for slug, target in _former_slugs(site) if target is None)
    yield from list_pages(site)
    yield search_page(site)


def redirects(site: Site) -> Iterator[Redirect]:
    """Yield the redirects of former slugs. A topic that lost its answer redirects to the list of open questions."""
    for slug, target in _former_slugs(site):
        if target is not None:
            yield Redirect(path=f"q/{slug}/index.html", target=target.value)


def redirect_document(site: Site, redirect: Redirect) -> Html:
    """Return the whole document of a redirect: it works without JavaScript and stays out of search engines."""
    site_path = Href(redirect.target)
    target = href_to_root(redirect.path) + site_path
    return site.templates.render(
        "redirect",
        t=site.labels,
        language=Label(site.labels.language),
        target=target,
        canonical=absolute_url(site.rules.site_url, site_path) if site.rules.site_url else target,
    )


def withdrawn_page(site: Site, slug: str, related: Iterable[str] = ()) -> Page:
    """Return the page of a topic whose answer was withdrawn: only links to related topics and lists."""
    return _plain_page(site, f"q/{slug}/index.html", "withdrawn", noindex=True, related=related)


def search_page(site: Site) -> Page:
    """Return the page of search results; without JavaScript it links to the lists."""
    return _plain_page(site, "search/index.html", "search", title="search-title", noindex=True)


def _plain_page(
    site: Site, path: str, template: str, *, title: str = "", noindex: bool, related: Iterable[str] = ()
) -> Page:
    body = site.templates.render(
        template, t=site.labels, base=href_to_root(path), h1_id=Label(H1_ID), related=tuple(site.topic_links(related))
    )
    words = site.labels(title or template)
    return Page(path=path, title=words, description=words, body=body, noindex=noindex)


def _former_slugs(site: Site) -> Iterator[tuple[str, Href | None]]:
    """Yield each former slug, sorted, with the site path to redirect to; None if no topic is left for it."""
    former = dict(site.grouping.redirects)
    former |= {slug: topic.id for topic in site.grouping.topics for slug in topic.former_slugs}
    live = {topic.slug for topic in site.answered} | {
        slug for withdrawn in site.grouping.withdrawn for slug in (withdrawn.slug, *withdrawn.former_slugs)
    }
    withdrawn_by_id: dict[str, Withdrawn] = {withdrawn.id: withdrawn for withdrawn in site.grouping.withdrawn}
    for slug, topic_id in sorted(former.items()):
        topic = site.by_id.get(topic_id)
        if slug in live:
            continue
        if topic is not None:
            yield slug, topic_site_path(topic) if topic.answered else Href("open/")
        elif topic_id in withdrawn_by_id:
            yield slug, Href(f"q/{withdrawn_by_id[topic_id].slug}/")
        else:
            yield slug, None
