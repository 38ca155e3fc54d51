"""Tables without ruled lines whose cells wrap: each line goes to the row that it is set about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from statistics import median

from ingest.pdf_lines import Line, group_rows
from ingest.pdf_rows import LEAST_ROWS, is_aligned
from ingest.pdf_tables import Cell, Table

LEAST_CELLS, LEAST_SHORT, SHORT_WORDS = 3, 2, 2
"""A row has so many cells at least; so many of them are short, that is of so many words."""

FURTHEST_ROWS = 5.0
"""Rows further apart than so many font sizes are not of one table."""

FURTHEST_LINES = 1.5
"""Lines of one cell are nearer to one another than this many font sizes."""

MOST_LINES = 8
"""A cell of more lines is a column of text."""

MISFIT = 0.6
"""By how many font sizes a cell may be set off from its row."""

ALONE, EMPTY, WITHIN = 1.0, 0.2, 0.5
"""What it costs, in font sizes of misfit, to take a line for a row of its own, to leave a cell
of a row empty, and to begin a cell within a sentence."""

Rows = list[list[Line]]
Setting = Callable[[Sequence[float]], float]

SETTINGS: tuple[Setting, ...] = (
    lambda bases: bases[0], lambda bases: (bases[0] + bases[-1]) / 2, lambda bases: bases[-1])
"""Which of the baselines of a cell's lines is level with its row: the first, middle or last."""


@dataclass(frozen=True)
class _Column:
    left: float
    right: float


def split_wrapped(lines: Sequence[Line]) -> list[Table | list[Line]]:
    """Part the lines of one column into tables that hold wrapped cells, and what is between."""
    rows = group_rows(lines)
    parts: list[Table | list[Line]] = []
    start = 0
    for first, end in _find_runs(rows):
        table = _read_run(rows, max(first, start), end)
        if table:
            begin, stop, made = table
            if begin > start:
                parts.append([line for row in rows[start:begin] for line in row])
            parts.append(made)
            start = stop
    rest = [line for row in rows[start:] for line in row]
    return [*parts, rest] if rest else parts


def _is_anchor(row: Sequence[Line]) -> bool:
    short = sum(len(line.words) <= SHORT_WORDS for line in row)
    return len(row) >= LEAST_CELLS and short >= LEAST_SHORT


def _find_runs(rows: Rows) -> Iterator[tuple[int, int]]:
    """Give where runs of aligned rows begin and end that other lines stand between."""
    run: list[int] = []
    for number in [number for number, row in enumerate(rows) if _is_anchor(row)] + [-1]:
        cells = [[(line,) for line in rows[place]] for place in run]
        if run and (number < 0 or not is_aligned([(line,) for line in rows[number]], cells)
                    or rows[number][0].base - rows[run[-1]][0].base
                    > FURTHEST_ROWS * rows[number][0].size):
            if run and len(_find_anchors(rows[run[0]:run[-1] + 1])) in range(
                    LEAST_ROWS, run[-1] + 1 - run[0]):
                yield run[0], run[-1] + 1
            run = []
        run.append(number)


def _find_anchors(rows: Rows) -> Rows:
    """Give the rows that others are set about.

    Where all have cells enough, they are the fullest, if the others go on with words.
    """
    anchors = [row for row in rows if _is_anchor(row)]
    fullest = [row for row in anchors if len(row) == max(map(len, anchors))]
    others = [row for row in rows if len(row) < len(fullest[0])]
    if len(fullest) >= LEAST_ROWS and not any(
            letter.isdigit() for row in others for line in row for letter in line.text):
        return fullest
    return anchors


def _read_run(rows: Rows, first: int, end: int) -> tuple[int, int, Table] | None:
    """Make the table of a run of rows; None where its lines do not go into rows."""
    anchors = _find_anchors(rows[first:end])
    columns = _find_columns([row for row in rows[first:end] if _is_anchor(row)])
    if len(columns) < LEAST_CELLS:
        return None
    begin, stop = _reach(rows, first, end, columns)
    held = [line for row in rows[begin:stop] for line in row]
    by_column = [[line for line in held if _is_in(line, column)] for column in columns]
    if sum(map(len, by_column)) != len(held):
        return None
    bases = [row[0].base for row in anchors]
    size = median(line.size for line in held)
    placed = [_place(lines, bases, size) for lines in by_column]
    cells: dict[tuple[float, int], list[Line]] = {}
    for number, column in enumerate(placed):
        if column is None:
            return None
        for base, line in column:
            cells.setdefault((base, number), []).append(line)
    made = [tuple(tuple(cells.get((base, number), ())) for number in range(len(columns)))
            for base in sorted({base for base, _ in cells})]
    return begin, stop, _make_table(made, held)


def _find_columns(anchors: Rows) -> list[_Column]:
    columns: list[_Column] = []
    for line in sorted((line for row in anchors for line in row), key=attrgetter("left")):
        if columns and line.left < columns[-1].right:
            columns[-1] = _Column(columns[-1].left, max(columns[-1].right, line.right))
        else:
            columns.append(_Column(line.left, line.right))
    return columns


def _is_in(line: Line, column: _Column) -> bool:
    return line.left < column.right and column.left < line.right


