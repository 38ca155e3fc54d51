"""The library as its readers see it: whole documents, and how they supersede one another."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import library_schema as schema
from ingest.errors import NotHeld, OtherLibrary
from ingest.library import Library
from ingest.records import Document, Doubt, DoubtfulPages, Fact, HeldDocument, Page, Reading, Word
from ingest.register import register
from ingest.save import save_description, save_document, save_failure
from ingest.sources import Source
from tests.factories import make_document, make_words

FOLDER = Path("/corpus")
Made = tuple[Source, Document]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path)
    made.originals.mkdir()
    yield made
    made.close()


def fill(library: Library, *documents: Made) -> None:
    register(library, FOLDER, [source for source, _ in documents], retry=False)
    for source, document in documents:
        (library.originals / source.sha256).touch()
        save_document(library, source, document)


def infer_status(made: Made) -> Made:
    source, document = made
    description = replace(document.description, status=Fact("current", "inferred", "no draft"))
    return source, replace(document, description=description)


def links(library: Library) -> dict[str, tuple[str, str, str]]:
    return {
        held.id: (
            " ".join(held.older), " ".join(held.newer), held.description.status.value
        )
        for held in library.documents()
    }  # fmt: skip


def test_document_that_another_supersedes_says_so_with_evidence(library: Library) -> None:
    fill(
        library,
        infer_status(make_document("plan.txt", "Few.")),
        make_document("refresh.txt", "Many.", supersedes="plan.txt", title="The refresh"),
    )
    assert links(library) == {
        "plan": ("", "refresh", "superseded"), "refresh": ("plan", "", "current"),
    }  # fmt: skip
    status = library.document("plan").description.status
    assert status == Fact("superseded", "inferred", "The refresh supersedes it")


LINKS: dict[str, tuple[list[Made], dict[str, tuple[str, str, str]]]] = {
    "a catalogued status wins": (
        [make_document("a.txt", "Few."), make_document("b.txt", "Many.", supersedes="a.txt")],
        {"a": ("", "b", "current"), "b": ("a", "", "current")},
    ),
    "a chain": (
        [
            infer_status(make_document("a.txt", "Few.")),
            infer_status(make_document("b.txt", "Many.", supersedes="a.txt")),
            infer_status(make_document("c.txt", "None.", supersedes="b.txt")),
        ],
        {"a": ("", "b", "superseded"), "b": ("a", "c", "superseded"), "c": ("b", "", "current")},
    ),
    "two that supersede one": (
        [
            infer_status(make_document("a.txt", "Few.")),
            make_document("c.txt", "Many.", supersedes="a.txt"),
            make_document("b.txt", "None.", supersedes="a.txt"),
        ],
        {"a": ("", "b c", "superseded"), "b": ("a", "", "current"), "c": ("a", "", "current")},
    ),
    "a file that is not held": (
        [infer_status(make_document("a.txt", "Few.", supersedes="none.txt"))],
        {"a": ("", "", "current")},
    ),
    "itself": (
        [infer_status(make_document("a.txt", "Few.", supersedes="a.txt"))],
        {"a": ("", "", "current")},
    ),
}


@pytest.mark.parametrize("case", LINKS)
def test_supersession_with(case: str, library: Library) -> None:
    documents, expected = LINKS[case]
    fill(library, *documents)
    assert links(library) == expected


@pytest.mark.parametrize("stays", ["plan.txt", "refresh.txt"])
def test_withdrawn_document_neither_supersedes_nor_is_superseded(
    library: Library, stays: str
) -> None:
    plan = infer_status(make_document("plan.txt", "Few."))
    refresh = make_document("refresh.txt", "Many.", supersedes="plan.txt")
    fill(library, plan, refresh)
    register(library, FOLDER, [s for s, _ in (plan, refresh) if s.name == stays], retry=False)
    assert links(library) == {"plan": ("", "", "current"), "refresh": ("", "", "current")}


LONG = "beds and wards " * 200

STAMPED = {
    "nothing": (set[str](), [], {}),
    "its title": ({"plan"}, [], {"title": Fact("Another", "catalogued")}),
    "a letter in the midst of its title": (
        {"plan"}, [], {"title": Fact(f"{LONG[:999]}x{LONG[1000:]}", "catalogued")},
    ),
    "its audience": ({"plan"}, [], {"audience": Fact("staff", "catalogued")}),
    "its themes": ({"plan"}, [], {"themes": (Fact("care"),)}),
    "what supersedes it": (
        {"plan", "new"}, [make_document("new.txt", "Many.", supersedes="plan.txt")], {},
    ),
    "what it supersedes": ({"plan", "other"}, [], {"supersedes": Fact("other.txt")}),
    "what it supersedes, which is not held": ({"plan"}, [], {"supersedes": Fact("none.txt")}),
    "another document": ({"new"}, [make_document("new.txt", "Many.")], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", STAMPED)
def test_stamp_changes_with(case: str, library: Library) -> None:
    expected, new, facts = STAMPED[case]
    plan = make_document("plan.txt", "Few.", title=LONG)
    other = make_document("other.txt", "More.")
    fill(library, plan, other)
    held, before = library.document("plan"), library.shelf().stamps()
    assert before.keys() == {"plan", "other"}
    fill(library, *new)
    register(library, FOLDER, [source for source, _ in (plan, other, *new)], retry=False)
    save_description(library, held, plan[0], replace(held.description, **facts))
    after = library.shelf().stamps()
    assert {each for each in after if after[each] != before.get(each)} == expected


def test_withdrawn_documents_have_no_stamp_and_leave_those_linked_to_them(
    library: Library,
) -> None:
    plan = make_document("plan.txt", "Few.")
    fill(library, plan, make_document("new.txt", "Many.", supersedes="plan.txt"))
    before = library.shelf().stamps()
    register(library, FOLDER, [plan[0]], retry=False)
    shelf = library.shelf()
    assert shelf.stamps().keys() == {"plan"} and shelf.stamps()["plan"] != before["plan"]
    assert [held.id for held in library.withdrawn()] == ["new"]
    assert (len(shelf), "new" in shelf, "none" in shelf) == (2, True, False)


def test_what_is_not_held_is_said_in_a_sentence(library: Library) -> None:
    fill(library, make_document("plan.txt", "Few."))
    with pytest.raises(NotHeld, match="There is no document none"):
        library.document("none")
    for number in (0, 2):
        with pytest.raises(NotHeld, match=f"plan.txt has no page {number}; it has 1"):
            library.page(library.document("plan"), number)


def test_unread_and_outdated_files_are_told_apart(library: Library) -> None:
    old, _ = make_document("old.txt", "Few.")
    new, _ = make_document("new.txt", "Many.", audience="staff")
    fill(library, make_document("old.txt", "Older."))
    register(library, FOLDER, [old, new], retry=False)
    assert [(u.file, u.reason, u.audience) for u in (*library.unread(), *library.outdated())] == [
        ("new.txt", "It has not been read yet.", "staff"),
        ("old.txt", "It has not been read yet.", "public"),
    ]
    save_failure(library, old, "It is damaged.")
    assert [(u.file, u.reason) for u in library.outdated()] == [("old.txt", "It is damaged.")]
    register(library, FOLDER, [], retry=False)
    assert (library.unread(), library.outdated()) == ((), ())


def test_page_comes_back_with_its_boxes_label_and_note(library: Library) -> None:
    words = (*make_words("Few beds."), Word(9, 9, (1.25, 2.5, 3.75, 4.0)))
    doubts = (Doubt("garbled", "Letters are wrong."), Doubt("table", "Cells are uncertain."))
    page = Page(1, "Few beds.", "iv", 595.5, 842.25, words, "ocr", "It may hold mistakes.", doubts)
    assert schema.page_from_row(Row(schema.page_row(page))) == page
    source, document = make_document("plan.txt", "Few beds.")
    reading = replace(document.reading, pages=(page, Page(2, "", quality="unread")))
    fill(library, (source, replace(document, reading=reading)))
    (held,) = library.documents()
    assert library.labels(held) == {1: "iv"}
    assert (held.page_count, held.unread_pages, held.recognised_pages) == (2, (2,), (1,))
    assert held.doubts == (DoubtfulPages("garbled", (1,)), DoubtfulPages("table", (1,)))
    assert library.pages(held) == reading.pages


class Row:
    """A row as the database gives it: columns as attributes."""

    def __init__(self, columns: schema.Row) -> None:
        self.__dict__.update(columns)


def make_long(letter: str) -> Made:
    """Make a version of long.txt whose every page, block and passage is of one letter."""
    source, document = make_document("long.txt", letter)
    text = letter * 2000
    pages = tuple(Page(number, text) for number in range(1, 40))
    block = replace(document.reading.blocks[0], text=text)
    passage = replace(document.passages[0], text=text)
    passages = tuple(replace(passage, number=number) for number in range(1, 40))
    reading = Reading("text/plain", pages, (block,) * 39)
    title = Fact(letter, "catalogued")
    description = replace(document.description, title=title)
    return source, Document(reading, description, passages)


def seen(library: Library, held: HeldDocument) -> tuple[set[str], set[int]]:
    """Give the letters that a reader finds of a document, and how many parts there are."""
    parts = library.pages(held), library.blocks(held), library.passages(held)
    letters = {part.text[0] for kind in parts for part in kind}
    return letters | {held.description.title.value}, {len(kind) for kind in parts}


def test_reader_beside_an_ingest_sees_whole_documents_only(
    library: Library, tmp_path: Path
) -> None:
    versions = [make_long(letter) for letter in "ab"]
    fill(library, versions[0])
    reader = Library(tmp_path)
    done = threading.Event()
    views: list[tuple[str, tuple[set[str], set[int]]]] = []

    def read() -> None:
        while not done.is_set():
            (held,) = reader.documents()
            views.append((held.sha256, seen(reader, held)))

    thread = threading.Thread(target=read)
    thread.start()
    for turn in range(1, 13):
        fill(library, versions[turn % 2])
    done.set()
    thread.join()
    reader.close()
    letters = {source.sha256: letter for (source, _), letter in zip(versions, "ab")}
    assert views
    assert all(view == ({letters[sha256]}, {39}) for sha256, view in views)


def test_reader_keeps_the_version_that_it_began_with(library: Library) -> None:
    fill(library, make_long("a"))
    (held,) = library.documents()
    fill(library, make_long("b"))
    assert seen(library, held) == ({"a"}, {39})


def test_library_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def open_library() -> None:
        try:
            library = Library(tmp_path / "new")
            library.documents()
            library.close()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=open_library) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_library_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    Library(tmp_path).close()
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(OtherLibrary, match="another version of plansearch. Ingest the documents"):
        Library(tmp_path)
