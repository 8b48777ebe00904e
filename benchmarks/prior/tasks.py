"""What can be done with a cloud, in short titles: "To create a bucket", "List all Spark pools"."""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.prior.lines import lines

_HELP = re.compile(r"(?:- name|short-summary|text):\s*[\"'|>]?\s*(.+?)[\"']?$", re.MULTILINE)


def aws(package: Path) -> list[str]:
    """Titles of the AWS command line's examples: "**To create a bucket**"."""
    return list(lines(_aws(package)))


def azure(package: Path) -> list[str]:
    """Summaries of the Azure command line's commands and titles of its examples, in YAML or docstrings."""
    return list(lines(_azure(package)))


def _aws(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("examples/**/*.rst")):
        for title in re.findall(r"^\*\*([^*]+)\*\*", _text(path), re.MULTILINE):
            yield re.sub(r"``|^Example \d+:\s*|^\d+\.\s*", "", title)


def _azure(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("_help.py")):
        yield from _HELP.findall(_text(path))
    for path in sorted(package.rglob("aaz/**/*.py")):
        text = _text(path)
        yield from _HELP.findall(text)
        yield from re.findall(r'"""(\w[^"\n]+)', text)
        yield from re.findall(r"^\s+:example:\s*(.+)$", text, re.MULTILINE)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
