"""Tables of contents are told from text."""

from __future__ import annotations

import pytest

from ingest.contents_pages import mark_contents
from ingest.passages import split_passages
from ingest.records import Block, Span

ENTRIES = ("Foreword ........ 2", "Aims……………… 4", "1.2\tCosts. . . . . . . 11")
TEXTS = ("Aims", "We will wait..... and see.", "It costs £4.9m.", "Ends ... 7", "See page 12")


def make_blocks(*texts: str) -> list[Block]:
    return [Block("paragraph", text, (Span(1, 0, len(text)),)) for text in texts]


def test_entries_are_contents_and_text_is_not() -> None:
    marked = mark_contents(make_blocks(*ENTRIES, *TEXTS))
    assert [block.kind for block in marked] == ["contents"] * 3 + ["paragraph"] * 5


def test_entries_that_were_read_as_one_block_are_contents() -> None:
    (marked,) = mark_contents(make_blocks("Aims ..... 2 Costs ...... 5 Risks ....... iv"))
    assert marked.kind == "paragraph"
    (marked,) = mark_contents(make_blocks("Aims ..... 2 Costs ...... 5 Risks ....... 9"))
    assert marked.kind == "contents"


@pytest.mark.parametrize("texts", [ENTRIES[:2], TEXTS, ()])
def test_a_few_leaders_are_no_table_of_contents(texts: tuple[str, ...]) -> None:
    assert all(block.kind == "paragraph" for block in mark_contents(make_blocks(*texts)))


def test_contents_are_not_searched() -> None:
    passages = split_passages(mark_contents(make_blocks(*ENTRIES, *TEXTS)))
    assert "Foreword" not in "".join(passage.text for passage in passages)
    assert "£4.9m" in passages[0].text
