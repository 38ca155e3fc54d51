"""The silence report as JSON and as CSV: every part once, with what it says or in what way not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from ingest.library import Library
from ingest.records import HeldDocument
from search_app.exports.quoted_rows import cite_in_row, write_table
from search_app.json_records import coverage_json, quotation_json
from search_app.reports.silence import Saying, Silence, Voice
from search_app.wording import name_status_basis

COLUMNS = (
    "row", "query", "by", "name", "mention", "reason", "passages", "documents_that_mention",
    "documents_searched", "period", "quotation", "document_id", "version", "title", "organisation",
    "kind", "published", "status", "status_basis", "file", "sha256", "pages", "printed_pages",
    "heading", "generation", "notes", "coverage",
)  # fmt: skip


def silence_json(silence: Silence, library: Library) -> dict[str, Any]:
    """Give every part with its documents; boxes are in points from the page's top left."""
    labels_of = lru_cache(maxsize=None)(library.labels)

    def pack(saying: Saying) -> dict[str, Any]:
        return _document(saying.document) | {
            "passages": saying.passages,
            "quotation": quotation_json(saying.quotation, library, labels_of),
        }

    return {
        "query": silence.query.typed,
        "by": silence.by,
        "reason": silence.reason,
        "mentions": Counter(voice.mention for voice in silence.voices),
        "parts": [
            _voice(voice)
            | {
                "said": [pack(saying) for saying in voice.sayings],
                "silent": [_document(held) for held in voice.silent],
            }
            for voice in silence.voices
        ],
        "missing": silence.missing,
        "expansions": [asdict(expansion) for expansion in silence.query.expansions],
        "notes": silence.notes,
        "coverage": coverage_json(silence.coverage),
        "generation": silence.generation,
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "name": voice.name,
        "value": voice.part.value,
        "mention": voice.mention,
        "reason": voice.reason,
        "passages": voice.passages,
        "documents": voice.part.documents,
    }


def _document(held: HeldDocument) -> dict[str, Any]:
    described = held.description
    return {
        "document": held.id,
        "version": held.version,
        "title": described.title.value,
        "published": described.published.value,
        "period": described.period.value,
        "status": described.status.value,
        "status_basis": name_status_basis(described),
    }


def silence_csv(silence: Silence, library: Library) -> Iterator[str]:
    """Give a CSV file line by line, a row for each part; one row where nothing was asked."""
    shared = {
        "query": silence.query.typed,
        "by": silence.by,
        "generation": silence.generation,
        "notes": " ".join(filter(None, (silence.reason, *silence.notes, *silence.missing))),
        "coverage": silence.coverage.sentence,
    }
    rows = [_row(voice, library) for voice in silence.voices]
    yield from write_table(COLUMNS, shared, rows, len(rows))


def _row(voice: Voice, library: Library) -> dict[str, Any]:
    first = voice.sayings[0] if voice.sayings else None
    cited = cite_in_row(first.quotation, library.labels(first.document)) if first else {}
    return cited | {
        "name": voice.name,
        "mention": voice.mention,
        "reason": voice.reason,
        "passages": voice.passages,
        "documents_that_mention": len(voice.sayings),
        "documents_searched": voice.part.documents,
    }
