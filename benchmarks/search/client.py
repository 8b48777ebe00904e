"""Run the shipped client (theme/assets/faq/client/search.js) under Node over an index in a folder."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.search.figures import Figure, figure
from faq_builder.search import FOLDER

CLIENT = Path(__file__).parent.parent / "search_client.mjs"


def run_client(**task: Any) -> list[dict[str, Any]]:
    """Return the answers of the client to a task (see search_client.mjs)."""
    process = subprocess.run(["node", CLIENT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
    answers: list[dict[str, Any]] = json.loads(process.stdout)
    return answers


def write_index(files: Iterable[tuple[str, bytes]], folder: Path) -> Path:
    """Write the files of an index below a folder and return the folder of its meta.json."""
    (folder / FOLDER).mkdir(parents=True)
    for path, content in files:
        (folder / path).write_bytes(content)
    return folder / FOLDER


def load_figures(name: str, method: str, answers: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Yield median and p95 of what a search loads: bytes on disk, bytes as a compressing host sends them, requests."""
    for metric in ("bytes", "packed", "requests"):
        values = sorted(answer[metric] for answer in answers)
        yield figure(name, method, f"first_search_{metric}_p50", values[len(values) // 2])
        yield figure(name, method, f"first_search_{metric}_p95", values[len(values) * 95 // 100])
