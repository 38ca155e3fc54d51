"""The page, file and API of one question across the plans."""

from __future__ import annotations

from typing import Any, get_args

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from index.parts import By, narrow_to
from index.query import Query
from search_app.across import Across
from search_app.across_records import across_csv, across_json
from search_app.replies import Reply
from search_app.request_query import query_args, question_from_request
from search_app.service import current_service

across = Blueprint("across", __name__)

WAYS: dict[By, tuple[str, str]] = {
    "organisation": ("organisation", "organisations"),
    "document": ("document", "documents"),
    "year": ("year of publication", "years of publication"),
}
"""What a question can be asked by: one of them, and several."""


@across.get("/across")
def show_across() -> str:
    """Show what each organisation, document or year says to a question."""
    service = current_service()
    query = question_from_request(request.args, service.audience)
    found = _answer(query) if query.typed else None
    quoted = [reply.quotation.document for reply in found.of("answered")] if found else []
    return render_template(
        "across.html",
        across=found,
        query=query,
        by=_read_by(),
        ways=WAYS,
        said=service.searcher.coverage(service.audience),
        labels={held.id: service.library.labels(held) for held in quoted},
        known=service.known,
        narrowed=service.known([query.document]),
        ask_alone=_ask_alone(query),
    )


@across.get("/across.csv")
def send_across() -> Response:
    """Send all replies to a question as CSV."""
    query = question_from_request(request.args, current_service().audience)
    lines = across_csv(_answer(query), current_service().library)
    headers = {"Content-Disposition": 'attachment; filename="across.csv"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)


@across.get("/api/v1/across")
def give_across() -> Response:
    """Give all replies to the question ?q= by=organisation, document or year."""
    query = question_from_request(request.args, current_service().audience)
    return jsonify(across_json(_answer(query), current_service().library))


@across.url_defaults
def keep_by(endpoint: str, values: dict[str, Any]) -> None:
    """Ask by the same in every link from a page to the page itself."""
    values.setdefault("by", _read_by())
