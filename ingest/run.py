"""A run of the ingest: a folder of files becomes documents in the library, and a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import insert, update

from ingest import library_schema as schema
from ingest.describe import describe
from ingest.errors import LibraryBusy, UnreadableFile
from ingest.library import Library, now
from ingest.records import Document, Reading, Unread
from ingest.register import Plan, register
from ingest.save import (
    find_document_id,
    remove_parts,
    save_description,
    save_document,
    save_failure,
)
from ingest.sources import Source, find_sources
from ingest.workers import Limits, read_documents

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents to do, and the name of the one just done."""


@dataclass(frozen=True)
class Report:
    """What a run did: names of files, and for those that failed the reason too.

    ``described`` were not read again but described anew, because their catalogue row changed or
    they were renamed. ``partly`` were read but for some of their pages. ``left_out`` are files
    that are no documents; ``problems`` are faults of the catalogue, as sentences.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    failed: tuple[Unread, ...] = ()
    partly: tuple[Unread, ...] = ()
    duplicates: tuple[Unread, ...] = ()
    withdrawn: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def ingest_corpus(
    folder: Path, library: Library, limits: Limits, progress: Progress, retry: bool = False
) -> Report:
    """Bring the library up to date with a folder; files that fail never stop the run.

    ``retry`` reads again the files that failed before, or of which a page could not be read.

    Raises:
        NoSuchFolder: the folder is not there.
        LibraryBusy: another ingest is writing to this library.
    """
    folder = folder.resolve()
    found = find_sources(folder)
    with _writing(library), _recorded(library, folder) as record:
        remove_parts(library.originals)
        plan = register(library, folder, found.sources, retry)
        for source in plan.to_describe:
            _describe_again(library, source)
        read, failed, partly = _read(library, plan, limits, progress)
        report = Report(
            read=tuple(read),
            unchanged=tuple(source.name for source in plan.unchanged),
            described=tuple(source.name for source in plan.to_describe),
            failed=tuple(sorted(failed, key=lambda unread: unread.file)),
            partly=tuple(sorted(partly, key=lambda unread: unread.file)),
            duplicates=tuple(
                Unread(source.name, f"The same file as {original}.")
                for source, original in plan.duplicates
            ),
            withdrawn=tuple(plan.withdrawn),
            left_out=found.left_out,
            problems=found.problems,
        )
        record(report)
    return report


def _read(
    library: Library, plan: Plan, limits: Limits, progress: Progress
) -> tuple[list[str], list[Unread], list[Unread]]:
    read, partly = [], []
    failed = [Unread(source.name, reason) for source, reason in plan.failed]
    total = len(plan.to_read)
    outcomes = read_documents(plan.to_read, limits)
    for done, (source, outcome) in enumerate(outcomes, 1):
        if reason := _keep(library, source, outcome):
            failed.append(Unread(source.name, reason))
        elif isinstance(outcome, Document):
            read.append(source.name)
            partly += _unread_pages(source, outcome)
        progress(done, total, source.name)
    return sorted(read), failed, partly


def _keep(library: Library, source: Source, outcome: Document | str) -> str:
    """Keep what became of a file; give the reason where it failed, else nothing."""
    try:
        if isinstance(outcome, Document):
            save_document(library, source, outcome)
            return ""
    except UnreadableFile as error:
        outcome = str(error)
    save_failure(library, source, outcome)
    return outcome


def _unread_pages(source: Source, document: Document) -> list[Unread]:
    pages = [page for page in document.reading.pages if page.quality == "unread"]
    if not pages:
        return []
    numbers = ", ".join(str(page.number) for page in pages)
    return [Unread(source.name, f"Not read: page {numbers}. {pages[0].note}")]


def _describe_again(library: Library, source: Source) -> None:
    held = library.document(find_document_id(library, source))
    hints = library.hints(held)
    reading = Reading(
        held.media_type, library.pages(held), library.blocks(held), held.paged, hints
    )
    description = describe(reading, source.path.name, dict(source.catalogue))
    save_description(library, held, source, description)


@contextmanager
def _writing(library: Library) -> Iterator[None]:
    """Hold the only right to write; the system takes it back when the process ends."""
    try:
        with FileLock(library.data / "ingest.lock", timeout=0):
            yield
    except Timeout as error:
        raise LibraryBusy(
            f"Another ingest is writing to {library.data}; wait for it to end and try again."
        ) from error


@contextmanager
def _recorded(library: Library, folder: Path) -> Iterator[Callable[[Report], None]]:
    """Keep a row of the run in the library: begun at once, finished with its report."""
    with library.begin() as connection:
        row = insert(schema.runs).values(folder=str(folder), started=now(), report={})
        run_id = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]

    def record(report: Report) -> None:
        with library.begin() as connection:
            connection.execute(
                update(schema.runs)
                .where(schema.runs.c.id == run_id)
                .values(finished=now(), report=asdict(report))
            )

    yield record
