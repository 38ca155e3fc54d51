"""Header rows: told from the figures or the longer texts below them, where none is marked."""

from __future__ import annotations

import pytest

from ingest.records import Block
from ingest.table_headers import mark_header_rows

FIGURES = ["Derby|12|4%", "Erewash|7|-"]
WORDS = [
    "Few nurses|We train more of them each year|Ann Bee",
    "Old wards|We mend the roofs before winter comes|Cee Dee",
]
TABLES = {
    "words above figures": (["Area|Beds|Share", *FIGURES], [0]),
    "two rows of words above figures": (["|Beds|", "Area|Number|Share", *FIGURES], [0, 1]),
    "a first row with nothing above the names": (["|Female|Male", "Alone|18|55"], [0]),
    "years above figures": (["Area|2018/19|2019/20", *FIGURES], [0]),
    "no words above figures": (FIGURES, []),
    "at most three rows above figures": (["a|b"] + ["c|d"] * 3 + FIGURES, [1, 2, 3]),
    "a header printed again over a page break": (
        ["Area|Beds|Share", *FIGURES, "Area|Beds|Share", *FIGURES], [0, 3],
    ),
    "short words above longer ones": (["Risk|What we do|Who", *WORDS], [0]),
    "words above words of the same length": (["Derby|Beds|Ann Bee", "Erewash|Wards|Cee Dee"], []),
    "figures with shares in brackets": (
        ["Group|Number", "Nurses|73 (53%)", "Doctors|20 (15%)"], [0],
    ),
    "details of which one is a figure": (["Opens|in November", "Costs|£1.2m"], []),
    "cells without rows": (["Risk", "Few nurses", "We train more of them each year"], []),
}  # fmt: skip


def make_rows(rows: list[str]) -> list[Block]:
    return [Block("row", row.replace("|", "\t"), ()) for row in rows]


@pytest.mark.parametrize("case", TABLES)
def test_header_rows_are_told(case: str) -> None:
    rows, expected = TABLES[case]
    marked = mark_header_rows(make_rows(rows))
    assert [at for at, block in enumerate(marked) if block.level] == expected
    assert [block.text for block in marked] == [row.replace("|", "\t") for row in rows]


def test_rows_that_the_author_marked_stay_so_and_take_in_the_next() -> None:
    first, *rest = make_rows(["Area|Share of people", "|%|Limit", "Derby|12%|14%"])
    marked = mark_header_rows([Block("row", first.text, (), 1), *rest])
    assert [block.level for block in marked] == [1, 1, 0]


def test_other_blocks_part_tables_but_furniture_does_not() -> None:
    head, row = make_rows(["Area|Beds|Wards", "Derby|12|3"])
    page, text = Block("furniture", "Page 3", ()), Block("paragraph", "Few.", ())
    marked = mark_header_rows([head, row, page, head, row, text, head, text])
    assert [block.level for block in marked] == [1, 0, 0, 1, 0, 0, 0, 0]
