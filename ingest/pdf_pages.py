"""The blocks of a page: its header, what stands in it by its tags or by its print, its footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.furniture import Furniture
from ingest.pdf_characters import Print
from ingest.pdf_layout import Draft, lay_out_page
from ingest.pdf_lines import Line, find_lines, group_rows
from ingest.pdf_notes import place_notes
from ingest.pdf_tagged import TaggedPage, Tags, lay_out_tagged
from ingest.records import Box

Lines = dict[int, list[Line]]
"""Lines by the angle of their text."""


@dataclass(frozen=True)
class PageLines:
    """The lines of a page, and what its tags make of them; ``lines`` are all that it has."""

    page: Print
    lines: Lines
    tagged: TaggedPage | None = None


def read_lines(page: Print, tags: Tags) -> PageLines:
    """Make lines of what is printed on a page, by its tags where they can be relied on."""
    tagged = lay_out_tagged(page, tags)
    if tagged is None:
        return PageLines(page, find_lines(page, page.glyphs))
    lines = {angle: list(lines) for angle, lines in tagged.loose.items()}
    for line in (*tagged.artifacts, *(line for draft in tagged.drafts for line in draft.lines)):
        lines.setdefault(line.angle, []).append(line)
    return PageLines(page, lines, tagged)


def draft_page(read: PageLines, pictures: Sequence[Draft], furniture: Furniture,
               marked: bool) -> list[Draft]:
    """Give the blocks of a page in order, with those that were recognised in ``pictures``.

    ``marked`` says that the document has artifacts: what it tags as text is none of them then.
    """
    page, tagged = read.page, read.tagged
    if tagged is None:
        body = lay_out_page(page, _leave_out(read.lines, furniture.lines))
        return _add_edges(page, _put_in(place_notes(body), pictures), furniture.lines)
    taken = set(map(id, furniture.lines))
    drafts = [draft for draft in tagged.drafts
              if marked or not all(id(line) in taken for line in draft.lines)]
    kept = {id(line) for draft in drafts for line in draft.lines}
    loose = lay_out_page(page, _leave_out(tagged.loose, furniture.lines))
    edges = {id(line): line for line in (*tagged.artifacts, *furniture.lines)
             if id(line) not in kept}
    body = _put_in(_put_in(drafts, loose), pictures)
    return _add_edges(page, body, list(edges.values()))


def _leave_out(by_angle: Lines, taken: Sequence[Line]) -> Lines:
    apart = set(map(id, taken))
    body = {angle: [line for line in lines if id(line) not in apart]
            for angle, lines in by_angle.items()}
    return {angle: lines for angle, lines in body.items() if lines}


def _add_edges(page: Print, body: list[Draft], furniture: Sequence[Line]) -> list[Draft]:
    """Put furniture before and after the body, by the half of the page that it stands in."""
    edges = [Draft("furniture", page.number, (tuple(row),)) for row in group_rows(furniture)]
    header = [draft for draft in edges if draft.lines[0].base < page.height / 2]
    return header + body + [draft for draft in edges if draft not in header]


def _put_in(drafts: Sequence[Draft], loose: Iterable[Draft]) -> list[Draft]:
    """Put drafts that no tag gives a place after the nearest one that they stand below."""
    boxes = [(number, draft.box) for number, draft in enumerate(drafts)]
    after: dict[int, list[Draft]] = {}
    for draft in loose:
        after.setdefault(_find_place(draft.box, boxes), []).append(draft)
    placed = after.get(-1, [])
    for number, draft in enumerate(drafts):
        placed += [draft, *after.get(number, ())]
    return placed


def _find_place(box: Box, boxes: Sequence[tuple[int, Box]]) -> int:
    """Give the number of the draft that a box follows, -1 where it comes before all."""
    across = [(number, other) for number, other in boxes if other[0] < box[2] and box[0] < other[2]]
    above = [(other[1], number) for number, other in across if other[1] <= box[1]]
    if above:
        return max(above)[1]
    return min((number for number, _ in across), default=len(boxes)) - 1
