"""All pages that we make, and the tiny documents that stand at former addresses."""

from collections.abc import Iterable, Iterator

from faq_builder.model import Html, Withdrawn
from faq_builder.render.address import Address, absolute, base_of
from faq_builder.render.labels import Label
from faq_builder.render.lists import list_pages
from faq_builder.render.page import H1_ID, Page, Redirect
from faq_builder.render.site import Site, topic_address
from faq_builder.render.topic import topic_page


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site that gets a frame: topics in the order of their ids, withdrawn ones, lists, search."""
    yield from (topic_page(site, topic) for topic in site.grouping.topics if topic.answered)
    yield from other_pages(site)


def other_pages(site: Site) -> Iterator[Page]:
    """Every page of the site that gets a frame, but for those of topics."""
    for withdrawn in site.grouping.withdrawn:
        for slug in dict.fromkeys((withdrawn.slug, *withdrawn.former_slugs)):
            yield withdrawn_page(site, slug, withdrawn.related)
    yield from (withdrawn_page(site, slug) for slug, address in _former(site) if address is None)
    yield from list_pages(site)
    yield search_page(site)


def redirects(site: Site) -> Iterator[Redirect]:
    """Where former addresses lead; a topic that lost its answer is on the list of open questions."""
    for slug, address in _former(site):
        if address is not None:
            yield Redirect(path=f"q/{slug}/index.html", target=address.value)


def redirect_document(site: Site, redirect: Redirect) -> Html:
    """The whole document for a former address: it works without JavaScript and stays out of search engines."""
    target = Address(redirect.target)
    return site.templates.render(
        "redirect",
        t=site.labels,
        language=Label(site.labels.language),
        target=base_of(redirect.path) + target,
        canonical=absolute(site.rules.site_url, target) if site.rules.site_url else base_of(redirect.path) + target,
    )


def withdrawn_page(site: Site, slug: str, related: Iterable[str] = ()) -> Page:
    """The page of a topic whose answer had to go: nothing of it, but ways on."""
    return _plain_page(site, f"q/{slug}/index.html", "withdrawn", noindex=True, related=related)


def search_page(site: Site) -> Page:
    """The page with the results of a search; without JavaScript it leads to the lists."""
    return _plain_page(site, "search/index.html", "search", title="search-title", noindex=True)


def _plain_page(
    site: Site, path: str, template: str, *, title: str = "", noindex: bool, related: Iterable[str] = ()
) -> Page:
    body = site.templates.render(
        template, t=site.labels, base=base_of(path), h1_id=Label(H1_ID), related=tuple(site.links(related))
    )
    words = site.labels(title or template)
    return Page(path=path, title=words, description=words, body=body, noindex=noindex)


def _former(site: Site) -> Iterator[tuple[str, Address | None]]:
    """Each former slug with the address it leads to now, sorted; None where nothing is left to lead to."""
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
            yield slug, topic_address(topic) if topic.answered else Address("open/")
        elif topic_id in withdrawn_by_id:
            yield slug, Address(f"q/{withdrawn_by_id[topic_id].slug}/")
        else:
            yield slug, None
