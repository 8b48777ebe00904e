"""The words that pages say around the answers: one table per language, and how values stand in them.

Another language is another table with the same keys (a test compares them). A key with `.one` and `.other` is chosen by
the number `n`; a language with more plural forms overrides `Labels.form`.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Html, primary_language
from faq_builder.render.labels_en import ENGLISH

TABLES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}


class Shown(Protocol):
    """A value that knows how it stands in HTML."""

    def __html__(self) -> str: ...


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """Words of ours or of the configuration, never of a conversation; escaped where they are shown."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> str:
        return html.escape(self.value, quote=True)


@dataclass(frozen=True)
class Labels:
    """The words of one language."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: Shown | int) -> Html:
        """The words of a key with values in their places, as HTML; raises KeyError for a key that no table has."""
        shown = {name: _shown(value) for name, value in values.items()}
        return Html(html.escape(self._words(key, values)).format_map(shown))

    def plain(self, key: str, **values: int) -> str:
        """The words as text, for a client that escapes them itself."""
        return self._words(key, values).format_map(values)

    def date(self, day: date) -> Html:
        """A day as people write it, and as machines read it."""
        month = self.table["months"].split()[day.month - 1]
        words = self.table["date"].format(day=day.day, month=month, year=day.year)
        return Html(f'<time datetime="{day:%Y-%m-%d}">{html.escape(words)}</time>')

    def form(self, n: int) -> str:
        """The plural form of a number."""
        return "one" if n == 1 else "other"

    def _words(self, key: str, values: Mapping[str, object]) -> str:
        n = values.get("n")
        if isinstance(n, int) and f"{key}.{self.form(n)}" in self.table:
            return self.table[f"{key}.{self.form(n)}"]
        return self.table[key]


def labels_for(language: str) -> Labels:
    """The words of a language (BCP 47), English where there is no table for it."""
    name = _table(language) or "en"
    return Labels(name, TABLES[name])


def untranslated(language: str, settings: str) -> tuple[Diagnostic, ...]:
    """The finding that a site, whose settings stand in that file, has no words in its language."""
    if _table(language):
        return ()
    message = "the words of our pages are not available in the site's language"
    advice = "they are English; add a table of them, or write `language: en` below `theme:`"
    return (Diagnostic(code="FAQ730", where=Location(path=settings), message=message, help=advice),)


def _table(language: str) -> str | None:
    name = primary_language(language)
    return name if name in TABLES else None


def _shown(value: Shown | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value.__html__()
