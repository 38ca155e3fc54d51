"""The pages, files and API of the reports on a query: its concordance, and its trends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from index.query import Query
from search_app.attachments import CSV, send_attachment
from search_app.reports.concordance import (
    LINES_A_PAGE,
    MOST_WIDTH,
    PRINTED_ONCE,
    WIDTH,
    Concordance,
    make_concordance,
)
from search_app.reports.concordance_records import (
    concordance_csv,
    concordance_json,
    concordance_json_lines,
)
from search_app.reports.concordance_request import (
    measure_from_request,
    order_from_request,
    width_from_request,
)
from search_app.reports.counts import DENOMINATOR, SEVERAL_THEMES, Facet, count_trends
from search_app.reports.counts_records import trends_csv, trends_json
from search_app.reports.plots import MEASURES, plot_facet, plot_rows
from search_app.request_query import query_from_request
from search_app.service import Service, current_service

ORDERS = {
    "document": "document and page",
    "left": "words before",
    "right": "words after",
    "date": "newest first",
    "organisation": "organisation",
}

SECTIONS: tuple[tuple[Facet, str], ...] = (
    ("year", "Year published"), ("organisation", "Organisation"), ("theme", "Theme"),
)  # fmt: skip
"""What trends are shown by: the facet and its heading."""

USUAL = {"order": "document", "width": WIDTH, "measure": "occurrences"}
"""The choices that an address does without."""

reports = Blueprint("reports", __name__)
reports.add_app_template_global(plot_facet, "plot_facet")


@reports.get("/concordance")
def show_concordance() -> str:
    """Show a page of the lines of a query, or the box to ask for them."""
    service = current_service()
    query = _read_query(service)
    concordance = _make_concordance(service, query) if query.has_words else None
    lines = concordance.page(query.page) if concordance else ()
    understood = concordance.query if concordance else query
    documents = {line.document.id: line.document for line in lines}
    return render_template(
        "concordance.html",
        concordance=concordance,
        query=replace(understood, page=query.page),
        lines=lines,
        first=(query.page - 1) * LINES_A_PAGE + 1,
        order=order_from_request(request.args)[0],
        orders=ORDERS,
        width=width_from_request(request.args)[0],
        most_width=MOST_WIDTH,
        printed_once=PRINTED_ONCE,
        labels={name: service.library.labels(held) for name, held in documents.items()},
        said=service.searcher.coverage(service.audience),
        known=service.known,
        narrowed=service.known([query.document]),
    )


@reports.get("/concordance.csv")
def send_concordance_csv() -> Response:
    """Send all lines of a query as CSV."""
    service = current_service()
    lines = concordance_csv(_make_concordance(service, _read_query(service)), service.library)
    return send_attachment(lines, CSV, "concordance.csv")


@reports.get("/concordance.jsonl")
def send_concordance_json_lines() -> Response:
    """Send all lines of a query as JSON Lines."""
    service = current_service()
    concordance = _make_concordance(service, _read_query(service))
    lines = concordance_json_lines(concordance, service.library)
    return send_attachment(lines, "application/x-ndjson", "concordance.jsonl")


@reports.get("/api/v1/concordance")
def give_concordance() -> Response:
    """Give a page of the lines of the query ?q=."""
    service = current_service()
    query = _read_query(service)
    concordance = _make_concordance(service, query)
    return jsonify(concordance_json(concordance, service.library, query.page))


@reports.get("/trends")
def show_trends() -> str:
    """Show how often a query is met by year, organisation and theme, or the box to ask for it."""
    service = current_service()
    query = _read_query(service)
    measure = measure_from_request(request.args)[0]
    trends = count_trends(service.searcher, query) if query.has_words else None
    sections = [
        (facet, heading, trends.rows[facet,], plot_rows(
            f"plot-{facet}", f"By {heading.lower()}", trends.rows[facet,], measure))
        for facet, heading in SECTIONS
    ] if trends else []  # fmt: skip
    return render_template(
        "trends.html",
        trends=trends,
        query=trends.query if trends else query,
        sections=sections,
        measure=measure,
        measures=MEASURES,
        denominator=DENOMINATOR,
        several=SEVERAL_THEMES,
        said=service.searcher.coverage(service.audience),
        narrowed=service.known([query.document]),
    )


@reports.get("/trends.csv")
def send_trends_csv() -> Response:
    """Send all counts of a query as CSV."""
    service = current_service()
    lines = trends_csv(count_trends(service.searcher, _read_query(service)))
    return send_attachment(lines, CSV, "trends.csv")


@reports.get("/api/v1/trends")
def give_trends() -> Response:
    """Give all counts of the query ?q= by year, organisation and theme."""
    service = current_service()
    return jsonify(trends_json(count_trends(service.searcher, _read_query(service))))


@reports.url_defaults
def keep_choices(endpoint: str, values: dict[str, Any]) -> None:
    """Keep order, width and measure in the links from a page to the page itself."""
    if not request.endpoint or request.blueprint != reports.name:
        return
    order, width = order_from_request(request.args)[0], width_from_request(request.args)[0]
    measure = measure_from_request(request.args)[0]
    if "concordance" in endpoint:
        chosen: dict[str, str | int] = {"order": order, "width": width}
    else:
        chosen = {"measure": measure}
    for name, value in chosen.items():
        if value != USUAL[name]:
            values.setdefault(name, value)


def _read_query(service: Service) -> Query:
    """Read the query; the notes on the choices that are a report's own are added to its notes."""
    args = request.args
    query = query_from_request(args, service.audience)
    if "concordance" in str(request.endpoint):
        notes = order_from_request(args)[1] + width_from_request(args)[1]
    else:
        notes = measure_from_request(args)[1]
    return replace(query, sort="relevance", notes=(*query.notes, *notes))


def _make_concordance(service: Service, query: Query) -> Concordance:
    order, width = order_from_request(request.args)[0], width_from_request(request.args)[0]
    return make_concordance(service.searcher, query, order, width)
