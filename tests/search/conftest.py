"""The client under Node, and a small index of the widget company."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from indexes import document, write_index

CLIENT = Path(__file__).parents[2] / "benchmarks" / "search_client.mjs"


@pytest.fixture(scope="session")
def client() -> Callable[..., Any]:
    """The shipped client under Node: a task as keywords, the answer as parsed JSON."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            pytest.fail("node is not on this machine, and in CI the search client must be tested")
        pytest.skip("node is not on this machine, so the search client cannot be run outside the browser")

    def run(**task: Any) -> Any:
        made = subprocess.run([node, CLIENT], input=json.dumps(task).encode(), capture_output=True, check=False)
        assert made.returncode == 0, made.stderr.decode()
        return json.loads(made.stdout)

    return run


@pytest.fixture(scope="session")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of ten questions about widgets."""
    return write_index(
        [
            document(
                "Why did my red widget shatter in the rain?",
                "Red widgets are not waterproof. Use the blue widget outdoors.",
                slug="red-widget-rain",
                wordings=("It broke after I left it in the garden",),
                tags=("red widget",),
                asked=3,
                places=("Fred's blog", "Widget forum"),
            ),
            document("How do I wash a blue widget?", "With water and soap.", slug="wash-blue"),
            document("Error E1234 when the widget starts", "Update the firmware to 4.10.", slug="e1234"),
            document("Installer fails with 0x80070057", "Run it with --dry-run first.", slug="installer"),
            document("Can I program the widget in C++?", "Yes, and in C# too.", slug="cpp"),
            document("Can I program the widget in C?", "Yes.", slug="c"),
            document("Wie öffne ich das Gehäuse?", "Mit einem Schraubenzieher.", slug="gehaeuse"),
            document("ウィジェットは防水ですか", "青いウィジェットは防水です。", slug="bousui"),
            document("Café mode keeps beeping", "Hold the knob for five seconds.", slug="cafe"),
            document("Where are the widgets made?", "In a small company by the sea.", slug="made"),
        ],
        tmp_path_factory.mktemp("widgets"),
    )
