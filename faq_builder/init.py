"""The files that a new site starts with, and writing those that a folder does not have yet.

They lie in starter/ as they will stand in the folder.
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from faq_builder.diagnostics import Diagnostic, Location, UsageError
from faq_builder.write import write_text_file

STARTER = Path(__file__).parent / "starter"
CONFIG = "mkdocs.yml"
SAMPLE = "content/threads/sample.md"


@dataclass(frozen=True, kw_only=True)
class Started:
    """Which files were written, and which were there and stayed as they are."""

    written: tuple[str, ...]
    left: tuple[str, ...]


def starter_files() -> Mapping[str, str]:
    """The text of each file of a new site, by its path; those that begin with `#!` are programs."""
    files = (path for path in STARTER.rglob("*") if path.is_file())
    return {path.relative_to(STARTER).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}


def missing(files: Mapping[str, str], present: frozenset[str]) -> Mapping[str, str]:
    """The files that a folder still needs; a site that was started before does not get the sample thread back."""
    unwanted = present | {SAMPLE} if CONFIG in present else present
    return {path: text for path, text in files.items() if path not in unwanted}


def start(folder: Path) -> Started:
    """Write the files of a new site that the folder does not have; raises UsageError where one cannot be written."""
    files = starter_files()
    present = frozenset(path for path in files if (folder / path).exists() or (folder / path).is_symlink())
    new = missing(files, present)
    for path, text in new.items():
        try:
            write_text_file(folder / path, text)
            if text.startswith("#!"):
                (folder / path).chmod((folder / path).stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        except OSError as error:
            raise _cannot_write(path, error) from None
    return Started(written=tuple(new), left=tuple(sorted(present)))


def _cannot_write(path: str, error: OSError) -> UsageError:
    message = f"the file cannot be written: {(error.strerror or 'unknown reason').lower()}"
    advice = "name a folder that can be written to, such as a new one"
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=path), message=message, help=advice))
