"""The order in which the lines and tables of a page are read: a recursive cut into columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.pdf_lines import Line
from ingest.pdf_rows import LEAST_ROWS, Region, find_rows
from ingest.pdf_tables import Table

NARROWEST_GUTTER = 0.9
"""The least width of the white between columns, in shares of the usual font size."""

LARGEST_GAP = 1.5
"""White across the page wider than this many font sizes parts columns above from those below."""

FURTHEST_LINE = 1.9
"""Baselines further apart than this share of the font size are not of one chunk."""

LEAST_COLUMN_WORDS = 3.5
"""Lines of fewer words than this, on the average, are cells rather than a column of text."""


LEAST_LEVEL = 0.6
"""Cells share their baselines with others in at least this share of their lines."""


@dataclass(frozen=True)
class _Chunk:
    """Lines that surely belong together, or one table."""

    lines: tuple[Line, ...]
    table: Table | None
    left: float
    top: float
    right: float
    bottom: float


def find_regions(lines: Sequence[Line], tables: Sequence[Table]) -> list[Region]:
    """Give the lines and tables of a page in reading order."""
    chunks = [_chunk_lines(group) for group in _link_lines(lines)]
    chunks += [_Chunk((), table, table.left, table.top, table.right, table.bottom)
               for table in tables]
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    return [region for stack in _split_bands(chunks, LARGEST_GAP * usual)
            for group in _cut(stack, NARROWEST_GUTTER * usual) for region in _lay_out(group)]


def _chunk_lines(lines: Sequence[Line]) -> _Chunk:
    return _Chunk(tuple(lines), None, min(line.left for line in lines),
                  min(line.top for line in lines), max(line.right for line in lines),
                  max(line.bottom for line in lines))


def _link_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Chain each line to the next one below, where each is the other's only neighbour."""
    ordered = sorted(lines, key=attrgetter("base"))
    below = [_nearest(ordered, number, 1) for number in range(len(ordered))]
    above = [_nearest(ordered, number, -1) for number in range(len(ordered))]
    chains: list[list[Line]] = []
    chain_of: dict[int, list[Line]] = {}
    for number, line in enumerate(ordered):
        over = above[number]
        if len(over) == 1 and below[over[0]] == [number]:
            chain = chain_of[over[0]]
        else:
            chain = []
            chains.append(chain)
        chain.append(line)
        chain_of[number] = chain
    return chains


def _nearest(ordered: Sequence[Line], number: int, step: int) -> list[int]:
    """Give the places of the lines next above (step -1) or below (step 1) a line."""
    line = ordered[number]
    reach = FURTHEST_LINE * line.size
    found: list[int] = []
    other = number + step
    while 0 <= other < len(ordered):
        near = ordered[other]
        distance = abs(near.base - line.base)
        if distance > reach:
            break
        if (distance > 0.4 * line.size and near.left < line.right and line.left < near.right
                and 0.7 < near.size / line.size < 1.4):
            found.append(other)
            reach = min(reach, distance + 0.3 * line.size)
        other += step
    return found


def _cut(chunks: Sequence[_Chunk], gutter: float) -> list[list[_Chunk]]:
    """Part chunks into groups in reading order, each a single column."""
    if len(chunks) < 2:
        return [list(chunks)] if chunks else []
    columns = _split_columns(chunks, gutter)
    if len(columns) > 1:
        if _is_grid(chunks, columns):
            return [[_make_table(_split_bands(chunks), columns)]]
        return [group for column in columns for group in _cut(column, gutter)]
    bands = _merge_bands(_split_bands(chunks), gutter)
    if len(bands) > 1:
        return [group for band in bands for group in _cut(band, gutter)]
    return [sorted(chunks, key=lambda chunk: (chunk.top, chunk.left))]


def _split_columns(chunks: Sequence[_Chunk], gutter: float) -> list[list[_Chunk]]:
    """Part chunks at white that runs from top to bottom, unless what it parts are cells."""
    columns: list[list[_Chunk]] = []
    edge = float("-inf")
    for chunk in sorted(chunks, key=attrgetter("left")):
        if chunk.left - edge >= gutter or not columns:
            columns.append([])
        columns[-1].append(chunk)
        edge = max(edge, chunk.right)
    if len(columns) > 1 and any(_holds_cells(column, columns) for column in columns):
        return [list(chunks)]
    return columns


