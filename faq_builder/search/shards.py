"""Shards: neighbouring terms in one file, each with some bytes; a changed term changes its own shard only.

A shard is a list of terms (its length in bytes as a varint, then one term a line, its first character the number of
UTF-16 units, in base 36, that it shares with the term before) and then the bytes of each term in order, whose length
the reader knows from what they hold. Varints have seven bits a byte, lowest first. Shards end where a term's own hash
says.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardSize:
    """Bytes of a shard: smallest, usual and largest, and of one entry on average, as measured."""

    smallest: int
    usual: int
    largest: int
    entry: int


def shards_of(entries: Iterable[tuple[str, bytes]], size: ShardSize) -> Iterator[tuple[str, bytes]]:
    """The shards of entries in the order `utf16`, each with the shortest text above all terms before it."""
    last, shard, filled = "", list[tuple[str, bytes]](), 0
    for term, packed in entries:
        full = filled + len(packed) > size.largest
        if shard and (full or (filled >= size.smallest and _may_begin(term, size))):
            yield _first(last, shard[0][0]), pack(shard)
            last, shard, filled = shard[-1][0], [], 0
        shard.append((term, packed))
        filled += len(packed) + 4
    if shard:
        yield _first(last, shard[0][0]), pack(shard)


def pack(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """One shard."""
    names = ["", *(term for term, _ in entries)]
    lines = "\n".join(_line(before, term) for before, term in pairwise(names)).encode()
    return b"".join((varint(len(lines)), lines, *(packed for _, packed in entries)))


def utf16(term: str) -> bytes:
    """The key of the order in which the browser compares strings: by UTF-16 units."""
    return term.encode("utf-16-be")


def varint(value: int) -> bytes:
    """Seven bits a byte, lowest first, the high bit set on all but the last."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def content_hash(content: bytes) -> str:
    """What the name of a file holds, so that it changes with its content."""
    return hashlib.sha256(content).hexdigest()[:10]


def _may_begin(term: str, size: ShardSize) -> bool:
    """Whether a shard may begin with this term."""
    return crc32(term.encode()) % max(1, (size.usual - size.smallest) // size.entry) == 0


def _first(last: str, term: str) -> str:
    shared = _shared(last, term)
    return term[: shared + 1] if last else ""


def _line(before: str, term: str) -> str:
    shared = min(_shared(before, term), 17)  # 17 characters are at most 34 UTF-16 units: one digit in base 36
    units = len(utf16(term[:shared])) // 2
    return f"{'0123456789abcdefghijklmnopqrstuvwxyz'[units]}{term[shared:]}"


def _shared(one: str, other: str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
