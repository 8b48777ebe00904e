"""The meaning index, which the browser reads in addition to the word index.

| on disk                                        | content                                                             |
|------------------------------------------------|---------------------------------------------------------------------|
| `rows-<n>-<hash>.bin`                          | token embeddings (`embedding_shards`)                               |
| `topics-<n>-<hash>.json`, `vectors`, `crowds`  | vectors and hubness of topics, with their result cards (`blocks`)   |
| `meaning-0-<hash>.bin`                         | all centroids, then a shard of the embeddings of common terms       |
| `meta.json`, `meaning`                         | `meaning_meta`                                                      |

`quantisation` says how many bits the values have. The vector of a query is the sum of its terms' embeddings, each times
its scale. Topics are ranked by the cosine of their vector and the query's, less a share of their hubness.

A search loads the clusters nearest to the query and the clusters of the topics that its words find best: either of the
two alone misses many of the wanted topics (benchmarks/README.md).

A changed topic changes the file of its cluster, the file of the cluster it was in before, and the embedding shards of
words that no topic contained before.
"""

from collections.abc import Iterator, Mapping, Sequence

from faq_builder.search.index.embedding_shards import PublishedEmbeddings
from faq_builder.search.index.files import IndexFiles
from faq_builder.search.meaning.fit import Fit
from faq_builder.search.meaning.quantisation import quantise_to_levels

MAX_TWO_BIT_CENTROIDS = 600  # more centroids have one bit a value, else they were most of what a first search loads


def meaning_files(embeddings: PublishedEmbeddings, fit: Fit, files: IndexFiles) -> Iterator[tuple[str, bytes]]:
    """Yield the files of embeddings, then the file of centroids, as (site path, content)."""
    yield from (files.add("rows", content) for content in embeddings.shards)
    yield files.add(
        "meaning", quantise_to_levels(fit.centroids, _centroid_bits(fit)).tobytes() + embeddings.common_shard
    )


def meaning_meta(
    embeddings: PublishedEmbeddings, fit: Fit, fingerprints: Mapping[str, Sequence[str]]
) -> Mapping[str, object]:
    """Return the `meaning` entry of meta.json.

    `fingerprints` maps each kind of file ("rows", "meaning") to the fingerprints in its file names, in order.
    """
    return {
        "dimensions": int(fit.centroids.shape[1]),
        "bits": _centroid_bits(fit),
        "first": list(embeddings.first_keys),
        "common": list(embeddings.common_terms),
        **{kind: "".join(fingerprints.get(kind, ())) for kind in ("meaning", "rows")},
    }


def _centroid_bits(fit: Fit) -> int:
    """Return the bits of one value of a centroid: the first search loads all centroids."""
    return 2 if len(fit.centroids) <= MAX_TWO_BIT_CENTROIDS else 1
