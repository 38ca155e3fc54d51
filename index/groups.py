"""The groups of a page of results: its documents, their best hits, and what of them is folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from index.arrays import Ints
from index.engines import TwinPlaces
from index.folding import RANKED_A_HIT, Folded, TwinsAmong, fold
from index.found import Found
from index.highlight import find_matches
from index.query import Node, Query
from index.results import DocumentHits, Fold, Hit, Twin, Twins
from index.schema import searched_fields
from index.snapshot import Snapshot, open_to

DOCUMENTS_A_PAGE = 10
HITS_A_DOCUMENT = 3

TWINS_NAMED = 5
"""How many twins of a hit are named; the others are counted."""


def make_groups(
    snapshot: Snapshot, query: Query, found: Found, counts: Ints
) -> Iterator[DocumentHits]:
    """Make the groups of a page, given the matching passages of each document that is chosen."""
    documents = _find_documents(snapshot, query, found, counts)
    if query.document:
        for document in documents:
            best = found.best_of_document(document, None)
            hits = tuple(make_hit(snapshot, query, *each) for each in best)
            yield DocumentHits(hits[0].document, hits, int(counts[document]))
        return
    most = HITS_A_DOCUMENT * RANKED_A_HIT
    ranked = [found.best_of_document(document, most) for document in documents]
    twins = TwinsAmong(snapshot.engine, found.within(open_to(snapshot, query)))
    above: dict[int, Hit] = {}
    for document, folded in zip(documents, fold(ranked, twins, HITS_A_DOCUMENT)):
        for place, score in folded.shown:
            hit = make_hit(snapshot, query, place, score)
            above[place] = replace(hit, twins=_make_twins(snapshot, place, twins[place]))
        yield DocumentHits(
            snapshot.documents[snapshot.columns.document_ids[document]],
            tuple(above[place] for place, _ in folded.shown),
            int(counts[document]),
            tuple(_make_folds(snapshot, folded, twins, above)),
        )


def _find_documents(
    snapshot: Snapshot, query: Query, found: Found, counts: Ints
) -> list[int]:
    """Find the documents of a page in their order."""
    last = query.page * DOCUMENTS_A_PAGE
    if query.sort == "date":
        order = snapshot.columns.by_date[counts[snapshot.columns.by_date] > 0]
    else:
        order = found.best_documents(last, counts > 0)
    documents: list[int] = order[last - DOCUMENTS_A_PAGE:last].tolist()
    return documents


def _make_folds(
    snapshot: Snapshot, folded: Folded, twins: Mapping[int, TwinPlaces], above: Mapping[int, Hit]
) -> Iterator[Fold]:
    for place, shown in folded.folded:
        places, same = twins[shown]
        at = int(np.searchsorted(places, place))
        yield Fold(_make_twin(snapshot, place, bool(same[at])), above[shown])


def _make_twins(snapshot: Snapshot, place: int, twins: TwinPlaces) -> Twins:
    """Make what is said of a hit's twins: those of current documents come first."""
    places, same = twins
    if not len(places):
        return Twins()
    held = snapshot.engine.documents[places]
    others = np.unique(held[held != snapshot.engine.documents[place]])
    order = np.lexsort((snapshot.engine.numbers[places], snapshot.columns.ranks[held]))
    first = order[:TWINS_NAMED].tolist()
    named = (_make_twin(snapshot, int(places[at]), bool(same[at])) for at in first)
    return Twins(len(places), len(others), tuple(named))


def _make_twin(snapshot: Snapshot, place: int, same: bool) -> Twin:
    document_id = snapshot.columns.document_ids[snapshot.engine.documents[place]]
    passage = snapshot.engine.fetch(place)
    document = snapshot.documents[document_id]
    return Twin(document, passage.number, passage.spans[0].page, same)


def make_hit(snapshot: Snapshot, query: Query, place: int, score: float) -> Hit:
    """Make a hit of a place that matches."""
    return mark_hit(fetch_hit(snapshot, place, score), query.tree)


def fetch_hit(snapshot: Snapshot, place: int, score: float) -> Hit:
    """Make a hit of a place without its matches."""
    document_id = snapshot.columns.document_ids[snapshot.engine.documents[place]]
    return Hit(snapshot.documents[document_id], snapshot.engine.fetch(place), score, ())


def mark_hit(hit: Hit, tree: Node) -> Hit:
    """Give a hit the matches of a tree; none where it does not match."""
    fields = searched_fields(hit.document, hit.passage)
    matches = find_matches(hit.passage.text, fields, tree, hit.document.id)
    return replace(hit, matches=matches or ())
