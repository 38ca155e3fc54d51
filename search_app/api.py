"""The API: the same core as the pages, as JSON; errors are application/problem+json."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from index.completion import complete
from index.query import Query
from index.spelling import suggest_beginning, suggest_spelling
from ingest.records import HeldDocument, Page
from search_app.contents import make_contents
from search_app.answering.explaining import workings_json
from search_app.interface.paging import (
    Cursor,
    check_generation,
    give_passages,
    limit_from_request,
    next_cursor,
    read_cursor,
)
from search_app.json_records import answer_json, coverage_json, document_json, results_json
from search_app.keeping import do_not_keep
from search_app.neighbours import find_neighbours
from search_app.page_view import match_spans, view_page
from search_app.request_query import query_args, query_from_request, question_from_request
from search_app.service import current_service

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Give one page of results, ten documents with their best passages."""
    service = current_service()
    searcher, asked = service.searcher, query_from_request(request.args, service.audience)
    cursor = read_cursor(request.args, searcher, asked)
    results = searcher.search(replace(asked, page=cursor.at) if cursor else asked)
    check_generation(cursor, results.generation)
    typed = results.query
    meant = suggest_spelling(searcher, typed) or suggest_beginning(searcher, typed)
    packed = results_json(results, service.library, meant)
    at = results.query.page + 1
    more = next_cursor(searcher, asked, results.generation, at) if at <= results.pages else None
    return jsonify(packed | {"next": _address(asked, more)})


@api.get("/passages")
def list_passages() -> Response:
    """Give every passage that matches, so many at a time, in the order of an export."""
    service = current_service()
    searcher, asked = service.searcher, query_from_request(request.args, service.audience)
    cursor = read_cursor(request.args, searcher, asked)
    limit, notes = limit_from_request(request.args)
    noted = replace(asked, notes=(*asked.notes, *notes))
    packed = give_passages(searcher, noted, limit, cursor)
    return jsonify(packed | {"next": _address(asked, packed["cursor"], limit=limit)})


@api.get("/suggest")
def suggest() -> Response:
    """Give what a reader may be about to type, from what he typed so far (?q=)."""
    service = current_service()
    typed = request.args.get("q", "")
    found = complete(service.searcher, typed, service.audience)
    return jsonify(query=typed, suggestions=[asdict(each) for each in found])


@api.get("/answer")
def answer() -> Response:
    """Answer the question ?q= in the documents' own words, or abstain; how, with ?explain=1."""
    service = current_service()
    do_not_keep()
    found = service.answer(question_from_request(request.args, service.audience))
    packed = answer_json(found, service.library)
    if request.args.get("explain") == "1":
        packed["workings"] = workings_json(found)
    return jsonify(packed)


@api.get("/documents")
def list_documents() -> Response:
    """Give the documents that are searched, newest publication first."""
    service = current_service()
    return jsonify(documents=[document_json(held) for held in service.documents()])


@api.get("/documents/<document_id>")
def give_document(document_id: str) -> Response:
    """Give a document and its contents."""
    service = current_service()
    held = service.document(document_id)
    library = service.library
    contents = make_contents(library.blocks(held), library.passages(held))
    return jsonify(
        document_json(held)
        | {"labels": library.labels(held), "contents": [asdict(entry) for entry in contents]}
    )


@api.get("/documents/<document_id>/pages/<int:number>")
def give_page(document_id: str, number: int) -> Response:
    """Give a page's text and words with their boxes; with ?q=, the boxes of its matches too."""
    service = current_service()
    held = service.document(document_id)
    page = service.library.page(held, number)
    query = query_from_request(request.args, service.audience)
    packed = _page(held, page)
    if query.has_words:
        tree = find_neighbours(service.searcher, query, held.id, number, 0).tree
        passages = service.library.passages(held)
        spans = match_spans(held, passages, number, tree)
        view = view_page(page, service.library.blocks(held), passages, spans, 0)
        ranges = [(span.start, span.end) for span in spans if span.page == number]
        packed |= {"matches": ranges, "match_boxes": view.boxes}
    return jsonify(packed)


@api.get("/coverage")
def give_coverage() -> Response:
    """Give what is searched, and what could not be read."""
    service = current_service()
    return jsonify(coverage_json(service.searcher.coverage(service.audience)))


@api.get("/acronyms")
def list_acronyms() -> Response:
    """Give what short forms stand for, and the ids of the documents that say so."""
    service = current_service()
    entries = service.searcher.known(service.audience).ledger
    return jsonify(acronyms=[asdict(entry) for entry in entries])


def _address(asked: Query, cursor: Cursor | str | None, **more: int) -> str | None:
    """Give the address of what comes next, nothing after the last."""
    if not cursor:
        return None
    args = query_args(asked, page="") | more | {"cursor": str(cursor)}
    return url_for(str(request.endpoint), **args)


def _page(held: HeldDocument, page: Page) -> dict[str, Any]:
    return {"document": held.id, "version": held.version, "paged": held.paged} | asdict(page)
