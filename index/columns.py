"""What is known of the documents of an index, as columns: filters and counts over all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import Ints, Mask
from index.query import Audience, Query
from index.schema import FACETS, facet_values
from ingest.records import HeldDocument

_WITHOUT_DAY = "0000-00-00", "9999-99-99"


@dataclass(frozen=True)
class FacetColumn:
    """The values of a facet, sorted, and pairs of a document and a value that it has."""

    values: tuple[str, ...]
    documents: Ints
    codes: Ints

    def choose(self, chosen: Sequence[str], count: int) -> Mask:
        """Tell which of ``count`` documents have one of the chosen values."""
        wanted = np.array([value in chosen for value in self.values], np.bool_)
        mask = np.zeros(count, np.bool_)
        mask[self.documents[wanted[self.codes]]] = True
        return mask


class Columns:
    """The columns of some documents, which are numbered from 0."""

    def __init__(self, held: Sequence[HeldDocument]) -> None:
        self.held = tuple(held)
        self.facets = {facet: _make_facet(facet, held) for facet in FACETS}
        described = [document.description for document in held]
        self._public = np.array([each.audience.value == "public" for each in described], np.bool_)
        published = [each.published.value for each in described]
        self._dated = np.array(published, np.str_) != ""
        self._from = _days(published, 0)
        self._until = _days(published, 1)
        superseded = np.array([each.status.value == "superseded" for each in described], np.bool_)
        order = np.argsort(superseded, kind="stable")
        self.ranks = np.argsort(order).astype(np.int32)
        """The rank of each document among equals: superseded ones last, else by their ids."""
        _, ages = np.unique(np.array(published, np.str_), return_inverse=True)
        self.by_date = np.argsort(-ages, kind="stable").astype(np.int32)
        """The documents from the newest publication to the oldest, undated ones last."""

    def for_audience(self, audience: Audience) -> Mask:
        """Tell which documents are for a reader."""
        if audience == "staff":
            return np.ones(len(self.held), np.bool_)
        return self._public

    def visible(self, query: Query) -> Mask:
        """Tell which documents are for the reader and within the dates and document asked for.

        A document that is dated by its year or month alone is within a range that meets any of it.
        """
        mask = self.for_audience(query.audience)
        if query.document:
            mask = mask & np.array([held.id == query.document for held in self.held], np.bool_)
        if query.since or query.until:
            mask = mask & self._dated
            mask &= self._until >= _day(query.since, 0)
            mask &= self._from <= _day(query.until, 1)
        return mask

    def chosen(self, query: Query, but: str = "") -> Mask:
        """Tell which documents have a chosen value of every facet, except facet ``but``."""
        mask = np.ones(len(self.held), np.bool_)
        for facet, column in self.facets.items():
            if facet != but and (values := query.chosen(facet)):
                mask &= column.choose(values, len(mask))
        return mask


def _make_facet(facet: str, held: Sequence[HeldDocument]) -> FacetColumn:
    own = [facet_values(document, facet) for document in held]
    values = tuple(sorted({value for each in own for value in each}))
    codes = {value: code for code, value in enumerate(values)}
    return FacetColumn(
        values,
        np.array([at for at, each in enumerate(own) for _ in each], np.int32),
        np.array([codes[value] for each in own for value in each], np.int32),
    )


def _days(published: Sequence[str], end: int) -> NDArray[np.str_]:
    return np.array([_day(value, end) for value in published], np.str_)


def _day(value: str, end: int) -> str:
    """Give the first (0) or last (1) day that a date can mean."""
    return value + _WITHOUT_DAY[end][len(value):]
