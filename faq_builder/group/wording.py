"""How threads word their question: the text that is compared, and the wording that people read best."""

import re
from collections.abc import Iterable, Mapping, Sequence

from faq_builder.model import PublicText, PublicThread, ThreadKey
from faq_builder.read.markup.tags import without_markup

BEGINNING = 300  # characters of the question's text that are compared: of 100 to 1,000, 300 to 450 found most

_BANNER = re.compile(
    r"^\W*(?:possible duplicates?\b|this question already has (?:an )?answers?\b|marked as a duplicate of\b)"
    r".*?(?:\n[ \t]*\n|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_MARKS = re.compile(
    r"^[ \t]*>.*$|!?\[(?P<text>[^\]]*)\]\([^)]*\)|<?https?://\S+|\\<|^[ \t]*(?:```|~~~).*$|[*_`#~|\\]+",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = """
a about all an and any anybody anyone are be can could do does doesn don error for from get has have hello help hey
hi how i in is isn issue issues it me my need new not of on or please pls plz problem problems question questions
quick s so some somebody someone something stuck stupid t thanks the there this thx to trouble urgent what whats
why with won work working works wrong you your
"""  # a question can consist of them without asking anything
_EMPTY = frozenset(_EMPTY_WORDS.split())
_QUESTION_MARKS = ("?", "？", "؟", "⸮", "՞", "፧")


def compared_text(title: str, body: str) -> str:
    """The title and the beginning of the question, without marks, quotes and the banners of closed duplicates."""
    body = _BANNER.sub("", body[: 10 * BEGINNING])
    plain = " ".join(_MARKS.sub(lambda match: match["text"] or " ", without_markup(body)).split())
    return f"{title}\n{plain[:BEGINNING]}".strip()


def says_something(text: str) -> bool:
    """Whether a text holds a word that is about something: "help pls" alone is no question that others ask too."""
    return not _EMPTY.issuperset(_WORD.findall(text.casefold()))


def wording(thread: PublicThread) -> PublicText:
    """The title of a thread, or the first line of its question where it has none."""
    return thread.title if thread.title.value.strip() else thread.question.body.map(_first_line)


def clearest(threads: Sequence[PublicThread], closeness: Mapping[ThreadKey, float]) -> PublicText:
    """The wording that is easiest to understand: not shouted, of a good length, a question, close to the others."""
    if len(threads) == 1:
        return wording(threads[0])
    best = min(threads, key=lambda thread: (*_faults(str(wording(thread))), -closeness.get(thread.key, 0.0)))
    return wording(best)


def distinct(wordings: Iterable[PublicText]) -> tuple[PublicText, ...]:
    """Each wording once; those that differ in case, punctuation and spaces only count as the same."""
    first: dict[str, PublicText] = {}
    for text in wordings:
        folded = "".join(c for c in text.value.casefold() if c.isalnum())
        if folded:
            first.setdefault(folded, text)
    return tuple(first.values())


def _faults(text: str) -> tuple[bool, bool, bool]:
    letters = [c for c in text if c.isalpha()]
    shouted = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.6 * len(letters)
    length = len(text.encode())  # in bytes, as a character of Chinese says as much as three letters
    return shouted, not 15 <= length <= 150, not text.rstrip().endswith(_QUESTION_MARKS)


def _first_line(body: str) -> str:
    lines = (
        " ".join(_MARKS.sub(lambda match: match["text"] or " ", line).split())
        for line in without_markup(body).splitlines()
    )
    return next((line[:150] for line in lines if line), "…")
