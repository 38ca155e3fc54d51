"""What the API can be asked, as data: each route with its arguments, its answer and its errors."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.interface import answer_shapes, report_shapes, shapes
from search_app.interface import parameters as p

Parameters = tuple[p.Parameter, ...]

NO_INDEX = 503


@dataclass(frozen=True)
class Operation:
    """A route of the API, by the endpoint that answers it, whose docstring says what it does.

    ``errors`` are its own HTTP codes beside those of all. ``text`` says what is sent to it, where
    something is.
    """

    endpoint: str
    answer: object
    parameters: Parameters = ()
    errors: tuple[int, ...] = (NO_INDEX,)
    text: str = ""


_DOCUMENT = (404, NO_INDEX)

OPERATIONS = (
    Operation(
        "api.search", shapes.SearchPage, (*p.QUERY, p.SORT, p.PAGE, p.CURSOR),
        (404, 409, NO_INDEX),
    ),
    Operation(
        "api.list_passages", shapes.PassageList,
        (*p.QUERY, p.SORT, p.LIMIT_PARAMETER, p.CURSOR), (409, NO_INDEX),
    ),
    Operation("api.suggest", shapes.Suggestions, (p.TYPED,)),
    Operation("api.answer", answer_shapes.Answer, (p.QUESTION, *p.FILTERS, p.EXPLAIN)),
    Operation("across.give_across", answer_shapes.AcrossAnswer, (p.QUESTION, *p.FILTERS, p.BY)),
    Operation(
        "quotes.give_check", answer_shapes.QuoteCheck, (p.SENTENCES,), (400, 415, NO_INDEX),
        "The text whose quotations are to be checked.",
    ),
    Operation(
        "reports.give_concordance", report_shapes.ConcordancePage, (*p.QUERY, *p.LINES, p.PAGE),
        _DOCUMENT,
    ),
    Operation("reports.give_trends", report_shapes.Trends, p.QUERY),
    Operation("silence.give_silence", report_shapes.SilenceReport, (*p.QUERY, p.BY)),
    Operation(
        "commitments.give_commitments", report_shapes.CommitmentPage,
        (*p.QUERY, *p.COMMITMENTS, p.PAGE), _DOCUMENT,
    ),
    Operation("api.list_documents", shapes.DocumentList),
    Operation("api.give_document", shapes.Document, (p.DOCUMENT_ID,), _DOCUMENT),
    Operation(
        "api.give_page", shapes.MatchedPage, (p.DOCUMENT_ID, p.PAGE_NUMBER, *p.QUERY), _DOCUMENT
    ),
    Operation(
        "quotes.give_differences", answer_shapes.Differences, (p.DOCUMENT_ID, *p.VERSIONS),
        _DOCUMENT,
    ),
    Operation("api.give_coverage", shapes.Coverage),
    Operation("api.list_acronyms", shapes.Acronyms),
)  # fmt: skip
