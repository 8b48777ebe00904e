"""The token embeddings that the browser adds up: which are published, and in which shards.

`rows-<n>-<hash>.bin` is a shard (`shards`); each term has a byte for its scale and then its values, four bits each. The
key of a bigram puts it next to its first word or, if that is common, next to its second ("gmail <in"): the client loads
the shard of that word anyway. The embeddings of common terms are in one shard behind the centroids (`meaning`), which
every search loads.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.search.index.cache import BuildCache, join_parts, parts_fingerprint, split_parts
from faq_builder.search.index.shards import ShardSize, make_shards, pack_shard, sort_utf16
from faq_builder.search.meaning.embeddings import SMALL_SITE_MAX_TOPICS, known_embeddings, pretrained_of_fit
from faq_builder.search.meaning.fit import Fit, TokenEmbeddings
from faq_builder.search.meaning.pretrained import PretrainedEmbeddings
from faq_builder.search.meaning.quantisation import pack_four_bits
from faq_builder.search.text.term_list import TermList

# The most common pretrained terms are published even if no topic contains them: a query may.
PUBLISHED_PRETRAINED_TERMS = 1_500

_Load = Callable[[], PretrainedEmbeddings]  # reads the file only if it is needed


@dataclass(frozen=True, kw_only=True)
class PublishedEmbeddings:
    """The shards of embeddings of one build."""

    first_keys: tuple[str, ...]  # of each shard
    common_terms: tuple[str, ...]
    common_shard: bytes  # embeddings of the common terms
    shards: tuple[bytes, ...]  # embeddings of all other terms


def published_embeddings(
    used: TermList, fit: Fit, load_pretrained: _Load, documents: int, cache: BuildCache
) -> PublishedEmbeddings:
    """Return the embeddings that are published, given the terms of all topic vectors and the number of documents."""
    fit_key, size_key = (
        parts_fingerprint(_cache_key_parts(fit)),
        b"small" if documents <= SMALL_SITE_MAX_TOPICS else b"large",
    )
    terms = cache.file(
        (b"published", fit_key, size_key, used.text),
        lambda: _published_terms(fit, pretrained_of_fit(fit, load_pretrained), used.strings(), documents),
    )
    content = cache.file(
        (b"rows", fit_key, terms), lambda: join_parts(_shards(fit, pretrained_of_fit(fit, load_pretrained), terms))
    )
    first_keys, common_terms, common_shard, *shards = split_parts(content)
    return PublishedEmbeddings(
        first_keys=tuple(json.loads(first_keys)),
        common_terms=tuple(json.loads(common_terms)),
        common_shard=common_shard,
        shards=tuple(shards),
    )


def language_terms(fit: Fit | None, load_pretrained: _Load, documents: int, cache: BuildCache) -> Sequence[str]:
    """Return the terms whose pretrained embeddings are published even if no topic contains them, most common first."""
    if fit is None:
        return ()
    most = PUBLISHED_PRETRAINED_TERMS if documents > SMALL_SITE_MAX_TOPICS else None
    made_from = (b"common", fit.pretrained.encode(), str(most).encode())
    lines = cache.file(
        made_from,
        lambda: "\n".join(found.terms[:most] if (found := pretrained_of_fit(fit, load_pretrained)) else ()).encode(),
    )
    return lines.decode().split("\n") if lines else ()


def _published_terms(fit: Fit, pretrained: PretrainedEmbeddings | None, used: Iterable[str], documents: int) -> bytes:
    """Return the terms whose embeddings are published, one a line.

    These are the terms of the fit, the most common pretrained terms, and other pretrained terms that a topic contains.
    A term of the fit that no topic contains any more is published only if it is pretrained: it may be a name that was
    removed on purpose.
    """
    used = frozenset(used)
    known: Mapping[str, int] = pretrained.positions if pretrained else {}
    most = PUBLISHED_PRETRAINED_TERMS if documents > SMALL_SITE_MAX_TOPICS else len(known)
    fitted = [term for term in fit.embeddings.terms if term in used or term in known]
    others = [
        term for term, at in known.items() if (at < most or term in used) and term not in fit.embeddings.positions
    ]
    return "\n".join(sort_utf16([*fitted, *others])).encode()


def _shards(fit: Fit, pretrained: PretrainedEmbeddings | None, lines: bytes) -> Iterator[bytes]:
    """Yield first keys of shards and common terms, both as JSON, the shard of common terms, and the other shards."""
    published = lines.decode().split("\n") if lines else []
    embeddings = known_embeddings(fit, pretrained, dict.fromkeys(published))
    common = set(fit.common_terms)
    packed = dict(zip(embeddings.terms, _packed_embeddings(embeddings), strict=True))
    size = ShardSize(smallest=5_000, usual=8_200, largest=12_500, entry=embeddings.values.shape[1] // 2 + 5)
    by_key = {key: packed[term] for term in published if term not in common and (key := shard_key(term, common))}
    shards = list(make_shards(((key, by_key[key]) for key in sort_utf16(by_key)), size))
    yield json.dumps([first_key for first_key, _ in shards]).encode()
    published_common = [term for term in published if term in common]
    yield json.dumps(published_common).encode()
    yield pack_shard([(term, packed[term]) for term in published_common])
    yield from (content for _, content in shards)


def shard_key(term: str, common: Container[str]) -> str:
    """Return the key of a term in the shards of embeddings; "" for a bigram of two common words, which has none.

    If "the" and "in" are common: "red hat" -> "red hat", "the hat" -> "hat <the", "in the" -> "".
    """
    word, _, after = term.partition(" ")
    if not after or word not in common:
        return term
    return "" if after in common else f"{after} <{word}"


def _cache_key_parts(fit: Fit) -> Iterator[bytes]:
    """Yield, as bytes for the cache key, what in the fit affects the published embeddings."""
    yield from (text.encode() for text in (fit.pretrained, repr(fit.pretrained_scale), *fit.common_terms))
    yield from (array.tobytes() for array in (fit.projection, fit.embeddings.values, fit.embeddings.scales))
    yield "\n".join(fit.embeddings.terms).encode()


def _packed_embeddings(embeddings: TokenEmbeddings) -> Iterator[bytes]:
    """Return the bytes of each embedding: its scale, then its values."""
    packed = np.concatenate([embeddings.scales[:, None], pack_four_bits(embeddings.values)], axis=1)
    content, size = packed.tobytes(), packed.shape[1]
    return (content[at : at + size] for at in range(0, len(content), size))
