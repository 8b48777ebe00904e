"""Documents -> the files of the word index: shards of terms, blocks of documents, and one small meta file.

    meta.json             how many documents; the first term of each shard; the hashes in the names of all other files
    terms-<hash>.bin      some 10 kB of neighbouring terms with their postings
    topics-<n>-<hash>.json, passages-<n>-<hash>.json  what results show of documents (`blocks`, `shown`)
    language-<n>-<hash>.bin  which documents are in a language, a bit for each; only where there are several
    spelling-<hash>.bin   words as they are written, by their length (`spelling`); loaded where one is mistyped
    facets-<hash>.bin     by what results are filtered (`facets`); loaded where results are shown

A shard (`shards`) holds for each term: in how many documents it occurs (varint), the length of its postings in bytes
(varint), and the postings: one varint a document, 16 times the distance from the document before, plus the impact (1 to
15).

Nothing in a shard depends on another document: the lengths of texts are measured against constants instead of the
averages of the site, so that one changed topic changes its own terms only. What a document says is cut into words when
its digest is new (`memory`); the files are put together from all of that, or taken over where they would be the same.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.model import primary_language
from faq_builder.search.documents import FOLDER, Document, digest
from faq_builder.search.index.blocks import block_files, block_size
from faq_builder.search.index.cache import Memory, Reading, keep, recall
from faq_builder.search.index.embedding_shards import common_words, published_rows
from faq_builder.search.index.facets import facets, filed
from faq_builder.search.index.files import Files
from faq_builder.search.index.meaning import meaning_files, meaning_meta
from faq_builder.search.index.postings import Postings
from faq_builder.search.index.shards import ShardSize, content_hash, pack, parts_of, varint_sizes, varints
from faq_builder.search.index.snippets import passage_files, shown_meta
from faq_builder.search.index.spelling import is_spelt, spelling_files
from faq_builder.search.meaning.clusters import cells_of
from faq_builder.search.meaning.fit import NO_MARK, Fit, fitted_order, mark
from faq_builder.search.meaning.pretrained import shipped
from faq_builder.search.text.meaning_texts import meaning_terms, meaning_texts
from faq_builder.search.text.stemmers import STEMMERS, stemmer_of
from faq_builder.search.text.words import forms, posting_terms

VERSION = 3  # of what the files hold; a client that reads another says so
POSTINGS = 4_000  # strongest documents kept of a very common word; 10,000 documents, 40 % of them: it says little
COMMON_WORDS = 2_000  # documents from which on a word in a third of them is skipped unless nothing else is asked
SHARD = ShardSize(smallest=3_000, usual=6_000, largest=12_000, entry=10)  # a search needs one for each of its words
_K1 = 3.0  # how soon repeating a word stops to count; relative to the weights of the fields below
_STEPS = 15  # impacts are four bits
_IMPACT = 0b1111  # of what a document holds of a term, the bits of its impact
_MEANT = 16  # a fifth, of terms that the meaning of the document is made of
_WRITTEN = 32  # a sixth, of words as they are written


@dataclass(frozen=True, slots=True)
class _Field:
    """How much a word of a field counts, and how long the field usually is (in words; see the module)."""

    weight: float
    usual: float
    slope: float  # 0: length does not matter, 1: only the share of the words matters


_QUESTION = _Field(3.0, 9, 0.5)
_WORDINGS = _Field(3.0, 45, 0.5)
_TAGS = _Field(1.5, 3, 0.3)
_ANSWERS = _Field(0.5, 100, 0.7)


def build_index(
    documents: Sequence[Document], *, language: str, fit: Fit | None = None, cache: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of the index as (path below the site's root, bytes), meta.json last; linear, the same on any machine.

    With a fit the meaning index is written beside the word index, whose files of terms are the same without. The file
    `cache` keeps what the next build need not work out again; it changes no byte, and may be deleted at any time.

    Documents are numbered in the order of the fit, others as they come: give them in the order of publication, so that
    a new topic is appended and the shards and blocks of the others stay as they are; a new fit may change all. Each is
    stemmed by the rules of its own language; meta.json holds those of all languages of the site, whose own come first:
    a query may be in any of them.
    """
    stemmer = stemmer_of(language)
    fit = fit if fit is not None and fit.stemmer == stemmer else None
    published = fitted_order(documents, fit) if fit else list(range(len(documents)))
    documents = [documents[at] for at in published]
    written_in = [document.language or language for document in documents]
    languages, stemmers = [*map(primary_language, written_in)], [*map(stemmer_of, written_in)]
    meant = fit.stemmer if fit else ""
    digests = [digest(document, stemmer, meant) for document, stemmer in zip(documents, stemmers, strict=True)]
    memory = recall(cache)
    known = memory.known.carried(digests, lambda at: _read(documents[at], stemmers[at], meant))
    places = tuple(dict.fromkeys(chain.from_iterable([document.places for document in documents])))
    cells = cells_of(documents, known.marks, fit, shipped) if fit else None
    files = Files()
    yield from block_files(documents, digests, places, cells, files, memory)
    yield from passage_files(documents, digests, files, memory)
    several = list(_bitmaps(languages))
    yield from (files.add("language", bits) for _, bits in several)
    postings = known.postings.having(_IMPACT)
    shards = list[tuple[str, str]]()
    for first, content in _shards(postings, memory):
        shards.append((first, content_hash(content)))
        yield f"{FOLDER}terms-{shards[-1][1]}.bin", content
    sieve = memory.file(
        (b"facets", repr(published).encode(), b"".join(known.filed)), lambda: facets(documents, published)
    )
    yield f"{FOLDER}facets-{content_hash(sieve)}.bin", sieve
    common = common_words(fit, shipped, len(documents), memory)
    spelling = list(spelling_files(known.postings.counted(_WRITTEN), common, stemmer, memory))
    yield from ((f"{FOLDER}spelling-{content_hash(content)}.bin", content) for _, content in spelling)
    meta: dict[str, object] = {
        "version": VERSION,
        "documents": len(documents),
        "stemmers": [STEMMERS[name] for name in dict.fromkeys((stemmer, *sorted(stemmers)))],
        "languages": {code: f"{at}-{files.names['language'][at]}" for at, (code, _) in enumerate(several)},
        "facets": content_hash(sieve),
        "common": _common(postings, len(documents)),
        "first": [first for first, _ in shards],
        "terms": "".join(name for _, name in shards),
        "block": block_size(len(documents)),
        "sizes": cells.sizes if cells else [],
        **shown_meta(places, files.names),
        "spelling": [[length, content_hash(content)] for length, content in spelling],
    }
    if fit:
        terms = known.postings.terms.only(known.postings.counts_of(_MEANT) > 0)
        rows = published_rows(terms, fit, shipped, len(documents), memory)
        yield from meaning_files(rows, fit, files)
        meta["meaning"] = meaning_meta(rows, fit, files.names)
    keep(cache, memory, known)
    yield f"{FOLDER}meta.json", json.dumps(meta, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _bitmaps(languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(language, a bit for each document up to its last one); nothing where all are in one language."""
    for code in sorted(set(languages)) if len(set(languages)) > 1 else ():
        held = np.array([language == code for language in languages])
        yield code, np.packbits(held, bitorder="little").tobytes().rstrip(b"\0")


def _read(document: Document, stemmer: str, meant: str) -> Reading:
    """The terms of a document with their impacts, and whether its meaning is made of them."""
    weights = _weights(document, stemmer)
    terms = {term: round(_STEPS * weight / (weight + _K1)) or 1 for term, weight in weights.items()}
    for term in set(meaning_terms(document, meant)) if meant else ():
        terms[term] = terms.get(term, 0) | _MEANT
    for text in (document.question, *document.wordings, *document.tags, *document.answers):
        for form in filter(is_spelt, set(forms(str(text)))):
            terms[form] = terms.get(form, 0) | _WRITTEN
    return Reading(
        mark=mark(meaning_texts(document)) if meant else NO_MARK,
        filed=digest(filed(document)),
        terms=terms,
    )


def _weights(document: Document, stemmer: str) -> Mapping[str, float]:
    """How often each term occurs, weighted by field and by the length of the field (BM25F)."""
    weights: dict[str, float] = {}
    for field, texts in (
        (_QUESTION, (document.question,)),
        (_WORDINGS, document.wordings),
        (_TAGS, document.tags),
        (_ANSWERS, document.answers),
    ):
        found = [term for text in texts for term in posting_terms(str(text), stemmer)]
        share = field.weight / (1 - field.slope + field.slope * len(found) / field.usual)
        for term in found:
            weights[term] = weights.get(term, 0.0) + share
    weights.setdefault(document.id, _TAGS.weight)
    return weights


def _common(postings: Postings, documents: int) -> list[str]:
    if documents < COMMON_WORDS:
        return []
    return sorted(postings.terms.only(postings.counts * 3 > documents).listed())


def _shards(postings: Postings, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """The shards of terms, and with which text each begins."""
    totals, kept = postings.counts, postings.strongest(POSTINGS)
    lengths = np.add.reduceat(varint_sizes(_values(kept)), kept.starts) if len(kept.terms) else totals
    sizes = lengths + varint_sizes(lengths) + varint_sizes(totals)
    for part, first in parts_of(kept.terms.listed(), sizes.tolist(), SHARD):
        shard, numbers = kept.part(part), totals[part]
        arrays = (numbers, shard.counts, shard.documents, shard.amounts)
        made_from = (shard.terms.text, *(array.tobytes() for array in arrays))
        yield first, memory.file((b"terms", *made_from), partial(_shard, shard, numbers, lengths[part]))


def _shard(kept: Postings, totals: NDArray[np.int32], lengths: NDArray[np.int32]) -> bytes:
    """A shard: all that follows its terms is varints, so they are made at once."""
    heads = np.stack([totals, lengths], axis=1).ravel()
    content, ends = varints(np.insert(_values(kept), np.repeat(kept.starts, 2), heads))
    ends = ends[np.cumsum(kept.counts + 2) - 1]
    pieces = (content[start:end] for start, end in pairwise((0, *ends.tolist())))
    return pack(list(zip(kept.terms.listed(), pieces, strict=True)))


def _values(kept: Postings) -> NDArray[np.int32]:
    """For each posting 16 x the distance from the document before + the impact."""
    distances = np.diff(kept.documents, prepend=np.int32(0))
    distances[kept.starts] = kept.documents[kept.starts]
    return distances << np.int32(4) | kept.amounts
