"""Text -> the terms under which it is found. theme/assets/faq/client/text.js does the same; a test holds them equal.

Every rule here is written so that it can be said identically in both languages: explicit ranges, Unicode general
categories, no locale, no look-behind.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, pairwise

from faq_builder.search.text.stemmers import stem

LONGEST = 40  # characters; longer runs are hashes and keys, which nobody types
PARTS = 200_000  # parts of texts that are remembered; some 40 MB

# Accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic, the line that stretches an Arabic word,
# the dot below Devanagari letters that many leave out, and characters without a width. Other marks stay: in Indic
# scripts they are vowels, in kana they make another letter.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u093c\u00ad"
    "\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]"
)
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ"}
_LETTERS |= {"\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643"}  # ya, ta marbuta, kaf
_LETTERS |= {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
_SPECIAL = re.compile(f"[{''.join(_LETTERS)}]")
_POSSESSIVE = re.compile(r"([a-z]{2})['’]s(?![a-z])")
_APOSTROPHE = re.compile(r"([a-z]{2})['’](?=[a-z])")
_SYMBOLIC = re.compile(r"(?:--?|[.#])?[a-z0-9]+(?:[-.+#_][a-z0-9]+)*(?:\+\+|#)?")
_HYPHENED = re.compile("(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+")
_DOTTED = re.compile(r"[a-z]+\.[a-z]{2,3}")
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)+")
# Scripts written without spaces, and Hangul, whose words carry their endings: Thai, Lao, Myanmar, Khmer, kana, Han
# and Hangul.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff]+"
)


def terms(text: str, stemmer: str) -> list[str]:
    """The terms of a text, repeated as often as they occur: words stemmed, symbols like `--dry-run` also verbatim."""
    parts = fold(text).split()
    return [*_stems(stemmer).of(parts), *_SYMBOLS.of(parts)]


def posting_terms(text: str, stemmer: str) -> list[str]:
    """The terms, and those of other ways to write the same: `email` for e-mail, 2.1 for v2.1; the last of 防水 alone.

    They are for the word index only: the meaning of a text is that of its terms.
    """
    parts = fold(text).split()
    return [*_stems(stemmer).of(parts), *_SYMBOLS.of(parts), *_others(stemmer).of(parts)]


def bigrams(text: str, stemmer: str) -> list[str]:
    """Each word of a text with the next, stemmed, a space between them."""
    return [f"{word} {after}" for word, after in pairwise(_stems(stemmer).of(fold(text).split()))]


def forms(text: str) -> Iterator[str]:
    """The words of a text as they are written, folded."""
    return _FORMS.of(fold(text).split())


def spellings(symbol: str) -> list[str]:
    """Other ways to write a word with hyphens, a name like node.js, or a version."""
    if _HYPHENED.fullmatch(symbol):
        return [symbol.replace("-", "")]
    if _DOTTED.fullmatch(symbol):
        return [symbol.replace(".", "")]
    return [symbol[1:]] if _VERSION.fullmatch(symbol) else []


def fold(text: str) -> str:
    """Lower case without accents and compatibility forms, apostrophes resolved (`don't` is dont, `Fred's` is fred)."""
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text).lower()
        text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
        text = _SPECIAL.sub(lambda match: _LETTERS[match[0]], text)
    if "'" in text or "’" in text:
        text = _APOSTROPHE.sub(r"\1", _POSSESSIVE.sub(r"\1", text))
    return text


def words(folded: str) -> Iterator[str]:
    """Runs of letters, digits and marks; pairs of neighbouring characters where a script has no spaces."""
    for run in folded.translate(_SPACES).split(" "):
        if not run:
            continue
        if run.isascii() or not _UNSPACED.search(run):
            yield run
        else:
            yield from _pairs(run)


def _symbols(part: str) -> list[str]:
    return [word for word in _SYMBOLIC.findall(part) if not word.isalnum() and len(word) <= LONGEST]


@cache
def _stems(stemmer: str) -> "_Cut":
    return _Cut(lambda part: (stem(word, stemmer) for word in words(part) if len(word) <= LONGEST))


@cache
def _others(stemmer: str) -> "_Cut":
    return _Cut(lambda part: _other_terms(part, stemmer))


def _other_terms(part: str, stemmer: str) -> Iterator[str]:
    yield from (stem(other, stemmer) for symbol in _symbols(part) for other in spellings(symbol))
    if not part.isascii():  # pairs begin with each character of a run but its last
        yield from (match[0][-1] for match in _UNSPACED.finditer(part) if len(match[0]) > 1)


def _pairs(run: str) -> Iterator[str]:
    end = 0
    for match in _UNSPACED.finditer(run):
        if run[end : match.start()]:
            yield run[end : match.start()]
        end, part = match.end(), match[0]
        yield from (part[at : at + 2] for at in range(max(1, len(part) - 1)))
    if run[end:]:
        yield run[end:]


class _Spaces(dict[int, int]):
    """What `str.translate` makes of a character: itself where it is part of a word, else a space."""

    def __missing__(self, point: int) -> int:
        self[point] = point if unicodedata.category(chr(point))[0] in "LNM" else 32
        return self[point]


_SPACES = _Spaces()


class _Cut(dict[str, tuple[str, ...]]):
    """What is found in a part of a text between spaces, looked for once: most texts are made of the same few parts.

    Nothing that is looked for here reaches across a space.
    """

    def __init__(self, found_in: Callable[[str], Iterable[str]]) -> None:
        self.found_in = found_in

    def __missing__(self, part: str) -> tuple[str, ...]:
        if len(self) >= PARTS:
            self.clear()
        found = self[part] = tuple(self.found_in(part))
        return found

    def of(self, parts: Iterable[str]) -> Iterator[str]:
        """What is found in these parts, in their order."""
        return chain.from_iterable(map(self.__getitem__, parts))


_SYMBOLS = _Cut(_symbols)
_FORMS = _Cut(words)
