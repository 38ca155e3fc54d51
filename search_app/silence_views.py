"""The page, file and API of the silence report: who does not mention a topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request

from index.parts import By, narrow_to
from ingest.records import HeldDocument
from search_app.attachments import CSV, send_attachment
from search_app.across_views import WAYS
from search_app.reports.silence import MENTIONS, Mention, Silence, report_silence
from search_app.reports.silence_records import silence_csv, silence_json
from search_app.request_query import by_from_request, keep_by, query_from_request, url_with
from search_app.service import Service, current_service

HEADINGS: dict[Mention, str] = {
    "said": "Mention it",
    "only superseded": "Mention it only in what was superseded",
    "not said": "Not said",
    "not read": "Not read",
    "not held": "Not held",
}

EXPLAINED: dict[Mention, str] = {
    "said": "",
    "only superseded": "What holds now does not mention it.",
    "not said": "All that is held of these was read and searched, and nothing mentions it.",
    "not read": "Not all of these was read, or not surely; nothing in the rest mentions it.",
    "not held": "Nothing that is searched is held of these.",
}

silence = Blueprint("silence", __name__)
silence.url_defaults(keep_by)


@silence.get("/silence")
def show_silence() -> str:
    """Show which organisations, documents or years do not mention a topic, and in what way."""
    service = current_service()
    found = _report(service)
    return render_template(
        "silence.html",
        silence=found,
        query=found.query,
        by=found.by,
        ways=WAYS,
        mentions=MENTIONS,
        headings=HEADINGS,
        explained=EXPLAINED,
        labels={held.id: service.library.labels(held) for held in _find_quoted(found)},
        known=service.known,
        narrowed=service.known([found.query.document]),
        search_in=lambda value: url_with(narrow_to(found.query, found.by, value)),
    )


@silence.get("/silence.csv")
def send_silence() -> Response:
    """Send the silence report as CSV."""
    service = current_service()
    lines = silence_csv(_report(service), service.library)
    return send_attachment(lines, CSV, "silence.csv")


@silence.get("/api/v1/silence")
def give_silence() -> Response:
    """Give who mentions the words ?q= and who does not."""
    service = current_service()
    return jsonify(silence_json(_report(service), service.library))


def _report(service: Service) -> Silence:
    by, notes = _read_by()
    query = replace(query_from_request(request.args, service.audience), page=1)
    return report_silence(service.searcher, replace(query, notes=(*query.notes, *notes)), by)


def _read_by() -> tuple[By, tuple[str, ...]]:
    by, notes = by_from_request(request.args)
    said = (each.replace("A question cannot be asked", "It cannot be told") for each in notes)
    return by, tuple(said)


def _find_quoted(found: Silence) -> Iterator[HeldDocument]:
    for voice in found.voices:
        yield from (saying.document for saying in voice.sayings)
