"""Measure how often `faq suggest` names the topic of a question in other words.

    python -m benchmarks.suggest --data DIR --json FILE [--engine lexical] [--every N]

Topics {topic, question, rephrasings} and titles {forum, id, title} of all folders are one site, in which each topic
has its question and no other wording. Every Nth rephrasing is asked. recall@1 and recall@5 are the shares of
rephrasings, in percent, whose topic is suggested first or among the first five.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from faq_builder.config import RedactRules
from faq_builder.model import Answer, JoinedBy, Member, Message, Reason, Role, Thread, ThreadKey, Topic
from faq_builder.redact import redact_text
from faq_builder.similarity import LexicalEngine, MeaningEngine, Store, installed_encoder
from faq_builder.staff.suggest import Engine, suggest_topics

Row = dict[str, Any]


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.suggest", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--engine", default="meaning", choices=["meaning", "lexical"])
    parser.add_argument("--every", type=int, default=1, help="ask every Nth rephrasing only")
    arguments = parser.parse_args()
    encoder = installed_encoder() if arguments.engine == "meaning" else None
    engine = MeaningEngine(encoder=encoder, store=Store(path=Path(".cache/faq.sqlite"))) if encoder else LexicalEngine()
    questions, titles = _labelled_rows(arguments.data)
    asked = [(record, text) for record in questions for text in record["rephrasings"]][:: arguments.every]
    site = [_topic(f"topic-{record['topic']}", record["question"]) for record in questions]
    site += [_topic(f"{record['forum']}-{record['id']}", record["title"]) for record in titles]
    rows = _measure(asked, site, _CachedVectors(engine) if isinstance(engine, MeaningEngine) else engine, engine.name)
    for row in rows:
        print(f"{row['set']:40} {row['metric']:10} {row['value']:7.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


class _CachedVectors:
    """An engine that encodes each text once; right only if a vector does not depend on the other texts."""

    def __init__(self, engine: MeaningEngine) -> None:
        self.engine = engine
        self.rows: dict[str, Any] = {}

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return the vectors of texts, one row each."""
        new = [text for text in dict.fromkeys(texts) if text not in self.rows]
        vectors = self.engine.vectors(new)
        self.rows |= dict(zip(new, vectors.rows, strict=True)) if new else {}
        return type(vectors)(rows=np.stack([self.rows[text] for text in texts]))


def _measure(asked: Sequence[tuple[Row, str]], site: Sequence[Topic], engine: Engine, method: str) -> list[Row]:
    """Return recall@1 and recall@5, in percent."""
    first = fifth = 0
    for record, text in asked:
        found = [s.topic.question.value for s in suggest_topics(text, "", site, engine)]
        first += found[:1] == [record["question"]]
        fifth += record["question"] in found
    name = f"{len(asked)} questions, {len(site)} topics"
    figures = {"recall@1": first, "recall@5": fifth}
    return [
        {"set": name, "method": method, "metric": metric, "value": 100 * hits / max(1, len(asked))}
        for metric, hits in figures.items()
    ]


def _labelled_rows(data: Path) -> tuple[list[Row], list[Row]]:
    """Return the topics and the titles of all files, told apart by their keys."""
    questions: list[Row] = []
    titles: list[Row] = []
    for path in sorted(data.rglob("*.jsonl")):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        keys = set(records[0]) if records else set()
        if {"topic", "question", "rephrasings"} <= keys:
            questions += records
        elif {"forum", "id", "title"} <= keys:
            titles += records
    return questions, titles


def _topic(native: str, question: str) -> Topic:
    """Return a topic with one answered thread."""
    rules = RedactRules()
    text, nothing = redact_text(question, rules), redact_text("", rules)
    key = ThreadKey("set", native)
    messages = (Message(id="1", body=nothing, role=Role.ASKER), Message(id="2", body=text, role=Role.HELPER))
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1)
    thread = Thread(key=key, format="set", title=text, messages=messages)
    member = Member(thread=thread, answer=answer, joined_by=JoinedBy.FOUNDER)
    return Topic(id=native, slug="x", question=text, language="en", wordings=(text,), members=(member,), main=key)


if __name__ == "__main__":
    main()
