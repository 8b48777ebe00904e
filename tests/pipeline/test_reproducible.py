"""The same input gives the same bytes, whatever the folder, the order of files, the number of workers, the command."""

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from example import copy_example
from faq_builder.cli import main


def contents(site: Path) -> dict[str, bytes]:
    """Return the content of every file of a site, by path."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def run(command: list[str], folder: Path) -> None:
    """Run a module in a process of its own, since workers are forked and MkDocs has its own command."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr


def shuffled_copy(folder: Path) -> None:
    """Copy the example, with its files created in another order and below another folder."""
    copy_example(folder / "first")
    files = [p for p in (folder / "first").rglob("*") if p.is_file()]
    random.Random(7).shuffle(files)
    for path in files:
        target = folder / "elsewhere/deeper" / path.relative_to(folder / "first")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        os.utime(target, (1, 1))


def test_folder_file_order_and_number_of_workers_change_nothing(example_site: Path, tmp_path: Path) -> None:
    shuffled_copy(tmp_path)
    elsewhere = tmp_path / "elsewhere/deeper"
    run(["faq_builder", "build", "--jobs", "2"], elsewhere)
    assert contents(elsewhere / "site") == contents(example_site)


def test_mkdocs_build_gives_the_same_files(example_site: Path, tmp_path: Path) -> None:
    copy_example(tmp_path)
    run(["mkdocs", "build"], tmp_path)
    assert contents(tmp_path / "site") == contents(example_site)


def test_properdocs_gives_the_same_files_but_for_its_name(example_site: Path, tmp_path: Path) -> None:
    pytest.importorskip("properdocs", reason="properdocs is not installed")
    copy_example(tmp_path)
    run(["properdocs", "build", "-f", "mkdocs.yml"], tmp_path)
    generator = re.compile(rb'<meta name="generator" content="([^"]*)">')
    theirs, ours = contents(tmp_path / "site"), contents(example_site)
    names = {name for content in theirs.values() for name in generator.findall(content)}
    assert all(b"ProperDocs" in name for name in names)
    assert len(names) == 1, "or it was MkDocs that built"
    assert {p: generator.sub(b"", c) for p, c in theirs.items()} == {p: generator.sub(b"", c) for p, c in ours.items()}


def test_a_second_build_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = copy_example(tmp_path)
    assert main(["build", "-f", str(config)]) == 0
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()}
    capsys.readouterr()
    assert main(["build", "-f", str(config)]) == 0
    assert "0 new, 0 changed" in capsys.readouterr().out
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()} == before
