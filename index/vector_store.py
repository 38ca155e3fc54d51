"""The vectors of all passages that were ever encoded, by what was encoded: none is made twice.

It is derived, and safe to delete: what is missing is encoded again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import UnusableVectors

_ASKED_AT_ONCE = 500
_WAIT_SECONDS = 60
"""How long another that writes to the same file is waited for."""


def make_key(encoder_id: str, text: str) -> bytes:
    """Name the vector that an encoder makes of a text."""
    return hashlib.sha256(f"{encoder_id}\n{text}".encode("utf-8", "replace")).digest()


class VectorStore:
    """Packed vectors by their keys, in a SQLite file; what was put is there once put returns."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS vectors"
            " (key BLOB PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID"
        )

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Give those of some packed vectors that there are."""
        return {key: packed for key, packed in self._select("key, packed", keys)}

    def missing(self, keys: Sequence[bytes]) -> set[bytes]:
        """Give those of some keys of which there is no vector."""
        return {*keys} - {key for key, in self._select("key", keys)}

    def put(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep packed vectors."""
        with self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors.items()
            )

    def _select(self, columns: str, keys: Sequence[bytes]) -> Iterable[tuple[bytes, ...]]:
        for begin in range(0, len(keys), _ASKED_AT_ONCE):
            asked = keys[begin:begin + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(asked))
            statement = f"SELECT {columns} FROM vectors WHERE key IN ({marks})"
            yield from self._database.execute(statement, asked)


@contextmanager
def open_vector_store(path: Path) -> Iterator[VectorStore]:
    """Open the vectors in a file, which is made where there is none.

    Raises:
        UnusableVectors: the file is damaged, or cannot be written to.
    """
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as database:
            yield VectorStore(database)
    except sqlite3.Error as error:
        raise UnusableVectors(
            f"{path} cannot be used ({error}). If it is damaged, delete it: the vectors in it are"
            " made again by: plansearch index"
        ) from error
