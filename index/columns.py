"""What is known of the documents of an index, as columns: filters and counts over all at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Floats, Ints, Mask, Numbers, pack_words, unpack_words
from index.query import Audience, Query
from index.schema import FACETS, facet_values
from ingest.records import HeldDocument

_WITHOUT_DAY = "0000-00-00", "9999-99-99"


@dataclass(frozen=True)
class FacetColumn:
    """The values of a facet, sorted, and pairs of a document and a value that it has."""

    values: tuple[str, ...]
    documents: Numbers
    codes: Numbers

    def choose(self, chosen: Sequence[str], count: int) -> Mask:
        """Tell which of ``count`` documents have one of the chosen values."""
        wanted = np.array([value in chosen for value in self.values], np.bool_)
        mask = np.zeros(count, np.bool_)
        mask[self.documents[wanted[self.codes]]] = True
        return mask

    def add_up(self, by_document: Floats) -> Floats:
        """Add up, for each value, what the documents that have it are given."""
        whole = len(by_document) == len(self.documents) and self._one_each
        given = by_document if whole else by_document[self.documents]
        if len(self.values) == 1:  # whose additions would wait for one another
            return np.array([given.sum()])
        return np.bincount(self.codes, given, len(self.values)).astype(np.float64, copy=False)

    @cached_property
    def _one_each(self) -> bool:
        return bool((self.documents == np.arange(len(self.documents))).all())


class Columns:
    """The columns of the documents with these ids, which are sorted and numbered from 0.

    They are some of those, or all, that the arrays of make_columns are of.
    """

    def __init__(self, arrays: Arrays, document_ids: Sequence[str]) -> None:
        numbers = {each: number for number, each in enumerate(unpack_words(arrays["ids"]))}
        chosen = np.array([numbers[each] for each in document_ids], np.int32)
        self.document_ids = tuple(document_ids)
        self.facets = {facet: _open_facet(facet, arrays, chosen, len(numbers)) for facet in FACETS}
        self._public = arrays["public"][chosen]
        published = arrays["published"][chosen]
        self._dated = published != ""
        self._from, self._until = arrays["from"][chosen], arrays["until"][chosen]
        order = np.argsort(arrays["superseded"][chosen], kind="stable")
        self.ranks = np.argsort(order).astype(np.int32)
        """The rank of each document among equals: superseded ones last, else by their ids."""
        _, ages = np.unique(published, return_inverse=True)
        self.by_date = np.argsort(-ages, kind="stable").astype(np.int32)
        """The documents from the newest publication to the oldest, undated ones last."""

    def for_audience(self, audience: Audience) -> Mask:
        """Tell which documents are for a reader."""
        if audience == "staff":
            return np.ones(len(self.document_ids), np.bool_)
        return self._public

    def visible(self, query: Query) -> Mask:
        """Tell which documents are for the reader and within the dates and document asked for.

        A document that is dated by its year or month alone is within a range that meets any of it.
        """
        mask = self.for_audience(query.audience)
        if query.document:
            mask = mask & np.array([each == query.document for each in self.document_ids], np.bool_)
        if query.since or query.until:
            mask = mask & self._dated
            mask &= self._until >= _day(query.since, 0)
            mask &= self._from <= _day(query.until, 1)
        return mask

    def chosen(self, query: Query, but: str = "") -> Mask:
        """Tell which documents have a chosen value of every facet, except facet ``but``."""
        mask = np.ones(len(self.document_ids), np.bool_)
        for facet, values in query.filters:
            if facet != but and values and facet in self.facets:
                mask &= self.facets[facet].choose(values, len(mask))
        return mask


def make_columns(held: Sequence[HeldDocument]) -> dict[str, NDArray[Any]]:
    """Make the columns of documents, sorted by id, as arrays to be written."""
    described = [document.description for document in held]
    published = [each.published.value for each in described]
    arrays: dict[str, NDArray[Any]] = {
        "ids": pack_words([document.id for document in held]),
        "public": np.array([each.audience.value == "public" for each in described], np.bool_),
        "superseded": np.array([d.status.value == "superseded" for d in described], np.bool_),
        "published": np.array(published, np.str_),
        "from": _days(published, 0),
        "until": _days(published, 1),
    }
    for facet in FACETS:
        own = [facet_values(document, facet) for document in held]
        values = sorted({value for each in own for value in each})
        codes = {value: code for code, value in enumerate(values)}
        arrays[f"{facet}.values"] = np.frombuffer(json.dumps(values).encode(), np.uint8)
        pairs = [(at, codes[value]) for at, each in enumerate(own) for value in each]
        arrays[f"{facet}.documents"] = np.array([at for at, _ in pairs], np.int32)
        arrays[f"{facet}.codes"] = np.array([code for _, code in pairs], np.int32)
    return arrays


def _open_facet(facet: str, arrays: Arrays, chosen: Ints, count: int) -> FacetColumn:
    """Give the column of a facet for the chosen documents, numbered anew, of ``count``."""
    renumbered = np.full(count, -1, np.intp)
    renumbered[chosen] = np.arange(len(chosen))
    documents = renumbered[arrays[f"{facet}.documents"]]
    values = json.loads(arrays[f"{facet}.values"].tobytes())
    kept = documents >= 0
    codes = arrays[f"{facet}.codes"][kept].astype(np.intp)
    return FacetColumn(tuple(values), documents[kept], codes)


def _days(published: Sequence[str], end: int) -> NDArray[np.str_]:
    return np.array([_day(value, end) for value in published], np.str_)


def _day(value: str, end: int) -> str:
    """Give the first (0) or last (1) day that a date can mean."""
    return value + _WITHOUT_DAY[end][len(value):]
