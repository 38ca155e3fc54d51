"""The library: every document that was read, in SQLite; the truth that the index derives from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, NullPool, Select, create_engine, event, inspect, select

from ingest import library_schema as schema
from ingest.dates import parse_date
from ingest.errors import NotHeld, OtherLibrary
from ingest.ledger import Entry, make_ledger
from ingest.records import Acronym, Block, HeldDocument, Page, Passage, Unread
from ingest.shelf import Shelf, find_superseded, standing


class Library:
    """A library in the folder ``data``, made on first use.

    Reading is safe beside an ingest: a reader sees whole documents only.

    Raises:
        OtherLibrary: it was made by another version of plansearch.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        # Opening SQLite takes a fraction of a millisecond: no connection is kept, none left open.
        self._engine = create_engine(
            f"sqlite:///{data / 'library.db'}", poolclass=NullPool, connect_args={"timeout": 60}
        )
        event.listen(self._engine, "connect", _set_pragmas)
        with FileLock(data / "open.lock"):  # else two that make it at once fail
            self._make_tables()

    def _make_tables(self) -> None:
        with self.begin() as connection:
            made = inspect(connection).has_table(schema.documents.name)
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if made and version != schema.LIBRARY_VERSION:
                raise OtherLibrary(
                    f"The library in {self.data} was made by another version of plansearch."
                    " Ingest the documents anew, into an empty folder (--data)."
                )
            if not made:  # the version first, so that no kill leaves tables without one
                connection.exec_driver_sql(f"PRAGMA user_version = {schema.LIBRARY_VERSION}")
            schema.metadata.create_all(connection)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction, committed at the end of the block."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    def shelf(self) -> Shelf:
        """Give the documents of which a version was read, by id, unpacked as they are needed."""
        with self.begin() as connection:
            return Shelf(connection.execute(standing()), find_superseded(connection))

    def withdrawn(self) -> tuple[HeldDocument, ...]:
        """Give the documents that are withdrawn, by id; none of them is linked to another."""
        only = standing().where(schema.documents.c.withdrawn != "")
        with self.begin() as connection:
            return tuple(Shelf(connection.execute(only)).values())

    def documents(self) -> tuple[HeldDocument, ...]:
        """Give the documents of which a version was read, withdrawn ones too, by id."""
        return tuple(self.shelf().values())

    def document(self, document_id: str) -> HeldDocument:
        """Give one document, the version that stands.

        Raises:
            NotHeld: there is none with this id.
        """
        try:
            return self.shelf()[document_id]
        except KeyError as error:
            raise NotHeld(f"There is no document {document_id}.") from error

    def pages(self, held: HeldDocument) -> tuple[Page, ...]:
        """Give all pages of a document, in order."""
        return tuple(map(schema.page_from_row, self._parts(schema.pages, held)))

    def page(self, held: HeldDocument, number: int) -> Page:
        """Give one page; ``number`` counts from 1.

        Raises:
            NotHeld: the document has no such page.
        """
        if not 1 <= number <= held.page_count:
            raise NotHeld(f"{held.file} has no page {number}; it has {held.page_count}.")
        query = _parts_of(schema.pages, held).where(schema.pages.c.number == number)
        with self.begin() as connection:
            return schema.page_from_row(connection.execute(query).one())

    def labels(self, held: HeldDocument) -> dict[int, str]:
        """Give the printed page numbers of a document by page, where there are any."""
        page = schema.pages.c
        query = select(page.number, page.label).where(
            page.document_id == held.id, page.version == held.version, page.label != ""
        )
        with self.begin() as connection:
            return {number: label for number, label in connection.execute(query)}

    def blocks(self, held: HeldDocument) -> tuple[Block, ...]:
        """Give all blocks of a document in reading order, furniture too."""
        return tuple(map(schema.block_from_row, self._parts(schema.blocks, held)))

    def hints(self, held: HeldDocument) -> tuple[tuple[str, str], ...]:
        """Give what the file of a document says of itself."""
        version = schema.versions.c
        query = select(version.hints).where(
            version.document_id == held.id, version.number == held.version
        )
        with self.begin() as connection:
            return tuple((name, value) for name, value in connection.scalars(query).one())

    def passages(self, held: HeldDocument) -> tuple[Passage, ...]:
        """Give all passages of a document, in order."""
        return tuple(map(schema.passage_from_row, self._parts(schema.passages, held)))

    def acronyms(self, held: HeldDocument) -> tuple[Acronym, ...]:
        """Give the acronyms that a document defines, in the order in which it does."""
        return tuple(map(schema.acronym_from_row, self._parts(schema.acronyms, held)))

    def ledger(self, versions: Mapping[str, int] | None = None) -> tuple[Entry, ...]:
        """Give what each short form stands for in these versions of documents, by id; in all that
        are not withdrawn where none are named.

        A reader is shown that of the documents he may know of alone.
        """
        if versions is None:
            versions = {held.id: held.version for held in self.documents() if not held.withdrawn}
        acronym = schema.acronyms.c
        query = select(
            acronym.document_id, acronym.version, acronym.short, acronym.long
        ).order_by(acronym.document_id, acronym.number)
        with self.begin() as connection:
            rows = connection.execute(query).all()
        return make_ledger(
            (document_id, short, long)
            for document_id, version, short, long in rows
            if versions.get(document_id) == version
        )

    def headings(self, versions: Mapping[str, int]) -> tuple[str, ...]:
        """Give the headings of these versions of documents, by id, each once, in the order of the
        alphabet."""
        block = schema.blocks.c
        query = (
            select(block.document_id, block.version, block.text)
            .where(block.kind == "heading")
            .distinct()
        )
        with self.begin() as connection:
            rows = connection.execute(query).all()
        found = {row.text for row in rows if versions.get(row.document_id) == row.version}
        return tuple(sorted(found))

    def unread(self) -> tuple[Unread, ...]:
        """Give the files of which nothing was read, with the reason, by name.

        A file whose older version was read is not among them: see ``outdated``.
        """
        return self._files_not_read(schema.documents.c.version == 0)

    def outdated(self) -> tuple[Unread, ...]:
        """Give the files whose newest content was not read, while an older version stands."""
        return self._files_not_read(schema.documents.c.version > 0)

    def last_run(self) -> Any | None:
        """Give the row of the table runs that was begun last, or None before the first."""
        query = select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
        with self.begin() as connection:
            return connection.execute(query).one_or_none()

    def original(self, held: HeldDocument) -> Path:
        """Give the place of the file as it was received."""
        return self.originals / held.sha256

    @property
    def originals(self) -> Path:
        """The folder that keeps the files as received, named by sha256."""
        return self.data / "originals"

    def _parts(self, table: Any, held: HeldDocument) -> Any:
        with self.begin() as connection:
            return connection.execute(_parts_of(table, held)).all()

    def _files_not_read(self, condition: Any) -> tuple[Unread, ...]:
        query = (
            select(
                schema.files.c.name,
                schema.files.c.reason,
                schema.files.c.catalogue,
                schema.files.c.document_id,
            )
            .join(schema.documents, schema.documents.c.id == schema.files.c.document_id)
            .where(schema.files.c.state.in_(("pending", "failed")), condition)
            .order_by(schema.files.c.name)
        )
        with self.begin() as connection:
            rows = connection.execute(query).all()
        return tuple(map(_make_unread, rows))


def now() -> str:
    """Give the time now, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _parts_of(table: Any, held: HeldDocument) -> Select[Any]:
    return (
        select(table)
        .where(table.c.document_id == held.id, table.c.version == held.version)
        .order_by(table.c.number)
    )


def _make_unread(row: Any) -> Unread:
    reason = row.reason or "It has not been read yet."
    said = row.catalogue
    return Unread(
        file=row.name,
        reason=reason,
        audience=said.get("audience", "public"),
        document=row.document_id,
        organisation=said.get("organisation", ""),
        published=parse_date(said.get("published", "")),
    )
