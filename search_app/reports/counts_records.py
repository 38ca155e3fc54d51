"""Trends as JSON and as CSV: every row of every grouping, with what its rate is measured by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from search_app.exports.cells import csv_line
from search_app.json_records import coverage_json
from search_app.reports.counts import DENOMINATOR, SEVERAL_THEMES, Facet, Row, Tally, Trends
from search_app.request_query import query_args

FACETS: tuple[Facet, ...] = ("year", "organisation", "theme")

COLUMNS = (
    "row", "query", "by", *FACETS, "outcome", "documents", "passages", "occurrences",
    "per_10000_words", "held_documents", "held_words", "unread_files", "filters", "generation",
    "notes", "coverage",
)  # fmt: skip


def trends_json(trends: Trends) -> dict[str, Any]:
    """Give the counts in all and by each grouping, such as "year" or "year, organisation"."""
    query = trends.query
    return {
        "query": query.typed,
        "like": query.like,
        "filters": dict(query.filters),
        "since": query.since,
        "until": query.until,
        "total": _tally_json(trends.total),
        "by": {
            ", ".join(by): [_row_json(by, row) for row in rows]
            for by, rows in trends.rows.items()
        },
        "denominator": DENOMINATOR,
        "notes": (*query.all_notes, SEVERAL_THEMES),
        "coverage": coverage_json(trends.coverage),
        "generation": trends.generation,
    }


def trends_csv(trends: Trends) -> Iterator[str]:
    """Give a CSV file of all rows, that of all together first, one by one.

    Where a column of year, organisation or theme is empty the row is not counted by it.
    """
    yield csv_line(COLUMNS)
    shared = {
        "query": trends.query.typed,
        "filters": query_args(trends.query, q="", page=""),
        "generation": trends.generation,
        "notes": " ".join((*trends.query.all_notes, DENOMINATOR, SEVERAL_THEMES)),
        "coverage": trends.coverage.sentence,
    }
    outcome = "found" if trends.total.passages else "not said"
    rows = [{"by": "all", "outcome": outcome} | _tally_json(trends.total)]
    for by, own in trends.rows.items():
        rows += [{"by": ", ".join(by)} | _row_json(by, row) for row in own]
    for number, row in enumerate(rows, 1):
        whole = dict.fromkeys(COLUMNS, "") | shared | row | {"row": f"{number} of {len(rows)}"}
        yield csv_line(whole[each] for each in COLUMNS)


def _row_json(by: tuple[Facet, ...], row: Row) -> dict[str, Any]:
    return dict(zip(by, row.values)) | {
        "outcome": row.outcome,
        **_tally_json(row.tally),
        "unread_files": row.unread,
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    counted = asdict(tally)
    held, words = counted.pop("held"), counted.pop("words")
    rate = None if tally.rate is None else round(tally.rate, 4)
    return counted | {"per_10000_words": rate, "held_documents": held, "held_words": words}
