"""Facet counts over all matches, exact; and who may see a document."""

from __future__ import annotations

from operator import itemgetter

import numpy as np

from index.arrays import Floats, Ints
from index.columns import Columns, FacetColumn
from index.query import Audience, Query
from index.results import Facet, FacetValue
from index.schema import NOT_STATED
from ingest.records import HeldDocument


A_DOCUMENT = 2.0**28
"""More passages than there are: a document and its passages are added up as one number, exactly
while there are fewer than 2**25 documents."""


Counted = tuple[str, int, int]
"""A value, and how many documents and passages have it."""


def is_for(document: HeldDocument, audience: Audience) -> bool:
    """Tell whether a document is for a reader."""
    return audience == "staff" or document.description.audience.value == "public"


def count_facets(columns: Columns, passages: Ints, query: Query) -> tuple[Facet, ...]:
    """Count documents and passages of each facet value, given the matching passages of each
    document.

    A facet's own choices do not narrow its counts, so that more of its values can be chosen.
    """
    both: Floats = np.where(passages > 0, passages + A_DOCUMENT, 0.0)
    return tuple(
        _count_facet(facet, column, _narrow(columns, both, query, facet), query)
        for facet, column in columns.facets.items()
    )


def _narrow(columns: Columns, both: Floats, query: Query, but: str) -> Floats:
    """Count nothing in documents that the choices of other facets leave out."""
    others = any(values for facet, values in query.filters if facet != but)
    return both * columns.chosen(query, but) if others else both


def _count_facet(facet: str, column: FacetColumn, both: Floats, query: Query) -> Facet:
    sums = column.add_up(both)
    codes = sums.nonzero()[0]
    documents, passages = np.divmod(sums[codes].astype(np.int64), int(A_DOCUMENT))
    values = map(column.values.__getitem__, codes.tolist())
    counted = [*zip(values, documents.tolist(), passages.tolist())]
    chosen = query.chosen(facet)
    if chosen:
        held = {value for value, _, _ in counted}
        counted += [(value, 0, 0) for value in sorted({*chosen} - held)]
    ranked = _sort_values(facet, counted)
    return Facet(facet, tuple(FacetValue(*each, each[0] in chosen) for each in ranked))


def _sort_values(facet: str, counted: list[Counted]) -> list[Counted]:
    """Sort years from the newest, other values, which stand in order, from the most documents, and
    NOT_STATED last."""
    ranked = sorted(counted, key=itemgetter(0 if facet == "year" else 1), reverse=True)
    last = [each for each in ranked if each[0] == NOT_STATED]
    return [each for each in ranked if each[0] != NOT_STATED] + last if last else ranked
