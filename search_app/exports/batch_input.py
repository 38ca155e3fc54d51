"""The input of a batch: a file of queries or questions, a row each, with its filters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.errors import SearchError
from ingest.encodings import decode
from search_app.exports.orders import QUERY_ARGS

How = Literal["search", "ask"]

EMPTY = "The row has no text."

_TEXTS: dict[str, How] = {"query": "search", "question": "ask"}
_PARTED = ";"
_ONE_VALUE = ("document", "since", "until", "sort", "like", "as_typed")


class BadBatch(SearchError):
    """A file is no list of queries or questions."""


@dataclass(frozen=True)
class Entry:
    """A row of the input: its number from 1 (its head not counted), the id that it has, and the
    arguments that say what is asked; ``q`` is missing where it has no text."""

    number: int
    id: str
    args: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> str:
        """The query or question."""
        return dict(self.args).get("q", "")


@dataclass(frozen=True)
class Batch:
    """The rows of a file, how they are asked for all that it says, and notes on the file."""

    entries: tuple[Entry, ...]
    how: How | None
    notes: tuple[str, ...] = ()


def read_batch(content: bytes) -> Batch:
    """Read CSV with a column "query" or "question", parted by commas, semicolons or tabs, or else
    lines, each of which is a text by itself.

    Raises:
        BadBatch: there is no row, or it is no whole CSV.
    """
    text = decode(content)
    head = text.split("\n", 1)[0].rstrip("\r")
    for delimiter in ",;\t":
        names = [name.strip().strip('"').casefold() for name in head.split(delimiter)]
        known = [name for name in names if name in _TEXTS]
        if known:
            return _read_csv(text, delimiter, known[0])
    lines = text.splitlines()
    if not any(map(str.strip, lines)):
        raise BadBatch("The file has no row.")
    entries = (Entry(n, "", _make_args({"q": line.strip()})) for n, line in enumerate(lines, 1))
    return Batch(tuple(entries), None)


def _read_csv(text: str, delimiter: str, column: str) -> Batch:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or ()]
    unused = [name for name in rows.fieldnames if name not in (column, "id", *QUERY_ARGS[1:])]
    note = f"Not used, because no filter is called so: {', '.join(unused)}." if unused else ""
    try:
        entries = tuple(_make_entry(n, row, column) for n, row in enumerate(rows, 1))
    except csv.Error as error:
        raise BadBatch(f"Line {rows.line_num} is no CSV: {error}.") from error
    if not entries:
        raise BadBatch("The file has a head but no row.")
    return Batch(entries, _TEXTS[column], (note,) if note else ())


def _make_entry(number: int, row: Mapping[str, str | None], column: str) -> Entry:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    given = {name: cells.get(name, "") for name in QUERY_ARGS[1:]} | {"q": cells[column]}
    return Entry(number, cells.get("id", ""), _make_args(given))


def _make_args(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, cell in given.items() for value in _part(name, cell))


def _part(name: str, cell: str) -> Iterator[str]:
    """Part a cell of several values."""
    parts = [cell] if name == "q" or name in _ONE_VALUE else cell.split(_PARTED)
    return (part.strip() for part in parts if part.strip())
