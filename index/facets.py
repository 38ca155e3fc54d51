"""Filters and facet counts over all matches, exact; they depend on documents alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from index.query import Query
from index.results import Facet, FacetValue
from index.schema import FACETS, NOT_STATED, facet_value
from ingest.records import HeldDocument


def is_visible(document: HeldDocument, query: Query) -> bool:
    """Tell whether a document is for the reader and within the dates and document asked for.

    A document that is dated by its year or month alone is within a range that meets any of it.
    """
    audience = document.description.audience.value
    if audience != "public" and query.audience != "staff":
        return False
    if query.document and document.id != query.document:
        return False
    published = document.description.published.value
    if (query.since or query.until) and not published:
        return False
    return _after(published, query.since) and _before(published, query.until)


def is_chosen(document: HeldDocument, query: Query, but: str = "") -> bool:
    """Tell whether a document has the chosen values of every facet, except facet ``but``."""
    return all(
        facet_value(document, facet) in query.chosen(facet)
        for facet in FACETS
        if facet != but and query.chosen(facet)
    )


def count_facets(
    passages: Mapping[str, int], documents: Mapping[str, HeldDocument], query: Query
) -> tuple[Facet, ...]:
    """Count documents and passages of each facet value, given the matching passages by document.

    A facet's own choices do not narrow its counts, so that more of its values can be chosen.
    """
    return tuple(_count_facet(facet, passages, documents, query) for facet in FACETS)


def _count_facet(
    facet: str, passages: Mapping[str, int], documents: Mapping[str, HeldDocument], query: Query
) -> Facet:
    counted, matched = Counter[str](), Counter[str]()
    for document_id, count in passages.items():
        document = documents[document_id]
        if is_chosen(document, query, but=facet):
            value = facet_value(document, facet)
            counted[value] += 1
            matched[value] += count
    values = {*counted, *query.chosen(facet)}
    ranked = _sort_values(facet, values, counted)
    chosen = query.chosen(facet)
    return Facet(
        facet, tuple(FacetValue(v, counted[v], matched[v], v in chosen) for v in ranked)
    )


def _sort_values(facet: str, values: Iterable[str], counted: Counter[str]) -> list[str]:
    """Sort years from the newest, other values from the most documents, and NOT_STATED last."""
    if facet == "year":
        ranked = sorted(values, reverse=True)
    else:
        ranked = sorted(values, key=lambda value: (-counted[value], value))
    return sorted(ranked, key=lambda value: value == NOT_STATED)


def _after(published: str, since: str) -> bool:
    length = min(len(published), len(since))
    return published[:length] >= since[:length]


def _before(published: str, until: str) -> bool:
    length = min(len(published), len(until))
    return published[:length] <= until[:length]
