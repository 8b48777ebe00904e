"""The slug of a topic: the last part of its site path, made from its question."""

import re
import unicodedata
from collections.abc import Collection, Iterable

MAX_SLUG_LENGTH = 80  # characters; `model.ledger.SLUG` allows no more
# letters that Unicode does not decompose into an ASCII letter and an accent
_ASCII_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def make_slug(question: str, topic: str, names: Iterable[str], taken: Collection[str]) -> str:
    """Return a slug that is not taken: the words of the question without the names of people.

    "Why did Fred's widget break?" with the name Fred -> "why-did-widget-break"; if that is taken, with `-<topic id>`;
    the bare topic id if the question has no ASCII words.
    """
    words = _without_names(_words(question), [_words(name) for name in names])
    if not any(word.isalpha() for word in words):
        words = []
    wanted = (_cut(words, MAX_SLUG_LENGTH), f"{_cut(words, MAX_SLUG_LENGTH - 1 - len(topic))}-{topic}") if words else ()
    return next((slug for slug in wanted if slug not in taken), topic)


def _words(text: str) -> list[str]:
    """Return the words of a text in lower-case ASCII: "Don't, Größe!" -> ["dont", "grosse"]."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ASCII_LETTERS))
    plain = re.sub(r"(?<=\w)['’ʼ](?=\w)", "", plain)
    return re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())


def _without_names(words: list[str], names: list[list[str]]) -> list[str]:
    """Drop the words of names, also with a final s ("freds").

    Parts of at most two letters, such as "de", count only if they are the whole name.
    """
    gone = {part for name in names for part in name if len(name) == 1 or len(part) > 2}
    return [word for word in words if word not in gone and word.removesuffix("s") not in gone]


def _cut(words: list[str], longest: int) -> str:
    """Return as many whole words as fit, joined by hyphens; the beginning of the first word if not even that fits."""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug or "".join(words[:1])[:longest]
