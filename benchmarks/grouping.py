"""Measure how well threads that ask the same are grouped, and how often threads are grouped falsely.

    python -m benchmarks.grouping --data DIR --json FILE [--engine lexical] [--merge certain|likely|off]

The keys of its rows tell what a corpus is; shares are in percent:

    {topic, question, rephrasings}    topics and titles of all folders are one corpus. A pair in one group is right if
    and {forum, id, title}            both wordings belong to one topic, wrong if they belong to two or if one is a
                                      title (`strictly`: also if both are titles). `falsely grouped` is the share of
                                      titles that share a group with another title of their forum
    {a, b, same}                      pairs merged and suggested, by kind; all texts are one corpus
    {id, title, body} and a dups.tsv  duplicate links merged or suggested, by titles alone and with bodies
    {language, text}                  all texts ask something different
    {intent, text}                    intents are coarser than questions

Vectors are cached in .cache/ as in a build. `--sizes` times groupings of made-up questions, with cached vectors.
`--stage N` times only the whole stage, with N of the titles as answered threads: once with one new thread and
the others in the ledger, once with all threads new.
"""

import argparse
import json
import resource
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from faq_builder.config import GroupRules, MergeLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.group.question_groups import ComparedQuestion, QuestionGroups, group_questions
from faq_builder.group.wording import compared_text
from faq_builder.ledger import lock_topics
from faq_builder.model import (
    Answer,
    Answered,
    Grouping,
    Ledger,
    Message,
    PublicText,
    PublicThread,
    Reason,
    Role,
    Thread,
    ThreadKey,
)
from faq_builder.similarity import (
    Comparison,
    Groups,
    LexicalEngine,
    MeaningEngine,
    SimilarityEngine,
    Store,
    Thresholds,
    find_difference,
    installed_encoder,
    language_of,
)
from faq_builder.similarity.dense import DenseVectors
from faq_builder.similarity.meaning import mean_sample

