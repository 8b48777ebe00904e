"""What other static searches make of the same documents and queries: plain BM25, and three packages of npm."""

import json
import math
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faq_builder.search import Document
from faq_builder.search.text.words import text_terms

PACKAGES = {"lunr": "2.3.9", "minisearch": "7.2.0", "pagefind": "1.5.2"}
CACHE = Path.home() / ".cache" / "faq_builder" / "search-peers"
SCRIPT = Path(__file__).parent / "peers.mjs"
K1, B = 1.2, 0.75  # Robertson and Zaragoza, The Probabilistic Relevance Framework; Lucene's defaults


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Packages of npm, installed in a folder; none where that cannot be done."""

    folder: Path = CACHE
    names: tuple[str, ...] = ()

    def ask(self, peer: str, documents: Sequence[Document], queries: Sequence[str], limit: int) -> list[list[str]]:
        """For each query the addresses that the peer finds, the best first."""
        found: list[list[str]] = self.run(peer, documents, queries=queries, limit=limit)["found"]
        return found

    def run(self, peer: str, documents: Sequence[Document], **more: Any) -> dict[str, Any]:
        """What peers.mjs answers."""
        task = {"peer": peer, "folder": str(self.folder), "documents": [_record(d) for d in documents], **more}
        made = subprocess.run(["node", SCRIPT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
        answer: dict[str, Any] = json.loads(made.stdout)
        return answer


def installed_peers(folder: Path) -> Peers:
    """The peers in a folder, installed by name where they are missing; says why where there are none."""
    wanted = [name for name in PACKAGES if not (folder / "node_modules" / name).is_dir()]
    if wanted:
        npm = shutil.which("npm")
        if npm is None:
            print("npm is not on this machine: no figures of lunr, MiniSearch and Pagefind")
            return Peers()
        folder.mkdir(parents=True, exist_ok=True)
        names = [f"{name}@{PACKAGES[name]}" for name in wanted]
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), *names]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            print("npm could not install lunr, MiniSearch and Pagefind: no figures of them")
            return Peers()
    return Peers(folder=folder, names=tuple(PACKAGES))


def bm25(documents: Sequence[Document], queries: Sequence[str], limit: int) -> list[list[str]]:
    """Okapi BM25 over all texts of a document as one, cut into words as the shipped search does."""
    counts = [Counter(text_terms("\n".join(_texts(d)), "english")) for d in documents]
    lengths = [count.total() for count in counts]
    usual = sum(lengths) / len(lengths)
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, count in enumerate(counts):
        for term, often in count.items():
            postings[term].append((number, often))
    found = []
    for query in queries:
        scores: defaultdict[int, float] = defaultdict(float)
        for term in text_terms(query, "english"):
            holding = len(postings.get(term, ()))
            rarity = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            for number, often in postings.get(term, ()):
                scores[number] += rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[number] / usual))
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        found.append([documents[number].site_path for number in best])
    return found


def _texts(document: Document) -> list[str]:
    return [str(text) for text in (document.question, *document.wordings, *document.tags, *document.answers)]


def _record(document: Document) -> dict[str, Any]:
    return {
        "address": document.site_path,
        "question": str(document.question),
        "wordings": [str(text) for text in document.wordings],
        "tags": [str(text) for text in document.tags],
        "answers": [str(text) for text in document.answers],
    }
