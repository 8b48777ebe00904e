"""Titles of tasks in the help of two cloud command lines: "To create a bucket", "List all Spark pools"."""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pretrained.lines import clean_lines

_HELP = re.compile(r"(?:- name|short-summary|text):\s*[\"'|>]?\s*(.+?)[\"']?$", re.MULTILINE)


def aws(package: Path) -> list[str]:
    """Return the titles of the examples of the AWS command line: "**To create a bucket**"."""
    return list(clean_lines(_aws_titles(package)))


def azure(package: Path) -> list[str]:
    """Return summaries of commands and titles of examples of the Azure command line, from YAML and docstrings."""
    return list(clean_lines(_azure_titles(package)))


def _aws_titles(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("examples/**/*.rst")):
        for title in re.findall(r"^\*\*([^*]+)\*\*", _text(path), re.MULTILINE):
            yield re.sub(r"``|^Example \d+:\s*|^\d+\.\s*", "", title)


def _azure_titles(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("_help.py")):
        yield from _HELP.findall(_text(path))
    for path in sorted(package.rglob("aaz/**/*.py")):
        text = _text(path)
        yield from _HELP.findall(text)
        yield from re.findall(r'"""(\w[^"\n]+)', text)
        yield from re.findall(r"^\s+:example:\s*(.+)$", text, re.MULTILINE)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
