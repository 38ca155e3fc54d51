"""The concordance: every match of a query as a line, between the words before and after it.

A printed place is one line, whatever passages have it (index.occurrences).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from index.errors import NoSuchPage
from index.highlight import Match
from index.occurrences import Marked, Occurrences
from index.places import locate
from index.query import Query
from index.results import Coverage
from index.search import Searcher
from ingest.records import HeldDocument, Passage, Span

Order = Literal["document", "left", "right", "date", "organisation"]

LINES_A_PAGE = 100
WIDTH, MOST_WIDTH = 8, 40
"""How many words are shown before and after a match unless another number is asked for; the most.
"""

PRINTED_ONCE = (
    "A line is a place where what was searched for is printed. The head of a table is in each"
    " passage that has rows of it; what matches there is one line, of the first passage found."
)

_WORD = re.compile(r"\S*[^\W_]\S*")
_LONG_WORD = 40
"""Characters, with those between words: a window of so many times the width holds it mostly."""


@dataclass(frozen=True)
class Line:
    """A match in its passage; ``first``, ``start``, ``end`` and ``last`` are offsets in its text:
    where what is shown begins, the match itself, and where what is shown ends."""

    document: HeldDocument
    passage: Passage
    first: int
    start: int
    end: int
    last: int

    @property
    def left(self) -> str:
        """What is shown before the match, as it stands there."""
        return self.passage.text[self.first:self.start]

    @property
    def match(self) -> str:
        """The words that match, as they stand there."""
        return self.passage.text[self.start:self.end]

    @property
    def right(self) -> str:
        """What is shown after the match, as it stands there."""
        return self.passage.text[self.end:self.last]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where the match stands on the pages."""
        return locate(self.passage.spans, self.start, self.end)

    @property
    def page(self) -> int:
        """The page on which the match begins, from 1."""
        return self.spans[0].page

    @property
    def passage_id(self) -> str:
        """The passage's id, like that of a hit."""
        return f"{self.document.id}/{self.document.version}/{self.passage.number}"


@dataclass(frozen=True)
class Concordance:
    """All lines of a query in an order, of which pages are looked at."""

    found: Occurrences
    order: Order
    width: int
    coverage: Coverage

    @property
    def query(self) -> Query:
        """The query as understood."""
        return self.found.query

    @property
    def pages(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-self.found.total // LINES_A_PAGE))

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, in order; equals stand by their passages' ids and offsets."""
        return self._lines_from(0)

    def page(self, number: int) -> tuple[Line, ...]:
        """Give the lines of a page, which counts from 1.

        Raises:
            NoSuchPage: the page is past the end.
        """
        if not 1 <= number <= self.pages:
            raise NoSuchPage(
                f"There is no page {number} of this concordance; there are {self.pages}."
            )
        return tuple(islice(self._lines_from((number - 1) * LINES_A_PAGE), LINES_A_PAGE))

    def _lines_from(self, first: int) -> Iterator[Line]:
        """Give the lines from one on, which counts from 0; what is before it is not looked at."""
        if self.order in ("left", "right"):
            for marked, at in self.found.sort_by_words(self.order == "left", self.width)[first:]:
                passage, matches = self.found.look_at(marked)
                yield self._make_line(marked, passage, matches[at])
            return
        for marked in _sort_by_document(self.found, self.order):
            if first < marked.matches:
                passage, matches = self.found.look_at(marked)
                for match in matches[first:]:
                    yield self._make_line(marked, passage, match)
            first = max(0, first - marked.matches)

    def _make_line(self, marked: Marked, passage: Passage, match: Match) -> Line:
        first = find_start(passage.text, match[0], self.width)
        last = find_end(passage.text, match[1], self.width)
        return Line(marked.document, passage, first, *match, last)


def make_concordance(
    searcher: Searcher, query: Query, order: Order = "document", width: int = WIDTH
) -> Concordance:
    """Make the concordance of a query, whose lines are of the passages that a search finds.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    found = searcher.occurrences(query)
    return Concordance(found, order, width, searcher.coverage(query.audience))


def find_start(text: str, start: int, width: int) -> int:
    """Find where the last ``width`` words before an offset begin."""
    window = max(0, start - _LONG_WORD * width)
    words = [*_WORD.finditer(text, window, start)]
    if len(words) <= width and window:  # the first of them may be cut off, or more be needed
        words = [*_WORD.finditer(text, 0, start)]
    return words[-width].start() if len(words) > width else 0


def find_end(text: str, end: int, width: int) -> int:
    """Find where the first ``width`` words after an offset end."""
    words = _WORD.finditer(text, end)
    for number, word in enumerate(words, 1):
        if number == width:
            return word.end()
    return len(text)


def _sort_by_document(found: Occurrences, order: Order) -> list[Marked]:
    passages = [*found.passages]
    if order == "date":
        passages.sort(key=lambda each: each.document.description.published.value, reverse=True)
    elif order == "organisation":
        passages.sort(key=_by_organisation)
    return passages


def _by_organisation(marked: Marked) -> tuple[bool, str]:
    """Sort by organisation, what states none last."""
    name = marked.document.description.organisation.value
    return not name, name.casefold()
