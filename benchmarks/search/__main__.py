"""Measure how well the shipped search finds reworded questions and what a search costs, compared with its peers.

    python -m benchmarks.search --data DIR --json FILE [--cost 10000] [--cache FILE] [--peers DIR|none] [--browser]

Builds the index as a site does and runs the shipped client (theme/assets/faq/client/search.js) under Node, in the same
configuration for quality and for bytes. The keys of its rows tell what a set is:

    {topic, question, rephrasings, answers}  the rephrasings are the queries and are never indexed; in a set called
                                             `merged` every other rephrasing is indexed, the others are the queries
    {forum, id, title}                       titles indexed with the topics
    {a, b, same}                             every `b` is indexed, once alone and once with its body; `a` is a query
    {id, title, body} and a dups.tsv         the questions closed as duplicates are the queries
    {intent, text}                           the first text of each intent is indexed, the others are queries

Peers: BM25 (k1 1.2, b .75), the encoder itself, which no page can run, and lunr, MiniSearch and Pagefind from npm.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.search.cost import cost, script_sizes
from benchmarks.search.encoding import CachedEncoder, cached_encoder
from benchmarks.search.figures import Figure, print_table
from benchmarks.search.peers import CACHE, Peers, installed_peers
from benchmarks.search.quality import quality
from benchmarks.search.sets import read_sets


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--sets", default="", metavar="TEXT", help="only sets with this text in their names")
    parser.add_argument(
        "--cost", type=_sizes, default="10000", help="numbers of topics to measure the cost at, comma-separated"
    )
    parser.add_argument("--cache", type=Path, help="file that keeps the encoder's vectors for the next run")
    parser.add_argument(
        "--peers", default=str(CACHE), metavar="DIR", help="folder into which npm installs the peers, or `none`"
    )
    parser.add_argument("--browser", action="store_true", help="also measure in headless Chromium")
    arguments = parser.parse_args()
    encoder = cached_encoder(arguments.cache)
    if encoder is None:
        print("no encoder is installed (the extra `meaning`): the search uses words alone")
    peers = Peers() if arguments.peers == "none" else installed_peers(Path(arguments.peers))
    figures: list[Figure] = []
    for part in _measurements(arguments, encoder, peers):
        figures += (part_figures := list(part))
        print_table(part_figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _measurements(
    arguments: argparse.Namespace, encoder: CachedEncoder | None, peers: Peers
) -> Iterator[Iterable[Figure]]:
    """Yield the figures of each measurement that the arguments ask for."""
    for set_ in read_sets(arguments.data):
        if arguments.sets in set_.name and set_.queries:
            yield quality(set_, encoder, peers)
    yield script_sizes()
    yield from (cost(size) for size in arguments.cost)
    if arguments.browser:
        from benchmarks.search.browser import in_browser  # noqa: PLC0415 - needs playwright

        yield from (in_browser(size, peers) for size in arguments.cost)


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",") if size]


if __name__ == "__main__":
    main()
