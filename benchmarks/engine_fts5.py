"""SQLite FTS5 with its porter tokenizer; facets in a table beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.engines_compared import BEST, FACETS, Record

_FILE = "fts5.db"
_BEST = f" FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT {BEST}"


class Fts5:
    """Asks SQLite; words are quoted, since FTS5 has a syntax of its own."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / _FILE)

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""
        database = sqlite3.connect(folder / _FILE)
        database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='porter unicode61')"
        )
        database.execute(
            "CREATE TABLE facets"
            " (id INTEGER PRIMARY KEY, organisation, kind, year, document, passage)"
        )
        _add(database, records)
        database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        database.commit()
        database.close()

    def add(self, records: list[Record]) -> None:
        """Add records and make them visible."""
        _add(self._database, records)
        self._database.commit()

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""
        return self._ask("SELECT text" + _BEST, _any(words))

    any_words_common = any_words

    def all_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with all of the words."""
        return self._ask("SELECT text" + _BEST, " AND ".join(map(_quote, words.split())))

    def phrase(self, words: str) -> list[str]:
        """Give the texts of the best passages with the words next to each other."""
        return self._ask("SELECT text" + _BEST, _quote(words))

    def prefix(self, start: str) -> list[str]:
        """Give the texts of the best passages with a word that begins like this."""
        return self._ask("SELECT text" + _BEST, f"{_quote(start)}*")

    def filtered(self, words: str) -> list[str]:
        """Give the texts of the best passages of one kind, named before a colon."""
        kind, _, words = words.partition(":")
        return self._ask(
            "SELECT text FROM passages JOIN facets ON facets.id = passages.rowid"
            f" WHERE passages MATCH ? AND kind = ? ORDER BY bm25(passages) LIMIT {BEST}",
            _any(words), kind,
        )  # fmt: skip

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        asked = "SELECT count(*) FROM passages WHERE passages MATCH ?"
        return int(self._database.execute(asked, (_any(words),)).fetchone()[0])

    def facets(self, words: str) -> list[list[tuple[str, int]]]:
        """Count the passages with any of the words by the values of each facet."""
        return self._count("count(*)", words)

    def facets_of_documents(self, words: str) -> list[list[tuple[str, int]]]:
        """Count the passages and documents with any of the words by the values of each facet."""
        return self._count("count(*), count(DISTINCT document)", words)

    def _count(self, counted: str, words: str) -> list[list[tuple[str, int]]]:
        asked = (
            "SELECT {0}, {1} FROM passages JOIN facets ON facets.id = passages.rowid"
            " WHERE passages MATCH ? GROUP BY {0}"
        )
        return [
            self._database.execute(asked.format(facet, counted), (_any(words),)).fetchall()
            for facet in FACETS
        ]

    def highlighted(self, words: str) -> list[str]:
        """Give the best passages with any of the words, those marked."""
        asked = "SELECT highlight(passages, 0, '<mark>', '</mark>')" + _BEST
        return self._ask(asked, _any(words))

    def _ask(self, asked: str, *values: str) -> list[str]:
        return [text for (text,) in self._database.execute(asked, values)]


def _add(database: sqlite3.Connection, records: list[Record]) -> None:
    for record in records:
        row = database.execute("INSERT INTO passages (text) VALUES (?)", (record.text,)).lastrowid
        database.execute(
            "INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?)",
            (row, *record.facets, record.document, record.id),
        )


def _any(words: str) -> str:
    return " OR ".join(map(_quote, words.split()))


def _quote(words: str) -> str:
    return '"' + words.replace('"', "") + '"'
