"""Building the index: a new generation beside the live one, then the pointer moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from index.manifest import Manifest, read_manifest, read_version, write_manifest
from index.schema import SCHEMA_VERSION
from index.whoosh_engine import write_generation
from ingest.library import Library
from ingest.records import HeldDocument

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents to do, and the name of the one just done."""


@dataclass(frozen=True)
class Built:
    """What a build did: the generation that is live now, and the documents that came and went."""

    generation: str
    added: int
    removed: int


def build_index(library: Library, progress: Progress, fresh: bool = False) -> Built:
    """Bring the index up to date with the library; ``fresh`` builds it from nothing.

    New documents are added to the live generation's files, and those that changed or went are
    deleted in them: scores are made of what is live alone, so that the same library gives the same
    ones whichever way it came about.
    """
    index_folder(library.data).mkdir(parents=True, exist_ok=True)
    with FileLock(index_folder(library.data) / "build.lock"):
        live, before = _read_live(library.data)
        before = None if fresh else before
        known = before.documents.stamps() if before else {}
        shelf = library.shelf()
        stamps = shelf.stamps()
        added = [shelf[each] for each, stamp in stamps.items() if known.get(each) != stamp]
        removed = {each for each, stamp in known.items() if stamps.get(each) != stamp}
        if before and not added and not removed:
            return Built(live, 0, 0)
        folder = next_generation(library.data, live)
        if before:
            link_files(index_folder(library.data) / live, folder)
        contents = _contents(library, added, progress)
        write_generation(folder, Changes(contents, removed, not before))
        write_manifest(folder, stamps, added, before)
        make_live(library.data, folder)
        return Built(folder.name, len(added), len(removed))


def _read_live(data: Path) -> tuple[str, Manifest | None]:
    """Name the live generation and give its manifest; none where it is to be built afresh."""
    try:
        live = live_generation(data)
        folder = index_folder(data) / live
        if read_version(folder) == SCHEMA_VERSION:
            return live, read_manifest(folder)
        return live, None
    except (NoIndex, FileNotFoundError, ValueError):
        return "", None


def _contents(
    library: Library, documents: list[HeldDocument], progress: Progress
) -> Iterator[Content]:
    for done, held in enumerate(documents, 1):
        yield Content(held, library.passages(held))
        progress(done, len(documents), held.file)
