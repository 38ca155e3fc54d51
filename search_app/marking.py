"""Marking: text as escaped HTML with its matches in <mark>; its words are never altered."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from index.highlight import merge_overlapping
from ingest.records import CELL, Span

Range = tuple[int, int]
"""(start, end) offsets in a text."""

_CELL = Markup(f'<span class="cell">{CELL}</span>')


def mark_text(text: str, matches: Iterable[Range], element: str = "mark") -> Markup:
    """Give a text as escaped HTML with its matches marked, each as an element of its own.

    Matches are in order and do not overlap. Line breaks and the tabs between table cells stay
    as they are; the stylesheet makes them visible.
    """
    parts, end = [], 0
    for start, stop in matches:
        parts += [_escape(text[end:start]), _mark(text[start:stop], element)]
        end = stop
    return Markup("").join([*parts, _escape(text[end:])])


def mark_cells(text: str, matches: Iterable[Range]) -> tuple[Markup, ...]:
    """Give the cells of a table row as escaped HTML with the matches in each marked."""
    matches = tuple(matches)
    cells, start = [], 0
    for cell in text.split(CELL):
        cells.append(mark_text(cell, clip(matches, start, start + len(cell))))
        start += len(cell) + len(CELL)
    return tuple(cells)


def clip(matches: Iterable[Range], start: int, end: int) -> tuple[Range, ...]:
    """Give what of some matches lies in a stretch of the text, counted from its start."""
    clipped = ((max(left, start), min(right, end)) for left, right in matches)
    return tuple((left - start, right - start) for left, right in clipped if left < right)


def ranges_on_page(spans: Iterable[Span], page: int) -> tuple[Range, ...]:
    """Give the ranges of a page's text under some spans, in order, those that overlap joined."""
    ranges = sorted({(span.start, span.end) for span in spans if span.page == page})
    return merge_overlapping(ranges)


def _mark(text: str, element: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(element, _escape(text))


def _escape(text: str) -> Markup:
    return escape(text).replace(CELL, _CELL)
