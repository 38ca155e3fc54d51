"""Tiles: painted boxes that stand edge to edge, as the cells of a table without rules do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.pdf_chunks import is_within
from ingest.pdf_lines import Line
from ingest.records import Box

TOUCHING_POINTS = 1.5


def find_tiles(panels: Sequence[Box], lines: Sequence[Line]) -> tuple[list[Box], list[Box]]:
    """Give the panels with text that stand side by side in rows, and those that do not.

    Of the former only such as make up whole rows, one under the other: where other text is
    level with them, or others are not shaded, they are some cells of a table and not all.
    """
    boxes = sorted({box for box in panels if _holds_text(box, lines)})
    touching = list(_find_touching(boxes))
    lefts, rights = ({round(box[side]) for box in touching} for side in (0, 2))
    # A cell over several rows is of another height than those beside it.
    found = [box for box in boxes if _is_near(box[2], lefts) or _is_near(box[0], rights)]
    # The shading of a cell's lines lies within that of the cell.
    beside = [box for box in found
              if not any(is_within(box, other) for other in found if _is_larger(other, box))]
    tops = {round(box[1]) for box in beside}
    bottoms = {round(box[3]) for box in beside}
    loose = [line for line in lines if not any(_holds(box, line) for box in beside)]
    cells = set(found)
    return [box for box in beside
            if (_is_near(box[3], tops) or _is_near(box[1], bottoms))
            and not any(box[1] < (line.top + line.bottom) / 2 < box[3] for line in loose)
            ], [box for box in panels if box not in cells]


def _is_larger(one: Box, other: Box) -> bool:
    return ((one[2] - one[0]) * (one[3] - one[1])
            > 1.1 * (other[2] - other[0]) * (other[3] - other[1]))


def _holds_text(box: Box, lines: Sequence[Line]) -> bool:
    return any(_holds(box, line) for line in lines)


def _holds(box: Box, line: Line) -> bool:
    return (box[0] < (line.left + line.right) / 2 < box[2]
            and box[1] < (line.top + line.bottom) / 2 < box[3])


def _find_touching(boxes: Sequence[Box]) -> Iterator[Box]:
    """Give the boxes that have one of the same height next to them."""
    alike: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in boxes:
        alike[round(box[1]), round(box[3])].append(box)
    for row in alike.values():
        row.sort()
        touching = {number for number, (one, other) in enumerate(zip(row, row[1:]))
                    if abs(other[0] - one[2]) <= TOUCHING_POINTS}
        yield from (box for number, box in enumerate(row)
                    if number in touching or number - 1 in touching)


def _is_near(place: float, places: set[int]) -> bool:
    return any(round(place) + step in places for step in (-1, 0, 1))
