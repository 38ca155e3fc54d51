"""Occurrences: every match of a query in every passage that it finds, in the order of documents.

A match is a printed place: where several passages have it, as they have the head of a table of
which each has rows, it is counted and given with the first of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

import numpy as np

from index.arrays import Ints
from index.highlight import Match, find_matches
from index.query import Query
from index.schema import searched_fields
from index.snapshot import Snapshot
from ingest.records import HeldDocument, Passage

PASSAGES_KEPT = 100_000
"""Of queries asked for before, at some 300 bytes; those of the last one are kept in any case."""


@dataclass(frozen=True)
class Marked:
    """A passage that a query finds, and how many matches it has that no earlier one has from the
    same place on a page; ``repeated`` says which others it has, from 0.

    It has neither where only its headings or what is known of its document match.
    """

    document: HeldDocument
    number: int
    place: int
    matches: int
    repeated: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The passage's id, like that of a hit."""
        return f"{self.document.id}/{self.document.version}/{self.number}"


@dataclass(frozen=True)
class Occurrences:
    """All that a query finds: passages by the id of their document and their number.

    ``query`` is as understood. They are the same passages that a search and an export give. Their
    matches are counted at once, and found in the text when a passage is looked at, once.
    """

    query: Query
    snapshot: Snapshot
    passages: tuple[Marked, ...]
    _matches: dict[int, tuple[Match, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def total(self) -> int:
        """The number of matches."""
        return sum(each.matches for each in self.passages)

    @cached_property
    def documents(self) -> int:
        """The number of documents."""
        return len({each.document.id for each in self.passages})

    @cached_property
    def unmarked(self) -> int:
        """The number of passages without a match in their own words."""
        return sum(not each.matches and not each.repeated for each in self.passages)

    @cached_property
    def repeating(self) -> int:
        """The number of passages of which earlier ones have all matches."""
        return sum(not each.matches and bool(each.repeated) for each in self.passages)

    def look_at(self, marked: Marked) -> tuple[Passage, tuple[Match, ...]]:
        """Give a passage as it was indexed, and the offsets in its text of the matches counted."""
        passage = self.snapshot.engine.fetch(marked.place)
        matches = self._matches.get(marked.place)
        if matches is None:
            held, tree = marked.document, self.query.tree
            found = find_matches(passage.text, searched_fields(held, passage), tree, held.id) or ()
            repeated = {*marked.repeated}
            matches = tuple(each for at, each in enumerate(found) if at not in repeated)
            self._matches[marked.place] = matches
        return passage, matches

    def sort_by_words(self, before: bool, words: int) -> list[tuple[Marked, int]]:
        """Sort the matches by so many words before or after them, read from the match on.

        Each is given by its passage and which it is there, from 0. Capitals and accents do not
        count, and equals stand by their passages.
        """
        marked = {each.place: each for each in self.passages}
        places = np.array(sorted(marked), np.int32)
        tree = self.query.tree
        found = self.snapshot.engine.sort_marks(tree, places, before, words)
        return [(marked[place], at) for place, at in zip(*(each.tolist() for each in found))]


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
            kept = Occurrences(query, snapshot, tuple(_count_all(snapshot, query, find_places())))
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


def _count_all(snapshot: Snapshot, query: Query, places: Ints) -> Iterator[Marked]:
    """Count the matches in all passages at some places, in the order of Occurrences."""
    engine = snapshot.engine
    counts, *again = engine.count_marks(query.tree, places)
    repeated = defaultdict[int, tuple[int, ...]](tuple)
    for place, number in zip(*(column.tolist() for column in again)):
        repeated[place] += (number,)
    columns = (engine.documents[places], engine.numbers[places], places, counts[places])
    ordered = sorted(zip(*(column.tolist() for column in columns)))
    for at, own in groupby(ordered, key=lambda each: each[0]):
        document = snapshot.documents[snapshot.columns.document_ids[at]]
        for _, number, place, matches in own:
            yield Marked(document, number, place, matches, repeated.get(place, ()))
