"""Shards: files of neighbouring terms, each term with some bytes. A changed term changes only its own shard.

A shard is a list of terms (its length in bytes as a varint, then one term a line) and then the bytes of each term in
the same order; the reader finds their length in the bytes themselves. The first character of a line is the number of
UTF-16 units, in base 36, that the term shares with the term before it, and the line leaves these out. Varints have
seven bits a byte, lowest first. The hash of a term decides whether a shard may end before it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAX_SHARED_PREFIX = 17  # characters left out of a line: 34 UTF-16 units at most, which is one digit in base 36


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSize:
    """Bytes of a shard (smallest, usual, largest) and of one entry on average, as measured."""

    smallest: int
    usual: int
    largest: int
    entry: int


def make_shards(entries: Iterable[tuple[str, bytes]], size: ShardSize) -> Iterator[tuple[str, bytes]]:
    """Yield the first key and the content of each shard, given (term, bytes) in the order of `sort_utf16`.

    The first key is the shortest text that is above all terms of the shards before.
    """
    entries = list(entries)
    terms, sizes = [term for term, _ in entries], [len(content) for _, content in entries]
    for part, first_key in shard_ranges(terms, sizes, size):
        yield first_key, pack_shard(entries[part])


def shard_ranges(terms: Sequence[str], sizes: Iterable[int], size: ShardSize) -> Iterator[tuple[slice, str]]:
    """Yield the range of terms and the first key of each shard, given the bytes of each term."""
    start = filled = 0
    every = max(1, (size.usual - size.smallest) // size.entry)
    for at, (term, more) in enumerate(zip(terms, sizes, strict=True)):
        is_full = filled + more > size.largest
        if at > start and (is_full or (filled >= size.smallest and crc32(term.encode()) % every == 0)):
            yield slice(start, at), _first_key(terms, start)
            start, filled = at, 0
        filled += more + 4
    if terms:
        yield slice(start, len(terms)), _first_key(terms, start)


def pack_shard(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the content of one shard, given (term, bytes) of each entry."""
    lines = "\n".join(_lines([term for term, _ in entries])).encode()
    return b"".join((varint(len(lines)), lines, *(content for _, content in entries)))


def sort_utf16(terms: Iterable[str]) -> list[str]:
    """Return terms sorted as the browser compares strings: by UTF-16 units."""
    terms = list(terms)
    return sorted(terms) if "".join(terms).isascii() else sorted(terms, key=utf16_key)


def utf16_key(term: str) -> bytes:
    """Return a sort key that compares as the browser compares the term."""
    return term.encode("utf-16-be")


def varint(value: int) -> bytes:
    """Return a number in seven bits a byte, lowest first, the high bit set on all bytes but the last: 300 -> AC 02."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def varints(values: NDArray[np.integer]) -> tuple[bytes, NDArray[np.int64]]:
    """Return many varints as one text, and the offset after each, shape (values,), in bytes."""
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
    """Return the bytes that the varint of each value takes, shape (values,)."""
    sizes = np.ones(len(values), dtype=np.int32)
    for bits in range(7, int(values.max(initial=0)).bit_length(), 7):
        sizes += values >> bits > 0
    return sizes


def content_fingerprint(content: bytes) -> str:
    """Return ten hexadecimal digits for the name of a file, so that the name changes with the content."""
    return hashlib.sha256(content).hexdigest()[:10]


def shared_prefix(one: str, other: str) -> int:
    """Return the number of characters with which both texts begin: "widget", "wide" -> 3."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _first_key(terms: Sequence[str], start: int) -> str:
    """Return the shortest beginning of the term at `start` that is above all terms before it."""
    return terms[start][: shared_prefix(terms[start - 1], terms[start]) + 1] if start else ""


def _lines(terms: Sequence[str]) -> Iterator[str]:
    """Yield the line of each term: "widget", "widgets" -> "0widget", "6s"."""
    points = np.array(["", *terms], dtype=f"U{_MAX_SHARED_PREFIX}").view(np.uint32).reshape(-1, _MAX_SHARED_PREFIX)
    counts = np.logical_and.accumulate(points[1:] == points[:-1], axis=1).sum(axis=1).tolist()
    for term, count in zip(terms, counts, strict=True):
        units = count if term.isascii() else len(utf16_key(term[:count])) // 2
        yield f"{_DIGITS[units]}{term[count:]}"
