"""Read labelled files, told apart by the keys of their rows, as documents and queries with their right documents."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faq_builder.model import PublicText
from faq_builder.search import Document

Row = Mapping[str, Any]

MAX_QUERIES = 1_000  # of a set with more short questions, so many are asked, evenly spread

# Exports repeat the title of the original in the body of its duplicate, which would give the answer away.
_BANNER = re.compile(r"\s*(?:possible duplicates?\b|this question already has)[^\n]*\n(?:[^\n]+\n)*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Set:
    """Documents, and queries with site paths; a query should find one of its paths."""

    name: str
    documents: Sequence[Document]
    queries: Sequence[tuple[str, frozenset[str]]]


def read_sets(data: Path) -> Iterator[Set]:
    """Yield every set that the files below a folder make."""
    files = {path: _rows(path) for path in sorted(data.rglob("*.jsonl"))}
    every = [row for rows in files.values() for row in rows]
    labelled = [row for row in every if {"topic", "question", "rephrasings"} <= row.keys()]
    titles = [row["title"] for row in every if {"forum", "id", "title"} <= row.keys()]
    if labelled:
        yield from _topic_sets(labelled, [_document(f"title{n}", title) for n, title in enumerate(titles)])
    for path, rows in files.items():
        name, keys = path.parent.name, rows[0].keys() if rows else frozenset()
        if {"a", "b", "same"} <= keys:
            yield from _pair_sets(name, rows)
        elif {"id", "title", "body"} <= keys and (path.parent / "dups.tsv").exists():
            yield from _linked_sets(name, rows, (path.parent / "dups.tsv").read_text(encoding="utf-8"))
        elif {"intent", "text"} <= keys:
            yield _intent_set(name, rows)


def _topic_sets(labelled: Sequence[Row], titles: Sequence[Document]) -> Iterator[Set]:
    """Yield topics with all rewordings as queries, or (merged) with every other one indexed and the rest as queries."""
    for answered in (False, True):
        alone = [_topic(n, row, answered=answered) for n, row in enumerate(labelled)]
        merged = [_topic(n, row, row["rephrasings"][::2], answered=answered) for n, row in enumerate(labelled)]
        every = [(query, _site_path(f"topic{n}")) for n, row in enumerate(labelled) for query in row["rephrasings"]]
        others = [
            (query, _site_path(f"topic{n}")) for n, row in enumerate(labelled) for query in row["rephrasings"][1::2]
        ]
        with_answers = " with answers" if answered else ""
        name = f"{len(labelled)} topics{with_answers}"
        yield Set(name=name, documents=alone, queries=every)
        if titles:
            name += f" + {len(titles):,} titles"
            yield Set(name=name, documents=[*alone, *titles], queries=every)
            yield Set(name=f"{name}, merged", documents=[*merged, *titles], queries=others)


def _pair_sets(name: str, rows: Sequence[Row]) -> Iterator[Set]:
    """Yield pairs: every second question is indexed, the title of its duplicate is the query."""
    bodies = {row["b"]: row.get("b_body") or "" for row in rows}
    slugs = {title: f"b{n}" for n, title in enumerate(bodies)}
    queries = [(row["a"], _site_path(slugs[row["b"]])) for row in rows if row["same"]]
    yield Set(name=f"pairs: {name}", documents=[_document(slug, b) for b, slug in slugs.items()], queries=queries)
    if any(bodies.values()):
        documents = [_document(slug, b, answers=_body(bodies[b])) for b, slug in slugs.items()]
        yield Set(name=f"pairs: {name}, with bodies", documents=documents, queries=queries)


def _linked_sets(name: str, rows: Sequence[Row], links: str) -> Iterator[Set]:
    """Yield a small site without the questions that people closed as duplicates; these are the queries."""
    titles = {str(row["id"]): row["title"] for row in rows}
    rows_of_links = [line.split("\t") for line in links.splitlines() if line.count("\t") == 1]
    pairs = [(one, other) for one, other in rows_of_links if {one, other} <= titles.keys()]
    closed = {one for one, _ in pairs}
    wanted = {one: frozenset(f"q/{other}/" for first, other in pairs if first == one) for one in closed}
    queries = [(titles[one], wanted[one]) for one in sorted(closed)]
    kept = [row for row in rows if str(row["id"]) not in closed]
    documents = [_document(str(row["id"]), row["title"]) for row in kept]
    yield Set(name=f"site: {name}", documents=documents, queries=queries)
    documents = [_document(str(row["id"]), row["title"], answers=_body(row["body"])) for row in kept]
    yield Set(name=f"site: {name}, with bodies", documents=documents, queries=queries)


def _intent_set(name: str, rows: Sequence[Row]) -> Set:
    """Return the first text of each intent as a topic, and the others as queries."""
    first: dict[str, str] = {}
    others: list[tuple[str, frozenset[str]]] = []
    for row in rows:
        if row["intent"] in first:
            others.append((row["text"], _site_path(row["intent"])))
        else:
            first[row["intent"]] = row["text"]
    documents = [_document(intent, text) for intent, text in first.items()]
    step = -(-len(others) // MAX_QUERIES) or 1
    return Set(name=f"short questions: {name}", documents=documents, queries=others[::step])


def _topic(number: int, row: Row, wordings: Sequence[str] = (), *, answered: bool) -> Document:
    return _document(f"topic{number}", row["question"], wordings, row["answers"] if answered else ())


def _document(slug: str, question: str, wordings: Sequence[str] = (), answers: Sequence[str] = ()) -> Document:
    return Document(
        id=slug,
        site_path=f"q/{slug}/",
        question=PublicText(question),
        wordings=tuple(map(PublicText, wordings)),
        answers=tuple(map(PublicText, answers)),
    )


def _site_path(slug: str) -> frozenset[str]:
    return frozenset((f"q/{slug}/",))


def _body(text: str) -> Sequence[str]:
    body = _BANNER.sub("", text).strip()
    return (body,) if body else ()


def _rows(path: Path) -> list[Row]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if isinstance(row, dict)]
