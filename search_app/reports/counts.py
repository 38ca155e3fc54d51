"""Trends: how often a query is met by year of publication, organisation and theme, and in how much.

A rate is per 10,000 words of the passages of the documents that are searched, for the reader and
left by the filters: without running heads, page numbers and lists of contents, in which nothing is
found either. A document with several themes counts under each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from index.holdings import Holding, list_holdings
from index.occurrences import Marked, Occurrences
from index.parts import By, Part, find_parts
from index.query import Query
from index.results import Coverage
from index.schema import NOT_STATED
from index.search import Searcher

Facet = Literal["year", "organisation", "theme"]
Outcome = Literal["found", "not said", "not read", "not held"]

WORDS_OF_A_RATE = 10_000

GROUPINGS: tuple[tuple[Facet, ...], ...] = (
    ("year",), ("organisation",), ("theme",), ("year", "organisation"),
    ("year", "organisation", "theme"),
)  # fmt: skip
"""By what is counted, besides all together."""

DENOMINATOR = (
    "The rate is for each 10,000 words of the passages that are searched of these documents, found"
    " or not: those that are open to you and that the filters leave. Running heads, page numbers"
    " and lists of contents are not counted. The head of a table is in each passage that has rows"
    " of it, and counts once, as it is printed: its words, and the matches in it."
)
SEVERAL_THEMES = "A document with several themes counts under each of them."


@dataclass(frozen=True)
class Tally:
    """What some documents come to: how many are held, the words of their passages, and how many
    documents, passages and matches a query finds in them."""

    held: int = 0
    words: int = 0
    documents: int = 0
    passages: int = 0
    occurrences: int = 0

    @property
    def rate(self) -> float | None:
        """Matches for each 10,000 words; None where there are no words."""
        return self.occurrences * WORDS_OF_A_RATE / self.words if self.words else None


@dataclass(frozen=True)
class Row:
    """The documents that have these values of the facets that are counted by.

    ``unread`` counts files of which nothing is searched and that are known to be of them. Of years
    in a row of which nothing is held there is one row: 2013–2015.
    """

    values: tuple[str, ...]
    tally: Tally
    outcome: Outcome
    unread: int = 0

    @property
    def name(self) -> str:
        """Its values in one."""
        return ", ".join(self.values)


@dataclass(frozen=True)
class Trends:
    """What a query comes to in all, and the rows by each grouping."""

    query: Query
    total: Tally
    rows: Mapping[tuple[Facet, ...], tuple[Row, ...]]
    coverage: Coverage
    generation: str


def count_trends(searcher: Searcher, query: Query) -> Trends:
    """Count what a search for a query finds, by year, organisation and theme.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    found = searcher.occurrences(query)
    coverage = searcher.coverage(query.audience)
    counts = _count_documents(found.passages)
    holdings = list_holdings(found.snapshot, found.query)
    rows = {
        by: tuple(_sort(by, _count_rows(by, holdings, counts, found, coverage)))
        for by in GROUPINGS
    }
    total = _add_up(holdings, counts)
    return Trends(found.query, total, rows, coverage, found.snapshot.generation)


def _count_documents(passages: Iterable[Marked]) -> Mapping[str, Tally]:
    """Count the passages and matches of each document that has some."""
    found, matches = Counter[str](), Counter[str]()
    for each in passages:
        found[each.document.id] += 1
        matches[each.document.id] += each.matches
    return {each: Tally(0, 0, 1, found[each], matches[each]) for each in found}


def _add_up(holdings: Iterable[Holding], counts: Mapping[str, Tally]) -> Tally:
    total = [0] * 5
    for holding in holdings:
        own = counts.get(holding.document_id, Tally())
        each = (1, holding.words, own.documents, own.passages, own.occurrences)
        total = [one + other for one, other in zip(total, each)]
    return Tally(*total)


def _count_rows(
    by: tuple[Facet, ...],
    holdings: Iterable[Holding],
    counts: Mapping[str, Tally],
    found: Occurrences,
    coverage: Coverage,
) -> Iterator[Row]:
    grouped: defaultdict[tuple[str, ...], list[Holding]] = defaultdict(list)
    for holding in holdings:
        for values in product(*(_values_of(holding, facet) for facet in by)):
            grouped[values].append(holding)
    parts = _find_parts(by, found, coverage)
    for values, own in grouped.items():
        part = parts.get(values)
        unread = len(part.unread) if part else 0
        tally = _add_up(own, counts)
        whole = not unread and all(holding.whole for holding in own)
        silent: Outcome = "not said" if whole else "not read"
        yield Row(values, tally, "found" if tally.passages else silent, unread)
    for values, part in parts.items():
        if part.unread and values not in grouped:
            yield Row(values, Tally(), "not read", len(part.unread))
    if by == ("year",):
        known = {value for value, in (*grouped, *(v for v, part in parts.items() if part.unread))}
        yield from _find_unheld_years(found, known)


def _values_of(holding: Holding, facet: Facet) -> tuple[str, ...]:
    if facet == "theme":
        return holding.themes
    return (holding.year if facet == "year" else holding.organisation,)


def _find_parts(
    by: tuple[Facet, ...], found: Occurrences, coverage: Coverage
) -> Mapping[tuple[str, ...], Part]:
    """Give the parts of the library with what was not read; of a theme no such file is known."""
    ways: dict[tuple[Facet, ...], By] = {("year",): "year", ("organisation",): "organisation"}
    if by not in ways:
        return {}
    parts = find_parts(found.snapshot, coverage, found.query, ways[by])
    return {(part.value,): part for part in parts}


def _find_unheld_years(found: Occurrences, known: set[str]) -> Iterator[Row]:
    """Give the years of which nothing is held: of those chosen, else between the first and last
    that are asked for or held at all."""
    query = found.query
    chosen = query.chosen("year")
    if chosen:
        missing = [(value, value) for value in chosen if value not in known]
    else:
        missing = [*_find_gaps(*_find_bounds(found), known)]
    for first, last in missing:
        name = first if first == last else f"{first}–{last}"
        yield Row((name,), Tally(), "not held")


def _find_bounds(found: Occurrences) -> tuple[str, str]:
    query = found.query
    everything = replace(query, filters=(), document="", since="", until="")
    held = {each.year for each in list_holdings(found.snapshot, everything)} - {NOT_STATED}
    first = query.since[:4] or min(held, default=query.until[:4])
    return first, query.until[:4] or max(held, default=first)


def _find_gaps(first: str, last: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Give the first and last of each run of years that are not known."""
    if not first.isdigit() or not last.isdigit():
        return
    stops = sorted({int(each) for each in known if each.isdigit()} | {int(last) + 1})
    after = int(first)
    for stop in stops:
        if after < stop <= int(last) + 1:
            yield f"{after:04}", f"{stop - 1:04}"
        after = max(after, stop + 1)


def _sort(by: tuple[Facet, ...], rows: Iterable[Row]) -> list[Row]:
    """Sort years from the oldest, and what is of one other facet from the most matches; NOT_STATED
    last."""
    if by in (("organisation",), ("theme",)):
        return sorted(rows, key=lambda row: (NOT_STATED in row.values, -row.tally.occurrences,
                                             -row.tally.passages, row.values))  # fmt: skip
    return sorted(rows, key=lambda row: [(value == NOT_STATED, value) for value in row.values])
