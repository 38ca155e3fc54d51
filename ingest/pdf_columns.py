"""Columns and bands: the white and the rules that part what stands on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.pdf_chunks import Chunk
from ingest.pdf_lines import Line
from ingest.records import Box

LEAST_COLUMN_WORDS = 3.5
"""Lines of fewer words than this, on the average, are cells rather than a column of text."""

LEAST_WRAPPED = 4
"""So many lines of which most start within a sentence are text, however short they are."""

LEAST_LEVEL = 0.6
"""Cells share their baselines with others in at least this share of their lines."""


RULE_SLACK_POINTS = 3.0
LONG_ENOUGH = 0.85
"""A rule parts what stands beside it where it is as long as this share of that."""


@dataclass(frozen=True)
class Gaps:
    """What parts columns: white of at least ``gutter`` points, or a rule in less of it."""

    gutter: float
    rules: tuple[Box, ...]


def split_columns(chunks: Sequence[Chunk], gaps: Gaps) -> list[list[Chunk]]:
    """Part chunks at white that runs from top to bottom, unless what it parts are cells."""
    columns: list[list[Chunk]] = []
    edge = float("-inf")
    ruled = True
    for chunk in sorted(chunks, key=attrgetter("left")):
        gap = chunk.left - edge
        beside_rule = gap > 0 and _is_ruled(chunks, edge, chunk, gaps)
        if gap >= gaps.gutter or not columns or beside_rule:
            ruled = ruled and (beside_rule or not columns)
            columns.append([])
        columns[-1].append(chunk)
        edge = max(edge, chunk.right)
    if len(columns) > 1 and not ruled and any(
            _holds_cells(column, columns) for column in columns):
        return [list(chunks)]
    return columns


def _holds_cells(column: Sequence[Chunk], columns: Sequence[Sequence[Chunk]]) -> bool:
    """Say whether the lines of a column are short and level with those of another."""
    lines = [line for chunk in column for line in chunk.lines]
    if not lines or any(chunk.inside for chunk in column):
        return False
    if is_text(lines):
        return False
    others = [chunk for other in columns if other is not column for chunk in other]
    level = sum(len(chunk.lines) for chunk in column
                if any(_stand_level(chunk, other) for other in others))
    return level >= LEAST_LEVEL * len(lines)


def is_text(lines: Sequence[Line]) -> bool:
    """Say whether lines are long enough to be a column of text."""
    words = sum(len(line.words) for line in lines)
    return len(lines) > 1 and words >= LEAST_COLUMN_WORDS * len(lines)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether lines are of one cell: most go on with the sentence of the one before."""
    wrapped = sum(line.text[0].islower() for line in lines[1:])
    return len(lines) >= LEAST_WRAPPED and 2 * wrapped > len(lines) - 1


def _stand_level(chunk: Chunk, other: Chunk) -> bool:
    """Say whether cells of one row are these: their middles or all of one's baselines agree."""
    if is_text(chunk.lines) and is_text(other.lines):
        return False
    near = 0.25 * chunk.lines[0].size
    if abs(chunk.top + chunk.bottom - other.top - other.bottom) < 2 * near:
        return True
    bases = [line.base for line in other.lines]
    level = sum(any(abs(base - line.base) < near for base in bases) for line in chunk.lines)
    return level >= LEAST_LEVEL * len(chunk.lines)


def split_bands(chunks: Sequence[Chunk], least: float = 0.0) -> list[list[Chunk]]:
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


def merge_bands(bands: Sequence[list[Chunk]], gaps: Gaps) -> list[list[Chunk]]:
    """Join neighbouring bands that share their columns, and then those that have none.

    A title that stands across two of three columns shares none of them.
    """
    def share(band: list[Chunk], other: list[Chunk]) -> bool:
        fewer, more = sorted(len(split_columns(each, gaps)) for each in (band, other))
        columns = len(split_columns(band + other, gaps))
        return columns > 1 and (fewer > 1 or columns >= more) and (
            not _are_parted(band, other, gaps))
    shared = _join_neighbours(bands, share)
    return _join_neighbours(shared, lambda band, other: not (
        _has_columns(band, gaps) or _has_columns(other, gaps)))


def _is_ruled(chunks: Sequence[Chunk], left: float, chunk: Chunk, gaps: Gaps) -> bool:
    """Say whether a rule as high as chunks stands between an edge and one of them."""
    top, bottom = _extent(chunks, attrgetter("top"), attrgetter("bottom"))
    return any(left <= rule[0] == rule[2] <= chunk.left
               and min(bottom, rule[3]) - max(top, rule[1]) > LONG_ENOUGH * (bottom - top)
               for rule in gaps.rules)


def _are_parted(band: Sequence[Chunk], other: Sequence[Chunk], gaps: Gaps) -> bool:
    """Say whether a rule as wide as two bands stands between them."""
    left, right = _extent([*band, *other], attrgetter("left"), attrgetter("right"))
    over, below = max(chunk.bottom for chunk in band), min(chunk.top for chunk in other)
    near = RULE_SLACK_POINTS
    return any(over - near <= rule[1] == rule[3] <= below + near
               and min(right, rule[2]) - max(left, rule[0]) > LONG_ENOUGH * (right - left)
               for rule in gaps.rules)


def _extent(chunks: Sequence[Chunk], start: Callable[[Chunk], float],
            end: Callable[[Chunk], float]) -> tuple[float, float]:
    return min(map(start, chunks)), max(map(end, chunks))


def _join_neighbours(bands: Sequence[list[Chunk]],
                     belong: Callable[[list[Chunk], list[Chunk]], bool]) -> list[list[Chunk]]:
    joined: list[list[Chunk]] = []
    for band in bands:
        if joined and belong(joined[-1], band):
            joined[-1] = joined[-1] + band
        else:
            joined.append(band)
    return joined


def _has_columns(band: Sequence[Chunk], gaps: Gaps) -> bool:
    return len(split_columns(band, gaps)) > 1
