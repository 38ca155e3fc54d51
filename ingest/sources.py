"""What lies in a folder: the documents to ingest, their catalogue rows, and what is left out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import catalogue
from ingest.errors import BadCatalogue, NoSuchFolder
from ingest.readers import SUFFIXES


@dataclass(frozen=True)
class Source:
    """A document's file: where it is, what it holds (sha256) and its catalogue row, if any.

    ``name`` is the path relative to the folder that was ingested, with forward slashes.
    ``problem`` is why the file could not even be opened, as a sentence. ``doubtful`` says that a
    catalogue that may name the file cannot be used, so that what it said before goes on standing.
    """

    path: Path
    name: str
    sha256: str
    catalogue: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class Found:
    """Everything that a folder holds: documents, names left out, and problems as sentences."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    problems: tuple[str, ...]


def find_sources(folder: Path) -> Found:
    """Find the documents in a folder and the folders in it, sorted by path.

    Hidden files and folders, and links to folders, are passed over; files of other kinds, and
    links to files that are not in the folder, are named as left out. Catalogues of the folders
    above count too, so that a part of a collection can be ingested by itself.

    Raises:
        NoSuchFolder: the folder is not there.
    """
    if not folder.is_dir():
        raise NoSuchFolder(f"There is no folder {folder}; name a folder that holds documents.")
    files, problems = _list_files(folder)
    rows, doubtful, faults = _read_catalogues(folder, frozenset(files))
    sources, left_out = [], []
    for path in files:
        if _leads_out(path, folder):
            left_out.append(path.relative_to(folder).as_posix())
        elif path.suffix.lower() in SUFFIXES:
            source = _make_source(folder, path, rows.get(path, {}))
            in_doubt = any(path.is_relative_to(place) for place in doubtful)
            sources.append(replace(source, doubtful=in_doubt))
        elif path.name != catalogue.NAME:
            left_out.append(path.relative_to(folder).as_posix())
    return Found(tuple(sources), tuple(left_out), (*problems, *faults))


def _list_files(folder: Path) -> tuple[list[Path], list[str]]:
    """List the files of a folder, sorted, and say what in it cannot be opened or named."""
    problems: list[str] = []

    def refuse(error: OSError) -> None:
        problems.append(f"The folder {error.filename} cannot be opened: {error.strerror}.")

    files = []
    for path in sorted(_walk(folder, refuse)):
        shown = os.fsencode(path).decode("utf-8", "replace")
        if shown == str(path):
            files.append(path)
        else:
            problems.append(f"The name of {shown} is not in UTF-8; rename the file to ingest it.")
    return files, problems


def _walk(folder: Path, refuse: Callable[[OSError], None]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(place, name) for name in names if not name.startswith("."))
        yield from filter(Path.is_file, paths)


def _leads_out(path: Path, folder: Path) -> bool:
    """Say whether a path is a link out of the folder: who may write there may not read all."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def _read_catalogues(
    folder: Path, files: frozenset[Path]
) -> tuple[dict[Path, catalogue.Row], list[Path], list[str]]:
    """Give the rows by file, the folders whose catalogue cannot be used, and what is wrong."""
    rows: dict[Path, catalogue.Row] = {}
    doubtful, problems = [], []
    for path in _find_catalogues(folder, files):
        try:
            read = catalogue.read_catalogue(path)
        except BadCatalogue as error:
            doubtful.append(path.parent)
            problems.append(str(error))
            continue
        problems += read.faults
        named = {path.parent / file: row for file, row in read.rows.items()}
        inside = {file: row for file, row in named.items() if file.is_relative_to(folder)}
        rows |= inside
        problems += [
            f"{path} names {file.relative_to(path.parent)}, which is not there."
            for file in inside
            if file not in files
        ]
        for file, row in inside.items():
            rows[file], fault = _resolve(path, file, row, folder, files)
            problems += [fault] if fault else []
    return rows, doubtful, problems


def _resolve(
    path: Path, file: Path, row: catalogue.Row, folder: Path, files: frozenset[Path]
) -> tuple[catalogue.Row, str]:
    """Add to a row the path of what it supersedes, or say why that is no document.

    It is named as a file is, from the folder of the catalogue; by a bare name also where it lies
    beside the row's own file, or is the only one of that name.
    """
    named = row.get("supersedes", "")
    if not named:
        return row, ""
    places = [path.parent / named]
    if "/" not in named:
        namesakes = [each for each in files if each.name == named]
        places += [file.parent / named, *(namesakes if len(namesakes) == 1 else [])]
    found = next((p for p in map(_normalise, places) if _is_there(p, folder, files)), None)
    said = f"{path}, {file.relative_to(path.parent)}: supersedes names {named}, which is"
    if found is None:
        return row, f"{said} not there."
    if found == file or found.suffix.lower() not in SUFFIXES:
        return row, f"{said} {'the same file' if found == file else 'no document'}."
    return {**row, catalogue.SUPERSEDES_PATH: str(found)}, ""


def _normalise(path: Path) -> Path:
    return Path(os.path.normpath(path))


def _is_there(path: Path, folder: Path, files: frozenset[Path]) -> bool:
    """Say whether a file is found in the folder, or lies in the collection around it."""
    return path in files if path.is_relative_to(folder) else os.path.isfile(path)


def _find_catalogues(folder: Path, files: Iterable[Path]) -> list[Path]:
    """Find the catalogues, those of outer folders first: a nearer one says more."""
    above = [place / catalogue.NAME for place in folder.parents]
    inside = (p for p in files if p.name == catalogue.NAME and not _leads_out(p, folder))
    found = [*filter(Path.is_file, above), *inside]
    return sorted(found, key=lambda path: len(path.parts))


def _make_source(folder: Path, path: Path, row: catalogue.Row) -> Source:
    name = path.relative_to(folder).as_posix()
    cells = tuple(sorted(row.items()))
    try:
        with path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        return Source(path, name, "", cells, f"The file cannot be opened: {error.strerror}.")
    return Source(path, name, sha256, cells)