def _reach(rows: Rows, first: int, end: int, columns: Sequence[_Column]) -> tuple[int, int]:
    """Give where a table begins and ends with the other lines of its first and last cells.

    Above the first row there are as many as below it, else they would be of another block.
    """
    begin, stop = first, end
    while begin and _mirrors(rows, first, begin - 1, columns):
        begin -= 1
    while stop < len(rows) and (_mirrors(rows, end - 1, stop, columns)
                                or _continues(rows, end, stop, columns)):
        stop += 1
    return begin, stop


def _mirrors(rows: Rows, anchor: int, place: int, columns: Sequence[_Column]) -> bool:
    """Say whether each line of a row has its like on the other side of an anchor."""
    base = rows[anchor][0].base
    step = 1 if place < anchor else -1
    others = [line for row in rows[max(0, anchor - MOST_LINES):anchor + MOST_LINES + 1]
              if not _is_anchor(row) for line in row if (line.base - base) * step > 0]
    return all(abs(line.base - base) < FURTHEST_ROWS / 2 * line.size and any(
        abs(abs(other.base - base) - abs(line.base - base)) < 0.2 * line.size
        and any(_is_in(line, column) and _is_in(other, column) for column in columns)
        for other in others) for line in rows[place])


def _continues(rows: Rows, end: int, place: int, columns: Sequence[_Column]) -> bool:
    """Say whether a row goes on with sentences of the last row of a table."""
    above = [line for row in rows[end - 1:place] for line in row]
    return any(line.text[0].islower() for line in rows[place]) and all(any(
        line.base - other.base < FURTHEST_LINES * line.size and _is_in(line, column)
        and _is_in(other, column) for other in above for column in columns)
        for line in rows[place])


def _place(lines: Sequence[Line], anchors: Sequence[float], size: float,
           ) -> list[tuple[float, Line]] | None:
    """Give the rows (the baselines of their anchors) that the lines of a column belong to."""
    bases = tuple(line.base for line in lines)
    within = tuple(WITHIN * line.text[0].islower() for line in lines)
    best: tuple[float, tuple[int, ...]] | None = None
    for setting in SETTINGS:
        found = _fit(bases, within, tuple(anchors), size, setting)
        if found and (best is None or found[0] < best[0] - 0.01):
            best = found
    if best is None:
        return None
    return [(anchors[place] if place >= 0 else line.base, line)
            for line, place in zip(lines, best[1])]


def _fit(bases: Sequence[float], within: Sequence[float], anchors: Sequence[float],
         size: float, setting: Setting) -> tuple[float, tuple[int, ...]] | None:
    """Part baselines into cells, each set about an anchor, with the least misfit altogether.

    ``within`` is what it costs to begin a cell with each. Give the misfit and the number of each
    baseline's anchor, -1 for a row of its own.
    """
    # No later baseline goes to an anchor above ``first``, nor an earlier one to one past ``last``.
    lowest = reversed(list(accumulate(reversed(bases), min)))
    first = [bisect_left(anchors, base - size) for base in lowest] + [len(anchors)]
    last = [bisect_right(anchors, base + MOST_LINES * size) for base in accumulate(bases, max)]
    costs: list[dict[int, float]] = [{} for _ in bases] + [{len(anchors): 0.0}]
    steps: dict[tuple[int, int], tuple[int, int]] = {}

    def rest(at: int, anchor: int) -> float:
        """Give the least misfit from a baseline on, with the anchors from one on still free."""
        near = max(anchor, first[at])
        return EMPTY * (near - anchor) + costs[at][near]

    for at in reversed(range(len(bases))):
        for anchor in range(first[at], last[at] + 1):
            best, step = ALONE + rest(at + 1, anchor), (at + 1, -1)
            for end, place, misfit in _find_cells(bases, anchors, size, setting, at, anchor):
                cost = rest(end, place + 1) + misfit + EMPTY * (place - anchor) + within[at]
                if cost < best:
                    best, step = cost, (end, place)
            costs[at][anchor], steps[at, anchor] = best, step
    cost = rest(0, 0)
    return (cost, _follow(steps, first)) if cost < ALONE * max(2, len(bases) / 3) else None


def _find_cells(bases: Sequence[float], anchors: Sequence[float], size: float, setting: Setting,
                at: int, anchor: int) -> Iterator[tuple[int, int, float]]:
    """Give the cells that may begin with a baseline: their end, their anchor and its misfit."""
    for place in range(anchor, len(anchors)):
        if anchors[place] > bases[at] + MOST_LINES * size:
            break
        for end in range(at + 1, min(at + MOST_LINES, len(bases)) + 1):
            if end > at + 1 and bases[end - 1] - bases[end - 2] > FURTHEST_LINES * size:
                break
            misfit = abs(setting(bases[at:end]) - anchors[place]) / size
            if misfit <= MISFIT:
                yield end, place, misfit


def _follow(steps: Mapping[tuple[int, int], tuple[int, int]], first: Sequence[int],
            ) -> tuple[int, ...]:
    """Give the anchor of each baseline, along the steps of least misfit."""
    places: list[int] = []
    anchor = 0
    while len(places) < len(first) - 1:
        at = len(places)
        anchor = max(anchor, first[at])
        end, place = steps[at, anchor]
        places += [place] * (end - at)
        anchor = max(anchor, place + 1)
    return tuple(places)


def _make_table(rows: Sequence[Sequence[Cell]], lines: Sequence[Line]) -> Table:
    return Table(tuple(map(tuple, rows)),
                 min(line.left for line in lines), min(line.top for line in lines),
                 max(line.right for line in lines), max(line.bottom for line in lines))
