"""Text that may reach a page: redacted text, finished HTML, and addresses. Raw text is a plain `str` and may not."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

_NOT_IN_URL = re.compile(r'[\s\x00-\x1f\x7f<>"\\^`{|}\ud800-\udfff]')


@dataclass(frozen=True, slots=True, order=True)
class PublicText:
    """Text that went through redaction. Only `faq_builder.redact` makes it (a test holds that)."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def map(self, make: Callable[[str], str]) -> "PublicText":
        """Text made out of nothing but this text: cut short, without its marks."""
        return replace(self, value=make(self.value))

    def __html__(self) -> str:
        """The text escaped for HTML content and quoted attributes (the protocol of Jinja and markupsafe)."""
        return html.escape(self.value, quote=True)


@dataclass(frozen=True, slots=True)
class Html:
    """Finished, sanitised HTML. Only `faq_builder.render` makes it (a test holds that)."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """An absolute http(s) address without user name, password, white space, control characters or surrogates.

    Raises ValueError for anything else; `Url.parse` gives None instead.
    """

    value: str

    def __post_init__(self) -> None:
        text = self.value
        if _NOT_IN_URL.search(text):
            raise ValueError("an address holds a character that addresses do not have")
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise ValueError("not an http(s) address")
        _ = parts.port  # raises ValueError where it is no number

    @classmethod
    def parse(cls, text: str | None) -> "Url | None":
        """The address, or None where the text is not one."""
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
