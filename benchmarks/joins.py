"""Measure which threads of real exports are joined, linked and suggested, against pairs that people labelled.

    python -m benchmarks.joins --data DIR [--data DIR] --json FILE [--list FILE] [--engine lexical]

Below the folders lie exports and files with labelled pairs: JSON lines with {a, b, a_body, b_body, judged} (titles and
the beginnings of the questions), or tables (TSV) with site, a_key, b_key, judged, titles: keys as `faq threads EXPORT
--json` gives them, and `title_print` of both titles. Pairs that are in no export are counted. `--list` writes the
joins that nobody labelled.

Every row is a count. A join is a thread that is not the first of its topic, by what joined it; it is `same` if a label
says so for it and any other thread of the topic, and `not same` if one says otherwise. `suggested` pairs share a
suggested group or are a suggested pair; `first 50` counts the first 50 of these that a reviewer sees.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.labelled_exports import LabelledExport, LabelledPair, labelled_exports, single_thread
from faq_builder.answer.choose import choose_answers
from faq_builder.config import GroupRules, MergeLevel, PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.group import group_threads
from faq_builder.model import Answered, Grouping, Ledger, PublicThread, ThreadKey, Topic
from faq_builder.similarity import LexicalEngine, MeaningEngine, SimilarityEngine, Store, installed_encoder

PLANTED = Path(__file__).parent / "data" / "planted.jsonl"
SHOWN = 50  # suggestions that a reviewer is supposed to see
FIRST = 10
Row = dict[str, Any]


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.joins", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, action="append", required=True, help="a folder of exports and pairs")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--list", type=Path, help="file for the joins that nobody labelled")
    parser.add_argument("--engine", default="meaning", choices=["meaning", "lexical"])
    arguments = parser.parse_args()
    encoder = installed_encoder() if arguments.engine == "meaning" else None
    engine = MeaningEngine(encoder=encoder, store=Store(path=Path(".cache/faq.sqlite"))) if encoder else LexicalEngine()
    exports, unmatched = labelled_exports([*arguments.data, PLANTED.parent])
    rows = [{"set": "all", "method": engine.name, "metric": "labelled pairs in no export", "value": unmatched}]
    unlabelled: list[Row] = []
    for level in MergeLevel:
        total: Counter[str] = Counter()
        for export in exports:
            grouping = grouped(export.threads, engine, level)
            figures, joins = export_figures(export, grouping)
            total.update(figures)
            unlabelled += [{"set": export.name, "level": level.value, **join} for join in joins]
            rows += [_row(export.name, level, metric, value) for metric, value in sorted(figures.items())]
        rows += [_row("all", level, metric, value) for metric, value in sorted(total.items())]
        rows += [_row("planted", level, metric, value) for metric, value in planted_figures(engine, level)]
    for row in rows:
        print(f"{row['set']:45} {row['method']:12} {row['metric']:60} {row['value']:7}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if arguments.list:
        lines = (json.dumps(join, ensure_ascii=False) for join in unlabelled)
        arguments.list.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def grouped(threads: Sequence[PublicThread], engine: SimilarityEngine, level: MergeLevel) -> Grouping:
    """Group threads as a build does, every answer found counted as one."""
    answered, _ = choose_answers(threads, PublishLevel.ALL, ResolvedDecisions())
    rules = GroupRules(merge=level)
    return group_threads(answered, ResolvedDecisions(), Ledger(), rules, language="en", similarity=engine)[0]


def planted_figures(engine: SimilarityEngine, level: MergeLevel) -> Iterator[tuple[str, int]]:
    """Yield how many of the planted pairs of each set are joined, each pair as a site of its own."""
    joined: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in PLANTED.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        threads = [single_thread(str(number), pair[side]) for number, side in enumerate("ab")]
        grouping = group_threads(
            [Answered(thread, None) for thread in threads],
            ResolvedDecisions(),
            Ledger(),
            GroupRules(merge=level),
            language="en",
            similarity=engine,
        )[0]
        total[pair["planted"]] += 1
        joined[pair["planted"]] += len(grouping.topics) == 1
    for name, count in sorted(total.items()):
        yield f"{name}: pairs", count
        yield f"{name}: joined", joined[name]


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Where the threads of one export are after grouping."""

    topic_of: dict[ThreadKey, Topic]
    led_to: dict[str, set[str]]  # by id of a topic, the topics that its page links to
    shown: Sequence[frozenset[str]]  # groups and pairs that are suggested, the most likely first

    @classmethod
    def of(cls, grouping: Grouping) -> "_Places":
        topic_of = {member.thread.key: topic for topic in grouping.topics for member in topic.members}
        led_to = {
            topic.id: {
                *topic.related,
                *(twin.topic for twin in topic.likely_duplicates),
                *(topic_of[linked.thread.key].id for linked in topic.linked),
            }
            for topic in grouping.topics
        }
        for topic in grouping.topics:  # a counted thread's own page names the topic that counts it
            for linked in topic.linked:
                led_to[topic_of[linked.thread.key].id].add(topic.id)
        groups = [(group.score, frozenset(group.topics)) for group in grouping.suggested_groups]
        inside = {pair for _, group in groups for pair in combinations(sorted(group), 2)}
        pairs = [(s.score, frozenset(s.topics)) for s in grouping.suggestions if s.topics not in inside]
        ordered = sorted([*groups, *pairs], key=lambda item: (-item[0], sorted(item[1])))
        return cls(topic_of=topic_of, led_to=led_to, shown=[topics for _, topics in ordered])

    def rank(self, one: Topic, other: Topic) -> int | None:
        """Return the place of the suggestion that shows both topics, from 1; None if none does."""
        places = (number for number, topics in enumerate(self.shown, 1) if {one.id, other.id} <= topics)
        return next(places, None)


