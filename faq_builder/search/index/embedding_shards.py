"""The rows of terms that the browser adds up: the files of rows, and which terms have one.

    rows-<n>-<hash>.bin    shards of terms (`shards`), for each its scale (a byte) and its row; a bigram lies beside its
                           first word, after a common one beside its second ("gmail <in"), which is asked for anyway

The rows of the most common terms lie beside the middles of the cells (`meaning`), which every search loads.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.search.index.cache import Memory, digest_of, joined, unjoined
from faq_builder.search.index.shards import ShardSize, in_order, pack, shards_of
from faq_builder.search.meaning.embeddings import SMALL, known_table, prior_of
from faq_builder.search.meaning.fit import Fit, Table
from faq_builder.search.meaning.pretrained import Prior
from faq_builder.search.meaning.quantisation import packed
from faq_builder.search.text.term_list import Terms

PUBLISHED = 1_500  # common words of the prior whose rows are published though no topic of the site holds them


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The content of each file of rows, with which term each begins, and which rows lie beside the middles."""

    first: tuple[str, ...]
    common: tuple[str, ...]
    of_common: bytes
    files: tuple[bytes, ...]


def published_rows(used: Terms, fit: Fit, prior: Callable[[], Prior], documents: int, memory: Memory) -> Rows:
    """The rows of the terms of wordings, of words of answers that the prior knows, and of common words beside them."""
    said, size = digest_of(_said(fit)), b"small" if documents <= SMALL else b"large"
    terms = memory.file(
        (b"published", said, size, used.text),
        lambda: _published(fit, prior_of(fit, prior), used.listed(), documents),
    )
    content = memory.file((b"rows", said, terms), lambda: joined(_shards(fit, prior_of(fit, prior), terms)))
    first, common, of_common, *files = unjoined(content)
    return Rows(
        first=tuple(json.loads(first)), common=tuple(json.loads(common)), of_common=of_common, files=tuple(files)
    )


def common_words(fit: Fit | None, prior: Callable[[], Prior], documents: int, memory: Memory) -> Sequence[str]:
    """The words of the prior whose rows are published though no topic of the site holds them, the most common first."""
    if fit is None:
        return ()
    most = PUBLISHED if documents > SMALL else None
    made_from = (b"common", fit.prior.encode(), str(most).encode())
    lines = memory.file(
        made_from, lambda: "\n".join(found.terms[:most] if (found := prior_of(fit, prior)) else ()).encode()
    )
    return lines.decode().split("\n") if lines else ()


def _published(fit: Fit, prior: Prior | None, used: Iterable[str], documents: int) -> bytes:
    """The terms of the fit, common words, and other words of the topics that the prior knows; one a line.

    A word that no topic holds any more is published only if it is one of the prior's: it may be a name that had to go.
    """
    used = frozenset(used)
    known: Mapping[str, int] = prior.number if prior else {}
    common = PUBLISHED if documents > SMALL else len(known)
    fitted = [term for term in fit.table.terms if term in used or term in known]
    more = [term for term, at in known.items() if (at < common or term in used) and term not in fit.table.number]
    return "\n".join(in_order([*fitted, *more])).encode()


def _shards(fit: Fit, prior: Prior | None, lines: bytes) -> Iterator[bytes]:
    """With which terms the shards of rows begin, which terms are common (JSON), the shard of those, and the others."""
    published = lines.decode().split("\n") if lines else []
    table = known_table(fit, prior, dict.fromkeys(published))
    common = set(fit.common)
    rows = dict(zip(table.terms, _packed_rows(table), strict=True))
    size = ShardSize(smallest=5_000, usual=8_200, largest=12_500, entry=table.rows.shape[1] // 2 + 5)
    at_key = {key: rows[term] for term in published if term not in common and (key := placed(term, common))}
    shards = list(shards_of(((key, at_key[key]) for key in in_order(at_key)), size))
    yield json.dumps([start for start, _ in shards]).encode()
    here = [term for term in published if term in common]
    yield json.dumps(here).encode()
    yield pack([(term, rows[term]) for term in here])
    yield from (content for _, content in shards)


def placed(term: str, common: Container[str]) -> str:
    """Under which name the row of a term lies; a bigram of two common words nowhere."""
    word, _, after = term.partition(" ")
    if not after or word not in common:
        return term
    return "" if after in common else f"{after} <{word}"


def _said(fit: Fit) -> Iterator[bytes]:
    """All that a fit says of terms."""
    yield from (text.encode() for text in (fit.prior, repr(fit.unseen), *fit.common))
    yield from (array.tobytes() for array in (fit.projection, fit.table.rows, fit.table.scales))
    yield "\n".join(fit.table.terms).encode()


def _packed_rows(table: Table) -> Iterator[bytes]:
    rows = np.concatenate([table.scales[:, None], packed(table.rows)], axis=1)
    content, size = rows.tobytes(), rows.shape[1]
    return (content[at : at + size] for at in range(0, len(content), size))
