"""Search: a Query becomes Results, or all its hits for an export; the same matches for both."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.arrays import Ints, Mask
from index.columns import Columns
from index.coverage import CoverageReader
from index.engines import Engine, TwinPlaces
from index.errors import NoIndex, NoSuchPage
from index.facets import count_facets
from index.folding import RANKED_A_HIT, Folded, find_twins, fold
from index.found import Found
from index.generations import index_folder, live_generation, pointer_stamp
from index.highlight import find_matches
from index.known import Known
from index.manifest import Documents, read_manifest, read_version
from index.query import Anywhere, Audience, Clues, Everything, Or, Query, Term, Within
from index.rescoring import PASSAGES_RESCORED
from index.results import AllHits, Coverage, DocumentHits, Fold, Hit, Results, Twin, Twins
from index.schema import SCHEMA_VERSION, searched_fields
from index.settling import Matcher, settle_query
from index.similar import Liked, ask_for_similar, read_id
from index.whoosh_engine import WhooshEngine
from ingest.library import Library

DOCUMENTS_A_PAGE = 10
HITS_A_DOCUMENT = 3

TWINS_NAMED = 5
"""How many twins of a hit are named; the others are counted."""


@dataclass(frozen=True)
class Snapshot:
    """One generation, opened: the engine, the documents that it holds by id, and the columns of
    those that have passages, in the engine's order."""

    generation: str
    engine: Engine
    documents: Documents
    columns: Columns


