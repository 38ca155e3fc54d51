"""What a run has to do: each file of a folder set against what the library knows of it.

The register is written in one transaction before anything is read, so that a document's id does
not depend on which worker finished first or on where an earlier run was killed.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ingest import library_schema as schema
from ingest.library import Library, now
from ingest.quality import WANTING
from ingest.sources import Source

READER_VERSION = 4
"""Raised when the readers change, so that documents are read again by the better ones."""

_OWNING = ("pending", "read", "undescribed", "failed")
"""The states of a file that stands for its document."""


@dataclass
class Plan:
    """What a run has to do, and what it need not do."""

    to_read: list[Source] = field(default_factory=list)
    to_describe: list[Source] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)
    duplicates: list[tuple[Source, str]] = field(default_factory=list)
    failed: list[tuple[Source, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


def register(library: Library, folder: Path, sources: Iterable[Source], retry: bool) -> Plan:
    """Register a folder's files and plan the run; ``retry`` reads again what was not read well."""
    with library.begin() as connection:
        known = {row.path: row for row in connection.execute(select(schema.files))}
        kept = (_keep_row(source, known.get(str(source.path))) for source in sources)
        sources = tuple(_share_rows(kept))
        gone = _find_gone(folder, sources, known)
        _mark_gone(connection, gone)
        again = _read_badly(connection) if retry else set()
        shelf = _Shelf(connection, known, gone)
        plan = Plan()
        owners = _owners(sources, known, gone)
        for source in sources:
            _place(shelf, plan, source, owners, again)
        plan.withdrawn = _withdraw(connection)
    return plan


class _Shelf:
    """The known files, and the names that documents already have.

    ``taken`` are the documents that a file stands for, of which no second one may stand for;
    ``left`` are the rows of the files that are gone, by content.
    """

    def __init__(self, connection: Connection, known: dict[str, Any], gone: set[str]) -> None:
        self.connection = connection
        self.known = {path: row for path, row in known.items() if path not in gone}
        self.ids = set(connection.scalars(select(schema.documents.c.id)))
        self.taken = {
            row.document_id for row in self.known.values() if row.state in _OWNING
        }
        absent = (row for path, row in known.items() if path in gone or row.state == "gone")
        self.left = {
            row.sha256: row
            for row in sorted(absent, key=lambda row: row.state in _OWNING)
            if row.sha256 and row.document_id
        }

    def find_id(self, source: Source) -> str:
        """Find the id of a file: the one it stands for, else that of the same content at its
        old place, else the one that it once had, else a new one."""
        row = self.known.get(str(source.path))
        if row and row.state in _OWNING:
            return str(row.document_id)
        for former in (self.left.get(source.sha256), row):
            if former and former.document_id and former.document_id not in self.taken:
                self.taken.add(former.document_id)
                return str(former.document_id)
        return self._make_id(source)

    def _make_id(self, source: Source) -> str:
        slug = make_slug(source.path.stem)
        names = (slug if number == 1 else f"{slug}-{number}" for number in range(1, 10**6))
        chosen = next(name for name in names if name not in self.ids)
        self.ids.add(chosen)
        self.taken.add(chosen)
        self.connection.execute(insert(schema.documents).values(id=chosen))
        return chosen

    def write(self, source: Source, state: str, document_id: str, reason: str = "") -> None:
        """Write a file's row."""
        row = {
            "name": source.name, "sha256": source.sha256, "state": state, "reason": reason,
            "document_id": document_id, "catalogue": dict(source.catalogue),
            "reader_version": READER_VERSION,
        }  # fmt: skip
        statement = upsert(schema.files).values(path=str(source.path), **row)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["path"], set_=row)
        )


