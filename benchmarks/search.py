"""How well the shipped search finds reworded questions, and what a search costs.

    python -m benchmarks.search --data DIR --json FILE [--cost 10000]

Builds the index as a site does and asks the shipped client (theme/assets/faq/search-core.js) under Node. Quality in
percent: topics {topic, question, rephrasings, answers} are asked by their rephrasings, which are never indexed unless
the set says `merged` (then every other one is, and the others are asked); titles {forum, id, title} are distractors;
pairs {a, b, same} are asked by `a`, the titles are all `b`. Cost: generated topics; bytes are those that a visitor's
first search loads of the index, as they lie on disk and as a host that compresses sends them.
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.generated import topics
from faq_builder.model import PublicText, Topic
from faq_builder.render.markdown import to_plain
from faq_builder.search import FOLDER, Document, build_index

CLIENT = Path(__file__).parent / "search_client.mjs"
METHOD = "words"
SHOWN = 6  # results that the first search of a visitor shows: the suggestions
SAMPLE = 200  # first searches measured


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
    arguments = parser.parse_args()
    rows = [row for set_ in read_sets(arguments.data) for row in quality(set_)]
    rows += [row for size in arguments.cost.split(",") if size for row in cost(int(size))]
    for name in dict.fromkeys(row["set"] for row in rows):
        figures = "   ".join(f"{row['metric']} {row['value']:,.5g}" for row in rows if row["set"] == name)
        print(f"{name:42} {figures}")
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


def quality(set_: Set) -> Iterator[dict[str, Any]]:
    """MRR@10, R@1 and R@5 of a set, in percent."""
    with tempfile.TemporaryDirectory() as folder:
        index = _write(set_.documents, Path(folder))
        answers = _client(index=str(index), queries=[query for query, _ in set_.queries], limit=10)
    ranks = []
    for answer, (_, wanted) in zip(answers, set_.queries, strict=True):
        found = [result["address"] for result in answer["results"]]
        ranks.append(found.index(wanted) + 1 if wanted in found else 0)
    figures = {
        "mrr@10": sum(1 / rank for rank in ranks if rank),
        "r@1": sum(rank == 1 for rank in ranks),
        "r@5": sum(0 < rank <= 5 for rank in ranks),
    }
    for metric, value in figures.items():
        yield _row(set_.name, metric, round(100 * value / len(ranks), 1))


def cost(size: int) -> Iterator[dict[str, Any]]:
    """What an index of so many topics costs to build, to store and to search for the first time."""
    name = f"cost: {size:,} generated topics"
    documents = [_generated(topic) for topic in topics(size, seed=20240601)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        files = list(build_index(documents, language="en"))
        yield _row(name, "build_cpu_s", round(time.process_time() - start, 2))
        yield _row(name, "files", len(files))
        yield _row(name, "mb", round(sum(len(content) for _, content in files) / 1e6, 2))
        _write_files(files, Path(folder))
        random_ = random.Random(1)
        asked = [_some_words(random_, str(random_.choice(documents).question)) for _ in range(SAMPLE)]
        answers = _client(index=str(Path(folder) / FOLDER), queries=asked, limit=SHOWN, cold=True)
    for metric in ("bytes", "packed", "requests"):
        values = sorted(answer[metric] for answer in answers)
        yield _row(name, f"first_search_{metric}_p50", values[len(values) // 2])
        yield _row(name, f"first_search_{metric}_p95", values[len(values) * 95 // 100])


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


def _write(documents: Sequence[Document], folder: Path) -> Path:
    _write_files(build_index(documents, language="en"), folder)
    return folder / FOLDER


def _write_files(files: Iterator[tuple[str, bytes]] | Sequence[tuple[str, bytes]], folder: Path) -> None:
    (folder / FOLDER).mkdir(parents=True)
    for path, content in files:
        (folder / path).write_bytes(content)


def _client(**task: Any) -> list[dict[str, Any]]:
    made = subprocess.run(["node", CLIENT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if isinstance(row, dict):
            yield row


def _row(set_: str, metric: str, value: float) -> dict[str, Any]:
    return {"set": set_, "method": METHOD, "metric": metric, "value": value}


if __name__ == "__main__":
    main()
