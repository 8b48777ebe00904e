"""The files of topics: result cards and, with a fit, the vectors of the topics.

`topics-<n>-<hash>.json` is one block:

| key       | content                                                                                                |
|-----------|--------------------------------------------------------------------------------------------------------|
| `rows`    | result cards (`snippets`) of the documents assigned to this block                                      |
| `guests`  | [document number, card] of documents assigned to another block whose vector is nearest to this cluster |
| `crowds`  | hubness of each topic whose vector lies here, assigned ones first, in HUBNESS_UNIT (`hubness`)         |
| `vectors` | the vectors of the same topics as one text (`quantisation`)                                            |

The number of a document tells its block. With a fit that is the cluster of the last full fit, so that topics of similar
meaning are loaded together; documents that were added later follow, BLOCK_SIZE to a block, as all documents do without
a fit. If the vector of a document has moved to another cluster since, the document is spilled into that block, and its
result card in its own block ends with the number of that cluster.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise

from faq_builder.search.documents import Document
from faq_builder.search.index.cache import BuildCache
from faq_builder.search.index.files import IndexFiles
from faq_builder.search.index.snippets import compact_json, result_card
from faq_builder.search.meaning.clusters import BlockVectors, DocumentClusters
from faq_builder.search.meaning.quantisation import topic_vectors_as_text

# Documents in a block without a cluster: a compromise, since a result loads a whole block, and hosts limit the number
# of files.
BLOCK_SIZE = 64
BLOCK_SIZE_LARGE_SITE = 40  # a large site has so many files anyway that its blocks may be smaller
MEDIUM_SITE_MAX_DOCUMENTS = 20_000  # a site with more documents has blocks of BLOCK_SIZE_LARGE_SITE


def block_files(
    documents: Sequence[Document],
    fingerprints: Sequence[bytes],
    places: Sequence[str],
    clusters: DocumentClusters | None,
    files: IndexFiles,
    cache: BuildCache,
) -> Iterator[tuple[str, bytes]]:
    """Yield the blocks as (site path, content), blocks of clusters first.

    `fingerprints` has the fingerprint of each document, `places` the names of all places in the order of their
    numbers.
    """
    place_numbers = {place: at for at, place in enumerate(places)}
    places_key = repr(places).encode()  # an added or removed place changes the numbers of others
    for number, assigned in enumerate(_assigned_ranges(len(documents), clusters)):
        block = clusters.block(number, assigned) if clusters else None
        held = [*assigned, *(block.spilled if block else ())]
        held_fingerprints = b"".join([fingerprints[at] for at in held])
        made_from = (b"topics", places_key, held_fingerprints, *(block.made_from if block else ()))
        content = cache.file(made_from, partial(_block, documents, assigned, block, place_numbers))
        yield files.add("topics", content, "json")


def block_size(documents: int) -> int:
    """Return how many documents a block without a cluster has, given the number of all documents."""
    return BLOCK_SIZE if documents <= MEDIUM_SITE_MAX_DOCUMENTS else BLOCK_SIZE_LARGE_SITE


def _assigned_ranges(total: int, clusters: DocumentClusters | None) -> Iterator[range]:
    """Yield the numbers of the documents that are assigned to each block."""
    starts = [*accumulate(clusters.assigned_counts if clusters else (), initial=0)]
    later = range(starts[-1], total, block_size(total))
    yield from (range(*pair) for pair in pairwise([*starts, *later[1:], *([total] if later else ())]))


def _block(
    documents: Sequence[Document], assigned: range, block: BlockVectors | None, place_numbers: Mapping[str, int]
) -> bytes:
    """Return the content of the file of one block; without a fit it has result cards only."""
    cards = [result_card(documents[at], place_numbers) for at in assigned]
    if block is None:
        return compact_json({"rows": cards})
    return compact_json(
        {
            "rows": [
                [*card, block.moved[at]] if at in block.moved else card
                for at, card in zip(assigned, cards, strict=True)
            ],
            "guests": [[at, result_card(documents[at], place_numbers)] for at in block.spilled],
            "crowds": block.hubness.tolist(),
            "vectors": topic_vectors_as_text(block.vectors),
        }
    )
