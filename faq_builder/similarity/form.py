"""The form of a question: two texts that are the same but for form say the same with certainty, in any language.

Form is case, typography, punctuation, contractions, spelling variants, greetings, articles, the plural, and the order
of parts that may stand anywhere. Everything else counts, above all symbols: no list of opposites is needed, because two
texts with different words are never the same but for form.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from faq_builder.similarity.form_words import (
    AFTER_MARK,
    ASKING,
    BEFORE_MARK,
    CHARACTERS,
    DETERMINERS,
    FILLERS,
    GENERIC,
    GRAMMAR,
    MOVABLE,
    PHRASES,
    POINTING,
    SAME_WORDS,
    SPELLINGS,
    UNITS,
)
from faq_builder.similarity.words import NUMBERS

_AROUND = 40  # characters before and after a lone mark that may be about it
_CACHE_SIZE = 20_000  # texts: each is compared with many others
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|__|~~)(?=[^\s*])([^*\n]*?[^\s*])\1(?![\w*])")
_TOKEN = re.compile(
    r"(?P<flag>(?<![\w-])--?[A-Za-z][\w-]*)"  # an option of a command: its case and its dash count
    r"|(?P<number>(?<![\w.,])[-+]\d+(?:[.,:/]\d+)*|\d+(?:[.,:/-]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*(?:\d+(?![.,:/-]?\d)|\+\+|[+#](?!\w))?)"
    r"|(?P<end>(?<=\S)(?:\(s\)|[?!.,;:\"')\]}]+(?=\s|$)))"  # punctuation at the end of a word
    r"|(?P<mark>[^\w\s]+)"
)
_SEPARATORS = frozenset(":-|/")  # between two parts of a title; symbols only if the question is about them
_END_MARKS = frozenset("?!.,;:-|/\"'")  # at the beginning or end of a text
_OPENING = "\"'([{_`¿¡"  # at the beginning of a word
_INNER = frozenset({"-", "_", ".", "/", "'"})  # within a word: "set-up" is "setup"
_PRONOUN = re.compile(r"\b(?:is|are|do|does|will) (?:this|these|those)\b|\b(?:this|these|those) (?:is|are|does|do)\b")
_LETTER_A = re.compile(r"(?<=[^\W_] )A(?!\w)")  # "connect A to B", not an article
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be) it (?:\w+ )?(?:\w+ )(?:to|that|if|for)\b|\bit (?:is|was) (?:\w+ )?(?:to|that)\b"
)


@dataclass(frozen=True)
class Form:
    """A text without what belongs to its form."""

    text: str

    @classmethod
    @lru_cache(maxsize=_CACHE_SIZE)
    def of(cls, text: str) -> "Form":
        """Return the form of a text; each text is analysed once."""
        return cls(text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words and symbols that count, in their order: "What's the hub's LED?" -> "what", "be", "hub", "led"."""
        return tuple(_tokens(self.text))

    @cached_property
    def has_letter(self) -> bool:
        """Whether there is any word: a text of nothing but symbols says too little."""
        return any(c.isalpha() for token in self.tokens for c in token)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """What two texts must share to be the same but for form: the text without spaces, as written and with its
        movable parts in alphabetical order ("On a Mac, how do I ..." and "How do I ... on a Mac").
        """
        return frozenset((_run_together(self.tokens), _run_together(_in_fixed_order(self.tokens))))

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words that say what the text is about: neither grammar nor such as "error" and "help"."""
        return frozenset(
            token
            for token in self.tokens
            if token not in GRAMMAR
            and token not in _GENERIC
            and token not in FILLERS
            and any(c.isalnum() for c in token)
        )

    @cached_property
    def symbols(self) -> frozenset[str]:
        """The symbols: "<=", "🔴", "+", and names with a symbol such as "c++"."""
        return frozenset(token for token in self.tokens if any(not c.isalnum() and c not in ".-_" for c in token))

    @cached_property
    def points_elsewhere(self) -> bool:
        """Whether the text names its subject only by a pronoun: "How do I reset it?"."""
        folded = _folded(self.text)
        words = re.findall(r"\w+", _EXPLETIVE.sub(" ", folded))
        if POINTING.isdisjoint(words):
            return False
        first = min(words.index(word) for word in POINTING if word in words)
        before = re.split(r"[,.;:!?-]|\b(?:and|but|when|if|because|so)\b", folded)
        clause = next((i for i, part in enumerate(before) if POINTING & set(re.findall(r"\w+", part))), 0)
        named = any(Form.of(part).subject for part in before[:clause])
        is_with_noun = words[first] in ("this", "these", "those") and not _PRONOUN.search(folded)
        return not named or is_with_noun


def same_but_for_form(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but their form; never true for texts without a word."""
    left, right = Form.of(one), Form.of(other)
    return left.has_letter and not left.spellings.isdisjoint(right.spellings)


def _folded(text: str) -> str:
    """Return a text in lower case and with one way of writing each character."""
    text = unicodedata.normalize("NFKC", text.translate(CHARACTERS)).translate(CHARACTERS)
    return " ".join(text.casefold().split())