def make_slug(text: str) -> str:
    """Make an id of a file's name: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "document"


def _keep_row(source: Source, row: Any | None) -> Source:
    """Keep what the catalogue said of a file where it cannot be used now.

    Of a new file nobody knows then for whom it is, so it is for staff until somebody says.
    """
    if source.catalogue or not source.doubtful:
        return source
    said = row.catalogue if row else {"audience": "staff"}
    return replace(source, catalogue=tuple(sorted(said.items())))


def _share_rows(sources: Iterable[Source]) -> Iterator[Source]:
    """Let copies of one content share a row: each its own or, without one, that of another.

    What one of them says is for staff, is for staff in all.
    """
    copies: dict[str, list[Source]] = defaultdict(list)
    sources = tuple(sources)
    for source in sources:
        copies[source.sha256].append(source)
    for source in sources:
        same = copies[source.sha256] if source.sha256 else []
        rows = [dict(copy.catalogue) for copy in (source, *same)]
        row = next(filter(None, rows), {})
        closed = {"audience": other["audience"] for other in rows if _is_for_staff(other)}
        yield replace(source, catalogue=tuple(sorted((row | closed).items())))


def _is_for_staff(row: dict[str, str]) -> bool:
    return row.get("audience", "public") != "public"


def _find_gone(folder: Path, sources: tuple[Source, ...], known: dict[str, Any]) -> set[str]:
    """Find the paths that are gone: from this folder, or moved into it from another."""
    present = {str(source.path) for source in sources}
    contents = {source.sha256 for source in sources}
    inside = os.path.join(folder, "")
    return {
        path
        for path, row in known.items()
        if path not in present
        if path.startswith(inside)
        or (row.sha256 in contents and not Path(path).exists())
    }


def _mark_gone(connection: Connection, gone: set[str]) -> None:
    for path in gone:
        connection.execute(
            update(schema.files).where(schema.files.c.path == path).values(state="gone")
        )


def _read_badly(connection: Connection) -> set[str]:
    """Give the ids of the documents that could not be read, or of which a page could not, or in
    which words may be missing or wrong."""
    failed = select(schema.files.c.document_id).where(schema.files.c.state == "failed")
    version = schema.versions.c
    rows = connection.execute(select(version.document_id, version.quality))
    badly = {
        document_id
        for document_id, quality in rows
        if quality["unread_pages"] or any(each["kind"] in WANTING for each in quality["doubts"])
    }
    return set(connection.scalars(failed)) | badly


def _owners(
    sources: tuple[Source, ...], known: dict[str, Any], gone: set[str]
) -> dict[str, str]:
    """Say which path stands for each content; other files with it are duplicates."""
    content = {str(source.path): source.sha256 for source in sources}
    owners = {
        row.sha256: path
        for path, row in known.items()
        if path not in gone and row.state in _OWNING
        if content.get(path, row.sha256) == row.sha256
    }
    for source in sources:
        owners.setdefault(source.sha256, str(source.path))
    return owners


def _place(
    shelf: _Shelf, plan: Plan, source: Source, owners: dict[str, str], again: set[str]
) -> None:
    path = str(source.path)
    row = shelf.known.get(path)
    if source.problem:
        shelf.write(source, "failed", shelf.find_id(source), source.problem)
        plan.failed.append((source, source.problem))
    elif owners[source.sha256] != path:
        original = Path(owners[source.sha256]).name
        document_id = row.document_id if row else ""
        shelf.write(source, "duplicate", document_id, f"The same file as {original}.")
        plan.duplicates.append((source, original))
    elif row is None or row.state not in _OWNING:
        _place_new(shelf, plan, source)
    elif row.sha256 != source.sha256 or row.reader_version != READER_VERSION:
        shelf.write(source, "pending", row.document_id)
        plan.to_read.append(source)
    else:
        _place_unchanged(shelf, plan, source, row, again)


def _place_new(shelf: _Shelf, plan: Plan, source: Source) -> None:
    former = shelf.left.get(source.sha256)
    document_id = shelf.find_id(source)
    held = (former is None or former.reader_version == READER_VERSION) and _is_held(
        shelf.connection, document_id, source.sha256
    )
    shelf.write(source, "undescribed" if held else "pending", document_id)
    (plan.to_describe if held else plan.to_read).append(source)


def _is_held(connection: Connection, document_id: str, sha256: str) -> bool:
    query = (
        select(schema.versions.c.sha256)
        .join(schema.documents, schema.documents.c.id == schema.versions.c.document_id)
        .where(schema.documents.c.id == document_id)
        .where(schema.documents.c.version == schema.versions.c.number)
    )
    return connection.scalar(query) == sha256


def _place_unchanged(
    shelf: _Shelf, plan: Plan, source: Source, row: Any, again: set[str]
) -> None:
    if row.state == "pending" or row.document_id in again:
        shelf.write(source, "pending", row.document_id)
        plan.to_read.append(source)
    elif row.state == "failed":
        plan.failed.append((source, row.reason))
    elif row.state == "undescribed" or row.catalogue != dict(source.catalogue):
        shelf.write(source, "undescribed", row.document_id)
        plan.to_describe.append(source)
    else:
        plan.unchanged.append(source)


def _withdraw(connection: Connection) -> list[str]:
    """Mark the documents that no file stands for any longer; unmark those that came back."""
    living = set(
        connection.scalars(
            select(schema.files.c.document_id).where(schema.files.c.state.in_(_OWNING))
        )
    )
    rows = connection.execute(select(schema.documents)).all()
    newly = [row.id for row in rows if row.id not in living and not row.withdrawn]
    back = [row.id for row in rows if row.id in living and row.withdrawn]
    for ids, time in ((newly, now()), (back, "")):
        chosen = schema.documents.c.id.in_(ids)
        connection.execute(update(schema.documents).where(chosen).values(withdrawn=time))
    return newly
