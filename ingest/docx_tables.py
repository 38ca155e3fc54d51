"""Tables of Word documents: which only frame text, which rows are headers, and merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from ingest.docx_styles import Styles

_MOST_WORDS_IN_A_LONE_ROW = 12
_MOST_SPANNED = 63
"""As many columns as a table of Word has at most."""
_LOOK_FIRST_ROW = 0x0020


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table but for those that were deleted while changes were tracked."""
    return (row for row in _inside(table, "w:tr") if row.find(_path("w:trPr/w:del")) is None)


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row."""
    return _inside(row, "w:tc")


def _inside(parent: Any, name: str) -> Iterator[Any]:
    for child in parent.iterchildren("*"):
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _inside(child, name)


def is_layout(rows: Sequence[Any]) -> bool:
    """Whether a table only frames text: it has one column, or one row with long texts."""
    cells = [list(cells_of(row)) for row in rows]
    if all(len(row) < 2 for row in cells):
        return True
    longest = max(map(_count_words, cells[0]), default=0)
    return len(rows) == 1 and longest > _MOST_WORDS_IN_A_LONE_ROW


def _count_words(cell: Any) -> int:
    return sum(len((text.text or "").split()) for text in cell.iter(qn("w:t")))


def is_header(row: Any) -> bool:
    """Whether a row is repeated at the top of each page."""
    mark = row.find(_path("w:trPr/w:tblHeader"))
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def marks_first_row(table: Any, styles: Styles) -> bool:
    """Whether the first row looks different: the table asks for it and its style has a way to.

    Word asks for it in every new table, so that this alone says nothing.
    """
    look = table.find(_path("w:tblPr/w:tblLook"))
    style = table.find(_path("w:tblPr/w:tblStyle"))
    if look is None or style is None:
        return False
    value = look.get(qn("w:val")) or "0"
    asked = look.get(qn("w:firstRow")) == "1" or bool(int(value, 16) & _LOOK_FIRST_ROW)
    return asked and styles.has_first_row(style.get(qn("w:val"), ""))


def spread(row: Any, texts: Sequence[str], above: dict[int, str]) -> list[str]:
    """The texts of a row, column by column; ``above`` is brought up to date for the next.

    A cell that was merged downwards is in each of its rows; one that was merged to the right is
    in its first column, and the others are empty, or not there at the end of a row.
    """
    spread_out: list[str] = []
    cells = list(cells_of(row))
    for number, (cell, text) in enumerate(zip(cells, texts), 1):
        column = len(spread_out)
        merged = cell.find(_path("w:tcPr/w:vMerge"))
        if merged is None:
            above.pop(column, None)
        elif merged.get(qn("w:val")) == "restart":
            above[column] = text
        else:
            text = above.get(column, text)
        last = number == len(cells)
        spread_out += [text, *[""] * (0 if last else _count_columns(cell) - 1)]
    return spread_out


def _count_columns(cell: Any) -> int:
    span = cell.find(_path("w:tcPr/w:gridSpan"))
    value = "1" if span is None else span.get(qn("w:val")) or "1"
    return min(max(1, int(value)), _MOST_SPANNED) if value.isdecimal() else 1


def _path(steps: str) -> str:
    return "/".join(qn(step) for step in steps.split("/"))
