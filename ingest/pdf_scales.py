"""The upright scales of charts, which are read from their origin upwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from ingest.pdf_lines import Line
from ingest.pdf_rows import Region
from ingest.pdf_tables import Table

NUMBER = re.compile(r"[£$€]?([-−]?\d[\d,]*(?:\.\d+)?)\s?[%kKmM]?")

LEAST_MARKS = 4
"""Fewer numbers than these that rise evenly are taken to do so by chance."""

MOST_LEVEL = 0.34
"""Numbers with other text on the baselines of more than this share are cells of a table."""

ALIGNED, EVENLY = 0.2, 0.1
"""How far numbers are out of line (in font sizes) or of step (in shares of it) at most."""

EDGES: tuple[Callable[[Line], float], ...] = (
    attrgetter("right"), lambda line: (line.left + line.right) / 2, attrgetter("left"))


def find_scales(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """Give the scales among lines, each a table of one cell, and the lines that are of none.

    A scale is a column of numbers that rise upwards by equal steps at equal distances.
    """
    marks = [line for line in lines if NUMBER.fullmatch(line.text)]
    if len(marks) < LEAST_MARKS:
        return [], list(lines)
    found: list[list[Line]] = []
    taken: set[int] = set()
    for edge in EDGES:
        for column in _align([mark for mark in marks if id(mark) not in taken], edge):
            for scale in _find_even(column):
                found.append(scale)
                taken.update(map(id, scale))
    rest = [line for line in lines if id(line) not in taken]
    scales = [scale for scale in found if not _is_column(scale, rest)]
    kept = {id(line) for scale in scales for line in scale}
    return [_make_table(scale) for scale in scales], [
        line for line in lines if id(line) not in kept]


def place_scales(regions: Sequence[Region], scales: Sequence[Table]) -> list[Region]:
    """Put each scale after the table that stands below it in the same chart.

    So the chart's title is read next to what it shows.
    """
    placed = list(regions)
    known = set(map(id, scales))
    for place, (one, other) in enumerate(zip(placed, placed[1:])):
        if isinstance(one, Table) and isinstance(other, Table) and (
                id(one) in known and id(other) not in known and _is_of_chart(one, other)):
            placed[place:place + 2] = [other, one]
    return placed


def _is_of_chart(scale: Table, table: Table) -> bool:
    """Say whether a table is under a scale, no further from it than the scale is high."""
    height = scale.bottom - scale.top
    return (table.left < scale.right + height and scale.bottom < table.bottom
            and table.top < scale.bottom + height)


def _align(marks: Sequence[Line], edge: Callable[[Line], float]) -> Iterator[list[Line]]:
    """Give the columns of numbers that one edge of each is in line with, from the top."""
    column: list[Line] = []
    for mark in sorted(marks, key=edge):
        if column and edge(mark) - edge(column[-1]) > ALIGNED * mark.size:
            yield sorted(column, key=attrgetter("base"))
            column = []
        column.append(mark)
    yield sorted(column, key=attrgetter("base"))


def _find_even(column: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the stretches of a column in which value and place change by equal steps."""
    start = 0
    while start + LEAST_MARKS <= len(column):
        end = start + 2
        while end < len(column) and _is_even(column[end - 2], column[end - 1], column[end]):
            end += 1
        if end - start >= LEAST_MARKS:
            yield list(column[start:end])
            start = end
        else:
            start = end - 1


def _is_even(one: Line, two: Line, three: Line) -> bool:
    fall, next_fall = _value(one) - _value(two), _value(two) - _value(three)
    step, next_step = two.base - one.base, three.base - two.base
    return (fall > 0 and abs(fall - next_fall) < 1e-6 * fall + 1e-9 and step > 0
            and abs(step - next_step) < EVENLY * step)


def _value(mark: Line) -> float:
    match = NUMBER.fullmatch(mark.text)
    return float(match[1].replace(",", "").replace("−", "-")) if match else 0.0


def _is_column(scale: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Say whether most numbers stand in rows with other text, as those of tables do."""
    level = sum(any(abs(line.base - mark.base) < 0.25 * mark.size for line in rest)
                for mark in scale)
    return level > MOST_LEVEL * len(scale)


def _make_table(scale: Sequence[Line]) -> Table:
    return Table((((*reversed(scale),),),), min(line.left for line in scale), scale[0].top,
                 max(line.right for line in scale), scale[-1].bottom)
