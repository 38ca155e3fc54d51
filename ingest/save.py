"""One document, one transaction: what was read of a file goes into the library whole or not."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from ingest import library_schema as schema
from ingest.errors import UnreadableFile
from ingest.library import Library, now
from ingest.records import Description, Document, HeldDocument
from ingest.sources import Source

_CHANGED = "The file was changed or removed while it was read; run the ingest again."


def save_document(library: Library, source: Source, document: Document) -> None:
    """Keep a document as the version that stands; the same content again replaces itself.

    Raises:
        UnreadableFile: the file was changed or removed since its content was told.
    """
    _keep_original(library.originals, source)
    with library.begin() as connection:
        document_id = _document_id(connection, source)
        number = _version_for(connection, document_id, source.sha256)
        _remove_version(connection, document_id, number)
        _insert_version(connection, document_id, number, source, document)
        connection.execute(
            update(schema.documents)
            .where(schema.documents.c.id == document_id)
            .values(version=number)
        )
        _set_state(connection, source, "read", "")


def remove_parts(originals: Path) -> None:
    """Remove the copies that a killed ingest left half done; only the writer may."""
    for part in originals.glob("*.part"):
        part.unlink()


def save_failure(library: Library, source: Source, reason: str) -> None:
    """Keep the reason why a file could not be read; an older version of it goes on standing."""
    with library.begin() as connection:
        _set_state(connection, source, "failed", reason)


def save_description(
    library: Library, held: HeldDocument, source: Source, description: Description
) -> None:
    """Describe anew a document that was read before; ``source`` is the file that it is now."""
    packed = schema.description_to_json(description)
    version = schema.versions.c
    with library.begin() as connection:
        connection.execute(
            update(schema.versions)
            .where(version.document_id == held.id, version.number == held.version)
            .values(description=packed, file=source.path.name)
        )
        _set_state(connection, source, "read", "")


def find_document_id(library: Library, source: Source) -> str:
    """Give the id that the register gave to a file."""
    with library.begin() as connection:
        return _document_id(connection, source)


def _document_id(connection: Connection, source: Source) -> str:
    query = select(schema.files.c.document_id).where(schema.files.c.path == str(source.path))
    document_id: str = connection.scalars(query).one()
    return document_id


def _version_for(connection: Connection, document_id: str, sha256: str) -> int:
    version = schema.versions.c
    query = select(version.number, version.sha256).where(version.document_id == document_id)
    rows = connection.execute(query).all()
    same = [row.number for row in rows if row.sha256 == sha256]
    return same[0] if same else max((row.number for row in rows), default=0) + 1


def _remove_version(connection: Connection, document_id: str, number: int) -> None:
    for table in (schema.pages, schema.blocks, schema.passages, schema.acronyms):
        connection.execute(
            delete(table).where(table.c.document_id == document_id, table.c.version == number)
        )
    version = schema.versions.c
    connection.execute(
        delete(schema.versions).where(
            version.document_id == document_id, version.number == number
        )
    )


def _insert_version(
    connection: Connection, document_id: str, number: int, source: Source, document: Document
) -> None:
    reading = document.reading
    connection.execute(
        insert(schema.versions).values(
            document_id=document_id, number=number, file=source.path.name, sha256=source.sha256,
            media_type=reading.media_type, paged=reading.paged, hints=reading.hints,
            description=schema.description_to_json(document.description), read_at=now(),
            quality=schema.quality_to_json(reading.pages),
        )
    )  # fmt: skip
    rows = {
        schema.pages: [schema.page_row(page) for page in reading.pages],
        schema.blocks: [schema.block_row(n, block) for n, block in enumerate(reading.blocks, 1)],
        schema.passages: [schema.passage_row(passage) for passage in document.passages],
        schema.acronyms: [
            schema.acronym_row(n, acronym) for n, acronym in enumerate(document.acronyms, 1)
        ],
    }
    key = {"document_id": document_id, "version": number}
    for table, parts in rows.items():
        if parts:
            connection.execute(insert(table), [key | part for part in parts])


def _set_state(connection: Connection, source: Source, state: str, reason: str) -> None:
    connection.execute(
        update(schema.files)
        .where(schema.files.c.path == str(source.path))
        .values(state=state, reason=reason)
    )


def _keep_original(originals: Path, source: Source) -> None:
    """Copy the file aside and move it into place, so that a kept original is whole and true."""
    kept = originals / source.sha256
    if kept.exists():
        return
    originals.mkdir(parents=True, exist_ok=True)
    aside = kept.with_suffix(f".{os.getpid()}.part")
    try:
        shutil.copyfile(source.path, aside)
        with aside.open("rb") as copy:
            if hashlib.file_digest(copy, "sha256").hexdigest() != source.sha256:
                raise UnreadableFile(_CHANGED)
        os.replace(aside, kept)
    except FileNotFoundError as error:
        raise UnreadableFile(_CHANGED) from error
    finally:
        aside.unlink(missing_ok=True)
