"""Where else in a document a query matches: the match before and the match after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.query import Node, Query
from index.results import Hit
from index.search import Searcher


@dataclass(frozen=True)
class Neighbours:
    """The matching passages around a place; ``place`` is the one here, from 1, 0 for none."""

    tree: Node
    notes: tuple[str, ...]
    total: int
    place: int
    before: Hit | None
    after: Hit | None


def find_neighbours(
    searcher: Searcher, query: Query, document_id: str, page: int, passage: int
) -> Neighbours:
    """Find the matches of a query before and after a passage, or a page, of a document."""
    narrowed = replace(query, document=document_id, filters=(), since="", until="", page=1)
    results = searcher.search(narrowed)
    hits = sorted(
        (hit for group in results.groups for hit in group.hits),
        key=_place,
    )
    here = _find_here(hits, page, passage)
    at = _place(hits[here - 1]) if here else (page, passage)
    before = [hit for hit in hits if _place(hit) < at]
    after = [hit for hit in hits if _place(hit) > at]
    return Neighbours(
        tree=results.query.tree,
        notes=results.query.all_notes,
        total=len(hits),
        place=here,
        before=before[-1] if before else None,
        after=after[0] if after else None,
    )


def _find_here(hits: Sequence[Hit], page: int, passage: int) -> int:
    """Find which hit is shown, from 1: the named one; the page's first if none is named; or 0."""
    shown = (
        n for n, hit in enumerate(hits, 1)
        if (hit.passage.number == passage if passage else hit.page == page)
    )  # fmt: skip
    return next(shown, 0)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.page, hit.passage.number