def _tokens(text: str) -> list[str]:
    text = _EMPHASIS.sub(r"\2", text)
    if not _is_in_capitals(text):
        text = _LETTER_A.sub("a\u0332", text)  # the mark keeps it from being taken for an article
    units = {unit.casefold(): unit for unit in re.findall(r"(?<=\d)\s?([A-Za-z]+)\b", text) if unit in UNITS}
    flags = set(re.findall(r"(?<![\w-])-[A-Z]\b", text))
    folded = _folded(text)
    for pattern, plain in PHRASES:
        folded = pattern.sub(plain, folded)
    folded = " ".join(folded.split())
    found: list[str] = []
    for match in _TOKEN.finditer(folded):
        kind, token = match.lastgroup, match[0]
        if kind == "word":
            word = units.get(token) or _plain_word(token)
            found += [word] if word else []
        elif kind == "flag":
            found.append(token.upper() if token.upper() in flags else token)
        elif kind == "number":
            found.append(token.replace(",", "."))
        elif kind == "mark" and (symbol := _symbol(folded, match)):
            found.append(symbol)
    return [token for token in found if token not in FILLERS] or found


def _is_in_capitals(text: str) -> bool:
    """Whether most words begin with a capital, so that a capital means nothing."""
    words: list[str] = re.findall(r"[^\W\d_]+", text)
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _symbol(text: str, match: re.Match[str]) -> str | None:
    """Return a run of marks that carries meaning, None for punctuation."""
    marks = match[0]
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if marks == "&":
        return "and"
    if before.isspace() or not before:
        if not after or after.isspace():  # stands alone
            is_at_edge = not before or not after
            is_separator = set(marks) <= (_END_MARKS if is_at_edge else _SEPARATORS)
            return marks if not is_separator or _is_asked_about(text, match) else None
        return marks.lstrip(_OPENING) or None
    if before.isalnum() and after.isalnum() and marks in _INNER:
        return None
    return marks.strip("\"'") or None


def _is_asked_about(text: str, match: re.Match[str]) -> bool:
    """Whether a lone mark is what a question is about ("What does - mean?"), or stands between numbers."""
    start, end = match.span()
    before, after = text[max(0, start - _AROUND) : start].split(), text[end : end + _AROUND].split()
    digits = bool(before and after and before[-1][-1].isdigit() and after[0][0].isdigit())
    return digits or bool(before and before[-1] in BEFORE_MARK) or bool(after and after[0] in AFTER_MARK)


@lru_cache(maxsize=_CACHE_SIZE)
def _plain_word(word: str) -> str:
    """Return a word without its variants, nothing for articles: "colours" -> "color", "my" -> ""."""
    if word in DETERMINERS:
        return ""
    word = SAME_WORDS.get(word, NUMBERS.get(word, word)).replace("'", "")
    word = SPELLINGS.get(word, word)
    return SPELLINGS.get(single := _singular(word), _american(single))


def _singular(word: str) -> str:
    """Return a word without the ending of the plural: "batteries" -> "battery", "status" as it is."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics", "news", "always")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    """Return the American spelling of an English word where a rule gives it; applied to both texts alike."""
    if len(word) < 5:
        return word
    word = re.sub(r"is(e|ed|ing|er|ation|able)$", r"iz\1", word) if len(word) > 6 else word
    word = re.sub(r"ys(e|ed|ing|er)$", r"yz\1", word)
    word = re.sub(r"([bdhilnptv])our(s|ed|ing|ite|less|ful|able|)$", r"\1or\2", word)
    word = re.sub(r"([bcn]t|[ib])re(d|)$", r"\1er\2", word)
    return re.sub(r"([aeiou])ll(ed|ing|er|or|ation)$", r"\1l\2", word)


def _in_fixed_order(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return tokens with the parts that may stand anywhere last, in alphabetical order, and sorted around "and"."""
    start = next((i for i, token in enumerate(tokens) if token in ASKING), 0)
    parts: list[list[str]] = [[]]
    for i, token in enumerate(tokens):
        if token in MOVABLE or (i == start and i and tokens[0] in MOVABLE):
            parts.append([])
        parts[-1].append(token)
    main = [part for part in parts if part and part[0] not in MOVABLE]
    movable = sorted(part for part in parts if part and part[0] in MOVABLE)
    return tuple(token for part in (*main, *movable) for token in _sorted_around_and(part))


def _sorted_around_and(part: list[str]) -> list[str]:
    """Return tokens with the two words around each "and", "or" and "vs" in alphabetical order."""
    part = list(part)
    for i in range(1, len(part) - 1):
        if part[i] in ("and", "or", "vs", "versu"):
            part[i - 1], part[i + 1] = sorted((part[i - 1], part[i + 1]))
    return part


def _run_together(tokens: tuple[str, ...]) -> str:
    """Return tokens without spaces, so that "set up" is "setup"; numbers in a row and symbols stay separate."""
    return re.sub(r"(?<=[^\W\d_]) (?=[^\W_])|(?<=\d) (?=[^\W\d_])", "", " ".join(tokens))


_GENERIC = frozenset(_plain_word(word) for word in GENERIC)
