"""Holdings: the documents that a query may find, with what they count under and their words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.arrays import Mask
from index.columns import Columns
from index.parts import leave_documents
from index.query import Everything, Query
from index.schema import facet_values
from index.snapshot import Snapshot, open_to


@dataclass(frozen=True)
class Holding:
    """A document that is searched, with what it counts under, NOT_STATED where that is not known.

    ``words`` counts those of its passages, which are what a query can mark, each printed one once.
    ``whole`` is false where pages could not be read.
    """

    document_id: str
    year: str
    organisation: str
    themes: tuple[str, ...]
    words: int
    whole: bool = True


def list_holdings(snapshot: Snapshot, query: Query) -> tuple[Holding, ...]:
    """Give the documents that the reader, filters and dates of a query leave, by id.

    Those without passages are among them.
    """
    doubted = snapshot.documents.in_doubt(query.audience)
    unread = {held.id for held in doubted if held.unread_pages}
    found = [*_with_passages(snapshot, open_to(snapshot, query), unread)]
    ids = {*snapshot.columns.document_ids}
    silent = snapshot.documents.versions(query.audience).keys() - ids
    for held in leave_documents([snapshot.documents[each] for each in silent], query):
        (year,), (organisation,) = facet_values(held, "year"), facet_values(held, "organisation")
        themes = facet_values(held, "theme")
        found.append(Holding(held.id, year, organisation, themes, 0, not held.unread_pages))
    return tuple(sorted(found, key=lambda holding: holding.document_id))


def _with_passages(snapshot: Snapshot, left: Mask, unread: set[str]) -> list[Holding]:
    columns, engine = snapshot.columns, snapshot.engine
    live = engine.match(Everything()).places
    words = np.bincount(engine.documents[live], engine.own_lengths[live], len(left)).astype(int)
    years, organisations, themes = (
        _values_of(columns, facet) for facet in ("year", "organisation", "theme")
    )
    return [
        Holding(each, years[at][0], organisations[at][0], themes[at], words[at].item(),
                each not in unread)
        for at, each in enumerate(columns.document_ids)
        if left[at]
    ]  # fmt: skip


def _values_of(columns: Columns, facet: str) -> list[tuple[str, ...]]:
    """Give the values of a facet that each document has."""
    column = columns.facets[facet]
    values: list[tuple[str, ...]] = [()] * len(columns.document_ids)
    for document, code in zip(column.documents.tolist(), column.codes.tolist()):
        values[document] += (column.values[code],)
    return values
