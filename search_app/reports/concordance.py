"""The concordance: every match of a query as a line, between the words before and after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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

_WORD = re.compile(r"\S*[^\W_]\S*")
_LETTERS = re.compile(r"[^\W_]+")
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

    @cached_property
    def places(self) -> list[tuple[Marked, Match]]:
        """Where each line is, in order; equals stand by their passages' ids and offsets."""
        return _sort_places(self.found, self.order, self.width)

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, in order."""
        return self._make_lines(self.places)

    def page(self, number: int) -> tuple[Line, ...]:
        """Give the lines of a page, which counts from 1.

        Raises:
            NoSuchPage: the page is past the end.
        """
        if not 1 <= number <= self.pages:
            raise NoSuchPage(
                f"There is no page {number} of this concordance; there are {self.pages}."
            )
        first = (number - 1) * LINES_A_PAGE
        return tuple(self._make_lines(self.places[first:first + LINES_A_PAGE]))

    def _make_lines(self, places: list[tuple[Marked, Match]]) -> Iterator[Line]:
        last: Marked | None = None
        for marked, (start, end) in places:
            if marked is not last:
                passage, last = self.found.fetch(marked), marked
            first = find_start(passage.text, start, self.width)
            yield Line(marked.document, passage, first, start, end,
                       find_end(passage.text, end, self.width))  # fmt: skip


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


def _sort_places(found: Occurrences, order: Order, width: int) -> list[tuple[Marked, Match]]:
    if order in ("left", "right"):
        keyed = [*_key_by_context(found, order, width)]
        return [place for _, place in sorted(keyed, key=lambda each: each[0])]
    passages = [*found.passages]
    if order == "date":
        passages.sort(key=lambda each: each.document.description.published.value, reverse=True)
    elif order == "organisation":
        passages.sort(key=_by_organisation)
    return [(marked, match) for marked in passages for match in marked.matches]


def _key_by_context(
    found: Occurrences, order: Order, width: int
) -> Iterator[tuple[list[str], tuple[Marked, Match]]]:
    """Give the words by which each line is sorted: those on one side of it, the nearest first."""
    for marked in found.passages:
        text = found.fetch(marked).text if marked.matches else ""
        for start, end in marked.matches:
            if order == "left":
                words = _fold_words(text[find_start(text, start, width):start])[::-1]
            else:
                words = _fold_words(text[end:find_end(text, end, width)])
            yield words, (marked, (start, end))


def _fold_words(text: str) -> list[str]:
    """Give the words of a text without capitals and accents."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in apart if not unicodedata.combining(each))
    return _LETTERS.findall(text.casefold())


def _by_organisation(marked: Marked) -> tuple[bool, str]:
    """Sort by organisation, what states none last."""
    name = marked.document.description.organisation.value
    return not name, name.casefold()
