"""Measure which replies are chosen as answers: with the answer marks of the source, without them, and if none helped.

    python -m benchmarks.answers --data DIR --json FILE

Exports are detected in every folder below DIR. Of the threads with an answer mark, `chosen` is the share whose marked
replies are the answer (percent; anything but 100 is a bug). Everything else hides the marks. `right` is the share of
marked threads in which a method names a marked reply:

- simple rules (`first`, `last`, `longest`, `votes`, `thanked` ...), by what somebody might try first;
- `shipped`: the weights in the package. Where they were fitted to the same threads, this flatters;
- `cross-validated`: weights that were fitted to the other threads, in five folds, the mean of three draws;
- `other formats`: weights that were fitted to the formats other than the thread's.

`published` is the share of threads whose choice reaches the threshold of `publish: likely`. It should be small for the
judged threads in which no reply helped (data/no_reply_helped.tsv). `reliability` compares the confidence with the share
that is right.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answer_threads import SOURCE, ReadThread, read_threads
from benchmarks.exports import read_exports
from benchmarks.fit_answers import (
    FOLDS,
    Example,
    Vector,
    choice_numbers,
    example_of,
    fit_both,
    fit_replies,
    folds,
)
from faq_builder.answer.choose import choose_answers
from faq_builder.answer.conversation import Conversation
from faq_builder.answer.features import REPLY_FEATURES
from faq_builder.answer.model import CHOICE_FEATURES, LIKELY
from faq_builder.answer.weights import CHOICE_WEIGHTS, REPLY_WEIGHTS
from faq_builder.config import PublishLevel
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Url

Row = dict[str, Any]  # set, method, metric, value

DRAWS = 3
LEAST_EXAMPLES = 100  # marked threads; fewer are not enough to fit weights of their own
BINS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Chosen:
    """What some weights choose in a thread."""

    of: ReadThread
    confidence: float
    is_right: bool


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.answers", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of exports")
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    rows = list(_mark_rows(arguments.data))
    examples = [example_of(t) for t in read_threads(arguments.data) if t.is_marked or t.judged]
    rows += _rule_rows([e for e in examples if e.of.is_marked])
    rows += _model_rows(examples)
    for row in rows:
        print(f"{row['set']:44} {row['method']:16} {row['metric']:26} {row['value']:7.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _mark_rows(data: Path) -> Iterator[Row]:
    """Yield how many threads are marked, and whether all marks are obeyed."""
    for folder, threads in read_exports(data, SOURCE):
        name = folder.relative_to(data).as_posix()
        marked = [thread for thread in threads if any(m.accepted for m in thread.messages[1:])]
        if marked:
            answered, _ = choose_answers(marked, PublishLevel.MARKED, ResolvedDecisions())
            obeyed = [
                one.answer is not None
                and one.answer.messages == tuple(m.id for m in one.thread.messages[1:] if m.accepted)
                for one in answered
            ]
            yield _row(name, "marked", "threads", len(marked))
            yield _row(name, "marked", "chosen", _percent(obeyed))


def _rule_rows(marked: Sequence[Example]) -> Iterator[Row]:
    """Yield the share of marked replies that each simple rule names, for each format."""
    for name, examples in _by_format(marked):
        shares = {}
        for rule, choose in SIMPLE_RULES.items():
            named = [choose(e.of.talk) for e in examples]
            shares[rule] = _percent(
                i is not None and e.of.talk.thread.messages[i].id in e.of.right
                for i, e in zip(named, examples, strict=True)
            )
            yield _row(name, rule, "right", shares[rule])
        yield _row(name, "best simple rule", "right", max(shares.values()))


def _model_rows(examples: Sequence[Example]) -> Iterator[Row]:
    """Yield what the model chooses: as shipped, cross-validated, and fitted to other formats."""
    shipped = (
        np.array([REPLY_WEIGHTS[name] for name in REPLY_FEATURES]),
        np.array([CHOICE_WEIGHTS[name] for name in CHOICE_FEATURES]),
    )
    chosen = [_chosen(e, *shipped) for e in examples]
    yield from _right_rows("shipped", chosen)
    yield from _published_rows("shipped", chosen)
    if sum(e.of.is_marked for e in examples) < LEAST_EXAMPLES:
        return
    draws = [_cross_validated(examples, seed) for seed in range(DRAWS)]
    yield from _right_rows("cross-validated", [one for draw in draws for one in draw])
    yield from _right_rows("other formats", _by_other_formats(examples))
    pooled = [one for draw in draws for one in draw]
    yield from _published_rows("cross-validated", pooled)
    yield from _reliability_rows("cross-validated", pooled)


def _cross_validated(examples: Sequence[Example], seed: int) -> list[Chosen]:
    """Return what weights choose that were fitted to the threads of other folds."""
    fold = folds(examples, FOLDS, seed)
    chosen: list[Chosen] = []
    for number in range(FOLDS):
        fitted = fit_both([e for e in examples if fold[e.of.identity] != number], seed)
        chosen += [_chosen(e, *fitted) for e in examples if fold[e.of.identity] == number]
    return chosen


def _by_other_formats(examples: Sequence[Example]) -> list[Chosen]:
    """Return what weights choose in the marked threads of a format that were fitted to the other formats."""
    marked = [e for e in examples if e.of.is_marked]
    chosen: list[Chosen] = []
    for name, own in _by_format(marked):
        others = [e for e in marked if e.of.format != name]
        if others:
            fitted = fit_replies(others)
            chosen += [_chosen(e, fitted, np.zeros(len(CHOICE_FEATURES))) for e in own]
    return chosen


def _chosen(example: Example, reply: Vector, choice: Vector) -> Chosen:
    if not len(example.right):
        return Chosen(example.of, 0.0, is_right=False)
    numbers, best = choice_numbers(example, reply)
    confidence = 1 / (1 + np.exp(-float(numbers @ choice)))
    return Chosen(example.of, round(float(confidence), 2), is_right=bool(example.right[best]))


def _right_rows(method: str, chosen: Sequence[Chosen]) -> Iterator[Row]:
    marked = [one for one in chosen if one.of.is_marked]
    for name in sorted({one.of.format for one in marked}):
        yield _row(name, method, "right", _percent(one.is_right for one in marked if one.of.format == name))


def _published_rows(method: str, chosen: Sequence[Chosen]) -> Iterator[Row]:
    """Yield the share that reaches the threshold, and how much of it is right."""
    marked = [one for one in chosen if one.of.is_marked]
    groups = [(f"marked, {name}", [c for c in marked if c.of.format == name]) for name in _formats(marked)]
    groups.append(("marked", marked))
    for label in ("helped", "not_helped", "no_question"):
        groups.append((f"judged {label}", [c for c in chosen if c.of.label == label]))
    groups.append(("judged: no reply helped", [c for c in chosen if c.of.label in ("not_helped", "no_question")]))
    for name, group in groups:
        if group:
            published = [c for c in group if c.confidence >= LIKELY]
            yield _row(name, method, "threads", len({c.of.identity for c in group}))
            yield _row(name, method, "published", _percent(c.confidence >= LIKELY for c in group))
            if published and (name.startswith("marked") or name == "judged helped"):
                yield _row(name, method, "right of the published", _percent(c.is_right for c in published))


def _reliability_rows(method: str, chosen: Sequence[Chosen]) -> Iterator[Row]:
    """Yield for ranges of confidence: how many choices, their mean confidence, and how many are right."""
    known = [one for one in chosen if one.of.label != "unsure"]
    for low, high in pairwise(BINS):
        inside = [one for one in known if low <= one.confidence < high]
        if inside:
            name = f"confidence {low:.1f} to {min(high, 1):.1f}"
            yield _row(name, method, "share of choices", 100 * len(inside) / len(known))
            yield _row(name, method, "mean confidence", 100 * sum(o.confidence for o in inside) / len(inside))
            yield _row(name, method, "right", _percent(one.is_right for one in inside))


def _top_level(talk: Conversation) -> list[int]:
    """Return the possible answers of anybody, without remarks below other replies and comments."""
    top = (None, talk.thread.question.id)
    messages = talk.thread.messages
    kept = [i for i in talk.candidates if messages[i].reply_to in top and not _is_comment(messages[i].url)]
    return kept or list(talk.candidates)


def _is_comment(url: Url | None) -> bool:
    return url is not None and "#comment" in url.value


def _best(talk: Conversation, *keys: Callable[[Conversation, int], float]) -> int | None:
    return max(_top_level(talk), key=lambda i: tuple(key(talk, i) for key in keys), default=None)


def _votes(talk: Conversation, i: int) -> float:
    return talk.thread.messages[i].votes or 0


def _length(talk: Conversation, i: int) -> float:
    return len(talk.thread.messages[i].body.value)


def _thanked(talk: Conversation) -> int | None:
    """Return the reply that the asker's last good word is about, else the last reply."""
    good = [r.to for r in talk.reactions if r.tone.is_good and r.to in talk.candidates]
    return good[-1] if good else max(_top_level(talk), default=None)


SIMPLE_RULES: Mapping[str, Callable[[Conversation], int | None]] = {
    "first": lambda talk: min(_top_level(talk), default=None),
    "last": lambda talk: max(_top_level(talk), default=None),
    "longest": lambda talk: _best(talk, _length),
    "votes": lambda talk: _best(talk, _votes),
    "votes, then length": lambda talk: _best(talk, _votes, _length),
    "thanked": _thanked,
}


def _by_format(examples: Sequence[Example]) -> Iterator[tuple[str, list[Example]]]:
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.of.format].append(example)
    yield from sorted(groups.items())


def _formats(chosen: Sequence[Chosen]) -> list[str]:
    return sorted({one.of.format for one in chosen})


def _percent(truths: Iterable[bool]) -> float:
    values = list(truths)
    return 100 * sum(values) / len(values)


def _row(name: str, method: str, metric: str, value: float) -> Row:
    return {"set": name, "method": method, "metric": metric, "value": value}


if __name__ == "__main__":
    main()
