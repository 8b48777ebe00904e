"""Vectors that were worked out before, in one SQLite file that may be deleted at any time."""

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
        keys = [_key(model, text) for text in texts]
        known = dict(self._read(sorted(set(keys))))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for part in _parts(list(missing), _SAVED_AFTER):
            rows = encode([missing[key] for key in part])
            new = dict(zip(part, rows, strict=True))
            self._write(new)
            known |= new
        return np.array([known[key] for key in keys], dtype=np.int16)

    def _read(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, NDArray[np.int16]]]:
        if self.path is None or not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path)) as file:
                for part in _parts(keys, _AT_ONCE):
                    marks = ",".join("?" * len(part))
                    for key, row in file.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part):
                        yield key, np.frombuffer(row, dtype="<i2")
        except sqlite3.OperationalError:  # locked, or without the table
            return
        except sqlite3.DatabaseError:  # broken
            self.path.unlink(missing_ok=True)

    def _write(self, new: Mapping[bytes, NDArray[np.int16]]) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path)) as file, file:
                file.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
                rows = [(key, row.astype("<i2").tobytes()) for key, row in new.items()]
                file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except (OSError, sqlite3.DatabaseError):  # a folder that cannot be written: slower, not wrong
            return


def _key(model: str, text: str) -> bytes:
    return hashlib.blake2b(f"{model}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _parts(items: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    return (items[start : start + size] for start in range(0, len(items), size))
