"""The page where an export is chosen, the file in each format, and its manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request, url_for

from search_app.attachments import send_attachment
from search_app.exports.formats import FORMATS
from search_app.exports.manifests import digest_searched, write_export, write_manifest
from search_app.exports.orders import (
    MOST_CONTEXT_WORDS,
    Order,
    keep_query_args,
    order_from_request,
)
from search_app.exports.rows import open_export
from search_app.exports.evidence import MOST_IMAGES
from search_app.keeping import do_not_keep
from search_app.service import Service, current_service

FIRST_WORDS = 40
"""How many words of a passage are shown where it can be chosen."""

exports = Blueprint("exports", __name__)


@exports.get("/export")
def show_export() -> str:
    """Let a reader choose the format of an export, and what is in it."""
    service = current_service()
    order = _read_order(service)
    results = service.searcher.search(replace(order.query, page=1))
    return render_template(
        "export.html",
        results=results,
        query=results.query,
        order=order,
        formats=FORMATS,
        args=keep_query_args(request.args),
        known=service.known,
        narrowed=service.known([results.query.document]),
        most_context=MOST_CONTEXT_WORDS,
        most_images=MOST_IMAGES,
        first_words=FIRST_WORDS,
        labels={
            group.document.id: service.library.labels(group.document) for group in results.groups
        },
    )


@exports.get("/export/file")
def send_chosen() -> Response:
    """Send all passages of a query in the format ?format=."""
    if (named := request.args.get("format", "csv")) not in FORMATS:
        known = ", ".join(FORMATS)
        abort(400, f"There is no format called {named[:40]}; there are {known}.")
    return _send("")


@exports.get("/export.manifest.json")
def send_manifest() -> Response:
    """Send what is needed to make an export again, the digest of its file among it."""
    service = current_service()
    order = _read_order(service)
    export = open_export(service.searcher, order)
    searched = digest_searched(service.searcher, service.audience)
    lines = write_manifest(export, searched)
    return send_attachment(lines, "application/json", "plansearch.manifest.json")


def _sender(form: str) -> Callable[[], Response]:
    def send() -> Response:
        return _send(form)

    send.__doc__ = f"Send all passages of a query as {FORMATS[form].name}."
    return send


for _form, _format in FORMATS.items():
    exports.add_url_rule(f"/export.{_format.suffix}", f"send_{_form}", _sender(_form))


def _send(form: str) -> Response:
    service = current_service()
    order = _read_order(service, form)
    export = open_export(service.searcher, order)
    written = FORMATS[order.form]
    return send_attachment(
        write_export(export), written.media_type, f"plansearch.{written.suffix}"
    )


def _read_order(service: Service, form: str = "") -> Order:
    do_not_keep()  # it has its time in it
    address = url_for("pages.show_home", _external=True).rstrip("/")
    return order_from_request(request.args, service.audience, address, form, FORMATS)
