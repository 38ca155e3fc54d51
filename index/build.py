"""Building the index: a new generation beside the live one, then the pointer moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from index.engines import Changes, Content
from index.errors import NoIndex
from index.generations import (
    index_folder,
    link_files,
    live_generation,
    make_live,
    next_generation,
)
from index.manifest import (
    Manifest,
    read_encoder_id,
    read_manifest,
    read_version,
    write_manifest,
)
from index.meaning import Encoding, add_vectors, remove_vectors
from index.schema import SCHEMA_VERSION
from index.whoosh_engine import write_generation
from ingest.library import Library
from ingest.records import HeldDocument
from ingest.shelf import Shelf

VECTOR_STORE = "vectors.db"

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents to do, and the name of the one just done."""


@dataclass(frozen=True)
class Built:
    """What a build did: the generation that is live now, and the documents that came and went."""

    generation: str
    added: int
    removed: int


@dataclass(frozen=True)
class _Live:
    """The live generation; no manifest where the next is to be built from nothing."""

    name: str = ""
    manifest: Manifest | None = None
    encoder_id: str = ""


def build_index(
    library: Library,
    progress: Progress,
    fresh: bool = False,
    encoding: Encoding | None = None,
) -> Built:
    """Bring the index up to date with the library; ``fresh`` builds it from nothing.

    New documents are added to the live generation's files, and those that changed or went are
    deleted in them: scores are made of what is live alone, so that the same library gives the same
    ones whichever way it came about.

    With ``encoding`` the passages get vectors. Where the live generation has none, or others, that
    is one more generation, since it can take long: meanwhile the first is searched by its words.
    """
    index_folder(library.data).mkdir(parents=True, exist_ok=True)
    with FileLock(index_folder(library.data) / "build.lock"):
        shelf = library.shelf()
        live = _read_live(library.data)
        if fresh:
            live = _Live(live.name)
        along = encoding if encoding and encoding.encoder.id == live.encoder_id else None
        built = _take_in_changes(library, shelf, live, progress, along)
        if encoding and not along:
            live = _read_live(library.data)
            folder = _begin_generation(library.data, live)
            _finish_generation(library.data, folder, live, shelf, (), encoding)
            built = replace(built, generation=folder.name)
        return built


def _read_live(data: Path) -> _Live:
    try:
        live = live_generation(data)
        folder = index_folder(data) / live
        if read_version(folder) == SCHEMA_VERSION:
            return _Live(live, read_manifest(folder), read_encoder_id(folder))
        return _Live(live)
    except (NoIndex, FileNotFoundError, ValueError):
        return _Live()


def _take_in_changes(
    library: Library, shelf: Shelf, live: _Live, progress: Progress, encoding: Encoding | None
) -> Built:
    """Make a generation that holds what the library does, unless the live one does."""
    known = live.manifest.documents.stamps() if live.manifest else {}
    stamps = shelf.stamps()
    added = [shelf[each] for each, stamp in stamps.items() if known.get(each) != stamp]
    removed = {each for each, stamp in known.items() if stamps.get(each) != stamp}
    if live.manifest and not added and not removed:
        return Built(live.name, 0, 0)
    folder = _begin_generation(library.data, live)
    contents = _contents(library, added, progress)
    write_generation(folder, Changes(contents, removed, not live.manifest))
    _finish_generation(library.data, folder, live, shelf, added, encoding)
    return Built(folder.name, len(added), len(removed))


def _begin_generation(data: Path, live: _Live) -> Path:
    """Make the folder of the next generation, with the files of the live one if it is built on."""
    folder = next_generation(data, live.name)
    if live.manifest:
        link_files(index_folder(data) / live.name, folder)
    return folder


def _finish_generation(
    data: Path,
    folder: Path,
    live: _Live,
    shelf: Shelf,
    added: Sequence[HeldDocument],
    encoding: Encoding | None,
) -> None:
    """Give a generation its vectors, or none, and its manifest, and make it live."""
    if encoding:
        add_vectors(folder, shelf, encoding, encoding.store or data / VECTOR_STORE)
    else:
        remove_vectors(folder)
    encoder_id = encoding.encoder.id if encoding else ""
    write_manifest(folder, shelf.stamps(), added, live.manifest, encoder_id)
    make_live(data, folder)


def _contents(
    library: Library, documents: list[HeldDocument], progress: Progress
) -> Iterator[Content]:
    for done, held in enumerate(documents, 1):
        yield Content(held, library.passages(held))
        progress(done, len(documents), held.file)
