"""Coverage: what a reader searches and what could not be read, worked out once a change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.facets import is_for
from index.query import Audience
from index.results import Coverage
from ingest.library import Library
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument

_Key = tuple[str, Audience, tuple[tuple[int, int], ...]]


class CoverageReader:
    """Reads the coverage of a library, and remembers it until the library or index changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[_Key, Coverage] = {}

    def read(
        self, generation: str, searched: Mapping[str, HeldDocument], audience: Audience
    ) -> Coverage:
        """Give the coverage of a generation, which holds the documents ``searched``."""
        key = generation, audience, _state_of(self._library.data / "library.db")
        coverage = self._read.get(key)
        if coverage is None:
            coverage = _cover(self._library, searched, audience)
            kept = {each: one for each, one in self._read.items() if each[::2] == key[::2]}
            self._read = kept | {key: coverage}
        return coverage


def _state_of(database: Path) -> tuple[tuple[int, int], ...]:
    """Give the sizes and times of SQLite's files, of which a change alters at least one."""
    files = (database, database.with_name(database.name + "-wal"))
    known = (path.stat() for path in files if path.exists())
    return tuple((each.st_size, each.st_mtime_ns) for each in known)


def _cover(
    library: Library, documents: Mapping[str, HeldDocument], audience: Audience
) -> Coverage:
    held = [document for document in library.documents() if is_for(document, audience)]
    searched = [document for document in documents.values() if is_for(document, audience)]
    welcome = ("public", audience)
    return Coverage(
        searched=len(searched),
        unread=tuple(unread for unread in library.unread() if unread.audience in welcome),
        outdated=tuple(unread for unread in library.outdated() if unread.audience in welcome),
        partly=tuple(document for document in searched if document.unread_pages),
        withdrawn=tuple(document for document in held if document.withdrawn),
        wanting=tuple(document for document in searched if find_wanting_pages(document)),
    )
