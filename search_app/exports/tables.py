"""Exports as tables: CSV and JSON Lines, row by row."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from search_app.exports.cells import csv_line
from search_app.exports.rows import COLUMNS, Export, make_rows


def write_csv(export: Export) -> Iterator[bytes]:
    """Give a CSV file line by line (RFC 4180, UTF-8), marked as UTF-8 where the order says so."""
    if export.order.bom:
        yield codecs.BOM_UTF8
    yield csv_line(COLUMNS).encode()
    for row in make_rows(export):
        yield csv_line(row[column] for column in COLUMNS).encode()


def write_json_lines(export: Export) -> Iterator[bytes]:
    """Give JSON Lines, one object a passage."""
    for row in make_rows(export):
        yield (json.dumps(row, ensure_ascii=False) + "\n").encode()
