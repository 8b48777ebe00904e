"""Files to disk, one by one: each is old or new, never half; whatever writes a site or a text file uses this.

What belongs to us: the first build refuses a folder that already holds files (dotfiles such as `.git` apart). From then
on a list in the folder (`.faq-files`) names what we wrote. Only that is ever deleted; a file that someone put there
stays, unless a page of ours has its path. Files that are new to the folder are noted in `.faq-journal` *before* they
appear, so the build after a killed one knows them, too. Files are prepared in `.faq-new/` and renamed into place.
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

LIST = ".faq-files"
JOURNAL = ".faq-journal"
NEW = ".faq-new"

_NOT_A_PATH = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:|(?:^|/)(?:\.{0,2})(?:/|$)")


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many files a build added, changed, left untouched and deleted, and what could not be written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.added + self.changed + self.unchanged


def write_site(files: Iterable[tuple[str, bytes]], site_dir: Path, keep: Collection[str] = ()) -> Written:
    """Write the files in the order given, then delete what an earlier build of ours wrote and this one did not.

    Files at the paths to `keep` stay as they are where they are there. A file whose bytes are the same stays untouched.
    Paths are relative with `/`; of two paths that differ only in case or Unicode form the first is written and the
    second reported. Raises ValueError for a path that leaves the folder (a bug), UsageError where the folder is not
    ours to write to.
    """
    folder = _Folder(site_dir)
    folder.open()
    try:
        for path, content in files:
            if path in keep and (site_dir / path).is_file():
                folder.done.add(path)
            else:
                folder.put(path, content)
    finally:
        folder.close_journal()
    return folder.finish()


def write_text_file(path: Path, text: str) -> bool:
    """Write a text file as UTF-8, as `write_file` does it."""
    return write_file(path, text.encode("utf-8"))


def write_file(path: Path, content: bytes) -> bool:
    """Write a file so that it is old or new at any moment; whether it changed.

    A link is followed: the file behind it is replaced and the link stays.
    """
    target = path.resolve()
    if _same(target, content):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, content, target.with_name(f".{target.name}.new"))
    return True


def delete_file(path: Path) -> None:
    """Delete a file; one that is gone already is no mistake."""
    path.unlink(missing_ok=True)


@dataclass
class _Folder:
    """A site folder while it is being written."""

    root: Path
    ours: set[str] = field(default_factory=set)  # what earlier builds wrote
    done: set[str] = field(default_factory=set)
    folded: dict[str, str] = field(default_factory=dict)  # caseless form -> the path that has it
    ready: set[Path] = field(default_factory=set)  # directories that exist and lie inside
    added: int = 0
    changed: int = 0
    deleted: int = 0
    journal: BinaryIO | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def open(self) -> None:
        """Make the folder ours, or find out that it is; clear away what a killed build left."""
        known = self.root / LIST, self.root / JOURNAL
        if not any(file.is_file() for file in known):
            _refuse_foreign(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.root = self.root.resolve()
        self.ready.add(self.root)
        self.ours = {path for file in known for path in _read_list(file)}
        shutil.rmtree(self.root / NEW, ignore_errors=True)
        (self.root / NEW).mkdir()
        self.journal = (self.root / JOURNAL).open("ab", buffering=0)
        self.journal.write(b"\n")  # ends a line that a killed build left half written

    def put(self, path: str, content: bytes) -> None:
        """Write one file, unless it is there already."""
        _check(path)
        if not self._is_free(path):
            return
        self.done.add(path)
        target = self.root / path
        if _same(target, content):
            return
        if path in self.ours and target.is_file():
            self.changed += 1
        else:
            self.added += 1
            assert self.journal is not None
            self.journal.write(path.encode("utf-8") + b"\n")
        self._make_room(path, target)
        self._make_directory(target.parent)
        _replace(target, content, self.root / NEW / "file")

    def close_journal(self) -> None:
        """Close the journal; it stays until the list is written."""
        if self.journal is not None:
            self.journal.close()

    def finish(self) -> Written:
        """Delete what is no longer part of the site and write down what is."""
        for path in sorted(self.ours - self.done):
            twin = self.root / self.folded.get(_caseless(path), LIST)
            if not twin.exists() or not (self.root / path).exists() or not twin.samefile(self.root / path):
                self._delete(path)  # the twin is this very file where the file system ignores case
        content = "".join(f"{path}\n" for path in sorted(self.done)).encode("utf-8")
        if not _same(self.root / LIST, content):
            _replace(self.root / LIST, content, self.root / NEW / "file")
        (self.root / JOURNAL).unlink()
        shutil.rmtree(self.root / NEW)
        return Written(
            added=self.added,
            changed=self.changed,
            unchanged=len(self.done) - self.added - self.changed,
            deleted=self.deleted,
            diagnostics=tuple(self.diagnostics),
        )

    def _is_free(self, path: str) -> bool:
        """Whether no other file of this build has the path; a directory and a file of one name clash as well."""
        caseless = _caseless(path)
        taken = self.folded.get(caseless)
        parts = caseless.split("/")
        parents = ["/".join(parts[:n]) for n in range(1, len(parts))]
        taken = taken or next((self.folded[p] for p in parents if self.folded.get(p, "/")[-1] != "/"), None)
        if taken is not None:
            self.diagnostics.append(_clash(path, taken))
            return False
        self.folded[caseless] = path
        for parent in parents:
            self.folded.setdefault(parent, f"{parent}/")
        return True

    def _make_directory(self, directory: Path) -> None:
        """The directory of a file, made where it is missing; links are refused, as they may lead out of the site."""
        if directory in self.ready:
            return
        self._make_directory(directory.parent)
        path = directory.relative_to(self.root)
        if path.as_posix() in self.ours and not directory.is_dir():
            self._delete(path.as_posix())  # an earlier build had a file of this name
        try:
            directory.mkdir()
        except FileExistsError:
            if directory.is_symlink():
                raise _not_ours(path, "a folder of the site is a link to somewhere else") from None
            if not directory.is_dir():
                raise _not_ours(path, "a file stands where the site needs a folder") from None
        self.ready.add(directory)

    def _make_room(self, path: str, target: Path) -> None:
        """Take away a directory of an earlier build that stands where a file has to be."""
        if target.is_dir() and not target.is_symlink():
            for old in sorted(old for old in self.ours if old.startswith(f"{path}/")):
                self._delete(old)
            self.ready = {self.root}
            if target.is_dir():
                raise _not_ours(Path(path), "a folder stands where the site needs a file")

    def _delete(self, path: str) -> None:
        """Delete a file of an earlier build and the directories that it leaves empty."""
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


def _check(path: str) -> None:
    if not path or _NOT_A_PATH.search(path) or path.startswith((LIST, JOURNAL, NEW)):
        raise ValueError(f"{path!r} is not the path of a file below the site's root")


def _caseless(path: str) -> str:
    """The form in which two paths are one on file systems that ignore case or normalise."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _clash(path: str, taken: str) -> Diagnostic:
    what = "two files of the site have the same path" if path == taken else f"its path clashes with {taken}"
    return Diagnostic(
        code="FAQ701",
        where=Location(path=path),
        message=f"{what}; only the first was written",
        help="rename one of them; paths must differ in more than upper and lower case",
    )


def _refuse_foreign(root: Path) -> None:
    if root.exists() and (not root.is_dir() or any(not entry.name.startswith(".") for entry in root.iterdir())):
        raise _not_ours(Path(root.name), "the site folder holds files that faq did not write")


def _not_ours(path: Path, message: str) -> UsageError:
    advice = "empty the site folder, or choose another one with site_dir in mkdocs.yml"
    return UsageError(Diagnostic(code="FAQ702", where=Location(path=path.as_posix()), message=message, help=advice))


def _read_list(file: Path) -> Iterator[str]:
    """The paths in a list; lines that are no paths below the root (a hand-made or half-written list) are skipped."""
    try:
        lines = file.read_bytes().decode("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return
    for line in lines:
        with suppress(ValueError):
            _check(line)
            yield line


def _same(target: Path, content: bytes) -> bool:
    """Whether the file exists, is no link, and holds exactly this."""
    try:
        return target.stat().st_size == len(content) and not target.is_symlink() and target.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _replace(target: Path, content: bytes, scratch: Path) -> None:
    """Put the content under the name in one step, by way of a scratch file in the same file system."""
    scratch.write_bytes(content)
    scratch.replace(target)
