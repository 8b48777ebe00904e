"""What the templates around every page (theme/base.html, 404.html) and the search client are told.

MkDocs renders those templates, without autoescape: every value here is escaped where it is printed (`| e`, `| tojson`).
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from faq_builder.config import PublishRules
from faq_builder.render.address import mail_to
from faq_builder.render.labels import labels_for

Value: TypeAlias = "str | Mapping[str, Value] | Sequence[Value] | None"

_WORDS = (
    "search", "search-lead", "navigation", "all", "open", "tags", "places", "feeds", "footer", "contact", "ask", "skip",
    "not-found", "not-found-text",
)  # fmt: skip
_CLIENT = "client."


def shell(rules: PublishRules) -> dict[str, Value]:
    """The value of `config.extra.faq`: `words` for the templates, and `client`, the JSON that the search client reads.

    The client's `labels` are its own words with the marks `{n}` left in; `ask` has the places where the public can ask,
    `misses` the address that is sent what was searched for.
    """
    labels = labels_for(rules.language)
    return {
        "words": {key.replace("-", "_"): labels.table[key] for key in _WORDS},
        "client": {
            "ask": [{"name": place.name, "url": place.url} for place in rules.ask],
            "contact": str(mail_to(rules.contact) or rules.contact) if rules.contact else None,
            "misses": rules.misses,
            "labels": {
                key.removeprefix(_CLIENT): words for key, words in labels.table.items() if key.startswith(_CLIENT)
            },
        },
    }
