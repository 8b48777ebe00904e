"""The beginning of a text on one line that can be read: code and greetings are left out, cells and items told apart."""

import html
import re

from faq_builder.model import PublicText
from faq_builder.render.markdown import cut, sanitised
from faq_builder.render.opening import without_opening

_CODE = re.compile(r"<pre>.*?(?:</pre>|\Z)", re.DOTALL)
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ALT = re.compile(r' alt="([^"]*)"')
_WORDS = {  # inside of these a tag is no border between words
    "a", "abbr", "b", "bdi", "bdo", "code", "del", "em", "i", "ins", "kbd", "mark", "s", "samp", "small", "span",
    "strong", "sub", "sup", "u", "var", "wbr",
}  # fmt: skip
_ENOUGH = 4  # characters of HTML for one of the excerpt, usually
# control characters, as no text needs them, and what stands for them where nothing else ends the words before
_MARKS = {"\x02": "; ", "\x03": " · ", "\x04": ": "}
_MARKED = re.compile(r"(?P<end>[^\s\x02-\x04]?)[ \x02-\x04]*?(?P<mark>[\x02-\x04])[ \x02-\x04]*")
_ENDS = frozenset((*".,;:!?…–—", ""))


def excerpt(text: PublicText, length: int) -> PublicText:
    """The text without code and greeting if it is at most `length` characters long, else its beginning up to a word."""
    return cut(text.map(lambda value: _readable(value, length)), length)


def _readable(text: str, length: int) -> str:
    """Enough of the text for so many characters: most texts are longer, and their ends cost time."""
    whole = sanitised(text)
    head = whole[: _ENOUGH * length].rpartition("<")[0] if len(whole) > _ENOUGH * length else whole
    words = without_opening(_flat(_CODE.sub(" … ", head)))
    if head is not whole and len(words) <= length:
        words = without_opening(_flat(_CODE.sub(" … ", whole)))
    return words if words.strip(" …") else _flat(whole)


def _flat(markup: str) -> str:
    words = " ".join(html.unescape(_TAG.sub(_between, markup)).split())
    return _MARKED.sub(_border, words).strip(" ;·")


def _between(match: re.Match[str]) -> str:
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
    return "" if tag in _WORDS else " "


def _border(match: re.Match[str]) -> str:
    """What stands between two parts: of several marks in a row the strongest, so that a row does not end in a dot."""
    mark = "\x02" if "\x02" in match[0] else match["mark"]
    return f"{match['end']} " if match["end"] in _ENDS else f"{match['end']}{_MARKS[mark]}"
