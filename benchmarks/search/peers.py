"""Run other static searches on the same documents and queries: plain BM25 and three npm packages."""

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
    """npm packages installed in a folder; none if npm is missing or fails."""

    folder: Path = CACHE
    names: tuple[str, ...] = ()

    def ask(self, peer: str, documents: Sequence[Document], queries: Sequence[str], limit: int) -> list[list[str]]:
        """Return for each query the site paths that the peer finds, the best first."""
        found: list[list[str]] = self.run(peer, documents, queries=queries, limit=limit)["found"]
        return found

    def run(self, peer: str, documents: Sequence[Document], **more: Any) -> dict[str, Any]:
        """Return the answer of peers.mjs to a task."""
        task = {"peer": peer, "folder": str(self.folder), "documents": [_record(d) for d in documents], **more}
        process = subprocess.run(["node", SCRIPT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
        answer: dict[str, Any] = json.loads(process.stdout)
        return answer


def installed_peers(folder: Path) -> Peers:
    """Install the missing peers into a folder; if that fails, print the reason and return no peers."""
    wanted = [name for name in PACKAGES if not (folder / "node_modules" / name).is_dir()]
    if wanted:
        npm = shutil.which("npm")
        if npm is None:
            print("npm is not installed: no figures for lunr, MiniSearch and Pagefind")
            return Peers()
        folder.mkdir(parents=True, exist_ok=True)
        names = [f"{name}@{PACKAGES[name]}" for name in wanted]
        command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), *names]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            print("npm could not install lunr, MiniSearch and Pagefind: no figures for them")
            return Peers()
    return Peers(folder=folder, names=tuple(PACKAGES))


def bm25(documents: Sequence[Document], queries: Sequence[str], limit: int) -> list[list[str]]:
    """Return for each query the site paths that Okapi BM25 finds, the best first.

    All texts of a document count as one, cut into words as the shipped search does.
    """
    counts = [Counter(text_terms("\n".join(_texts(d)), "english")) for d in documents]
    lengths = [count.total() for count in counts]
    mean_length = sum(lengths) / len(lengths)
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, count in enumerate(counts):
        for term, frequency in count.items():
            postings[term].append((number, frequency))
    found = []
    for query in queries:
        scores: defaultdict[int, float] = defaultdict(float)
        for term in text_terms(query, "english"):
            document_frequency = len(postings.get(term, ()))
            rarity = math.log(1 + (len(documents) - document_frequency + 0.5) / (document_frequency + 0.5))
            for number, frequency in postings.get(term, ()):
                scores[number] += (
                    rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * lengths[number] / mean_length))
                )
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
