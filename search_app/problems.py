"""How errors are answered: which HTTP code each has, as a page or as problem+json."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, json, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from index.errors import NoIndex, NoSuchPage, SearchError
from ingest.errors import IngestError, NotHeld
from search_app.page_images import NoPageImage
from search_app.request_query import query_from_request, url_with

HTTP_CODES: dict[type[Exception], int] = {
    NoIndex: 503,
    NoSuchPage: 404,
    NotHeld: 404,
    NoPageImage: 404,
    SearchError: 500,
    IngestError: 500,
}

TITLES: dict[int, str] = {
    404: "Not found",
    405: "Not possible here",
    500: "Something went wrong",
    503: "Nothing can be searched yet",
}

DETAILS: dict[int, str] = {
    404: "There is no page at this address. It may have been mistyped, or moved.",
    405: "This address can only be read.",
    500: "The service failed on this request. It has been written to the log; please try again.",
}

API_PREFIX = "/api/"


def register_problems(app: Flask) -> None:
    """Answer our own errors and those of HTTP, each in the form that was asked for."""
    for error, code in HTTP_CODES.items():
        app.register_error_handler(error, _answer_with(code))
    app.register_error_handler(HTTPException, _answer_http)


def answer_problem(code: int, detail: str) -> Response:
    """Answer with a problem: JSON under the API, a page elsewhere."""
    title = TITLES.get(code) or HTTP_STATUS_CODES.get(code, "Problem")
    if not request.path.startswith(API_PREFIX):
        page = render_template(
            "problem.html", title=title, detail=detail, code=code, first_page=_first_page()
        )
        return make_response(page, code)
    body = json.dumps({"title": title, "status": code, "detail": detail})
    return Response(body, code, mimetype="application/problem+json")


def _first_page() -> str:
    """Give the address of the first page of results where a later one was asked for."""
    query = query_from_request(request.args)
    return url_with(query, page="") if query.page > 1 else ""


def _answer_with(code: int) -> Callable[[Exception], Response]:
    return lambda error: answer_problem(code, str(error))


def _answer_http(error: HTTPException) -> Response:
    code = error.code or 500
    if 300 <= code < 400:
        return make_response(error.get_response())
    answer = answer_problem(code, DETAILS.get(code) or str(error.description))
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer
