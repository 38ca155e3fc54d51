"""Occurrences: every match of a query in every passage that it finds, in the order of documents."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from index.arrays import Ints
from index.highlight import Match, find_matches
from index.query import Query
from index.schema import searched_fields
from index.snapshot import Snapshot
from ingest.records import HeldDocument, Passage

PASSAGES_KEPT = 100_000
"""Of queries asked for before, at about 300 bytes; those of the last one are kept in any case."""


@dataclass(frozen=True)
class Marked:
    """A passage that a query finds, and its matches; none where only its headings or what is known
    of its document match. The passage itself is fetched when it is looked at."""

    document: HeldDocument
    number: int
    place: int
    matches: tuple[Match, ...]

    @property
    def id(self) -> str:
        """The passage's id, like that of a hit."""
        return f"{self.document.id}/{self.document.version}/{self.number}"


@dataclass(frozen=True)
class Occurrences:
    """All that a query finds: passages by the id of their document and their number.

    ``query`` is as understood. They are the same passages that a search and an export give.
    """

    query: Query
    snapshot: Snapshot
    passages: tuple[Marked, ...]

    @cached_property
    def total(self) -> int:
        """The number of matches."""
        return sum(len(each.matches) for each in self.passages)

    @cached_property
    def documents(self) -> int:
        """The number of documents."""
        return len({each.document.id for each in self.passages})

    @cached_property
    def unmarked(self) -> int:
        """The number of passages without a match in their own words."""
        return sum(not each.matches for each in self.passages)

    def fetch(self, marked: Marked) -> Passage:
        """Give a passage as it was indexed."""
        return self.snapshot.engine.fetch(marked.place)


class KeptOccurrences:
    """The occurrences of the last queries, so that turning a page or sorting anew finds nothing
    twice; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Query], Occurrences] = OrderedDict()
        self._lock = threading.Lock()

    def give(
        self, snapshot: Snapshot, query: Query, find_places: Callable[[], Ints]
    ) -> Occurrences:
        """Give the occurrences of a query as understood, of which ``find_places`` gives the places.
        """
        query = replace(query, page=1, sort="relevance")
        key = snapshot.generation, query
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = Occurrences(query, snapshot, tuple(_mark_all(snapshot, query, find_places())))
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            self._drop(snapshot.generation)
        return kept

    def _drop(self, generation: str) -> None:
        """Drop what is of an older generation, and the oldest of what is more than may be kept."""
        for key in [key for key in self._kept if key[0] != generation]:
            del self._kept[key]
        held = sum(len(each.passages) for each in self._kept.values())
        while held > PASSAGES_KEPT and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            held -= len(oldest.passages)


def _mark_all(snapshot: Snapshot, query: Query, places: Ints) -> Iterator[Marked]:
    engine = snapshot.engine
    ordered = sorted(
        zip(engine.documents[places].tolist(), engine.numbers[places].tolist(), places.tolist())
    )
    for at, own in groupby(ordered, key=lambda each: each[0]):
        document = snapshot.documents[snapshot.columns.document_ids[at]]
        for _, number, place in own:
            passage = engine.fetch(place)
            fields = searched_fields(document, passage)
            matches = find_matches(passage.text, fields, query.tree, document.id)
            yield Marked(document, number, place, matches or ())
