"""Measure CPU, time and memory of publishing, from topics to files, compared with plain MkDocs with Material.

    python -m benchmarks.publish --data DIR --json FILE [--sizes 1000,3000,10000] [--methods faq,mkdocs+plugins,mkdocs]

All content is generated (DIR is not read). Every figure but `publish_cpu_s` measures a whole process: start, imports,
reading its input. MkDocs gets the same pages as Markdown outside its navigation, once with the search and tags plugins
and once without plugins. Each method at each size runs in a process of its own, one after the other. `peak_mb` is the
memory of the largest process; our workers are forked from it and share most of it.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import SOURCES, markdown, topics
from faq_builder import pipeline
from faq_builder.config import load_config
from faq_builder.decisions import Targets
from faq_builder.model import Answered, Balance, Grouping, Ledger, Topic
from faq_builder.plugin import Run, build_site

SEED = 20240601
METHODS = ("faq", "mkdocs+plugins", "mkdocs")
COMMON = """site_name: The Widget FAQ
site_url: https://faq.widgets.example/
theme:
  name: material
  font: false
docs_dir: docs
"""
PLAIN = "nav: [index.md]\nnot_in_nav: /q/\n"


def main() -> int:
    """Run the measurements, print a table and write the figures."""
    arguments = _arguments()
    if arguments.worker:
        _publish(arguments.worker)
        return 0
    sizes = [int(size) for size in arguments.sizes.split(",")]
    rows = [row for size in sizes for row in _measure(size, arguments.methods.split(","))]
    _print_table(rows, sizes)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.publish", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="not needed: the content is generated")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--sizes", default="1000,3000,10000", help="how many pages, comma-separated")
    parser.add_argument("--methods", default=",".join(METHODS), help=f"of {', '.join(METHODS)}")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(size: int, methods: list[str]) -> Iterator[dict[str, object]]:
    """Yield the figures of each method at one size, in pages."""
    generated = topics(size, SEED)
    for method in methods:
        with tempfile.TemporaryDirectory(prefix="faq-benchmark-") as name:
            folder = Path(name)
            command = _write_input(folder, generated, method)
            figures = _figures_of_run(command, folder)
            print(f"{size} pages with {method}: {figures['cpu_s']} CPU s", file=sys.stderr, flush=True)
            for metric, value in figures.items():
                yield {"set": f"generated-{size}", "method": method, "metric": metric, "value": value}


def _write_input(folder: Path, generated: list[Topic], method: str) -> list[str]:
    """Write the input of a method and return the command that builds it."""
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Widgets\n", encoding="utf-8")
    settings = folder / "mkdocs.yml"
    if method == "faq":
        sources = "".join(f"        - {{key: {key}, place: The {key}, permission: full}}\n" for key in SOURCES)
        settings.write_text(f"{COMMON}plugins:\n  - faq:\n      sources:\n{sources}", encoding="utf-8")
        (folder / "topics.pickle").write_bytes(pickle.dumps(generated))
        return [sys.executable, "-m", "benchmarks.publish", "--worker", str(folder)]
    settings.write_text(
        COMMON + PLAIN + ("plugins: [search, tags]\n" if method == "mkdocs+plugins" else "plugins: []\n"),
        encoding="utf-8",
    )
    (folder / "docs" / "q").mkdir()
    by_id = {topic.id: topic for topic in generated}
    for topic in generated:
        (folder / "docs" / "q" / f"{topic.slug}.md").write_text(markdown(topic, by_id), encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(settings)]


def _figures_of_run(command: list[str], folder: Path) -> dict[str, float]:
    """Run a command; return what it and its children used (CPU s, wall s, peak MB) and what it wrote (files, MB)."""
    started = time.monotonic()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, env={**os.environ, "PYTHONHASHSEED": "0"})
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"benchmarks.publish: the command failed: {' '.join(command)}")
    files = [file for file in (folder / "site").rglob("*") if file.is_file()]
    text = (folder / "output").read_text(encoding="utf-8")
    return {
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
        "wall_s": round(time.monotonic() - started, 2),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
        "files": len(files),
        "output_mb": round(sum(file.stat().st_size for file in files) / 1e6, 1),
        **(json.loads(text) if text.startswith("{") else {}),
    }


def _publish(folder: Path) -> None:
    """Run the publish stage over the generated topics in this process."""
    generated: list[Topic] = pickle.loads((folder / "topics.pickle").read_bytes())
    prepared = _prepared(folder, generated)
    pipeline.prepare = lambda *_: prepared  # skips all stages before publishing
    started = _cpu_seconds()
    run = Run(options=pipeline.Options(), progress=lambda _step, _done, _total: None)
    build_site(folder / "mkdocs.yml", run)
    print(json.dumps({"publish_cpu_s": round(_cpu_seconds() - started, 2)}))


def _cpu_seconds() -> float:
    """Return the CPU seconds of this process and its workers so far."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _prepared(folder: Path, generated: list[Topic]) -> pipeline.Prepared:
    """Return what the stages before publishing would give for these topics."""
    answered = tuple(Answered(member.thread, member.answer) for topic in generated for member in topic.members)
    messages = sum(len(one.thread.messages) for one in answered)
    count = len(answered)
    balance = Balance(threads_read=count, threads_public=count, messages_read=messages, messages_public=messages)
    return pipeline.Prepared(
        config=load_config(folder / "mkdocs.yml")[0],
        answered=answered,
        balance=balance,
        grouping=Grouping(topics=tuple(generated)),
        ledger=Ledger(),
        files={},
        now=pipeline.newest([one.thread for one in answered]),
        taken_out={},
        targets=Targets.of((), Ledger(), None, ()),
        diagnostics=(),
    )


def _print_table(rows: list[dict[str, object]], sizes: list[int]) -> None:
    """Print a block for each method, with one column for each size."""
    values = {(row["method"], row["metric"], row["set"]): row["value"] for row in rows}
    print(f"{'method':16}{'metric':16}" + "".join(f"{size:>12,}" for size in sizes))
    for method, metric in dict.fromkeys((row["method"], row["metric"]) for row in rows):
        figures = (values.get((method, metric, f"generated-{size}"), "") for size in sizes)
        print(f"{method:16}{metric:16}" + "".join(f"{figure:>12}" for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
