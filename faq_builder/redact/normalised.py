"""Normalises texts for matching, so that no disguise hides an e-mail address, and maps positions back to the original.

It removes or decodes zero-width characters, full-width and mathematical letters, digits of other scripts, HTML
entities, percent-encoding, Markdown's backslashes, bold marks and inline tags: "fred&#64;rain&period;com" ->
"fred@rain.com".
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
_LOOKALIKES = (  # spaces, dashes, full stops and at signs of other kinds, full-width and mathematical letters
    f"\u00a0\u2000-\u200a\u202f\u205f\u3000{_DASHES}\u2024\u3002\ufe52\ufe6b\uff01-\uff5e\uff61"
    "\U0001d400-\U0001d7ff\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59"
)
_INLINE_TAG = (  # only tags without attributes that could contain private data
    r"/?(?:a|b|i|u|s|em|strong|span|code|tt|kbd|mark|wbr|font|small|sub|sup)"
    r"(?:[ \t]class=[\"'][\w -]{0,100}+[\"'])?[ \t]?/?>"
    r"|!--[\s-]{0,20}?-->"
)
_DISGUISE = re.compile(  # begins with one character class, which makes the search fast
    rf"[&%\\<*`{_INVISIBLE}{_LOOKALIKES}](?:"
    r"(?<=&)(?P<entity>(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,12});)"
    r"|(?<=%)(?P<percent>(?:25){0,3}[2-7][0-9a-fA-F])"
    r"|(?<=\\)(?P<escape>(?=[!-/:-@\[-`{-~]))"
    rf"|(?<=<)(?P<tag>{_INLINE_TAG})"
    r"|(?<=\*)(?P<bold>\*)"
    r"|(?<=[*`])(?P<mark>(?=@)|(?<=@.))"
    rf"|(?<=[{_INVISIBLE}])(?P<invisible>)"
    rf"|(?<=[{_LOOKALIKES}])(?P<foreign>))"
)
_DASH = re.compile(f"[{_DASHES}]")
_INVISIBLE_CHARACTER = re.compile(f"[{_INVISIBLE}]")
_STOPS = "\u3002\uff61"  # ideographic full stops, which NFKC keeps


@dataclass(frozen=True)
class NormalisedText:
    """A text as written (`original`) and in normalised form (`text`)."""

    original: str
    text: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that became `text[start:end]`, which must not be empty."""
        if self.text == self.original:
            return start, end
        starts, pieces = self._pieces
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        begin, _, literal = pieces[first]
        if literal:
            begin += start - starts[first]
        stop, piece_end, literal = pieces[last]
        return begin, stop + end - starts[last] if literal else piece_end

    @cached_property
    def _pieces(self) -> tuple[list[int], list[tuple[int, int, bool]]]:
        """The pieces of the text: where each begins in `text`, and its (start, end, is unchanged) in the original."""
        starts: list[int] = []
        pieces: list[tuple[int, int, bool]] = []
        at, length = 0, 0
        for match in _DISGUISE.finditer(self.original):
            if match.start() > at:
                starts.append(length)
                pieces.append((at, match.start(), True))
                length += match.start() - at
            if read := _read_match(match):
                starts.append(length)
                pieces.append((match.start(), match.end(), False))
                length += len(read)
            at = match.end()
        starts.append(length)
        pieces.append((at, len(self.original), True))
        return starts, pieces


def normalise(text: str) -> NormalisedText:
    """Return a text with its normalised form. Positions are mapped only when asked for, as few texts have findings."""
    return NormalisedText(original=text, text=_DISGUISE.sub(_read_match, text))


def unclosed_marks(text: str) -> str:
    """Return the Markdown and HTML marks in a span that must stay when the span is replaced: "fred<b>@" -> "<b>"."""
    found = [m for m in _DISGUISE.finditer(text) if m.lastgroup in ("tag", "bold")]
    bold = [m.group() for m in found if m.lastgroup == "bold"]
    tags = [m.group() for m in found if m.lastgroup == "tag"]
    return "".join(tags) + ("**" if len(bold) % 2 else "")


def _read_match(match: re.Match[str]) -> str:
    """Return the normalised form of one disguise."""
    kind = match.lastgroup
    if kind == "entity":
        return _plain_characters(html.unescape(match.group()))
    if kind == "percent":
        return _plain_characters(chr(int(match.group()[-2:], 16)))
    return _plain_characters(match.group()) if kind == "foreign" else ""


@lru_cache(maxsize=1024)
def _plain_characters(text: str) -> str:
    """Return characters in NFKC, with ASCII dashes, digits, full stops and spaces."""
    text = unicodedata.normalize("NFKC", _DASH.sub("-", _INVISIBLE_CHARACTER.sub("", text)))
    return "".join(
        "." if c in _STOPS else str(unicodedata.digit(c)) if c.isdecimal() else " " if c.isspace() and c != "\n" else c
        for c in text
        if c.isprintable() or c.isspace()
    )
