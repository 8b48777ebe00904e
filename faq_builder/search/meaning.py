"""Documents and a fit -> the files of the meaning index, which the browser reads beside those of the word index.

    rows-<n>-<hash>.bin      the rows of terms (`rows`)
    cells-<n>-<hash>.bin     the vectors of topics (`cells`)
    meaning-0-<hash>.bin     the middles of all cells, then a shard with the rows of the most common terms

A row or vector has four bits for each dimension (`quantised`), a middle two. The vector of a query is the sum of its
terms' rows, each times its scale; a topic is the nearer the greater the cosine of its vector to it, less a share of how
crowded its place is (`crowding`).

A search loads the cells that are nearest to it, and those in which the topics lie that its words find, which stand
beside what a result shows of them (`shown`): on 7,449 titles the 4 nearest of 103 hold the wanted topic for 84 % of the
queries, with those of the best 6 by words for 98 % (8 are taken).

A changed topic changes its cell, the cell it was in before, and the shards of words that nobody used before.
"""

from collections.abc import Iterator, Mapping, Sequence

from faq_builder.search.cells import Cells
from faq_builder.search.files import Files
from faq_builder.search.fit import Fit
from faq_builder.search.quantised import coarse
from faq_builder.search.rows import Rows


def meaning_files(cells: Cells, rows: Rows, fit: Fit, files: Files) -> Iterator[tuple[str, bytes]]:
    """The files of the meaning index."""
    yield from (files.add("rows", content) for content in rows.files)
    yield from (files.add("cells", content) for content in cells.files())
    yield files.add("meaning", coarse(fit.cells).tobytes() + rows.of_common)


def meaning_meta(rows: Rows, fit: Fit, names: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """What meta.json says of them."""
    of_files = {kind: "".join(names.get(kind, ())) for kind in ("meaning", "rows", "cells")}
    return {
        "dimensions": int(fit.cells.shape[1]),
        "first": list(rows.first),
        "common": list(rows.common),
        **of_files,
    }
