"""The file by which results are filtered: which topics have a tag, a product, a version, a place, a year.

    facets-<hash>.bin

A JSON text (its length in bytes as a varint before it): {kind: [[value, number of topics], ...]}, the most frequent
value first. Then for each value, in this order, the length of its topics in bytes (varint) and the topics: the
distances between their numbers as Rice codes (https://en.wikipedia.org/wiki/Golomb_coding), the highest bit of a byte
first. Then, as varints, how many topics were asked more than once, and their numbers, the most asked first.

At any size it stays small enough to be loaded beside results: every place, the newest 20 years, and of tags, products
and versions those that at least two topics share, the most frequent first, as far as they fit in `ROOM` bytes each.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from faq_builder.config import folded_tag
from faq_builder.search.document import Document
from faq_builder.search.shards import varint

ROOM = 80_000  # bytes of one kind; at 10,000 topics with three tags each all fit, at 100,000 some 20 tags
YEARS = 20
MOST_ASKED = 1_000  # topics whose order is kept; whoever browses on sees the newest first

_Value = tuple[str, Sequence[int]]  # as it is shown, and the numbers of its topics, ascending


def facets(documents: Sequence[Document]) -> bytes:
    """The file of these documents, numbered as they come."""
    total = len(documents)
    years = _values([[str(d.last_answered.year)] if d.last_answered else [] for d in documents])
    kinds: dict[str, Sequence[_Value]] = {
        "tag": _fitting(_values([map(str, d.tags) for d in documents]), total),
        "product": _fitting(_values([d.products for d in documents]), total),
        "version": _fitting(_values([map(str, d.versions) for d in documents]), total),
        "place": _values([d.places for d in documents]),
        "year": sorted(years, reverse=True)[:YEARS],
    }
    names = {kind: [[name, len(numbers)] for name, numbers in values] for kind, values in kinds.items()}
    head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    packed = [rice(numbers, total) for values in kinds.values() for _, numbers in values]
    asked = _most_asked(documents)
    return b"".join(
        (varint(len(head)), head, *(part for bits in packed for part in (varint(len(bits)), bits)),
         varint(len(asked)), *map(varint, asked))
    )  # fmt: skip


def rice(numbers: Sequence[int], total: int) -> bytes:
    """Ascending numbers below `total`, as few bits as their distances need."""
    if not numbers:
        return b""
    low = (total // len(numbers)).bit_length() - 1  # bits of a distance that are written as they are
    bits, before = [], -1
    for number in numbers:
        high, rest = divmod(number - before - 1, 1 << low)
        bits.append("1" * high + "0" + (f"{rest:0{low}b}" if low else ""))
        before = number
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8)


def _values(texts: Sequence[Iterable[str]]) -> list[_Value]:
    """The values, the most frequent first, given those of each document. Case and hyphens make no other value."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, values in enumerate(texts):
        for value in dict.fromkeys(filter(None, values)):
            key = folded_tag(value)
            spellings[key][value] = spellings[key].get(value, 0) + 1
            if numbers[key][-1:] != [number]:
                numbers[key].append(number)
    named = ((min(spelt, key=lambda name: (-spelt[name], name)), numbers[key]) for key, spelt in spellings.items())
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


def _most_asked(documents: Sequence[Document]) -> Sequence[int]:
    several = [number for number, document in enumerate(documents) if document.asked > 1]
    several.sort(key=lambda at: (-documents[at].asked, -(documents[at].last_answered or date.min).toordinal(), at))
    return several[:MOST_ASKED]
