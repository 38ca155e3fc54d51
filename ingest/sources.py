"""What lies in a folder: the documents to ingest, their catalogue rows, and what is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import catalogue
from ingest.errors import BadCatalogue, NoSuchFolder
from ingest.readers import SUFFIXES


@dataclass(frozen=True)
class Source:
    """A document's file: where it is, what it holds (sha256) and its catalogue row, if any.

    ``name`` is the path relative to the folder that was ingested, with forward slashes.
    ``problem`` is why the file could not even be opened, as a sentence.
    """

    path: Path
    name: str
    sha256: str
    catalogue: tuple[tuple[str, str], ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Found:
    """Everything that a folder holds: documents, names left out, and problems as sentences."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    problems: tuple[str, ...]


def find_sources(folder: Path) -> Found:
    """Find the documents in a folder and the folders in it, sorted by path.

    Hidden files and folders, and links to folders, are passed over; files of other kinds are
    named as left out.

    Raises:
        NoSuchFolder: the folder is not there.
    """
    if not folder.is_dir():
        raise NoSuchFolder(f"There is no folder {folder}; name a folder that holds documents.")
    rows, problems = _read_catalogues(folder)
    sources, left_out = [], []
    for path in _files(folder):
        if path.suffix.lower() in SUFFIXES:
            sources.append(_make_source(folder, path, rows.get(path, {})))
        elif path.name != catalogue.NAME:
            left_out.append(path.relative_to(folder).as_posix())
    held = {source.path for source in sources}
    problems += [
        f"{path.parent / catalogue.NAME} names {path.name}, which is not there."
        for path in rows
        if path not in held
    ]
    return Found(tuple(sources), tuple(left_out), tuple(problems))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file():
            yield path


def _read_catalogues(folder: Path) -> tuple[dict[Path, catalogue.Row], list[str]]:
    rows: dict[Path, catalogue.Row] = {}
    problems = []
    for path in _files(folder):
        if path.name == catalogue.NAME:
            try:
                read = catalogue.read_catalogue(path)
            except BadCatalogue as error:
                problems.append(str(error))
            else:
                rows |= {path.parent / file: row for file, row in read.items()}
    return rows, problems


def _make_source(folder: Path, path: Path, row: catalogue.Row) -> Source:
    name = path.relative_to(folder).as_posix()
    cells = tuple(sorted(row.items()))
    try:
        with path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        return Source(path, name, "", cells, f"The file cannot be opened: {error.strerror}.")
    return Source(path, name, sha256, cells)
