"""The order in which the lines and tables of a page are read: a recursive cut into columns."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ingest.pdf_chunks import Chunk, bound, find_panels, is_within, leave_out, link_lines
from ingest.pdf_lines import Line, group_rows
from ingest.pdf_rows import LEAST_ROWS, Region, Row, find_rows
from ingest.pdf_tables import Table
from ingest.records import Box

NARROWEST_GUTTER = 0.9
"""The least width of the white between columns, in shares of the usual font size."""

LARGEST_GAP = 2.0
"""White across the page wider than this many font sizes parts columns above from those below."""

LEAST_COLUMN_WORDS = 3.5
"""Lines of fewer words than this, on the average, are cells rather than a column of text."""

LEAST_WRAPPED = 4
"""So many lines of which most start within a sentence are text, however short they are."""

LEAST_LEVEL = 0.6
"""Cells share their baselines with others in at least this share of their lines."""


def find_regions(lines: Sequence[Line], tables: Sequence[Table],
                 panels: Sequence[Box] = ()) -> list[Region]:
    """Give the lines and tables of a page in reading order; what a panel holds stays together."""
    chunks: list[Chunk] = []
    for panel, held_lines, held_tables in find_panels(lines, tables, panels):
        inside = [other for other in panels if other != panel and is_within(other, panel)]
        regions = find_regions(held_lines, held_tables, inside)
        chunks.append(bound((), tuple(regions), (*held_lines, *held_tables)))
        lines = leave_out(lines, held_lines)
        tables = leave_out(tables, held_tables)
    chunks += [bound(tuple(group), (), group) for group in link_lines(lines)]
    chunks += [bound((), (table,), (table,)) for table in tables]
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    return [region for stack in _split_bands(chunks, LARGEST_GAP * usual)
            for group in _cut(stack, NARROWEST_GUTTER * usual) for region in _lay_out(group)]


def _cut(chunks: Sequence[Chunk], gutter: float) -> list[list[Chunk]]:
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


def _split_columns(chunks: Sequence[Chunk], gutter: float) -> list[list[Chunk]]:
    """Part chunks at white that runs from top to bottom, unless what it parts are cells."""
    columns: list[list[Chunk]] = []
    edge = float("-inf")
    for chunk in sorted(chunks, key=attrgetter("left")):
        if chunk.left - edge >= gutter or not columns:
            columns.append([])
        columns[-1].append(chunk)
        edge = max(edge, chunk.right)
    if len(columns) > 1 and any(_holds_cells(column, columns) for column in columns):
        return [list(chunks)]
    return columns


def _holds_cells(column: Sequence[Chunk], columns: Sequence[Sequence[Chunk]]) -> bool:
    """Say whether the lines of a column are short and level with those of another."""
    lines = [line for chunk in column for line in chunk.lines]
    if not lines or any(chunk.inside for chunk in column):
        return False
    if _is_text(lines):
        return False
    others = [chunk for other in columns if other is not column for chunk in other]
    level = sum(len(chunk.lines) for chunk in column
                if any(_stand_level(chunk, other) for other in others))
    return level >= LEAST_LEVEL * len(lines)


def _is_text(lines: Sequence[Line]) -> bool:
    """Say whether lines are long enough to be a column of text."""
    words = sum(len(line.words) for line in lines)
    return len(lines) > 1 and words >= LEAST_COLUMN_WORDS * len(lines)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether lines are of one cell: most go on with the sentence of the one before."""
    wrapped = sum(line.text[0].islower() for line in lines[1:])
    return len(lines) >= LEAST_WRAPPED and 2 * wrapped > len(lines) - 1


def _stand_level(chunk: Chunk, other: Chunk) -> bool:
    """Say whether cells of one row are these: their middles or all of one's baselines agree."""
    if _is_text(chunk.lines) and _is_text(other.lines):
        return False
    near = 0.25 * chunk.lines[0].size
    if abs(chunk.top + chunk.bottom - other.top - other.bottom) < 2 * near:
        return True
    bases = [line.base for line in other.lines]
    level = sum(any(abs(base - line.base) < near for base in bases) for line in chunk.lines)
    return level >= LEAST_LEVEL * len(chunk.lines)


