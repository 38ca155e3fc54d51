"""The order in which the lines and tables of a page are read: a recursive cut into columns."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ingest.pdf_chunks import Chunk, bound, find_panels, is_within, leave_out, link_lines
from ingest.pdf_columns import (
    LEAST_LEVEL, Gaps, is_text, is_wrapped, merge_bands, split_bands, split_columns)
from ingest.pdf_lines import Line, group_rows
from ingest.pdf_rows import LEAST_ROWS, Region, Row, find_rows
from ingest.pdf_tables import Table
from ingest.pdf_wrapped import split_wrapped
from ingest.records import Box

NARROWEST_GUTTER = 0.9
"""The least width of the white between columns, in shares of the usual font size."""

LARGEST_GAP = 2.0
"""White across the page wider than this many font sizes parts columns above from those below."""


def find_regions(lines: Sequence[Line], tables: Sequence[Table], panels: Sequence[Box] = (),
                 rules: Sequence[Box] = ()) -> list[Region]:
    """Give the lines and tables of a page in reading order; what a panel holds stays together.

    ``rules`` are lines that part columns and sections.
    """
    chunks: list[Chunk] = []
    for panel, held_lines, held_tables in find_panels(lines, tables, panels):
        inside = [other for other in panels if other != panel and is_within(other, panel)]
        regions = find_regions(held_lines, held_tables, inside, rules)
        chunks.append(bound((), tuple(regions), (*held_lines, *held_tables)))
        lines = leave_out(lines, held_lines)
        tables = leave_out(tables, held_tables)
    chunks += [bound(tuple(group), (), group) for group in link_lines(lines)]
    chunks += [bound((), (table,), (table,)) for table in tables]
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    gaps = Gaps(NARROWEST_GUTTER * usual, tuple(rules))
    return [region for stack in split_bands(chunks, LARGEST_GAP * usual)
            for group in _cut(stack, gaps) for region in _lay_out(group)]


def _cut(chunks: Sequence[Chunk], gaps: Gaps) -> list[list[Chunk]]:
    """Part chunks into groups in reading order, each a single column."""
    if len(chunks) < 2:
        return [list(chunks)] if chunks else []
    columns = split_columns(chunks, gaps)
    if len(columns) > 1:
        if _is_grid(chunks, columns):
            return [[_make_table(split_bands(chunks), columns)]]
        if _is_wrapped_table(chunks, columns):
            return [list(chunks)]
        return [group for column in columns for group in _cut(column, gaps)]
    bands = merge_bands(split_bands(chunks), gaps)
    if len(bands) > 1:
        return [group for band in bands for group in _cut(band, gaps)]
    return [sorted(chunks, key=lambda chunk: (chunk.top, chunk.left))]


def _is_grid(chunks: Sequence[Chunk], columns: Sequence[Sequence[Chunk]]) -> bool:
    """Say whether chunks stand in rows as well as in columns."""
    bands = split_bands(chunks)
    if len(bands) < LEAST_ROWS or any(chunk.inside for chunk in chunks):
        return False
    level = 0
    for band in bands:
        tops = [chunk.lines[0].base for chunk in band]
        level += len(band) > 1 and max(tops) - min(tops) < 0.3 * band[0].lines[0].size
    return level >= LEAST_LEVEL * len(bands)


def _is_wrapped_table(chunks: Sequence[Chunk], columns: Sequence[Sequence[Chunk]]) -> bool:
    """Say whether chunks are, but for their headers, the cells of a table."""
    lines = [line for chunk in chunks for line in chunk.lines]
    texts = any(chunk.inside for chunk in chunks) or any(
        is_text([line for chunk in column for line in chunk.lines]) for column in columns)
    return not texts and any(
        2 * sum(len(cell) for row in part.rows for cell in row) > len(lines)
        for part in split_wrapped(lines) if isinstance(part, Table))


def _make_table(bands: Sequence[Sequence[Chunk]],
                columns: Sequence[Sequence[Chunk]]) -> Chunk:
    lines = tuple(line for band in bands for chunk in band for line in chunk.lines)
    rows = tuple(tuple(tuple(line for chunk in band if chunk in column for line in chunk.lines)
                       for column in columns) for band in bands)
    box = bound(lines, (), lines)
    table = Table(rows, box.left, box.top, box.right, box.bottom)
    return bound((), (table,), (table,))


def _lay_out(group: Sequence[Chunk]) -> list[Region]:
    """Give the lines of a single column from top to bottom, its tables at their places."""
    if any(chunk.inside for chunk in group):
        return _lay_out_bands(group)
    regions: list[Region] = []
    for part in split_wrapped([line for chunk in group for line in chunk.lines]):
        if isinstance(part, Table):
            regions.append(part)
        else:
            regions += _lay_out_bands([bound(tuple(lines), (), lines)
                                       for lines in link_lines(part)])
    return regions


def _lay_out_bands(group: Sequence[Chunk]) -> list[Region]:
    regions: list[Region] = []
    rows: list[Row] = []
    for band in split_bands(group):
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
    if any(is_wrapped(chunk.lines) for chunk in band):
        return False
    lines = [line for chunk in band for line in chunk.lines]
    rows = group_rows(lines)
    return sum(len(row) for row in rows if len(row) > 1) >= LEAST_LEVEL * len(lines)
