"""Stock Whoosh: its own writer, StemmingAnalyzer (with its list of stop words) and BM25F."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import index, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.highlight import WholeFragmenter

from benchmarks.engines_compared import BEST, FACETS, Record

WRITER_MEMORY_MIB = 256


class StockWhoosh:
    """Asks Whoosh by trees of its own, not by its query language."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(folder)
        self._searcher = self._index.searcher()
        self._analyse = StemmingAnalyzer()

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""
        facets = {facet: ID(sortable=True) for facet in FACETS}
        text = TEXT(analyzer=StemmingAnalyzer(), stored=True, phrase=True)
        made = index.create_in(folder, Schema(text=text, id=STORED, **facets))
        _add(made, records)

    def add(self, records: list[Record]) -> None:
        """Add records and make them visible."""
        _add(self._index, records)
        self._searcher = self._searcher.refresh()

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""
        return self._best(query.Or(self._terms(words)))

    any_words_common = any_words

    def all_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with all of the words."""
        return self._best(query.And(self._terms(words)))

    def phrase(self, words: str) -> list[str]:
        """Give the texts of the best passages with the words next to each other."""
        return self._best(query.Phrase("text", [term.text for term in self._terms(words)]))

    def prefix(self, start: str) -> list[str]:
        """Give the texts of the best passages with a word that begins like this."""
        return self._best(query.Prefix("text", start))

    def filtered(self, words: str) -> list[str]:
        """Give the texts of the best passages of one kind, named before a colon."""
        kind, _, words = words.partition(":")
        asked = query.Or(self._terms(words))
        found = self._searcher.search(asked, limit=BEST, filter=query.Term("kind", kind))
        return [hit["text"] for hit in found]

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        return len(self._searcher.search(query.Or(self._terms(words)), limit=1))

    def facets(self, words: str) -> list[dict[str, int]]:
        """Count the passages with any of the words by the values of each facet."""
        asked = query.Or(self._terms(words))
        found = self._searcher.search(asked, limit=BEST, groupedby=list(FACETS))
        groups = (found.groups(facet) for facet in FACETS)
        return [{value: len(docs) for value, docs in group.items()} for group in groups]

    def highlighted(self, words: str) -> list[str]:
        """Give the best passages with any of the words, those marked."""
        found = self._searcher.search(query.Or(self._terms(words)), limit=BEST)
        found.fragmenter = WholeFragmenter()
        return [hit.highlights("text") for hit in found]

    def _best(self, asked: Any) -> list[str]:
        return [hit["text"] for hit in self._searcher.search(asked, limit=BEST)]

    def _terms(self, words: str) -> list[Any]:
        return [query.Term("text", token.text) for token in self._analyse(words, mode="query")]


def _add(made: Any, records: list[Record]) -> None:
    with made.writer(limitmb=WRITER_MEMORY_MIB) as writer:
        for record in records:
            writer.add_document(
                text=record.text, id=record.id, organisation=record.organisation,
                kind=record.kind, year=record.year,
            )  # fmt: skip
