"""News: the documents with matches that were read last, for those who follow a search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.arrays import Ints
from index.found import Found
from index.groups import make_hit
from index.query import Query
from index.results import Coverage, DocumentHits
from index.snapshot import Snapshot

HITS_A_DOCUMENT = 3


@dataclass(frozen=True)
class News:
    """The documents in which a query matches, those read last first.

    ``groups`` are the first of them, each with its best hits; ``documents`` and ``passages`` count
    them all.
    """

    query: Query
    groups: tuple[DocumentHits, ...]
    documents: int
    passages: int
    coverage: Coverage


def make_news_groups(
    snapshot: Snapshot, query: Query, found: Found, counts: Ints, most: int
) -> Iterator[DocumentHits]:
    """Make the groups of at most so many documents, given the matching passages of each."""
    ids = snapshot.columns.document_ids
    held = {at: snapshot.documents[ids[at]] for at in counts.nonzero()[0].tolist()}
    newest = sorted(held, key=lambda at: held[at].id)
    newest.sort(key=lambda at: held[at].read_at, reverse=True)
    for at in newest[:most]:
        best = found.best_of_document(at, HITS_A_DOCUMENT)
        hits = tuple(make_hit(snapshot, query, *each) for each in best)
        yield DocumentHits(held[at], hits, int(counts[at]))
