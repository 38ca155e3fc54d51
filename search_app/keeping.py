"""What may be kept of an answer: an ETag tied to what is held, so that a page is made again only
when something has changed, and compression."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, request
from flask_compress import Compress
from werkzeug.http import parse_etags

from index.errors import NoIndex
from search_app.design.assets import assets_version
from search_app.service import current_service

LEAST_COMPRESSED_BYTES = 500

_KEPT = ("GET", "HEAD")


def register_keeping(app: Flask) -> None:
    """Give an app's answers their ETags, answer 304 where nothing has changed, and compress."""
    app.before_request(_answer_unchanged)
    app.after_request(_tag)
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIN_SIZE"] = LEAST_COMPRESSED_BYTES
    app.config["COMPRESS_STREAMS"] = False  # the first bytes of an export must not wait
    app.config["COMPRESS_EVALUATE_CONDITIONAL_REQUEST"] = False
    Compress(app)


def do_not_keep() -> None:
    """Say that this answer is not the same each time, as one that was given in a hurry."""
    g.changing = True


def _answer_unchanged() -> Response | None:
    """Answer that nothing has changed, before anything is searched."""
    if request.method not in _KEPT or not (sent := request.headers.get("If-None-Match")):
        return None
    etag = _make_etag()
    if not etag or not parse_etags(sent).contains_weak(etag):
        return None
    unchanged = Response(status=304)
    unchanged.set_etag(etag, weak=True)
    return unchanged


def _tag(response: Response) -> Response:
    kept = request.method in _KEPT and response.status_code == 200
    if kept and not g.get("changing") and "Cache-Control" not in response.headers:
        if etag := _make_etag():
            response.set_etag(etag, weak=True)
    return response


def _make_etag() -> str:
    """Give the ETag of what an address shows, which is made once for each request."""
    if "etag" not in g:
        g.etag = _hash_all()
    return str(g.etag)


def _hash_all() -> str:
    """Hash all that an address is made from; empty without an index."""
    service = current_service()
    try:
        generation = service.searcher.snapshot(service.audience).generation
    except NoIndex:
        return ""
    run = service.library.last_run()
    read = (run.id, run.finished) if run else ()
    held = assets_version(), generation, read, service.audience
    made_from = *held, request.host_url, request.full_path
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:20]
