"""Opening an export: a file, a folder or a zip, seen as file names and bytes. No other code opens an export."""

import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, NoReturn

from faq_builder.base.diagnostics import Diagnostic, Location

MAX_FILE = 8 * 2**30  # bytes in one file: the largest Stack Exchange dumps have files of some gigabytes
MAX_READ = 512 * 2**20  # bytes in a file that is read into memory at once (JSON); a larger one must be streamed
MAX_RATIO = 200  # the unpacked size divided by the packed size; JSON and XML of real exports stay below 40
MAX_UNPACKED = 32 * 2**30  # bytes in all files of one archive together
MAX_FILES = 2_000_000  # files in one archive; a larger number can only be an attack or a mistake
RATIO_FREE = 64 * 2**20  # bytes: an archive that unpacks to less may have any ratio
HEAD = 64 * 1024  # bytes: the beginning of a file that format detection reads
NOT_EXPORTED = {".git", "__MACOSX"}  # folders that git and macOS leave behind; not part of an export

_ZIP_STARTS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
)  # first bytes: of an archive, an empty archive, a split archive
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENCRYPTED = 0x1  # APPNOTE.TXT 4.4.4, bit 0 of the general purpose flag
_REJECTED_HELP = "export it again, and do not unpack this archive"
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)


class ExportError(Exception):
    """An export, or a file in it, cannot be used; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep the finding that explains the failure."""
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Export:
    """The files of an export, by their names in it (POSIX paths, sorted, dotfiles included).

    `display_path` is how findings name the export. A single file is an export with one name.
    """

    path: Path
    display_path: str
    names: tuple[str, ...]
    is_zip: bool = False

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file as a stream of bytes; raises ExportError if the file cannot be opened or read.

        An OSError raised in the `with` block is reported as an error of this file too.
        """
        try:
            stream = self._stream(name)
        except (OSError, KeyError, ValueError, RuntimeError, struct.error, *_DAMAGE) as error:
            # zipfile raises RuntimeError for unsupported features, ValueError for names that cannot be decoded
            raise self.error("FAQ201", name, f"the file cannot be opened ({type(error).__name__})") from None
        with stream:
            try:
                yield stream
            except _DAMAGE:
                raise self.error("FAQ204", name, "the file is damaged in the archive") from None
            except OSError as error:
                raise self.error("FAQ201", name, f"the file cannot be read ({type(error).__name__})") from None

    def _stream(self, name: str) -> IO[bytes]:
        """Open a file of the export, whether it lies on disk or in the archive."""
        if not self.is_zip:
            return (self.path if self.path.is_file() else self.path / name).open("rb")
        status = self.path.stat()
        archive = _archive(self.path, status.st_mtime_ns, status.st_size, os.getpid())
        return archive.open(name if name in archive.NameToInfo else name.replace("/", "\\"))

    def read(self, name: str) -> bytes:
        """Read all bytes of a file; raises ExportError if there are more than `MAX_READ`."""
        with self.open(name) as stream:
            data = stream.read(MAX_READ + 1)
        if len(data) > MAX_READ:
            raise self.error("FAQ208", name, "the file is too large to be read at once", "split the export")
        return data

    def head(self, name: str) -> bytes:
        """Read the first `HEAD` bytes of a file, for format detection; raises ExportError."""
        with self.open(name) as stream:
            return stream.read(HEAD)

    def text(self, name: str) -> str:
        """Read a file as UTF-8 text, with or without BOM; raises ExportError if it is empty or in another encoding."""
        data = self.read(name)
        if not data.strip():
            raise self.error("FAQ207", name, "the file is empty", "export it again")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
            message = "the file is UTF-16" if utf_16 else f"the file is not UTF-8 (byte {error.start})"
            raise self.error("FAQ205", name, message, "convert the file to UTF-8 or export it again") from None

    def where(self, name: str, *, item: str | None = None, line: int | None = None) -> Location:
        """Return the location of a file, or of an item or a line in it, for a finding."""
        path = self.display_path if self.path.is_file() and not self.is_zip else f"{self.display_path}/{name}"
        return Location(path=_printable(path), item=item, line=line)

    def error(self, code: str, name: str, message: str, advice: str = "export it again") -> ExportError:
        """Make the exception for a file that cannot be used."""
        return ExportError(Diagnostic(code=code, where=self.where(name), message=message, help=advice))


def open_export(path: Path, display_path: str | None = None) -> Export:
    """Open the export at a path; raises ExportError if it is missing, empty, or not safe to open.

    Folders that tools leave behind (`NOT_EXPORTED`) are ignored. Dotfiles are read, because Zulip's archive tool
    writes resolved topics to dotfiles.
    """
    display_path = display_path or str(path)
    try:
        mode = path.stat().st_mode
        start = b"" if stat.S_ISDIR(mode) or not stat.S_ISREG(mode) else _start(path)
    except FileNotFoundError:
        _refuse("FAQ201", display_path, "there is no such export", "put it there or correct `path`")
    except (OSError, ValueError) as error:  # ValueError: the path contains a NUL
        _refuse(
            "FAQ201", display_path, f"the export cannot be opened ({type(error).__name__})", "check its permissions"
        )
    if stat.S_ISDIR(mode):
        names = tuple(sorted(_folder_names(path, display_path)))
        if not names:
            _refuse("FAQ207", display_path, "the folder holds no files", "put the export there or correct `path`")
        return Export(path, display_path, names)
    if not stat.S_ISREG(mode):
        _refuse("FAQ201", display_path, "the path is neither a file nor a folder", "correct `path`")
    if not start:
        _refuse("FAQ207", display_path, "the file is empty", "export it again")
    if start in _ZIP_STARTS:
        return Export(path, display_path, _zip_names(path, display_path), is_zip=True)
    if path.suffix.lower() == ".zip":
        _refuse("FAQ204", display_path, "the file is not a zip archive", "export it again")
    return Export(path, display_path, (path.name,))


def _start(path: Path) -> bytes:
    """Read the first four bytes of a file."""
    with path.open("rb") as stream:
        return stream.read(4)


def _folder_names(folder: Path, display_path: str) -> Iterator[str]:
    """Yield the regular files below a folder; raises ExportError for an unreadable folder or a link out of it."""

    def refuse(error: OSError) -> NoReturn:
        _refuse(
            "FAQ201", display_path, f"a folder in it cannot be read ({type(error).__name__})", "check its permissions"
        )

    root = folder.resolve()
    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(set(folders) - NOT_EXPORTED)
        for path in map(Path(parent).joinpath, (*folders, *files)):
            if path.is_symlink():
                _check_link(path, root, display_path)
        yield from (p.relative_to(folder).as_posix() for p in map(Path(parent).joinpath, files) if p.is_file())


def _check_link(path: Path, root: Path, display_path: str) -> None:
    """Raise ExportError for a link to a target outside the export or to none; a link inside the export is harmless."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
        _refuse("FAQ201", display_path, "the folder holds a link that leads nowhere", "put the file itself there")
    if not target.is_relative_to(root):
        _refuse("FAQ206", display_path, "the folder holds a link that leads out of it", "put the file itself there")


