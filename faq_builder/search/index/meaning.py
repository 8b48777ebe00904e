"""Documents and a fit -> the files of the meaning index, which the browser reads beside those of the word index.

    rows-<n>-<hash>.bin      the rows of terms (`rows`)
    topics-<n>-<hash>.json   the vectors of topics, beside what is shown of them (`blocks`)
    meaning-0-<hash>.bin     the middles of all cells, then a shard with the rows of the most common terms

Rows have four bits for each dimension, the vectors of topics some three, middles two or, of many, one (`quantised`).
The vector of a query is the sum of its terms' rows, each times its scale; a topic is the nearer the greater the cosine
of its vector to it, less a share of how crowded its place is (`crowding`).

A search loads the cells that are nearest to it, and those of the topics that its words find best: either alone misses
many of the wanted topics (benchmarks/README.md).

A changed topic changes its cell, the cell it was in before, and the shards of words that nobody used before.
"""

from collections.abc import Iterator, Mapping, Sequence

from faq_builder.search.index.embedding_shards import Rows
from faq_builder.search.index.files import Files
from faq_builder.search.meaning.fit import Fit
from faq_builder.search.meaning.quantisation import coarse

MANY_CELLS = 600  # above which their middles would be most of what a first search loads


def meaning_files(rows: Rows, fit: Fit, files: Files) -> Iterator[tuple[str, bytes]]:
    """The files of the meaning index."""
    yield from (files.add("rows", content) for content in rows.files)
    yield files.add("meaning", coarse(fit.cells, _bits(fit)).tobytes() + rows.of_common)


def meaning_meta(rows: Rows, fit: Fit, names: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """What meta.json says of them."""
    of_files = {kind: "".join(names.get(kind, ())) for kind in ("meaning", "rows")}
    return {
        "dimensions": int(fit.cells.shape[1]),
        "bits": _bits(fit),
        "first": list(rows.first),
        "common": list(rows.common),
        **of_files,
    }


def _bits(fit: Fit) -> int:
    """Of a number of a middle: all middles are loaded by the first search."""
    return 2 if len(fit.cells) <= MANY_CELLS else 1
