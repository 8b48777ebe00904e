"""The last part of a topic's address, made out of its question."""

import re
import unicodedata
from collections.abc import Collection, Iterable

LONGEST = 80
# letters that do not fall apart into an ASCII letter and an accent
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def make_slug(question: str, topic: str, names: Iterable[str], taken: Collection[str]) -> str:
    """A slug that nobody has: words of the question without the names of people, with the topic's id if need be."""
    words = _without(_words(question), [_words(name) for name in names])
    if not any(word.isalpha() for word in words):
        words = []
    wanted = (_cut(words, LONGEST), f"{_cut(words, LONGEST - 1 - len(topic))}-{topic}") if words else ()
    return next((slug for slug in wanted if slug not in taken), topic)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = re.sub(r"(?<=\w)['’ʼ](?=\w)", "", plain)
    return re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())


def _without(words: list[str], names: list[list[str]]) -> list[str]:
    """The words without any name, and without a part of a name that is long enough to be one (also Fred's, freds)."""
    gone = {part for name in names for part in name if len(name) == 1 or len(part) > 2}
    return [word for word in words if word not in gone and word.removesuffix("s") not in gone]


def _cut(words: list[str], longest: int) -> str:
    """As many whole words as fit."""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug or "".join(words[:1])[:longest]
