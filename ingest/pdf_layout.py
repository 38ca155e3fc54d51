"""Lines in reading order become drafts of blocks: paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.pdf_characters import Print, edges, turn_box
from ingest.pdf_fonts import BULLET, Colour
from ingest.pdf_lines import RAISED, Line, join_lines
from ingest.pdf_order import find_regions
from ingest.pdf_rows import Region, Row
from ingest.pdf_scales import find_scales, place_scales
from ingest.pdf_tables import find_separators, find_tables
from ingest.pdf_tiles import find_tiles
from ingest.records import BlockKind, Box

BULLETS = frozenset("•●○◦■□▪▫◆◇►▶➢➤‣⁃∙·✓✔❖→*-–—§o")
NUMBERED = re.compile(r"\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(\.\d{1,2}){1,3}\.?")
LEADERS = re.compile(r"\.{4,}|…{2,}|(\. ){4}")
FINISHED = re.compile(r"[.!?:;]['\"’”)]*$")

WIDEST_MARKER_GAP = 5.0
"""The text of a list item starts within this many font sizes of its bullet or number."""

MOST_PANELS = 300
"""The rest of so many panels are shapes of a drawing."""

LARGEST_CELL_WORDS = 120
"""A table with a longer cell than this is there for the sake of layout."""


@dataclass(frozen=True)
class Draft:
    """A block or the part of a block on one page, before it is decided what it is.

    ``cells`` are lines; all kinds but "row" have one cell. ``tag`` is the number of the block
    that its author tagged it as, from 0; -1 where it was found by how it is printed.
    """

    kind: BlockKind
    page: int
    cells: tuple[tuple[Line, ...], ...]
    level: int = 0
    tag: int = -1

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all cells."""
        return tuple(line for cell in self.cells for line in cell)

    @property
    def text(self) -> str:
        """The words as printed, parted by one space."""
        return " ".join(line.text for line in self.lines)

    @property
    def box(self) -> Box:
        """Where its lines stand on the page as displayed."""
        boxes = [turn_box((line.left, line.top, line.right, line.bottom), line.angle)
                 for line in self.lines]
        return (min(box[0] for box in boxes), min(box[1] for box in boxes),
                max(box[2] for box in boxes), max(box[3] for box in boxes))


def lay_out_page(page: Print, by_angle: dict[int, list[Line]]) -> list[Draft]:
    """Give the blocks of a page in reading order; text of the commonest direction first."""
    drafts: list[Draft] = []
    for angle in sorted(by_angle, key=lambda angle: -_count_letters(by_angle[angle])):
        rules = [turn_box(rule, -angle % 360) for rule in page.rules]
        panels = [turn_box(panel, -angle % 360) for panel in page.panels[:MOST_PANELS]]
        tiles, panels = find_tiles(panels, by_angle[angle])
        scales, rest = find_scales(_join_markers(by_angle[angle]))
        tables, rest = find_tables(rest, rules + [edge for tile in tiles for edge in edges(tile)])
        regions = find_regions(rest, tables + scales, panels, find_separators(rules))
        for region in place_scales(regions, scales):
            drafts.extend(_draft_region(region, page.number))
    return drafts


def _count_letters(lines: Iterable[Line]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)


def _join_markers(lines: Sequence[Line]) -> list[Line]:
    """Join a bullet or number to the text that stands to its right on the same baseline."""
    ordered = sorted(lines, key=lambda line: (line.base, line.left))
    joined: dict[int, Line] = {}
    taken: set[int] = set()
    for number, line in enumerate(ordered):
        if number not in taken and len(line.words) == 1 and _is_marker(line):
            other = _find_marked(ordered, number)
            if other is not None and other not in taken:
                joined[other] = join_lines([line, joined.get(other, ordered[other])])
                taken.add(number)
    return [joined.get(number, line) for number, line in enumerate(ordered)
            if number not in taken]


def _is_marker(line: Line) -> bool:
    """Say whether a word is a bullet or a number; a bare one only where it is set to stand out."""
    if line.text in BULLETS or NUMBERED.fullmatch(line.text):
        return True
    stands_out = line.style.bold or max(line.style.colour) > 0.2
    return stands_out and line.text.isdigit() and len(line.text) < 3


def _find_marked(ordered: Sequence[Line], number: int) -> int | None:
    """Give the place of the nearest line to the right of a marker, on its baseline."""
    marker = ordered[number]
    near = [other for other in range(max(0, number - 20), min(len(ordered), number + 20))
            if abs(ordered[other].base - marker.base) <= 0.3 * ordered[other].size
            and 0 < ordered[other].left - marker.left]
    if not near:
        return None
    other = min(near, key=lambda other: ordered[other].left)
    gap = ordered[other].left - marker.right
    starts = ordered[other].words[0].text[:1]
    fits = marker.text in BULLETS or starts.isalpha() and (
        not marker.text.isdigit() or ordered[other].style == marker.style)
    return other if gap <= WIDEST_MARKER_GAP * ordered[other].size and fits else None


