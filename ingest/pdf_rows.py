"""Tables without ruled lines: rows of fragments whose cells stand under one another."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf_lines import Line, join_lines
from ingest.pdf_tables import Table

LEAST_ROWS = 3
"""Fewer rows than these that stand alike are taken to do so by chance."""

CLOSE_LINES = 1.4
"""Lines whose baselines are nearer than this share of the font size may be of one cell."""

Region = list[Line] | Table
"""Lines of one column from top to bottom, or a table."""

Row = Sequence[Line]


def find_rows(rows: Sequence[Row]) -> list[Region]:
    """Give tables where rows of fragments are aligned, and whole lines where they are not."""
    regions: list[Region] = []
    lines: list[Line] = []
    start = 0
    while start < len(rows):
        end = _end_of_table(rows, start)
        if end > start:
            if lines:
                regions.append(lines)
                lines = []
            regions.append(_make_table(rows[start:end]))
        else:
            end = start + 1
            lines.append(join_lines(rows[start]) if len(rows[start]) > 1 else rows[start][0])
        start = end
    return [*regions, lines] if lines else regions


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    """Give where the table that starts at a row ends; its start where there is none."""
    end, parted = start, 0
    while end < len(rows):
        row = rows[end]
        if len(row) > 1 and (end == start or _is_aligned(row, rows[start:end])):
            parted += 1
        elif not (end > start and len(row) == 1 and _continues(row[0], rows[end - 1])):
            break
        end += 1
    return end if parted >= LEAST_ROWS else start


def _is_aligned(row: Row, above: Sequence[Row]) -> bool:
    """Say whether most cells of a row stand under one of the rows above."""
    cells = [cell for other in above[-4:] if len(other) > 1 for cell in other]
    under = sum(any(_stands_under(cell, other) for other in cells) for cell in row)
    return 3 * under >= 2 * len(row)


def _stands_under(cell: Line, other: Line) -> bool:
    near = 0.6 * cell.size
    return (abs(cell.left - other.left) < near or abs(cell.right - other.right) < near
            or abs(cell.left + cell.right - other.left - other.right) < 2 * near)


def _continues(line: Line, above: Row) -> bool:
    """Say whether a lone fragment is the next line of a cell above it."""
    return (line.base - above[0].base < CLOSE_LINES * line.size
            and any(abs(line.left - cell.left) < 0.6 * line.size for cell in above))


def _make_table(rows: Sequence[Row]) -> Table:
    made: list[list[list[Line]]] = []
    for row in rows:
        if len(row) > 1:
            made.append([[cell] for cell in row])
        else:
            cell = min(made[-1], key=lambda cell: abs(cell[0].left - row[0].left))
            cell.append(row[0])
    cells = [line for row in rows for line in row]
    return Table(tuple(tuple(tuple(cell) for cell in row) for row in made),
                 min(line.left for line in cells), min(line.top for line in cells),
                 max(line.right for line in cells), max(line.bottom for line in cells))
