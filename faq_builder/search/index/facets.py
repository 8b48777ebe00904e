"""Facets: the file by which results are filtered, with the topics of each tag, product, version, place and year.

`facets-<hash>.bin` has

1. a JSON text, its length in bytes as a varint before it: {kind: [[value, number of topics], ...]}, the most frequent
   value first;
2. for each value, in this order, its topics: their length in bytes (varint), then the distances between their numbers
   as Rice codes (https://en.wikipedia.org/wiki/Golomb_coding), the highest bit of a byte first;
3. as varints, how many topics follow, and the numbers of the topics that a visitor sees first who browses without a
   query.

The file stays small enough at any size to be loaded with results: it has all places, the newest 20 years, and those
tags, products and versions that at least two topics share, the most frequent first, up to MAX_BYTES_PER_KIND.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from faq_builder.config import folded_tag
from faq_builder.search.documents import Document
from faq_builder.search.index.shards import varint

MAX_BYTES_PER_KIND = 80_000  # all tags of 10,000 topics with three tags each fit, and some 20 of 100,000 topics
MAX_YEARS = 20  # the newest ones
MAX_BROWSED_TOPICS = 1_000  # topics that the file puts in order for browsing; the others follow in no order

_Value = tuple[str, Sequence[int]]  # the value as people see it, and the numbers of its topics, ascending


def facets_file(documents: Sequence[Document], published: Sequence[int]) -> bytes:
    """Return the file for documents in the order of their numbers.

    `published` is the rank of each document in the order of publication.
    """
    total = len(documents)
    years = _values((str(d.last_answered.year),) if d.last_answered else () for d in documents)
    kinds: dict[str, Sequence[_Value]] = {
        "tag": _limited(_values(tuple(map(str, d.tags)) for d in documents), total),
        "product": _limited(_values(d.products for d in documents), total),
        "version": _limited(_values(tuple(map(str, d.versions)) for d in documents), total),
        "place": _values(d.places for d in documents),
        "year": sorted(years, reverse=True)[:MAX_YEARS],
    }
    names = {kind: [[name, len(numbers)] for name, numbers in values] for kind, values in kinds.items()}
    head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    packed = [rice_code(numbers, total) for values in kinds.values() for _, numbers in values]
    first = _browsing_order(documents, published)
    return b"".join(
        (varint(len(head)), head, *(part for bits in packed for part in (varint(len(bits)), bits)),
         varint(len(first)), *map(varint, first))
    )  # fmt: skip


def facet_fields(document: Document) -> Document:
    """Return a document with only the fields that `facets_file` reads."""
    return Document(
        id="",
        site_path="",
        question=document.question.map(lambda _: ""),
        tags=document.tags,
        products=document.products,
        versions=document.versions,
        places=document.places,
        last_answered=document.last_answered,
        asked=document.asked,
    )


def rice_code(numbers: Sequence[int], total: int) -> bytes:
    """Return ascending numbers below `total` as Rice codes of their distances, filled up with zero bits."""
    if not numbers:
        return b""
    low = (total // len(numbers)).bit_length() - 1  # bits of a distance that are written as they are
    distances = np.diff(np.array(numbers), prepend=-1) - 1
    ends = np.cumsum((distances >> low) + 1 + low)
    bits = np.ones(ends[-1], dtype=np.uint8)
    bits[ends - low - 1] = 0
    for place in range(low):
        bits[ends - 1 - place] = distances >> place & 1
    return np.packbits(bits).tobytes()


def _values(texts: Iterable[tuple[str, ...]]) -> list[_Value]:
    """Return the values, the most frequent first, given the texts of each document.

    Texts that differ only in case and hyphens are one value, named by its most frequent spelling.
    """
    by_texts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)  # many documents have the same texts
    for number, values in enumerate(texts):
        by_texts[values].append(number)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for values, found in by_texts.items():
        keys = {value: folded_tag(value) for value in filter(None, values)}
        for value, key in keys.items():
            spellings[key][value] += len(found)
        for key in set(keys.values()):
            numbers[key] += found
    named = (
        (min(counts, key=lambda name: (-counts[name], name)), sorted(numbers[key])) for key, counts in spellings.items()
    )
    return sorted(named, key=lambda value: (-len(value[1]), value[0]))


def _limited(values: Iterable[_Value], total: int) -> Sequence[_Value]:
    """Return the first values that at least two topics share, as many as fit in MAX_BYTES_PER_KIND."""
    return tuple(_first_that_fit((value for value in values if len(value[1]) > 1), total))


def _first_that_fit(values: Iterable[_Value], total: int) -> Iterator[_Value]:
    """Yield values until their names and Rice codes take MAX_BYTES_PER_KIND."""
    left = MAX_BYTES_PER_KIND
    for name, numbers in values:
        left -= len(rice_code(numbers, total)) + len(name.encode("utf-8", "replace")) + 8
        if left < 0:
            return
        yield name, numbers


def _browsing_order(documents: Sequence[Document], published: Sequence[int]) -> Sequence[int]:
    """Return the topics for browsing: those that several threads ask, the most asked first, then the newest pages."""
    several = [number for number, document in enumerate(documents) if document.asked > 1]
    several.sort(key=lambda at: (-documents[at].asked, -(documents[at].last_answered or date.min).toordinal(), at))
    others = [number for number, document in enumerate(documents) if document.asked <= 1]
    return [*several, *sorted(others, key=lambda at: -published[at])][:MAX_BROWSED_TOPICS]