def _draft_region(region: Region, page: int) -> Iterator[Draft]:
    if isinstance(region, list):
        yield from _split_paragraphs(region, page)
    elif any(sum(len(line.words) for line in cell) > LARGEST_CELL_WORDS
             for row in region.rows for cell in row):
        for row in region.rows:
            for cell in row:
                for part in find_regions(cell, ()):
                    yield from _draft_region(part, page)
    else:
        headed = _has_header(region.rows)
        for number, row in enumerate(region.rows):
            yield Draft("row", page, row, int(headed and number == 0))


def _has_header(rows: Sequence[Row]) -> bool:
    """Say whether the first row is set bold or in a colour, and hardly any of the others is."""
    if len(rows) < 2:
        return False
    faces = [_face_of(line for cell in row for line in cell) for row in rows]
    alike = sum(face == faces[0] for face in faces[1:])
    return (faces[0][0] or faces[0][1] != faces[-1][1]) and 4 * alike < len(rows)


def _face_of(lines: Iterable[Line]) -> tuple[bool, Colour]:
    words = [word for line in lines for word in line.words]
    return all(word.style.bold for word in words), words[0].style.colour


def _split_paragraphs(lines: Sequence[Line], page: int) -> Iterator[Draft]:
    """Part the lines of a column into paragraphs and list items."""
    leading = _usual_leading(lines)
    part: list[Line] = []
    for number, line in enumerate(lines):
        if part and _starts_block(part, line, lines[number + 1:number + 2], leading):
            yield _draft_lines(part, page)
            part = []
        part.append(line)
    if part:
        yield _draft_lines(part, page)


def _usual_leading(lines: Sequence[Line]) -> float:
    """Give the usual distance between baselines, in shares of the font size."""
    steps = [(b.base - a.base) / b.size for a, b in zip(lines, lines[1:])
             if abs(a.size - b.size) < 0.5 and b.base - a.base < 2.5 * b.size]
    return max(1.2, median(steps)) if steps else 1.2


def _starts_block(part: Sequence[Line], line: Line, after: Sequence[Line],
                  leading: float) -> bool:
    """Say whether a line starts a new block after the lines of one."""
    last = part[-1]
    step = (line.base - last.base) / line.size
    if len(part) > 1:
        leading = (last.base - part[-2].base) / last.size
    if starts_with_mark(line) or _is_contents_line(last):
        return True
    if step <= 0 or step > 1.22 * leading + 0.1:
        return True
    if abs(line.size - last.size) > 0.07 * last.size:
        return True
    short = _is_short(part, line, after)
    finished = bool(FINISHED.search(last.text))
    if _changes_weight(part, line) and (short or finished):
        return True
    if line.words[0].text in BULLETS and len(line.words) > 1:
        return True
    if NUMBERED.fullmatch(line.words[0].text) and (short or finished):
        return True
    if not short:
        return finished and _is_indented(part, line, after)
    return not line.text[:1].islower() and not _is_centred(part, line)


def _is_contents_line(line: Line) -> bool:
    return line.text[-1].isdigit() and LEADERS.search(line.text) is not None


def starts_with_mark(line: Line) -> bool:
    """Say whether a line starts with a raised number, as a note does."""
    first = line.words[0]
    return len(line.words) > 1 and first.text.isdigit() and first.size < RAISED * line.size


def _changes_weight(part: Sequence[Line], line: Line) -> bool:
    """Say whether one of two blocks is bold throughout and the other is not."""
    return _is_bold((line,)) != _is_bold(part)


def _is_bold(lines: Sequence[Line]) -> bool:
    return all(word.style.bold for line in lines for word in line.words)


def _is_short(part: Sequence[Line], line: Line, after: Sequence[Line]) -> bool:
    """Say whether the first word of a line would have fitted on the one before it."""
    right = max(each.right for each in (*part[-4:], line, *after))
    first = line.words[0].box
    return part[-1].right + (first[2] - first[0]) + 1.2 * line.size < right


def _is_indented(part: Sequence[Line], line: Line, after: Sequence[Line]) -> bool:
    margin = after[0].left if after else part[-1].left
    return line.left - margin > 0.8 * line.size and line.left - part[-1].left > 0.8 * line.size


def _is_centred(part: Sequence[Line], line: Line) -> bool:
    last = part[-1]
    return (abs(last.left + last.right - line.left - line.right) < 0.6 * line.size
            and abs(last.left - line.left) > 0.5 * line.size)


def _draft_lines(lines: Sequence[Line], page: int) -> Draft:
    first = lines[0].words
    if len(first) + len(lines) > 2 and first[0].text in BULLETS:
        bullet = replace(first[0], text=BULLET)
        lines = [replace(lines[0], words=(bullet, *first[1:])), *lines[1:]]
        return Draft("item", page, (tuple(lines),))
    numbered = len(first) + len(lines) > 2 and NUMBERED.fullmatch(first[0].text)
    return Draft("item" if numbered else "paragraph", page, (tuple(lines),))
