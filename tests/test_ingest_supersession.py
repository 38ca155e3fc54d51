"""What a catalogue says that a document supersedes: found as a file is, or named as a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.register import register
from ingest.save import save_document
from ingest.sources import find_sources
from ingest.workers import read_document


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "data")
    made.originals.mkdir()
    yield made
    made.close()


def lay_out(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f"The plan of {file} is to open beds in every ward.")
    return folder


def ingest(library: Library, folder: Path) -> tuple[str, ...]:
    found = find_sources(folder)
    for source in register(library, folder, found.sources, retry=False).to_read:
        save_document(library, source, read_document(source))
    return found.problems


def older(library: Library) -> dict[str, tuple[str, ...]]:
    return {held.id: held.older for held in library.documents() if held.older}


FILES = ("a/old.txt", "a/new.txt", "b/old.txt", "b/only.txt", "top.txt", "b/map.png")
REFERENCES = {
    "its place from the catalogue": ("a/new.txt", "b/old.txt", ("old-2",)),
    "the place of a file beside it": ("a/new.txt", "a/old.txt", ("old",)),
    "the bare name of a file beside it": ("a/new.txt", "old.txt", ("old",)),
    "the bare name of a file beside the catalogue": ("a/new.txt", "top.txt", ("top",)),
    "the only file of a bare name": ("a/new.txt", "only.txt", ("only",)),
    "a place with dots": ("a/new.txt", "a/../b/./old.txt", ("old-2",)),
    "a file of the same name": ("b/old.txt", "a/old.txt", ("old",)),
}


@pytest.mark.parametrize("case", REFERENCES)
def test_document_is_linked_by(case: str, library: Library, tmp_path: Path) -> None:
    file, named, expected = REFERENCES[case]
    folder = lay_out(tmp_path / "in", *FILES)
    (folder / "catalogue.csv").write_text(f"file,supersedes\n{file},{named}\n")
    assert ingest(library, folder) == ()
    assert [*older(library).values()] == [expected]


DANGLING = {
    "a place where nothing is": ("b/none.txt", "not there"),
    "a bare name that several have": ("old.txt", "not there"),
    "a bare name that none has": ("none.txt", "not there"),
    "itself": ("top.txt", "the same file"),
    "a file of another kind": ("b/map.png", "no document"),
    "a name too long for a file": ("x" * 999, "not there"),
}


@pytest.mark.parametrize("case", DANGLING)
def test_problem_of_the_catalogue_is(case: str, library: Library, tmp_path: Path) -> None:
    named, fault = DANGLING[case]
    folder = lay_out(tmp_path / "in", *FILES)
    (folder / "catalogue.csv").write_text(f"file,supersedes\ntop.txt,{named}\n")
    problem = f"{folder}/catalogue.csv, top.txt: supersedes names {named}, which is {fault}."
    assert ingest(library, folder) == (problem,)
    assert not older(library)


def test_part_of_a_collection_supersedes_what_lies_beside_the_part(
    library: Library, tmp_path: Path
) -> None:
    folder = lay_out(tmp_path / "in", *FILES)
    (folder / "catalogue.csv").write_text("file,supersedes\na/new.txt,b/old.txt\n")
    assert ingest(library, folder / "b") == ingest(library, folder / "a") == ()
    assert older(library) == {"new": ("old",)}


def test_copy_that_is_superseded_stands_for_what_it_copies(
    library: Library, tmp_path: Path
) -> None:
    folder = lay_out(tmp_path / "in", "a/plan.txt", "new.txt")
    (folder / "b").mkdir()
    (folder / "b" / "copy.txt").write_bytes((folder / "a" / "plan.txt").read_bytes())
    (folder / "catalogue.csv").write_text("file,supersedes\nnew.txt,b/copy.txt\n")
    assert ingest(library, folder) == ()
    assert older(library) == {"new": ("plan",)}
