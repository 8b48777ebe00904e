"""Any text on one line of a Markdown file: as it is where it reads well, else quoted."""

import json
import re

from faq_builder.base.surrogates import whole_characters
from faq_builder.model import Url

_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")  # YAML 1.1 takes these for values
_ADDRESS = re.compile(r"https?://[A-Za-z0-9/._~?#&=%+@!$(),;:-]*[A-Za-z0-9/_=#-]")
_CHIP = re.compile(r"`(\"[^`]*\")`")
_LINK = re.compile(r"\[(?P<text>.*)\]\((?:<(?P<angled>[^<>\s]+)>|(?P<plain>[^<>\s]+))\)")


def quoted(text: str) -> str:
    """The text between double quotes, on one line, with escapes that YAML and JSON both know."""
    return re.sub(r"[\u007f-\uffff]", _escaped, json.dumps(text, ensure_ascii=False))


def scalar(text: str) -> str:
    """The text as a YAML scalar: plain where every YAML reader takes it for this very text, else quoted."""
    if _ADDRESS.fullmatch(text):
        return text
    plain = text[:1].isalpha() and text == " ".join(text.split(" ")).strip() and text.casefold() not in _WORDS
    return text if plain and all(c.isalnum() or c in " ?!.,()/'+_-" for c in text) else quoted(text)


def chip(text: str) -> str:
    """The text within a line of Markdown: plain where it means nothing else there, else quoted as code."""
    plain = text and text[0].isalnum() and text[-1].isalnum() and "  " not in text
    if plain and all(c.isalnum() or c in " .'_-" for c in text):
        return text
    return f"`{quoted(text).replace('`', chr(92) + 'u0060').replace('·', chr(92) + 'u00b7')}`"


def unchip(text: str) -> str | None:
    """The text that `chip` wrote or that a person typed; None where the quotes are broken."""
    match = _CHIP.fullmatch(text.strip())
    if match is None:
        return None if "`" in text else text.strip()
    try:
        value = json.loads(match[1])
    except ValueError:
        return None
    return whole_characters(value) if isinstance(value, str) else None


def link(text: str, url: Url) -> str:
    """A Markdown link; the text stands as given."""
    return f"[{text}](<{url}>)" if "(" in url.value or ")" in url.value else f"[{text}]({url})"


def unlink(text: str) -> tuple[str, Url] | None:
    """The text and the address of a Markdown link that stands alone, None for anything else."""
    match = _LINK.fullmatch(text.strip())
    url = Url.parse(match["angled"] or match["plain"]) if match else None
    return (match["text"], url) if match and url else None


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else f"\\u{ord(match[0]):04x}"
