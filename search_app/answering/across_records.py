"""One question across the plans as JSON and as CSV: every part once, answered or silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ingest.library import Library
from search_app.exports.quoted_rows import cite_in_row, write_table
from search_app.json_records import coverage_json, quotation_json
from search_app.answering.quotations import Quotation
from search_app.answering.replies import Across, Reply

COLUMNS = (
    "row", "question", "by", "name", "outcome", "reason", "short_answer", "quotation", "confidence",
    "documents", "document_id", "version", "title", "organisation", "kind", "published", "status",
    "status_basis", "file", "sha256", "pages", "printed_pages", "heading", "notes", "coverage",
)  # fmt: skip


def across_json(across: Across, library: Library) -> dict[str, Any]:
    """Give all replies in their order; boxes are in points from the page's top left."""
    labels_of = lru_cache(maxsize=None)(library.labels)

    def pack(quotation: Quotation | None) -> dict[str, Any] | None:
        return quotation_json(quotation, library, labels_of) if quotation else None

    return {
        "question": across.question,
        "by": across.by,
        "reason": across.reason,
        "outcomes": Counter(reply.outcome for reply in across.replies),
        "replies": [
            _reply_json(reply)
            | {"quotation": pack(reply.quotation), "nearest": pack(reply.nearest)}
            for reply in across.replies
        ],
        "advice": across.advice,
        "notes": across.notes,
        "coverage": coverage_json(across.coverage),
    }


def _reply_json(reply: Reply) -> dict[str, Any]:
    part = reply.part
    return {
        "name": reply.name,
        "value": part.value,
        "outcome": reply.outcome,
        "reason": reply.reason,
        "confidence": round(reply.confidence, 4),
        "documents": part.documents,
        "passages_with_words": reply.passages,
        "unread": [unread.file for unread in part.unread],
        "outdated": [unread.file for unread in part.outdated],
        "partly": [
            {"document": held.id, "file": held.file, "unread_pages": held.unread_pages}
            for held in part.partly
        ],
    }


def across_csv(across: Across, library: Library) -> Iterator[str]:
    """Give a CSV file line by line, a row for each reply; one row where nothing was asked."""
    shared = {
        "question": across.question,
        "by": across.by,
        "reason": across.reason,
        "notes": " ".join(filter(None, (across.advice, across.reason, *across.notes))),
        "coverage": across.coverage.sentence,
    }
    rows = [_row(reply, library) for reply in across.replies]
    yield from write_table(COLUMNS, shared, rows, len(rows))


def _row(reply: Reply, library: Library) -> dict[str, Any]:
    quoted = reply.quotation
    cited = cite_in_row(quoted, library.labels(quoted.document)) if quoted else {}
    return cited | {
        "name": reply.name,
        "outcome": reply.outcome,
        "reason": reply.reason,
        "confidence": round(reply.confidence, 4),
        "documents": reply.part.documents,
    }
