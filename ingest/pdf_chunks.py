"""What surely belongs together on a page: lines close under one another, and panels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from ingest.pdf_lines import Line
from ingest.pdf_rows import Region
from ingest.pdf_tables import Table
from ingest.records import Box

FURTHEST_LINE = 1.9
"""Baselines further apart than this share of the font size are not of one chunk."""

LEAST_PANEL_LINES = 2
PANEL_SLACK_POINTS = 4.0


@dataclass(frozen=True)
class Chunk:
    """Lines that surely belong together, one table, or what stands in one panel."""

    lines: tuple[Line, ...]
    inside: tuple[Region, ...]
    left: float
    top: float
    right: float
    bottom: float


def bound(lines: tuple[Line, ...], inside: tuple[Region, ...],
          parts: Sequence[Line | Table]) -> Chunk:
    """Make a chunk as large as its parts."""
    return Chunk(lines, inside, min(part.left for part in parts),
                 min(part.top for part in parts), max(part.right for part in parts),
                 max(part.bottom for part in parts))


def link_lines(lines: Sequence[Line]) -> list[list[Line]]:
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


Held = tuple[Box, list[Line], list[Table]]


def find_panels(lines: Sequence[Line], tables: Sequence[Table], panels: Sequence[Box],
                ) -> Iterator[Held]:
    """Give the outermost panels that hold several of the lines but not all, and what they hold."""
    taken: set[int] = set()
    for panel in sorted(set(panels), key=lambda box: -(box[2] - box[0]) * (box[3] - box[1])):
        held = [line for line in lines if _has_centre(panel, line) and id(line) not in taken]
        rows = {round(line.base) for line in held}
        if len(rows) < LEAST_PANEL_LINES or len(held) == len(lines):
            continue
        if all(is_within((line.left, line.top, line.right, line.bottom), panel)
               for line in held):
            within = [table for table in tables
                      if _has_centre(panel, table) and id(table) not in taken]
            taken.update(map(id, (*held, *within)))
            yield panel, held, within


def _has_centre(panel: Box, part: Line | Table) -> bool:
    return (panel[0] < (part.left + part.right) / 2 < panel[2]
            and panel[1] < (part.top + part.bottom) / 2 < panel[3])


def is_within(inner: Box, outer: Box) -> bool:
    """Say whether one box lies in another, give or take a little."""
    slack = PANEL_SLACK_POINTS
    return (outer[0] - slack <= inner[0] and outer[1] - slack <= inner[1]
            and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack)


Part = TypeVar("Part", Line, Table)


def leave_out(parts: Sequence[Part], taken: Sequence[Part]) -> list[Part]:
    """Give the parts that are not among those taken."""
    gone = set(map(id, taken))
    return [part for part in parts if id(part) not in gone]
