"""Doubts about how a page was laid out: the order of its blocks, and the cells of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.pdf_characters import Print, turn_box
from ingest.pdf_layout import Draft
from ingest.records import Doubt

LEAST_WORDS = 5
"""Blocks of fewer words are labels, whose order matters little."""

UNORDERED = ("row", "note", "picture", "contents", "furniture")

LEAST_BACK, LEAST_BACK_SHARE = 2, 0.2
"""So many blocks, and this share of them, are painted before the one that they are read after,
or read before the one that they are painted after."""

SIDE_POINTS = 2.0
"""Blocks that overlap downwards by more than this, and not across, stand side by side."""

MOST_RAGGED = 0.2
"""The largest share of a sound table's rows that have an unusual number of cells."""

ORDER = ("The order of the blocks on this page is not certain: the file has them in another one "
         "than that in which they stand.")
RAGGED = ("The cells of a table on this page are not certain: no lines part its columns, and {} of "
          "its {} rows have more or fewer cells than the others.")


def doubt_layout(page: Print, drafts: Sequence[Draft]) -> tuple[Doubt, ...]:
    """Doubt the layout of a page, as far as its author's tags did not give it."""
    return (*_doubt_order(page, drafts), *_doubt_tables(page, drafts))


def _doubt_order(page: Print, drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """Doubt the order where it is neither that of painting nor that of a single column.

    Two ways of telling the order that know nothing of one another are right where they agree.
    """
    blocks = [draft for draft in drafts if draft.tag < 0 and draft.kind not in UNORDERED
              and sum(len(line.words) for line in draft.lines) >= LEAST_WORDS]
    if len(blocks) <= LEAST_BACK:
        return
    painted = _find_painting(page, blocks)
    read = sorted(range(len(painted)), key=lambda number: painted[number])
    back = max(_count_steps_back(painted), _count_steps_back(read))
    if back >= LEAST_BACK and (back >= LEAST_BACK_SHARE * len(blocks) or _stand_aside(blocks)):
        yield Doubt("order", ORDER)


def _count_steps_back(places: Sequence[int]) -> int:
    return sum(later < earlier for earlier, later in zip(places, places[1:]))


def _find_painting(page: Print, blocks: Sequence[Draft]) -> list[int]:
    """Give the places of blocks in the order of painting; those that were not told have none."""
    at: dict[tuple[float, float, int], int] = {}
    for place, glyph in enumerate(page.glyphs):
        if glyph.text.strip():
            at.setdefault((round(glyph.left, 1), round(glyph.base, 1), glyph.angle), place)
    starts = ([at.get((round(line.left, 1), round(line.base, 1), line.angle))
               for line in block.lines] for block in blocks)
    known = ([place for place in places if place is not None] for places in starts)
    return [min(places) for places in known if places]


def _stand_aside(blocks: Sequence[Draft]) -> bool:
    """Say whether any two blocks stand side by side."""
    boxes = sorted((block.box for block in blocks), key=lambda box: box[1])
    for number, box in enumerate(boxes):
        for other in boxes[number + 1:]:
            if other[1] > box[3] - SIDE_POINTS:
                break
            if other[0] >= box[2] or other[2] <= box[0]:
                return True
    return False


def _doubt_tables(page: Print, drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """Doubt the first table whose columns nothing but gaps shows, where these differ by row."""
    for rows in _find_tables(drafts):
        counts = Counter(len(row.cells) for row in rows)
        ragged = len(rows) - max(counts.values())
        if ragged > MOST_RAGGED * len(rows) and not _has_columns_ruled(page, rows):
            yield Doubt("table", RAGGED.format(ragged, len(rows)))
            return


def _find_tables(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Give the rows of each table without tags that has several rows."""
    rows: list[Draft] = []
    for draft in drafts:
        if draft.kind == "row" and draft.tag < 0 and draft.lines:
            rows.append(draft)
            continue
        if len(rows) > 1:
            yield rows
        rows = []
    if len(rows) > 1:
        yield rows


def _has_columns_ruled(page: Print, rows: Sequence[Draft]) -> bool:
    """Say whether upright rules part the cells of a table, which may span several columns then."""
    lines = [line for row in rows for line in row.lines]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    turned = (turn_box(rule, -lines[0].angle % 360) for rule in page.rules)
    ruled = sum(min(rule[3], bottom) - max(rule[1], top) for rule in turned
                if rule[2] - rule[0] < rule[3] - rule[1] and left < rule[0] < right
                and rule[1] < bottom and top < rule[3])
    return ruled >= bottom - top