class Searcher:
    """Searches the live generation; a new one is picked up by the next search.

    Safe to share between threads.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._snapshot: Snapshot | None = None
        self._stamp = (0, 0)
        self._coverage = CoverageReader(library)
        self._known: dict[tuple[str, Audience], Known] = {}
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Give the live generation, opened.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        stamp = pointer_stamp(self.library.data)
        with self._lock:
            if self._snapshot is None or self._stamp != stamp:
                self._stamp = stamp
                self._snapshot = _open(self.library.data, live_generation(self.library.data))
            return self._snapshot

    def search(self, query: Query) -> Results:
        """Give one page of results.

        Raises:
            NoIndex: nothing has been indexed yet.
            NoSuchPage: the page is past the end.
        """
        snapshot = self.snapshot()
        query, found = self._settle(snapshot, query)
        counts = found.count_by_document(snapshot.columns.visible(query))
        chosen = counts * snapshot.columns.chosen(query)
        documents = int(np.count_nonzero(chosen))
        pages = max(1, -(-documents // DOCUMENTS_A_PAGE))
        if not 1 <= query.page <= pages:
            raise NoSuchPage(f"There is no page {query.page} of these results; there are {pages}.")
        return Results(
            query=query,
            groups=tuple(_make_groups(snapshot, query, found, chosen)),
            documents=documents,
            passages=int(chosen.sum()),
            pages=pages,
            facets=count_facets(snapshot.columns, counts, query),
            coverage=self._cover(snapshot, query.audience),
            generation=snapshot.generation,
        )

    def all_hits(self, query: Query) -> AllHits:
        """Give all hits of a query, for an export.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot()
        query, found = self._settle(snapshot, query)
        places = found.within(_open_to(snapshot, query))
        ordered = found.sort_by_document(places, query.sort)
        return AllHits(
            query=query,
            total=len(places),
            hits=(_make_hit(snapshot, query, *each) for each in ordered),
            coverage=self._cover(snapshot, query.audience),
            generation=snapshot.generation,
        )

    def best_hits(self, query: Query, most: int) -> list[Hit]:
        """Give the best hits, whatever their documents, at most ``most``."""
        snapshot = self.snapshot()
        query, found = self._settle(snapshot, query)
        best = found.best(most, _open_to(snapshot, query))
        return [_make_hit(snapshot, query, *each) for each in best]

    def find_passages(self, query: Query, clues: Clues, most: int) -> list[Hit]:
        """Give the passages that bear most on a question, whatever their documents, best first.

        They are those that have any of its words, in the text, headings or title, and that the
        reader, filters and dates of the query leave.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot()
        query = replace(query, tree=Or(tuple(map(Term, clues.weights))))
        found = Found(
            snapshot.engine, snapshot.columns, Or(tuple(map(Anywhere, clues.weights)))
        )
        best = found.best(max(most, PASSAGES_RESCORED), _open_to(snapshot, query))
        places = np.sort(np.array([place for place, _ in best], np.int32))
        ordered = found.order(places, snapshot.engine.rescore(clues, places))
        return [_make_hit(snapshot, query, *each) for each in ordered[:most]]

    def count(self, query: Query) -> int:
        """Count the passages that match, without any loosening of the query."""
        snapshot = self.snapshot()
        found = Found(snapshot.engine, snapshot.columns, query.tree)
        return len(found.within(_open_to(snapshot, query)))

    def known(self, audience: Audience) -> Known:
        """Give what a reader may know of words, from the documents that are for him.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        return self._known_in(self.snapshot(), audience)

    def _known_in(self, snapshot: Snapshot, audience: Audience) -> Known:
        key = snapshot.generation, audience
        known = self._known.get(key)
        if known is None:
            known = Known(self.library, snapshot.documents, audience)
            kept = {each: one for each, one in self._known.items() if each[0] == key[0]}
            self._known = kept | {key: known}
        return known

    def words(self) -> Sequence[str]:
        """Give all words of the texts as printed, sorted, whoever they are for.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        return self.snapshot().engine.words("text")

    def coverage(self, audience: Audience) -> Coverage:
        """Say what a reader searches, and what could not be read."""
        return self._cover(self.snapshot(), audience)

    def _cover(self, snapshot: Snapshot, audience: Audience) -> Coverage:
        return self._coverage.read(snapshot.generation, snapshot.documents, audience)

    def _settle(self, snapshot: Snapshot, query: Query) -> tuple[Query, Found]:
        """Give a query as it is searched for, and what it finds, before its filters.

        Filters play no part in what its words mean, so that choosing one never changes that.
        The audience does: a reader is not told of passages that are not for him.
        """
        readable = snapshot.columns.for_audience(query.audience)
        open_to = _open_to(snapshot, query)
        matcher = Matcher(
            lambda tree: Found(snapshot.engine, snapshot.columns, tree, readable),
            lambda found: len(found.within(open_to)),
        )
        if query.like:
            liked = _find_liked(snapshot, query.like, readable)
            total = len(matcher.match(Everything()))
            query = ask_for_similar(query, liked, lambda tree: len(matcher.match(tree)), total)
        return settle_query(query, self._known_in(snapshot, query.audience).names, matcher)


def _open(data: Path, generation: str) -> Snapshot:
    folder = index_folder(data) / generation
    if read_version(folder) != SCHEMA_VERSION:
        raise NoIndex(f"The index in {data} is of another version; run: plansearch index")
    manifest = read_manifest(folder)
    engine = WhooshEngine(folder)
    columns = Columns(manifest.columns, engine.document_ids)
    return Snapshot(generation, engine, manifest.documents, columns)


def _open_to(snapshot: Snapshot, query: Query) -> Mask:
    """Tell which documents the reader, filters and dates of a query leave."""
    return snapshot.columns.visible(query) & snapshot.columns.chosen(query)


def _make_groups(
    snapshot: Snapshot, query: Query, found: Found, counts: Ints
) -> Iterator[DocumentHits]:
    """Make the groups of a page, given the matching passages of each document that is chosen."""
    last = query.page * DOCUMENTS_A_PAGE
    if query.sort == "date":
        order = snapshot.columns.by_date[counts[snapshot.columns.by_date] > 0]
    else:
        order = found.best_documents(last, counts > 0)
    documents = order[last - DOCUMENTS_A_PAGE:last].tolist()
    if query.document:
        for document in documents:
            best = found.best_of_document(document, None)
            hits = tuple(_make_hit(snapshot, query, *each) for each in best)
            yield DocumentHits(hits[0].document, hits, int(counts[document]))
        return
    most = HITS_A_DOCUMENT * RANKED_A_HIT
    ranked = [found.best_of_document(document, most) for document in documents]
    twins = find_twins(snapshot.engine, ranked, found.within(_open_to(snapshot, query)))
    above: dict[int, Hit] = {}
    for document, folded in zip(documents, fold(ranked, twins, HITS_A_DOCUMENT)):
        for place, score in folded.shown:
            hit = _make_hit(snapshot, query, place, score)
            above[place] = replace(hit, twins=_make_twins(snapshot, place, twins[place]))
        yield DocumentHits(
            snapshot.documents[snapshot.columns.document_ids[document]],
            tuple(above[place] for place, _ in folded.shown),
            int(counts[document]),
            tuple(_make_folds(snapshot, folded, twins, above)),
        )


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


def _find_liked(snapshot: Snapshot, like: str, readable: Mask) -> Liked | None:
    """Find the passage that an id names, if it is searched and for the reader."""
    document_id, version, number = read_id(like)
    held = snapshot.documents.get(document_id)
    if held is None or held.version != version:
        return None
    own = Found(
        snapshot.engine, snapshot.columns, Within(Everything(), (document_id,)), readable
    ).places
    places = own[snapshot.engine.numbers[own] == number].tolist()
    return Liked(held, snapshot.engine.fetch(places[0])) if places else None


def _make_hit(snapshot: Snapshot, query: Query, place: int, score: float) -> Hit:
    document_id = snapshot.columns.document_ids[snapshot.engine.documents[place]]
    document = snapshot.documents[document_id]
    passage = snapshot.engine.fetch(place)
    fields = searched_fields(document, passage)
    matches = find_matches(passage.text, fields, query.tree, document.id)
    return Hit(document, passage, score, matches or ())
