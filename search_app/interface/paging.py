"""Cursors: where the next page of a search begins, bound to the search and to its index."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from index.errors import SearchError
from index.generations import pointer_stamp
from index.query import Query
from index.results import Hit
from index.search import Searcher
from search_app.exports.rows import find_labels
from search_app.json_records import coverage_json, hit_json
from search_app.request_query import Args, query_args
from search_app.wording import name_status_basis

LIMIT = 20
MOST_LIMIT = 100

_CURSOR = re.compile(r"([0-9]{1,9})-([0-9a-f]{16})-([0-9]{1,9})")


class StaleCursor(SearchError):
    """A cursor is not one of this search over the index as it is now."""


@dataclass(frozen=True)
class Cursor:
    """Where to go on: ``at`` is a page, or how many passages were given before."""

    generation: str
    search: str
    at: int

    def __str__(self) -> str:
        return f"{self.generation}-{self.search}-{self.at}"


def read_cursor(args: Args, searcher: Searcher, query: Query) -> Cursor | None:
    """Read the cursor that an address has, if any.

    Raises:
        NoIndex: nothing has been indexed yet.
        StaleCursor: it is of another search, of another index, or none.
    """
    given = args.get("cursor", "")
    if not given:
        return None
    read = _CURSOR.fullmatch(given)
    cursor = Cursor(read[1], read[2], int(read[3])) if read else None
    check_generation(cursor, searcher.snapshot(query.audience).generation)
    if not cursor or cursor.search != _name_search(searcher, query):
        raise StaleCursor(
            "This cursor is not one of this search over the index as it is now; search again"
            " without it."
        )
    return cursor


def check_generation(cursor: Cursor | None, generation: str) -> None:
    """Refuse to go on in another generation than the one in which a search began.

    Raises:
        StaleCursor: the generation is another.
    """
    if cursor and cursor.generation != generation:
        raise StaleCursor(
            f"The documents have changed: this search began in generation {cursor.generation},"
            f" and generation {generation} is searched now; search again without the cursor."
        )


def next_cursor(searcher: Searcher, asked: Query, generation: str, at: int) -> Cursor:
    """Give the cursor of what comes next, of a query as it was asked for."""
    return Cursor(generation, _name_search(searcher, asked), at)


def _name_search(searcher: Searcher, query: Query) -> str:
    """Tell a search from others, and its index from one that was made anew from nothing."""
    _, made = pointer_stamp(searcher.library.data)
    made_from = query_args(query, page=""), query.audience, made
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]


def limit_from_request(args: Args) -> tuple[int, tuple[str, ...]]:
    """Read how many passages are wanted, with a note where that is wrong."""
    given = args.get("limit", "").strip()
    if not given:
        return LIMIT, ()
    if not re.fullmatch(r"[0-9]{1,9}", given):
        return LIMIT, (f"“{given[:40]}” is not a number of passages; {LIMIT} are given.",)
    limit = min(max(1, int(given)), MOST_LIMIT)
    note = f"Between 1 and {MOST_LIMIT} passages are given at once; these are {limit}."
    return limit, () if limit == int(given) else (note,)


def give_passages(
    searcher: Searcher, asked: Query, limit: int, cursor: Cursor | None
) -> dict[str, Any]:
    """Give the next passages of a query in the order of an export, and the cursor of the rest.

    Raises:
        NoIndex: nothing has been indexed yet.
        StaleCursor: the cursor is of another generation.
    """
    first = cursor.at if cursor else 0
    found = searcher.all_hits(replace(asked, page=1), first=first)
    check_generation(cursor, found.generation)
    given = list(islice(found.hits, limit))
    more = first + len(given) < found.total and len(given) > 0
    query = found.query
    rest = next_cursor(searcher, asked, found.generation, first + limit) if more else None
    return {
        "query": query.typed,
        "like": query.like,
        "filters": dict(query.filters),
        "since": query.since,
        "until": query.until,
        "sort": query.sort,
        "passages": found.total,
        "first": first + 1 if given else 0,
        "hits": list(_pack(searcher, given, first)),
        "cursor": str(rest) if rest else None,
        "notes": query.all_notes,
        "coverage": coverage_json(found.coverage),
        "generation": found.generation,
    }


def _pack(searcher: Searcher, hits: list[Hit], first: int) -> Iterator[dict[str, Any]]:
    labels_of = find_labels(searcher.library)
    for rank, hit in enumerate(hits, first + 1):
        described = hit.document.description
        packed = {"rank": rank} | hit_json(hit, labels_of)
        packed.pop("twins")  # they are told where they are folded; here each has its own turn
        for name in ("organisation", "kind", "published", "status"):
            packed[name] = getattr(described, name).value
        packed["status_basis"] = name_status_basis(described)
        yield packed | {"sha256": hit.document.sha256}
