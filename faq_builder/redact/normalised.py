"""A text as the eye reads it, for matching only, with the way back to the text as it was written.

Undone are zero-width characters, full-width and mathematical letters, digits of other scripts, HTML entities,
percent-encoding, Markdown's backslashes, and bold marks and inline tags, so that none of them hides an address.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
)
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_FOREIGN = (  # spaces, dashes, full stops and at signs of other kinds, full-width and mathematical letters
    f"\u00a0\u2000-\u200a\u202f\u205f\u3000{_DASHES}\u2024\u3002\ufe52\ufe6b\uff01-\uff5e\uff61"
    "\U0001d400-\U0001d7ff\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59"
)
_INLINE_TAG = (  # only such as hold nothing themselves
    r"/?(?:a|b|i|u|s|em|strong|span|code|tt|kbd|mark|wbr|font|small|sub|sup)"
    r"(?:[ \t]class=[\"'][\w -]{0,100}+[\"'])?[ \t]?/?>"
    r"|!--[\s-]{0,20}?-->"
)
_WRITTEN = re.compile(  # one class first, so that the search skips all other characters quickly
    rf"[&%\\<*`{_INVISIBLE}{_FOREIGN}](?:"
    r"(?<=&)(?P<entity>(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,12});)"
    r"|(?<=%)(?P<percent>(?:25){0,3}[2-7][0-9a-fA-F])"
    r"|(?<=\\)(?P<escape>(?=[!-/:-@\[-`{-~]))"
    rf"|(?<=<)(?P<tag>{_INLINE_TAG})"
    r"|(?<=\*)(?P<bold>\*)"
    r"|(?<=[*`])(?P<mark>(?=@)|(?<=@.))"
    rf"|(?<=[{_INVISIBLE}])(?P<invisible>)"
    rf"|(?<=[{_FOREIGN}])(?P<foreign>))"
)
_DASH = re.compile(f"[{_DASHES}]")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_STOPS = "\u3002\uff61"  # what NFKC leaves: the ideographic full stops


@dataclass(frozen=True)
class Folded:
    """A text as it was written and as it reads."""

    original: str
    text: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that gave `text[start:end]`, which is not empty."""
        if self.text == self.original:
            return start, end
        starts, places = self._pieces
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        begin, _, literal = places[first]
        if literal:
            begin += start - starts[first]
        stop, piece_end, literal = places[last]
        return begin, stop + end - starts[last] if literal else piece_end

    @cached_property
    def _pieces(self) -> tuple[list[int], list[tuple[int, int, bool]]]:
        """Where each piece begins in `text`; where it stands in the original, and whether it is the same there."""
        starts: list[int] = []
        places: list[tuple[int, int, bool]] = []
        at, length = 0, 0
        for match in _WRITTEN.finditer(self.original):
            if match.start() > at:
                starts.append(length)
                places.append((at, match.start(), True))
                length += match.start() - at
            if read := _read(match):
                starts.append(length)
                places.append((match.start(), match.end(), False))
                length += len(read)
            at = match.end()
        starts.append(length)
        places.append((at, len(self.original), True))
        return starts, places


def fold(text: str) -> Folded:
    """The text as it reads. Where the pieces came from is found only when somebody asks, as few texts have findings."""
    return Folded(original=text, text=_WRITTEN.sub(_read, text))


def marks(text: str) -> str:
    """The Markdown and HTML marks that would be lost if this stretch were replaced: what opens or closes only here."""
    found = [m for m in _WRITTEN.finditer(text) if m.lastgroup in ("tag", "bold")]
    bold = [m.group() for m in found if m.lastgroup == "bold"]
    tags = [m.group() for m in found if m.lastgroup == "tag"]
    return "".join(tags) + ("**" if len(bold) % 2 else "")


def _read(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "entity":
        return _plain(html.unescape(match.group()))
    if kind == "percent":
        return _plain(chr(int(match.group()[-2:], 16)))
    return _plain(match.group()) if kind == "foreign" else ""


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", _DASH.sub("-", _UNSEEN.sub("", text)))
    return "".join(
        "." if c in _STOPS else str(unicodedata.digit(c)) if c.isdecimal() else " " if c.isspace() and c != "\n" else c
        for c in text
        if c.isprintable() or c.isspace()
    )
