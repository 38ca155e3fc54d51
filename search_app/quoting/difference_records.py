"""The differences of two versions, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.records import HeldDocument
from search_app.quoting.permalinks import quotation_path
from search_app.quoting.version_differences import Differences, Line, Section, Statement


def differences_json(found: Differences) -> dict[str, Any]:
    """Give all that differs; offsets count from 0 and pages from 1."""
    return {
        "from": _version_json(found.before),
        "to": _version_json(found.after),
        "counts": found.counts,
        "sections": [_section_json(found, section) for section in found.sections],
    }


def _version_json(held: HeldDocument) -> dict[str, Any]:
    return {
        "document": held.id,
        "version": held.version,
        "title": held.description.title.value or held.file,
        "published": held.description.published.value,
        "withdrawn": held.withdrawn,
    }


def _section_json(found: Differences, section: Section) -> dict[str, Any]:
    return {
        "heading": section.trail,
        "former_heading": section.former,
        "only": {"before": "from", "after": "to"}.get(section.only, ""),
        "sentences": [_line_json(found, line) for line in section.lines],
    }


def _line_json(found: Differences, line: Line) -> dict[str, Any]:
    return {
        "change": line.change,
        "from": _statement_json(found.before, line.before),
        "to": _statement_json(found.after, line.after),
        "words": [asdict(piece) for piece in line.pieces],
        "other_heading": line.section,
    }


def _statement_json(held: HeldDocument, statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    at, text = (statement.start, statement.end), statement.text
    return {
        "text": text,
        "page": statement.page if held.paged else None,
        "printed_page": statement.printed,
        "passage": f"{held.id}/{held.version}/{statement.number}",
        "start": statement.start,
        "end": statement.end,
        "permalink": quotation_path(held.id, held.version, statement.number, text, at),
    }
