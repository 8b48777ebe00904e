"""The file by which results are filtered: which topics have a tag, a product, a version, a place, a year.

    facets-<hash>.bin

A JSON text (its length in bytes as a varint before it): {kind: [[value, number of topics], ...]}, the most frequent
value first. Then for each value, in this order, the length of its topics in bytes (varint) and the topics: the
distances between their numbers as Rice codes (https://en.wikipedia.org/wiki/Golomb_coding), the highest bit of a byte
first. Then, as varints, the numbers of the topics that whoever browses sees first, and before them how many these are.

At any size it stays small enough to be loaded beside results: every place, the newest 20 years, and of tags, products
and versions those that at least two topics share, the most frequent first, as far as they fit in `ROOM` bytes each.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from faq_builder.config import folded_tag
from faq_builder.search.documents import Document
from faq_builder.search.index.shards import varint

ROOM = 80_000  # bytes of one kind; at 10,000 topics with three tags each all fit, at 100,000 some 20 tags
YEARS = 20
BROWSED = 1_000  # topics whose order is kept, the most asked first, then the newest; the others follow in no order

_Value = tuple[str, Sequence[int]]  # as it is shown, and the numbers of its topics, ascending


def facets(documents: Sequence[Document], published: Sequence[int]) -> bytes:
    """The file of these documents, numbered as they come, given how many were published before each."""
    total = len(documents)
    years = _values((str(d.last_answered.year),) if d.last_answered else () for d in documents)
    kinds: dict[str, Sequence[_Value]] = {
        "tag": _fitting(_values(tuple(map(str, d.tags)) for d in documents), total),
        "product": _fitting(_values(d.products for d in documents), total),
        "version": _fitting(_values(tuple(map(str, d.versions)) for d in documents), total),
        "place": _values(d.places for d in documents),
        "year": sorted(years, reverse=True)[:YEARS],
    }
    names = {kind: [[name, len(numbers)] for name, numbers in values] for kind, values in kinds.items()}
    head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    packed = [rice(numbers, total) for values in kinds.values() for _, numbers in values]
    first = _browsed(documents, published)
    return b"".join(
        (varint(len(head)), head, *(part for bits in packed for part in (varint(len(bits)), bits)),
         varint(len(first)), *map(varint, first))
    )  # fmt: skip


def filed(document: Document) -> Document:
    """A document with nothing but what the facets take of it."""
    return Document(
        id="",
        address="",
        question=document.question.map(lambda _: ""),
        tags=document.tags,
        products=document.products,
        versions=document.versions,
        places=document.places,
        last_answered=document.last_answered,
        asked=document.asked,
    )


def rice(numbers: Sequence[int], total: int) -> bytes:
    """Ascending numbers below `total`, as few bits as their distances need."""
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
    """The values, the most frequent first, given those of each document. Case and hyphens make no other value."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)  # few are different
    for number, values in enumerate(texts):
        alike[values].append(number)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for values, found in alike.items():
        keys = {value: folded_tag(value) for value in filter(None, values)}
        for value, key in keys.items():
            spellings[key][value] += len(found)
        for key in set(keys.values()):
            numbers[key] += found
    named = (
        (min(spelt, key=lambda name: (-spelt[name], name)), sorted(numbers[key])) for key, spelt in spellings.items()
    )
    return sorted(named, key=lambda value: (-len(value[1]), value[0]))


def _fitting(values: Iterable[_Value], total: int) -> Sequence[_Value]:
    return tuple(_as_fit((value for value in values if len(value[1]) > 1), total))


def _as_fit(values: Iterable[_Value], total: int) -> Iterator[_Value]:
    room = ROOM
    for name, numbers in values:
        room -= len(rice(numbers, total)) + len(name.encode("utf-8", "replace")) + 8
        if room < 0:
            return
        yield name, numbers


def _browsed(documents: Sequence[Document], published: Sequence[int]) -> Sequence[int]:
    several = [number for number, document in enumerate(documents) if document.asked > 1]
    several.sort(key=lambda at: (-documents[at].asked, -(documents[at].last_answered or date.min).toordinal(), at))
    others = [number for number, document in enumerate(documents) if document.asked <= 1]
    return [*several, *sorted(others, key=lambda at: -published[at])][:BROWSED]
