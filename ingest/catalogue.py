"""The catalogue beside the documents: what a person wrote down about them, every cell optional."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import BadCatalogue

NAME = "catalogue.csv"
COLUMNS = (
    "title", "organisation", "kind", "published", "period", "status", "supersedes", "audience",
    "source",
)  # fmt: skip

Row = Mapping[str, str]


def read_catalogue(path: Path) -> dict[str, Row]:
    """Read a catalogue into {file name: {column: value}}, without the cells that are empty.

    File names are relative to the catalogue's folder. Columns may be in capitals; a column
    "source address" is "source". Lines without a file name are passed over.

    Raises:
        BadCatalogue: it cannot be opened, has no "file" column, is not UTF-8, or names a file
            twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if "file" not in map(_column, reader.fieldnames or ()):
                raise BadCatalogue(f"{path} has no column called file; add it to its first line.")
            return _by_file(path, list(reader))
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"{path} is not a CSV file in UTF-8 ({error}); save it as one."
        raise BadCatalogue(message) from error
    except OSError as error:
        message = f"{path} cannot be opened ({error.strerror}); check its permissions."
        raise BadCatalogue(message) from error


def _by_file(path: Path, lines: list[dict[str | None, str]]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in lines:
        named = {_column(name): (cell or "").strip() for name, cell in line.items() if name}
        file = named.get("file", "")
        if not file:
            continue
        if file in rows:
            raise BadCatalogue(f"{path} names {file} twice; remove one of the two lines.")
        rows[file] = {column: named[column] for column in COLUMNS if named.get(column)}
    return rows


def _column(name: str) -> str:
    name = name.strip().lower()
    return "source" if name == "source address" else name
