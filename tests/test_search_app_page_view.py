"""A page as it is shown: each part of its text once, in its place."""

from __future__ import annotations

from ingest.passages import split_passages
from ingest.records import Block, Page, Span
from search_app.page_view import view_page


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
