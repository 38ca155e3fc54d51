"""From a URL to a Query and back; the only reader of request.args for queries.

Whatever is wrong with an argument becomes a note that the reader sees, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, get_args

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from index.analysis import find_tokens
from index.parts import By
from index.query import Audience, Query, Sort
from index.query_parser import MOST_CHARACTERS, understand_query
from index.schema import FACETS
from index.typed_dates import first_day, narrow_dates
from search_app.page_images import DEFAULT_SCALE, SCALES

MOST_VALUE_CHARACTERS = 300
MOST_VALUES = 50
MOST_PAGE_DIGITS = 9

SORTS: dict[str, Sort] = {"relevance": "relevance", "date": "date"}

QUESTION_WORDS = frozenset(
    "are can could did do does had has have how is should was were what when where which who whom"
    " whose why will would".split()
)

Args = MultiDict[str, str]


@dataclass(frozen=True)
class Place:
    """What a link to a page asks to be pointed out.

    ``passage`` counts from 1, 0 for none; ``quote`` are (start, end) offsets in its text;
    ``question`` is what the reader asked, where the link stands beside its answer.
    """

    passage: int = 0
    quote: tuple[int, int] | None = None
    question: str = ""


def query_from_request(args: Args, audience: Audience = "public") -> Query:
    """Make the query that the arguments of a URL ask for, with notes on all that is wrong."""
    notes: list[str] = []
    like = _shorten("like", _clean(args.get("like", "")), notes)
    understood = understand_query("" if like else _clean(args.get("q", "")))
    if like and args.get("q"):
        notes.append("The words typed were not searched for, because passages like one are.")
    since, until = _read_date(args, "since", notes), _read_date(args, "until", notes)
    understood = narrow_dates(understood, since, until)
    query = replace(
        understood,
        like=like,
        filters=_read_filters(args, notes),
        document=_read_document(args, notes),
        sort=_read_sort(args, notes),
        page=_read_page(args, notes),
        audience=audience,
        as_typed=_clean(args.get("as_typed", "")) == "1",
        without=_read_values(args.getlist("without"), "without", notes),
    )
    return replace(query, notes=tuple(dict.fromkeys([*understood.notes, *notes])))


def question_from_request(args: Args, audience: Audience = "public") -> Query:
    """Make the query that asks a question: its text as typed, and the filters and dates beside it.

    Dates in the text narrow nothing; the question is understood later.
    """
    notes: list[str] = []
    typed = _clean(args.get("q", ""))
    if len(typed) > MOST_CHARACTERS:
        notes.append(f"Only the first {MOST_CHARACTERS} characters were read.")
    query = Query(
        typed=typed[:MOST_CHARACTERS],
        filters=_read_filters(args, notes),
        document=_read_document(args, notes),
        audience=audience,
    )
    since, until = _read_date(args, "since", notes), _read_date(args, "until", notes)
    query = narrow_dates(query, since, until)
    return replace(query, notes=(*notes, *query.notes))


def by_from_request(args: Args) -> tuple[By, tuple[str, ...]]:
    """Read what a question is to be asked by, with a note where that is nothing known."""
    given = _clean(args.get("by", ""))
    for by in get_args(By):
        if by == given:
            return by, ()
    known = " or ".join(get_args(By))
    note = f"A question cannot be asked by “{given[:40]}”; it can be by {known}."
    return "organisation", (note,) if given else ()


def keep_by(endpoint: str, values: dict[str, Any]) -> None:
    """Keep what is compared by in the links from a page to itself; for a blueprint's defaults."""
    values.setdefault("by", by_from_request(request.args)[0])


def scale_from_request(args: Args) -> int:
    """Read at how many pixels a point a page's image is wanted; one of SCALES."""
    scale = args.get("scale", DEFAULT_SCALE, int)
    return scale if scale in SCALES else DEFAULT_SCALE


