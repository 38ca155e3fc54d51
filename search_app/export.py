"""Exports: every match of a query, one row a passage, streamed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from index.query import Query
from index.results import Hit
from index.search import Searcher

COLUMNS = (
    "row", "query", "document_id", "version", "title", "organisation", "kind", "published",
    "status", "file", "sha256", "page", "pages", "printed_page", "heading", "excerpt", "matches",
    "score", "generation", "notes", "coverage",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(searcher: Searcher, query: Query) -> Iterator[str]:
    """Give a CSV file line by line."""
    yield csv_line(COLUMNS)
    for row in _rows(searcher, query):
        yield csv_line(row[column] for column in COLUMNS)


def export_json_lines(searcher: Searcher, query: Query) -> Iterator[str]:
    """Give JSON Lines, one object a passage."""
    for row in _rows(searcher, query):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _rows(searcher: Searcher, query: Query) -> Iterator[dict[str, Any]]:
    found = searcher.all_hits(query)
    shared = {
        "query": found.query.typed,
        "generation": found.generation,
        "notes": " ".join(found.query.all_notes),
        "coverage": found.coverage.sentence,
    }
    labels_of = lru_cache(maxsize=None)(searcher.library.labels)
    if not found.total:
        yield dict.fromkeys(COLUMNS, "") | shared | {"row": "0 of 0"}
    for number, hit in enumerate(found.hits, 1):
        row = _hit_row(hit, labels_of(hit.document).get(hit.page, ""))
        yield {"row": f"{number} of {found.total}"} | row | shared


def _hit_row(hit: Hit, printed_page: str) -> dict[str, Any]:
    document, passage = hit.document, hit.passage
    described = ("title", "organisation", "kind", "published", "status")
    pages = sorted({span.page for span in passage.spans}) if document.paged else []
    return {name: getattr(document.description, name).value for name in described} | {
        "document_id": document.id,
        "version": document.version,
        "file": document.file,
        "sha256": document.sha256,
        "page": hit.page if document.paged else "",
        "pages": pages,
        "printed_page": printed_page,
        "heading": " > ".join(passage.trail),
        "excerpt": passage.text,
        "matches": hit.matches,
        "score": hit.score,
    }


def csv_line(cells: Iterable[Any]) -> str:
    """Give a line of a CSV file; cells that a spreadsheet would run are defused with a '."""
    line = io.StringIO()
    csv.writer(line).writerow(_defuse(_cell(cell)) for cell in cells)
    return line.getvalue()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _defuse(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
