"""Exports as an Excel workbook, sent row by row: XlsxWriter makes all of it but the rows.

A workbook is a zip of XML files, and XlsxWriter can give none of it before it has all of it. So it
makes a workbook whose sheets have their heads only; the rows go into these as they are found.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from search_app.exports.cells import cell_text, is_run
from search_app.exports.rows import COLUMNS, Export, Row, make_rows

ROWS_A_SHEET = 200_000
"""What is more goes on in further sheets. Excel takes 1,048,576 rows, but a sheet of over 2 GiB
needs an extension of zip for which it wants to repair the file."""

MOST_CHARACTERS = 32_767
"""What Excel takes in a cell."""

CUT = " […] (cut at what Excel takes in a cell; CSV and JSON Lines have all)"

_WIDTHS = {"excerpt": 80, "words_before": 30, "words_after": 30, "heading": 30, "title": 30}
_PACKED_BYTES = 1 << 16
_LETTERS = tuple(map(xl_col_to_name, range(len(COLUMNS))))
_NOT_PLAIN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can have: none of its own, so that bytes agree


def write_xlsx(export: Export) -> Iterator[bytes]:
    """Give an Excel workbook piece by piece; texts are never formulas, also after an edit."""
    sink = _Sink()
    rows = make_rows(export)
    with zipfile.ZipFile(io.BytesIO(_make_frame(export))) as frame, zipfile.ZipFile(
        sink, "w", zipfile.ZIP_DEFLATED
    ) as made:
        for name in frame.namelist():
            with made.open(_entry(name), "w") as file:
                for piece in _fill(name, frame.read(name), rows, export.total):
                    file.write(piece)
                    yield from sink.take(_PACKED_BYTES)
            yield from sink.take(0)
    yield from sink.take(0)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _fill(name: str, content: bytes, rows: Iterator[Row], total: int) -> Iterator[bytes]:
    """Give a file of the frame, a sheet with its rows."""
    match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
    if not match or match.group(1) == "1":
        yield content
        return
    before, _, rest = content.decode().partition('<row r="2"')
    sample, _, after = rest.partition("</row>")
    plain, texts = re.findall(r' s="(\d+)"', sample)
    count = min(ROWS_A_SHEET, max(1, total) - ROWS_A_SHEET * (int(match.group(1)) - 2))
    yield re.sub('(?<=<dimension ref="A1:)[A-Z]+2', f"{_LETTERS[-1]}{count + 1}", before).encode()
    for number, row in enumerate(islice(rows, ROWS_A_SHEET), 2):
        yield _row_xml(number, row, plain, texts).encode()
    yield after.encode()


def _row_xml(number: int, row: Row, plain: str, texts: str) -> str:
    cells = (
        _cell_xml(f"{letter}{number}", row[column], plain, texts)
        for letter, column in zip(_LETTERS, COLUMNS)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell_xml(place: str, value: Any, plain: str, texts: str) -> str:
    """Give a cell: a number as one, anything else as text within the sheet."""
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{plain}"><v>{value!r}</v></c>'
    text = cell_text(value)
    if not text:
        return ""
    style = texts if is_run(text) else plain
    shown = f'<is><t xml:space="preserve">{_escape(_cut(text))}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{shown}</c>'


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS - len(CUT)] + CUT


def _escape(text: str) -> str:
    """Escape a text; what XML cannot hold is written _xHHHH_ (ECMA-376, ST_Xstring)."""
    return escape(_NOT_PLAIN.sub(_escape_control, text))


def _escape_control(match: re.Match[str]) -> str:
    found = match.group()
    return f"_x005F{found}" if found.startswith("_x") else f"_x{ord(found):04X}_"


def _make_frame(export: Export) -> bytes:
    """Make the workbook without its rows: a sheet about it, and the heads of the others."""
    packed = io.BytesIO()
    options = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(packed, options)
    created = datetime.fromisoformat(export.order.time).replace(tzinfo=None)
    book.set_properties({"title": "plansearch export", "created": created})
    styles = [book.add_format({"valign": "top", "text_wrap": True, **more})
              for more in ({}, {"quote_prefix": True}, {"bold": True})]  # fmt: skip
    _add_about(book, export, *styles)
    sheets = range(max(1, -(-export.total // ROWS_A_SHEET)))
    for number in sheets:
        name = f"Passages {number + 1}" if len(sheets) > 1 else "Passages"
        _add_head(book.add_worksheet(name), *styles)
    book.close()
    return packed.getvalue()


def _add_about(book: Any, export: Export, plain: Any, texts: Any, bold: Any) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for number, (name, said) in enumerate(_say_about(export)):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, _cut(said), texts)


def _say_about(export: Export) -> Iterable[tuple[str, str]]:
    yield "Query", export.query.typed
    yield "Passages", f"{export.total} of {export.matching}"
    yield "Coverage", export.coverage.sentence
    yield from (("Note", note) for note in export.notes)
    yield "Generation of the index", export.generation
    yield "Time", export.order.time
    yield "Texts", "All texts are cells of text and none is a formula. Excel keeps it so when one" \
        " that begins like a formula is edited; nothing was added to it."


def _add_head(sheet: Any, plain: Any, texts: Any, bold: Any) -> None:
    """Add the names of the columns, and a second row by which the styles are known."""
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, _WIDTHS.get(column, 12))
        sheet.write_string(0, number, column, bold)
    sheet.freeze_panes(1, 0)
    sheet.write_string(1, 0, "plain", plain)
    sheet.write_string(1, 1, "texts", texts)


class _Sink(io.RawIOBase):
    """Takes what a zip is made of, to be sent on: it can only be written to, at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, content: Any) -> int:
        """Hold a piece until it is taken."""
        self._held += content
        return len(content)

    def take(self, least: int) -> Iterator[bytes]:
        """Give what is held, once it is more than this."""
        if len(self._held) > least:
            yield bytes(self._held)
            self._held.clear()
