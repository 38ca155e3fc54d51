"""plansearch: its searcher's own parts for what other engines do too, and whole pages."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines_compared import BEST, Record
from index.analysis import find_tokens
from index.build import build_index
from index.facets import count_facets
from index.found import Found
from index.query import And, Node, Or, Phrase, Prefix, Query, Term
from index.results import Facet, Hit
from ingest.library import Library
from search_app.answering.answers import Answer, answer_question
from search_app.app import create_app
from search_app.evaluating.passage_sets import Facts, SetPassage, add_passages, make_library
from search_app.service import current_service


class Plansearch:
    """Asks by trees, so that common words are searched for where other engines do."""

    def __init__(self, folder: Path) -> None:
        app = create_app(folder)
        self._client = app.test_client()
        with app.app_context():
            self._searcher = current_service().searcher
        self._searcher.snapshot()

    @staticmethod
    def prepare(folder: Path, records: list[Record]) -> None:
        """Make the library, which is what an index is built of."""
        make_library(folder, _passages(records), _facts_of(records))[0].close()

    @staticmethod
    def build(folder: Path, _: list[Record]) -> None:
        """Index the library in a folder."""
        _index(Library(folder))

    def add(self, records: list[Record]) -> None:
        """Add records to the library and the index, and make them visible."""
        add_passages(self._searcher.library, "added", _passages(records), _facts_of(records))
        _index(self._searcher.library)
        self._searcher.snapshot()

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""
        return self._best(Query(tree=Or(_terms(words))))

    any_words_common = any_words

    def all_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with all of the words."""
        return self._best(Query(tree=And(_terms(words))))

    def phrase(self, words: str) -> list[str]:
        """Give the texts of the best passages with the words next to each other."""
        return self._best(Query(tree=Phrase(_terms(words))))

    def prefix(self, start: str) -> list[str]:
        """Give the texts of the best passages with a word that begins like this."""
        return self._best(Query(tree=Prefix(start)))

    def filtered(self, words: str) -> list[str]:
        """Give the texts of the best passages of one kind, named before a colon."""
        kind, _, words = words.partition(":")
        return self._best(Query(tree=Or(_terms(words)), filters=(("kind", (kind,)),)))

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        return self._searcher.count(Query(tree=Or(_terms(words))))

    def facets(self, words: str) -> tuple[Facet, ...]:
        """Count the passages and documents with any of the words by the values of each facet.

        These are all seven facets of plansearch, and not three as for other engines.
        """
        query, columns = Query(tree=Or(_terms(words))), self._searcher.snapshot().columns
        counts = self._find(query.tree).count_by_document(columns.visible(query))
        return count_facets(columns, counts, query)

    facets_of_documents = facets

    def highlighted(self, words: str) -> list[Hit]:
        """Give the best passages with any of the words, those marked."""
        return self._searcher.best_hits(Query(tree=Or(_terms(words))), BEST)

    def results_page(self, words: str) -> str:
        """Give the page of results for what is typed."""
        return self._client.get("/search", query_string={"q": words}).text

    def answer(self, question: str) -> Answer:
        """Answer a question."""
        return answer_question(self._searcher, question)

    def _find(self, tree: Node) -> Found:
        snapshot = self._searcher.snapshot()
        return Found(snapshot.engine, snapshot.columns, tree)

    def _best(self, query: Query) -> list[str]:
        snapshot = self._searcher.snapshot()
        open_to = snapshot.columns.visible(query) & snapshot.columns.chosen(query)
        best = Found(snapshot.engine, snapshot.columns, query.tree).best(BEST, open_to)
        return [snapshot.engine.fetch(place).text for place, _ in best]


def _index(library: Library) -> None:
    build_index(library, lambda done, total, name: None)


def _terms(words: str) -> tuple[Term, ...]:
    return tuple(Term(token.stem) for token in find_tokens(words))


def _passages(records: list[Record]) -> list[SetPassage]:
    return [SetPassage(each.id, each.document, "", each.text) for each in records]


def _facts_of(records: list[Record]) -> Facts:
    facets = {record.document: record.facets for record in records}
    return facets.__getitem__
