"""Tables of quotations as CSV: a row for each statement or each that was asked, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search_app.answering.quotations import Quotation
from search_app.exports.cells import csv_line
from search_app.wording import name_status_basis

_DESCRIBED = ("title", "organisation", "kind", "published", "status", "period")

Row = Mapping[str, Any]


def write_table(
    columns: Sequence[str], shared: Row, rows: Sequence[Row], total: int
) -> Iterator[str]:
    """Give a CSV file line by line, its column "row" saying "N of N"; one row where there is none.

    What is in no column is left out, and what is in every row is ``shared``.
    """
    yield csv_line(columns)
    for number, row in enumerate(rows or [{}], 1 if rows else 0):
        whole = {**shared, **row, "row": f"{number} of {total}"}
        yield csv_line(whole.get(column, "") for column in columns)


def cite_in_row(quotation: Quotation, labels: Mapping[int, str]) -> dict[str, Any]:
    """Give the cells that say what is quoted and where; ``labels`` are its document's."""
    held = quotation.document
    pages = sorted({span.page for span in quotation.spans}) if held.paged else []
    return {name: getattr(held.description, name).value for name in _DESCRIBED} | {
        "status_basis": name_status_basis(held.description),
        "quotation": quotation.text,
        "short_answer": quotation.short_answer,
        "document_id": held.id,
        "version": held.version,
        "file": held.file,
        "sha256": held.sha256,
        "passage": quotation.hit.id,
        "pages": pages,
        "printed_pages": [labels[page] for page in pages if page in labels],
        "heading": " > ".join(quotation.hit.passage.trail),
    }
