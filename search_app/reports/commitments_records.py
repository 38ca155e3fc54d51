"""Commitments as JSON and as CSV, each with its place, and a count that says that all are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ingest.library import Library
from search_app.exports.quoted_rows import cite_in_row, write_table
from search_app.json_records import coverage_json, quotation_json
from search_app.reports.commitments import Commitments, Statement
from search_app.wording import count

NO_DATE = "no date stated"

COLUMNS = (
    "row", "query", "quotation", "lead_in", "strength", "negated", "cue", "who", "organisation",
    "figures", "deadline", "due", "date_passed", "group", "document_id", "version", "title", "kind",
    "published", "status",
    "status_basis", "file", "sha256", "passage", "pages", "printed_pages", "heading",
    "generation", "notes", "coverage",
)  # fmt: skip


def say_number(found: Commitments) -> str:
    """Say how many there are, and how many of them are different where some are the same."""
    said = count(found.total, "commitment")
    return said if found.different == found.total else f"{said}, {found.different} different,"


def commitments_json(found: Commitments, library: Library) -> dict[str, Any]:
    """Give commitments in their order; boxes are in points from the page's top left."""
    labels_of = lru_cache(maxsize=None)(library.labels)
    return {
        "query": found.query.typed,
        "commitments": [
            _statement(each)
            | {"quotation": quotation_json(each.quotation, library, labels_of)}
            | {"also": [quotation_json(one.quotation, library, labels_of) for one in each.also]}
            for each in found.statements
        ],
        "total": found.total,
        "different": found.different,
        "documents": found.documents,
        "today": found.today.isoformat(),
        "page": found.query.page,
        "pages": found.pages,
        "choices": asdict(found.choices),
        "strengths": [asdict(each) for each in found.strengths],
        "due": [asdict(each) for each in found.due],
        "dated": [asdict(each) for each in found.dated],
        "passed": [asdict(each) for each in found.passed],
        "facets": [asdict(facet) for facet in found.facets],
        "notes": found.notes,
        "coverage": coverage_json(found.coverage),
        "generation": found.generation,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    said = statement.commitment
    return {
        "strength": said.strength,
        "negated": said.negated,
        "lead_in": said.lead,
        "cue": said.cue,
        "who": said.subject,
        "organisation": statement.document.description.organisation.value,
        "figures": said.figures,
        "deadline": said.deadline or NO_DATE,
        "due": said.due,
        "date_passed": statement.passed,
        "group": statement.group,
    }


def commitments_csv(found: Commitments, library: Library) -> Iterator[str]:
    """Give a CSV file line by line, a row for each commitment; one row where there is none."""
    labels_of = lru_cache(maxsize=None)(library.labels)
    shared = {
        "query": found.query.typed,
        "generation": found.generation,
        "notes": " ".join(found.notes),
        "coverage": found.coverage.sentence,
    }
    rows = [
        cite_in_row(each.quotation, labels_of(each.document)) | _statement(each)
        for each in found.statements
    ]
    yield from write_table(COLUMNS, shared, rows, found.total)