@lru_cache(maxsize=4)
def _archive(path: Path, changed: int, size: int, process: int) -> zipfile.ZipFile:
    """Return the open archive, cached because opening it reads the list of all members.

    The file's modification time and size are part of the cache key, so that a changed file is opened again; so is the
    process id, because a forked process would share the position in the open file.
    """
    return zipfile.ZipFile(path)


def _zip_names(path: Path, display_path: str) -> tuple[str, ...]:
    """Return the names of an archive's files, after checking that the archive is safe to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except (OSError, ValueError, IndexError, NotImplementedError, struct.error, *_DAMAGE) as error:
        # ValueError: an impossible name or offset; IndexError: a member without a name, for which `is_dir` fails;
        # NotImplementedError: a version of zip that Python cannot read
        message = f"the archive is damaged or cut off ({type(error).__name__})"
        _refuse("FAQ204", display_path, message, "export it again")
    unpacked = sum(m.file_size for m in members)
    # compared with the size on disk, because members may state a wrong packed size or overlap
    if len(members) > MAX_FILES or unpacked > MAX_UNPACKED or any(m.file_size > MAX_FILE for m in members):
        _refuse("FAQ206", display_path, "the archive unpacks to more than an export can hold", "split the export")
    if unpacked > RATIO_FREE and unpacked > MAX_RATIO * path.stat().st_size:
        _refuse("FAQ206", display_path, "the archive unpacks to far more than it should", _REJECTED_HELP)
    if any(m.flag_bits & _ENCRYPTED for m in members):
        _refuse("FAQ201", display_path, "the archive is encrypted", "unpack it with its password into a folder")
    if any(m.compress_type not in _COMPRESSIONS for m in members):
        _refuse(
            "FAQ201", display_path, "the archive is compressed in a way that cannot be read", "unpack it into a folder"
        )
    return _safe_names([m.filename.replace("\\", "/") for m in members], display_path)


def _safe_names(names: list[str], display_path: str) -> tuple[str, ...]:
    """Return the names of an archive's files, sorted, after checking that all are different and stay in the folder."""
    if any(_leaves_folder(name) for name in names):
        _refuse("FAQ206", display_path, "the archive holds a path that leaves its folder", _REJECTED_HELP)
    if len(set(names)) != len(names):
        _refuse("FAQ206", display_path, "the archive holds two files of the same name", "export it again")
    kept = tuple(sorted(n for n in names if not NOT_EXPORTED & set(PurePosixPath(n).parts)))
    if not kept:
        _refuse("FAQ207", display_path, "the archive holds no files", "export it again")
    return kept


def _leaves_folder(name: str) -> bool:
    """Whether a member, by its name, would be unpacked outside its folder: `../x`, `/x`, `C:x`."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or bool(re.match(r"[A-Za-z]:", name))


def _printable(text: str) -> str:
    """Replace unprintable characters: names in archives may contain bytes that are not text, and terminal commands."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _refuse(code: str, display_path: str, message: str, advice: str) -> NoReturn:
    """Raise the ExportError for an export that cannot be used as a whole."""
    raise ExportError(
        Diagnostic(code=code, where=Location(path=_printable(display_path)), message=message, help=advice)
    )
