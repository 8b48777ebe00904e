"""Labels: the words of pages around the answers, in one table per language.

To add a language, add a table with the same keys (a test compares them). The number `n` chooses between the keys
`.one` and `.other`; a language with more plural forms overrides `Labels.plural_form`.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Protocol

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.model import Html, primary_language
from faq_builder.render.labels_en import ENGLISH

TABLES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}


class HasHtml(Protocol):
    """A value that can write itself as HTML."""

    def __html__(self) -> str: ...


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """Words of the package or of the configuration, never of a conversation. Templates escape them."""

    value: str

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> str:
        return html.escape(self.value, quote=True)


@dataclass(frozen=True)
class Labels:
    """The labels of one language."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: HasHtml | int) -> Html:
        """Return a label with its values as HTML: `t("questions", n=2)` -> "2 questions".

        Raises KeyError if the label or one of its values is missing.
        """
        as_html = {name: _value_html(value) for name, value in values.items()}
        return Html(html.escape(self._words(key, values)).format_map(as_html))

    def plain(self, key: str, **values: int) -> str:
        """Return a label as text that is not escaped."""
        return self._words(key, values).format_map(values)

    def date(self, day: date) -> Html:
        """Return a day in a `<time>` element: `<time datetime="2024-05-01">1 May 2024</time>`."""
        month = self.table["months"].split()[day.month - 1]
        words = self.table["date"].format(day=day.day, month=month, year=day.year)
        return Html(f'<time datetime="{day:%Y-%m-%d}">{html.escape(words)}</time>')

    def because(self, reasons: Sequence[str]) -> Html:
        """Return what spoke for an answer in words (`Answer.because`): "the asker replied to it, and it shows code"."""
        words = [self(f"why.because.{reason}") for reason in reasons]
        return reduce(lambda first, second: self("why.and", first=first, second=second), words)

    def plural_form(self, n: int) -> str:
        """Return the end of the key for a number: "one" or "other"."""
        return "one" if n == 1 else "other"

    def _words(self, key: str, values: Mapping[str, object]) -> str:
        n = values.get("n")
        if isinstance(n, int) and f"{key}.{self.plural_form(n)}" in self.table:
            return self.table[f"{key}.{self.plural_form(n)}"]
        return self.table[key]


def labels_for(language: str) -> Labels:
    """Return the labels of a language (BCP 47); English if there is no table for it."""
    name = _table_name(language) or "en"
    return Labels(name, TABLES[name])


def untranslated_findings(language: str, settings: str) -> tuple[Diagnostic, ...]:
    """Return a finding in the settings file if there is no table of labels for the site's language."""
    if _table_name(language):
        return ()
    message = "the labels around the answers are not available in the site's language"
    advice = "they are shown in English; add a table of labels, or write `language: en` below `theme:`"
    return (Diagnostic(code="FAQ730", where=Location(path=settings), message=message, help=advice),)


def _table_name(language: str) -> str | None:
    name = primary_language(language)
    return name if name in TABLES else None


def _value_html(value: HasHtml | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value.__html__()
