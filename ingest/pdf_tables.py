"""Tables that ruled lines show: their grid, their cells, and the words in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pdf_lines import Line, line_of_words
from ingest.pdf_words import PrintedWord
from ingest.records import Box

TOUCHING_POINTS = 3.0
"""Rules that come this near to one another meet."""

SHORTEST_RULE_POINTS = 6.0
MOST_RULES = 1500
"""A page with more rules than this holds a drawing, whose grid no one would read."""

SHORTEST_SEPARATOR_POINTS = 60.0
FURTHEST_DOTS_POINTS = 8.0
SQUARE_POINTS = 0.5
MOST_SEPARATORS = 100
"""The rest of so many long rules are those of drawings."""

LEAST_FILLED = 0.3
"""The least share of the cells that hold words, or the grid is that of a chart."""

Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells of lines, and where the grid stands, in points."""

    rows: tuple[tuple[Cell, ...], ...]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class _Rule:
    """A rule at ``place`` across (an upright one) or down, from ``start`` to ``end``."""

    upright: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True)
class _Grid:
    """The places of the upright and level rules of a table, and the rules themselves."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: tuple[_Rule, ...]


def find_tables(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[Table], list[Line]]:
    """Give the ruled tables among lines, and the lines that stand outside them."""
    rest = list(lines)
    tables = []
    for grid in _find_grids(rules):
        inside = [line for line in rest if _holds(grid, line)]
        table = _fill_grid(grid, inside)
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [line for line in rest if id(line) not in taken]
    return tables, rest


def find_separators(rules: Sequence[Box]) -> list[Box]:
    """Give the long rules, which part columns and sections; dots in a row are one."""
    merged = [rule for upright in (False, True)
              for rule in _merge_rules(rules, upright, FURTHEST_DOTS_POINTS)
              if rule.end - rule.start >= SHORTEST_SEPARATOR_POINTS]
    return [(rule.place, rule.start, rule.place, rule.end) if rule.upright
            else (rule.start, rule.place, rule.end, rule.place)
            for rule in merged[:MOST_SEPARATORS]]


def _find_grids(boxes: Sequence[Box]) -> list[_Grid]:
    """Give the grids of rules that meet, largest first, of at least two rows and columns."""
    rules = [rule for upright in (False, True) for rule in _merge_rules(boxes, upright)]
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    grids = []
    for group in _group_meeting(rules):
        across = _places(group, upright=True)
        down = _places(group, upright=False)
        if len(across) > 2 and len(down) > 2:
            grids.append(_Grid(across, down, tuple(group)))
    return sorted(grids, key=lambda grid: -len(grid.rules))


def _merge_rules(boxes: Sequence[Box], upright: bool, touching: float = TOUCHING_POINTS,
                 ) -> list[_Rule]:
    """Join rules of one direction that lie in one line and touch or overlap.

    Dots are of both directions.
    """
    by_place: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for left, top, right, bottom in boxes:
        longer = (bottom - top) - (right - left)
        if longer > -SQUARE_POINTS if upright else longer <= SQUARE_POINTS:
            place = (left + right) / 2 if upright else (top + bottom) / 2
            start, end = (top, bottom) if upright else (left, right)
            by_place[round(place / 2)].append((start, end, place))
    merged = []
    for stretches in by_place.values():
        start, end, place = min(stretches)
        for stretch in sorted(stretches):
            if stretch[0] > end + touching:
                merged.append(_Rule(upright, place, start, end))
                start, end, place = stretch
            end = max(end, stretch[1])
        merged.append(_Rule(upright, place, start, end))
    return [rule for rule in merged if rule.end - rule.start >= SHORTEST_RULE_POINTS]


def _group_meeting(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    """Group the rules that meet, directly or through others."""
    group_of = list(range(len(rules)))

    def root(item: int) -> int:
        while group_of[item] != item:
            group_of[item] = group_of[group_of[item]]
            item = group_of[item]
        return item

    level = [number for number, rule in enumerate(rules) if not rule.upright]
    for number, rule in enumerate(rules):
        if rule.upright:
            for other in level:
                if _meet(rule, rules[other]):
                    group_of[root(other)] = root(number)
    groups: dict[int, list[_Rule]] = defaultdict(list)
    for number, rule in enumerate(rules):
        groups[root(number)].append(rule)
    return list(groups.values())


def _meet(upright: _Rule, level: _Rule) -> bool:
    return (upright.start - TOUCHING_POINTS <= level.place <= upright.end + TOUCHING_POINTS
            and level.start - TOUCHING_POINTS <= upright.place <= level.end + TOUCHING_POINTS)


def _places(group: Iterable[_Rule], upright: bool) -> tuple[float, ...]:
    """Give where the lines between columns (or rows) stand, the outer edges included."""
    group = list(group)
    own = [rule.place for rule in group if rule.upright == upright]
    others = [rule for rule in group if rule.upright != upright]
    if others:
        own += [min(rule.start for rule in others), max(rule.end for rule in others)]
    places: list[float] = []
    for place in sorted(own):
        if not places or place - places[-1] > TOUCHING_POINTS:
            places.append(place)
    return tuple(places)


def _holds(grid: _Grid, line: Line) -> bool:
    across, down = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return (grid.across[0] - 1 <= across <= grid.across[-1] + 1
            and grid.down[0] - 1 <= down <= grid.down[-1] + 1)


def _fill_grid(grid: _Grid, lines: Sequence[Line]) -> Table | None:
    """Put lines into the cells of a grid; None where it is no table but a frame or a chart."""
    cell_of = _join_cells(grid)
    filled: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        for cell, words in _split_by_cell(line, grid, cell_of).items():
            filled[cell].append(line_of_words(words, line))
    cells = set(cell_of.values())
    if len({row for row, _ in filled}) < 2 or len({column for _, column in filled}) < 2:
        return None
    if len(filled) < LEAST_FILLED * len(cells):
        return None
    rows = [tuple(tuple(sorted(filled[cell], key=lambda line: (line.base, line.left)))
                  for cell in sorted(cells) if cell[0] == row) for row in range(len(grid.down))]
    return Table(tuple(row for row in rows if any(row)), grid.across[0], grid.down[0],
                 grid.across[-1], grid.down[-1])


def _join_cells(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each place in the grid to the top left one of the cell that spans it."""
    cell_of: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.down) - 1):
        for column in range(len(grid.across) - 1):
            across = (grid.across[column] + grid.across[column + 1]) / 2
            down = (grid.down[row] + grid.down[row + 1]) / 2
            if column and not _is_ruled(grid, True, grid.across[column], down):
                cell_of[row, column] = cell_of[row, column - 1]
            elif row and not _is_ruled(grid, False, grid.down[row], across):
                cell_of[row, column] = cell_of[row - 1, column]
            else:
                cell_of[row, column] = row, column
    return cell_of


def _is_ruled(grid: _Grid, upright: bool, place: float, along: float) -> bool:
    return any(rule.upright == upright and abs(rule.place - place) <= TOUCHING_POINTS
               and rule.start <= along <= rule.end for rule in grid.rules)


def _split_by_cell(line: Line, grid: _Grid, cell_of: dict[tuple[int, int], tuple[int, int]],
                   ) -> dict[tuple[int, int], list[PrintedWord]]:
    row = bisect_right(grid.down, (line.top + line.bottom) / 2) - 1
    row = min(max(row, 0), len(grid.down) - 2)
    words: dict[tuple[int, int], list[PrintedWord]] = defaultdict(list)
    for word in line.words:
        column = bisect_right(grid.across, (word.box[0] + word.box[2]) / 2) - 1
        words[cell_of[row, min(max(column, 0), len(grid.across) - 2)]].append(word)
    return words
