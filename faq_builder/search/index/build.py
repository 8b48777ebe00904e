"""Documents -> all files of the search index, which the browser reads.

| on disk                                              | content                                                       |
|------------------------------------------------------|---------------------------------------------------------------|
| `meta.json`                                          | sizes, first keys of shards, fingerprints in all file names   |
| `terms-<hash>.bin`                                   | a shard: some 10 kB of neighbouring terms with their postings |
| `topics-<n>-<hash>.json`, `passages-<n>-<hash>.json` | result cards and snippets (`blocks`, `snippets`)              |
| `language-<n>-<hash>.bin`                            | a bit for each document in a language, if there are several   |
| `spelling-<hash>.bin`                                | unstemmed words by length, for mistyped words (`spelling`)    |
| `facets-<hash>.bin`                                  | what results are filtered by (`facets`); with results only    |
| `open-<n>-<hash>.json`                               | questions that nobody answered (`open_questions`)             |
| `rows-...`, `meaning-...`                            | the meaning index, if there is a fit (`meaning`)              |

A shard of terms (`shards`) has for each term: the number of documents that contain it (varint), the length of its
postings in bytes (varint), and the postings: for each document a varint of 16 times the distance from the document
before plus the impact (1 to 15).

Nothing in a shard depends on another document: the length of a text is compared with a constant instead of the site's
average, so that a changed topic changes only its own terms. A document is split into terms only if its fingerprint is
new (`cache`); files are made from the terms of all documents, or come from the cache if their input is unchanged.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faq_builder.model import primary_language
from faq_builder.search.documents import FOLDER, Document, OpenDocument, document_fingerprint
from faq_builder.search.index.blocks import block_files, block_size
from faq_builder.search.index.cache import BuildCache, DocumentTerms, IndexedDocuments, load_cache, save_cache
from faq_builder.search.index.embedding_shards import language_terms, published_embeddings
from faq_builder.search.index.facets import facet_fields, facets_file
from faq_builder.search.index.files import IndexFiles
from faq_builder.search.index.impacts import document_impacts
from faq_builder.search.index.meaning import meaning_files, meaning_meta
from faq_builder.search.index.open_questions import open_files, open_meta, with_open_postings
from faq_builder.search.index.postings import Postings
from faq_builder.search.index.shards import (
    ShardSize,
    content_fingerprint,
    pack_shard,
    shard_ranges,
    varint_sizes,
    varints,
)
from faq_builder.search.index.snippets import card_meta, compact_json, snippet_files
from faq_builder.search.index.spelling import is_correctable, spelling_files
from faq_builder.search.meaning.clusters import cluster_documents
from faq_builder.search.meaning.fit import NO_TEXTS_FINGERPRINT, Fit, fitted_order, texts_fingerprint
from faq_builder.search.meaning.pretrained import shipped_embeddings
from faq_builder.search.text.stemmers import STEMMERS, stemmer_of
from faq_builder.search.text.vector_texts import vector_terms, vector_texts
from faq_builder.search.text.words import unstemmed_words

VERSION = 4  # version of the file formats; a client that expects another one reports it
MAX_POSTINGS_PER_TERM = 4_000  # of a very common term, the strongest; 40 % of 10,000 documents: it says little
# On a site with so many documents, terms in a third of them are skipped unless a query has no others.
MIN_DOCUMENTS_FOR_COMMON_TERMS = 2_000
SHARD_SIZE = ShardSize(smallest=3_000, usual=6_000, largest=12_000, entry=10)  # a search loads a shard for each word

# The bits of a posting.
_IMPACT_BITS = 0b1111  # how much the document is about the term; 0 if the word index does not list it
_IN_VECTOR_BIT = 16  # the term is one of those that the topic's vector is made of
_AS_WRITTEN_BIT = 32  # the term is a word of the document before stemming


def build_index(
    documents: Sequence[Document],
    waiting: Sequence[OpenDocument] = (),
    *,
    language: str,
    fit: Fit | None = None,
    cache: Path | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index as (site path, bytes), meta.json last. Linear; the same bytes on any machine.

    `waiting` are the open questions. They change nothing about how answered topics are found: they are found by words
    alone, under keys of their own in the shards of terms.

    With a fit, the meaning index is written as well; the shards of terms are the same without it. The file `cache`
    saves the next build work; it changes no byte, and may be deleted at any time.

    Documents are numbered in the order of the fit; documents that it does not record follow in the given order. Give
    them in the order of publication: then a new topic is appended, and the shards and blocks of other topics stay as
    they are. A new fit may change all files. Each document is stemmed by the rules of its own language. meta.json has
    the stemmers of all languages of the site, the site's own first, since a query may be in any of them.
    """
    stemmer = stemmer_of(language)
    fit = fit if fit is not None and fit.stemmer == stemmer else None
    published = fitted_order(documents, fit) if fit else list(range(len(documents)))
    documents = [documents[at] for at in published]
    tags = [document.language or language for document in documents]
    languages, stemmers = [*map(primary_language, tags)], [*map(stemmer_of, tags)]
    build_cache, files = load_cache(cache), IndexFiles()
    indexed = _indexed(documents, stemmers, fit.stemmer if fit else "", build_cache)
    asked_in = chain((document.places for document in documents), (document.places for document in waiting))
    places = tuple(dict.fromkeys(chain.from_iterable(asked_in)))
    clusters = cluster_documents(documents, indexed.texts_fingerprints, fit, shipped_embeddings) if fit else None
    yield from block_files(documents, indexed.fingerprints, places, clusters, files, build_cache)
    yield from snippet_files(documents, indexed.fingerprints, files, build_cache)
    yield from open_files(waiting, places, files)
    bitmaps = list(_language_bitmaps(languages))
    yield from (files.add("language", bits) for _, bits in bitmaps)
    postings = indexed.postings.masked(_IMPACT_BITS)
    shards = list[tuple[str, str]]()  # first key and fingerprint of each
    for first_key, content in _term_shards(with_open_postings(postings, waiting, language), build_cache):
        shards.append((first_key, content_fingerprint(content)))
        yield f"{FOLDER}terms-{shards[-1][1]}.bin", content
    facets = build_cache.file(
        (b"facets", repr(published).encode(), b"".join(indexed.facets_fingerprints)),
        lambda: facets_file(documents, published),
    )
    yield f"{FOLDER}facets-{content_fingerprint(facets)}.bin", facets
    common = language_terms(fit, shipped_embeddings, len(documents), build_cache)
    spelling = list(spelling_files(indexed.postings.document_counts(_AS_WRITTEN_BIT), common, stemmer, build_cache))
    yield from ((f"{FOLDER}spelling-{content_fingerprint(content)}.bin", content) for _, content in spelling)
    meta: dict[str, object] = {
        "version": VERSION,
        "documents": len(documents),
        "stemmers": [STEMMERS[name] for name in dict.fromkeys((stemmer, *sorted(stemmers)))],
        "languages": {code: f"{at}-{files.fingerprints['language'][at]}" for at, (code, _) in enumerate(bitmaps)},
        "facets": content_fingerprint(facets),
        "common": _common_terms(postings, len(documents)),
        "first": [first_key for first_key, _ in shards],
        "terms": "".join(fingerprint for _, fingerprint in shards),
        "block": block_size(len(documents)),
        "sizes": clusters.assigned_counts if clusters else [],
        **card_meta(places, files.fingerprints),
        "spelling": [[length, content_fingerprint(content)] for length, content in spelling],
    }
    if waiting:
        meta["open"] = open_meta(len(waiting), files.fingerprints)
    if fit:
        terms = indexed.postings.terms.only(indexed.postings.counts_with(_IN_VECTOR_BIT) > 0)
        embeddings = published_embeddings(terms, fit, shipped_embeddings, len(documents), build_cache)
        yield from meaning_files(embeddings, fit, files)
        meta["meaning"] = meaning_meta(embeddings, fit, files.fingerprints)
    save_cache(cache, build_cache, indexed)
    yield f"{FOLDER}meta.json", compact_json(meta)


