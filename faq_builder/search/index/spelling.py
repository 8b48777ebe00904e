"""Words as they are written -> the files in which the browser looks for what a mistyped word was meant to be.

    spelling-<hash>.bin    a shard (`shards`) of the words of neighbouring lengths, for each a byte: how common it is on
                           the site, and 16 times how common elsewhere

Terms alone would not do: a slip in the ending of a word keeps it from being stemmed. A slip changes the length by one
at most, so a search needs the files of neighbouring lengths only, and none where all words of a query are known. Of a
word that only the prior knows the stem stands for all forms: nothing else is known of it.

How common a word is on the site grows by one where twice as many topics hold it, and elsewhere where half as many words
are more common; it is 0 where it does not occur. So a changed topic leaves most of these files as they are.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from faq_builder.search.index.cache import Memory
from faq_builder.search.index.shards import in_order, pack
from faq_builder.search.text.stemmers import stem

LENGTHS = (3, 6, 7, 8, 9, 11)  # of the shortest words of each file: 7,449 titles have 7 to 14 kB in each
MOST = 16_000  # words of a site, the most common of them; some 100 kB
_LONGEST = 20  # letters; nobody means a longer word
_LARGEST = 15  # half a byte


def spelling_files(
    written: Mapping[str, int], common: Sequence[str], stemmer: str, memory: Memory
) -> Iterator[tuple[int, bytes]]:
    """(shortest length, content) of each file, given the `is_spelt` words of documents, each with in how many it is,
    as `in_order` gives them, and the common terms elsewhere.
    """
    elsewhere = {term: max(1, _LARGEST + 1 - rank.bit_length()) for rank, term in enumerate(common, 1)}
    kept = written if len(written) <= MOST else set(sorted(written, key=lambda word: -written[word])[:MOST])
    here = _by_length({word: min(_LARGEST, count.bit_length()) for word, count in written.items() if word in kept})
    there = _by_length({term: number << 4 for term, number in elsewhere.items() if is_spelt(term)})
    for length in LENGTHS:
        words = here[length]
        made_from = (stemmer, "\n".join(words), "\n".join(common))
        content = memory.file(
            (b"spelling", str(length).encode(), bytes(words.values()), *(text.encode() for text in made_from)),
            partial(_file, words, there[length], elsewhere, stemmer),
        )
        if content:
            yield length, content


def is_spelt(word: str) -> bool:
    """Whether a slip is looked for in such a word: all letters, of a script with spaces."""
    return word.isalpha() and LENGTHS[0] <= len(word) <= _LONGEST


def _by_length(classes: Mapping[str, int]) -> Mapping[int, Mapping[str, int]]:
    """The same of the words in each file."""
    found = defaultdict[int, dict[str, int]](dict)
    for word, number in classes.items():
        found[LENGTHS[bisect(LENGTHS, len(word)) - 1]][word] = number
    return found


def _file(here: Mapping[str, int], there: Mapping[str, int], elsewhere: Mapping[str, int], stemmer: str) -> bytes:
    """A shard of words, each with how common it is as a byte; nothing where there is none."""
    ours = {word: number | elsewhere.get(stem(word, stemmer), 0) << 4 for word, number in here.items()}
    classes = {**there, **ours}
    return pack([(word, bytes([classes[word]])) for word in in_order(classes)]) if classes else b""
