"""The example site of this repository, for tests that change it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def copy_example(to: Path) -> Path:
    """A copy of the example's content and configuration; gives its mkdocs.yml."""
    shutil.copytree(ROOT / "content", to / "content", ignore=shutil.ignore_patterns("exports"))
    shutil.copy(ROOT / "mkdocs.yml", to)
    return to / "mkdocs.yml"