def _is_grid(chunks: Sequence[Chunk], columns: Sequence[Sequence[Chunk]]) -> bool:
    """Say whether chunks stand in rows as well as in columns."""
    bands = _split_bands(chunks)
    if len(bands) < LEAST_ROWS or any(chunk.inside for chunk in chunks):
        return False
    level = 0
    for band in bands:
        tops = [chunk.lines[0].base for chunk in band]
        level += len(band) > 1 and max(tops) - min(tops) < 0.3 * band[0].lines[0].size
    return level >= LEAST_LEVEL * len(bands)


def _make_table(bands: Sequence[Sequence[Chunk]],
                columns: Sequence[Sequence[Chunk]]) -> Chunk:
    lines = tuple(line for band in bands for chunk in band for line in chunk.lines)
    rows = tuple(tuple(tuple(line for chunk in band if chunk in column for line in chunk.lines)
                       for column in columns) for band in bands)
    box = bound(lines, (), lines)
    table = Table(rows, box.left, box.top, box.right, box.bottom)
    return bound((), (table,), (table,))


def _split_bands(chunks: Sequence[Chunk], least: float = 0.0) -> list[list[Chunk]]:
    """Part chunks at white of at least so many points that runs from left to right."""
    bands: list[list[Chunk]] = []
    edge = float("-inf")
    for chunk in sorted(chunks, key=attrgetter("top")):
        slack = 0.2 * (chunk.lines[0].size if chunk.lines else 10.0)
        if chunk.top + slack >= edge + least or not bands:
            bands.append([])
        bands[-1].append(chunk)
        edge = max(edge, chunk.bottom)
    return bands


def _merge_bands(bands: list[list[Chunk]], gutter: float) -> list[list[Chunk]]:
    """Join neighbouring bands that share their columns, and those that have none."""
    merged: list[list[Chunk]] = []
    for band in bands:
        if merged:
            joined = merged[-1] + band
            parted = len(_split_columns(joined, gutter)) > 1
            if parted or not (_has_columns(merged[-1], gutter) or _has_columns(band, gutter)):
                merged[-1] = joined
                continue
        merged.append(band)
    return merged


def _has_columns(band: Sequence[Chunk], gutter: float) -> bool:
    return len(_split_columns(band, gutter)) > 1


def _lay_out(group: Sequence[Chunk]) -> list[Region]:
    """Give the lines of a single column from top to bottom, its tables at their places."""
    regions: list[Region] = []
    rows: list[Row] = []
    for band in _split_bands(group):
        if any(chunk.inside for chunk in band) or not (_is_level(band) or _is_row(band)):
            regions.extend(find_rows(rows))
            rows = []
            for chunk in sorted(band, key=attrgetter("top", "left")):
                regions.extend(chunk.inside or (list(chunk.lines),))
        elif _is_level(band):
            lines = [line for chunk in band for line in chunk.lines]
            rows.extend([(line,) for line in row] for row in group_rows(lines))
        else:
            rows.append([chunk.lines for chunk in sorted(band, key=attrgetter("left"))])
    return regions + find_rows(rows)


def _is_row(band: Sequence[Chunk]) -> bool:
    """Say whether chunks stand side by side, none above another."""
    ordered = sorted(band, key=attrgetter("left"))
    return all(one.right <= other.left for one, other in zip(ordered, ordered[1:]))


def _is_level(band: Sequence[Chunk]) -> bool:
    """Say whether the lines of chunks that stand side by side are level with one another."""
    if len(band) == 1:
        return True
    if any(_is_wrapped(chunk.lines) for chunk in band):
        return False
    lines = [line for chunk in band for line in chunk.lines]
    rows = group_rows(lines)
    return sum(len(row) for row in rows if len(row) > 1) >= LEAST_LEVEL * len(lines)
