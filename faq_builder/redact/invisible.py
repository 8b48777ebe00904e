"""Characters that nobody sees: marks of direction, which can turn the order of letters around, and zero-width ones."""

import re

_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"  # scripts of Asia and emoji need them
_ANY = re.compile(
    f"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff{_DIRECTIONS}]+"
)
_IDLE_JOINERS = re.compile(f"(?<![^\\x00-\\u024f])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\x00-\\u024f])")  # beside Latin
_DIRECTION = re.compile(f"[{_DIRECTIONS}]")
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _EMBEDDING_END = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _ISOLATE_END = "\u2066\u2067\u2068", "\u2069"


def seen(text: str) -> str:
    """A title, tag or name without characters that nobody sees; joiners stay between letters that need them."""
    return text if text.isascii() else _IDLE_JOINERS.sub("", _ANY.sub("", text))


def in_order(text: str) -> str:
    """A body without marks of direction that override it, or that reach beyond their line (Unicode annex 9)."""
    if text.isascii() or not _DIRECTION.search(text):
        return text
    return "".join(_line_in_order(line) for line in re.split(r"(\n)", text))


def _line_in_order(line: str) -> str:
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
