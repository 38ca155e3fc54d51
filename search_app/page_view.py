"""A page as it is shown: its text in passages with the matches marked, and boxes for its image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from markupsafe import Markup

from index.highlight import find_matches
from index.places import find_boxes, locate
from index.query import Node
from index.schema import searched_fields
from ingest.records import Block, Box, HeldDocument, Page, Passage, Span
from search_app.marking import Range, clip, mark_cells, mark_text, ranges_on_page


WIDE_COLUMNS = 6


@dataclass(frozen=True)
class Piece:
    """A block, or the part of it on this page, as HTML; ``kind`` is that of the block."""

    kind: str
    level: int
    html: Markup
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class Section:
    """The pieces of one passage, in runs of one kind; ``passage`` is 0 outside all passages.

    ``begins`` tells that it is the first section of its passage on the page. ``table`` numbers the
    table of which it is rows, 0 for none: a table goes on through passages.
    """

    passage: int
    begins: bool
    named: bool
    runs: tuple[tuple[str, tuple[Piece, ...]], ...]
    table: int = 0


@dataclass(frozen=True)
class Table:
    """A table: the rows of its head, and those of each passage below them."""

    head: tuple[Piece, ...]
    bodies: tuple[Section, ...]


@dataclass(frozen=True)
class PageView:
    """A page ready to be shown; boxes are in points from the top left of the page.

    ``outlines`` are around the passage that was asked for. ``unplaced`` tells that words are
    marked in the text whose place on the image is not known.
    """

    page: Page
    sections: tuple[Section, ...]
    boxes: tuple[Box, ...]
    outlines: tuple[Box, ...]
    unplaced: bool

    @property
    def parts(self) -> Iterator[Section | Table]:
        """The sections, those of a table put together."""
        for table, sections in groupby(self.sections, key=lambda section: section.table):
            if table:
                yield _make_table(tuple(sections))
            else:
                yield from sections

    @property
    def is_wide(self) -> bool:
        """Tell whether a table has so many columns that it needs the width of the screen."""
        pieces = (p for section in self.sections for _, run in section.runs for p in run)
        return any(len(piece.cells) >= WIDE_COLUMNS for piece in pieces)


@dataclass(frozen=True)
class _Stretch:
    start: int
    end: int
    passage: int


def match_spans(
    held: HeldDocument, passages: Iterable[Passage], page: int, tree: Node
) -> tuple[Span, ...]:
    """Find where the passages that touch a page and match a query have its words."""
    found: list[Span] = []
    for passage in passages:
        if any(span.page == page for span in passage.spans):
            fields = searched_fields(held, passage)
            for start, end in find_matches(passage.text, fields, tree, held.id) or ():
                found += locate(passage.spans, start, end)
    return tuple(found)


def view_page(
    page: Page,
    blocks: Iterable[Block],
    passages: Sequence[Passage],
    matched: Sequence[Span],
    named: int,
) -> PageView:
    """Put a page together; ``named`` is the number of the passage to point out, 0 for none."""
    marks = ranges_on_page(matched, page.number)
    kinds = {
        (span.start, span.end): block
        for block in blocks
        for span in block.spans
        if span.page == page.number
    }
    boxes = tuple(_boxes(page, marks))
    stretches = _stretches(page, kinds, passages)
    return PageView(
        page=page,
        sections=tuple(_make_sections(page, stretches, kinds, marks, named)),
        boxes=boxes,
        outlines=_outlines(page, passages, named),
        unplaced=bool(page.width and marks and not boxes),
    )


def _boxes(page: Page, ranges: Iterable[Range]) -> Iterator[Box]:
    for start, end in ranges:
        yield from find_boxes(page, Span(page.number, start, end))


def _outlines(page: Page, passages: Sequence[Passage], named: int) -> tuple[Box, ...]:
    """Box each block of the named passage, the boxes of its lines joined."""
    spans = (span for passage in passages if passage.number == named for span in passage.spans)
    found = (find_boxes(page, span) for span in spans if span.page == page.number)
    return tuple(_around(boxes) for boxes in found if boxes)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _stretches(
    page: Page, kinds: dict[Range, Block], passages: Sequence[Passage]
) -> list[_Stretch]:
    """Cut the page's text: passages first, then what no passage has, and nothing left over.

    A header row that several passages share is shown once, with the first of them.
    """
    first: dict[Range, int] = {}
    for passage in passages:
        for span in passage.spans:
            if span.page == page.number:
                first.setdefault((span.start, span.end), passage.number)
    taken = [_Stretch(start, end, number) for (start, end), number in first.items()]
    for start, end in (*sorted(kinds), *_lines(page.text)):
        if not any(other.start < end and start < other.end for other in taken):
            taken.append(_Stretch(start, end, 0))
    return sorted(taken, key=lambda stretch: stretch.start)


def _lines(text: str) -> Iterator[Range]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _make_sections(
    page: Page,
    stretches: list[_Stretch],
    kinds: dict[Range, Block],
    marks: tuple[Range, ...],
    named: int,
) -> Iterator[Section]:
    begun = {0}
    made = [_make_piece(page, stretch, kinds, marks) for stretch in stretches]
    owners = ((stretch.passage, table) for stretch, table in zip(stretches, _number_tables(made)))
    for (number, table), members in groupby(zip(owners, made), key=lambda pair: pair[0]):
        runs = groupby((piece for _, piece in members), key=lambda piece: piece.kind)
        own = bool(number) and number == named
        yield Section(
            number, number not in begun, own, tuple((k, tuple(run)) for k, run in runs), table
        )
        begun.add(number)


def _number_tables(pieces: Iterable[Piece]) -> Iterator[int]:
    """Number the table of each piece from 1, 0 for none: a head below other rows begins another."""
    number, before = 0, None
    for piece in pieces:
        if piece.kind == "row":
            if before is None or before.kind != "row" or piece.level > before.level:
                number += 1
        yield number if piece.kind == "row" else 0
        before = piece


def _make_table(sections: tuple[Section, ...]) -> Table:
    """Put a table together; its head are the rows at its top that are header rows."""
    rows = [piece for section in sections for _, run in section.runs for piece in run]
    head = tuple(takewhile(lambda piece: piece.level, rows))
    left = len(head)
    bodies = []
    for section in sections:
        own = tuple(piece for _, run in section.runs for piece in run)
        bodies.append(replace(section, runs=(("row", own[left:]),)))
        left = max(0, left - len(own))
    return Table(head, tuple(bodies))


def _make_piece(
    page: Page, stretch: _Stretch, kinds: dict[Range, Block], marks: tuple[Range, ...]
) -> Piece:
    block = _block_at(stretch, kinds)
    text = page.text[stretch.start:stretch.end]
    local = clip(marks, stretch.start, stretch.end)
    kind, level = (block.kind, block.level) if block else ("paragraph", 0)
    cells = mark_cells(text, local) if kind == "row" else ()
    return Piece(kind, level, mark_text(text, local), cells)


def _block_at(stretch: _Stretch, kinds: dict[Range, Block]) -> Block | None:
    """Find the block of a stretch, which may be a part of it."""
    exact = kinds.get((stretch.start, stretch.end))
    around = (
        block for (start, end), block in kinds.items()
        if start <= stretch.start and stretch.end <= end
    )  # fmt: skip
    return exact or next(around, None)
