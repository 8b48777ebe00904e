"""Parts that the company's own pages may include with a comment `<!-- faq:NAME -->`: lists, numbers, a search form."""

from collections.abc import Mapping

from faq_builder.model import Html
from faq_builder.render.href import Href
from faq_builder.render.lists import list_entries
from faq_builder.render.open_lists import NO_REPLY, UNCONFIRMED, open_list_entries, without_reply
from faq_builder.render.site import Site

LISTED_TOPICS = 5
MAX_LISTED_TAGS = 40  # the most used tags; the page of tags lists all


def page_parts(site: Site) -> Mapping[str, Html]:
    """Return every part by its name. Links in a part are relative to the site's root."""
    t, root = site.labels, Href("")
    tags = sorted(site.tags, key=lambda tag: (-len(tag.topics), tag.slug))[:MAX_LISTED_TAGS]

    def render(template: str, /, **values: object) -> Html:
        return site.templates.render(template, t=t, base=root, **values)

    def topic_list(name: str, **values: object) -> Html:
        defaults = {"entries": (), "open_entries": (), "more": Href("all/"), "name": name}
        return render("part-list", **defaults | values)

    waiting = open_list_entries(site, site.waiting[:LISTED_TOPICS])
    return {
        "search": render("part-search"),
        "newest": topic_list("newest", entries=list_entries(site, site.newest[:LISTED_TOPICS])),
        "most-asked": topic_list("most-asked", entries=list_entries(site, site.answered[:LISTED_TOPICS])),
        "waiting": topic_list(
            "waiting", open_entries=waiting, more=NO_REPLY if without_reply(site.open) else UNCONFIRMED
        ),
        "numbers": _numbers(site),
        "tags": render("part-tags", tags=tuple(sorted(tags, key=lambda tag: tag.slug))),
        "places": render("part-places", places=site.places),
    }


def _numbers(site: Site) -> Html:
    """Return a sentence for each number that is worth reading: answered, asked how often, waiting."""
    t, answered = site.labels, len(site.answered)
    numbers = [t("numbers-answered", n=answered)] if answered else []
    asked = sum(topic.asked for topic in site.answered)
    places = {place for topic in site.answered for place in topic.places}
    if asked > answered:
        times = t("asked", n=asked)
        numbers.append(t("asked-across", asked=times, m=len(places)) if len(places) > 1 else times)
    if site.open:
        numbers.append(t("waiting-in", n=len(site.open)))
    sentences = " ".join(f"{words.value}." for words in numbers)
    return Html(f'<p class="faq-numbers">{sentences}</p>' if numbers else "")
