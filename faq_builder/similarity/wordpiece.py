"""Texts -> numbers of word pieces, as the uncased BERT models want them."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LONGEST = 100  # characters; a longer word is unknown (BERT's `max_input_chars_per_word`)
# Han, to which BERT gives spaces (google-research/bert, tokenization.py)
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
class WordPieces:
    """The pieces of a vocabulary, and the words that were cut before."""

    numbers: Mapping[str, int]
    _cut: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "WordPieces":
        """The vocabulary in a `vocab.txt`: one piece a line, its number is its line."""
        pieces = path.read_text(encoding="utf-8").split("\n")
        return cls(numbers={piece: number for number, piece in enumerate(pieces) if piece})

    @property
    def unknown(self) -> int:
        """What stands for a word that cannot be cut into known pieces."""
        return self.numbers["[UNK]"]

    def cut(self, text: str, longest: int) -> list[int]:
        """The numbers of a text between [CLS] and [SEP], at most so many."""
        pieces = [piece for word in _words(text) for piece in self._pieces(word)]
        return [self.numbers["[CLS]"], *pieces[: longest - 2], self.numbers["[SEP]"]]

    def _pieces(self, word: str) -> Sequence[int]:
        if word not in self._cut:
            self._cut[word] = self._longest_first(word)
        return self._cut[word]

    def _longest_first(self, word: str) -> tuple[int, ...]:
        pieces: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST:
            ends = range(len(word), start, -1)
            mark = "##" if start else ""
            end = next((end for end in ends if mark + word[start:end] in self.numbers), None)
            if end is None:
                return (self.unknown,)
            pieces.append(self.numbers[mark + word[start:end]])
            start = end
        return tuple(pieces) if start else (self.unknown,)


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; each punctuation mark and each Han character is one."""
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
    """The character; a space around Han and in place of every white space, nothing in place of control characters."""
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
