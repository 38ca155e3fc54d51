"""Cells of CSV: values as text, and none of them a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

_RUN = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may run as a formula (OWASP, CSV Injection), whatever
number of ' stands before it."""


def csv_line(cells: Iterable[Any]) -> str:
    """Give a line of a CSV file; texts that a spreadsheet would run are defused."""
    line = io.StringIO()
    csv.writer(line).writerow(
        defuse(cell) if isinstance(cell, str) else cell_text(cell) for cell in cells
    )
    return line.getvalue()


def cell_text(value: Any) -> str:
    """Give a value as text: lists and objects as JSON, what is empty or absent as nothing."""
    if value is None or value == {}:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def defuse(text: str) -> str:
    """Put a ' before a text that may be run; one that has it already gets one more, so that
    ``restore`` gives every text back."""
    return f"'{text}" if is_run(text) else text


def is_run(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula."""
    return _RUN.match(text) is not None


def restore(cell: str) -> str:
    """Give the text that ``defuse`` made a cell of."""
    return cell[1:] if cell.startswith("'") and is_run(cell) else cell
