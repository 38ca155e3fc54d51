"""The catalogue beside the documents: what a person wrote down about them, every cell optional."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.dates import parse_date
from ingest.errors import BadCatalogue

NAME = "catalogue.csv"
COLUMNS = (
    "title", "organisation", "kind", "published", "period", "status", "supersedes", "audience",
    "source", "themes", "places",
)  # fmt: skip

SUPERSEDES_PATH = "supersedes path"
"""What is added to a row: the path of the file that "supersedes" names, where it is there."""

Row = Mapping[str, str]


STATUSES = ("draft", "current", "superseded")
AUDIENCES = ("public", "staff")


@dataclass(frozen=True)
class Catalogue:
    """The rows by file name, without empty cells, and sentences on what cannot be understood."""

    rows: dict[str, Row]
    faults: tuple[str, ...] = ()


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue.

    File names are relative to the catalogue's folder. Columns may be in capitals; a column
    "source address" is "source". Lines without a file name are passed over.

    Raises:
        BadCatalogue: it cannot be opened, has no "file" column, is not UTF-8, or names a file
            twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            columns = [_column(name) for name in reader.fieldnames or ()]
            if "file" not in columns:
                raise BadCatalogue(f"{path} has no column called file; add it to its first line.")
            rows = _by_file(path, list(reader))
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"{path} is not a CSV file in UTF-8 ({error}); save it as one."
        raise BadCatalogue(message) from error
    except OSError as error:
        message = f"{path} cannot be opened ({error.strerror}); check its permissions."
        raise BadCatalogue(message) from error
    faults = [f"{path} has a column {name}, which is not known." for name in _unknown(columns)]
    faults += [f"{path}, {file}: {fault}" for file, row in rows.items() for fault in _faults(row)]
    return Catalogue(rows, tuple(faults))


def _unknown(columns: list[str]) -> list[str]:
    return [name for name in columns if name and name not in ("file", *COLUMNS)]


def _faults(row: Row) -> Iterator[str]:
    published, status, audience = (row.get(c, "") for c in ("published", "status", "audience"))
    if published and not parse_date(published):
        yield f"published is {published}; write a date as 2019, 2019-06 or 2019-06-30."
    if status and status not in STATUSES:
        yield f"status is {status}; it can be {', '.join(STATUSES)}."
    if audience and audience not in AUDIENCES:
        yield f"audience is {audience}; it can be {', '.join(AUDIENCES)}, so it is staff for now."


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
