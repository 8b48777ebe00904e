"""An export seen as names and bytes, be it a file, a folder or a zip. The only code that opens an export."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from faq_builder.diagnostics import Diagnostic, Location

MAX_FILE = 8 * 2**30  # bytes: the largest Stack Exchange dumps have files of some gigabytes
MAX_READ = 512 * 2**20  # bytes: what is read at once (JSON); larger files can only be streamed
MAX_RATIO = 200  # unpacked to packed; JSON and XML of real exports stay below 40
MAX_UNPACKED = 32 * 2**30  # bytes in one archive
MAX_FILES = 2_000_000
RATIO_FREE = 64 * 2**20  # bytes: below this an archive may unpack by any ratio
HEAD = 64 * 1024  # bytes: what detection looks at


class ExportError(Exception):
    """An export or a file of it cannot be used; carries the one finding that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Export:
    """The files of an export by their names within it (POSIX paths, sorted, dotfiles included).

    `shown` is how the export is named in findings. A single file is an export with that one name.
    """

    path: Path
    shown: str
    names: tuple[str, ...]
    is_zip: bool = False

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file as a stream; raises ExportError where it cannot be opened or read."""
        try:
            if self.is_zip:
                with zipfile.ZipFile(self.path) as archive, archive.open(name) as stream:
                    yield stream
            else:
                with (self.path / name if self.path.is_dir() else self.path).open("rb") as stream:
                    yield stream
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            # zipfile raises RuntimeError for encrypted members and NotImplementedError for unknown compression
            raise self.error("FAQ201", name, f"the file cannot be read ({type(error).__name__})") from None

    def read(self, name: str) -> bytes:
        """All bytes of a file, at most `MAX_READ`; raises ExportError."""
        with self.open(name) as stream:
            data = stream.read(MAX_READ + 1)
        if len(data) > MAX_READ:
            raise self.error("FAQ206", name, "the file is too large to be read at once", "split the export")
        return data

    def head(self, name: str) -> bytes:
        """The first `HEAD` bytes of a file, for detection; raises ExportError."""
        with self.open(name) as stream:
            return stream.read(HEAD)

    def text(self, name: str) -> str:
        """A file's text, from UTF-8 with or without BOM; raises ExportError where it is something else or empty."""
        data = self.read(name)
        if not data.strip():
            raise self.error("FAQ207", name, "the file is empty", "export it again")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"the file is not UTF-8 (byte {error.start})"
            raise self.error("FAQ205", name, message, "convert the file to UTF-8 or export it again") from None

    def where(self, name: str, *, item: str | None = None, line: int | None = None) -> Location:
        """The place of a file, an item or a line of it, for a finding."""
        path = self.shown if self.path.is_file() and not self.is_zip else f"{self.shown}/{name}"
        return Location(path=path, item=item, line=line)

    def error(self, code: str, name: str, message: str, advice: str = "export it again") -> ExportError:
        """The exception for a file that cannot be used."""
        return ExportError(Diagnostic(code=code, where=self.where(name), message=message, help=advice))


def open_export(path: Path, shown: str | None = None) -> Export:
    """The export at a path; raises ExportError where it is missing, empty, or an archive that is not safe.

    Hidden folders that tools leave behind (.git, __MACOSX) are not part of an export; dotfiles are: Zulip's
    archive tool writes resolved topics as such.
    """
    shown = shown or str(path)
    try:
        mode = path.stat().st_mode
    except OSError:
        raise _refused("FAQ201", shown, "there is no such export", "put it there or correct `path`") from None
    if stat.S_ISDIR(mode):
        names = tuple(sorted(_folder_names(path)))
    elif stat.S_ISREG(mode):
        if zipfile.is_zipfile(path):
            return Export(path, shown, _zip_names(path, shown), is_zip=True)
        if path.suffix.lower() == ".zip":
            raise _refused("FAQ204", shown, "the file is not a zip archive, or it is cut off", "export it again")
        names = (path.name,)
        if not mode or path.stat().st_size == 0:
            raise _refused("FAQ207", shown, "the file is empty", "export it again")
    else:
        raise _refused("FAQ201", shown, "the path is neither a file nor a folder", "correct `path`")
    if not names:
        raise _refused("FAQ207", shown, "the folder holds no files", "put the export there or correct `path`")
    return Export(path, shown, names)


def _folder_names(folder: Path) -> Iterator[str]:
    """The regular files below a folder; links that lead out of it are not followed."""
    root = folder.resolve()
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if ".git" in relative.parts or "__MACOSX" in relative.parts:
            continue
        if path.is_file() and path.resolve().is_relative_to(root):
            yield relative.as_posix()


def _zip_names(path: Path, shown: str) -> tuple[str, ...]:
    """The files of an archive, after checking that unpacking it is safe."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        message = f"the archive cannot be read ({type(error).__name__})"
        raise _refused("FAQ204", shown, message, "export it again") from None
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if len(members) > MAX_FILES or unpacked > MAX_UNPACKED or any(m.file_size > MAX_FILE for m in members):
        raise _refused("FAQ206", shown, "the archive unpacks to more than an export can hold", "split the export")
    if unpacked > RATIO_FREE and unpacked > MAX_RATIO * max(packed, 1):
        raise _refused("FAQ206", shown, "the archive unpacks to far more than it should", "do not use this archive")
    names = [m.filename for m in members]
    if any(_leaves(name) for name in names):
        raise _refused("FAQ206", shown, "the archive holds a path that leaves its folder", "do not use this archive")
    if len(set(names)) != len(names):
        raise _refused("FAQ206", shown, "the archive holds two files of the same name", "export it again")
    kept = tuple(sorted(n for n in names if not {".git", "__MACOSX"} & set(PurePosixPath(n).parts)))
    if not kept:
        raise _refused("FAQ207", shown, "the archive holds no files", "export it again")
    return kept


def _leaves(name: str) -> bool:
    """Whether a member's name would leave the folder that it is unpacked into."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts[0] if path.parts else "") or "\0" in name


def _refused(code: str, shown: str, message: str, advice: str) -> ExportError:
    return ExportError(Diagnostic(code=code, where=Location(path=shown), message=message, help=advice))