def _holds_cells(column: Sequence[_Chunk], columns: Sequence[Sequence[_Chunk]]) -> bool:
    """Say whether the lines of a column are short and level with those of another."""
    lines = [line for chunk in column for line in chunk.lines]
    if not lines or any(chunk.table for chunk in column):
        return False
    if len(lines) > 1 and sum(len(line.words) for line in lines) >= LEAST_COLUMN_WORDS * len(lines):
        return False
    others = [line.base for other in columns if other is not column
              for chunk in other for line in chunk.lines]
    level = sum(any(abs(base - line.base) < 0.25 * line.size for base in others)
                for line in lines)
    return level >= LEAST_LEVEL * len(lines)


def _is_grid(chunks: Sequence[_Chunk], columns: Sequence[Sequence[_Chunk]]) -> bool:
    """Say whether chunks stand in rows as well as in columns."""
    bands = _split_bands(chunks)
    if len(bands) < LEAST_ROWS or any(chunk.table for chunk in chunks):
        return False
    level = 0
    for band in bands:
        tops = [chunk.lines[0].base for chunk in band]
        level += len(band) > 1 and max(tops) - min(tops) < 0.3 * band[0].lines[0].size
    return level >= LEAST_LEVEL * len(bands)


def _make_table(bands: Sequence[Sequence[_Chunk]],
                columns: Sequence[Sequence[_Chunk]]) -> _Chunk:
    lines = tuple(line for band in bands for chunk in band for line in chunk.lines)
    rows = tuple(tuple(tuple(line for chunk in band if chunk in column for line in chunk.lines)
                       for column in columns) for band in bands)
    box = _chunk_lines(lines)
    table = Table(rows, box.left, box.top, box.right, box.bottom)
    return _Chunk((), table, box.left, box.top, box.right, box.bottom)


def _split_bands(chunks: Sequence[_Chunk], least: float = 0.0) -> list[list[_Chunk]]:
    """Part chunks at white of at least so many points that runs from left to right."""
    bands: list[list[_Chunk]] = []
    edge = float("-inf")
    for chunk in sorted(chunks, key=attrgetter("top")):
        slack = 0.2 * (chunk.lines[0].size if chunk.lines else 10.0)
        if chunk.top + slack >= edge + least or not bands:
            bands.append([])
        bands[-1].append(chunk)
        edge = max(edge, chunk.bottom)
    return bands


def _merge_bands(bands: list[list[_Chunk]], gutter: float) -> list[list[_Chunk]]:
    """Join neighbouring bands that share their columns, and those that have none."""
    merged: list[list[_Chunk]] = []
    for band in bands:
        if merged:
            joined = merged[-1] + band
            parted = len(_split_columns(joined, gutter)) > 1
            if parted or not (_has_columns(merged[-1], gutter) or _has_columns(band, gutter)):
                merged[-1] = joined
                continue
        merged.append(band)
    return merged


def _has_columns(band: Sequence[_Chunk], gutter: float) -> bool:
    return len(_split_columns(band, gutter)) > 1


def _lay_out(group: Sequence[_Chunk]) -> list[Region]:
    """Give the lines of a single column from top to bottom, its tables at their places."""
    regions: list[Region] = []
    rows: list[list[Line]] = []
    for band in _split_bands(group):
        if any(chunk.table for chunk in band) or not _is_level(band):
            regions.extend(find_rows(rows))
            rows = []
            for chunk in sorted(band, key=attrgetter("top", "left")):
                regions.append(chunk.table or list(chunk.lines))
        else:
            rows.extend(_group_rows([line for chunk in band for line in chunk.lines]))
    return regions + find_rows(rows)


def _is_level(band: Sequence[_Chunk]) -> bool:
    """Say whether the lines of chunks that stand side by side are level with one another."""
    if len(band) == 1:
        return True
    lines = [line for chunk in band for line in chunk.lines]
    rows = _group_rows(lines)
    return sum(len(row) for row in rows if len(row) > 1) >= LEAST_LEVEL * len(lines)


def _group_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the fragments that stand on one baseline."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=attrgetter("base", "left")):
        if rows and line.base - rows[-1][0].base <= 0.25 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=attrgetter("left")) for row in rows]
