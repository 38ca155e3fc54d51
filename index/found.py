"""What a tree finds for a reader: counted, ordered and grouped by document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from index.arrays import Floats, Ints, Mask
from index.columns import Columns
from index.engines import Engine
from index.query import Node, Sort

PASSAGES_A_DOCUMENT = 4
"""How many passages for each document wanted are first looked at for the best of documents."""

Scored = tuple[int, float]
"""A place and its score."""


class Found:
    """The passages that match a tree; numbers of documents are the engine's."""

    def __init__(self, engine: Engine, columns: Columns, tree: Node) -> None:
        self._engine = engine
        self._columns = columns
        self._matches = engine.match(tree)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def places(self) -> Ints:
        """All places, in order."""
        return self._matches.places

    def within(self, documents: Mask) -> Ints:
        """Give the places in some of the documents, in order."""
        if documents.all():
            return self.places
        return self.places[documents[self._engine.documents[self.places]]]

    def count_by_document(self, documents: Mask) -> Ints:
        """Count the places in each of the documents, of which only some are to be counted."""
        held = self._engine.documents.take(self.places)
        counts = np.bincount(held, minlength=len(documents)).astype(np.int32)
        return counts if documents.all() else counts * documents

    def best(self, most: int, documents: Mask) -> list[Scored]:
        """Give the best of the passages in some of the documents, best first."""
        places, scores = self._best(most, documents)
        return list(zip(places.tolist(), scores.tolist()))

    def best_documents(self, most: int, documents: Mask) -> Ints:
        """Give the documents, of these, with the best passages, in the order of their best."""
        passages = PASSAGES_A_DOCUMENT * most
        while True:
            best, _ = self._best(passages, documents)
            held, first = np.unique(self._engine.documents[best], return_index=True)
            if len(held) >= most or len(best) < passages:
                return held[np.argsort(first)][:most]
            passages *= PASSAGES_A_DOCUMENT

    def best_of_document(self, document: int, most: int | None) -> list[Scored]:
        """Give the best passages of a document, or all, best first."""
        places = self.places[self._engine.documents[self.places] == document]
        scores = self._matches.scores(places)
        order = np.lexsort((self._engine.numbers[places], -scores))[:most]
        return list(zip(places[order].tolist(), scores[order].tolist()))

    def order(self, places: Ints, scores: Floats) -> list[Scored]:
        """Order places by scores that were given to them, best first."""
        ranks = self._columns.ranks[self._engine.documents[places]]
        order = np.lexsort((self._engine.numbers[places], ranks, -scores))
        return list(zip(places[order].tolist(), scores[order].tolist()))

    def sort_by_document(self, places: Ints, sort: Sort) -> Iterator[Scored]:
        """Give places, which stand in order, with the documents in the order that is asked for,
        and each document's from the best."""
        scores = self._matches.scores(places)
        held = self._engine.documents[places]
        best_first = np.lexsort((self._engine.numbers[places], self._columns.ranks[held], -scores))
        turns = np.zeros(len(self._columns.document_ids), np.int32)
        if sort == "date":
            turns[self._columns.by_date] = np.arange(len(turns))
        else:
            own, first = np.unique(held[best_first], return_index=True)
            turns[own] = first
        order = best_first[np.argsort(turns[held[best_first]], kind="stable")]
        return zip(places[order].tolist(), scores[order].tolist())

    def _best(self, most: int, documents: Mask) -> tuple[Ints, Floats]:
        allowed = None if documents.all() else documents.take(self._engine.documents)
        return self._matches.best(most, self._columns.ranks, allowed)
