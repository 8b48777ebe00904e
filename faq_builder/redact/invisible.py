"""Removes invisible characters: zero-width ones, and direction controls, which can reverse the order of letters."""

import re

_DIRECTION_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji need them
_INVISIBLE_RUN = re.compile(
    f"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff{_DIRECTION_CONTROLS}]+"
)
_NEEDLESS_JOINERS = re.compile(
    f"(?<![^\\x00-\\u024f])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\x00-\\u024f])"
)  # next to a Latin letter
_DIRECTION = re.compile(f"[{_DIRECTION_CONTROLS}]")
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _EMBEDDING_END = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _ISOLATE_END = "\u2066\u2067\u2068", "\u2069"


def without_invisible(text: str) -> str:
    """Return a title, tag or name without invisible characters; joiners stay between letters that need them."""
    return text if text.isascii() else _NEEDLESS_JOINERS.sub("", _INVISIBLE_RUN.sub("", text))


def without_direction_overrides(text: str) -> str:
    """Return a body without direction controls that override the order of letters or are not closed on their line.

    See Unicode Standard Annex 9.
    """
    if text.isascii() or not _DIRECTION.search(text):
        return text
    return "".join(_balanced_line(line) for line in re.split(r"(\n)", text))


def _balanced_line(line: str) -> str:
    """Return a line with only those embeddings and isolates that are opened and closed on it."""
    opened: list[int] = []
    kept: set[int] = set()
    for match in _DIRECTION.finditer(line):
        at, mark = match.start(), match.group()
        if mark in _EMBEDDINGS or mark in _ISOLATES:
            opened.append(at)
            continue
        starts = _EMBEDDINGS if mark == _EMBEDDING_END else _ISOLATES
        if opened and line[opened[-1]] in starts:
            begin = opened.pop()
            if line[begin] not in _OVERRIDES:
                kept |= {begin, at}
    return _DIRECTION.sub(lambda m: m.group() if m.start() in kept else "", line)
