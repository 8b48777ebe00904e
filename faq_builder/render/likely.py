"""Links to topics that probably ask the same, with words that say who thinks so: a program, a place, or a reply."""

from collections.abc import Iterator
from dataclasses import dataclass

from faq_builder.model import Html, LikelyDuplicate, PublicText, Topic
from faq_builder.render.href import Href
from faq_builder.render.site import Site, topic_site_path


@dataclass(frozen=True, kw_only=True)
class LikelyLink:
    """A topic that probably asks the same."""

    site_path: Href
    question: PublicText
    why: Html


def likely_links(site: Site, topic: Topic) -> tuple[LikelyLink, ...]:
    """Return the links to the answered topics that probably ask the same, the most likely first."""
    place = site.place_name(topic.places[0])
    return tuple(
        LikelyLink(
            site_path=topic_site_path(other),
            question=other.question,
            why=site.labels(f"likely.{likely.because.value}", place=place),
        )
        for likely, other in likely_topics(site, topic)
    )


def likely_topics(site: Site, topic: Topic) -> Iterator[tuple[LikelyDuplicate, Topic]]:
    """Yield the likely duplicates that have a page, each with its topic."""
    found = ((likely, site.by_id.get(likely.topic)) for likely in topic.likely_duplicates)
    yield from ((likely, other) for likely, other in found if other and other.answered and other.id != topic.id)
