"""Writes files by atomic rename, so each file is old or new at any moment, never half written.

Every module that writes a site or a text file uses this one. Its rules for a site folder:

- The first build refuses a folder that already contains files (except dotfiles such as `.git`).
- The list `.faq-files` in the folder names the files that faq wrote. Only those are ever deleted; a file that somebody
  else put there stays, unless a page of the site has its path.
- The journal `.faq-journal` names files that are new to the folder *before* they appear there. If a build is killed,
  the next build recovers: it reads the journal and so knows these files too.
- Files are written in the staging folder `.faq-new/` and renamed into place.
"""

import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from faq_builder.base.diagnostics import Diagnostic, Location, UsageError

FILE_LIST = ".faq-files"
JOURNAL = ".faq-journal"
STAGING = ".faq-new"

_NOT_A_PATH = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:|(?:^|/)(?:\.{0,2})(?:/|$)")


@dataclass(frozen=True, kw_only=True)
class WriteResult:
    """How many files a build added, changed, left as they were and deleted; findings about files it could not write."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> int:
        """How many files the site has now."""
        return self.added + self.changed + self.unchanged


def write_site(files: Iterable[tuple[str, bytes]], site_dir: Path, keep: Collection[str] = ()) -> WriteResult:
    """Write (path, content) files in the order given, then delete files that only an earlier build wrote.

    A file that exists at a path in `keep` is not touched, nor is a file that already has the same bytes. Paths are
    relative and use `/`. If two paths differ only in case or Unicode form, the first is written and the second
    reported. Raises ValueError for a path that leaves the folder (a bug), UsageError if the folder has files that faq
    did not write.
    """
    folder = _SiteFolder(site_dir)
    folder.open()
    try:
        for path, content in files:
            if path in keep and (site_dir / path).is_file():
                folder.written.add(path)
            else:
                folder.put_file(path, content)
    finally:
        folder.close_journal()
    return folder.finish()


def write_text_file(path: Path, text: str) -> bool:
    """Write a text file in UTF-8, in the same way as `write_file`."""
    return write_file(path, text.encode("utf-8"))


def write_file(path: Path, content: bytes) -> bool:
    """Write a file by atomic rename and return whether its content changed.

    A link is followed: the file that it points to is replaced, and the link stays.
    """
    target = path.resolve()
    if _has_content(target, content):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace_file(target, content, target.with_name(f".{target.name}.new"))
    return True


def delete_file(path: Path) -> None:
    """Delete a file; do nothing if it does not exist."""
    path.unlink(missing_ok=True)


@dataclass
class _SiteFolder:
    """A site folder while it is being written."""

    root: Path
    earlier: set[str] = field(default_factory=set)  # paths that earlier builds wrote
    written: set[str] = field(default_factory=set)  # paths of this build
    path_of_caseless: dict[str, str] = field(default_factory=dict)  # caseless form -> path; a directory ends with "/"
    directories: set[Path] = field(default_factory=set)  # directories that exist and lie inside the folder
    added: int = 0
    changed: int = 0
    deleted: int = 0
    journal: BinaryIO | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def open(self) -> None:
        """Create the folder or check that faq wrote it, and recover from a build that was killed."""
        known = self.root / FILE_LIST, self.root / JOURNAL
        if not any(file.is_file() for file in known):
            _refuse_foreign_folder(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.root = self.root.resolve()
        self.directories.add(self.root)
        self.earlier = {path for file in known for path in _read_paths(file)}
        shutil.rmtree(self.root / STAGING, ignore_errors=True)
        (self.root / STAGING).mkdir()
        self.journal = (self.root / JOURNAL).open("ab", buffering=0)
        self.journal.write(b"\n")  # ends a line that a killed build wrote half

    def put_file(self, path: str, content: bytes) -> None:
        """Write one file, unless it has the same content already."""
        _check_site_path(path)
        if not self._is_free(path):
            return
        self.written.add(path)
        target = self.root / path
        if _has_content(target, content):
            return
        if path in self.earlier and target.is_file():
            self.changed += 1
        else:
            self.added += 1
            assert self.journal is not None
            self.journal.write(path.encode("utf-8") + b"\n")
        self._make_room(path, target)
        self._make_directory(target.parent)
        _replace_file(target, content, self.root / STAGING / "file")

    def close_journal(self) -> None:
        """Close the journal. Its file stays until the list of files is written."""
        if self.journal is not None:
            self.journal.close()

    def finish(self) -> WriteResult:
        """Delete files that are no longer part of the site, and write the list of those that are."""
        for path in sorted(self.earlier - self.written):
            twin = self.root / self.path_of_caseless.get(_caseless(path), FILE_LIST)
            if not twin.exists() or not (self.root / path).exists() or not twin.samefile(self.root / path):
                self._delete(path)  # the twin is this very file if the file system ignores case
        content = "".join(f"{path}\n" for path in sorted(self.written)).encode("utf-8")
        if not _has_content(self.root / FILE_LIST, content):
            _replace_file(self.root / FILE_LIST, content, self.root / STAGING / "file")
        (self.root / JOURNAL).unlink()
        shutil.rmtree(self.root / STAGING)
        return WriteResult(
            added=self.added,
            changed=self.changed,
            unchanged=len(self.written) - self.added - self.changed,
            deleted=self.deleted,
            diagnostics=tuple(self.diagnostics),
        )

    def _is_free(self, path: str) -> bool:
        """Whether no other file or directory of this build has the path; report the clash otherwise."""
        caseless = _caseless(path)
        taken = self.path_of_caseless.get(caseless)
        parts = caseless.split("/")
        parents = ["/".join(parts[:n]) for n in range(1, len(parts))]
        taken = taken or next(
            (self.path_of_caseless[p] for p in parents if self.path_of_caseless.get(p, "/")[-1] != "/"), None
        )
        if taken is not None:
            self.diagnostics.append(_path_clash_finding(path, taken))
            return False
        self.path_of_caseless[caseless] = path
        for parent in parents:
            self.path_of_caseless.setdefault(parent, f"{parent}/")
        return True

    def _make_directory(self, directory: Path) -> None:
        """Create a directory and its parents. A link is refused, as it may point to a folder outside the site."""
        if directory in self.directories:
            return
        self._make_directory(directory.parent)
        path = directory.relative_to(self.root)
        if path.as_posix() in self.earlier and not directory.is_dir():
            self._delete(path.as_posix())  # an earlier build had a file of this name
        try:
            directory.mkdir()
        except FileExistsError:
            if directory.is_symlink():
                raise _foreign_file_error(path, "a folder of the site is a link to somewhere else") from None
            if not directory.is_dir():
                raise _foreign_file_error(path, "a file exists where the site needs a folder") from None
        self.directories.add(directory)

    def _make_room(self, path: str, target: Path) -> None:
        """Delete a directory of an earlier build whose path a file needs now."""
        if target.is_dir() and not target.is_symlink():
            for old in sorted(old for old in self.earlier if old.startswith(f"{path}/")):
                self._delete(old)
            self.directories = {self.root}
            if target.is_dir():
                raise _foreign_file_error(Path(path), "a folder exists where the site needs a file")

    def _delete(self, path: str) -> None:
        """Delete a file of an earlier build and the directories that become empty."""
        target = self.root / path
        if target.is_dir() or not target.parent.resolve().is_relative_to(self.root):
            return
        try:
            target.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return
        self.deleted += 1
        for parent in target.parents:
            if parent == self.root:
                return
            try:
                parent.rmdir()
            except OSError:  # not empty
                return


def _check_site_path(path: str) -> None:
    """Raise ValueError if a path is not that of a file below the site's root, or is one of the build's own files."""
    if not path or _NOT_A_PATH.search(path) or path.startswith((FILE_LIST, JOURNAL, STAGING)):
        raise ValueError(f"{path!r} is not the path of a file below the site's root")


def _caseless(path: str) -> str:
    """Return a path as file systems compare it that ignore case or normalise Unicode: "Q/Café" -> "q/café"."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _path_clash_finding(path: str, taken: str) -> Diagnostic:
    """Return the finding for a file whose path is equal or too similar to one that is taken."""
    message = "two files of the site have the same path" if path == taken else f"its path clashes with {taken}"
    return Diagnostic(
        code="FAQ701",
        where=Location(path=path),
        message=f"{message}; only the first was written",
        help="rename one of them; paths must differ in more than upper and lower case",
    )


