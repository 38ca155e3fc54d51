"""What is kept of a document: whole or not at all, with the file as it was received."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from ingest import library_schema as schema
from ingest.errors import UnreadableFile
from ingest.library import Library
from ingest.records import Acronym, Description, Document, Fact, Passage, Span
from ingest.register import register
from ingest.save import remove_parts, save_document, save_failure
from ingest.sources import Source
from tests.factories import make_document

TABLES = (schema.versions, schema.pages, schema.blocks, schema.passages)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "data")
    yield made
    made.close()


def write(folder: Path, text: str) -> tuple[Source, Document]:
    """Write plan.txt and make the document that is read of it."""
    path = folder / "plan.txt"
    path.write_text(text)
    _, document = make_document("plan.txt", text)
    return Source(path, path.name, hashlib.sha256(text.encode()).hexdigest()), document


def save(library: Library, source: Source, document: Document) -> None:
    register(library, source.path.parent, [source], retry=False)
    save_document(library, source, document)


def count_rows(library: Library) -> list[int]:
    with library.begin() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in TABLES
        ]


def test_new_version_stands_and_the_old_one_stays(library: Library, tmp_path: Path) -> None:
    save(library, *write(tmp_path, "# Beds\nFew."))
    (first,) = library.documents()
    save(library, *write(tmp_path, "# Beds\nMany."))
    (second,) = library.documents()
    assert (first.version, second.version) == (1, 2)
    assert [p.text for held in (first, second) for p in library.passages(held)] == [
        "Beds\nFew.", "Beds\nMany.",
    ]  # fmt: skip
    assert [library.page(held, 1).text for held in (first, second)] == ["Beds\nFew.", "Beds\nMany."]
    assert [library.original(held).read_text() for held in (first, second)] == [
        "# Beds\nFew.", "# Beds\nMany.",
    ]  # fmt: skip
    assert count_rows(library) == [2, 2, 4, 2]


def test_same_content_again_replaces_itself(library: Library, tmp_path: Path) -> None:
    source, document = write(tmp_path, "# Beds\nFew.\nFewer.")
    save(library, source, document)
    reading = replace(document.reading, blocks=document.reading.blocks[:1])
    save_document(library, source, replace(document, reading=reading, passages=()))
    (held,) = library.documents()
    assert (held.version, len(library.blocks(held)), library.passages(held)) == (1, 1, ())


def test_what_is_saved_comes_back_equal(library: Library, tmp_path: Path) -> None:
    source, document = write(tmp_path, "# Beds\n> Page 1\nFew – “£4.9m”.")
    save(library, source, document)
    (held,) = library.documents()
    assert library.pages(held) == document.reading.pages
    assert library.blocks(held) == document.reading.blocks
    assert library.passages(held) == document.passages
    assert library.hints(held) == document.reading.hints
    assert held.description == document.description
    assert (held.file, held.sha256, held.page_count) == ("plan.txt", source.sha256, 1)


def test_acronyms_are_kept_by_version_and_gathered_in_the_ledger(
    library: Library, tmp_path: Path
) -> None:
    for long in ("Integrated Care System", "Inner City Service"):
        source, document = write(tmp_path, f"{long} (ICS)")
        acronym = Acronym("ICS", long, f"{long} (ICS)", (Span(1, 0, len(long) + 6),))
        save(library, source, replace(document, acronyms=(acronym,)))
    (held,) = library.documents()
    assert library.acronyms(held) == (acronym,)
    assert library.acronyms(replace(held, version=1))[0].long == "Integrated Care System"
    (entry,) = library.ledger()
    assert (entry.short, entry.clashes) == ("ICS", False)
    assert [(each.long, each.documents) for each in entry.meanings] == [(acronym.long, ("plan",))]
    assert library.ledger({}) == ()


def test_themes_and_places_come_back_equal(library: Library, tmp_path: Path) -> None:
    source, document = write(tmp_path, "Few.")
    facts = Fact("finance", "inferred", "Money"), Fact("estates", "catalogued")
    description = replace(document.description, themes=facts, places=facts[:1])
    save(library, source, replace(document, description=description))
    assert library.documents()[0].description == description


def test_description_of_an_older_library_loads() -> None:
    packed = schema.description_to_json(Description(title=Fact("A plan", "inferred", "A plan")))
    del packed["themes"], packed["places"]
    description = schema.description_from_json(packed)
    assert (description.title.value, description.themes, description.places) == ("A plan", (), ())


@pytest.mark.parametrize("before", [True, False], ids=["a second version", "a first version"])
def test_document_that_cannot_be_saved_whole_is_not_saved_at_all(
    library: Library, tmp_path: Path, before: bool
) -> None:
    if before:
        save(library, *write(tmp_path, "# Beds\nFew."))
    rows, documents = count_rows(library), library.documents()
    source, document = write(tmp_path, "# Beds\nMany.")
    twice = (Passage(1, "Many.", (), (), ()),) * 2
    with pytest.raises(IntegrityError):
        save(library, source, replace(document, passages=twice))
    assert (count_rows(library), library.documents()) == (rows, documents)
    save_failure(library, source, "It is broken.")
    listed = library.outdated() if before else library.unread()
    assert [(unread.file, unread.reason) for unread in listed] == [("plan.txt", "It is broken.")]


@pytest.mark.parametrize("now", ["Other words.", None], ids=["changed", "removed"])
def test_file_that_changed_while_it_was_read_is_not_kept(
    library: Library, tmp_path: Path, now: str | None
) -> None:
    source, document = write(tmp_path, "Few.")
    register(library, tmp_path, [source], retry=False)
    source.path.unlink() if now is None else source.path.write_text(now)
    with pytest.raises(UnreadableFile, match="changed or removed while it was read; run the"):
        save_document(library, source, document)
    assert (library.documents(), list(library.originals.iterdir())) == ((), [])


def test_kept_originals_hold_what_their_names_say(library: Library, tmp_path: Path) -> None:
    for text in ("Few.", "Many.", "Few."):
        save(library, *write(tmp_path, text))
    kept = {path.name: hashlib.sha256(path.read_bytes()) for path in library.originals.iterdir()}
    assert len(kept) == 2
    assert all(name == content.hexdigest() for name, content in kept.items())


def test_half_copies_of_a_killed_ingest_are_removed(library: Library, tmp_path: Path) -> None:
    save(library, *write(tmp_path, "Few."))
    (library.originals / "0f.123.part").write_text("F")
    remove_parts(library.originals)
    assert [path.read_text() for path in library.originals.iterdir()] == ["Few."]
