"""Any text on one line of a thread file: as it is if that is unambiguous, else quoted."""

import json
import re

from faq_builder.base.surrogates import whole_characters
from faq_builder.model import Url

_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")  # YAML 1.1 reads these as values
_URL = re.compile(r"https?://[A-Za-z0-9/._~?#&=%+@!$(),;:-]*[A-Za-z0-9/_=#-]")
_QUOTED_CODE = re.compile(r"`(\"[^`]*\")`")
_LINK = re.compile(r"\[(?P<text>.*)\]\((?:<(?P<angled>[^<>\s]+)>|(?P<plain>[^<>\s]+))\)")


def double_quoted(text: str) -> str:
    """Return the text between double quotes, on one line, with escapes that both YAML and JSON read."""
    return re.sub(r"[\u007f-\uffff]", _escaped, json.dumps(text, ensure_ascii=False))


def scalar(text: str) -> str:
    """Return the text as a YAML scalar: plain if every YAML reader reads it as this text, else quoted.

    red widget -> red widget, yes -> "yes"
    """
    if _URL.fullmatch(text):
        return text
    plain = text[:1].isalpha() and text == " ".join(text.split(" ")).strip() and text.casefold() not in _WORDS
    return text if plain and all(c.isalnum() or c in " ?!.,()/'+_-" for c in text) else double_quoted(text)


def inline_text(text: str) -> str:
    """Return the text as part of a line of Markdown: plain if it has no other meaning there, else quoted as code.

    Fred -> Fred, Fred (staff) -> `"Fred (staff)"`
    """
    plain = text and text[0].isalnum() and text[-1].isalnum() and "  " not in text
    if plain and all(c.isalnum() or c in " .'_-" for c in text):
        return text
    return f"`{double_quoted(text).replace('`', chr(92) + 'u0060').replace('·', chr(92) + 'u00b7')}`"


def parse_inline_text(text: str) -> str | None:
    """Return the text that `inline_text` wrote or that a person typed; None if the quotes are broken."""
    match = _QUOTED_CODE.fullmatch(text.strip())
    if match is None:
        return None if "`" in text else text.strip()
    try:
        value = json.loads(match[1])
    except ValueError:
        return None
    return whole_characters(value) if isinstance(value, str) else None


def markdown_link(text: str, url: Url) -> str:
    """Return a Markdown link; the text is not escaped."""
    return f"[{text}](<{url}>)" if "(" in url.value or ")" in url.value else f"[{text}]({url})"


def parse_link(text: str) -> tuple[str, Url] | None:
    """Return text and URL of a Markdown link; None if the text is anything else: [a](https://b) -> (a, https://b)."""
    match = _LINK.fullmatch(text.strip())
    url = Url.parse(match["angled"] or match["plain"]) if match else None
    return (match["text"], url) if match and url else None


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else f"\\u{ord(match[0]):04x}"
