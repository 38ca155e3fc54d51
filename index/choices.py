"""Choices that nothing has: a filter that no document can fit is told, not only obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.columns import Columns
from index.query import Query

MOST_CHARACTERS_TOLD = 80

_HAS = {
    "organisation": "is of the organisation",
    "kind": "is of the kind",
    "year": "is of the year",
    "status": "has the status",
    "theme": "has the theme",
    "place": "is about the place",
    "quality": "has the reading quality",
}


def note_unknown(query: Query, columns: Columns) -> Query:
    """Note the chosen values that no document has which is searched for the reader."""
    return replace(query, notes=(*query.notes, *_find_unknown(query, columns)))


def _find_unknown(query: Query, columns: Columns) -> Iterator[str]:
    count = len(columns.document_ids)
    for facet, values in query.filters:
        column = columns.facets[facet]
        unknown = [value for value in values if not column.choose((value,), count).any()]
        if unknown:
            yield f"No document that is searched {_HAS[facet]} {' or '.join(map(_quote, unknown))}."
    if query.document and query.document not in columns.document_ids:
        yield f"No document that is searched has the id {_quote(query.document)}."
    dates = Query(since=query.since, until=query.until, audience=query.audience)
    if count and not columns.visible(dates).any():
        yield "No document that is searched was published within these dates."


def _quote(value: str) -> str:
    return f"“{value[:MOST_CHARACTERS_TOLD]}”"
