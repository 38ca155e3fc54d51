"""Search: a Query becomes Results, or all its hits for an export; the same matches for both."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import islice

import numpy as np

from index.arrays import Reals
from index.candidates import find_beside, find_candidates
from index.choices import note_unknown
from index.chosen import choose_places
from index.coverage import CoverageReader
from index.errors import NoSuchPage
from index.facets import count_facets
from index.found import Found
from index.fusion import Candidate
from index.generations import live_generation, pointer_stamp
from index.groups import DOCUMENTS_A_PAGE, make_groups, make_hit
from index.known import Known
from index.models import Models
from index.news import News, make_news_groups
from index.occurrences import KeptOccurrences, Occurrences
from index.query import Audience, Clues, Everything, Query, Within
from index.results import AllHits, Coverage, Hit, Results
from index.settling import Matcher, settle_query
from index.similar import Liked, ask_for_similar, read_id
from index.snapshot import Snapshot, open_snapshot, open_to
from ingest.library import Library


_BY_WORDS = "Passages are found by their words alone, not by meaning"


class Searcher:
    """Searches the live generation; a new one is picked up by the next search.

    Safe to share between threads.
    """

    def __init__(self, library: Library, models: Models = Models()) -> None:
        self.library = library
        self.models = models
        self._snapshots: dict[Audience, Snapshot] = {}
        self._stamp = (0, 0)
        self._coverage = CoverageReader(library)
        self._occurrences = KeptOccurrences()
        self._known: dict[tuple[str, Audience], Known] = {}
        self._lock = threading.Lock()

    def snapshot(self, audience: Audience = "public") -> Snapshot:
        """Give the live generation, opened for a reader.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        stamp = pointer_stamp(self.library.data)
        with self._lock:
            if self._stamp != stamp:
                self._stamp, self._snapshots = stamp, {}
            if audience not in self._snapshots:
                data = self.library.data
                self._snapshots[audience] = open_snapshot(data, live_generation(data), audience)
            return self._snapshots[audience]

    def search(self, query: Query) -> Results:
        """Give one page of results.

        Raises:
            NoIndex: nothing has been indexed yet.
            NoSuchPage: the page is past the end.
        """
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        counts = found.count_by_document(snapshot.columns.visible(query))
        chosen = counts * snapshot.columns.chosen(query)
        documents = int(np.count_nonzero(chosen))
        pages = max(1, -(-documents // DOCUMENTS_A_PAGE))
        if not 1 <= query.page <= pages:
            raise NoSuchPage(f"There is no page {query.page} of these results; there are {pages}.")
        return Results(
            query=query,
            groups=tuple(make_groups(snapshot, query, found, chosen)),
            documents=documents,
            passages=int(chosen.sum()),
            pages=pages,
            facets=count_facets(snapshot.columns, counts, query),
            coverage=self._cover(snapshot, query.audience),
            generation=snapshot.generation,
        )

    def all_hits(self, query: Query, chosen: Sequence[str] = (), first: int = 0) -> AllHits:
        """Give all hits of a query, for an export, or those alone whose ids were ``chosen``; those
        before the ``first``, which counts from 0, are left out of ``hits``.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        places = matching = found.within(open_to(snapshot, query))
        if chosen:
            places = choose_places(snapshot, matching, chosen)
        ordered = found.sort_by_document(places, query.sort)
        return AllHits(
            query=query,
            total=len(places),
            matching=len(matching),
            hits=(make_hit(snapshot, query, *each) for each in islice(ordered, first, None)),
            coverage=self._cover(snapshot, query.audience),
            generation=snapshot.generation,
        )

    def occurrences(self, query: Query) -> Occurrences:
        """Give every match in every passage that a search for a query finds.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        return self._occurrences.give(
            snapshot, query, lambda: found.within(open_to(snapshot, query))
        )

    def news(self, query: Query, most: int) -> News:
        """Give the documents in which a query matches, at most so many, those read last first.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        counts = found.count_by_document(open_to(snapshot, query))
        return News(
            query=query,
            groups=tuple(make_news_groups(snapshot, query, found, counts, most)),
            documents=int(np.count_nonzero(counts)),
            passages=int(counts.sum()),
            coverage=self._cover(snapshot, query.audience),
        )

    def best_hits(self, query: Query, most: int) -> list[Hit]:
        """Give the best hits, whatever their documents, at most ``most``."""
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        best = found.best(most, open_to(snapshot, query))
        return [make_hit(snapshot, query, *each) for each in best]

    def find_candidates(
        self, query: Query, clues: Clues, most: int, question: str = ""
    ) -> list[Candidate]:
        """Give the passages that bear most on a question, best first, with how each was found.

        They are those that have any of its words, in the text, headings or title, and, where its
        text is given and passages were encoded, those nearest to it in meaning; of what the
        reader, filters and dates of the query leave.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot(query.audience)
        vector = self._encode(snapshot, question)
        return find_candidates(snapshot, query, clues, most, vector)

    def find_candidates_in(
        self, queries: Sequence[Query], clues: Clues, most: int, question: str = ""
    ) -> list[list[Candidate]]:
        """Give the candidates for one question in what each of several queries leaves, which are
        all one reader's.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        if not queries:
            return []
        snapshot = self.snapshot(queries[0].audience)
        vector = self._encode(snapshot, question)
        return [find_candidates(snapshot, query, clues, most, vector) for query in queries]

    def beside(self, hit: Hit, step: int, audience: Audience) -> Hit | None:
        """Give the passage so many after a hit's in its document (before, where negative), if
        there is one.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        return find_beside(self.snapshot(audience), hit, step)

    def _encode(self, snapshot: Snapshot, question: str) -> Reals | None:
        """Give the vector of a question, where passages have some to be compared with it."""
        encoder = self.models.encoder
        if not question or encoder is None or encoder.id != snapshot.encoder_id:
            return None
        vector: Reals = encoder.encode_questions([question])[0]
        return vector

    def meaning_note(self, audience: Audience) -> str:
        """Say why passages are found by their words alone; nothing where they are not.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        if self.models.encoder is None:
            return f"{_BY_WORDS}: no model is there; fetch it with: plansearch fetch-models"
        if self.models.encoder.id != self.snapshot(audience).encoder_id:
            return f"{_BY_WORDS}: they have no vectors of this model yet; run: plansearch index"
        return ""

    def count(self, query: Query) -> int:
        """Count the passages that match, without any loosening of the query."""
        snapshot = self.snapshot(query.audience)
        found = Found(snapshot.engine, snapshot.columns, query.tree)
        return len(found.within(open_to(snapshot, query)))

    def total(self, query: Query) -> int:
        """Count the passages that a search for a query finds."""
        snapshot = self.snapshot(query.audience)
        query, found = self._settle(snapshot, query)
        return len(found.within(open_to(snapshot, query)))

    def known(self, audience: Audience) -> Known:
        """Give what a reader may know of words, from the documents that are for him.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        return self._known_in(self.snapshot(audience), audience)

    def _known_in(self, snapshot: Snapshot, audience: Audience) -> Known:
        key = snapshot.generation, audience
        known = self._known.get(key)
        if known is None:
            known = Known(self.library, snapshot.documents, audience)
            kept = {each: one for each, one in self._known.items() if each[0] == key[0]}
            self._known = kept | {key: known}
        return known

    def words(self, audience: Audience, field: str = "text") -> Sequence[str]:
        """Give all words as printed of a field of what is for a reader, sorted.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        return self.snapshot(audience).engine.words(field)

    def coverage(self, audience: Audience) -> Coverage:
        """Say what a reader searches, and what could not be read."""
        return self._cover(self.snapshot(audience), audience)

    def _cover(self, snapshot: Snapshot, audience: Audience) -> Coverage:
        return self._coverage.read(snapshot.generation, snapshot.documents, audience)

    def _settle(self, snapshot: Snapshot, query: Query) -> tuple[Query, Found]:
        """Give a query as it is searched for, and what it finds, before its filters.

        Filters play no part in what its words mean, so that choosing one never changes that.
        The audience does: a reader is not told of passages that are not for him.
        """
        query = note_unknown(query, snapshot.columns)
        left = open_to(snapshot, query)
        matcher = Matcher(
            lambda tree: Found(snapshot.engine, snapshot.columns, tree),
            lambda found: len(found.within(left)),
        )
        if query.like:
            liked = _find_liked(snapshot, query.like)
            total = len(matcher.match(Everything()))
            query = ask_for_similar(query, liked, lambda tree: len(matcher.match(tree)), total)
        return settle_query(query, self._known_in(snapshot, query.audience).names, matcher)


def _find_liked(snapshot: Snapshot, like: str) -> Liked | None:
    """Find the passage that an id names, if it is searched and for the reader."""
    document_id, version, number = read_id(like)
    held = snapshot.documents.get(document_id)
    if held is None or held.version != version:
        return None
    own = snapshot.engine.match(Within(Everything(), (document_id,))).places
    places = own[snapshot.engine.numbers[own] == number].tolist()
    return Liked(held, snapshot.engine.fetch(places[0])) if places else None
