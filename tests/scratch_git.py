"""Git repositories of a test: a bare origin and clones of it, apart from whatever git is set to on this machine."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from example import ROOT


def skip_without(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def environment(home: Path) -> dict[str, str]:
    """What programs of a test see: the commands of this project first, nobody's settings of git."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


MONA = {f"GIT_{who}_{what}": "mona@widgets.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@dataclass
class Git:
    """A working copy; calling it runs git there, which must succeed."""

    folder: Path
    environment: dict[str, str]

    def __call__(self, *arguments: str) -> str:
        result = self.run("git", *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )


def start_repository(folder: Path, origin: Path) -> Git:
    """The files of a folder as the first commit of a repository, pushed to a new origin."""
    git = Git(folder, environment(origin.parent) | MONA)
    git("init", "--quiet", "--initial-branch=main")
    git("init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git("remote", "add", "origin", str(origin))
    git("add", "-A")
    git("commit", "--quiet", "-m", "Start")
    git("push", "--quiet", "--set-upstream", "origin", "main")
    return git
