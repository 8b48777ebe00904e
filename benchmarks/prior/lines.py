"""What every source shares: a text becomes one clean English line of 3 to 25 words, or is left out."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

FEWEST, MOST = 3, 25  # words

_NUMBER = re.compile(r"%[\d$]*-?l*[dui]|\{\{?\s*(?:num\w*|count|\w*[cC]ount|total|number)\s*\}?\}|#(?=\s\w)")
_THING = re.compile(
    r"%[\d$]*\(?\w*\)?[sSr@]|%\{\w+\}|%\w+%|\$\{[^}]*\}|\{\{?[^{}]*\}?\}|\$\d|%\d|\$[A-Z_]{2,}\$?|__\w+?__|<ph[^>]*>.*?</ph>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ACCESS_KEY = re.compile(r"(?<![\w&])[&_](?=[A-Za-z])|(?<=[A-Za-z])[&_](?=[a-z])")
_CODE = re.compile(r":\w+:|https?:|www\.|\w@\w|::|->|=>|==|[\\{}<>|~^`=\[\]$]|\w\(\)|\w_\w|\b\w+/\w+/|--\w|;\s*$")
_PLAIN = re.compile(r"[\"'(]?[A-Za-z][a-z'-]*[\"')]?[.,:;?!]*")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None})


def lines(texts: Iterable[str]) -> Iterator[str]:
    """The clean ones, each once however it is written."""
    seen: set[str] = set()
    for text in texts:
        line = _tidy(text)
        if (key := letters(line)) not in seen and _fits(line):
            seen.add(key)
            yield line


def letters(text: str) -> str:
    """The text as it is compared with others: small letters, digits and blanks."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return re.split(r"(?<=[.?!])\s+(?=[A-Z\"'(])", re.sub(r"\s+", " ", text))


def some(texts: Iterable[str], most: int) -> list[str]:
    """No more than so many; which ones hangs on each text alone, so that a new release of a package changes few."""
    return sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())[:most]


def nameless(texts: Iterable[str], persons: Collection[str]) -> Iterator[str]:
    """Those in which no person can be named: a capital letter is I's, or that of a first word which is no person's."""
    for text in texts:
        first, *rest = re.findall(r"[A-Za-z]+", text) or [""]
        if first not in persons and not any(word[0].isupper() for word in rest if word != "I"):
            yield text


def _tidy(text: str) -> str:
    """Without markup, access keys and marks at the ends; "this" and 3 stand for what a program would fill in."""
    text = unicodedata.normalize("NFKC", html.unescape(_TAG.sub(" ", text))).translate(_QUOTES)
    text = _ACCESS_KEY.sub("", _THING.sub("this", _NUMBER.sub("3", text)))
    text = re.sub(r"\s+", " ", text).strip(" -*#:•·\"'")
    text = re.sub(r"\s+([,.?!:;])", r"\1", text)
    return re.sub(r"(\.|…|:)+$", "", text).strip()


def _fits(line: str) -> bool:
    """Whether it is a readable English line and nothing else; with two things filled in it says nothing."""
    words = line.split()
    if not FEWEST <= len(words) <= MOST or _CODE.search(line) or not line.isascii() or line.isupper():
        return False
    if len(re.findall(r"\bthis\b", line, re.IGNORECASE)) > 1:
        return False
    readable = sum(len(word) for word in re.findall(r"[A-Za-z][a-z']*|[A-Z]+", line))
    plain = sum(bool(_PLAIN.fullmatch(word)) for word in words)
    return readable >= 0.8 * len(line.replace(" ", "")) and plain >= 0.7 * len(words)
