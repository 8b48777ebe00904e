"""Vectors and other things that were worked out before, in one SQLite file that may be deleted at any time."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.int16]]

_AT_ONCE = 500  # keys in one question to the file; SQLite takes 999 on every version
_SAVED_AFTER = 2000  # new vectors; what is worked out is kept although the build is stopped later


@dataclass(frozen=True, kw_only=True)
class Store:
    """Vectors by the hash of model and text. Without a path, or where the file cannot be used, nothing is kept."""

    path: Path | None = None

    def vectors(self, model: str, texts: Sequence[str], encode: Encode) -> NDArray[np.int16]:
        """One row for each text; only texts that are not in the file are encoded, and each of them once."""
        keys = [text_hash(f"{model}\0{text}") for text in texts]
        known = dict(self._read(sorted(set(keys))))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for part in _parts(list(missing), _SAVED_AFTER):
            rows = encode([missing[key] for key in part])
            new = dict(zip(part, rows, strict=True))
            self._write(new)
            known |= new
        return np.array([known[key] for key in keys], dtype=np.int16)

    def kept(self, name: str) -> bytes | None:
        """What was kept under a name, None where nothing was."""
        return next((data for (data,) in self._ask("SELECT data FROM kept WHERE name = ?", [name])), None)

    def keep(self, name: str, data: bytes) -> None:
        """Keep something in place of what had its name before."""
        self._put("kept (name TEXT PRIMARY KEY, data BLOB)", [(name, data)])

    def _read(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, NDArray[np.int16]]]:
        for part in _parts(keys, _AT_ONCE):
            marks = ",".join("?" * len(part))
            for key, row in self._ask(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part):
                yield key, np.frombuffer(row, dtype="<i2")

    def _write(self, new: Mapping[bytes, NDArray[np.int16]]) -> None:
        rows = [(key, row.astype("<i2").tobytes()) for key, row in new.items()]
        self._put("vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID", rows)

    def _ask(self, question: str, values: Sequence[str | bytes]) -> list[tuple[bytes, ...]]:
        if self.path is None or not self.path.exists():
            return []
        try:
            with closing(sqlite3.connect(self.path)) as file:
                return file.execute(question, values).fetchall()
        except sqlite3.OperationalError:  # locked, or without the table
            return []
        except sqlite3.DatabaseError:  # broken
            self.path.unlink(missing_ok=True)
            return []

    def _put(self, table: str, rows: Sequence[tuple[str | bytes, bytes]]) -> None:
        """Write rows of a name and a value into a table that is made where it is missing."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path)) as file, file:
                file.execute(f"CREATE TABLE IF NOT EXISTS {table}")
                file.executemany(f"INSERT OR REPLACE INTO {table.split(maxsplit=1)[0]} VALUES (?, ?)", rows)
        except (OSError, sqlite3.DatabaseError):  # a folder that cannot be written: slower, not wrong
            return


def text_hash(text: str) -> bytes:
    """A number for a text, the same everywhere."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _parts(items: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    return (items[start : start + size] for start in range(0, len(items), size))
