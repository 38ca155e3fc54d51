"""The commitments of all documents of a generation, found once for each content of a document."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.query import Audience, Everything
from index.search import Searcher
from index.snapshot import Snapshot
from ingest.records import HeldDocument
from search_app.reports.commitments_finding import Commitment, find_commitments

_Stamp = tuple[int, str, str]


@dataclass(frozen=True)
class Read:
    """The commitments of one document, and the place in the index of each of its passages."""

    document: HeldDocument
    commitments: tuple[Commitment, ...]
    places: Mapping[int, int]


class CommitmentReader:
    """Finds the commitments of what is searched, and remembers those of documents that stay.

    Safe to share between threads.
    """

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self._found: dict[str, tuple[_Stamp, tuple[Commitment, ...]]] = {}
        self._read: dict[tuple[str, Audience], tuple[Read, ...]] = {}
        self._lock = threading.Lock()

    def read(self, snapshot: Snapshot, audience: Audience) -> tuple[Read, ...]:
        """Give the documents with passages of what is opened for a reader, by id, each with its
        commitments."""
        reader = snapshot.generation, audience
        with self._lock:
            if reader not in self._read:
                kept = {each: one for each, one in self._read.items() if each[0] == reader[0]}
                self._read = kept | {reader: tuple(self._read_all(snapshot))}
            return self._read[reader]

    def _read_all(self, snapshot: Snapshot) -> Iterator[Read]:
        engine, ids = snapshot.engine, snapshot.columns.document_ids
        places: list[dict[int, int]] = [{} for _ in ids]
        live = engine.match(Everything()).places  # deleted passages, and others' ones, keep theirs
        numbers, documents = engine.numbers[live].tolist(), engine.documents[live].tolist()
        for place, number, document in zip(live.tolist(), numbers, documents):
            places[document][number] = place
        for document_id, own in zip(ids, places):
            held = snapshot.documents[document_id]
            yield Read(held, self._find(snapshot, held, own), own)

    def _find(
        self, snapshot: Snapshot, held: HeldDocument, places: Mapping[int, int]
    ) -> tuple[Commitment, ...]:
        """Find the commitments of a document, unless its content is the one that was read before.
        """
        published = held.description.published.value
        stamp = held.version, held.read_at, published
        before, found = self._found.get(held.id, (None, ()))
        if before != stamp:
            passages = (snapshot.engine.fetch(places[number]) for number in sorted(places))
            found = tuple(find_commitments(passages, published))
            self._found[held.id] = stamp, found
        return found
