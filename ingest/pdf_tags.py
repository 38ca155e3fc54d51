"""What the elements of a structure tree make: blocks in logical order, each with its leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Union

from ingest.pdf_structure import HEADING, Element, Leaf
from ingest.records import BlockKind

SECTIONS = frozenset(("Sect", "Art", "Part", "DocumentFragment"))
INLINE = frozenset("Span Quote Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Em "
                   "Strong Sub Lbl LBody".split())
"""Roles whose text goes on in the block that they stand in."""

KINDS: dict[str, BlockKind] = {
    "LI": "item", "Caption": "caption", "Note": "note", "FENote": "note", "Artifact": "furniture"}
NOTES = ("Note", "FENote")
BODIES, CELLS = ("THead", "TBody", "TFoot"), ("TH", "TD")
DEEPEST_LEVEL = 6

Kids = Iterable[Union[Element, Leaf]]


@dataclass(frozen=True)
class TaggedBlock:
    """What an author tagged as one block; a row has ``cells`` of blocks in place of leaves.

    ``level`` is that of a heading, and 1 for a row of headers.
    """

    kind: BlockKind
    level: int
    leaves: tuple[Leaf, ...] = ()
    cells: tuple[tuple[TaggedBlock, ...], ...] = ()


def list_blocks(kids: Kids, depth: int = 0) -> tuple[TaggedBlock, ...]:
    """Give the blocks of elements in their logical order; ``depth`` counts the sections around."""
    lister = _Lister()
    lister.visit_all(kids, depth)
    lister.end_block()
    return tuple(lister.blocks)


class _Lister:
    """Gathers leaves until the block that they are part of ends."""

    def __init__(self) -> None:
        self.blocks: list[TaggedBlock] = []
        self._notes: list[TaggedBlock] = []
        self._start("paragraph")

    def _start(self, kind: BlockKind, level: int = 0) -> None:
        self._kind, self._level = kind, level
        self._run: list[Leaf] = []
        self._label_only = False

    def end_block(self) -> None:
        """End the block that is open, if it holds anything; what follows is a paragraph."""
        if self._run:
            self.blocks.append(TaggedBlock(self._kind, self._level, tuple(self._run)))
            self.blocks += self._notes
            self._notes = []
        self._start("paragraph")

    def visit_all(self, kids: Kids, depth: int) -> None:
        """Visit elements and leaves one after the other."""
        for kid in kids:
            if isinstance(kid, Leaf):
                self._run.append(kid)
                self._label_only = False
            elif kid.role in INLINE:
                empty = not self._run
                self.visit_all(kid.kids, depth)
                self._label_only = self._label_only or (empty and kid.role == "Lbl")
            elif kid.role in ("Table", *BODIES, "TR"):
                self.end_block()
                self.blocks.extend(_list_rows([kid], depth))
            elif kid.role in NOTES and self._run:
                # A note within a sentence waits for the end of the block, to leave it whole.
                self._notes.extend(list_blocks([kid], depth))
            else:
                self._visit_block(kid, depth)

    def _visit_block(self, element: Element, depth: int) -> None:
        """Visit an element that is a block; in a list item it goes on after the label."""
        heading = HEADING.fullmatch(element.role)
        opened = self._kind in ("item", "note", "caption") and (
            not self._run or self._label_only)
        if opened and element.role in ("P", "Div", "NonStruct"):
            self.visit_all(element.kids, depth)
            return
        run = self._run if opened and heading else []
        if not run:
            self.end_block()
        level = int(heading.group(1)) if heading else max(1, depth)
        if heading or element.role in ("H", "Title"):
            self._start("heading", min(level, DEEPEST_LEVEL))
        else:
            self._start(KINDS.get(element.role, "paragraph"))
        self._run = run
        self.visit_all(element.kids, depth + (element.role in SECTIONS))
        self.end_block()


def _list_rows(kids: Kids, depth: int, head: bool = False) -> Iterator[TaggedBlock]:
    """Give the rows of a table, and what stands between them."""
    above: dict[int, int] = {}
    for kid in kids:
        if isinstance(kid, Element) and kid.role == "TR":
            row = _make_row(kid, depth, head, above)
            if any(row.cells):
                yield row
        elif isinstance(kid, Element) and kid.role in ("Table", *BODIES):
            yield from _list_rows(kid.kids, depth, kid.role == "THead")
        else:
            yield from list_blocks([kid], depth)


def _make_row(row: Element, depth: int, head: bool, above: dict[int, int]) -> TaggedBlock:
    """Make a row; what a cell spans besides its first place are empty cells.

    ``above`` maps columns to the number of further rows that a cell above spans there.
    """
    cells: list[tuple[TaggedBlock, ...]] = []
    roles: set[str] = set()
    for kid in row.kids:
        _leave_empty(cells, above)
        is_cell = isinstance(kid, Element) and kid.role in CELLS
        blocks = list_blocks(kid.kids if isinstance(kid, Element) and is_cell else [kid], depth)
        if isinstance(kid, Element) and is_cell:
            above |= {len(cells) + place: kid.rows - 1 for place in range(kid.columns)}
            cells += [blocks] + [()] * (kid.columns - 1)
        elif blocks:
            cells.append(blocks)
        if blocks and isinstance(kid, Element):
            roles.add(kid.role)
    _leave_empty(cells, above)
    return TaggedBlock("row", int(head or roles == {"TH"}), (), tuple(cells))


def _leave_empty(cells: list[tuple[TaggedBlock, ...]], above: dict[int, int]) -> None:
    while above.get(len(cells), 0) > 0:
        above[len(cells)] -= 1
        cells.append(())
