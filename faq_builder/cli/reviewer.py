"""Who reviews: the name that says in whose file decisions are written."""

import os
import subprocess
from argparse import Namespace
from pathlib import Path

from faq_builder.decisions.appending import NOBODY

VARIABLE = "FAQ_REVIEWER"


def reviewer_name(arguments: Namespace, root: Path) -> str:
    """Return the name from `--reviewer`, else from the environment, else git's `user.name`, else "faq"."""
    given = getattr(arguments, "reviewer", None) or os.environ.get(VARIABLE, "")
    return str(given).strip() or _git_name(root) or NOBODY


def _git_name(root: Path) -> str:
    """Return the `user.name` that git knows in the folder of the site; empty without git or a name."""
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False, encoding="utf-8"
        )
    except (OSError, UnicodeDecodeError):
        return ""
    return asked.stdout.strip()
