"""Addresses: none that holds a mail address or a key, and none that repeats what was taken out of a title."""

import re
from urllib.parse import unquote, urlsplit

from faq_builder.config import RedactRules
from faq_builder.model import Url
from faq_builder.read.formats.discourse import without_slug
from faq_builder.redact.identifiers import IN_ADDRESSES
from faq_builder.redact.invisible import seen
from faq_builder.redact.text import find

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3  # characters of a word that tells something; shorter ones and short numbers stand in many addresses


def lost_words(title: str, public: str) -> frozenset[str]:
    """The words of a title that redaction took out of it. Sites write a title into an address word by word."""
    return frozenset() if title == public else _words(seen(title)) - _words(public)


def public_url(url: Url | None, rules: RedactRules, lost: frozenset[str] = frozenset()) -> Url | None:
    """The address as it may be published, without the title where that lost words; None where it cannot."""
    if url is not None and lost:
        short = without_slug(url)
        if short == url and any(len(word) >= _SHORTEST for word in lost & _words(_path(url))):
            return None
        url = short
    return None if url is None or find(url.value, rules, IN_ADDRESSES) else url


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _path(url: Url) -> str:
    parts = urlsplit(url.value)
    return unquote(f"{parts.path}?{parts.query}#{parts.fragment}")
