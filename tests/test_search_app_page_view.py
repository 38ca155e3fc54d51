"""A page as it is shown: each part of its text once, in its place."""

from __future__ import annotations

from ingest.passages import split_passages
from ingest.records import Block, BlockKind, Page, Span
from search_app.page_view import Section, Table, view_page


def test_header_row_of_a_long_table_is_shown_once() -> None:
    cells = "of a table that is so long that no passage can hold all of its many rows at once"
    lines = ["Risk\tImpact"] + [f"Risk {n}\t{cells}" for n in range(20)]
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("row", line, (Span(1, at, at + len(line)),), level=int(not at)))
        at += len(line) + 1
    passages = split_passages(blocks)
    assert len(passages) > 2 and all("Impact" in passage.text for passage in passages)
    view = view_page(Page(1, "\n".join(lines)), blocks, passages, (), named=0)
    shown = [
        "\t".join(piece.cells)
        for section in view.sections
        for _, pieces in section.runs
        for piece in pieces
    ]
    assert shown == lines


def test_passage_that_is_interrupted_begins_once() -> None:
    lines, blocks, at = ["The beds are full.", "Page 7", "The wards are open."], [], 0
    for line, kind in zip(lines, ("paragraph", "furniture", "paragraph")):
        blocks.append(Block(kind, line, (Span(1, at, at + len(line)),)))
        at += len(line) + 1
    passages = split_passages(blocks)
    view = view_page(Page(1, "\n".join(lines)), blocks, passages, (), named=0)
    assert [section.passage for section in view.sections] == [1, 0, 1]
    assert [section.begins for section in view.sections] == [True, False, False]


def make_rows(*rows: str, heads: tuple[int, ...] = (0,)) -> tuple[Page, list[Block]]:
    """Make a page of rows; those that begin with "¶" are paragraphs."""
    blocks, lines, at = [], [], 0
    for number, row in enumerate(rows):
        line = row.removeprefix("¶")
        kind: BlockKind = "paragraph" if row != line else "row"
        blocks.append(Block(kind, line, (Span(1, at, at + len(line)),), int(number in heads)))
        lines.append(line)
        at += len(line) + 1
    return Page(1, "\n".join(lines)), blocks


def test_a_table_goes_on_through_passages_below_one_head() -> None:
    cells = "of a table that is so long that no passage can hold all of its many rows at once"
    page, blocks = make_rows("¶Above.", "Risk\tImpact", *(f"Risk {n}\t{cells}" for n in range(20)),
                             "¶Below.", heads=(1,))  # fmt: skip
    passages = split_passages(blocks)
    view = view_page(page, blocks, passages, (), named=2)
    above, table, below = view.parts
    assert isinstance(above, Section) and isinstance(below, Section) and isinstance(table, Table)
    assert [piece.cells for piece in table.head] == [("Risk", "Impact")]
    assert [body.passage for body in table.bodies] == [passage.number for passage in passages]
    assert [body.named for body in table.bodies][:2] == [False, True]
    assert sum(len(pieces) for body in table.bodies for _, pieces in body.runs) == 20
    assert not view.is_wide


def test_a_head_below_other_rows_begins_another_table() -> None:
    page, blocks = make_rows("A\tB", "1\t2", "C\tD\tE\tF\tG\tH", "3\t4\t5\t6\t7\t8", heads=(0, 2))
    view = view_page(page, blocks, split_passages(blocks), (), named=0)
    tables = [part for part in view.parts if isinstance(part, Table)]
    assert [[piece.cells[0] for piece in table.head] for table in tables] == [["A"], ["C"]]
    assert view.is_wide
