"""Measure MRR@10, R@1, R@5 and nDCG@10, in percent, of the shipped client, the encoder itself, BM25 and the peers."""

import math
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.search.client import load_figures, run_client, write_index
from benchmarks.search.encoding import CachedEncoder
from benchmarks.search.figures import Figure, figure
from benchmarks.search.peers import Peers, bm25
from benchmarks.search.sets import Set
from faq_builder.search import build_index, train_fit

SUGGESTION_COUNT = 6  # results that the first search of a visitor shows
RESULT_COUNT = 10

Found = Sequence[Sequence[str]]  # for each query the site paths, the best first


def quality(set_: Set, encoder: CachedEncoder | None, peers: Peers) -> Iterator[Figure]:
    """Yield the figures of every method on one set; all but BM25 and the encoder also with typos."""
    queries = [query for query, _ in set_.queries]
    mistyped = [with_typos(query) for query in queries]
    yield from _shipped(set_, encoder, queries, mistyped)
    if encoder:
        yield from _figures(set_, "encoder", _nearest(set_, encoder))
    yield from _figures(set_, "bm25", bm25(set_.documents, queries, RESULT_COUNT))
    for peer in peers.names:
        answers = peers.ask(peer, set_.documents, [*queries, *mistyped], RESULT_COUNT)
        yield from _figures(set_, peer, answers[: len(queries)])
        yield from _figures(set_, f"{peer}, typos", answers[len(queries) :])


def with_typos(query: str) -> str:
    """Return the query with one wrong letter in each word of five letters or more; the query is the seed."""
    random_ = random.Random(query)
    return re.sub(r"[a-z]{5,}", lambda match: _mistyped(match[0], random_), query, flags=re.IGNORECASE)


def _mistyped(word: str, random_: random.Random) -> str:
    at = random_.randrange(len(word) - 1)
    letter = random_.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return random_.choice(
        [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
    )


def _shipped(
    set_: Set, encoder: CachedEncoder | None, queries: Sequence[str], mistyped: Sequence[str]
) -> Iterator[Figure]:
    """Yield the figures of the client by words, with meaning and with typos, and what a first search loads.

    The fit is made from the documents alone, never from the queries.
    """
    fit = train_fit(set_.documents, encoder, "en") if encoder else None
    with tempfile.TemporaryDirectory() as folder:
        index = str(write_index(build_index(set_.documents, language="en", fit=fit), Path(folder)))
        for method, asked in (("words", queries), ("meaning", queries), ("typos", mistyped)):
            if encoder or method != "meaning":
                answers = run_client(index=index, queries=asked, limit=RESULT_COUNT, meaning=method != "words")
                yield from _figures(set_, method, [[r["address"] for r in answer["results"]] for answer in answers])
        cold = run_client(
            index=index, queries=queries[:: max(1, len(queries) // 100)], limit=SUGGESTION_COUNT, cold=True
        )
        yield from load_figures(set_.name, "meaning" if encoder else "words", cold)


def _nearest(set_: Set, encoder: CachedEncoder) -> Found:
    """Return for each query the documents whose wordings are nearest by the encoder."""
    texts = [(str(text), d.site_path) for d in set_.documents for text in (d.question, *d.wordings)]
    documents = encoder.encode([text for text, _ in texts]).astype(np.float32)
    queries = encoder.encode([query for query, _ in set_.queries]).astype(np.float32)
    nearest = np.argsort(-(queries @ documents.T), axis=1, kind="stable")[:, :100]
    return [list(dict.fromkeys(texts[at][1] for at in row))[:RESULT_COUNT] for row in nearest]


def _figures(set_: Set, method: str, found: Found) -> Iterator[Figure]:
    hits = [
        [address in wanted for address in addresses[:RESULT_COUNT]]
        for addresses, (_, wanted) in zip(found, set_.queries, strict=True)
    ]
    figures = {
        "mrr@10": [1 / (row.index(True) + 1) if any(row) else 0.0 for row in hits],
        "r@1": [float(any(row[:1])) for row in hits],
        "r@5": [float(any(row[:5])) for row in hits],
        "ndcg@10": [_gain(row) / _gain([True] * len(w)) for row, (_, w) in zip(hits, set_.queries, strict=True)],
    }
    for metric, values in figures.items():
        yield figure(set_.name, method, metric, round(100 * sum(values) / len(values), 1))


def _gain(hits: Sequence[bool]) -> float:
    """Return the discounted cumulative gain of the first RESULT_COUNT results."""
    return sum(1 / math.log2(rank + 2) for rank, hit in enumerate(hits[:RESULT_COUNT]) if hit)
