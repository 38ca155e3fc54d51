"""Coverage: what a reader searches and what could not be read, worked out once a change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.facets import is_for
from index.manifest import Documents
from index.query import Audience
from index.results import Coverage
from ingest.library import Library
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument

_Reader = tuple[str, Audience]
_State = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Searched:
    """What a generation alone says: how many documents a reader searches, and which are in doubt.
    """

    count: int
    partly: tuple[HeldDocument, ...]
    wanting: tuple[HeldDocument, ...]


class CoverageReader:
    """Reads the coverage of a library, and remembers it until the library or index changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._searched: dict[_Reader, _Searched] = {}
        self._coverage: dict[_Reader, tuple[_State, Coverage]] = {}

    def read(self, generation: str, documents: Documents, audience: Audience) -> Coverage:
        """Give the coverage of a generation, which holds these documents."""
        reader = generation, audience
        searched = self._searched.get(reader)
        if searched is None:
            searched = _look_through(documents, audience)
            others = {each: one for each, one in self._searched.items() if each[0] == generation}
            self._searched, self._coverage = others | {reader: searched}, {}
        state = _state_of(self._library.data / "library.db")
        known, coverage = self._coverage.get(reader, ((), None))
        if coverage is None or known != state:
            coverage = _cover(self._library, searched, audience)
            self._coverage[reader] = state, coverage
        return coverage


def _state_of(database: Path) -> _State:
    """Give the sizes and times of SQLite's files, of which a change alters at least one."""
    files = (database, database.with_name(database.name + "-wal"))
    known = (path.stat() for path in files if path.exists())
    return tuple((each.st_size, each.st_mtime_ns) for each in known)


def _look_through(documents: Documents, audience: Audience) -> _Searched:
    doubted = documents.in_doubt(audience)
    return _Searched(
        len(documents.versions(audience)),
        tuple(held for held in doubted if held.unread_pages),
        tuple(held for held in doubted if find_wanting_pages(held)),
    )


def _cover(library: Library, searched: _Searched, audience: Audience) -> Coverage:
    welcome = ("public", audience)
    return Coverage(
        searched=searched.count,
        unread=tuple(unread for unread in library.unread() if unread.audience in welcome),
        outdated=tuple(unread for unread in library.outdated() if unread.audience in welcome),
        partly=searched.partly,
        withdrawn=tuple(held for held in library.withdrawn() if is_for(held, audience)),
        wanting=searched.wanting,
    )
