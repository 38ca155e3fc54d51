"""tantivy (PyPI "tantivy"), with its English stemmer; facets by aggregation over fast fields."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found, unused-ignore]

from benchmarks.engines_compared import BEST, FACETS, Record

_HEAP_BYTES = 256 * 2**20
_MOST_VALUES = 1000


class Tantivy:
    """Asks tantivy by trees of its own, not by its query language."""

    def __init__(self, folder: Path) -> None:
        self._schema = _make_schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._searcher = self._index.searcher()
        self._analyse = tantivy.TextAnalyzerBuilder(
            tantivy.Tokenizer.simple()
        ).filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""
        index = tantivy.Index(_make_schema(), path=str(folder))
        writer = index.writer(_HEAP_BYTES, num_threads=1)
        _add(writer, records)
        writer.wait_merging_threads()

    def add(self, records: list[Record]) -> None:
        """Add records and make them visible."""
        _add(self._index.writer(_HEAP_BYTES, num_threads=1), records)
        self._index.reload()
        self._searcher = self._index.searcher()

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""
        return self._best(self._join(words, tantivy.Occur.Should))

    any_words_common = any_words

    def all_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with all of the words."""
        return self._best(self._join(words, tantivy.Occur.Must))

    def phrase(self, words: str) -> list[str]:
        """Give the texts of the best passages with the words next to each other."""
        return self._best(tantivy.Query.phrase_query(self._schema, "text", self._stems(words)))

    def prefix(self, start: str) -> list[str]:
        """Give the texts of passages with a word that begins like this, scored alike."""
        return self._best(tantivy.Query.regex_query(self._schema, "text", f"{start}.*"))

    def filtered(self, words: str) -> list[str]:
        """Give the texts of the best passages of one kind, named before a colon."""
        kind, _, words = words.partition(":")
        chosen = tantivy.Query.term_query(self._schema, "kind", kind)
        return self._best(tantivy.Query.boolean_query([
            (tantivy.Occur.Must, self._join(words, tantivy.Occur.Should)),
            (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0)),
        ]))  # fmt: skip

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        query = self._join(words, tantivy.Occur.Should)
        return int(self._searcher.search(query, 1, count=True).count)

    def facets(self, words: str) -> Any:
        """Count the passages with any of the words by the values of each facet."""
        return self._aggregate(words, {})

    def facets_of_documents(self, words: str) -> Any:
        """Count the passages, and nearly the documents, with any of the words by facet values.

        Tantivy estimates how many documents there are (HyperLogLog), faster by numbers than by
        names: to count them exactly, by a list of those of each value, takes it thrice as long.
        """
        return self._aggregate(words, {"documents": {"cardinality": {"field": "document"}}})

    def _aggregate(self, words: str, within: dict[str, Any]) -> Any:
        query = self._join(words, tantivy.Occur.Should)
        terms = ({"field": facet, "size": _MOST_VALUES} for facet in FACETS)
        counted = {each["field"]: {"terms": each, "aggs": within} for each in terms}
        return self._searcher.aggregate(query, counted)

    def highlighted(self, words: str) -> list[str]:
        """Give the best passages with any of the words, those marked."""
        query = self._join(words, tantivy.Occur.Should)
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        generator.set_max_num_chars(100_000)
        found = self._searcher.search(query, BEST, count=False).hits
        return [
            generator.snippet_from_doc(self._searcher.doc(address)).to_html()
            for _, address in found
        ]

    def _best(self, query: Any) -> list[str]:
        found = self._searcher.search(query, BEST, count=False).hits
        return [self._searcher.doc(address)["text"][0] for _, address in found]

    def _join(self, words: str, occur: Any) -> Any:
        return tantivy.Query.boolean_query([
            (occur, tantivy.Query.term_query(self._schema, "text", stem))
            for stem in self._stems(words)
        ])  # fmt: skip

    def _stems(self, words: str) -> list[str]:
        return list(self._analyse.analyze(words))


def _make_schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_integer_field("document", stored=False, fast=True)
    for facet in FACETS:
        builder.add_text_field(facet, stored=False, tokenizer_name="raw", fast=True)
    return builder.build()


def _add(writer: Any, records: list[Record]) -> None:
    for record in records:
        writer.add_document(tantivy.Document(
            text=record.text, id=record.id, document=zlib.crc32(record.document.encode()),
            organisation=record.organisation, kind=record.kind, year=record.year,
        ))  # fmt: skip
    writer.commit()
