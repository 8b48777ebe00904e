"""Format findings as GitHub and GitLab show them beside the lines of a pull request."""

import hashlib
import json
import re
from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Severity
from faq_builder.base.files import write_text_file

_GITHUB = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}
_GITLAB = {Severity.INFO: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}

_IN_MESSAGES = re.compile(r"[%\r\n]")  # characters that workflow commands require to be escaped
_IN_PROPERTIES = re.compile(r"[%\r\n:,]")


def annotate(arguments: Namespace, diagnostics: Collection[Diagnostic]) -> None:
    """Print or write findings for the code host that the arguments name, if they name one."""
    if not (arguments.annotate or arguments.code_quality):
        return
    config: Path = arguments.config_file
    paths = {diagnostic.where.path for diagnostic in diagnostics}
    files = {path for path in paths if (config.parent / path).is_file()}
    if arguments.annotate:
        print(github_annotations(diagnostics, files), end="")
    if arguments.code_quality:
        write_text_file(arguments.code_quality, code_quality(diagnostics, files, config.name))


def github_annotations(diagnostics: Iterable[Diagnostic], files: Collection[str]) -> str:
    """Return one workflow command a line, the worst first, because GitHub shows only ten of each level.

    A finding outside the `files` of the repository is shown for the whole run.
    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    return "".join(f"{_github(diagnostic, files)}\n" for diagnostic in _worst_first(diagnostics))


def code_quality(diagnostics: Iterable[Diagnostic], files: Collection[str], otherwise: str) -> str:
    """Return GitLab's Code Quality report, which demands a file and a line; findings without a file get `otherwise`.

    A fingerprint does not depend on lines, because GitLab tells by it which findings are new.
    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    seen: Counter[str] = Counter()
    records = []
    for diagnostic in _worst_first(diagnostics):
        where, in_file = diagnostic.where, diagnostic.where.path in files
        place = (where.path, where.line or 1) if in_file else (otherwise, 1)
        identity = f"{diagnostic.code} {where.path} {where.item} {diagnostic.message}"
        seen[identity] += 1
        records.append(
            {
                "description": _text(diagnostic, in_file=in_file),
                "check_name": diagnostic.code,
                "fingerprint": hashlib.sha256(f"{identity} {seen[identity]}".encode()).hexdigest(),
                "severity": _GITLAB[diagnostic.level],
                "location": {"path": place[0], "lines": {"begin": place[1]}},
            }
        )
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _github(diagnostic: Diagnostic, files: Collection[str]) -> str:
    where, in_file = diagnostic.where, diagnostic.where.path in files
    place = {"file": where.path, "line": str(where.line or 1)} if in_file else {}
    column = {"col": str(where.column)} if in_file and where.column else {}
    properties = {**place, **column, "title": diagnostic.code}
    listed = ",".join(f"{name}={_percent(text, _IN_PROPERTIES)}" for name, text in properties.items())
    message = _percent(_text(diagnostic, in_file=in_file), _IN_MESSAGES)
    return f"::{_GITHUB[diagnostic.level]} {listed}::{message}"


def _text(diagnostic: Diagnostic, *, in_file: bool) -> str:
    """Return message and help, with the location if the annotation does not show it."""
    where = diagnostic.where
    place = where.item if in_file else str(where)
    lines = (f"{place}: {diagnostic.message}" if place else diagnostic.message, diagnostic.help)
    return "\n".join(filter(None, lines))


def _percent(text: str, special: re.Pattern[str]) -> str:
    return special.sub(lambda match: f"%{ord(match[0]):02X}", text)


def _worst_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: -diagnostic.level.rank)
