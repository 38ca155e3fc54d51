"""Which rows of a table are its header, told from what stands in the rows below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.records import Block

_MOST_HEADER_ROWS = 3
_FEWEST_ROWS = 3
_MOST_HEADER_WORDS = 6
_MOST_WORDS_IN_A_CELL = 25
_FEWEST_PAIRS = 2
"""How many figures at least make a table of two columns: one may be a detail among others."""

_LONGER = 2
"""How many times as long as a header the cells of a table of words are at least."""

_FIGURE = re.compile(r"[^\w\s]*\d[\d,.\s]*(?:%|[a-z]{1,3}\b)?(?:\s*\(\s*[\d.,]+\s*%?\s*\))?\W*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")
_NOTHING = re.compile(r"(?:\W|n/?a|tbc|tba)*", re.I)


def mark_header_rows(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give level 1 to the header rows of tables that mark none, or not all of them.

    In a table of figures these are the rows of words above the first row of figures; in a table
    of words a first row that is much shorter than the others. A header that is printed again
    further down, as over a page break, is one there too.
    """
    marked = list(blocks)
    for table in _tables(blocks):
        rows = [blocks[index] for index in table]
        headers = {block.text for block in _header_rows(rows)}
        for index in table:
            if blocks[index].text in headers:
                marked[index] = replace(blocks[index], level=1)
    return tuple(marked)


def _tables(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The places of rows that follow one another; furniture may stand between them."""
    table: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind == "row":
            table.append(index)
        elif block.kind != "furniture" and table:
            yield table
            table = []
    if table:
        yield table


def _header_rows(rows: Sequence[Block]) -> Sequence[Block]:
    first = next((at for at, row in enumerate(rows) if _is_of_figures(row)), None)
    if first is None:
        own = [row for row in rows if row.level]
        return own or (rows[:1] if _is_header_of_words(rows) else ())
    below = sum(map(_is_of_figures, rows[first:]))
    if len(rows[first].cells) <= 2 and below < _FEWEST_PAIRS:
        return [row for row in rows if row.level]
    above = rows[max(0, first - _MOST_HEADER_ROWS):first]
    return [row for row in above if row.level or (not _figures(row) and _is_short(row))]


def _is_short(row: Block) -> bool:
    return all(len(cell.split()) <= _MOST_WORDS_IN_A_CELL for cell in row.cells)


def _is_of_figures(row: Block) -> bool:
    """Whether at least half of what stands right of the first cell are figures, not years alone."""
    if row.level:
        return False
    cells = [cell for cell in row.cells[1:] if not _NOTHING.fullmatch(cell)]
    figures = _figures(row)
    return bool(figures) and 2 * len(figures) >= len(cells)


def _figures(row: Block) -> list[str]:
    return [
        cell for cell in row.cells[1:] if _FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell)
    ]


def _is_header_of_words(rows: Sequence[Block]) -> bool:
    head, *body = rows
    cells = head.cells
    if len(rows) < _FEWEST_ROWS or len(cells) < 2 or not all(cells):
        return False
    if any(len(row.cells) != len(cells) for row in body[:_FEWEST_ROWS]):
        return False
    short = all(len(cell.split()) <= _MOST_HEADER_WORDS for cell in cells)
    words = sum(len(row.text.split()) for row in body) / len(body)
    return short and words >= _LONGER * len(head.text.split())
