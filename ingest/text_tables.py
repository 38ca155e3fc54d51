"""Tables in plain text: rows whose cells are parted by tabs, bars or gaps, and tables of which only
the cells are left, each on lines of its own.

Of the latter the rows are told where figures come round in them ("Nurses", "12", "Doctors", "7").
Where they do not, each cell is a row of one cell, and passages keep such rows together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.compose import clean_text
from ingest.records import CELL
from ingest.text_pieces import SENTENCE_END, Piece

_BARRED = re.compile(r"\s*\|.*\|\s*")
_RULE_OF_BARS = re.compile(r"[\s|:+=-]+")
_GAP = re.compile(r"\s{3,}")
_FEWEST_CELLS_WITH_GAPS = 3
_FIGURES_AT_END = re.compile(
    r"(?P<words>\D{3,40}?)(?P<figures>(?:\s+[£(<~+-]{0,2}\d[\d,./]*[%)]{0,2}){2,})"
)
_MARKER = re.compile(r"\W|\(?\w{1,3}[.)]|\d+(?:\.\d+)*")
_NARROW, WIDEST_CELL = 0.62, 60
"""How wide the lines of a cell are at most: a share of a usual line, and in characters."""
_FEWEST_CELLS = 6
FEWEST_HEADING_WORDS = 4
_MOST_WIDE_CELLS = 2
_MOST_COLUMNS, _FEWEST_ROWS = 8, 3
_MOST_LINES_ABOVE = 2
FIGURE = re.compile(
    r"(?!(?:19|20)\d\d$)[£€<>~+-]?\d[\d,.]*\s?(?:%|[kmbn]{1,2})?|n/?a|tbc|[-–*]", re.I
)
"""A figure, or what stands for one; a year alone is as good as a word."""


def find_rows(lines: Sequence[str]) -> dict[int, str]:
    """Find rows that can be told by themselves: their cells with CELL between, by their line.

    At least two rows stand one after the other with as many cells each. Lines that have no text of
    their own, because they rule off a header or go on a row above, have an empty text here.
    """
    cells = [_cells(line) for line in lines]
    found: dict[int, str] = {}
    for index, own in enumerate(cells):
        near = [cells[at] for at in (index - 1, index + 1) if 0 <= at < len(cells)]
        if own and any(len(own) == len(other) or [""] in (own, other) for other in near if other):
            found[index] = CELL.join(own)
    for start, end in _short_stretches(lines):
        if not found.keys() & range(start, end):
            found.update(_rows_of_lines(lines, start, end))
    return found


def _cells(line: str) -> list[str]:
    """The cells of a line; one empty cell for the rule between header and rows; else none."""
    if _BARRED.fullmatch(line):
        if _RULE_OF_BARS.fullmatch(line):
            return [""]
        return [clean_text(cell) for cell in line.strip().strip("|").split("|")]
    by_tabs = [clean_text(cell) for cell in line.strip().split("\t")]
    by_gaps = [clean_text(cell) for cell in _GAP.split(line.rstrip())]
    for cells, fewest in ((by_tabs, 2), (by_gaps, _FEWEST_CELLS_WITH_GAPS)):
        if len(cells) >= fewest and not _MARKER.fullmatch(cells[0]):
            return cells
    if ends := _FIGURES_AT_END.fullmatch(line.strip()):
        return [clean_text(ends["words"]), *ends["figures"].split()]
    return []


def _short_stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where short lines without a blank one between begin and end."""
    start = 0
    for index, line in enumerate([*lines, ""]):
        if not 0 < len(line.strip()) <= WIDEST_CELL:
            if index - start >= 2 * _FEWEST_ROWS:
                yield start, index
            start = index + 1


def _rows_of_lines(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """The rows of a stretch of lines that are cells; lines above may name the table."""
    cells = [clean_text(line) for line in lines[start:end]]
    for above in range(_MOST_LINES_ABOVE + 1):
        columns = _count_columns(cells[above:])
        if columns > 1:
            for at in range(above, len(cells), columns):
                yield start + at, CELL.join(cells[at:at + columns])
                yield from ((start + at + more, "") for more in range(1, columns))
            return


def find_tables(pieces: Sequence[Piece], usual: int) -> Iterator[range]:
    """Find stretches of pieces that are cells, each with lines much shorter than is ``usual``.

    They stand behind running text: short lines at the top of a document are its front.
    """
    widest = min(WIDEST_CELL, int(_NARROW * usual))
    start, read = 0, False
    while start < len(pieces):
        end = _end_of_cells(pieces, start, widest) if read else start
        if _is_table(pieces[start:end]):
            yield range(start, end)
        read = read or any(map(_is_prose, pieces[start:end + 1]))
        start = max(end, start + 1)


def _end_of_cells(pieces: Sequence[Piece], start: int, widest: int) -> int:
    """Where cells end that begin at ``start``; some may be wide: two that were run together."""
    end, wide = start, 0
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.row or (_is_prose(piece) and piece.width > widest):
            break
        if index > start and opens_section(piece):
            break
        wide = 0 if piece.width <= widest else wide + 1
        if wide > _MOST_WIDE_CELLS or (wide and index == start):
            break
        if not wide and not piece.furniture:
            end = index + 1
    return end


def opens_section(piece: Piece) -> bool:
    """Whether a line of some words stands well apart, as a heading between two tables does."""
    apart = piece.gap > 1 and piece.lines == 1 and not piece.marker
    wordy = len(piece.text.split()) >= FEWEST_HEADING_WORDS
    return apart and wordy and not SENTENCE_END.search(piece.text)


def _is_prose(piece: Piece) -> bool:
    ended = SENTENCE_END.search(piece.text) is not None
    return ended and not piece.furniture and len(piece.text) > WIDEST_CELL


def _is_table(pieces: Sequence[Piece]) -> bool:
    cells = sum(piece.parted and not piece.marker for piece in pieces)
    marked = sum(piece.marker != "" for piece in pieces)
    ended = sum(SENTENCE_END.search(piece.text) is not None for piece in pieces)
    return cells >= _FEWEST_CELLS and 2 * marked < len(pieces) and 3 * ended < len(pieces)


def make_rows(cells: Sequence[Piece]) -> Iterator[Piece]:
    """Join cells to rows where figures show how many make one; else each is a row."""
    whole = list(_join_parts(cells))
    columns = _count_columns([piece.text for piece in whole])
    for start in range(0, len(whole), columns):
        text = CELL.join(piece.text for piece in whole[start:start + columns])
        yield replace(whole[start], text=text, marker="", row=True)


def _join_parts(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of which none is parted from the one before by a blank line are one cell."""
    cell: Piece | None = None
    for piece in pieces:
        text = f"{piece.marker} {piece.text}".strip()
        if cell and not piece.parted and not piece.furniture:
            cell = replace(cell, text=f"{cell.text} {text}")
        else:
            if cell:
                yield cell
            cell = replace(piece, text=text)
    if cell:
        yield cell


def _count_columns(cells: Sequence[str]) -> int:
    """How many cells make a row: below the first row figures stand in the same columns alone."""
    figures = [FIGURE.fullmatch(cell) is not None for cell in cells]
    for columns in range(2, _MOST_COLUMNS + 1):
        rows = [figures[at:at + columns] for at in range(0, len(cells), columns)]
        alike = len(rows) > _FEWEST_ROWS and len({tuple(row) for row in rows[1:]}) == 1
        if alike and any(rows[1]) and not all(rows[1]) and not any(rows[0]):
            return columns
    return 1
