"""Find missing topics in a log of searches: what people asked for and did not find, most asked first."""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import GroupRules
from faq_builder.group.searches import similar_searches
from faq_builder.model import Topic
from faq_builder.similarity import SimilarityEngine
from faq_builder.similarity import language_of as spoken

FEW = 2  # this many results are as good as none: they probably share one common word only
LONGEST = 1000  # characters of a query; pages send 150


@dataclass(frozen=True, kw_only=True)
class Searched:
    """One search: the query and its number of results."""

    query: str
    results: int


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One missing topic: its wordings, each with how often it was searched for, the most frequent first."""

    wordings: tuple[tuple[str, int], ...]
    nearest: Topic | None  # the most similar answered topic, if one is similar enough to be suggested
    score: float  # similarity of its closest wording, 0 to 1

    @property
    def asked(self) -> int:
        """The number of searches in all wordings."""
        return sum(times for _, times in self.wordings)


def read_log(lines: Iterable[str], name: str) -> tuple[tuple[Searched, ...], tuple[Diagnostic, ...]]:
    """Read a log with one JSON object a line; return its searches and a finding for each other line."""
    searched, findings = [], []
    for number, line in enumerate(lines, 1):
        found = _read_line(line) if line.strip() else None
        if found:
            searched.append(found)
        elif line.strip():
            where, advice = Location(path=name, line=number), "delete the line, or correct what writes the log"
            message = "this line is not a search: it needs a `query` and a number of `results`"
            findings.append(Diagnostic(code="FAQ790", where=where, message=message, help=advice))
    return tuple(searched), tuple(findings)


def missing_topics(
    searched: Iterable[Searched], topics: Sequence[Topic], rules: GroupRules, engine: SimilarityEngine, *, language: str
) -> tuple[Missing, ...]:
    """Group searches as threads are grouped; texts that differ only in case and punctuation are one wording.

    Similar searches are merged at once: nothing is published, and a topic listed twice is worse than two listed as one.
    """
    counts = _counted(searched)
    wordings = sorted(counts)
    if not wordings:
        return ()
    groups = similar_searches(wordings, [spoken(text) or language for text in wordings], engine, rules.products)
    nearest = _nearest([[wordings[at] for at in members] for members in groups], topics, engine)
    least = engine.thresholds.suggest
    found = [
        Missing(
            wordings=tuple(
                sorted(((wordings[at], counts[wordings[at]]) for at in members), key=lambda w: (-w[1], w[0]))
            ),
            nearest=topic if score >= least else None,
            score=round(score, 4),
        )
        for members, (topic, score) in zip(groups, nearest, strict=True)
    ]
    return tuple(sorted(found, key=lambda missing: (-missing.asked, missing.wordings)))


def missing_record(missing: Missing, url: str | None) -> dict[str, object]:
    """Return a missing topic as printed by `faq misses --json`; `url` is the page of the nearest topic."""
    nearest = missing.nearest
    return {
        "asked": missing.asked,
        "wordings": [{"query": query, "times": times} for query, times in missing.wordings],
        "nearest": nearest
        and {"id": nearest.id, "question": nearest.question.value, "url": url, "score": missing.score},
    }


def _read_line(line: str) -> Searched | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match row:
        case {"query": str(query), "results": int(results)} if results >= 0 and not isinstance(results, bool):
            query = _plain(query)
            return Searched(query=query, results=results) if query else None
    return None


def _plain(query: str) -> str:
    """Return one line without control characters: anybody can send a query, and it is printed in a terminal."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in query[:LONGEST]).split())


def _counted(searched: Iterable[Searched]) -> Mapping[str, int]:
    """Count each wording, under its most frequent spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in searched:
        folded = "".join(c for c in unicodedata.normalize("NFKC", one.query).casefold() if c.isalnum())
        spellings[folded or one.query][one.query] += 1
    return {min(many, key=lambda text: (-many[text], text)): many.total() for many in spellings.values()}


def _nearest(
    asked: Sequence[Sequence[str]], topics: Sequence[Topic], engine: SimilarityEngine
) -> Sequence[tuple[Topic | None, float]]:
    """Return for each group of wordings the answered topic with the most similar wording, and the similarity."""
    known = [(topic, str(text)) for topic in topics if topic.answered for text in topic.wordings]
    if not known:
        return [(None, 0.0)] * len(asked)
    texts = [text for wordings in asked for text in wordings]
    vectors = engine.vectors([*texts, *(text for _, text in known)])
    found, at = list[tuple[Topic | None, float]](), 0
    for wordings in asked:
        alike = np.max(
            [vectors.similarities_to(number)[len(texts) :] for number in range(at, at + len(wordings))], axis=0
        )
        best, at = int(np.argmax(alike)), at + len(wordings)
        found.append((known[best][0], float(alike[best])))
    return found
