"""What the last index was made of, kept in the cache: only documents that changed are cut into words again.

Everything is kept by what it was made from, and the index is made from it in one way, whether it comes from the cache
or was worked out now. So a cache that is lost, of another site or of another version costs time and changes no byte;
a damaged one is noticed by its hash.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from inspect import getfile
from pathlib import Path

import numpy as np

from faq_builder import __version__
from faq_builder.config import folded_tag
from faq_builder.search.documents import DIGEST
from faq_builder.search.index.postings import NO_POSTINGS, Postings
from faq_builder.search.meaning.fit import MARK
from faq_builder.search.text.term_list import Terms

SEAL = 32  # bytes


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a document gives when it is read."""

    mark: bytes  # as `fit.mark` makes it
    filed: bytes  # what the facets take of it, as DIGEST bytes
    terms: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of documents that are told apart by digests of all that the index takes of them."""

    digests: Sequence[bytes] = ()
    marks: Sequence[bytes] = ()  # of their readings
    filed: Sequence[bytes] = ()
    postings: Postings = NO_POSTINGS

    def carried(self, digests: Sequence[bytes], read: Callable[[int], Reading]) -> "Known":
        """The same of other documents; only those with other digests are read, by their numbers."""
        if digests == self.digests:
            return self
        known = {digest: at for at, digest in enumerate(self.digests)}
        if len(known) < len(self.digests) or len({*digests}) < len(digests):
            known = {}  # two documents are the same, which no site has: which is which?
        before = np.array([known.get(digest, -1) for digest in digests], dtype=np.int64)
        held = np.flatnonzero(before >= 0)
        places = np.full(len(self.digests), -1, dtype=np.int32)
        places[before[held]] = held
        new = {number: read(number) for number in np.flatnonzero(before < 0).tolist()}
        return Known(
            digests=digests,
            marks=[new[n].mark if at < 0 else self.marks[at] for n, at in enumerate(before.tolist())],
            filed=[new[n].filed if at < 0 else self.filed[at] for n, at in enumerate(before.tolist())],
            postings=self.postings.carried(places, ((number, reading.terms) for number, reading in new.items())),
        )


@dataclass
class Memory:
    """What is known of documents, and files by a digest of what they were made from."""

    known: Known = field(default_factory=Known)
    files: Mapping[bytes, bytes] = field(default_factory=dict)
    used: dict[bytes, bytes] = field(default_factory=dict)  # the files of this build, which will be kept

    def file(self, made_from: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """What `make` makes of this; the last build's where it made one of the same."""
        key = digest_of(made_from)
        found = self.files.get(key)
        self.used[key] = make() if found is None else found
        return self.used[key]


def recall(path: Path | None) -> Memory:
    """What `keep` kept; nothing where it cannot be read, or was kept by other code."""
    try:
        data = memoryview(path.read_bytes() if path else b"")
    except OSError:
        return Memory()
    if bytes(data[:SEAL]) != _seal([data[SEAL:]]):
        return Memory()
    digests, marks, filed, terms, counts, documents, amounts, keys, *files = unjoined(data[SEAL:])
    return Memory(
        known=Known(
            digests=_cut(digests, DIGEST),
            marks=_cut(marks, MARK),
            filed=_cut(filed, DIGEST),
            postings=Postings(
                terms=Terms(terms),
                counts=np.frombuffer(counts, dtype="<i4"),
                documents=np.frombuffer(documents, dtype="<i4"),
                amounts=np.frombuffer(amounts, dtype="u1"),
            ),
        ),
        files=dict(zip(_cut(keys, DIGEST), files, strict=True)),
    )


def keep(path: Path | None, memory: Memory, known: Known) -> None:
    """Keep for the next build what this one knew and made; a folder that cannot be written is slower, not wrong."""
    if path is None or (known is memory.known and memory.used == memory.files):
        return
    postings = known.postings
    parts = (
        b"".join(known.digests),
        b"".join(known.marks),
        b"".join(known.filed),
        postings.terms.text,
        postings.counts.astype("<i4").tobytes(),
        postings.documents.astype("<i4").tobytes(),
        postings.amounts.tobytes(),
        b"".join(memory.used),
        *memory.used.values(),
    )
    pieces = list(_pieces(parts))
    scratch = path.with_name(f"{path.name}.new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as file:
            file.writelines((_seal(pieces), *pieces))
        scratch.replace(path)


def joined(parts: Iterable[bytes]) -> bytes:
    """Parts as one, from which `unjoined` makes them again."""
    return b"".join(_pieces(parts))


def unjoined(data: bytes | memoryview) -> Iterator[bytes]:
    """The parts of what `joined` made."""
    at = 0
    while at < len(data):
        start, end = at + 8, at + 8 + int.from_bytes(data[at : at + 8], "little")
        yield bytes(data[start:end])
        at = end


def digest_of(parts: Iterable[bytes]) -> bytes:
    """A number for all of these parts."""
    return hashlib.sha256(joined(parts)).digest()[:DIGEST]


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    return (piece for part in parts for piece in (len(part).to_bytes(8, "little"), part))


def _seal(pieces: Iterable[bytes | memoryview]) -> bytes:
    content = hashlib.sha256()
    for piece in pieces:
        content.update(piece)
    return hashlib.sha256(_code() + content.digest()).digest()


@cache
def _code() -> bytes:
    """What else decides about the result: our code, the prior, and the tables of Unicode."""
    code = hashlib.sha256(f"{__version__} {unicodedata.unidata_version}".encode())
    room = Path(__file__).parents[1]
    for path in (*sorted(room.rglob("*.py")), *sorted(room.rglob("*.npz")), Path(getfile(folded_tag))):
        code.update(path.read_bytes())
    return code.digest()


def _cut(joined: bytes, size: int) -> Sequence[bytes]:
    return [joined[at : at + size] for at in range(0, len(joined), size)]
