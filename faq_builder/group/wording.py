"""Wordings of questions: the text that is compared, and the wording that is clearest to readers."""

import re
from collections.abc import Iterable, Mapping, Sequence

from faq_builder.model import Answer, PublicText, PublicThread, Role, ThreadKey
from faq_builder.read.markup.tags import without_markup

# characters at the beginning of a question that are compared; of 100 to 1,000, 300 to 450 found the most duplicates
COMPARED_LENGTH = 300

_DUPLICATE_BANNER = re.compile(
    r"^\W*(?:possible duplicates?\b|this question already has (?:an )?answers?\b|marked as a duplicate of\b)"
    r".*?(?:\n[ \t]*\n|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_MARKUP = re.compile(
    r"^[ \t]*>.*$|!?\[(?P<text>[^\]]*)\]\([^)]*\)|<?https?://\S+|\\<|^[ \t]*(?:```|~~~).*$|[*_`#~|\\]+",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = """
a about all an and any anybody anyone are be can could do does doesn don error for from get has have hello help hey
hi how i in is isn issue issues it me my need new not of on or please pls plz problem problems question questions
quick s so some somebody someone something stuck stupid t thanks the there this thx to trouble urgent what whats
why with won work working works wrong you your
"""  # a question of nothing but these words, such as "help pls", asks nothing
_EMPTY = frozenset(_EMPTY_WORDS.split())
_QUESTION_MARKS = ("?", "？", "؟", "⸮", "՞", "፧")


def compared_text(title: str, body: str) -> str:
    """Return the text to compare: the title and the first COMPARED_LENGTH characters of the question, on two lines.

    ("Rain?", "> quoted\\n\\nIs the **red** one wet") -> "Rain?\\nIs the red one wet". Markup, quotes, URLs and the
    banner that a site puts on a closed duplicate are left out.
    """
    return f"{title}\n{plain_beginning(body, COMPARED_LENGTH)}".strip()


def plain_beginning(body: str, length: int) -> str:
    """Return the first `length` characters of a body, as `compared_text` has them."""
    body = _DUPLICATE_BANNER.sub("", body[: 10 * length])
    return " ".join(_MARKUP.sub(lambda match: match["text"] or " ", without_markup(body)).split())[:length]


def best_reply(thread: PublicThread, answer: Answer | None) -> str:
    """Return the body of the reply that answers a thread: the chosen one, else the one with most votes, the longest."""
    chosen = thread.message(answer.messages[0]) if answer else None
    if chosen is None:
        replies = [m for m in thread.messages[1:] if m.role not in (Role.ASKER, Role.BOT)]
        chosen = max(replies, key=lambda m: (m.votes or 0, len(m.body.value)), default=None)
    return chosen.body.value if chosen else ""


def has_content_word(text: str) -> bool:
    """Whether a text has a word with a meaning of its own: "lamp" has one, "help pls" has none."""
    return not _EMPTY.issuperset(_WORD.findall(text.casefold()))


def thread_wording(thread: PublicThread) -> PublicText:
    """Return the title of a thread, or the first line of its question if it has no title."""
    return thread.title if thread.title.value.strip() else thread.question.body.map(_first_line)


def clearest_wording(threads: Sequence[PublicThread], closeness: Mapping[ThreadKey, float]) -> PublicText:
    """Return the wording that is easiest to understand: not in capitals, neither short nor long, with a question mark.

    A tie goes to the thread most similar to the others: `closeness` is the sum of its similarities to them, by thread.
    """
    if len(threads) == 1:
        return thread_wording(threads[0])
    best = min(threads, key=lambda thread: (*_faults(str(thread_wording(thread))), -closeness.get(thread.key, 0.0)))
    return thread_wording(best)


def distinct_wordings(wordings: Iterable[PublicText]) -> tuple[PublicText, ...]:
    """Return each wording once: "Is it wet?" and "is it  wet" are the same.

    Wordings without a letter or digit are dropped.
    """
    first: dict[str, PublicText] = {}
    for text in wordings:
        folded = "".join(c for c in text.value.casefold() if c.isalnum())
        if folded:
            first.setdefault(folded, text)
    return tuple(first.values())


def _faults(text: str) -> tuple[bool, bool, bool]:
    """Return the faults of a wording, the worst first: in capitals, too short or too long, without a question mark."""
    letters = [c for c in text if c.isalpha()]
    in_capitals = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.6 * len(letters)
    length = len(text.encode())  # bytes, because a Chinese character (3 bytes) says as much as three letters
    return in_capitals, not 15 <= length <= 150, not text.rstrip().endswith(_QUESTION_MARKS)


def _first_line(body: str) -> str:
    """Return the first line of a body that has text other than markup, cut to 150 characters; "…" if none has."""
    lines = (
        " ".join(_MARKUP.sub(lambda match: match["text"] or " ", line).split())
        for line in without_markup(body).splitlines()
    )
    return next((line[:150] for line in lines if line), "…")
