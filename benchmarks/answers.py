"""Measure which replies are chosen as answers, with the answer marks of the source and without them.

    python -m benchmarks.answers --data DIR --json FILE

Exports are detected in every folder below DIR. Of the threads with an answer mark, `chosen` is the share whose marked
replies are the answer (percent; anything but 100 is a bug). Then the marks are hidden: for each rule, `speaks` is the
share of threads in which the rule names a reply, and `right` the share of these replies that the source marks.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from faq_builder.answer.choose import choose_answers
from faq_builder.config import Permission, PublishLevel, RedactRules, Source
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import PublicThread, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.redact import redact_threads

SOURCE = Source(key="real", place="real", permission=Permission.FULL, base_url=Url("https://widgets.example/"))


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.answers", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of exports")
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for name, threads in marked_threads(arguments.data):
        rows += [{"set": name, **row} for row in answer_figures(threads)]
    for row in rows:
        print(f"{row['set']:42} {row['method']:10} {row['metric']:8} {row['value']:7.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def marked_threads(data: Path) -> Iterator[tuple[str, list[PublicThread]]]:
    """Yield each export below a folder with its threads that have an answer mark; nested exports count once."""
    read: list[Path] = []
    for folder in sorted(path for path in (data, *data.rglob("*")) if path.is_dir()):
        if any(parent in read for parent in folder.parents):
            continue
        try:
            reading = read_export(open_export(folder), SOURCE)
        except ExportError:
            continue
        read.append(folder)
        public = redact_threads(reading.threads, {SOURCE.key: SOURCE}, RedactRules()).threads
        marked = [thread for thread in public if any(m.accepted for m in thread.messages[1:])]
        if marked:
            yield folder.relative_to(data).as_posix(), marked


def answer_figures(threads: list[PublicThread]) -> Iterator[dict[str, Any]]:
    """Yield the figures of one export."""
    marks = [tuple(m.id for m in thread.messages[1:] if m.accepted) for thread in threads]
    answered, _ = choose_answers(threads, PublishLevel.MARKED, ResolvedDecisions())
    answers = [one.answer for one in answered]
    chosen = sum(answer is not None and answer.messages == ids for answer, ids in zip(answers, marks, strict=True))
    yield {"method": "marked", "metric": "threads", "value": len(threads)}
    yield {"method": "marked", "metric": "chosen", "value": 100 * chosen / len(threads)}
    unmarked = [replace(t, messages=tuple(replace(m, accepted=False) for m in t.messages)) for t in threads]
    guesses, _ = choose_answers(unmarked, PublishLevel.ALL, ResolvedDecisions())
    speaks: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for guess, ids in zip((one.answer for one in guesses), marks, strict=True):
        if guess is not None:
            speaks[guess.reason.value] += 1
            right[guess.reason.value] += guess.messages[0] in ids
    for reason, count in sorted(speaks.items()):
        yield {"method": reason, "metric": "speaks", "value": 100 * count / len(threads)}
        yield {"method": reason, "metric": "right", "value": 100 * right[reason] / count}
    yield {"method": "all rules", "metric": "right", "value": 100 * right.total() / len(threads)}


if __name__ == "__main__":
    main()
