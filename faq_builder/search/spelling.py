"""Words as they are written -> the files in which the browser looks for what a mistyped word was meant to be.

    spelling-<hash>.bin    a shard (`shards`) of the words of neighbouring lengths, for each a byte: how common it is on
                           the site, and 16 times how common elsewhere

Terms alone would not do: a slip in the ending of a word keeps it from being stemmed. A slip changes the length by one
at most, so a search needs the files of neighbouring lengths only, and none where all words of a query are known. Of a
word that only the prior knows the stem stands for all forms: nothing else is known of it.

How common a word is on the site grows by one where twice as many topics hold it, and elsewhere where half as many words
are more common; it is 0 where it does not occur. So a changed topic leaves most of these files as they are.
"""

from collections.abc import Iterator, Mapping, Sequence

from faq_builder.search.memory import Memory, joined, unjoined
from faq_builder.search.postings import Postings
from faq_builder.search.shards import in_order, pack
from faq_builder.search.stemmers import stem

LENGTHS = (3, 6, 7, 8, 9, 11)  # of the shortest words of each file: 7,449 titles have 7 to 14 kB in each
MOST = 16_000  # words of a site, the most common of them; some 100 kB
_LONGEST = 20  # letters; nobody means a longer word
_LARGEST = 15  # half a byte


def spelling_files(
    written: Postings, common: Sequence[str], stemmer: str, memory: Memory
) -> Sequence[tuple[int, bytes]]:
    """(shortest length, content) of each file, given the `is_spelt` words of documents and common terms elsewhere."""
    made_from = (stemmer, "\n".join(written.terms), "\n".join(common))
    counted = written.counts.tobytes()
    files = memory.file(
        (b"spelling", counted, *(text.encode() for text in made_from)),
        lambda: joined(_files(written, common, stemmer)),
    )
    return [(length, content) for length, content in zip(LENGTHS, unjoined(files), strict=True) if content]


def is_spelt(word: str) -> bool:
    """Whether a slip is looked for in such a word: all letters, of a script with spaces."""
    return word.isalpha() and LENGTHS[0] <= len(word) <= _LONGEST


def _files(written: Postings, common: Sequence[str], stemmer: str) -> Iterator[bytes]:
    """For each of LENGTHS a shard; nothing where there is no such word."""
    classes = _classes(written, common, stemmer)
    of_length: dict[int, list[str]] = {length: [] for length in LENGTHS}
    for word in in_order(classes):
        of_length[max(length for length in LENGTHS if length <= len(word))].append(word)
    for words in of_length.values():
        yield pack([(word, bytes([classes[word]])) for word in words]) if words else b""


def _classes(written: Postings, common: Sequence[str], stemmer: str) -> Mapping[str, int]:
    """How common each word is, as a byte."""
    elsewhere = {term: max(1, _LARGEST + 1 - rank.bit_length()) for rank, term in enumerate(common, 1)}
    counts = dict(zip(written.terms, written.counts.tolist(), strict=True))
    kept = sorted(counts, key=lambda word: -counts[word])[:MOST]
    classes = {
        word: min(_LARGEST, counts[word].bit_length()) | elsewhere.get(stem(word, stemmer), 0) << 4 for word in kept
    }
    return {term: number << 4 for term, number in elsewhere.items() if is_spelt(term)} | classes
