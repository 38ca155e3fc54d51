"""A concordance as JSON, CSV and JSON Lines: every line with its place, of how many it is one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ingest.library import Library
from search_app.exports.cells import csv_line
from search_app.json_records import LabelsOf, coverage_json
from search_app.quoting.permalinks import quotation_path
from search_app.reports.concordance import Concordance, Line
from search_app.request_query import query_args
from search_app.wording import name_status_basis

COLUMNS = (
    "row", "query", "order", "width", "left", "match", "right", "document_id", "version", "title",
    "organisation", "kind", "published", "status", "status_basis", "file", "sha256", "page",
    "printed_page",
    "heading", "passage", "start", "end", "permalink", "passages", "documents", "filters",
    "generation", "notes", "coverage",
)  # fmt: skip


def concordance_json(concordance: Concordance, library: Library, page: int) -> dict[str, Any]:
    """Give a page of lines; offsets count from 0 in the text of the passage, pages from 1.

    Raises:
        NoSuchPage: the page is past the end.
    """
    labels_of = lru_cache(maxsize=None)(library.labels)
    query, found = concordance.query, concordance.found
    return {
        "query": query.typed,
        "like": query.like,
        "filters": dict(query.filters),
        "since": query.since,
        "until": query.until,
        "order": concordance.order,
        "width": concordance.width,
        "page": page,
        "pages": concordance.pages,
        "lines": found.total,
        "passages": len(found.passages),
        "unmarked_passages": found.unmarked,
        "repeating_passages": found.repeating,
        "documents": found.documents,
        "found": [
            _line_json(line, labels_of) | {"spans": [asdict(span) for span in line.spans]}
            for line in concordance.page(page)
        ],
        "notes": query.all_notes,
        "coverage": coverage_json(concordance.coverage),
        "generation": found.snapshot.generation,
    }


def concordance_csv(concordance: Concordance, library: Library) -> Iterator[str]:
    """Give a CSV file of all lines, one by one."""
    yield csv_line(COLUMNS)
    for row in _rows(concordance, library):
        yield csv_line(row[column] for column in COLUMNS)


def concordance_json_lines(concordance: Concordance, library: Library) -> Iterator[str]:
    """Give all lines as JSON Lines, an object each."""
    for row in _rows(concordance, library):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _rows(concordance: Concordance, library: Library) -> Iterator[dict[str, Any]]:
    query, found = concordance.query, concordance.found
    shared = {
        "query": query.typed,
        "order": concordance.order,
        "width": concordance.width,
        "passages": len(found.passages),
        "documents": found.documents,
        "filters": query_args(query, q="", page=""),
        "generation": found.snapshot.generation,
        "notes": " ".join(query.all_notes),
        "coverage": concordance.coverage.sentence,
    }
    if not found.total:
        yield dict.fromkeys(COLUMNS, "") | shared | {"row": "0 of 0"}
    labels_of = lru_cache(maxsize=None)(library.labels)
    for number, line in enumerate(concordance.lines, 1):
        yield {"row": f"{number} of {found.total}"} | _line_json(line, labels_of) | shared


def _line_json(line: Line, labels_of: LabelsOf) -> dict[str, Any]:
    held = line.document
    described = ("title", "organisation", "kind", "published", "status")
    return {
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "document_id": held.id,
        "version": held.version,
        **{name: getattr(held.description, name).value for name in described},
        "status_basis": name_status_basis(held.description),
        "file": held.file,
        "sha256": held.sha256,
        "page": line.page if held.paged else None,
        "printed_page": labels_of(held).get(line.page, ""),
        "heading": " > ".join(line.passage.trail),
        "passage": line.passage_id,
        "start": line.start,
        "end": line.end,
        "permalink": quotation_path(
            held.id, held.version, line.passage.number, line.match, (line.start, line.end)
        ),
    }
