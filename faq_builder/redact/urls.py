"""Redacts URLs: drops those with an e-mail address or a secret, and words that redaction removed from a title."""

import re
from urllib.parse import unquote, urlsplit

from faq_builder.config import RedactRules
from faq_builder.model import Url
from faq_builder.read.formats.discourse import without_slug
from faq_builder.redact.identifiers import KINDS_IN_URLS
from faq_builder.redact.invisible import without_invisible
from faq_builder.redact.text import find_private_data

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_WORD = 3  # characters; shorter words and numbers occur in many URLs by chance


def removed_words(title: str, public: str) -> frozenset[str]:
    """Return the words that redaction removed from a title. The URL of a thread may repeat them word by word."""
    return frozenset() if title == public else _word_set(without_invisible(title)) - _word_set(public)


def public_url(url: Url | None, rules: RedactRules, removed: frozenset[str] = frozenset()) -> Url | None:
    """Return a URL without its title part if redaction removed words from the title.

    None if the URL must not be published. With {"fred"} removed: "https://forum.example/t/fred-s-widget/77" -> "https://forum.example/t/77".
    """
    if url is not None and removed:
        short = without_slug(url)
        if short == url and any(len(word) >= _SHORTEST_WORD for word in removed & _word_set(_readable_path(url))):
            return None
        url = short
    return None if url is None or find_private_data(url.value, rules, KINDS_IN_URLS) else url


def _word_set(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _readable_path(url: Url) -> str:
    parts = urlsplit(url.value)
    return unquote(f"{parts.path}?{parts.query}#{parts.fragment}")
