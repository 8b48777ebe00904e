"""Shards: neighbouring terms in one file, each with some bytes; a changed term changes its own shard only.

A shard is a list of terms (its length in bytes as a varint, then one term a line, its first character the number of
UTF-16 units, in base 36, that it shares with the term before) and then the bytes of each term in order, whose length
the reader knows from what they hold. Varints have seven bits a byte, lowest first. Shards end where a term's own hash
says.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHARED = 17  # characters that a term can share with the one before: at most 34 UTF-16 units, one digit in base 36


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSize:
    """Bytes of a shard: smallest, usual and largest, and of one entry on average, as measured."""

    smallest: int
    usual: int
    largest: int
    entry: int


def shards_of(entries: Iterable[tuple[str, bytes]], size: ShardSize) -> Iterator[tuple[str, bytes]]:
    """The shards of entries as `in_order` gives them, each with the shortest text above all terms before it."""
    entries = list(entries)
    terms, sizes = [term for term, _ in entries], [len(packed) for _, packed in entries]
    for part, first in parts_of(terms, sizes, size):
        yield first, pack(entries[part])


def parts_of(terms: Sequence[str], sizes: Iterable[int], size: ShardSize) -> Iterator[tuple[slice, str]]:
    """Which of the terms are in each shard, and the text with which it begins, given the bytes of each term."""
    start = filled = 0
    every = max(1, (size.usual - size.smallest) // size.entry)
    for at, (term, more) in enumerate(zip(terms, sizes, strict=True)):
        full = filled + more > size.largest
        if at > start and (full or (filled >= size.smallest and crc32(term.encode()) % every == 0)):
            yield slice(start, at), _first(terms, start)
            start, filled = at, 0
        filled += more + 4
    if terms:
        yield slice(start, len(terms)), _first(terms, start)


def pack(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """One shard."""
    lines = "\n".join(_lines([term for term, _ in entries])).encode()
    return b"".join((varint(len(lines)), lines, *(packed for _, packed in entries)))


def in_order(terms: Iterable[str]) -> list[str]:
    """Terms as the browser compares strings: by UTF-16 units."""
    terms = list(terms)
    return sorted(terms) if "".join(terms).isascii() else sorted(terms, key=utf16)


def utf16(term: str) -> bytes:
    """What compares as the browser compares the term."""
    return term.encode("utf-16-be")


def varint(value: int) -> bytes:
    """Seven bits a byte, lowest first, the high bit set on all but the last."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def varints(values: NDArray[np.integer]) -> tuple[bytes, NDArray[np.int64]]:
    """Many of them, and where each ends."""
    sizes = varint_sizes(values)
    ends = np.cumsum(sizes, dtype=np.int64)
    out = np.empty(int(sizes.sum()), dtype=np.uint8)
    at, left = ends - sizes, values
    while len(at):
        more = left > 127
        out[at] = left & 127 | more * 128
        at, left = at[more] + 1, left[more] >> 7
    return out.tobytes(), ends


def varint_sizes(values: NDArray[np.integer]) -> NDArray[np.int32]:
    """How many bytes each takes."""
    sizes = np.ones(len(values), dtype=np.int32)
    for bits in range(7, int(values.max(initial=0)).bit_length(), 7):
        sizes += values >> bits > 0
    return sizes


def content_hash(content: bytes) -> str:
    """What the name of a file holds, so that it changes with its content."""
    return hashlib.sha256(content).hexdigest()[:10]


def _first(terms: Sequence[str], start: int) -> str:
    """The shortest text above all terms before."""
    return terms[start][: shared(terms[start - 1], terms[start]) + 1] if start else ""


def _lines(terms: Sequence[str]) -> Iterator[str]:
    """Each term without what it shares with the one before."""
    points = np.array(["", *terms], dtype=f"U{_SHARED}").view(np.uint32).reshape(-1, _SHARED)
    shared = np.logical_and.accumulate(points[1:] == points[:-1], axis=1).sum(axis=1).tolist()
    for term, count in zip(terms, shared, strict=True):
        units = count if term.isascii() else len(utf16(term[:count])) // 2
        yield f"{_DIGITS[units]}{term[count:]}"


def shared(one: str, other: str) -> int:
    """With how many characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
