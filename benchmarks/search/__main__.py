"""How well the shipped search finds reworded questions, and what a search costs, beside its peers.

    python -m benchmarks.search --data DIR --json FILE [--cost 10000] [--cache FILE] [--peers DIR|none] [--browser]

Builds the index as a site does and asks the shipped client (theme/assets/faq/client/search.js) under Node, one
configuration for quality and for bytes. Sets are known by the shape of their files. Topics {topic, question,
rephrasings, answers} are asked by their rephrasings, which are never indexed unless the set says `merged` (then every
other one is, and the others are asked); titles {forum, id, title} lie beside them. Pairs {a, b, same} are asked by
`a`, all `b` are indexed, also with their bodies; {id, title, body} with a dups.tsv by the closed duplicates. Of
{intent, text} the first text of each intent is indexed, the others are asked. Beside it: BM25 (k1 1.2, b .75), the
encoder itself, which no page can run, and lunr, MiniSearch and Pagefind of npm.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.search.cost import cost, script_sizes
from benchmarks.search.encoding import Cached, cached_encoder
from benchmarks.search.figures import Figure, print_table
from benchmarks.search.peers import CACHE, Peers, installed_peers
from benchmarks.search.quality import quality
from benchmarks.search.sets import read_sets


def main() -> None:
    """Measure, print a table, write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--sets", default="", metavar="TEXT", help="only sets whose name holds this")
    parser.add_argument(
        "--cost", type=_sizes, default="10000", help="how many topics to measure the cost at, comma-separated"
    )
    parser.add_argument("--cache", type=Path, help="a file that keeps the encoder's vectors for the next run")
    parser.add_argument("--peers", default=str(CACHE), metavar="DIR", help="where npm installs the peers, or none")
    parser.add_argument("--browser", action="store_true", help="also measure in headless Chromium")
    arguments = parser.parse_args()
    encoder = cached_encoder(arguments.cache)
    if encoder is None:
        print("no encoder is installed (the extra `meaning`): words are searched alone")
    peers = Peers() if arguments.peers == "none" else installed_peers(Path(arguments.peers))
    figures: list[Figure] = []
    for part in _parts(arguments, encoder, peers):
        figures += (measured := list(part))
        print_table(measured)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _parts(arguments: argparse.Namespace, encoder: Cached | None, peers: Peers) -> Iterator[Iterable[Figure]]:
    """Everything that was asked for, one measurement after the other."""
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
