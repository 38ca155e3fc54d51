"""Tables without ruled lines: rows of fragments whose cells stand under one another."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf_lines import Line, join_lines
from ingest.pdf_tables import Cell, Table

LEAST_ROWS = 3
"""Fewer rows than these that stand alike are taken to do so by chance."""

CLOSE_LINES = 1.4
"""Lines whose baselines are nearer than this share of the font size may be of one cell."""

Region = list[Line] | Table
"""Lines of one column from top to bottom, or a table."""

Row = Sequence[Cell]
"""Cells that stand side by side, from left to right."""


def find_rows(rows: Sequence[Row]) -> list[Region]:
    """Give tables where cells are aligned, and whole lines or columns where they are not."""
    regions: list[Region] = []
    lines: list[Line] = []
    start = 0
    while start < len(rows):
        end = _end_of_table(rows, start)
        if end == start and all(len(cell) == 1 for cell in rows[start]):
            parts = [cell[0] for cell in rows[start]]
            lines.append(join_lines(parts) if len(parts) > 1 else parts[0])
        else:
            regions += [lines] if lines else []
            lines = []
            regions += ([_make_table(rows[start:end])] if end > start
                        else [list(cell) for cell in rows[start]])
        start = max(end, start + 1)
    return [*regions, lines] if lines else regions


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    """Give where the table that starts at a row ends; its start where there is none."""
    end, parted = start, 0
    while end < len(rows):
        row = rows[end]
        if len(row) > 1 and (end == start or is_aligned(row, rows[start:end])):
            parted += 1
        elif not (end > start and len(row) == 1 and _continues(row[0], rows[end - 1])):
            break
        end += 1
    return end if parted >= LEAST_ROWS else start


def is_aligned(row: Row, above: Sequence[Row]) -> bool:
    """Say whether most cells of a row stand under one of the rows above."""
    cells = [cell for other in above[-4:] if len(other) > 1 for cell in other]
    under = sum(any(_stands_under(cell, other) for other in cells) for cell in row)
    return 3 * under >= 2 * len(row)


def _stands_under(cell: Cell, other: Cell) -> bool:
    near = 0.6 * cell[0].size
    left, right = _edges(cell)
    other_left, other_right = _edges(other)
    return (abs(left - other_left) < near or abs(right - other_right) < near
            or abs(left + right - other_left - other_right) < 2 * near)


def _edges(cell: Cell) -> tuple[float, float]:
    return min(line.left for line in cell), max(line.right for line in cell)


def _continues(cell: Cell, above: Row) -> bool:
    """Say whether a lone fragment is the next line of a cell above it."""
    line = cell[0]
    return (line.base - above[0][-1].base < CLOSE_LINES * line.size
            and any(abs(line.left - other[0].left) < 0.6 * line.size for other in above))


def _make_table(rows: Sequence[Row]) -> Table:
    made: list[list[Cell]] = []
    for row in rows:
        if len(row) > 1:
            made.append(list(row))
        else:
            last = made[-1]
            place = min(range(len(last)), key=lambda at: abs(last[at][0].left - row[0][0].left))
            last[place] = (*last[place], *row[0])
    lines = [line for row in rows for cell in row for line in cell]
    return Table(tuple(tuple(row) for row in made),
                 min(line.left for line in lines), min(line.top for line in lines),
                 max(line.right for line in lines), max(line.bottom for line in lines))
