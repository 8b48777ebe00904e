"""How well the shipped search finds reworded questions, and what a search costs.

    python -m benchmarks.search --data DIR --json FILE [--cost 10000] [--cache FILE]

Builds the index as a site does and asks the shipped client (theme/assets/faq/search-core.js) under Node. Quality in
percent: topics {topic, question, rephrasings, answers} are asked by their rephrasings, which are never indexed unless
the set says `merged` (then every other one is, and the others are asked); titles {forum, id, title} are distractors;
pairs {a, b, same} are asked by `a`, the titles are all `b`. The fit is made of the documents alone. Cost: generated
topics; bytes are those that a visitor's first search loads of the index, as they lie on disk and as a host that
compresses sends them.
"""

import argparse
import json
import math
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.generated import topics
from faq_builder.model import PublicText, Topic
from faq_builder.render.markdown import to_plain
from faq_builder.search import FOLDER, Document, build_index, new_fit, write_fit
from faq_builder.similar import Encoder, Store, installed

CLIENT = Path(__file__).parent / "search_client.mjs"
SHOWN = 6  # results that the first search of a visitor shows: the suggestions
SAMPLE = 200  # first searches measured


@dataclass(frozen=True, kw_only=True)
class Cached:
    """An encoder that reads no text a second time."""

    encoder: Encoder
    store: Store

    @property
    def name(self) -> str:
        """That of the encoder."""
        return self.encoder.name

    def encode(self, texts: Sequence[str]) -> NDArray[np.int16]:
        """One row for each text."""
        return self.store.vectors(self.name, texts, self.encoder.encode)


@dataclass(frozen=True, kw_only=True)
class Set:
    """Documents, and queries with the address that each should find."""

    name: str
    documents: Sequence[Document]
    queries: Sequence[tuple[str, str]]


