"""What the quote checker found, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from search_app.exports.cells import csv_line
from search_app.json_records import coverage_json
from search_app.quoting.checker import Checked, Place, Report
from search_app.quoting.differences import describe_pieces
from search_app.quoting.permalinks import quotation_path

COLUMNS = (
    "number", "quotation", "outcome", "notes", "place", "document", "version", "title",
    "organisation", "published", "state", "page", "printed_page", "heading", "words",
    "differences", "permalink",
)  # fmt: skip


def report_json(report: Report) -> dict[str, Any]:
    """Give a report; offsets count from 0 and pages from 1."""
    return {
        "verbatim": report.count("verbatim"),
        "near": report.count("near"),
        "not_found": report.count("not found"),
        "quotations": [_checked_json(each) for each in report.checked],
        "notes": report.notes,
        "coverage": coverage_json(report.coverage),
        "generation": report.generation,
    }


def _checked_json(checked: Checked) -> dict[str, Any]:
    return {
        "text": checked.quoted.text,
        "start": checked.quoted.start,
        "outcome": checked.outcome,
        "notes": checked.notes,
        "places": [place_json(place) for place in checked.places],
    }


def place_json(place: Place) -> dict[str, Any]:
    """Give a place; its words are the document's own."""
    held = place.held
    pages = sorted({span.page for span in place.spans}) if held.paged else []
    return {
        "document": held.id,
        "version": held.version,
        "title": held.description.title.value or held.file,
        "organisation": held.description.organisation.value,
        "published": held.description.published.value,
        "state": place.state,
        "pages": pages,
        "printed_page": place.printed,
        "heading": place.trail,
        "passage": f"{held.id}/{held.version}/{place.number}",
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "spans": [asdict(span) for span in place.spans],
        "likeness": round(place.likeness, 4),
        "differences": [asdict(piece) for piece in place.pieces],
        "said": [*describe_pieces(place.pieces)],
        "permalink": link_to(place),
    }


def link_to(place: Place) -> str:
    """Give the path of a place's permalink."""
    at = place.start, place.end
    return quotation_path(place.held.id, place.held.version, place.number, place.text, at)


def report_csv(report: Report) -> Iterator[str]:
    """Give a CSV file line by line, a row for each place; one for what was not found too."""
    yield csv_line(COLUMNS)
    for number, checked in enumerate(report.checked, 1):
        shared = {
            "number": f"{number} of {len(report.checked)}",
            "quotation": checked.quoted.text,
            "outcome": checked.outcome,
            "notes": " ".join((*checked.notes, *report.notes)),
        }
        for at, place in enumerate(checked.places, 1):
            row = shared | _place_row(place) | {"place": f"{at} of {len(checked.places)}"}
            yield csv_line(row[column] for column in COLUMNS)
        if not checked.places:
            yield csv_line(shared.get(column, "") for column in COLUMNS)


def _place_row(place: Place) -> dict[str, Any]:
    packed = place_json(place)
    return packed | {
        "page": place.page if place.held.paged else "",
        "heading": " > ".join(place.trail),
        "words": place.text,
        "differences": ". ".join(packed["said"]),
    }
