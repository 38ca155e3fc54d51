"""The page, file and API of one question across the plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request

from index.parts import By, narrow_to
from index.query import Query
from ingest.records import HeldDocument
from search_app.attachments import CSV, send_attachment
from search_app.answering.across import answer_across
from search_app.answering.across_records import across_csv, across_json
from search_app.answering.reasons import OWN_HEALTH
from search_app.answering.replies import Across, Reply, find_doubt
from search_app.keeping import do_not_keep
from search_app.request_query import by_from_request, keep_by, question_from_request, url_with
from search_app.service import Service, current_service

MORE_PATIENCE = 3
"""How many times as long as for one question the cross-encoder may read for all parts together."""

WAYS: dict[By, tuple[str, str]] = {
    "organisation": ("organisation", "organisations"),
    "document": ("document", "documents"),
    "year": ("year of publication", "years of publication"),
}
"""What a question can be asked by: one of them, and several."""

across = Blueprint("across", __name__)
across.url_defaults(keep_by)


@across.get("/across")
def show_across() -> str:
    """Show what each organisation, document or year says to a question."""
    service = current_service()
    by, query = _read_request(service)
    found = _answer(service, by, query) if query.typed else None
    return render_template(
        "across.html",
        across=found,
        query=query,
        by=by,
        ways=WAYS,
        said=service.searcher.coverage(service.audience),
        labels={held.id: service.library.labels(held) for held in _find_quoted(found)},
        known=service.known,
        narrowed=service.known([query.document]),
        find_doubt=find_doubt,
        own_health=OWN_HEALTH,
        ask_alone=lambda reply: _ask_alone(reply, by, query),
        find_words=lambda reply: _find_words(reply, by, query, found),
    )


@across.get("/across.csv")
def send_across() -> Response:
    """Send all replies to a question as CSV."""
    service = current_service()
    lines = across_csv(_answer(service, *_read_request(service)), service.library)
    return send_attachment(lines, CSV, "across.csv")


@across.get("/api/v1/across")
def give_across() -> Response:
    """Give what each organisation, document or year says to the question ?q=."""
    service = current_service()
    return jsonify(across_json(_answer(service, *_read_request(service)), service.library))


def _read_request(service: Service) -> tuple[By, Query]:
    by, notes = by_from_request(request.args)
    query = question_from_request(request.args, service.audience)
    return by, replace(query, notes=(*query.notes, *notes))


def _answer(service: Service, by: By, query: Query) -> Across:
    do_not_keep()
    with service.turns.take() as seconds:
        searcher, patience = service.searcher, MORE_PATIENCE * seconds
        return answer_across(searcher, query.typed, by, service.audience, query, patience)


def _find_quoted(found: Across | None) -> Iterator[HeldDocument]:
    """Give the documents that are quoted, those of further sources too."""
    for reply in found.replies if found else ():
        if reply.quotation:
            yield reply.quotation.document
            yield from (source.document for source in reply.quotation.sources)


def _ask_alone(reply: Reply, by: By, query: Query) -> str:
    """Give the address that asks one part by itself, where more of it is read."""
    return url_with(narrow_to(query, by, reply.part.value), "pages.show_answer")


def _find_words(reply: Reply, by: By, query: Query, found: Across | None) -> str:
    """Give the address of the passages of one part with words of the question."""
    return url_with(narrow_to(query, by, reply.part.value), q=found.words if found else "")
