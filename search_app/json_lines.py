"""Files of JSON lines, plain or .gz: each line becomes a record, or an error that names it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from index.errors import SearchError

Row = dict[str, Any]
Made = TypeVar("Made")


class BadLine(SearchError):
    """A line of a file is not what it should be."""


def read_lines(path: Path, make: Callable[[Row], Made]) -> Iterator[Made]:
    """Make a record of each line of a file; empty lines are passed over.

    ``make`` raises ValueError where a row is not what it should be.

    Raises:
        BadLine: a line is no JSON object, or no record can be made of it.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as lines:
        for number, line in enumerate(_read_whole(path, lines), 1):
            if line.strip():
                yield _make(line, make, f"{path}, line {number}")


def _read_whole(path: Path, lines: Any) -> Iterator[bytes]:
    try:
        yield from lines
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadLine(f"{path} is not a whole gzip file.") from error


def _make(line: bytes, make: Callable[[Row], Made], place: str) -> Made:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("it is no JSON object")
        return make(row)
    except json.JSONDecodeError as error:
        raise BadLine(f"{place}: it is not JSON ({error}).") from error
    except ValueError as error:
        raise BadLine(f"{place}: {error}.") from error


def text_of(row: Row, name: str, default: str | None = None) -> str:
    """Give the text of a field; ``default`` where it is absent or null.

    Raises:
        ValueError: it is no text, or absent without a default.
    """
    value = default if row.get(name) is None else row[name]
    if not isinstance(value, str):
        raise ValueError(f'"{name}" should be text')
    return value


def texts_of(row: Row, name: str) -> tuple[str, ...]:
    """Give the texts of a field; none where it is absent or null.

    Raises:
        ValueError: it is no list of texts.
    """
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f'"{name}" should be a list of texts')
    return tuple(values)
