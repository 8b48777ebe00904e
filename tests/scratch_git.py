"""Git repositories for tests: a bare origin and clones of it, independent of the git settings of this machine."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from example import ROOT


def skip_without(*programs: str) -> None:
    """Skip the test if a program is not installed."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a test's programs: the commands of this project first, no personal git settings."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


MONA = {f"GIT_{who}_{what}": "mona@widgets.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@dataclass
class Git:
    """A working copy; calling it runs a git command there, which must succeed."""

    folder: Path
    environment: dict[str, str]

    def __call__(self, *arguments: str) -> str:
        result = self.run("git", *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run any command in the working copy."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )


def start_repository(folder: Path, origin: Path) -> Git:
    """Commit the files of a folder to a new repository and push them to a new origin."""
    git = Git(folder, environment(origin.parent) | MONA)
    git("init", "--quiet", "--initial-branch=main")
    git("init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git("remote", "add", "origin", str(origin))
    git("add", "-A")
    git("commit", "--quiet", "-m", "Start")
    git("push", "--quiet", "--set-upstream", "origin", "main")
    return git
