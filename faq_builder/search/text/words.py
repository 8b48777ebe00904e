"""Text -> the terms that it is found by. theme/assets/faq/client/text.js does the same; a test compares the two.

Every rule here can be written identically in Python and JavaScript: explicit ranges, Unicode general categories, no
locale, no look-behind.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, pairwise

from faq_builder.search.text.stemmers import word_stem

MAX_TERM_LENGTH = 40  # characters in a term; longer runs are hashes and keys, which nobody types
MAX_CACHED_PARTS = 200_000  # parts of texts that a `_PartCache` keeps; some 40 MB

# Accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic, the line that stretches an Arabic word,
# the dot below Devanagari letters that many people leave out, and zero-width characters. Other combining marks stay: in
# Indic scripts they are vowels, in kana they make another letter.
_DROPPED_CHARACTERS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u093c\u00ad"
    "\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]"
)
_REPLACEMENTS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ı": "i",
    "þ": "th",
    "ς": "σ",
}
_REPLACEMENTS |= {
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u0629": "\u0647",
    "\u06a9": "\u0643",
}  # ya, ta marbuta, kaf
_REPLACEMENTS |= {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
_REPLACED_LETTER = re.compile(f"[{''.join(_REPLACEMENTS)}]")
_POSSESSIVE = re.compile(r"([a-z]{2})['’]s(?![a-z])")
_APOSTROPHE = re.compile(r"([a-z]{2})['’](?=[a-z])")
_SYMBOL = re.compile(r"(?:--?|[.#])?[a-z0-9]+(?:[-.+#_][a-z0-9]+)*(?:\+\+|#)?")
_HYPHENED = re.compile("(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+")
_DOTTED = re.compile(r"[a-z]+\.[a-z]{2,3}")
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)+")
# Scripts without spaces between words (Thai, Lao, Myanmar, Khmer, kana, Han), and Hangul, whose words carry their
# endings.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff]+"
)


def text_terms(text: str, stemmer: str) -> list[str]:
    """Return the terms of a text, repeated as often as they occur: stemmed words, then symbols verbatim.

    "Run it with --dry-run" -> ["run", "it", "with", "dry", "run", "--dry-run"]
    """
    parts = fold_text(text).split()
    return [*_stem_cache(stemmer).found_in(parts), *_SYMBOLS.found_in(parts)]


def posting_terms(text: str, stemmer: str) -> list[str]:
    """Return the terms of a text and the terms of its other spellings: `email` for e-mail, 2.1 for v2.1.

    Of a run in a script without spaces the last character is a term, too: 防水 gives 防水 and 水. The word index alone
    uses these additional terms; topic vectors are made of `text_terms`.
    """
    parts = fold_text(text).split()
    return [
        *_stem_cache(stemmer).found_in(parts),
        *_SYMBOLS.found_in(parts),
        *_other_terms_cache(stemmer).found_in(parts),
    ]


def text_bigrams(text: str, stemmer: str) -> list[str]:
    """Return each stemmed word of a text with the next one: "turn it on" -> ["turn it", "it on"]."""
    return [f"{word} {after}" for word, after in pairwise(_stem_cache(stemmer).found_in(fold_text(text).split()))]


def unstemmed_words(text: str) -> Iterator[str]:
    """Return the words of a text, folded but not stemmed: "Fred's Widgets" -> "fred", "widgets"."""
    return _WORDS.found_in(fold_text(text).split())


def other_spellings(symbol: str) -> list[str]:
    """Return other spellings of a hyphenated word, a dotted name or a version.

    "e-mail" -> ["email"], "node.js" -> ["nodejs"], "v2.1" -> ["2.1"], "c++" -> []
    """
    if _HYPHENED.fullmatch(symbol):
        return [symbol.replace("-", "")]
    if _DOTTED.fullmatch(symbol):
        return [symbol.replace(".", "")]
    return [symbol[1:]] if _VERSION.fullmatch(symbol) else []


def fold_text(text: str) -> str:
    """Return a text in lower case, without accents, compatibility forms and apostrophes.

    "Don't open Fred's CAFÉ" -> "dont open fred cafe"
    """
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text).lower()
        text = unicodedata.normalize("NFC", _DROPPED_CHARACTERS.sub("", text))
        text = _REPLACED_LETTER.sub(lambda match: _REPLACEMENTS[match[0]], text)
    if "'" in text or "’" in text:
        text = _APOSTROPHE.sub(r"\1", _POSSESSIVE.sub(r"\1", text))
    return text


def split_words(folded: str) -> Iterator[str]:
    """Yield the runs of letters, digits and marks; in scripts without spaces, overlapping pairs of characters.

    "防水widgetですか" -> "防水", "widget", "です", "すか"
    """
    for run in folded.translate(_WORD_CHARACTERS).split(" "):
        if not run:
            continue
        if run.isascii() or not _UNSPACED.search(run):
            yield run
        else:
            yield from _split_unspaced(run)


def _symbols(part: str) -> list[str]:
    """Return the terms of a part that are more than letters and digits: "c++", "--dry-run", "4.10"."""
    return [word for word in _SYMBOL.findall(part) if not word.isalnum() and len(word) <= MAX_TERM_LENGTH]


@cache
def _stem_cache(stemmer: str) -> "_PartCache":
    """Return the cache of the stemmed words in each part."""
    return _PartCache(
        lambda part: (word_stem(word, stemmer) for word in split_words(part) if len(word) <= MAX_TERM_LENGTH)
    )


@cache
def _other_terms_cache(stemmer: str) -> "_PartCache":
    """Return the cache of the terms that `posting_terms` adds for each part."""
    return _PartCache(lambda part: _other_terms(part, stemmer))


def _other_terms(part: str, stemmer: str) -> Iterator[str]:
    """Yield the terms of a part that `posting_terms` adds."""
    yield from (word_stem(other, stemmer) for symbol in _symbols(part) for other in other_spellings(symbol))
    if not part.isascii():  # a query of one character finds pairs that begin with it, so only the last one is missing
        yield from (match[0][-1] for match in _UNSPACED.finditer(part) if len(match[0]) > 1)


def _split_unspaced(run: str) -> Iterator[str]:
    """Yield overlapping pairs of characters in scripts without spaces, and the runs between them unchanged."""
    end = 0
    for match in _UNSPACED.finditer(run):
        if run[end : match.start()]:
            yield run[end : match.start()]
        end, part = match.end(), match[0]
        yield from (part[at : at + 2] for at in range(max(1, len(part) - 1)))
    if run[end:]:
        yield run[end:]


class _WordCharacters(dict[int, int]):
    """A table for `str.translate` that keeps letters, numbers and marks and turns other characters into spaces."""

    def __missing__(self, point: int) -> int:
        """Store and return the code point to which `str.translate` turns this one."""
        self[point] = point if unicodedata.category(chr(point))[0] in "LNM" else 32
        return self[point]


_WORD_CHARACTERS = _WordCharacters()


class _PartCache(dict[str, tuple[str, ...]]):
    """A dict that calls `find(part)` on first access and keeps the result. A part is a run without white space.

    Most texts share their parts, so this saves most calls. `find` must not need the text around a part.
    """

    def __init__(self, find: Callable[[str], Iterable[str]]) -> None:
        self.find = find

    def __missing__(self, part: str) -> tuple[str, ...]:
        """Store and return what `find` finds in a part. Emptied at MAX_CACHED_PARTS entries."""
        if len(self) >= MAX_CACHED_PARTS:
            self.clear()
        found = self[part] = tuple(self.find(part))
        return found

    def found_in(self, parts: Iterable[str]) -> Iterator[str]:
        """Return what the function finds in these parts, in their order."""
        return chain.from_iterable(map(self.__getitem__, parts))


_SYMBOLS = _PartCache(_symbols)
_WORDS = _PartCache(split_words)