def place_from_request(args: Args) -> Place:
    """Read the passage and the quotation that a link to a page names; nonsense is no place."""
    passage = args.get("passage", "")
    number = int(passage) if re.fullmatch(rf"[0-9]{{1,{MOST_PAGE_DIGITS}}}", passage) else 0
    match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", args.get("quote", ""))
    quote = (int(match.group(1)), int(match.group(2))) if number and match else None
    question = _clean(args.get("question", ""))[:MOST_CHARACTERS]
    return Place(number, quote, question)


def query_args(query: Query, **changes: Any) -> dict[str, Any]:
    """Give the arguments of a URL that asks for a query; any change goes back to page 1.

    A change is a new value by the argument's name; None or nothing leaves the argument out.
    """
    sort = "" if query.sort == "relevance" else query.sort
    page = query.page if query.page > 1 and not changes else ""
    asked: dict[str, Any] = {"q": query.typed, "like": query.like, **dict(query.filters)}
    asked["document"] = query.document
    asked["since"], asked["until"] = query.chosen_dates
    as_typed = "1" if query.as_typed else ""
    asked |= {"sort": sort, "page": page, "as_typed": as_typed, "without": query.without}
    return {name: value for name, value in (asked | changes).items() if value}


def url_with(query: Query, endpoint: str = "pages.show_results", **changes: Any) -> str:
    """Give the address of a query with changes, such as ``page=2`` or ``kind=("strategy",)``."""
    return url_for(endpoint, **query_args(query, **changes))


def url_without(
    query: Query, facet: str, value: str, endpoint: str = "pages.show_results"
) -> str:
    """Give the address of a query without one chosen value of a facet."""
    left = tuple(chosen for chosen in query.chosen(facet) if chosen != value)
    return url_for(endpoint, **query_args(query, **{facet: left}))


def is_question(typed: str) -> bool:
    """Tell whether a text looks like a question: it ends with ? or opens with a question word."""
    words = [token.form for token in find_tokens(typed)]
    if typed.rstrip().endswith("?"):
        return bool(words)
    return len(words) > 2 and words[0] in QUESTION_WORDS


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _read_filters(args: Args, notes: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    chosen = ((facet, _read_values(args.getlist(facet), facet, notes)) for facet in FACETS)
    return tuple((facet, values) for facet, values in chosen if values)


def _read_document(args: Args, notes: list[str]) -> str:
    return _shorten("document", _clean(args.get("document", "")), notes)


def _read_values(given: Iterable[str], facet: str, notes: list[str]) -> tuple[str, ...]:
    cleaned = (_shorten(facet, _clean(value), notes) for value in given)
    values = tuple(dict.fromkeys(value for value in cleaned if value))
    if len(values) > MOST_VALUES:
        notes.append(f"Only the first {MOST_VALUES} choices of {facet} were used.")
    return values[:MOST_VALUES]


def _shorten(name: str, value: str, notes: list[str]) -> str:
    if len(value) > MOST_VALUE_CHARACTERS:
        notes.append(
            f"The {name} was ignored, because it is longer than {MOST_VALUE_CHARACTERS} characters."
        )
        return ""
    return value


def _read_date(args: Args, name: str, notes: list[str]) -> str:
    value = _clean(args.get(name, ""))
    if not value or first_day(value):
        return value
    notes.append(
        f"The date “{value[:40]}” was not understood and not used; write it as 2019, 2019-06 or"
        " 2019-06-30."
    )
    return ""


def _read_sort(args: Args, notes: list[str]) -> Sort:
    value = _clean(args.get("sort", ""))
    if value and value not in SORTS:
        known = " or ".join(SORTS)
        notes.append(f"Sorting by “{value[:40]}” is not known; it can be by {known}.")
    return SORTS.get(value, "relevance")


def _read_page(args: Args, notes: list[str]) -> int:
    value = _clean(args.get("page", ""))
    if not value:
        return 1
    if not re.fullmatch(r"-?[0-9]+", value):
        notes.append(f"“{value[:40]}” is not a number of a page; this is page 1.")
        return 1
    page = int(value[:MOST_PAGE_DIGITS])
    if page < 1:
        notes.append("Pages count from 1; this is page 1.")
    return max(1, page)
