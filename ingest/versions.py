"""The versions that the library keeps beside those that stand; their pages and passages are kept
like any."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_

from ingest import library_schema as schema
from ingest.errors import NotHeld
from ingest.library import Library
from ingest.records import HeldDocument
from ingest.shelf import Shelf, every_version


def list_versions(library: Library, document_id: str) -> tuple[HeldDocument, ...]:
    """Give all versions of a document, the oldest first; none is linked to other documents."""
    return _read(library, every_version().where(schema.versions.c.document_id == document_id))


def find_version(library: Library, document_id: str, number: int) -> HeldDocument:
    """Give a version of a document, linked to no other; ``number`` counts from 1.

    Raises:
        NotHeld: there is none.
    """
    version = schema.versions.c
    asked = every_version().where(version.document_id == document_id, version.number == number)
    for held in _read(library, asked):
        return held
    raise NotHeld(f"There is no version {number} of a document {document_id}.")


def list_set_aside(library: Library) -> tuple[HeldDocument, ...]:
    """Give the versions that do not stand and those of withdrawn documents, by id and number."""
    documents = schema.documents.c
    aside = or_(documents.version != schema.versions.c.number, documents.withdrawn != "")
    return _read(library, every_version().where(aside))


def _read(library: Library, asked: Select[Any]) -> tuple[HeldDocument, ...]:
    with library.begin() as connection:
        rows = connection.execute(asked).all()
    return tuple(Shelf([row])[row.document_id] for row in rows)
