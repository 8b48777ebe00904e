"""Measure how often `faq suggest` names the topic of a question, and how often it says that nothing answers.

    python -m benchmarks.suggest --data DIR --json FILE [--engine lexical] [--most N]

Every set is a site; each of its questions has one topic there (the keys of the rows tell what a set is):

    {topic, question, rephrasings}    a topic for each question, asked by rewordings; alone, and among all titles
    {forum, id, title}                the titles of each forum, which all ask something different
    {a, b, same}                      a topic for each `b`, asked by `a`; with bodies if there are any. If `same` is 0,
                                      `a` is a look-alike that should be told nothing
    {a, b, judged}                    the same for each `site`
    {intent, text}                    a topic for each intent from its first text, asked by three others
    {id, title, body} and a dups.tsv  a topic for each question, asked by the duplicates

Figures, in percent:

    recall@1, recall@5                asked questions whose topic is first, among the first five
    answered: told nothing            of the questions found among the five, those told that nothing answers
    unanswered: told nothing          of the same questions with their topic taken out
    look-alikes: told nothing         of the pairs that do not ask the same
    another site: told nothing        of questions of the other sets
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from faq_builder.model import Answer, JoinedBy, Member, Message, PublicText, Reason, Role, Thread, ThreadKey, Topic
from faq_builder.similarity import Encoder, LexicalEngine, MeaningEngine, Store, installed_encoder
from faq_builder.similarity.dense import DenseVectors
from faq_builder.staff.suggest import BEST, Engine, Relevance, suggest_topics

Row = dict[str, Any]
FOREIGN = 40  # questions of other sets that each site is asked


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, the topic that answers it, and the topics that are taken out because they are the question itself."""

    title: str
    body: str = ""
    topic: str | None  # None: nothing on the site answers
    own: str | None = None


@dataclass(frozen=True, kw_only=True)
class Site:
    """The topics of a site and what is asked there."""

    name: str
    topics: Sequence[Topic]
    asked: Sequence[Asked]


