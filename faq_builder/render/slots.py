"""Parts that may stand in the company's own pages, where a comment `<!-- faq:NAME -->` asks for them."""

from collections.abc import Mapping

from faq_builder.model import Html
from faq_builder.render.address import Address
from faq_builder.render.lists import entries, open_entries
from faq_builder.render.site import Site

SHOWN = 5  # topics in a part
SHOWN_TAGS = 40


def slots(site: Site) -> Mapping[str, Html]:
    """Every part by its name; links in them are relative to the site's root."""
    t, root = site.labels, Address("")
    tags = sorted(site.tags, key=lambda tag: (-len(tag.topics), tag.slug))[:SHOWN_TAGS]

    def render(template: str, /, **values: object) -> Html:
        return site.templates.render(template, t=t, base=root, **values)

    def listed(name: str, **values: object) -> Html:
        return render(
            "slot-list", **{"entries": (), "open_entries": (), "more": Address("all/"), "name": name} | values
        )

    return {
        "search": render("slot-search"),
        "newest": listed("newest", entries=entries(site, site.newest[:SHOWN])),
        "most-asked": listed("most-asked", entries=entries(site, site.answered[:SHOWN])),
        "waiting": listed("waiting", open_entries=open_entries(site, site.waiting[:SHOWN]), more=Address("open/")),
        "numbers": _numbers(site),
        "tags": render("slot-tags", tags=tuple(sorted(tags, key=lambda tag: tag.slug))),
        "places": render("slot-places", places=site.places),
    }


def _numbers(site: Site) -> Html:
    """How much is answered, how often that was asked and what waits, as far as each says something."""
    t, answered = site.labels, len(site.answered)
    said = [t("numbers-answered", n=answered)] if answered else []
    asked = sum(topic.asked for topic in site.answered)
    places = {place for topic in site.answered for place in topic.places}
    if asked > answered:
        times = t("asked", n=asked)
        said.append(t("asked-across", asked=times, m=len(places)) if len(places) > 1 else times)
    if site.open:
        said.append(t("waiting-in", n=len(site.open)))
    sentences = " ".join(f"{words.value}." for words in said)
    return Html(f'<p class="faq-numbers">{sentences}</p>' if said else "")