def main() -> None:
    """Measure, print a table, write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--cost", default="10000", help="how many topics to measure the cost at, comma-separated")
    parser.add_argument("--cache", type=Path, help="a file that keeps the encoder's vectors for the next run")
    arguments = parser.parse_args()
    encoder = cached_encoder(arguments.cache)
    if encoder is None:
        print("no encoder is installed (the extra `meaning`): words are searched alone")
    rows = [row for set_ in read_sets(arguments.data) for row in quality(set_, encoder)]
    rows += [row for size in arguments.cost.split(",") if size for row in cost(int(size), encoder)]
    for name, method in dict.fromkeys((row["set"], row["method"]) for row in rows):
        of_both = [row for row in rows if (row["set"], row["method"]) == (name, method)]
        figures = "   ".join(f"{row['metric']} {row['value']:,.5g}" for row in of_both)
        print(f"{name:42} {method:10} {figures}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_sets(data: Path) -> Iterator[Set]:
    """Every set that the folder allows to ask."""
    files = {path: list(_rows(path)) for path in sorted(data.rglob("*.jsonl"))}
    labelled = [row for rows in files.values() for row in rows if {"topic", "question", "rephrasings"} <= row.keys()]
    titles = [row["title"] for rows in files.values() for row in rows if {"forum", "id", "title"} <= row.keys()]
    if labelled:
        yield from _topic_sets(labelled, [_document(f"title{n}", title) for n, title in enumerate(titles)])
    for path, rows in files.items():
        pairs = [row for row in rows if {"a", "b", "same"} <= row.keys()]
        if pairs:
            slugs = {title: f"b{n}" for n, title in enumerate(dict.fromkeys(row["b"] for row in pairs))}
            asked = [(row["a"], f"q/{slugs[row['b']]}/") for row in pairs if row["same"]]
            documents = [_document(slug, title) for title, slug in slugs.items()]
            yield Set(name=f"pairs: {path.parent.name}", documents=documents, queries=asked)


def quality(set_: Set, encoder: Cached | None) -> Iterator[dict[str, Any]]:
    """The shipped search by words, with meaning and with typos; and the encoder itself, which no page can run."""
    queries = [query for query, _ in set_.queries]
    fit = new_fit(set_.documents, encoder, "en") if encoder else None
    with tempfile.TemporaryDirectory() as folder:
        index = str(_write(build_index(set_.documents, language="en", fit=fit), Path(folder)))
        for method, asked in (("words", queries), ("meaning", queries), ("typos", [with_typos(q) for q in queries])):
            if encoder or method != "meaning":
                answers = _client(index=index, queries=asked, limit=10, meaning=method != "words")
                found = [[result["address"] for result in answer["results"]] for answer in answers]
                yield from _figures(set_, method, found)
        cold = _client(index=index, queries=queries[::5], limit=SHOWN, cold=True)
        yield from _loaded(set_.name, "meaning" if encoder else "words", cold)
    if encoder:
        yield from _figures(set_, "encoder", _nearest(set_, encoder))


def with_typos(query: str) -> str:
    """The query with one letter wrong in each word of five letters or more; the same each time."""
    random_ = random.Random(query)
    return re.sub(r"[a-z]{5,}", lambda match: _mistyped(match[0], random_), query, flags=re.IGNORECASE)


def _mistyped(word: str, random_: random.Random) -> str:
    at = random_.randrange(len(word) - 1)
    letter = random_.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return random_.choice(
        [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
    )


def _nearest(set_: Set, encoder: Cached) -> list[list[str]]:
    """The ten documents whose wordings are nearest to each query by the encoder."""
    texts = [(str(text), d.address) for d in set_.documents for text in (d.question, *d.wordings)]
    documents = encoder.encode([text for text, _ in texts]).astype(np.float32)
    queries = encoder.encode([query for query, _ in set_.queries]).astype(np.float32)
    nearest = np.argsort(-(queries @ documents.T), axis=1, kind="stable")[:, :100]
    return [list(dict.fromkeys(texts[at][1] for at in row))[:10] for row in nearest]


def _figures(set_: Set, method: str, found: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
    """MRR@10, R@1, R@5 and nDCG@10 in percent; each query has one right answer."""
    pairs = zip(found, set_.queries, strict=True)
    ranks = [addresses.index(wanted) + 1 if wanted in addresses else 0 for addresses, (_, wanted) in pairs]
    figures = {
        "mrr@10": sum(1 / rank for rank in ranks if rank),
        "r@1": sum(rank == 1 for rank in ranks),
        "r@5": sum(0 < rank <= 5 for rank in ranks),
        "ndcg@10": sum(1 / math.log2(rank + 1) for rank in ranks if rank),
    }
    for metric, value in figures.items():
        yield _row(set_.name, method, metric, round(100 * value / len(ranks), 1))


def cost(size: int, encoder: Cached | None) -> Iterator[dict[str, Any]]:
    """What an index of so many topics costs to build, to store and to search for the first time."""
    name, method = f"cost: {size:,} generated topics", "meaning" if encoder else "words"
    documents = [_generated(topic) for topic in topics(size, seed=20240601)]
    fit = new_fit(documents, encoder, "en") if encoder else None
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        files = list(build_index(documents, language="en", fit=fit))
        yield _row(name, method, "build_cpu_s", round(time.process_time() - start, 2))
        yield _row(name, method, "files", len(files))
        yield _row(name, method, "mb", round(sum(len(content) for _, content in files) / 1e6, 2))
        if fit:
            yield _row(name, method, "fit_mb", round(len(write_fit(fit)) / 1e6, 2))
        index = str(_write(files, Path(folder)))
        random_ = random.Random(1)
        asked = [_some_words(random_, str(random_.choice(documents).question)) for _ in range(SAMPLE)]
        for method in ("words", "meaning") if encoder else ("words",):
            cold = _client(index=index, queries=asked, limit=SHOWN, cold=True, meaning=method == "meaning")
            yield from _loaded(name, method, cold)


def _loaded(name: str, method: str, answers: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for metric in ("bytes", "packed", "requests"):
        values = sorted(answer[metric] for answer in answers)
        yield _row(name, method, f"first_search_{metric}_p50", values[len(values) // 2])
        yield _row(name, method, f"first_search_{metric}_p95", values[len(values) * 95 // 100])


def _topic_sets(labelled: Sequence[Mapping[str, Any]], titles: Sequence[Document]) -> Iterator[Set]:
    asked = [(query, f"q/topic{n}/") for n, row in enumerate(labelled) for query in row["rephrasings"]]
    others = [(query, f"q/topic{n}/") for n, row in enumerate(labelled) for query in row["rephrasings"][1::2]]
    plain = [_document(f"topic{n}", row["question"]) for n, row in enumerate(labelled)]
    answered = [_document(f"topic{n}", row["question"], answers=row["answers"]) for n, row in enumerate(labelled)]
    merged = [_document(f"topic{n}", row["question"], row["rephrasings"][::2]) for n, row in enumerate(labelled)]
    yield Set(name=f"{len(labelled)} topics", documents=plain, queries=asked)
    yield Set(name=f"{len(labelled)} topics with answers", documents=answered, queries=asked)
    if titles:
        beside = f"{len(labelled)} topics + {len(titles):,} titles"
        yield Set(name=beside, documents=[*plain, *titles], queries=asked)
        yield Set(name=f"{beside}, merged", documents=[*merged, *titles], queries=others)


def _document(slug: str, question: str, wordings: Sequence[str] = (), answers: Sequence[str] = ()) -> Document:
    return Document(
        id=slug,
        address=f"q/{slug}/",
        question=PublicText(question),
        wordings=tuple(map(PublicText, wordings)),
        answers=tuple(map(PublicText, answers)),
    )


def _generated(topic: Topic) -> Document:
    return Document(
        id=topic.id,
        address=f"q/{topic.slug}/",
        question=topic.question,
        wordings=topic.wordings[1:],
        tags=topic.tags,
        answers=tuple(to_plain(message.body) for _, message in topic.answers),
        asked=topic.asked,
        places=topic.places,
    )


def _some_words(random_: random.Random, question: str) -> str:
    words = question.rstrip("?").split()
    return " ".join(random_.sample(words, min(3, len(words))))


def _write(files: Iterable[tuple[str, bytes]], folder: Path) -> Path:
    (folder / FOLDER).mkdir(parents=True)
    for path, content in files:
        (folder / path).write_bytes(content)
    return folder / FOLDER


def cached_encoder(cache: Path | None) -> Cached | None:
    encoder = installed()
    return Cached(encoder=encoder, store=Store(path=cache)) if encoder else None


def _client(**task: Any) -> list[dict[str, Any]]:
    made = subprocess.run(["node", CLIENT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if isinstance(row, dict):
            yield row


def _row(set_: str, method: str, metric: str, value: float) -> dict[str, Any]:
    return {"set": set_, "method": method, "metric": metric, "value": value}


if __name__ == "__main__":
    main()
