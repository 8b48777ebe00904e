"""Spelling correction: files of words in which the browser looks up what a mistyped word was meant to be.

`spelling-<hash>.bin` is a shard (`shards`) of the words of neighbouring lengths. Each has a byte: its frequency class
on the site, plus 16 times its frequency class in the language.

The words are unstemmed, since a stemmer cannot cut a mistyped ending. A typing error changes the length by one at most,
so a search loads the files of neighbouring lengths only, and no file if all words of a query are known. Pretrained
embeddings know stems only: a word that no topic contains is listed as its stem.

The class on the site grows by one when the number of topics with the word doubles, the class in the language when the
rank halves; 0 means that the word does not occur. So a changed topic leaves most of these files as they are.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from faq_builder.search.index.cache import BuildCache
from faq_builder.search.index.shards import pack_shard, sort_utf16
from faq_builder.search.text.stemmers import word_stem

SHORTEST_LENGTHS = (3, 6, 7, 8, 9, 11)  # of the words in each file; with 7,449 titles a file has 7 to 14 kB
MAX_WORDS = 16_000  # words of a site that are listed, the most frequent ones; some 100 kB
_MAX_WORD_LENGTH = 20  # letters; nobody types a longer word
_MAX_CLASS = 15  # a frequency class has half a byte


def spelling_files(
    document_counts: Mapping[str, int], language_terms: Sequence[str], stemmer: str, cache: BuildCache
) -> Iterator[tuple[int, bytes]]:
    """Yield each file that is not empty: the length of its shortest words, and its content.

    `document_counts` says how many documents contain each `is_correctable` word, in the order of `sort_utf16`;
    `language_terms` are the common terms of the language, the most common first.
    """
    language_classes = {term: max(1, _MAX_CLASS + 1 - rank.bit_length()) for rank, term in enumerate(language_terms, 1)}
    kept = _most_frequent(document_counts)
    of_site = _by_file(
        {word: min(_MAX_CLASS, count.bit_length()) for word, count in document_counts.items() if word in kept}
    )
    of_language = _by_file({term: class_ << 4 for term, class_ in language_classes.items() if is_correctable(term)})
    for length in SHORTEST_LENGTHS:
        words = of_site[length]
        made_from = (stemmer, "\n".join(words), "\n".join(language_terms))
        content = cache.file(
            (b"spelling", str(length).encode(), bytes(words.values()), *(text.encode() for text in made_from)),
            partial(_file, words, of_language[length], language_classes, stemmer),
        )
        if content:
            yield length, content


def is_correctable(word: str) -> bool:
    """Whether the client tries to correct such a word: letters only, of a length that people type."""
    return word.isalpha() and SHORTEST_LENGTHS[0] <= len(word) <= _MAX_WORD_LENGTH


def _most_frequent(document_counts: Mapping[str, int]) -> Mapping[str, int] | set[str]:
    """Return the MAX_WORDS words that most documents contain."""
    if len(document_counts) <= MAX_WORDS:
        return document_counts
    return set(sorted(document_counts, key=lambda word: -document_counts[word])[:MAX_WORDS])


def _by_file(classes: Mapping[str, int]) -> Mapping[int, Mapping[str, int]]:
    """Return the frequency classes of words by the file that lists them: its shortest length -> word -> class."""
    found = defaultdict[int, dict[str, int]](dict)
    for word, class_ in classes.items():
        found[SHORTEST_LENGTHS[bisect(SHORTEST_LENGTHS, len(word)) - 1]][word] = class_
    return found


def _file(
    of_site: Mapping[str, int], of_language: Mapping[str, int], language_classes: Mapping[str, int], stemmer: str
) -> bytes:
    """Return a shard of words with a byte each; nothing if there are no words."""
    site_words = {
        word: class_ | language_classes.get(word_stem(word, stemmer), 0) << 4 for word, class_ in of_site.items()
    }
    classes = {**of_language, **site_words}
    return pack_shard([(word, bytes([classes[word]])) for word in sort_utf16(classes)]) if classes else b""
