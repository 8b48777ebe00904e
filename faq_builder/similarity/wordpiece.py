"""WordPiece tokenizer: texts -> token ids, as the uncased BERT models expect them."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LONGEST_WORD = 100  # characters; a longer word is unknown (BERT's `max_input_chars_per_word`)
# code points of Han characters, each of which BERT takes for a word (google-research/bert, tokenization.py)
_HAN = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, kw_only=True)
class WordPieceTokenizer:
    """Splits words into the pieces of a vocabulary, the longest piece first: "widgets" -> "wi", "##dget", "##s"."""

    ids: Mapping[str, int]  # piece -> token id
    _cached: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "WordPieceTokenizer":
        """Read a `vocab.txt`: one piece on each line; its id is the number of the line, from 0."""
        pieces = path.read_text(encoding="utf-8").split("\n")
        return cls(ids={piece: number for number, piece in enumerate(pieces) if piece})

    @property
    def unknown_id(self) -> int:
        """The token id of a word that cannot be split into known pieces."""
        return self.ids["[UNK]"]

    def token_ids(self, text: str, most: int) -> list[int]:
        """Return the token ids of a text with [CLS] before and [SEP] after them, `most` at most: "" -> [101, 102]."""
        ids = [token_id for word in _split_words(text) for token_id in self._word_ids(word)]
        return [self.ids["[CLS]"], *ids[: most - 2], self.ids["[SEP]"]]

    def _word_ids(self, word: str) -> Sequence[int]:
        """Return the token ids of a word, cached because words repeat."""
        if word not in self._cached:
            self._cached[word] = self._longest_first(word)
        return self._cached[word]

    def _longest_first(self, word: str) -> tuple[int, ...]:
        """Return the token ids of a word.

        Split greedily: repeatedly take the longest vocabulary piece at the start of what is left.
        """
        found: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            ends = range(len(word), start, -1)
            prefix = "##" if start else ""
            end = next((end for end in ends if prefix + word[start:end] in self.ids), None)
            if end is None:
                return (self.unknown_id,)
            found.append(self.ids[prefix + word[start:end]])
            start = end
        return tuple(found) if start else (self.unknown_id,)


def _split_words(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, without accents; punctuation marks and Han characters are words.

    "Don't!" -> "don", "'", "t", "!"
    """
    spaced = "".join(_cleaned(character) for character in text)
    bare = "".join(c for c in unicodedata.normalize("NFD", spaced) if unicodedata.category(c) != "Mn")
    for word in bare.lower().split():
        start = 0
        for at, character in enumerate(word):
            if _is_punctuation(character):
                yield from (word[start:at], character) if start < at else (character,)
                start = at + 1
        if start < len(word):
            yield word[start:]


def _cleaned(character: str) -> str:
    """Return a character: Han with spaces around it, any white space as a space, a control character as nothing."""
    if character.isascii():
        return character if character.isprintable() else " " * (character in "\t\n\r")
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Co") or character == "\ufffd":
        return ""
    code = ord(character)
    return f" {character} " if any(first <= code <= last for first, last in _HAN) else character


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and character.isprintable()
    return unicodedata.category(character)[0] == "P"