def export_figures(export: LabelledExport, grouping: Grouping) -> tuple[Counter[str], list[Row]]:
    """Return the figures of one export, and its joins without a label."""
    places = _Places.of(grouping)
    figures: Counter[str] = Counter({"threads": len(places.topic_of), "suggestions": len(places.shown)})
    unlabelled = list(_count_joins(export, grouping, figures))
    _count_pairs(export.pairs, places, figures)
    _count_first(export, places, figures)
    return figures, unlabelled


def _count_joins(export: LabelledExport, grouping: Grouping, figures: Counter[str]) -> Iterator[Row]:
    """Count the joins by what joined them and by their label; yield those without one."""
    label_of = {pair.keys: pair.judged for pair in export.pairs}
    for topic in grouping.topics:
        figures["linked, not joined"] += len(topic.linked)
        for member in topic.members[1:]:
            others = [other.thread for other in topic.members if other.thread.key != member.thread.key]
            found = {label_of.get(frozenset((member.thread.key, other.key))) for other in others} - {None}
            verdict = "unlabelled" if not found else "same" if found == {"same"} else "not same"
            figures[f"joins by {member.joined_by.value}: {verdict}"] += 1
            if not found:
                yield {
                    "because": member.joined_by.value,
                    "a_key": str(topic.members[0].thread.key),
                    "b_key": str(member.thread.key),
                    "a": topic.members[0].thread.title.value,
                    "b": member.thread.title.value,
                }


def _count_pairs(pairs: Iterable[LabelledPair], places: _Places, figures: Counter[str]) -> None:
    """Count what became of the pairs that are labelled same."""
    for pair in pairs:
        figures[f"labelled {pair.judged}"] += 1
        if pair.judged != "same":
            continue
        one, other = (places.topic_of[key] for key in sorted(pair.keys))
        rank = places.rank(one, other)
        merged = one.id == other.id
        figures["same: merged"] += merged
        figures["same: merged or suggested"] += merged or rank is not None
        figures["same: linked"] += not merged and (
            other.id in places.led_to[one.id] or one.id in places.led_to[other.id]
        )
        if not pair.declared:
            figures["same, not declared"] += 1
            figures[f"same, not declared: merged or in the first {SHOWN}"] += merged or (rank or SHOWN + 1) <= SHOWN
        for own, answer in ((one, other), (other, one)):
            if answer.answered:
                figures["threads with an answered twin"] += 1
                figures["threads that lead to it in one click"] += merged or answer.id in places.led_to[own.id]


def _count_first(export: LabelledExport, places: _Places, figures: Counter[str]) -> None:
    """Count the labels of the first suggestions: the best label of any pair that one shows."""
    best: dict[frozenset[str], str] = {}
    for pair in export.pairs:
        topics = frozenset(places.topic_of[key].id for key in pair.keys)
        if pair.judged == "same" or topics not in best:
            best[topics] = pair.judged
    for topics in places.shown[:FIRST]:
        found = {best.get(frozenset(two)) for two in combinations(sorted(topics), 2)}
        verdict = "same" if "same" in found else "unlabelled" if None in found else "not same"
        figures[f"first {FIRST} suggestions: {verdict}"] += 1


def _row(name: str, level: MergeLevel, metric: str, value: int) -> Row:
    return {"set": name, "method": level.value, "metric": metric, "value": int(value)}


if __name__ == "__main__":
    main()
