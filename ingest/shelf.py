"""The documents of a library at one moment, as rows: each becomes a record when it is asked for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, String, func, select, type_coerce

from ingest import library_schema as schema
from ingest.catalogue import SUPERSEDES_PATH
from ingest.records import HeldDocument
from ingest.supersession import link_supersession

_SUPERSEDES_NOTHING = '"supersedes": {"value": ""'
"""How the JSON of most descriptions says so; those that do not are looked at."""


class Shelf(Mapping[str, HeldDocument]):
    """Documents by id, in the order of their ids, withdrawn ones too.

    ``superseded`` gives by document the one that it supersedes, where a catalogue tells its place;
    the others are found by the names of their files.
    """

    def __init__(self, rows: Iterable[Any], superseded: Mapping[str, str] | None = None) -> None:
        self._rows = {row.document_id: row for row in rows}
        self._older, self._newer = _find_links(self._rows.values(), superseded or {})

    def __getitem__(self, document_id: str) -> HeldDocument:
        older, newer = self._older.get(document_id, ()), self._newer.get(document_id, ())
        return link_supersession(
            self._unpack(document_id), [*map(self._unpack, older)], [*map(self._unpack, newer)]
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._rows

    def stamps(self) -> dict[str, str]:
        """Give, of each document that is not withdrawn, what changes whenever its record does.

        It is a digest of the rows that the record is made of: its own, and those of the documents
        that it supersedes or that supersede it, on which its status and its links depend.
        """
        return {each: self._stamp(each) for each, row in self._rows.items() if not row.withdrawn}

    def _stamp(self, document_id: str) -> str:
        linked = *self._older.get(document_id, ()), *self._newer.get(document_id, ())
        # tuples, since the repr of SQLAlchemy's rows cuts long texts
        rows = [tuple(self._rows[each]) for each in (document_id, *linked)]
        return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()

    def _unpack(self, document_id: str) -> HeldDocument:
        row = self._rows[document_id]
        return HeldDocument(
            row.document_id, row.number, row.file, row.sha256, row.media_type, row.paged,
            row.read_at, row.withdrawn, schema.description_from_json(json.loads(row.description)),
            row.page_count, **schema.quality_from_json(json.loads(row.quality)),
        )  # fmt: skip


def standing() -> Select[Any]:
    """Ask for the rows of a shelf: the versions that stand."""
    return every_version().where(schema.documents.c.version == schema.versions.c.number)


def every_version() -> Select[Any]:
    """Ask for all versions of all documents as such rows, what is JSON as the text it is."""
    version, document, page = schema.versions.c, schema.documents.c, schema.pages.c
    pages = select(func.count()).where(
        page.document_id == version.document_id, page.version == version.number
    )
    return (
        select(
            version.document_id, version.number, version.file, version.sha256,
            version.media_type, version.paged, version.read_at, document.withdrawn,
            type_coerce(version.description, String).label("description"),
            type_coerce(version.quality, String).label("quality"),
            pages.scalar_subquery().label("page_count"),
        )
        .join(schema.documents, document.id == version.document_id)
        .order_by(version.document_id, version.number)
    )  # fmt: skip


_Links = Mapping[str, list[str]]


def find_superseded(connection: Connection) -> dict[str, str]:
    """Give by document the one that its catalogue says it supersedes, by the place of its file."""
    file = schema.files.c
    place = file.catalogue[SUPERSEDES_PATH].as_string()
    standing_files = file.state.not_in(("gone", "duplicate"))
    said = connection.execute(
        select(file.document_id, place).where(standing_files, place.is_not(None))
    ).all()
    if not said:
        return {}
    columns = select(file.path, file.sha256, file.document_id)
    owners = connection.execute(columns.where(standing_files)).all()
    copies = connection.execute(columns.where(file.state == "duplicate")).all()
    by_content = {row.sha256: row.document_id for row in owners if row.sha256}
    by_path = {row.path: by_content.get(row.sha256, "") for row in copies}
    by_path |= {row.path: row.document_id for row in owners}
    return {document_id: by_path[path] for document_id, path in said if by_path.get(path)}


def _find_links(rows: Iterable[Any], superseded: Mapping[str, str]) -> tuple[_Links, _Links]:
    """Give the ids of what each document supersedes, and of what supersedes it."""
    held = [row for row in rows if not row.withdrawn]
    ids = {row.document_id for row in held}
    files = Counter(row.file for row in held)
    by_file: dict[str, str] = {
        row.file: row.document_id for row in held if files[row.file] == 1
    }
    older, newer = defaultdict(list), defaultdict(list)
    for row in held:
        if _SUPERSEDES_NOTHING not in row.description:
            described = schema.description_from_json(json.loads(row.description))
            named = described.supersedes.value
            by_name = by_file.get(named, "") if named != row.file else ""
            found = superseded.get(row.document_id, by_name)
            if found in ids and found != row.document_id:
                older[row.document_id].append(found)
                newer[found].append(row.document_id)
    return older, newer
