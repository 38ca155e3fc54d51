"""The output of a batch: for each row of the input at least one, what was found or why nothing."""

from __future__ import annotations

import codecs
import json
import logging
import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from werkzeug.datastructures import MultiDict

from index.errors import SearchError
from index.query import Audience
from index.search import Searcher
from ingest.errors import IngestError
from ingest.library import now
from search_app.answering.answers import Answer, answer_question
from search_app.answering.quotations import Quotation
from search_app.exports.batch_input import EMPTY, Entry, How
from search_app.exports.cells import csv_line
from search_app.exports.orders import Order
from search_app.exports.rows import COLUMNS, Row, describe_hit, make_rows, open_export
from search_app.quoting.permalinks import quotation_path
from search_app.request_query import question_from_request

MOST_HITS = 1000
"""Of one query; more than that is an export of its own."""

_INPUT = ("input", "id", "outcome", "reason")
SEARCH_COLUMNS = (*_INPUT, *COLUMNS)
ANSWER_COLUMNS = (
    *_INPUT, "question", "row", "short_answer", "quotation", "confidence", "passage",
    "document_id", "version", "title", "organisation", "kind", "published", "status",
    "status_basis", "file", "sha256", "pages", "printed_pages", "heading", "permalink",
    "generation", "time", "notes", "coverage",
)  # fmt: skip
FAILED = "The service failed on this row; the others were asked all the same."

Form = Literal["csv", "jsonl"]


@dataclass(frozen=True)
class BatchOrder:
    """How the rows of a batch are asked and told: ``most`` hits are given of each query."""

    how: How
    audience: Audience = "public"
    most: int = 10
    form: Form = "csv"
    bom: bool = False
    address: str = ""
    time: str = field(default_factory=now)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the output."""
        return SEARCH_COLUMNS if self.how == "search" else ANSWER_COLUMNS


def write_batch(
    searcher: Searcher, order: BatchOrder, entries: Iterable[Entry],
    progress: Callable[[int, str], None] = lambda done, outcome: None,
) -> Iterator[bytes]:  # fmt: skip
    """Give the output piece by piece, and report how many rows of the input are done, and what
    came of the last.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    searcher.snapshot(order.audience)
    if order.form == "csv":
        head = csv_line(order.columns).encode()
        yield codecs.BOM_UTF8 + head if order.bom else head
    with ThreadPoolExecutor(1) as pool:  # whatever comes of a row comes back, errors too
        for done, entry in enumerate(entries, 1):
            asked = pool.submit(_ask, searcher, order, entry)
            error = asked.exception()
            rows = [_tell_failure(entry, error)] if error else asked.result()
            for row in rows:
                yield _write_row(order, row)
            progress(done, rows[0]["outcome"])


def _write_row(order: BatchOrder, row: Row) -> bytes:
    whole = dict.fromkeys(order.columns, "") | row
    if order.form == "csv":
        return csv_line(whole[column] for column in order.columns).encode()
    said = {column: whole[column] for column in order.columns}
    return (json.dumps(said, ensure_ascii=False) + "\n").encode()


def _tell_failure(entry: Entry, error: BaseException) -> Row:
    if isinstance(error, SearchError | IngestError):
        reason = str(error)
    else:
        logging.getLogger(__name__).error("row %d failed", entry.number, exc_info=error)
        reason = FAILED
    return _tell(entry, "failed", reason)


def _tell(entry: Entry, outcome: str, reason: str = "") -> Row:
    said = {"query": entry.typed, "question": entry.typed}
    return said | {
        "input": entry.number, "id": entry.id, "outcome": outcome, "reason": reason
    }  # fmt: skip


def _ask(searcher: Searcher, order: BatchOrder, entry: Entry) -> list[Row]:
    if not entry.typed:
        return [_tell(entry, "not asked", EMPTY)]
    if order.how == "search":
        return _search(searcher, order, entry)
    query = question_from_request(MultiDict(entry.args), order.audience)
    answer = answer_question(searcher, query.typed, order.audience, query, math.inf)
    return _tell_answer(searcher, order, entry, answer)


def _search(searcher: Searcher, order: BatchOrder, entry: Entry) -> list[Row]:
    asked = Order(entry.args, order.audience, address=order.address, time=order.time)
    export = open_export(searcher, asked)
    if not export.total:
        said = _tell(entry, "nothing found")
    elif export.total > order.most:
        said = _tell(entry, "found", f"The first {order.most:,} of {export.total:,} are given.")
    else:
        said = _tell(entry, "found")
    return [said | row for row in islice(make_rows(export), order.most)]


def _tell_answer(
    searcher: Searcher, order: BatchOrder, entry: Entry, answer: Answer
) -> list[Row]:
    advice = answer.workings.understood.advice
    shared = {
        "confidence": answer.confidence,
        "generation": searcher.snapshot(order.audience).generation,
        "time": order.time,
        "notes": " ".join(filter(None, (advice, *answer.notes))),
        "coverage": answer.coverage.sentence,
    }
    if answer.abstained:
        return [_tell(entry, "not found", answer.reason) | shared]
    said = _tell(entry, "disagreeing" if answer.disagreeing else "answered") | shared
    total = len(answer.quotations)
    return [
        said | _describe(searcher, order, quotation) | {"row": f"{number} of {total}"}
        for number, quotation in enumerate(answer.quotations, 1)
    ]


def _describe(searcher: Searcher, order: BatchOrder, quotation: Quotation) -> Row:
    held, passage = quotation.document, quotation.hit.passage
    labels = searcher.library.labels(held)
    pages = sorted({span.page for span in quotation.spans}) if held.paged else []
    at = quotation.start, quotation.end
    path = quotation_path(held.id, held.version, passage.number, passage.text, at)
    row = describe_hit(quotation.hit, labels) | {
        "quotation": quotation.text,
        "short_answer": quotation.short_answer,
        "pages": pages,
        "printed_pages": [labels[page] for page in pages if page in labels],
        "permalink": order.address + path,
    }
    return {column: value for column, value in row.items() if column in ANSWER_COLUMNS}