def _indexed(
    documents: Sequence[Document], stemmers: Sequence[str], vector_stemmer: str, build_cache: BuildCache
) -> IndexedDocuments:
    """Return what the index needs of documents, given the stemmer of each and of topic vectors ("" without a fit)."""
    fingerprints = [
        document_fingerprint(document, stemmer, vector_stemmer)
        for document, stemmer in zip(documents, stemmers, strict=True)
    ]
    return build_cache.documents.updated(
        fingerprints, lambda at: _document_terms(documents[at], stemmers[at], vector_stemmer)
    )


def _language_bitmaps(languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each language and a bit for each document up to its last one; nothing if all are in one language."""
    for code in sorted(set(languages)) if len(set(languages)) > 1 else ():
        is_in_language = np.array([language == code for language in languages])
        yield code, np.packbits(is_in_language, bitorder="little").tobytes().rstrip(b"\0")


def _document_terms(document: Document, stemmer: str, vector_stemmer: str) -> DocumentTerms:
    """Split a document into terms with the bits of their postings; without a fit `vector_stemmer` is ""."""
    terms = document_impacts(document, stemmer)
    for term in set(vector_terms(document, vector_stemmer)) if vector_stemmer else ():
        terms[term] = terms.get(term, 0) | _IN_VECTOR_BIT
    for text in (document.question, *document.wordings, *document.tags, *document.answers):
        for word in filter(is_correctable, set(unstemmed_words(str(text)))):
            terms[word] = terms.get(word, 0) | _AS_WRITTEN_BIT
    return DocumentTerms(
        texts_fingerprint=texts_fingerprint(vector_texts(document)) if vector_stemmer else NO_TEXTS_FINGERPRINT,
        facets_fingerprint=document_fingerprint(facet_fields(document)),
        terms=terms,
    )


def _common_terms(postings: Postings, documents: int) -> list[str]:
    """Return the terms that more than a third of the documents contain; none on a site with few documents."""
    if documents < MIN_DOCUMENTS_FOR_COMMON_TERMS:
        return []
    return sorted(postings.terms.only(postings.counts * 3 > documents).strings())


def _term_shards(postings: Postings, build_cache: BuildCache) -> Iterator[tuple[str, bytes]]:
    """Yield the first key and the content of each shard of terms."""
    totals, kept = postings.counts, postings.strongest(MAX_POSTINGS_PER_TERM)
    lengths = np.add.reduceat(varint_sizes(_posting_values(kept)), kept.starts) if len(kept.terms) else totals
    sizes = lengths + varint_sizes(lengths) + varint_sizes(totals)
    for part, first_key in shard_ranges(kept.terms.strings(), sizes.tolist(), SHARD_SIZE):
        shard, shard_totals = kept.part(part), totals[part]
        arrays = (shard_totals, shard.counts, shard.documents, shard.bits)
        made_from = (b"terms", shard.terms.text, *(array.tobytes() for array in arrays))
        yield first_key, build_cache.file(made_from, partial(_term_shard, shard, shard_totals, lengths[part]))


def _term_shard(kept: Postings, totals: NDArray[np.int32], lengths: NDArray[np.int32]) -> bytes:
    """Return a shard of terms.

    `totals`, shape (terms,): documents that contain each term; `lengths`, shape (terms,): bytes of its postings. All
    numbers after the terms are varints, so they are made at once.
    """
    heads = np.stack([totals, lengths], axis=1).ravel()
    content, ends = varints(np.insert(_posting_values(kept), np.repeat(kept.starts, 2), heads))
    ends = ends[np.cumsum(kept.counts + 2) - 1]
    pieces = (content[start:end] for start, end in pairwise((0, *ends.tolist())))
    return pack_shard(list(zip(kept.terms.strings(), pieces, strict=True)))


def _posting_values(kept: Postings) -> NDArray[np.int32]:
    """Return 16 x the distance from the document before + the impact, shape (postings,)."""
    distances = np.diff(kept.documents, prepend=np.int32(0))
    distances[kept.starts] = kept.documents[kept.starts]
    return distances << np.int32(4) | kept.bits
