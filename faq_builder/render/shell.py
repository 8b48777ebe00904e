"""Values for the templates around every page (theme/base.html, 404.html) and for the search client.

MkDocs renders these templates without autoescape, so they escape every value when they print it (`| e`, `| tojson`).
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from faq_builder.config import PublishRules
from faq_builder.render.href import mailto_href
from faq_builder.render.labels import labels_for

ThemeValue: TypeAlias = "str | Mapping[str, ThemeValue] | Sequence[ThemeValue] | None"

_TEMPLATE_LABELS = (
    "search", "search-lead", "navigation", "all", "open", "tags", "places", "feeds", "footer", "contact", "ask", "skip",
    "not-found", "not-found-text",
)  # fmt: skip
_CLIENT_PREFIX = "client."  # of the labels that only the search client uses


def theme_values(rules: PublishRules) -> dict[str, ThemeValue]:
    """Return the value of `config.extra.faq`: `words` for the templates, `client` for the search client (as JSON).

    `client.labels` still contain placeholders such as `{n}`. `client.ask` lists the places where the public can ask,
    and `client.misses` is the URL that the page sends unsuccessful searches to.
    """
    labels = labels_for(rules.language)
    return {
        "words": {key.replace("-", "_"): labels.table[key] for key in _TEMPLATE_LABELS},
        "client": {
            "ask": [{"name": place.name, "url": place.url} for place in rules.ask],
            "contact": str(mailto_href(rules.contact) or rules.contact) if rules.contact else None,
            "misses": rules.misses,
            "labels": {
                key.removeprefix(_CLIENT_PREFIX): words
                for key, words in labels.table.items()
                if key.startswith(_CLIENT_PREFIX)
            },
        },
    }