def _refuse_foreign_folder(root: Path) -> None:
    """Raise UsageError if a folder contains files."""
    if root.exists() and (not root.is_dir() or any(not entry.name.startswith(".") for entry in root.iterdir())):
        raise _foreign_file_error(Path(root.name), "the site folder holds files that faq did not write")


def _foreign_file_error(path: Path, message: str) -> UsageError:
    """Return the error for a site folder with something in it that faq must not touch."""
    advice = "empty the site folder, or choose another one with site_dir in mkdocs.yml"
    return UsageError(Diagnostic(code="FAQ702", where=Location(path=path.as_posix()), message=message, help=advice))


def _read_paths(file: Path) -> Iterator[str]:
    """Yield the paths in a list of files; skip lines that are not site paths (in an edited or half-written list)."""
    try:
        lines = file.read_bytes().decode("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return
    for line in lines:
        with suppress(ValueError):
            _check_site_path(line)
            yield line


def _has_content(target: Path, content: bytes) -> bool:
    """Whether a path is a regular file (not a link) with exactly this content."""
    try:
        return target.stat().st_size == len(content) and not target.is_symlink() and target.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _replace_file(target: Path, content: bytes, scratch: Path) -> None:
    """Replace a file atomically: write a scratch file in the same file system and rename it."""
    scratch.write_bytes(content)
    scratch.replace(target)
