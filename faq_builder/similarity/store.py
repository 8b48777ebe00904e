"""A build cache in one SQLite file: vectors of texts and other results. Deleting it costs time only."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.int16]]

_KEYS_PER_QUERY = 500  # SQLite allows 999 parameters in every version
_VECTORS_PER_SAVE = 2000  # a build that is stopped does not compute saved vectors again


@dataclass(frozen=True, kw_only=True)
class Store:
    """Vectors by the hash of model and text, and bytes by name.

    Without a path, or if the file cannot be used, nothing is found and nothing saved.
    """

    path: Path | None = None

    def vectors(self, model: str, texts: Sequence[str], encode: Encode) -> NDArray[np.int16]:
        """Return one vector for each text, shape (texts, dimensions); encode only texts that are new, each once."""
        keys = [text_hash(f"{model}\0{text}") for text in texts]
        known = dict(self._load_vectors(sorted(set(keys))))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for part in _chunks(list(missing), _VECTORS_PER_SAVE):
            rows = encode([missing[key] for key in part])
            new = dict(zip(part, rows, strict=True))
            self._save_vectors(new)
            known |= new
        return np.array([known[key] for key in keys], dtype=np.int16)

    def load(self, name: str) -> bytes | None:
        """Return the bytes saved under a name, None if there are none."""
        return next((data for (data,) in self._query("SELECT data FROM kept WHERE name = ?", [name])), None)

    def save(self, name: str, data: bytes) -> None:
        """Save bytes under a name, in place of earlier ones."""
        self._insert("kept (name TEXT PRIMARY KEY, data BLOB)", [(name, data)])

    def _load_vectors(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, NDArray[np.int16]]]:
        for part in _chunks(keys, _KEYS_PER_QUERY):
            placeholders = ",".join("?" * len(part))
            for key, row in self._query(f"SELECT key, vector FROM vectors WHERE key IN ({placeholders})", part):
                yield key, np.frombuffer(row, dtype="<i2")

    def _save_vectors(self, new: Mapping[bytes, NDArray[np.int16]]) -> None:
        rows = [(key, row.astype("<i2").tobytes()) for key, row in new.items()]
        self._insert("vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID", rows)

    def _query(self, sql: str, values: Sequence[str | bytes]) -> list[tuple[bytes, ...]]:
        """Return the rows of a query; none if the file is missing, locked or broken. A broken file is deleted."""
        if self.path is None or not self.path.exists():
            return []
        try:
            with closing(sqlite3.connect(self.path)) as file:
                return file.execute(sql, values).fetchall()
        except sqlite3.OperationalError:  # locked, or without the table
            return []
        except sqlite3.DatabaseError:  # broken
            self.path.unlink(missing_ok=True)
            return []

    def _insert(self, table: str, rows: Sequence[tuple[str | bytes, bytes]]) -> None:
        """Insert rows of a key and a value; `table` is the table's definition, which is created if it is missing."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path)) as file, file:
                file.execute(f"CREATE TABLE IF NOT EXISTS {table}")
                file.executemany(f"INSERT OR REPLACE INTO {table.split(maxsplit=1)[0]} VALUES (?, ?)", rows)
        except (OSError, sqlite3.DatabaseError):  # without a cache a build is slower, not wrong
            return


def text_hash(text: str) -> bytes:
    """Return 16 bytes that identify a text, the same on every machine."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _chunks(items: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    """Yield the items in lists of `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
