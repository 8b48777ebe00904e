"""How well threads that ask the same thing are put together, and how often others are put together falsely.

    python -m benchmarks.grouping --data DIR --json FILE [--merge M --suggest S]

Topics {topic, question, rephrasings} and titles {forum, id, title} of all folders are one corpus. A pair of wordings in
one group is right if both are of one topic, wrong if they are of two, or if one of them is a title; `falsely grouped`
is the share of titles that share a group with another title of their own forum. Pairs {a, b, same}: how many of each
kind are merged, all texts being one corpus. Questions {id, title, body} with a dups.tsv: how many of the duplicate
links are merged or suggested, by titles alone and with bodies. Intents {intent, text} are coarser than questions.
Shares are in percent.
"""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from faq_builder.config import GroupRules
from faq_builder.group.linking import MEAN_SHARE, Compared, compare
from faq_builder.group.wording import compared_text
from faq_builder.similar import Groups, Lexical, Pairs, Similarity, link

FLOOR = 0.2  # pairs below it are not looked at, neither by average precision nor by the best thresholds
Row = dict[str, Any]
Both = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Texts, of which some pairs are known to ask the same."""

    name: str
    texts: Sequence[str]
    titles: Sequence[str]  # the same as the texts where there are no bodies
    topics: Sequence[Hashable]  # texts of one topic ask the same; None: of no topic
    forums: Sequence[str | None] = ()  # of titles that all ask something different
    same: frozenset[Both] = frozenset()  # where there are links instead of topics
    different: frozenset[Both] = frozenset()


def main() -> None:
    """Measure, print a table, write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.grouping", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--merge", type=float, default=GroupRules().merge)
    parser.add_argument("--suggest", type=float, default=GroupRules().suggest)
    arguments = parser.parse_args()
    engine = Lexical()
    rows: list[Row] = []
    for corpus in read_corpora(arguments.data):
        found = [
            {"set": corpus.name, "method": engine.name, "metric": metric, "value": round(value, 3)}
            for metric, value in measure(corpus, engine, arguments.merge, arguments.suggest)
        ]
        print(corpus.name)
        for row in found:
            print(f"    {row['metric']:44} {row['value']:10,.5g}")
        rows += found
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_corpora(data: Path) -> Iterator[Corpus]:
    """Every corpus that the files below a folder make."""
    topics: list[Row] = []
    titles: list[Row] = []
    for path in sorted(data.rglob("*.jsonl")):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        keys = set(records[0]) if records else set()
        name = path.relative_to(data).as_posix()
        if {"topic", "question", "rephrasings"} <= keys:
            topics += records
        elif {"forum", "id", "title"} <= keys:
            titles += records
        elif {"a", "b", "same"} <= keys:
            yield _pairs_corpus(name, records, with_bodies=False)
            if "a_body" in keys:
                yield _pairs_corpus(f"{name} with bodies", records, with_bodies=True)
        elif {"intent", "text"} <= keys:
            texts = [r["text"] for r in records]
            yield Corpus(name=f"{name} (intents)", texts=texts, titles=texts, topics=[r["intent"] for r in records])
        elif {"id", "title", "body"} <= keys and (path.parent / "dups.tsv").exists():
            links = (path.parent / "dups.tsv").read_text(encoding="utf-8")
            yield _linked_corpus(name, records, links, with_bodies=False)
            yield _linked_corpus(f"{name} with bodies", records, links, with_bodies=True)
    if topics:
        yield _topics_corpus(topics, titles)


def measure(corpus: Corpus, engine: Similarity, merge: float, suggest: float) -> Iterator[tuple[str, float]]:
    """The figures of a corpus."""
    began = time.process_time()
    compared = compare(corpus.titles, corpus.texts, engine, FLOOR)
    pairs = compared.pairs
    compared_at = time.process_time()
    groups = _link(compared, merge)
    near = groups.alike(pairs.where(pairs.score >= suggest), suggest)
    linked = time.process_time()
    yield "texts", len(corpus.texts)
    if corpus.same:
        yield from _of_links(corpus, groups, near)
    else:
        yield from _of_topics(corpus, groups, near)
        yield "best F1 over thresholds", max(_f1(corpus, _link(compared, at)) for at in np.arange(0.25, 0.75, 0.05))
    yield "average precision of pairs", _average_precision(corpus, pairs)
    yield "CPU seconds: vectors and pairs", compared_at - began
    yield "CPU seconds: groups and suggestions", linked - compared_at
    yield "MB at most so far", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _link(compared: Compared, merge: float) -> Groups:
    mean = MEAN_SHARE * merge
    return link(compared.vectors, compared.keys.where(compared.keys.score >= mean), mean=mean, best=merge)


def _of_topics(corpus: Corpus, groups: Groups, near: Pairs) -> Iterator[tuple[str, float]]:
    right, grouped, total = _counts(corpus, groups)
    yield "precision", 100 * right / grouped if grouped else 100.0
    yield "recall", 100 * right / total
    falsely = 0
    for members in groups.members if corpus.forums else ():
        forums = Counter(forum for i in members if (forum := corpus.forums[i]))
        falsely += sum(count for count in forums.values() if count > 1)
    if titles := sum(forum is not None for forum in corpus.forums):
        yield "falsely grouped", 100 * falsely / titles
    of_topics = [
        Counter(corpus.topics[i] for i in members if corpus.topics[i] is not None) for members in groups.members
    ]
    suggested = sum(of_topics[one][t] * of_topics[other][t] for one, other, _ in near.rows() for t in of_topics[one])
    yield "merged or suggested", 100 * (right + suggested) / total
    yield from _suggestions(groups, near)


