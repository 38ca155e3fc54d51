"""Following: a saved search is its address, and its feed has the documents that match, newest read
first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from index.query import Query
from search_app.request_query import query_args, query_from_request, url_with
from search_app.service import current_service

MOST_DOCUMENTS = 50
"""How many documents are in a feed; it says so where there are more."""

following = Blueprint("following", __name__)


@following.get("/follow")
def show_following() -> str:
    """Show how to keep a search, and how to be told of new matches."""
    service = current_service()
    query = query_from_request(request.args, service.audience)
    return render_template(
        "following.html",
        query=query,
        news=service.searcher.news(query, 5),
        search=url_for("pages.show_results", **_kept_args(query), _external=True),
        feed=url_for("following.send_feed", **_kept_args(query), _external=True),
        known=service.known,
    )


@following.get("/feed.atom")
def send_feed() -> Response:
    """Send the documents in which a query matches as an Atom feed (RFC 4287)."""
    service = current_service()
    query = query_from_request(request.args, service.audience)
    news = service.searcher.news(query, MOST_DOCUMENTS)
    labels = {each.document.id: service.library.labels(each.document) for each in news.groups}
    feed = render_template(
        "feed.atom",
        news=news,
        labels=labels,
        updated=news.groups[0].document.read_at if news.groups else _last_read(),
        search=url_with(query, _external=True),
    )
    return Response(feed, content_type="application/atom+xml; charset=utf-8")


def _kept_args(query: Query) -> dict[str, Any]:
    return query_args(query, page="", sort="")


def _last_read() -> str:
    run = current_service().library.last_run()
    return run.started if run else "1970-01-01T00:00:00Z"