@dataclass
class Rows:
    """The rows of all files by what they are."""

    topics: list[Row] = field(default_factory=list)
    titles: list[Row] = field(default_factory=list)
    others: list[tuple[str, list[Row], Path]] = field(default_factory=list)


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.suggest", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled sets, found by their shape")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--engine", default="meaning", choices=["meaning", "lexical"])
    parser.add_argument("--most", type=int, default=10**9, help="ask at most N questions of each site, evenly spread")
    parser.add_argument("--only", default="", help="only sites with this text in their names")
    arguments = parser.parse_args()
    encoder = installed_encoder() if arguments.engine == "meaning" else None
    engine: Engine = _CachedEngine(encoder) if encoder else LexicalEngine()
    sites = [_thinned(site, arguments.most) for site in read_sites(arguments.data)]
    rows: list[Row] = []
    for site in sites:
        foreign = [asked for other in sites if other.name.split()[0] != site.name.split()[0] for asked in other.asked]
        if arguments.only not in site.name:
            continue
        name = f"{site.name}: {len(site.asked)} questions, {len(site.topics)} topics"
        for metric, value in measure(site, foreign[:: max(1, len(foreign) // FOREIGN)], engine):
            print(f"{name:70} {metric:30} {value:6.1f}", flush=True)
            rows.append({"set": name, "method": arguments.engine, "metric": metric, "value": round(value, 2)})
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def measure(site: Site, foreign: Sequence[Asked], engine: Engine) -> Iterator[tuple[str, float]]:
    """Yield the figures of a site."""
    lost, caught, places = list[bool](), list[bool](), list[int]()
    for asked in (asked for asked in site.asked if asked.topic):
        ranking, answered = _suggested(asked, site.topics, engine, without=[asked.own])
        places.append(ranking.index(asked.topic) + 1 if asked.topic in ranking else 0)
        lost += [not answered] if places[-1] else []
        caught.append(not _suggested(asked, site.topics, engine, without=[asked.own, asked.topic])[1])
    if places:
        yield "recall@1", _percent(place == 1 for place in places)
        yield "recall@5", _percent(place > 0 for place in places)
        yield "answered: told nothing", _percent(lost)
        yield "unanswered: told nothing", _percent(caught)
    unlike = [asked for asked in site.asked if not asked.topic]
    for name, questions in (("look-alikes", unlike), ("another site", foreign)):
        if questions:
            told = [not _suggested(asked, site.topics, engine, without=[asked.own])[1] for asked in questions]
            yield f"{name}: told nothing", _percent(told)


def _suggested(
    asked: Asked, topics: Sequence[Topic], engine: Engine, *, without: Sequence[str | None]
) -> tuple[list[str], bool]:
    """Return the ids of the suggested topics, the most similar first, and whether one of them answers."""
    kept = [topic for topic in topics if topic.id not in without]
    found = suggest_topics(asked.title, asked.body, kept, engine, best=BEST)
    ranking = [s.topic.id for s in sorted(found, key=lambda s: -s.score)]
    return ranking, any(s.relevance is Relevance.ANSWERS for s in found)


def _percent(claims: Any) -> float:
    return 100 * float(np.mean(list(claims) or [0.0]))


class _CachedEngine(MeaningEngine):
    """An engine that keeps the vector of each text in memory."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder=encoder, store=Store(path=Path(".cache/faq.sqlite")))
        object.__setattr__(self, "rows", {})

    def vectors(self, texts: Sequence[str]) -> DenseVectors:
        """Return the vectors of texts, one row each."""
        rows: dict[str, Any] = getattr(self, "rows")  # noqa: B009 - no field of the frozen class
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        if new:
            rows.update(zip(new, super().vectors(new).rows, strict=True))
        return DenseVectors(rows=np.stack([rows[text] for text in texts]))


def read_sites(data: Path) -> Iterator[Site]:
    """Yield every site that the files below a folder make."""
    rows = _rows(data)
    if rows.topics:
        small = [_topic(f"topic-{record['topic']}", record["question"]) for record in rows.topics]
        asked = [
            Asked(title=text, topic=f"topic-{record['topic']}")
            for record in rows.topics
            for text in record["rephrasings"]
        ]
        yield Site(name="rewordings", topics=small, asked=asked)
        titles = [_topic(f"{record['forum']}-{record['id']}", record["title"]) for record in rows.titles]
        yield Site(name="rewordings among titles", topics=[*small, *titles], asked=asked)
    for forum in sorted({record["forum"] for record in rows.titles}):
        own = [record for record in rows.titles if record["forum"] == forum]
        yield Site(
            name=f"{forum} (distinct)",
            topics=[_topic(record["id"], record["title"]) for record in own],
            asked=[Asked(title=record["title"], topic=None, own=record["id"]) for record in own],
        )
    for name, records, path in rows.others:
        yield from _other_sites(name, records, path)


def _other_sites(name: str, records: list[Row], path: Path) -> Iterator[Site]:
    """Yield the sites of pairs, intents or linked questions."""
    keys = set(records[0])
    if {"a", "b", "judged"} <= keys:
        for site in sorted({record["site"] for record in records}):
            own = [
                r | {"same": r["judged"] == "same"} for r in records if r["site"] == site and r["judged"] != "unsure"
            ]
            yield _pairs_site(f"{name} {site}", own)
    elif {"a", "b", "same"} <= keys:
        yield _pairs_site(name, records)
    elif {"intent", "text"} <= keys:
        texts = defaultdict(list)
        for record in records:
            texts[record["intent"]].append(record["text"])
        yield Site(
            name=name,
            topics=[_topic(intent, own[0]) for intent, own in texts.items()],
            asked=[Asked(title=text, topic=intent) for intent, own in texts.items() for text in own[1:4]],
        )
    elif {"id", "title", "body"} <= keys and (path.parent / "dups.tsv").exists():
        yield _linked_site(name, records, (path.parent / "dups.tsv").read_text(encoding="utf-8"))


def _pairs_site(name: str, records: Sequence[Row]) -> Site:
    """Return a site with a topic for each `b`, at which each `a` is asked."""
    bodies = {record["b"]: record.get("b_body", "") for record in records}
    return Site(
        name=name,
        topics=[_topic(title, title, body) for title, body in bodies.items()],
        asked=[
            Asked(
                title=record["a"],
                body=record.get("a_body", ""),
                topic=record["b"] if record["same"] else None,
                own=record["a"],
            )
            for record in records
        ],
    )


def _linked_site(name: str, records: Sequence[Row], links: str) -> Site:
    """Return a site of all questions; duplicates are asked, and as many questions without a duplicate."""
    pairs = [line.split("\t")[:2] for line in links.splitlines() if "\t" in line]
    by_id = {str(record["id"]): record for record in records}
    linked = [(one, other) for one, other in pairs if one in by_id and other in by_id]
    alone = [id_ for id_ in by_id if not any(id_ in pair for pair in linked)]
    return Site(
        name=name,
        topics=[_topic(id_, record["title"], record["body"]) for id_, record in by_id.items()],
        asked=[
            Asked(title=by_id[one]["title"], body=by_id[one]["body"], topic=other, own=one)
            for one, other in [*linked, *((id_, None) for id_ in alone)]
        ],
    )


def _rows(data: Path) -> Rows:
    """Return the rows of all files, told apart by their keys."""
    rows = Rows()
    for path in sorted(data.rglob("*.jsonl")):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        keys = set(records[0]) if records else set()
        if {"topic", "question", "rephrasings"} <= keys:
            rows.topics += records
        elif {"forum", "id", "title"} <= keys:
            rows.titles += records
        elif records:
            rows.others.append((path.relative_to(data).with_suffix("").as_posix(), records, path))
    return rows


def _thinned(site: Site, most: int) -> Site:
    """Return a site with at most `most` of its questions of each kind, evenly spread."""
    kinds = ([a for a in site.asked if a.topic], [a for a in site.asked if not a.topic])
    kept = [a for kind in kinds for a in kind[:: max(1, -(-len(kind) // most))]]
    return Site(name=site.name, topics=site.topics, asked=kept)


def _topic(native: str, question: str, body: str = "") -> Topic:
    """Return a topic with one answered thread."""
    text, asked, reply = PublicText(question), PublicText(body), PublicText("Take the blue one.")
    key = ThreadKey("set", hashlib.sha256(native.encode()).hexdigest())
    messages = (Message(id="1", body=asked, role=Role.ASKER), Message(id="2", body=reply, role=Role.HELPER))
    answer = Answer(messages=("2",), reason=Reason.MARKED, confidence=1)
    thread = Thread(key=key, format="set", title=text, messages=messages)
    member = Member(thread=thread, answer=answer, joined_by=JoinedBy.FOUNDER)
    return Topic(id=native, slug="x", question=text, language="en", wordings=(text,), members=(member,), main=key)


if __name__ == "__main__":
    main()
