"""The types of text that may appear on a page: redacted text, finished HTML, URLs. A plain `str` is raw and may not."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

_NOT_IN_URL = re.compile(r'[\s\x00-\x1f\x7f<>"\\^`{|}\ud800-\udfff]')


@dataclass(frozen=True, slots=True, order=True)
class PublicText:
    """Redacted text. Only `faq_builder.redact` makes it (a test checks that)."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def map(self, make: Callable[[str], str]) -> "PublicText":
        """Return text that `make` derives from this text alone, such as a shorter text."""
        return replace(self, value=make(self.value))

    def __html__(self) -> str:
        """Return the text escaped for HTML content and quoted attributes (the protocol of Jinja and markupsafe)."""
        return html.escape(self.value, quote=True)


@dataclass(frozen=True, slots=True)
class Html:
    """Finished, sanitised HTML. Only `faq_builder.render` makes it (a test checks that)."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """An absolute http(s) URL without user name, password, white space, control characters or surrogates.

    Raises ValueError for any other text; `Url.parse` returns None instead.
    """

    value: str

    def __post_init__(self) -> None:
        text = self.value
        if _NOT_IN_URL.search(text):
            raise ValueError("a URL contains a character that is not allowed in URLs")
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise ValueError("not an http(s) URL")
        _ = parts.port  # raises ValueError if it is not a number

    @classmethod
    def parse(cls, text: str | None) -> "Url | None":
        """Return the URL in a text, None if the text is not a URL."""
        try:
            return cls(text.strip()) if text else None
        except ValueError:
            return None

    @property
    def host(self) -> str:
        """The host name in lower case."""
        return urlsplit(self.value).hostname or ""

    def __str__(self) -> str:
        return self.value

    def __html__(self) -> str:
        return html.escape(self.value, quote=True)