Row = dict[str, Any]
Pair = tuple[int, int]  # the numbers of two texts, the smaller first


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Texts, with known pairs that ask the same."""

    name: str
    texts: Sequence[str]
    titles: Sequence[str]  # the same as the texts if there are no bodies
    topics: Sequence[Hashable]  # texts of one topic ask the same; None: a text without a topic
    forums: Sequence[str | None] = ()  # the forum of each title; titles of one forum all ask something different
    same: frozenset[Pair] = frozenset()  # pairs, for a corpus with links instead of topics
    different: frozenset[Pair] = frozenset()
    kinds: dict[Pair, str] = field(default_factory=dict)  # the kind of each pair


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.grouping", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--merge", default="certain", choices=[level.value for level in MergeLevel])
    parser.add_argument("--engine", default="meaning", choices=["meaning", "lexical"])
    parser.add_argument("--only", default="", help="only corpora with this text in their names")
    parser.add_argument("--sizes", default="", help="numbers of made-up questions to time, comma-separated")
    parser.add_argument(
        "--stage", type=int, default=0, help="number of titles to use as threads, to time the whole stage"
    )
    arguments = parser.parse_args()
    encoder = installed_encoder() if arguments.engine == "meaning" else None
    engine: SimilarityEngine = (
        MeaningEngine(encoder=encoder, store=Store(path=Path(".cache/faq.sqlite"))) if encoder else LexicalEngine()
    )
    rules = GroupRules(merge=MergeLevel(arguments.merge))
    corpora = [corpus for corpus in read_corpora(arguments.data) if arguments.only in corpus.name]
    if not corpora:
        parser.error(f"no corpus below {arguments.data} has {arguments.only!r} in its name")
    rows: list[Row] = []
    for corpus in corpora if not arguments.stage else ():
        rows += _printed_figures(corpus.name, engine, measure(corpus, engine, rules))
    for size in filter(None, arguments.sizes.split(",")):
        titles = max((corpus.titles for corpus in corpora), key=len)
        rows += _printed_figures(f"{size} made-up questions", engine, _cost_figures(titles, int(size), engine, rules))
    if arguments.stage:
        titles = list(dict.fromkeys(title for corpus in reversed(corpora) for title in corpus.titles))
        threads = [_thread(number, title) for number, title in enumerate(titles[: arguments.stage])]
        rows += _printed_figures(
            f"{len(threads)} threads, the whole stage", engine, _stage_figures(threads, engine, rules)
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _printed_figures(name: str, engine: SimilarityEngine, figures: Iterator[tuple[str, float]]) -> list[Row]:
    """Print the figures of a set while they are measured, and return them."""
    print(name)
    rows: list[Row] = []
    for metric, value in figures:
        print(f"    {metric:50} {value:10,.5g}", flush=True)
        rows.append({"set": name, "method": engine.name, "metric": metric, "value": round(value, 3)})
    return rows


def read_corpora(data: Path) -> Iterator[Corpus]:
    """Yield every corpus that the files below a folder make."""
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
        elif {"language", "text"} <= keys:
            texts = [r["text"] for r in records]
            languages = [r["language"] for r in records]
            yield Corpus(
                name=f"{name} (all distinct)", texts=texts, titles=texts, topics=[None] * len(texts), forums=languages
            )
        elif {"intent", "text"} <= keys:
            texts = [r["text"] for r in records]
            yield Corpus(name=f"{name} (intents)", texts=texts, titles=texts, topics=[r["intent"] for r in records])
        elif {"id", "title", "body"} <= keys and (path.parent / "dups.tsv").exists():
            links = (path.parent / "dups.tsv").read_text(encoding="utf-8")
            yield _linked_corpus(name, records, links, with_bodies=False)
            yield _linked_corpus(f"{name} with bodies", records, links, with_bodies=True)
    if topics or titles:
        yield _topics_corpus(topics, titles)


def measure(corpus: Corpus, engine: SimilarityEngine, rules: GroupRules) -> Iterator[tuple[str, float]]:
    """Yield the figures of a corpus."""
    asked = [
        ComparedQuestion(title=title, text=text, language=_language(title))
        for title, text in zip(corpus.titles, corpus.texts, strict=True)
    ]
    began = time.process_time()
    found = group_questions(asked, engine, rules)
    yield "texts", len(corpus.texts)
    yield "CPU seconds", time.process_time() - began
    if corpus.same or corpus.different:
        yield from _link_figures(corpus, found)
        if len(set(corpus.kinds.values())) > 1:
            yield from _kind_figures(corpus, found)
    else:
        yield from _topic_figures(corpus, found)
    yield "peak MB so far", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _topic_figures(corpus: Corpus, found: QuestionGroups) -> Iterator[tuple[str, float]]:
    groups = found.groups
    right, grouped, total = _counts(corpus, groups)
    titles = sum(_pair_count(sum(corpus.topics[i] is None for i in members)) for members in groups.members)
    if total:
        yield "precision", 100 * right / (grouped - titles) if grouped > titles else 100.0
        yield "precision, strictly", 100 * right / grouped if grouped else 100.0
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
    suggested = sum(
        of_topics[one][t] * of_topics[other][t] for one, other in _suggested_pairs(found) for t in of_topics[one]
    )
    if total:
        yield "merged or suggested", 100 * (right + suggested) / total
    yield from _suggestion_figures(found)


def _link_figures(corpus: Corpus, found: QuestionGroups) -> Iterator[tuple[str, float]]:
    groups = found.groups
    group = {i: number for number, members in enumerate(groups.members) for i in members}
    suggested = _suggested_pairs(found)
    for name, links in (("same", corpus.same), ("different", corpus.different)):
        if not links:
            continue
        places = [tuple(sorted((group[one], group[other]))) for one, other in links]
        merged = sum(one == other for one, other in places)
        yield f"{name}: merged", 100 * merged / len(links)
        yield f"{name}: merged or suggested", 100 * (merged + sum(p in suggested for p in places)) / len(links)
    yield "texts that share a group", 100 * sum(len(m) for m in groups.members if len(m) > 1) / len(corpus.texts)
    yield from _suggestion_figures(found)


def _kind_figures(corpus: Corpus, found: QuestionGroups) -> Iterator[tuple[str, float]]:
    """Yield the share of merged pairs by kind and by half of the set, and of those that no rule tells apart."""
    pairs: defaultdict[str, list[Pair]] = defaultdict(list)
    for number, (pair, kind) in enumerate(corpus.kinds.items()):
        pairs[kind].append(pair)
        pairs[f"{'same' if pair in corpus.same else 'different'}, half {number % 2 + 1}"].append(pair)
    for kind, own in sorted(pairs.items()):
        group = {i: number for number, members in enumerate(found.groups.members) for i in members}
        yield f"{kind}: merged", 100 * sum(group[one] == group[other] for one, other in own) / len(own)
        unnamed = [(a, b) for a, b in own if not find_difference(corpus.titles[a], corpus.titles[b])]
        yield f"{kind}: no rule tells them apart", 100 * len(unnamed) / len(own)


def _suggested_pairs(found: QuestionGroups) -> set[Pair]:
    """Return the pairs of topics that a person is asked about, alone or within a group."""
    within = {pair for members, _ in found.suggested_groups for pair in combinations(members, 2)}
    return within | {(one, other) for one, other, _ in found.suggested.rows()}


def _suggestion_figures(found: QuestionGroups) -> Iterator[tuple[str, float]]:
    times = Counter(topic for pair in found.suggested.rows() for topic in pair[:2])
    yield "suggested topics a topic, mean", times.total() / len(found.groups.members)
    yield "suggested topics a topic, most", max(times.values(), default=0)
    yield "suggested groups", len(found.suggested_groups)
    yield "topics in a suggested group, most", max((len(members) for members, _ in found.suggested_groups), default=0)


@dataclass(frozen=True, kw_only=True)
class _FixedVectors:
    """An engine that compares given vectors instead of encoding texts."""

    engine: MeaningEngine
    rows: DenseVectors

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def thresholds(self) -> Thresholds:
        return self.engine.thresholds

    def supports(self, text: str, language: str) -> bool:
        return self.engine.supports(text, language)

    def vectors(self, texts: Sequence[str]) -> DenseVectors:
        return self.engine.vectors(texts)

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        vectors = self.rows.centred(*mean_sample(texts))
        pairs = vectors.pairs(least, near, most)
        return Comparison(vectors=vectors, merge_pairs=pairs.where(pairs.score >= least), near_pairs=pairs)


def _cost_figures(
    titles: Sequence[str], size: int, engine: SimilarityEngine, rules: GroupRules
) -> Iterator[tuple[str, float]]:
    """Yield time and memory of grouping made-up questions: each joins two titles, its vector lies between theirs."""
    if not isinstance(engine, MeaningEngine):
        return
    chosen = np.random.default_rng(0).integers(0, len(titles), (2, size))
    vectors = engine.vectors(titles)
    rows = DenseVectors(rows=vectors.rows[chosen[0]]).mean_with(DenseVectors(rows=vectors.rows[chosen[1]]))
    texts = [f"{titles[one]} {titles[other]}" for one, other in chosen.T]
    began, cpu = time.perf_counter(), time.process_time()
    found = group_questions(
        [ComparedQuestion(title=text, text=text, language="en") for text in texts],
        _FixedVectors(engine=engine, rows=rows),
        rules,
    )
    yield "seconds", time.perf_counter() - began
    yield "CPU seconds", time.process_time() - cpu
    yield "groups", len(found.groups.members)
    yield "peak MB so far", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _TimedEngine:
    """An engine that counts the CPU seconds spent on comparing."""

    def __init__(self, engine: SimilarityEngine) -> None:
        self._engine, self.spent = engine, 0.0
        self.name, self.thresholds, self.supports, self.vectors = (
            engine.name,
            engine.thresholds,
            engine.supports,
            engine.vectors,
        )

    def reset(self, *, cached_pairs: bool) -> None:
        """Set the count to zero and, if `cached_pairs`, delete the cached pairs."""
        self.spent = 0.0
        if cached_pairs and isinstance(self._engine, MeaningEngine) and self._engine.store.path:
            with closing(sqlite3.connect(self._engine.store.path)) as file, file:
                file.execute("DELETE FROM kept")

    def compare(
        self, titles: Sequence[str], texts: Sequence[str], *, least: float, near: float, most: int
    ) -> Comparison:
        began = time.process_time()
        found = self._engine.compare(titles, texts, least=least, near=near, most=most)
        self.spent += time.process_time() - began
        return found


def _stage_figures(
    threads: Sequence[PublicThread], similarity: SimilarityEngine, rules: GroupRules
) -> Iterator[tuple[str, float]]:
    """Yield the time of the whole stage and of its engine: first with one new thread, then with all threads new."""
    engine = _TimedEngine(similarity)
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1.0)

    def group(some: Sequence[PublicThread], ledger: Ledger) -> Grouping:
        answered = [Answered(thread, answer) for thread in some]
        return group_threads(answered, ResolvedDecisions(), ledger, rules, language="en", similarity=engine)[0]

    engine.vectors([compared_text(thread.title.value, "") for thread in threads])
    ledger = lock_topics(group(threads[1:], Ledger()), Ledger(), date(2024, 3, 1))  # fills the cache of pairs
    for name, known in (("one new", ledger), ("all new", Ledger())):
        engine.reset(cached_pairs=known is not ledger)
        began, cpu = time.perf_counter(), time.process_time()
        found = group(threads, known)
        yield f"{name}: seconds", time.perf_counter() - began
        yield f"{name}: CPU seconds", time.process_time() - cpu
        yield f"{name}: of these the engine, vectors to pairs", engine.spent
        yield f"{name}: topics", len(found.topics)
        yield f"{name}: suggestions", len(found.suggestions)
    yield "peak MB so far", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _thread(number: int, title: str) -> PublicThread:
    question = Message(id="1", body=PublicText(""), role=Role.ASKER)
    reply = Message(id="2", body=PublicText("Take the blue one."), role=Role.STAFF)
    return Thread(
        key=ThreadKey("forum", str(number)), format="markdown", title=PublicText(title), messages=(question, reply)
    )


def _language(text: str) -> str:
    return language_of(text) or "en"


def _counts(corpus: Corpus, groups: Groups) -> tuple[int, int, int]:
    """Return the right pairs within groups, all pairs within groups, and the pairs that belong together."""
    right = grouped = 0
    for members in groups.members:
        topics = Counter(corpus.topics[i] for i in members if corpus.topics[i] is not None)
        right += sum(_pair_count(count) for count in topics.values())
        grouped += _pair_count(len(members))
    return right, grouped, _right_pairs(corpus)


def _right_pairs(corpus: Corpus) -> int:
    return sum(_pair_count(count) for topic, count in Counter(corpus.topics).items() if topic is not None)


def _pair_count(count: int) -> int:
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
    links: dict[bool, set[Pair]] = {True: set(), False: set()}
    kinds: dict[Pair, str] = {}
    for record in records:
        bodies = (record["a_body"], record["b_body"]) if with_bodies else ("", "")
        pair = [
            (title, compared_text(title, body)) for title, body in zip((record["a"], record["b"]), bodies, strict=True)
        ]
        one, other = sorted(texts.setdefault(text, len(texts)) for text in pair)
        if one != other:
            links[bool(record["same"])].add((one, other))
            kinds[one, other] = str(record.get("kind", ""))
    return Corpus(
        name=name,
        texts=[text for _, text in texts],
        titles=[title for title, _ in texts],
        topics=[None] * len(texts),
        same=frozenset(links[True]),
        different=frozenset(links[False] - links[True]),
        kinds=kinds,
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
