"""What the client does on a host that fails, and on one that publishes anew."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from indexes import write_files
from test_search_meaning import TOPICS, Synonyms, many

from faq_builder.search import build_index, new_fit

HOST = Path(__file__).parent / "failing_host.mjs"


def searched(*steps: dict[str, Any]) -> Any:
    node = shutil.which("node")
    if node is None and not os.environ.get("CI"):
        pytest.skip("node is not on this machine")
    assert node
    made = subprocess.run([node, HOST], input=json.dumps({"steps": steps}), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.fixture
def index(tmp_path: Path) -> str:
    return made(tmp_path, [*many(300), *TOPICS])


def made(folder: Path, topics) -> str:
    return str(write_files(build_index(topics, language="en", fit=new_fit(topics, Synonyms(), "en")), folder))


def test_what_was_loaded_is_still_found_offline(index: str) -> None:
    online, offline = {"index": index, "query": "garden"}, {"index": index, "query": "garden", "failing": "."}
    filtered = {**offline, "options": {"filters": {"tag": ["soap"]}}}
    first, again, failed, after = searched(online, offline, filtered, offline)
    assert first[0] == ["q/garden/"]
    assert len(first[1]) > 1
    assert first[:2] == again[:2] == after[:2]
    assert failed == [None, None, True]


def test_a_search_without_its_meaning_looks_for_a_new_index(index: str) -> None:
    known, asked = {"index": index, "query": "price"}, {"index": index, "query": str(many(300)[7].question)}
    first, without, again = searched(known, {**asked, "failing": "^rows"}, asked)
    assert first[1]
    assert without[0][0] == "q/t7/"
    assert without[1:] == [None, True]
    assert again[1][0] == "q/t7/"
    assert not again[2]
