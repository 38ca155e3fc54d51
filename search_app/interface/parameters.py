"""The arguments of the API's addresses, as data: what is read of an address, and what it means.

A value that is not known is never an error: it becomes a note in the answer. So all are texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from index.parts import By
from index.schema import FACETS
from search_app.interface.paging import LIMIT, MOST_LIMIT
from search_app.reports.commitments_choices import Dated
from search_app.reports.commitments_choices import Order as CommitmentOrder
from search_app.reports.commitments_words import STRENGTHS
from search_app.reports.concordance import MOST_WIDTH, WIDTH
from search_app.reports.concordance import Order as LineOrder
from search_app.request_query import SORTS

Where = Literal["query", "path"]


@dataclass(frozen=True)
class Parameter:
    """An argument of an address; ``known`` are the values that mean something, the usual first,
    none where any does. ``several``: it can be given more than once, for any of its values."""

    name: str
    says: str
    known: tuple[str, ...] = ()
    several: bool = False
    example: str = ""
    where: Where = "query"
    number: bool = False


WORDS = Parameter("q", "What to search for, in the query language of /help.", example="beds")
QUESTION = Parameter("q", "The question.", example="How many beds are there?")

FILTERS = (
    *(Parameter(facet, f"Only this {facet}.", several=True) for facet in FACETS),
    Parameter("document", "Only the document with this id."),
    Parameter("since", "Published since then: YYYY, YYYY-MM or YYYY-MM-DD."),
    Parameter("until", "Published until then: YYYY, YYYY-MM or YYYY-MM-DD."),
)

QUERY = (
    WORDS,
    Parameter("like", "Passages like the one with this id, instead of words."),
    *FILTERS,
    Parameter("as_typed", "With 1: by no other name or short form.", known=("", "1")),
    Parameter("without", "Not by this other name.", several=True),
)

SORT = Parameter("sort", "By how well they match, or newest first.", known=tuple(SORTS))
PAGE = Parameter("page", "Which page, from 1; the first unless it is said.")
CURSOR = Parameter("cursor", "Where to go on; take the address in next as it is.")
LIMIT_PARAMETER = Parameter(
    "limit", f"How many passages, from 1 to {MOST_LIMIT}; {LIMIT} unless it is said.", example="5"
)
BY = Parameter("by", "What is asked or told by itself.", known=get_args(By))
EXPLAIN = Parameter("explain", "With 1: how the answer came about.", known=("", "1"))
LINES = (
    Parameter("order", "The order of the lines.", known=get_args(LineOrder)),
    Parameter("width", f"Words on each side, from 1 to {MOST_WIDTH}; {WIDTH} unless it is said."),
)
COMMITMENTS = (
    Parameter("strength", "How strongly it is said.", known=STRENGTHS, several=True),
    Parameter("due", "The year that it is due.", several=True),
    Parameter("dated", "Whether a date is stated.", known=get_args(Dated), several=True),
    Parameter(
        "passed", "Whether the date is passed today.", known=get_args(Dated), several=True
    ),
    Parameter("due_from", "Due from this date on: a year, month or day.", example="2024"),
    Parameter("due_until", "Due up to this date: a year, month or day.", example="2025-06"),
    Parameter("order", "By document, or by the date due.", known=get_args(CommitmentOrder)),
)
TYPED = Parameter("q", "What was typed so far.", example="be")
SENTENCES = Parameter(
    "sentences", "With 1: check each sentence, not only what stands in quotation marks.",
    known=("", "1"),
)  # fmt: skip
VERSIONS = (
    Parameter("from", "The older version: its number, or DOCUMENT/NUMBER of another document."),
    Parameter("to", "The newer version; the two newest unless they are said."),
)
DOCUMENT_ID = Parameter("document_id", "The id of a document.", example="plan", where="path")
PAGE_NUMBER = Parameter(
    "number", "Which page, from 1.", example="1", where="path", number=True
)
