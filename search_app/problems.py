"""How errors are answered: which HTTP code each has, as a page or as problem+json (RFC 9457)."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask, Response, json, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotAcceptable
from werkzeug.http import HTTP_STATUS_CODES

from index.errors import NoIndex, NoSuchPage, SearchError
from ingest.errors import IngestError, NotHeld
from search_app.interface.paging import StaleCursor
from search_app.interface.rate_limits import API_PREFIX
from search_app.page_images import NoPageImage
from search_app.request_query import query_from_request, url_with

HTTP_CODES: dict[type[Exception], int] = {
    NoIndex: 503,
    NoSuchPage: 404,
    NotHeld: 404,
    NoPageImage: 404,
    StaleCursor: 409,
    SearchError: 500,
    IngestError: 500,
}

TITLES: dict[int, str] = {
    400: "Not understood",
    404: "Not found",
    405: "Not possible here",
    406: "Only JSON is given here",
    409: "The documents have changed",
    415: "Of a kind that is not read here",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Nothing can be searched yet",
}

DETAILS: dict[int, str] = {
    404: "There is no page at this address. It may have been mistyped, or moved.",
    405: "This address does not take requests of this kind; the header Allow says which it takes.",
    406: "Under /api/ there is only application/json; the header Accept leaves it out.",
    500: "The service failed on this request. It has been written to the log; please try again.",
}

PROBLEM = "application/problem+json"

_GIVEN = ("application/json", PROBLEM)
_KEPT_HEADERS = ("Allow", "Retry-After")


def register_problems(app: Flask) -> None:
    """Answer our own errors and those of HTTP, each in the form that was asked for."""
    for error, code in HTTP_CODES.items():
        app.register_error_handler(error, _answer_with(code))
    app.register_error_handler(HTTPException, _answer_http)
    app.before_request(_refuse_other_forms)


def answer_problem(code: int, detail: str, kind: str = "") -> Response:
    """Answer with a problem: JSON under the API, a page elsewhere.

    ``kind`` names it where one code has several.
    """
    title = title_of(code)
    if not request.path.startswith(API_PREFIX):
        page = render_template(
            "problem.html", title=title, detail=detail, code=code, first_page=_first_page()
        )
        return make_response(page, code)
    name = kind or (name_status(code) if code in TITLES else "")
    problem = {
        "type": url_for("interface.show_api", _anchor=name) if name else "about:blank",
        "title": title,
        "status": code,
        "detail": detail,
        "instance": request.full_path.rstrip("?"),
    }
    return Response(json.dumps(problem), code, mimetype=PROBLEM)


def title_of(code: int) -> str:
    """Give the title of all problems with an HTTP code."""
    return TITLES.get(code) or HTTP_STATUS_CODES.get(code, "Problem")


def name_status(code: int) -> str:
    """Name the problems that have an HTTP code and no name of their own, such as "not-found"."""
    return HTTP_STATUS_CODES.get(code, "problem").lower().replace(" ", "-")


def name_error(error: type[Exception]) -> str:
    """Name an error of ours as a problem, such as "no-such-page"."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", error.__name__).lower()


def list_problems() -> tuple[tuple[str, int, str], ...]:
    """Give all problems of the API: the name, the HTTP code and the title of each."""
    named = {name_error(error): code for error, code in HTTP_CODES.items()}
    named |= {name_status(code): code for code in TITLES}
    ordered = sorted(named.items(), key=lambda each: (each[1], each[0]))
    return tuple((name, code, title_of(code)) for name, code in ordered)


def _refuse_other_forms() -> None:
    accepted = request.accept_mimetypes
    under = request.path.startswith(API_PREFIX)
    if under and accepted and not any(accepted[form] for form in _GIVEN):
        raise NotAcceptable


def _first_page() -> str:
    """Give the address of the first page of results where a later one was asked for."""
    query = query_from_request(request.args)
    return url_with(query, page="") if query.page > 1 else ""


def _answer_with(code: int) -> Callable[[Exception], Response]:
    return lambda error: answer_problem(code, str(error), name_error(type(error)))


def _answer_http(error: HTTPException) -> Response:
    code = error.code or 500
    if 300 <= code < 400:
        return make_response(error.get_response())
    answer = answer_problem(code, DETAILS.get(code) or str(error.description))
    for name, value in error.get_headers():
        if name in _KEPT_HEADERS:
            answer.headers[name] = value
    return answer
