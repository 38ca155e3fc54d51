"""The documents of a library at one moment, as rows: each becomes a record when it is asked for."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, String, func, select, type_coerce

from ingest import library_schema as schema
from ingest.records import HeldDocument
from ingest.supersession import link_supersession

_SUPERSEDES_NOTHING = '"supersedes": {"value": ""'
"""How the JSON of most descriptions says so; those that do not are looked at."""


class Shelf(Mapping[str, HeldDocument]):
    """Documents by id, in the order of their ids, withdrawn ones too."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = {row.document_id: row for row in rows}
        self._older, self._newer = _find_links(self._rows.values())

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


def _find_links(rows: Iterable[Any]) -> tuple[_Links, _Links]:
    """Give the ids of what each document supersedes, and of what supersedes it."""
    held = [row for row in rows if not row.withdrawn]
    by_file = {row.file: row.document_id for row in held}
    older, newer = defaultdict(list), defaultdict(list)
    for row in held:
        if _SUPERSEDES_NOTHING not in row.description:
            described = schema.description_from_json(json.loads(row.description))
            file = described.supersedes.value
            if file in by_file and file != row.file:
                older[row.document_id].append(by_file[file])
                newer[by_file[file]].append(row.document_id)
    return older, newer
