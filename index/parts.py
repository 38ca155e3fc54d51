"""The parts of a library by organisation, by year of publication or by document, read or not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Literal, TypeVar

import numpy as np

from index.columns import Columns, make_columns
from index.query import Query
from index.results import Coverage
from index.schema import NOT_STATED, facet_values
from index.snapshot import Snapshot, open_to
from ingest.records import HeldDocument, Unread

By = Literal["organisation", "document", "year"]

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Part:
    """The documents with one value of a facet, or the one document whose id ``value`` is.

    ``documents`` counts those that are searched. ``partly`` are those of them with pages that
    could not be read, ``wanting`` those with pages on which words may be missing or wrong;
    ``unread`` are files of which nothing is searched, ``outdated`` those of which an older version
    is.
    """

    value: str
    documents: int = 0
    partly: tuple[HeldDocument, ...] = ()
    wanting: tuple[HeldDocument, ...] = ()
    unread: tuple[Unread, ...] = ()
    outdated: tuple[Unread, ...] = ()


def find_parts(
    snapshot: Snapshot, coverage: Coverage, query: Query, by: By
) -> tuple[Part, ...]:
    """Give every part of what the reader, filters and dates of a query leave, by value, what
    states none last. ``coverage`` is that of the same reader.

    A file that was not read is of the part that its catalogue names, if nothing that this says
    speaks against the query.
    """
    counts = _count(snapshot, query, by)
    partly = _group(leave_documents(coverage.partly, query), lambda held: part_of(held, by))
    wanting = _group(leave_documents(coverage.wanting, query), lambda held: part_of(held, by))
    unread = _group_unread(coverage.unread, query, by)
    outdated = _group_unread(coverage.outdated, query, by)
    values = {*counts, *unread, *outdated}
    return tuple(
        Part(
            value,
            counts[value],
            tuple(partly[value]),
            tuple(wanting[value]),
            tuple(unread[value]),
            tuple(outdated[value]),
        )
        for value in sorted(values, key=lambda value: (value == NOT_STATED, value))
    )


def part_of(held: HeldDocument, by: By) -> str:
    """Give the value of the part that a document is of."""
    return held.id if by == "document" else facet_values(held, by)[0]


def narrow_to(query: Query, by: By, value: str) -> Query:
    """Give a query for what one part alone has of it."""
    if by == "document":
        return replace(query, document=value)
    others = tuple(each for each in query.filters if each[0] != by)
    return replace(query, filters=(*others, (by, (value,))))


def _count(snapshot: Snapshot, query: Query, by: By) -> Counter[str]:
    """Count the searched documents of each part; those without passages are searched too."""
    columns = snapshot.columns
    mask = open_to(snapshot, query)
    counts: Counter[str] = Counter()
    if by == "document":
        counts.update(compress(columns.document_ids, mask.tolist()))
    else:
        column = columns.facets[by]
        sums = column.add_up(mask.astype(np.float64)).astype(int)
        counts.update({value: count for value, count in zip(column.values, sums.tolist()) if count})
    silent = snapshot.documents.versions(query.audience).keys() - {*columns.document_ids}
    held = [snapshot.documents[each] for each in silent]
    counts.update(part_of(each, by) for each in leave_documents(held, query))
    return counts


def leave_documents(documents: Sequence[HeldDocument], query: Query) -> list[HeldDocument]:
    """Give those of some documents that the reader, filters and dates of a query leave."""
    ordered = sorted(documents, key=lambda held: held.id)
    if not ordered:
        return []
    columns = Columns(make_columns(ordered), [held.id for held in ordered])
    return [*compress(ordered, (columns.visible(query) & columns.chosen(query)).tolist())]


def _group_unread(
    files: Iterable[Unread], query: Query, by: By
) -> defaultdict[str, list[Unread]]:
    meant = (each for each in files if _may_be_meant(each, query, by))
    return _group(meant, lambda each: _part_of_unread(each, by))


def _part_of_unread(unread: Unread, by: By) -> str:
    stated = {
        "organisation": unread.organisation,
        "document": unread.document,
        "year": unread.published[:4],
    }
    return stated[by] or NOT_STATED


def _may_be_meant(unread: Unread, query: Query, by: By) -> bool:
    """Tell whether a file may be what a query asks for, as far as its catalogue says.

    Where it says nothing the file may be, but not a part that was not chosen.
    """
    if query.document not in ("", unread.document):
        return False
    for facet in ("organisation", "year"):
        value = _part_of_unread(unread, facet)
        chosen = query.chosen(facet)
        if chosen and value not in chosen and (value != NOT_STATED or facet == by):
            return False
    published = unread.published
    if not published:
        return not (by == "year" and (query.since or query.until))
    return query.since[:len(published)] <= published and (
        not query.until or published[:len(query.until)] <= query.until
    )


def _group(items: Iterable[_Item], key: Callable[[_Item], str]) -> defaultdict[str, list[_Item]]:
    grouped: defaultdict[str, list[_Item]] = defaultdict(list)
    for item in items:
        grouped[key(item)].append(item)
    return grouped
