"""The build cache of the index: only documents that changed are split into terms again.

Each result is stored under a fingerprint of everything it was made from, and a build makes the index in the same way
from cached and from new results. So a cache that is missing, or that another site or version wrote, costs time and
changes no byte. A checksum reveals a damaged one.
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
from faq_builder.search.documents import FINGERPRINT_SIZE
from faq_builder.search.index.postings import NO_POSTINGS, Postings
from faq_builder.search.meaning.fit import TEXTS_FINGERPRINT_SIZE
from faq_builder.search.text.term_list import TermList

CHECKSUM_SIZE = 32  # bytes of the checksum, with which the file begins


@dataclass(frozen=True, kw_only=True)
class DocumentTerms:
    """What the index needs of one document."""

    texts_fingerprint: bytes  # as in the fit
    facets_fingerprint: bytes  # of the fields that the facets read, FINGERPRINT_SIZE bytes
    terms: Mapping[str, int]  # term -> bits of its posting (`build`)


@dataclass(frozen=True, kw_only=True)
class IndexedDocuments:
    """What the index needs of all documents of a build: their postings, and three fingerprints of each document."""

    fingerprints: Sequence[bytes] = ()  # of everything that the index reads of a document
    texts_fingerprints: Sequence[bytes] = ()
    facets_fingerprints: Sequence[bytes] = ()
    postings: Postings = NO_POSTINGS

    def updated(self, fingerprints: Sequence[bytes], read: Callable[[int], DocumentTerms]) -> "IndexedDocuments":
        """Return the index data of a new build, reusing that of documents whose fingerprint is known.

        `read` is called with the number of each document whose fingerprint is new.
        """
        if fingerprints == self.fingerprints:
            return self
        known = {fingerprint: at for at, fingerprint in enumerate(self.fingerprints)}
        if len(known) < len(self.fingerprints) or len({*fingerprints}) < len(fingerprints):
            known = {}  # two documents are equal, so nothing tells them apart; no real site has that
        old_numbers = np.array([known.get(fingerprint, -1) for fingerprint in fingerprints], dtype=np.int64)
        kept = np.flatnonzero(old_numbers >= 0)
        new_numbers = np.full(len(self.fingerprints), -1, dtype=np.int32)
        new_numbers[old_numbers[kept]] = kept
        new = {number: read(number) for number in np.flatnonzero(old_numbers < 0).tolist()}
        old = list(enumerate(old_numbers.tolist()))
        return IndexedDocuments(
            fingerprints=fingerprints,
            texts_fingerprints=[
                new[number].texts_fingerprint if at < 0 else self.texts_fingerprints[at] for number, at in old
            ],
            facets_fingerprints=[
                new[number].facets_fingerprint if at < 0 else self.facets_fingerprints[at] for number, at in old
            ],
            postings=self.postings.renumbered(new_numbers, ((number, read.terms) for number, read in new.items())),
        )


@dataclass
class BuildCache:
    """The documents of the last build, and files of it by a fingerprint of what they were made from."""

    documents: IndexedDocuments = field(default_factory=IndexedDocuments)
    files: Mapping[bytes, bytes] = field(default_factory=dict)
    used: dict[bytes, bytes] = field(default_factory=dict)  # files of this build, which `save_cache` saves

    def file(self, made_from: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """Return the file that was made from the same parts in the last build, else what `make` returns."""
        key = parts_fingerprint(made_from)
        found = self.files.get(key)
        self.used[key] = make() if found is None else found
        return self.used[key]


def load_cache(path: Path | None) -> BuildCache:
    """Return the cache that `save_cache` wrote; an empty one if it is unreadable, damaged or of another version."""
    try:
        data = memoryview(path.read_bytes() if path else b"")
    except OSError:
        return BuildCache()
    if bytes(data[:CHECKSUM_SIZE]) != _checksum([data[CHECKSUM_SIZE:]]):
        return BuildCache()
    fingerprints, texts, facets, terms, counts, documents, bits, keys, *files = split_parts(data[CHECKSUM_SIZE:])
    return BuildCache(
        documents=IndexedDocuments(
            fingerprints=_chunks(fingerprints, FINGERPRINT_SIZE),
            texts_fingerprints=_chunks(texts, TEXTS_FINGERPRINT_SIZE),
            facets_fingerprints=_chunks(facets, FINGERPRINT_SIZE),
            postings=Postings(
                terms=TermList(terms),
                counts=np.frombuffer(counts, dtype="<i4"),
                documents=np.frombuffer(documents, dtype="<i4"),
                bits=np.frombuffer(bits, dtype="u1"),
            ),
        ),
        files=dict(zip(_chunks(keys, FINGERPRINT_SIZE), files, strict=True)),
    )


def save_cache(path: Path | None, build_cache: BuildCache, documents: IndexedDocuments) -> None:
    """Save the documents and files of this build for the next one; without a writable folder builds are just slower."""
    if path is None or (documents is build_cache.documents and build_cache.used == build_cache.files):
        return
    postings = documents.postings
    parts = (
        b"".join(documents.fingerprints),
        b"".join(documents.texts_fingerprints),
        b"".join(documents.facets_fingerprints),
        postings.terms.text,
        postings.counts.astype("<i4").tobytes(),
        postings.documents.astype("<i4").tobytes(),
        postings.bits.tobytes(),
        b"".join(build_cache.used),
        *build_cache.used.values(),
    )
    pieces = list(_pieces(parts))
    scratch = path.with_name(f"{path.name}.new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as file:
            file.writelines((_checksum(pieces), *pieces))
        scratch.replace(path)


def join_parts(parts: Iterable[bytes]) -> bytes:
    """Return parts as one byte string, each with its length before it."""
    return b"".join(_pieces(parts))


def split_parts(data: bytes | memoryview) -> Iterator[bytes]:
    """Yield the parts that `join_parts` joined."""
    at = 0
    while at < len(data):
        start, end = at + 8, at + 8 + int.from_bytes(data[at : at + 8], "little")
        yield bytes(data[start:end])
        at = end


def parts_fingerprint(parts: Iterable[bytes]) -> bytes:
    """Return a fingerprint of parts, FINGERPRINT_SIZE bytes; moving a byte from one part to the next changes it."""
    return hashlib.sha256(join_parts(parts)).digest()[:FINGERPRINT_SIZE]


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the length and the content of each part."""
    return (piece for part in parts for piece in (len(part).to_bytes(8, "little"), part))


def _checksum(pieces: Iterable[bytes | memoryview]) -> bytes:
    """Return the checksum of the content of a cache that this code wrote."""
    content = hashlib.sha256()
    for piece in pieces:
        content.update(piece)
    return hashlib.sha256(_code_fingerprint() + content.digest()).digest()


@cache
def _code_fingerprint() -> bytes:
    """Return a fingerprint of what else the results depend on: code, pretrained embeddings, tables of Unicode."""
    code = hashlib.sha256(f"{__version__} {unicodedata.unidata_version}".encode())
    room = Path(__file__).parents[1]
    for path in (*sorted(room.rglob("*.py")), *sorted(room.rglob("*.npz")), Path(getfile(folded_tag))):
        code.update(path.read_bytes())
    return code.digest()


def _chunks(joined: bytes, size: int) -> Sequence[bytes]:
    """Return pieces of `size` bytes each."""
    return [joined[at : at + size] for at in range(0, len(joined), size)]
