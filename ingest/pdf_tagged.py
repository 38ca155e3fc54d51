"""The blocks of a page in its author's logical order, where tags can be relied on for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage

from ingest.pdf_characters import Glyph, Print
from ingest.pdf_layout import LARGEST_CELL_WORDS, Draft, lay_out_page
from ingest.pdf_lines import Line, find_lines, group_rows
from ingest.pdf_marks import Mark
from ingest.pdf_structure import Leaf, read_structure
from ingest.pdf_tags import TaggedBlock, list_blocks

LEAST_COVER = 0.5
"""Tags that cover a smaller share of a page's letters than this do not give its order."""

UPWARDS = 1.5
"""Text that goes on higher up by more than this many font sizes goes on in another column."""

LEAST_RUNNING_WORDS = 8
LEAST_UPWARDS = 2
LONG_LINES = 10
MOST_BLOCKS_IN_ONE = 3
"""A paragraph of many lines that by its print is more blocks than these is a picture, or was
not tagged with care."""


class Place(NamedTuple):
    """Where a leaf stands in logical order: its block, its cell, the part of that, the leaf."""

    block: int
    cell: int
    part: int
    leaf: int


@dataclass(frozen=True)
class Tags:
    """The tagged blocks of a document, and where each leaf stands in them."""

    blocks: tuple[TaggedBlock, ...] = ()
    places: Mapping[Leaf, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class TaggedPage:
    """A page by its tags: drafts in logical order, lines that no tag covers, and artifacts."""

    drafts: tuple[Draft, ...]
    loose: dict[int, list[Line]]
    artifacts: tuple[Line, ...]


def read_tags(document: PDFDocument, pages: Sequence[PDFPage]) -> Tags:
    """Read the structure tree of a document; no tags where it has none."""
    root = read_structure(document, pages)
    blocks = list_blocks(root.kids) if root else ()
    places: dict[Leaf, Place] = {}
    for number, block in enumerate(blocks):
        for cell, parts in enumerate(block.cells or ((block,),)):
            for part, held in enumerate(parts):
                for order, leaf in enumerate(held.leaves):
                    places.setdefault(leaf, Place(number, cell, part, order))
    return Tags(blocks, places)


def lay_out_tagged(page: Print, tags: Tags) -> TaggedPage | None:
    """Give the blocks of a page by its tags; None where these do not give its order."""
    if not tags.blocks:
        return None
    groups, loose, artifacts = _group_glyphs(page, tags)
    covered = sum(map(_count_letters, groups.values()))
    if covered < max(1.0, LEAST_COVER * (covered + _count_letters(loose))):
        return None
    lines = {place: _order_lines(page, glyphs) for place, glyphs in sorted(groups.items())}
    by_block: dict[int, dict[Place, list[Line]]] = defaultdict(dict)
    for place, found in lines.items():
        if found:
            by_block[place.block][place] = found
    drafts = [draft for number, parts in by_block.items()
              for draft in _draft_block(tags.blocks[number], number, parts, page)]
    if _runs_upwards(drafts):
        return None
    return TaggedPage(tuple(drafts), find_lines(page, loose),
                      tuple(line for lines in find_lines(page, artifacts).values()
                            for line in lines))


def _group_glyphs(page: Print, tags: Tags,
                  ) -> tuple[dict[Place, list[Glyph]], list[Glyph], list[Glyph]]:
    """Part the glyphs into those of each part of a block, those of none, and artifacts."""
    place_of: dict[Mark | None, Place | bool] = {}
    leaves: dict[Place, list[Glyph]] = defaultdict(list)
    loose: list[Glyph] = []
    artifacts: list[Glyph] = []
    for glyph in page.glyphs:
        mark = glyph.mark
        if mark not in place_of:
            place_of[mark] = _find_place(page.number, mark, tags)
        place = place_of[mark]
        if isinstance(place, Place):
            leaves[place].append(glyph)
        else:
            (artifacts if place else loose).append(glyph)
    groups: dict[Place, list[Glyph]] = defaultdict(list)
    for place in sorted(leaves):
        groups[place._replace(leaf=0)].extend(leaves[place])
    return groups, loose, artifacts


def _find_place(page: int, mark: Mark | None, tags: Tags) -> Place | bool:
    """Give the place of the innermost mark that has one; else whether it is an artifact."""
    while mark is not None:
        place = tags.places.get(Leaf(page, mark.form, mark.mcid))
        if place and tags.blocks[place.block].kind != "furniture":
            return place
        if place or mark.artifact:
            return True
        mark = mark.outer
    return False


def _count_letters(glyphs: Iterable[Glyph]) -> int:
    return sum(1 for glyph in glyphs if glyph.text.strip())


def _order_lines(page: Print, glyphs: Sequence[Glyph]) -> list[Line]:
    """Give the lines of a block, column by column where it runs over several."""
    return [line for stretch in _split_columns(glyphs)
            for lines in find_lines(page, stretch).values()
            for row in group_rows(lines) for line in row]


def _split_columns(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Part glyphs in logical order wherever they go on higher up or in another direction."""
    stretch: list[Glyph] = []
    lowest = 0.0
    for glyph in glyphs:
        if stretch and (glyph.angle != stretch[-1].angle
                        or glyph.base < lowest - UPWARDS * max(glyph.size, stretch[-1].size)):
            yield stretch
            stretch = []
        lowest = max(lowest, glyph.base) if stretch else glyph.base
        stretch.append(glyph)
    if stretch:
        yield stretch


def _draft_block(block: TaggedBlock, number: int, parts: Mapping[Place, list[Line]], page: Print,
                 ) -> Iterator[Draft]:
    cells: list[list[Line]] = [[] for _ in block.cells]
    for place, lines in parts.items():
        if block.cells:
            cells[place.cell].extend(lines)
    if len(cells) > 1 and all(_count_words(cell) <= LARGEST_CELL_WORDS for cell in cells):
        yield Draft("row", page.number, tuple(map(tuple, _from_left(cells))), block.level, number)
        return
    # A table of one column, or with whole texts in its cells, is there for the sake of layout.
    for place, lines in parts.items():
        part = block.cells[place.cell][place.part] if block.cells else block
        draft = Draft(part.kind, page.number, (tuple(lines),), part.level, number)
        yield from _split_paragraph(page, draft)


def _from_left(cells: Sequence[list[Line]]) -> Sequence[list[Line]]:
    """Give the cells of a row from left to right, where they were tagged in another order.

    Empty ones, whose place is not known then, come first, as the corner of a table does.
    """
    filled = [cell for cell in cells if cell]
    sides = [(min(line.left for line in cell), max(line.right for line in cell))
             for cell in filled]
    ordered = sorted(sides)
    apart = all(one[1] <= other[0] for one, other in zip(ordered, ordered[1:]))
    if sides == ordered or not apart or len({line.angle for cell in filled for line in cell}) > 1:
        return cells
    return [*([] for cell in cells if not cell),
            *(filled[sides.index(side)] for side in ordered)]


def _split_paragraph(page: Print, draft: Draft) -> list[Draft]:
    """Part a paragraph that by its print is many blocks: they have no tags of their own then."""
    if draft.kind != "paragraph" or len(draft.lines) < LONG_LINES:
        return [draft]
    by_angle: dict[int, list[Line]] = defaultdict(list)
    for line in draft.lines:
        by_angle[line.angle].append(line)
    drafts = lay_out_page(page, by_angle)
    return drafts if len(drafts) > MOST_BLOCKS_IN_ONE else [draft]


def _count_words(lines: Iterable[Line]) -> int:
    return sum(len(line.words) for line in lines)


def _runs_upwards(drafts: Sequence[Draft]) -> bool:
    """Say whether blocks mostly stand above the one before, so that their order cannot be meant.

    Only running text is compared, for the labels of a chart have no order, and only what stands
    under one another, for the next column begins higher up.
    """
    up = down = 0
    long = [draft for draft in drafts if _count_words(draft.lines) >= LEAST_RUNNING_WORDS]
    for one, other in zip(long, long[1:]):
        first, second = one.lines[-1], other.lines[0]
        if first.angle == second.angle and (
                first.left < second.right and second.left < first.right):
            up += second.base < one.lines[0].base
            down += second.base > first.base
    return up > max(down, LEAST_UPWARDS)
