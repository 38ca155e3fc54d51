"""Records as JSON, alike for the command line and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from index.places import find_boxes
from index.results import Coverage, Hit, Results, Twin
from index.spelling import Correction
from ingest.library import Library
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument, Span
from search_app.answering.answers import Answer
from search_app.answering.quotations import Quotation
from search_app.quoting.permalinks import passage_path, quotation_path
from search_app.wording import name_status_basis

LabelsOf = Callable[[HeldDocument], dict[int, str]]
"""Gives the printed page numbers of a document, read from the library once for all its hits."""


def document_json(held: HeldDocument) -> dict[str, Any]:
    """Give a document with its facts, each with origin and evidence."""
    return asdict(held)


def hit_json(hit: Hit, labels_of: LabelsOf) -> dict[str, Any]:
    """Give a passage that matches; offsets count from 0 in its text, pages from 1."""
    held, passage = hit.document, hit.passage
    return {
        "id": hit.id,
        "document": held.id,
        "version": held.version,
        "file": held.file,
        "title": held.description.title.value,
        "page": hit.page if held.paged else None,
        "printed_page": labels_of(held).get(hit.page, ""),
        "heading": passage.trail,
        "text": passage.text,
        "permalink": passage_path(held.id, held.version, passage.number, passage.text),
        "matches": hit.matches,
        "spans": [asdict(span) for span in passage.spans],
        "match_spans": [asdict(span) for span in hit.match_spans],
        "score": hit.score,
        "twins": {
            "passages": hit.twins.passages,
            "documents": hit.twins.documents,
            "first": [_twin_json(twin) for twin in hit.twins.first],
        },
    }


def _twin_json(twin: Twin) -> dict[str, Any]:
    return {
        "id": twin.id,
        "document": twin.document.id,
        "title": twin.document.description.title.value,
        "page": twin.page if twin.document.paged else None,
        "same": twin.same,
    }


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """Give what was searched and what could not be."""
    return {
        "searched": coverage.searched,
        "held": coverage.held,
        "sentence": coverage.sentence,
        "unread": [asdict(unread) for unread in coverage.unread],
        "outdated": [asdict(unread) for unread in coverage.outdated],
        "partly": [
            {"document": held.id, "file": held.file, "unread_pages": held.unread_pages}
            for held in coverage.partly
        ],
        "wanting": [
            {"document": held.id, "file": held.file, "pages": find_wanting_pages(held)}
            for held in coverage.wanting
        ],
        "withdrawn": [
            {"document": held.id, "file": held.file, "withdrawn": held.withdrawn}
            for held in coverage.withdrawn
        ],
    }


def results_json(
    results: Results, library: Library, correction: Correction | None
) -> dict[str, Any]:
    """Give a page of results, and what the reader may have meant."""
    query = results.query
    labels_of = lru_cache(maxsize=None)(library.labels)
    return {
        "query": query.typed,
        "like": query.like,
        "filters": dict(query.filters),
        "since": query.since,
        "until": query.until,
        "sort": query.sort,
        "page": query.page,
        "pages": results.pages,
        "documents": results.documents,
        "passages": results.passages,
        "as_typed": query.as_typed,
        "without": query.without,
        "expansions": [asdict(expansion) for expansion in query.expansions],
        "notes": results.notes,
        "did_you_mean": asdict(correction) if correction else None,
        "groups": [
            {
                "document": document_json(group.document),
                "passages": group.passages,
                "hits": [hit_json(hit, labels_of) for hit in group.hits],
                "folded": [
                    _twin_json(fold.twin) | {"shown": fold.shown.id} for fold in group.folded
                ],
            }
            for group in results.groups
        ],
        "facets": {
            facet.name: [asdict(value) for value in facet.values] for facet in results.facets
        },
        "coverage": coverage_json(results.coverage),
        "generation": results.generation,
    }


def answer_json(answer: Answer, library: Library) -> dict[str, Any]:
    """Give an answer; boxes are [left, top, right, bottom] in points from the page's top left."""
    labels_of = lru_cache(maxsize=None)(library.labels)
    understood = answer.workings.understood
    return {
        "question": answer.question,
        "answer": answer.short_answer,
        "quotations": [quotation_json(each, library, labels_of) for each in answer.quotations],
        "nearest": [quotation_json(each, library, labels_of) for each in answer.nearest],
        "disagreeing": answer.disagreeing,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": answer.confidence,
        "kind": understood.kind,
        "preferences": [asdict(preference) for preference in understood.preferences],
        "own_health": understood.own_health,
        "advice": understood.advice,
        "passages": [hit_json(hit, labels_of) for hit in answer.passages],
        "notes": answer.notes,
        "coverage": coverage_json(answer.coverage),
    }


def quotation_json(quotation: Quotation, library: Library, labels_of: LabelsOf) -> dict[str, Any]:
    """Give a quotation with its place and its further sources; offsets count from 0."""
    held = quotation.document
    described = held.description
    pages = sorted({span.page for span in quotation.spans}) if held.paged else []
    labels = labels_of(held)
    number, at = quotation.hit.passage.number, (quotation.start, quotation.end)
    return {
        "text": quotation.text,
        "document": held.id,
        "version": held.version,
        "title": described.title.value,
        "organisation": described.organisation.value,
        "file": held.file,
        "pages": pages,
        "printed_pages": [labels[page] for page in pages if page in labels],
        "published": described.published.value,
        "status": described.status.value,
        "status_basis": name_status_basis(described),
        "withdrawn": held.withdrawn,
        "heading": quotation.hit.passage.trail,
        "passage": quotation.hit.id,
        "start": quotation.start,
        "end": quotation.end,
        "permalink": quotation_path(held.id, held.version, number, quotation.text, at),
        "spans": [asdict(span) for span in quotation.spans],
        "boxes": list(_boxes(held, quotation.spans, library)),
        "short_answer": quotation.short_answer,
        "short_answer_at": quotation.short,
        "sources": [quotation_json(each, library, labels_of) for each in quotation.sources],
    }


def _boxes(
    held: HeldDocument, spans: Iterable[Span], library: Library
) -> Iterable[dict[str, Any]]:
    if not held.paged:
        return
    for span in spans:
        for box in find_boxes(library.page(held, span.page), span):
            yield {"page": span.page, "box": box}
