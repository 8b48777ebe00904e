"""Clean the texts of all sources: a text becomes one clean English line of 3 to 25 words, or is left out."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

MIN_WORDS, MAX_WORDS = 3, 25  # in a line

_NUMBER = re.compile(r"%[\d$]*-?l*[dui]|\{\{?\s*(?:num\w*|count|\w*[cC]ount|total|number)\s*\}?\}|#(?=\s\w)")
_THING = re.compile(
    r"%[\d$]*\(?\w*\)?[sSr@]|%\{\w+\}|%\w+%|\$\{[^}]*\}|\{\{?[^{}]*\}?\}|\$\d|%\d|\$[A-Z_]{2,}\$?|__\w+?__|<ph[^>]*>.*?</ph>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ACCESS_KEY = re.compile(r"(?<![\w&])[&_](?=[A-Za-z])|(?<=[A-Za-z])[&_](?=[a-z])")
_CODE = re.compile(r":\w+:|https?:|www\.|\w@\w|::|->|=>|==|[\\{}<>|~^`=\[\]$]|\w\(\)|\w_\w|\b\w+/\w+/|--\w|;\s*$")
_PLAIN = re.compile(r"[\"'(]?[A-Za-z][a-z'-]*[\"')]?[.,:;?!]*")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None})


def clean_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that make a clean line, each once whatever its case and punctuation.

    "<b>Delete</b> the &file" -> "Delete the file"; "git --force push it now" is left out.
    """
    seen: set[str] = set()
    for text in texts:
        line = _plain_text(text)
        if (key := comparison_key(line)) not in seen and _is_clean(line):
            seen.add(key)
            yield line


def comparison_key(text: str) -> str:
    """Return the text with lower-case letters, digits and blanks only: "Don't panic!" -> "dont panic"."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower())


def sentences(text: str) -> list[str]:
    """Split a paragraph into sentences: "Try again! It works" -> ["Try again!", "It works"]."""
    return re.split(r"(?<=[.?!])\s+(?=[A-Z\"'(])", re.sub(r"\s+", " ", text))


def sample(texts: Iterable[str], most: int) -> list[str]:
    """Return at most `most` texts, chosen by their hashes, so that a new release of a package changes few of them."""
    return sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())[:most]


def without_names(texts: Iterable[str], persons: Collection[str]) -> Iterator[str]:
    """Yield the texts that cannot name a person.

    Only "I" and the first word may start with a capital letter, and the first word must not be in `persons`.
    """
    for text in texts:
        first, *rest = re.findall(r"[A-Za-z]+", text) or [""]
        if first not in persons and not any(word[0].isupper() for word in rest if word != "I"):
            yield text


def _plain_text(text: str) -> str:
    """Return a text without markup, access keys and punctuation at its ends, with its placeholders filled.

    "You have %d new <b>messages</b>:" -> "You have 3 new messages"; any other placeholder becomes "this".
    """
    text = unicodedata.normalize("NFKC", html.unescape(_TAG.sub(" ", text))).translate(_QUOTES)
    text = _ACCESS_KEY.sub("", _THING.sub("this", _NUMBER.sub("3", text)))
    text = re.sub(r"\s+", " ", text).strip(" -*#:•·\"'")
    text = re.sub(r"\s+([,.?!:;])", r"\1", text)
    return re.sub(r"(\.|…|:)+$", "", text).strip()


def _is_clean(line: str) -> bool:
    """Return whether a line is readable English; with two filled placeholders it says too little."""
    words = line.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or _CODE.search(line) or not line.isascii() or line.isupper():
        return False
    if len(re.findall(r"\bthis\b", line, re.IGNORECASE)) > 1:
        return False
    readable = sum(len(word) for word in re.findall(r"[A-Za-z][a-z']*|[A-Z]+", line))
    plain = sum(bool(_PLAIN.fullmatch(word)) for word in words)
    return readable >= 0.8 * len(line.replace(" ", "")) and plain >= 0.7 * len(words)