def _of_links(corpus: Corpus, groups: Groups, near: Pairs) -> Iterator[tuple[str, float]]:
    group = {i: number for number, members in enumerate(groups.members) for i in members}
    suggested = {(one, other) for one, other, _ in near.rows()}
    for name, links in (("same", corpus.same), ("different", corpus.different)):
        if not links:
            continue
        places = [tuple(sorted((group[one], group[other]))) for one, other in links]
        merged = sum(one == other for one, other in places)
        yield f"{name}: merged", 100 * merged / len(links)
        yield f"{name}: merged or suggested", 100 * (merged + sum(p in suggested for p in places)) / len(links)
    yield "texts that share a group", 100 * sum(len(m) for m in groups.members if len(m) > 1) / len(corpus.texts)
    yield from _suggestions(groups, near)


def _suggestions(groups: Groups, near: Pairs) -> Iterator[tuple[str, float]]:
    times = Counter([*near.left.tolist(), *near.right.tolist()])
    yield "suggested topics a topic, mean", times.total() / len(groups.members)
    yield "suggested topics a topic, most", max(times.values(), default=0)


def _counts(corpus: Corpus, groups: Groups) -> tuple[int, int, int]:
    """How many pairs of texts in one group are right, how many there are, and how many would be right."""
    right = grouped = 0
    for members in groups.members:
        topics = Counter(corpus.topics[i] for i in members if corpus.topics[i] is not None)
        right += sum(_two_of(count) for count in topics.values())
        grouped += _two_of(len(members))
    return right, grouped, _right_at_most(corpus)


def _right_at_most(corpus: Corpus) -> int:
    return sum(_two_of(count) for topic, count in Counter(corpus.topics).items() if topic is not None)


def _f1(corpus: Corpus, groups: Groups) -> float:
    right, grouped, total = _counts(corpus, groups)
    return 200 * right / (grouped + total)


def _average_precision(corpus: Corpus, pairs: Pairs) -> float:
    """Over all pairs of topics; over the labelled pairs where there are links."""
    rows = sorted(pairs.rows(), key=lambda row: (-row[2], row[:2]))
    if corpus.same:
        known = corpus.same | corpus.different
        labels = [row[:2] in corpus.same for row in rows if not corpus.different or row[:2] in known]
        total = len(corpus.same)
    else:
        topics = corpus.topics
        labels = [topics[one] is not None and topics[one] == topics[other] for one, other, _ in rows]
        total = _right_at_most(corpus)
    hits = np.cumsum(labels)
    return 100 * float((hits / np.arange(1, len(hits) + 1))[np.array(labels, dtype=bool)].sum()) / total


def _two_of(count: int) -> int:
    return count * (count - 1) // 2


def _topics_corpus(topics: Sequence[Row], titles: Sequence[Row]) -> Corpus:
    wordings = [(text, f"{i}") for i, topic in enumerate(topics) for text in (topic["question"], *topic["rephrasings"])]
    texts = [*(text for text, _ in wordings), *(title["title"] for title in titles)]
    return Corpus(
        name="topics among distinct titles",
        texts=texts,
        titles=texts,
        topics=[*(topic for _, topic in wordings), *(None for _ in titles)],
        forums=[*(None for _ in wordings), *(str(title["forum"]) for title in titles)],
    )


def _pairs_corpus(name: str, records: Sequence[Row], *, with_bodies: bool) -> Corpus:
    texts: dict[tuple[str, str], int] = {}  # title and text
    links: dict[bool, set[Both]] = {True: set(), False: set()}
    for record in records:
        bodies = (record["a_body"], record["b_body"]) if with_bodies else ("", "")
        pair = [
            (title, compared_text(title, body)) for title, body in zip((record["a"], record["b"]), bodies, strict=True)
        ]
        one, other = sorted(texts.setdefault(text, len(texts)) for text in pair)
        if one != other:
            links[bool(record["same"])].add((one, other))
    return Corpus(
        name=name,
        texts=[text for _, text in texts],
        titles=[title for title, _ in texts],
        topics=[None] * len(texts),
        same=frozenset(links[True]),
        different=frozenset(links[False] - links[True]),
    )


def _linked_corpus(name: str, records: Sequence[Row], links: str, *, with_bodies: bool) -> Corpus:
    number = {str(record["id"]): i for i, record in enumerate(records)}
    pairs = [line.split("\t") for line in links.splitlines() if line.count("\t") == 1]
    return Corpus(
        name=name,
        texts=[compared_text(r["title"], r["body"] if with_bodies else "") for r in records],
        titles=[r["title"].strip() for r in records],
        topics=[None] * len(records),
        same=frozenset(
            (min(number[a], number[b]), max(number[a], number[b])) for a, b in pairs if {a, b} <= number.keys()
        ),
    )


if __name__ == "__main__":
    main()
