"""What a run has to do: each file of a folder set against what the library knows of it.

The register is written in one transaction before anything is read, so that a document's id does
not depend on which worker finished first or on where an earlier run was killed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ingest import library_schema as schema
from ingest.library import Library, now
from ingest.sources import Source

READER_VERSION = 1
"""Raised when the readers change, so that documents are read again by the better ones."""

_OWNING = ("pending", "read", "failed")


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
    sources = tuple(sources)
    with library.begin() as connection:
        known = {row.path: row for row in connection.execute(select(schema.files))}
        present = {str(source.path) for source in sources}
        gone = {
            path for path in known if Path(path).is_relative_to(folder) and path not in present
        }
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
    """The known files, and the names that documents already have."""

    def __init__(self, connection: Connection, known: dict[str, Any], gone: set[str]) -> None:
        self.connection = connection
        self.known = {path: row for path, row in known.items() if path not in gone}
        self.left = {
            row.sha256: row.document_id
            for path, row in known.items()
            if path in gone or row.state == "gone"
        }
        self.ids = {row.document_id for row in known.values()}

    def choose_id(self, source: Source) -> str:
        """Choose the id of a file at a new place: its old one where it moved, else a new one."""
        left: str | None = self.left.pop(source.sha256, None)
        if left is not None:
            return left
        slug = make_slug(source.path.stem)
        names = (slug if number == 1 else f"{slug}-{number}" for number in range(1, 10**6))
        chosen = next(name for name in names if name not in self.ids)
        self.ids.add(chosen)
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


def _mark_gone(connection: Connection, gone: set[str]) -> None:
    for path in gone:
        connection.execute(
            update(schema.files).where(schema.files.c.path == path).values(state="gone")
        )


def _read_badly(connection: Connection) -> set[str]:
    """Give the ids of the documents that could not be read, or of which a page could not."""
    failed = select(schema.files.c.document_id).where(schema.files.c.state == "failed")
    unread = select(schema.pages.c.document_id).where(schema.pages.c.quality == "unread")
    return set(connection.scalars(failed)) | set(connection.scalars(unread))


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
        document_id = row.document_id if row else shelf.choose_id(source)
        shelf.write(source, "failed", document_id, source.problem)
        plan.failed.append((source, source.problem))
    elif owners[source.sha256] != path:
        original = Path(owners[source.sha256]).name
        document_id = row.document_id if row else ""
        shelf.write(source, "duplicate", document_id, f"The same file as {original}.")
        plan.duplicates.append((source, original))
    elif row is None or row.state == "duplicate":
        _place_new(shelf, plan, source)
    elif row.sha256 != source.sha256 or row.reader_version != READER_VERSION:
        shelf.write(source, "pending", row.document_id)
        plan.to_read.append(source)
    else:
        _place_unchanged(shelf, plan, source, row, again)


def _place_new(shelf: _Shelf, plan: Plan, source: Source) -> None:
    document_id = shelf.choose_id(source)
    held = _is_held(shelf.connection, document_id, source.sha256)
    shelf.write(source, "read" if held else "pending", document_id)
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
    if row.state == "gone":
        _place_new(shelf, plan, source)
    elif row.state == "pending" or row.document_id in again:
        shelf.write(source, "pending", row.document_id)
        plan.to_read.append(source)
    elif row.state == "failed":
        plan.failed.append((source, row.reason))
    elif row.catalogue != dict(source.catalogue):
        shelf.write(source, "read", row.document_id)
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
