"""Write the files of a new site (`starter/`) that a folder does not have yet."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError
from faq_builder.base.files import write_file
from faq_builder.staff.requirement import FROM_AN_INDEX, Requirement

STARTER = Path(__file__).parents[1] / "starter"
CONFIG = "mkdocs.yml"
SAMPLE = "content/threads/sample.md"
REQUIREMENTS = "requirements.txt"


@dataclass(frozen=True, kw_only=True)
class Started:
    """The files that were written, and those that existed and stayed as they are.

    `lacking` is a file that the new requirements.txt names and that does not exist yet, None if there is no such file.
    """

    written: tuple[str, ...]
    left: tuple[str, ...]
    lacking: str | None = None


def starter_files() -> Mapping[str, str]:
    """Return the text of each file of a new site, by its path; files that begin with `#!` become executable."""
    files = (path for path in STARTER.rglob("*") if path.is_file())
    return {path.relative_to(STARTER).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}


def missing(files: Mapping[str, str], present: frozenset[str]) -> Mapping[str, str]:
    """Return the files that a folder still needs; a site that exists does not get the sample thread again."""
    unwanted = present | {SAMPLE} if CONFIG in present else present
    return {path: text for path, text in files.items() if path not in unwanted}


def start(folder: Path, required: Requirement) -> Started:
    """Write the files of a new site that the folder does not have; raises UsageError if one cannot be written.

    A new requirements.txt names what is required; the file that it names is copied beside it, if that file is there.
    """
    files = starter_files()
    present = frozenset(path for path in files if _is_there(folder / path))
    new = {path: text.encode("utf-8") for path, text in missing(files, present).items()}
    lacking = None
    if REQUIREMENTS in new:
        new[REQUIREMENTS] = new[REQUIREMENTS].replace(FROM_AN_INDEX.encode(), required.line.encode())
        if required.file and not _is_there(folder / required.file):
            if content := _installed_file(required):
                new[required.file] = content
            else:
                lacking = required.file
    for path, data in new.items():
        _write(folder, path, data)
    return Started(written=tuple(new), left=tuple(sorted(present)), lacking=lacking)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _installed_file(required: Requirement) -> bytes | None:
    """Read the wheel that was installed; None if there was none, or if it is gone or may not be read."""
    try:
        return required.source.read_bytes() if required.source else None
    except OSError:
        return None


def _write(folder: Path, path: str, content: bytes) -> None:
    try:
        write_file(folder / path, content)
        if content.startswith(b"#!"):
            (folder / path).chmod((folder / path).stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: str, error: OSError) -> UsageError:
    message = f"the file cannot be written: {(error.strerror or 'unknown reason').lower()}"
    advice = "give a folder that you may write to, for example a new one"
    return UsageError(Diagnostic(code="FAQ108", where=Location(path=path), message=message, help=advice))
