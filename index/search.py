"""Search: a Query becomes Results, or all its hits for an export; the same matches for both."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from index.engines import Engine, Ranked
from index.errors import NoIndex, NoSuchPage
from index.facets import count_facets, is_chosen, is_visible
from index.generations import index_folder, live_generation, read_manifest
from index.highlight import find_matches
from index.query import And, Audience, Node, Or, Phrase, Prefix, Query, Term
from index.results import AllHits, Coverage, DocumentHits, Hit, Results
from index.schema import SCHEMA_VERSION, searched_fields
from index.whoosh_engine import WhooshEngine
from ingest.library import Library
from ingest.records import HeldDocument

DOCUMENTS_A_PAGE = 10
HITS_A_DOCUMENT = 3

ANY_WORD_NOTE = (
    "No passage has all of these words; these have some of them, the most telling first."
)


@dataclass(frozen=True)
class Snapshot:
    """One generation, opened: the engine, and the documents that it holds by id."""

    generation: str
    engine: Engine
    documents: dict[str, HeldDocument]


class Searcher:
    """Searches the live generation; a new one is picked up by the next search.

    Safe to share between threads.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Give the live generation, opened.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        live = live_generation(self.library.data)
        with self._lock:
            if self._snapshot is None or self._snapshot.generation != live:
                self._snapshot = _open(self.library.data, live)
            return self._snapshot

    def search(self, query: Query) -> Results:
        """Give one page of results.

        Raises:
            NoIndex: nothing has been indexed yet.
            NoSuchPage: the page is past the end.
        """
        snapshot = self.snapshot()
        query, visible = _settle(snapshot, query)
        counts = Counter(ranked.document_id for ranked in visible)
        groups = _group(visible, snapshot, query)
        pages = max(1, -(-len(groups) // DOCUMENTS_A_PAGE))
        if not 1 <= query.page <= pages:
            raise NoSuchPage(f"There is no page {query.page} of these results; there are {pages}.")
        first = (query.page - 1) * DOCUMENTS_A_PAGE
        return Results(
            query=query,
            groups=tuple(
                _make_group(snapshot, query, group)
                for group in groups[first:first + DOCUMENTS_A_PAGE]
            ),
            documents=len(groups),
            passages=sum(map(len, groups)),
            pages=pages,
            facets=count_facets(counts, snapshot.documents, query),
            coverage=_cover(self.library, snapshot, query.audience),
            generation=snapshot.generation,
        )

    def all_hits(self, query: Query) -> AllHits:
        """Give all hits of a query, for an export.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        snapshot = self.snapshot()
        query, visible = _settle(snapshot, query)
        chosen = [ranked for group in _group(visible, snapshot, query) for ranked in group]
        return AllHits(
            query=query,
            total=len(chosen),
            hits=(_make_hit(snapshot, query, ranked) for ranked in chosen),
            coverage=_cover(self.library, snapshot, query.audience),
            generation=snapshot.generation,
        )

    def best_hits(self, query: Query, most: int) -> list[Hit]:
        """Give the best hits, whatever their documents, at most ``most``."""
        snapshot = self.snapshot()
        query, visible = _settle(snapshot, query)
        best = sorted(visible, key=_by_score)[:most]
        return [_make_hit(snapshot, query, ranked) for ranked in best]

    def count(self, query: Query) -> int:
        """Count the passages that match, without any loosening of the query."""
        snapshot = self.snapshot()
        matched = _match(snapshot, query.tree, query.audience)
        documents = (snapshot.documents[ranked.document_id] for ranked in matched)
        return sum(is_visible(held, query) and is_chosen(held, query) for held in documents)

    def coverage(self, audience: Audience) -> Coverage:
        """Say what a reader searches, and what could not be read."""
        return _cover(self.library, self.snapshot(), audience)


def _open(data: Path, generation: str) -> Snapshot:
    folder = index_folder(data) / generation
    manifest = read_manifest(folder)
    if manifest.schema_version != SCHEMA_VERSION:
        raise NoIndex(f"The index in {data} is of another version; run: plansearch index")
    documents = {held.id: held for held in manifest.documents}
    return Snapshot(generation, WhooshEngine(folder), documents)


def _cover(library: Library, snapshot: Snapshot, audience: Audience) -> Coverage:
    own = Query(audience=audience)
    held = [document for document in library.documents() if is_visible(document, own)]
    searched = [document for document in snapshot.documents.values() if is_visible(document, own)]
    welcome = ("public", audience)
    return Coverage(
        searched=len(searched),
        unread=tuple(unread for unread in library.unread() if unread.audience in welcome),
        outdated=tuple(unread for unread in library.outdated() if unread.audience in welcome),
        partly=tuple(document for document in searched if document.unread_pages),
        withdrawn=tuple(document for document in held if document.withdrawn),
    )


def _settle(snapshot: Snapshot, query: Query) -> tuple[Query, list[Ranked]]:
    """Match a query and apply its filters but the facets.

    Where no passage has all of its words, match any of them and say so.

    Filters play no part in the latter, so that choosing one never changes what the words mean.
    The audience does: a reader is not told of passages that are not for him.
    """
    matched = _match(snapshot, query.tree, query.audience)
    if not matched and isinstance(query.tree, And) and _are_words(query.tree.parts):
        tree = Or(query.tree.parts)
        matched = _match(snapshot, tree, query.audience)
        notes = (*query.notes, ANY_WORD_NOTE) if matched else query.notes
        query = replace(query, tree=tree, notes=notes)
    return query, [r for r in matched if is_visible(snapshot.documents[r.document_id], query)]


def _match(snapshot: Snapshot, tree: Node, audience: Audience) -> list[Ranked]:
    reader = Query(audience=audience)
    found = snapshot.engine.match(tree)
    return [r for r in found if is_visible(snapshot.documents[r.document_id], reader)]


def _are_words(parts: tuple[Node, ...]) -> bool:
    return all(isinstance(part, Term | Phrase | Prefix) for part in parts)


def _by_score(ranked: Ranked) -> tuple[float, str, int]:
    return -ranked.score, ranked.document_id, ranked.number


def _group(ranked: list[Ranked], snapshot: Snapshot, query: Query) -> list[list[Ranked]]:
    """Group the chosen hits by document, in the order asked for; ties by passage id."""
    groups: dict[str, list[Ranked]] = defaultdict(list)
    for hit in sorted(ranked, key=_by_score):
        groups[hit.document_id].append(hit)
    chosen = [g for id, g in groups.items() if is_chosen(snapshot.documents[id], query)]
    if query.sort == "date":
        chosen.sort(key=lambda group: group[0].document_id)
        chosen.sort(key=lambda group: _published(snapshot, group), reverse=True)
    return chosen


def _published(snapshot: Snapshot, group: list[Ranked]) -> str:
    return snapshot.documents[group[0].document_id].description.published.value


def _make_group(snapshot: Snapshot, query: Query, group: list[Ranked]) -> DocumentHits:
    shown = group if query.document else group[:HITS_A_DOCUMENT]
    hits = tuple(_make_hit(snapshot, query, ranked) for ranked in shown)
    return DocumentHits(hits[0].document, hits, len(group))


def _make_hit(snapshot: Snapshot, query: Query, ranked: Ranked) -> Hit:
    document = snapshot.documents[ranked.document_id]
    passage = snapshot.engine.fetch(ranked.document_id, ranked.number)
    fields = searched_fields(document, passage.trail)
    matches = find_matches(passage.text, fields, query.tree)
    return Hit(document, passage, round(ranked.score, 6), matches or ())
