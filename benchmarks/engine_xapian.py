"""Xapian (PyPI "xapian-bindings-binary", or the system's python3-xapian), with its stemmer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xapian  # type: ignore[import-not-found, unused-ignore]

from benchmarks.engines_compared import BEST, FACETS, Record

_FILE = "xapian"


class Xapian:
    """Asks Xapian by trees of its own, not by its query language."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / _FILE)
        self._database = xapian.Database(self._path)
        self._stem = xapian.Stem("english")

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""
        _add(str(folder / _FILE), records)

    def add(self, records: list[Record]) -> None:
        """Add records and make them visible."""
        _add(self._path, records)
        self._database.reopen()

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""
        return self._best(self._join(words, xapian.Query.OP_OR))

    any_words_common = any_words

    def all_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with all of the words."""
        return self._best(self._join(words, xapian.Query.OP_AND))

    def phrase(self, words: str) -> list[str]:
        """Give the texts of the best passages with the words next to each other."""
        return self._best(xapian.Query(xapian.Query.OP_PHRASE, words.split()))

    def prefix(self, start: str) -> list[str]:
        """Give the texts of the best passages with a word that begins like this."""
        return self._best(xapian.Query(xapian.Query.OP_WILDCARD, start))

    def filtered(self, words: str) -> list[str]:
        """Give the texts of the best passages of one kind, named before a colon."""
        kind, _, words = words.partition(":")
        query = self._join(words, xapian.Query.OP_OR)
        chosen = xapian.Query(f"XK{kind}")
        return self._best(xapian.Query(xapian.Query.OP_FILTER, query, chosen))

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        enquire = self._enquire(self._join(words, xapian.Query.OP_OR))
        found = enquire.get_mset(0, 0, self._database.get_doccount())
        return int(found.get_matches_estimated())

    def facets(self, words: str) -> list[dict[str, int]]:
        """Count the passages with any of the words by the values of each facet."""
        enquire = self._enquire(self._join(words, xapian.Query.OP_OR))
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))]
        for spy in spies:
            enquire.add_matchspy(spy)
        enquire.get_mset(0, BEST, self._database.get_doccount())
        return [{value.term.decode(): value.termfreq for value in spy.values()} for spy in spies]

    def highlighted(self, words: str) -> list[str]:
        """Give the best passages with any of the words, those marked."""
        found = self._enquire(self._join(words, xapian.Query.OP_OR)).get_mset(0, BEST)
        return [
            found.snippet(match.document.get_data(), 100_000, self._stem).decode()
            for match in found
        ]

    def _best(self, query: Any) -> list[str]:
        found = self._enquire(query).get_mset(0, BEST)
        return [match.document.get_data().decode() for match in found]

    def _enquire(self, query: Any) -> Any:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        return enquire

    def _join(self, words: str, operator: Any) -> Any:
        stems = [f"Z{self._stem(word).decode()}" for word in words.split()]
        return xapian.Query(operator, stems)


def _add(path: str, records: list[Record]) -> None:
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    for record in records:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(record.text)
        document.set_data(record.text)
        document.add_boolean_term(f"XK{record.kind}")
        for slot, value in enumerate(record.facets):
            document.add_value(slot, value)
        database.add_document(document)
    database.commit()
    database.close()
