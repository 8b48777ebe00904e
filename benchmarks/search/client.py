"""The shipped client (theme/assets/faq/client/search.js) under Node, over an index in a folder."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.search.figures import Figure, figure
from faq_builder.search import FOLDER

CLIENT = Path(__file__).parent.parent / "search_client.mjs"


def client(**task: Any) -> list[dict[str, Any]]:
    """The answers to a task (see search_client.mjs)."""
    made = subprocess.run(["node", CLIENT], input=json.dumps(task).encode(), stdout=subprocess.PIPE, check=True)
    answers: list[dict[str, Any]] = json.loads(made.stdout)
    return answers


def write_index(files: Iterable[tuple[str, bytes]], folder: Path) -> Path:
    """Where meta.json of the index lies, written below the folder."""
    (folder / FOLDER).mkdir(parents=True)
    for path, content in files:
        (folder / path).write_bytes(content)
    return folder / FOLDER


def loaded(name: str, method: str, answers: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Bytes of the index as they lie on disk and as a host that compresses sends them, and requests of a search."""
    for metric in ("bytes", "packed", "requests"):
        values = sorted(answer[metric] for answer in answers)
        yield figure(name, method, f"first_search_{metric}_p50", values[len(values) // 2])
        yield figure(name, method, f"first_search_{metric}_p95", values[len(values) * 95 // 100])
