"""Commitments as JSON and as CSV, each with its place, and a count that says that all are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ingest.library import Library
from search_app.exports.cells import csv_line
from search_app.json_records import LabelsOf, coverage_json, quotation_json
from search_app.reports.commitments import Commitments, Statement
from search_app.wording import count
from search_app.wording import name_status_basis

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
    yield csv_line(COLUMNS)
    labels_of = lru_cache(maxsize=None)(library.labels)
    shared = {
        "query": found.query.typed,
        "generation": found.generation,
        "notes": " ".join(found.notes),
        "coverage": found.coverage.sentence,
    }
    rows = [_row(each, labels_of) for each in found.statements] or [{}]
    for number, row in enumerate(rows, 1 if found.total else 0):
        whole = dict.fromkeys(COLUMNS, "") | shared | row | {"row": f"{number} of {found.total}"}
        yield csv_line(whole[column] for column in COLUMNS)


def _row(statement: Statement, labels_of: LabelsOf) -> dict[str, Any]:
    held, quotation = statement.document, statement.quotation
    described = ("title", "kind", "published", "status")
    pages = sorted({span.page for span in quotation.spans}) if held.paged else []
    labels = labels_of(held)
    return {name: getattr(held.description, name).value for name in described} | _statement(
        statement
    ) | {
        "status_basis": name_status_basis(held.description),
        "quotation": quotation.text,
        "document_id": held.id,
        "version": held.version,
        "file": held.file,
        "sha256": held.sha256,
        "passage": quotation.hit.id,
        "pages": pages,
        "printed_pages": [labels[page] for page in pages if page in labels],
        "heading": " > ".join(quotation.hit.passage.trail),
    }  # fmt: skip
