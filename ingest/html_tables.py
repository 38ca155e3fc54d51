"""Tables of web pages: which only place things on the page, which rows are headers, and the cells
that reach over several rows or columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4.element import Tag

_HEADINGS = ("h1", "h2", "h3")
_MOST_WORDS_IN_A_LONE_ROW = 12
_MOST_SPANNED = 1000
"""What HTML allows a cell to reach over at most."""

Pending = dict[int, tuple[int, str]]
"""Of cells that reach down: by column, over how many rows more, and their text."""


def is_layout(table: Tag) -> bool:
    """Whether a table only places things on the page: its cells are then read one by one."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [cells_of(tr) for tr in table.find_all("tr") if tr.find_parent("table") is table]
    if all(sum(map(_has_text, row)) < 2 for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    named = table.find(("caption", "thead"), recursive=False)
    if named or any(cell.name == "th" for cell in cells):
        return False
    if any(cell.find(_HEADINGS) for cell in cells):
        return True
    inside = sum(len(inner.get_text()) for inner in table.find_all("table"))
    if 2 * inside > len(table.get_text()):
        return True
    return len(rows) == 1 and any(map(_is_long, cells))


def cells_of(tr: Tag) -> list[Tag]:
    """The cells of a row, without those of tables inside it."""
    return list(tr.find_all(("td", "th"), recursive=False))


def _has_text(cell: Tag) -> bool:
    return cell.get_text(strip=True) != ""


def _is_long(cell: Tag) -> bool:
    return len(cell.get_text().split()) > _MOST_WORDS_IN_A_LONE_ROW


def is_header(tr: Tag, cells: Sequence[Tag]) -> bool:
    """Whether a row is a header: in the head of a table, or two header cells and no other."""
    if tr.find_parent(("thead", "table")).name == "thead":  # type: ignore[union-attr]
        return True
    return len(cells) > 1 and all(
        cell.name == "th" or not cell.get_text(strip=True) for cell in cells
    ) and any(cell.name == "th" and cell.get("scope") != "row" for cell in cells)


def spread(cells: Sequence[Tag], texts: Sequence[str], pending: Pending) -> list[str]:
    """The texts of a row, column by column; ``pending`` is brought up to date for the next.

    A cell that reaches down is in each row that it reaches; one that reaches to the right is in
    its first column, and the others are empty, or not there at the end of a row.
    """
    row: list[str] = []
    for number, (cell, text) in enumerate(zip(cells, texts), 1):
        row += _take(pending, len(row))
        down, right = _span(cell, "rowspan"), _span(cell, "colspan")
        if number == len(cells) and not any(column > len(row) for column in pending):
            right = 1
        for column in range(len(row), len(row) + right):
            if down > 1:
                pending[column] = (down, text if column == len(row) else "")
        row += [text, *[""] * (right - 1)]
    row += _take(pending, len(row))
    for column, (down, text) in list(pending.items()):
        pending[column] = (down - 1, text)
        if down <= 1:
            del pending[column]
    return row


def _take(pending: Pending, column: int) -> Iterator[str]:
    while column in pending:
        yield pending[column][1]
        column += 1


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or 1)
    return min(max(1, int(value)), _MOST_SPANNED) if value.isdecimal() else 1
