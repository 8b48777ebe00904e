"""The beginning of an answer as one line of plain text, without code and greetings, for lists and llms.txt."""

import html
import re

from faq_builder.model import PublicText, without_opening
from faq_builder.render.markdown import sanitised_html, truncated

_CODE = re.compile(r"<pre>.*?(?:</pre>|\Z)", re.DOTALL)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ALT = re.compile(r' alt="([^"]*)"')
_WITHIN_WORDS = {  # tags that may occur within a word, so they do not become a space
    "a", "abbr", "b", "bdi", "bdo", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "samp", "small", "span",
    "strong", "sub", "sup", "u", "var", "wbr",
}  # fmt: skip
_HTML_PER_CHARACTER = 4  # characters of HTML that give at least one character of an excerpt in most texts
# Control characters, which no text needs, mark the ends of list items and rows, table cells, and headings. They become
# these separators if the words before them do not end with punctuation.
_SEPARATORS = {"\x02": "; ", "\x03": " · ", "\x04": ": "}
_SEPARATED = re.compile(r"(?P<end>[^\s\x02-\x04]?)[ \x02-\x04]*?(?P<marker>[\x02-\x04])[ \x02-\x04]*")
_PUNCTUATION = frozenset((*".,;:!?…–—", ""))


def answer_excerpt(text: PublicText, length: int) -> PublicText:
    """Return the text as one line, truncated to `length` characters at a word's end.

    "Hi Ada!\\n\\n- Open the **lid** slowly\\n- Take out the filter" -> "Open the lid slowly; Take out the filter"
    """
    return truncated(text.map(lambda value: _readable_line(value, length)), length)


def _readable_line(text: str, length: int) -> str:
    """Convert enough of the text for `length` characters; long texts are not converted whole, because that is slow."""
    whole = sanitised_html(text)
    limit = _HTML_PER_CHARACTER * length
    head = whole if len(whole) <= limit else whole[:limit].rpartition("<")[0]
    words = without_opening(_plain_line(_CODE.sub(" … ", head)))
    if head is not whole and len(words) <= length:
        words = without_opening(_plain_line(_CODE.sub(" … ", whole)))
    return words if words.strip(" …") else _plain_line(whole)


def _plain_line(markup: str) -> str:
    """Convert HTML to one line: "<ul><li>a</li><li>b</li></ul>" -> "a; b"."""
    words = " ".join(html.unescape(_TAG.sub(_tag_replacement, markup)).split())
    return _SEPARATED.sub(_separator, words).strip(" ;·")


def _tag_replacement(match: re.Match[str]) -> str:
    """Return what replaces a tag: a separator's marker, a space, nothing, or the alt text of an image."""
    slash, tag, attributes = match.groups()
    if tag == "img":
        alt = _ALT.search(attributes)
        return alt[1] if alt else ""
    if (tag == "li" and not slash) or (tag == "tr" and slash):
        return " \x02 "
    if tag in ("td", "th"):
        return " \x03 " if slash else " "
    if re.fullmatch("h[1-6]", tag):
        return " \x04 " if slash else " "
    return "" if tag in _WITHIN_WORDS else " "


def _separator(match: re.Match[str]) -> str:
    """Return the separator for a run of markers: the end of a row wins over the end of its last cell."""
    marker = "\x02" if "\x02" in match[0] else match["marker"]
    return f"{match['end']} " if match["end"] in _PUNCTUATION else f"{match['end']}{_SEPARATORS[marker]}"
