"""The register over several runs: what is read again, which id a file has, what is withdrawn.

Only here and in the tests of the library the documents are read in this process, because worker
processes take a second to start; test_ingest_run.py has the real ones.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import register
from ingest.errors import UnreadableFile
from ingest.library import Library
from ingest.records import Document, Fact, HeldDocument
from ingest.run import Report, ingest_corpus
from ingest.sources import Source
from ingest.workers import Limits, read_document
from tests.factories import silent

Files = dict[str, str]
Step = tuple[Files, str, dict[str, str]]
"""A folder's files (name and text); the names read in this run; then what the library holds."""

WALKS: dict[str, list[Step]] = {
    "an unchanged folder is not read again": [
        ({"a.txt": "Few.", "b.txt": "Many."}, "a.txt b.txt", {"a": "a.txt 1", "b": "b.txt 1"}),
        ({"a.txt": "Few.", "b.txt": "Many."}, "", {"a": "a.txt 1", "b": "b.txt 1"}),
    ],
    "changed content makes another version": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"a.txt": "Many."}, "a.txt", {"a": "a.txt 2"}),
        ({"a.txt": "None."}, "a.txt", {"a": "a.txt 3"}),
    ],
    "content that comes back is the version that it was": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"a.txt": "Many."}, "a.txt", {"a": "a.txt 2"}),
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
    ],
    "a removed file is withdrawn and comes back unread": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({"a.txt": "Few."}, "", {"a": "a.txt 1"}),
    ],
    "a removed file comes back changed": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({"a.txt": "Many."}, "a.txt", {"a": "a.txt 2"}),
    ],
    "a renamed file keeps its id": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"b.txt": "Few."}, "", {"a": "b.txt 1"}),
        ({"b.txt": "Many."}, "b.txt", {"a": "b.txt 2"}),
    ],
    "a moved file keeps its id": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"old/2016/a.txt": "Few."}, "", {"a": "a.txt 1"}),
    ],
    "a file that was moved away in one run and back in another": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({"s/b.txt": "Few."}, "", {"a": "b.txt 1"}),
        ({"a.txt": "Few."}, "", {"a": "a.txt 1"}),
    ],
    "a new file at the place of a renamed one is another document": [
        ({"plan.txt": "Few."}, "plan.txt", {"plan": "plan.txt 1"}),
        ({"old.txt": "Few."}, "", {"plan": "old.txt 1"}),
        (
            {"old.txt": "Few.", "plan.txt": "Many."}, "plan.txt",
            {"plan": "old.txt 1", "plan-2": "plan.txt 1"},
        ),
    ],
    "a new file at the place of one renamed in the same run is its next version": [
        ({"plan.txt": "Few."}, "plan.txt", {"plan": "plan.txt 1"}),
        (
            {"old.txt": "Few.", "plan.txt": "Many."}, "old.txt plan.txt",
            {"plan": "plan.txt 2", "old": "old.txt 1"},
        ),
    ],
    "two files change places": [
        ({"a.txt": "Few.", "b.txt": "Many."}, "a.txt b.txt", {"a": "a.txt 1", "b": "b.txt 1"}),
        ({"a.txt": "Many.", "b.txt": "Few."}, "a.txt b.txt", {"a": "a.txt 2", "b": "b.txt 2"}),
    ],
    "a second copy takes over when the first is removed": [
        ({"a.txt": "Few.", "b.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"b.txt": "Few."}, "", {"a": "b.txt 1"}),
        ({"a.txt": "Few.", "b.txt": "Few."}, "", {"a": "b.txt 1"}),
    ],
    "a second copy becomes a document when the first changes": [
        ({"a.txt": "Few.", "b.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        (
            {"a.txt": "Many.", "b.txt": "Few."}, "a.txt b.txt",
            {"a": "a.txt 2", "b": "b.txt 1"},
        ),
    ],
    "two copies are removed and come back": [
        ({"a.txt": "Few.", "b.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({"a.txt": "Few.", "b.txt": "Few."}, "", {"a": "a.txt 1"}),
    ],
    "two copies are removed and come back elsewhere": [
        ({"a.txt": "Few.", "b.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({}, "", {"a": "a.txt 1 withdrawn"}),
        ({"c.txt": "Few."}, "", {"a": "c.txt 1"}),
    ],
    "a folder that holds two copies is renamed": [
        ({"x/a.txt": "Few.", "x/b.txt": "Few."}, "x/a.txt", {"a": "a.txt 1"}),
        ({"y/a.txt": "Few.", "y/b.txt": "Few."}, "", {"a": "a.txt 1"}),
    ],
    "copies are swapped about and each document has one file": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"b.txt": "Few."}, "", {"a": "b.txt 1"}),
        ({"b.txt": "Few.", "c.txt": "Few."}, "", {"a": "b.txt 1"}),
        (
            {"b.txt": "Many.", "c.txt": "Few."}, "b.txt c.txt",
            {"a": "b.txt 2", "c": "c.txt 1"},
        ),
    ],
    "a document that becomes a copy is withdrawn and comes back": [
        ({"a.txt": "Few.", "b.txt": "Many."}, "a.txt b.txt", {"a": "a.txt 1", "b": "b.txt 1"}),
        ({"a.txt": "Few.", "b.txt": "Few."}, "", {"a": "a.txt 1", "b": "b.txt 1 withdrawn"}),
        ({"a.txt": "Few.", "b.txt": "Many."}, "", {"a": "a.txt 1", "b": "b.txt 1"}),
    ],
    "an id that was given up is not given to another file": [
        ({"a.txt": "Few.", "b.txt": "Many."}, "a.txt b.txt", {"a": "a.txt 1", "b": "b.txt 1"}),
        ({"a.txt": "Few.", "b.txt": "Few."}, "", {"a": "a.txt 1", "b": "b.txt 1 withdrawn"}),
        ({"b.txt": "Few."}, "", {"a": "b.txt 1", "b": "b.txt 1 withdrawn"}),
        (
            {"b.txt": "Few.", "s/b.txt": "New."}, "s/b.txt",
            {"a": "b.txt 1", "b": "b.txt 1 withdrawn", "b-2": "b.txt 1"},
        ),
    ],
    "files of one name in two folders have an id each": [
        ({"y/a.txt": "Many."}, "y/a.txt", {"a": "a.txt 1"}),
        (
            {"x/a.txt": "Few.", "y/a.txt": "Many."}, "x/a.txt",
            {"a": "a.txt 1", "a-2": "a.txt 1"},
        ),
        ({"x/a.txt": "Few."}, "", {"a": "a.txt 1 withdrawn", "a-2": "a.txt 1"}),
    ],
    "a file that failed keeps its older version, and is read when mended": [
        ({"a.txt": "Few."}, "a.txt", {"a": "a.txt 1"}),
        ({"a.txt": ""}, "", {"a": "a.txt 1"}),
        ({"a.txt": "Many."}, "a.txt", {"a": "a.txt 2"}),
    ],
    "a file that failed is renamed": [
        ({"a.txt": ""}, "", {}),
        ({"b.txt": ""}, "", {}),
        ({"b.txt": "Few."}, "b.txt", {"a": "b.txt 1"}),
    ],
}  # fmt: skip


@dataclass
class Place:
    """A folder to ingest and its library."""

    folder: Path
    library: Library

    def write(self, files: Files) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def ingest(self, part: str = "", retry: bool = False) -> Report:
        return ingest_corpus(self.folder / part, self.library, Limits(), silent, retry)

    def run(self, files: Files) -> Report:
        self.write(files)
        return self.ingest()

    def holds(self) -> dict[str, str]:
        return {
            held.id: f"{held.file} {held.version}{' withdrawn' if held.withdrawn else ''}"
            for held in self.library.documents()
        }

    def texts(self) -> list[str]:
        standing = (held for held in self.library.documents() if not held.withdrawn)
        return sorted(self.library.page(held, 1).text for held in standing)

    def only(self) -> HeldDocument:
        (held,) = self.library.documents()
        return held


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr("ingest.run.read_documents", read_here)
    made = Place(tmp_path / "folder", Library(tmp_path / "data"))
    yield made
    made.library.close()


def read_here(
    sources: Iterable[Source], limits: Limits
) -> Iterator[tuple[Source, Document | str]]:
    for source in sources:
        try:
            yield source, read_document(source)
        except UnreadableFile as error:
            yield source, str(error)


@pytest.mark.parametrize("walk", WALKS)
def test_over_several_runs(place: Place, walk: str) -> None:
    for files, read, holds in WALKS[walk]:
        report = place.run(files)
        assert (" ".join(report.read), place.holds()) == (read, holds)
        assert "" in files.values() or place.texts() == sorted(set(files.values()))


def test_touched_file_is_unchanged(place: Place) -> None:
    place.run({"a.txt": "Few."})
    os.utime(place.folder / "a.txt", (0, 0))
    assert place.ingest() == Report(unchanged=("a.txt",))


def test_slug_can_be_made_of_any_name() -> None:
    slugs = map(register.make_slug, ("Five-Year Plan (2016).v2", "Plän", "計画", "--", "A&E"))
    assert list(slugs) == ["five-year-plan-2016-v2", "plan", "document", "document", "a-e"]


def test_second_copy_is_reported_with_the_first(place: Place) -> None:
    report = place.run({"a.txt": "Few.", "s/b.txt": "Few."})
    (copy,) = report.duplicates
    assert (copy.file, copy.reason) == ("s/b.txt", "The same file as a.txt.")
    assert place.ingest().duplicates == report.duplicates


def test_removed_file_is_reported_once(place: Place) -> None:
    place.run({"a.txt": "Few.", "b.txt": "Many."})
    assert place.run({"b.txt": "Many."}) == Report(unchanged=("b.txt",), withdrawn=("a",))
    assert place.ingest() == Report(unchanged=("b.txt",))


def test_ids_do_not_depend_on_the_order_of_reading(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ingest.run.read_documents", lambda s, limits: read_here(reversed(s), limits)
    )
    place.run({"x/plan.txt": "One.", "y/plan.txt": "Two.", "plan-2.txt": "Three."})
    texts = {held.id: place.library.page(held, 1).text for held in place.library.documents()}
    assert texts == {"plan-2": "Three.", "plan": "One.", "plan-3": "Two."}


@pytest.mark.parametrize("part", ["s", "s/t"])
def test_ingest_of_a_part_does_not_withdraw_the_rest(place: Place, part: str) -> None:
    place.run({"a.txt": "One.", "s/b.txt": "Two.", "s/t/c.txt": "Three."})
    before = place.holds()
    report = place.ingest(part)
    assert (report.read, report.described, report.withdrawn) == ((), (), ())
    assert place.holds() == before


def test_ingest_of_another_folder_does_not_withdraw_the_rest(
    place: Place, tmp_path: Path
) -> None:
    place.run({"a.txt": "One."})
    other = Place(tmp_path / "folder2", place.library)
    assert other.run({"a.txt": "Two."}).withdrawn == ()
    assert place.holds() == {"a": "a.txt 1", "a-2": "a.txt 1"}


def test_copy_in_another_folder_is_a_duplicate_until_the_first_is_gone(
    place: Place, tmp_path: Path
) -> None:
    place.run({"a.txt": "One."})
    other = Place(tmp_path / "other", place.library)
    assert other.run({"b.txt": "One."}).duplicates[0].reason == "The same file as a.txt."
    (place.folder / "a.txt").unlink()
    assert other.ingest().described == ("b.txt",)
    assert place.holds() == {"a": "b.txt 1"}


def test_renamed_folder_goes_on_where_it_was(place: Place, tmp_path: Path) -> None:
    place.run({"a.txt": "One.", "b.txt": "Two."})
    renamed = Place(place.folder.rename(tmp_path / "renamed"), place.library)
    assert renamed.ingest().described == ("a.txt", "b.txt")
    (renamed.folder / "a.txt").unlink()
    assert renamed.ingest().withdrawn == ("a",)
    assert place.holds() == {"a": "a.txt 1 withdrawn", "b": "b.txt 1"}


def test_better_reader_reads_again_and_replaces(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.run({"a.txt": "Few.", "b.txt": ""})
    monkeypatch.setattr(register, "READER_VERSION", register.READER_VERSION + 1)
    report = place.ingest()
    assert (report.read, [unread.file for unread in report.failed]) == (("a.txt",), ["b.txt"])
    assert place.holds() == {"a": "a.txt 1"}
    assert len(place.library.passages(place.only())) == 1
    assert place.ingest().read == ()


def test_better_reader_reads_a_file_again_that_moved_meanwhile(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.run({"a.txt": "Few."})
    monkeypatch.setattr(register, "READER_VERSION", register.READER_VERSION + 1)
    assert place.run({"b.txt": "Few."}).read == ("b.txt",)
    assert place.holds() == {"a": "b.txt 1"}


def test_changed_row_describes_without_reading(place: Place) -> None:
    place.run({"a.txt": "Few.", "b.txt": "Many.", "catalogue.csv": "file,title\na.txt,Old\n"})
    shutil.rmtree(place.library.originals)
    (place.folder / "catalogue.csv").write_text("file,title,kind\na.txt,New,minutes\n")
    assert place.ingest() == Report(described=("a.txt",), unchanged=("b.txt",))
    held = place.library.document("a")
    assert held.description.title == Fact("New", "catalogued")
    assert held.description.kind == Fact("minutes", "catalogued")
    assert not place.library.original(held).exists()
    assert place.ingest().unchanged == ("a.txt", "b.txt")


def test_removed_row_gives_way_to_what_the_document_says(place: Place) -> None:
    place.run({"a.txt": "# Beds\n\nFew.", "catalogue.csv": "file,title\na.txt,Old\n"})
    (place.folder / "catalogue.csv").unlink()
    assert place.ingest().described == ("a.txt",)
    assert place.only().description.title.origin == "inferred"


def test_renamed_file_is_described_by_the_row_of_its_new_name(place: Place) -> None:
    rows = "file,title\na.txt,Old\nb.txt,New\n"
    place.run({"a.txt": "Few.", "catalogue.csv": rows})
    assert place.run({"b.txt": "Few.", "catalogue.csv": rows}).described == ("b.txt",)
    assert place.only().description.title.value == "New"


CATALOGUED = {"s/a.txt": "Few.", "catalogue.csv": "file,audience\ns/a.txt,staff\n"}


@pytest.mark.parametrize("part", ["", "s"])
@pytest.mark.parametrize("text", ["Few.", "Many."], ids=["unchanged", "changed"])
def test_broken_catalogue_does_not_show_readers_what_is_for_staff(
    place: Place, part: str, text: str
) -> None:
    place.run(CATALOGUED)
    (place.folder / "s" / "a.txt").write_text(text)
    (place.folder / "catalogue.csv").write_bytes(b"file,audience\ns/a.txt,staff\ncaf\xe9,staff\n")
    assert "is not a CSV file in UTF-8" in place.ingest(part).problems[0]
    assert place.only().description.audience == Fact("staff", "catalogued")


@pytest.mark.parametrize("text", ["Few.", "Many."], ids=["unchanged", "changed"])
def test_ingest_of_a_part_keeps_what_the_catalogue_above_says(place: Place, text: str) -> None:
    place.run(CATALOGUED)
    (place.folder / "s" / "a.txt").write_text(text)
    place.ingest("s")
    assert place.only().description.audience == Fact("staff", "catalogued")


@pytest.mark.parametrize(
    "change", [{"a.txt": "Few."}, {"b.txt": "Few."}], ids=["a changed row", "a renamed file"]
)
def test_run_that_ends_before_it_describes_is_made_up_for(
    place: Place, monkeypatch: pytest.MonkeyPatch, change: Files
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    place.run({"a.txt": "Few."})
    place.write(change | {"catalogue.csv": f"file,title\n{next(iter(change))},New\n"})
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("ingest.run.save_description", interrupt)
        place.ingest()
    place.ingest()
    assert place.only().description.title.value == "New"
    assert place.holds() == {"a": f"{next(iter(change))} 1"}


def test_run_that_ends_before_it_reads_is_made_up_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    place.write({"x/a.txt": "One.", "y/a.txt": "Two."})
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("ingest.run.read_documents", interrupt)
        place.ingest()
    assert [unread.reason for unread in place.library.unread()] == ["It has not been read yet."] * 2
    assert place.ingest().read == ("x/a.txt", "y/a.txt")
    assert place.holds() == {"a": "a.txt 1", "a-2": "a.txt 1"}


@pytest.mark.parametrize("now", ["Other.", None], ids=["changed", "removed"])
def test_file_that_changes_while_it_is_read_fails_and_the_run_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch, now: str | None
) -> None:
    def change_first(
        sources: Iterable[Source], limits: Limits
    ) -> Iterator[tuple[Source, Document | str]]:
        for source, outcome in read_here(sources, limits):
            if source.name == "a.txt":
                source.path.unlink() if now is None else source.path.write_text(now)
            yield source, outcome

    with monkeypatch.context() as patch:
        patch.setattr("ingest.run.read_documents", change_first)
        report = place.run({"a.txt": "Few.", "b.txt": "Many."})
    (failed,) = report.failed
    assert (report.read, failed.file) == (("b.txt",), "a.txt")
    assert "changed or removed while it was read; run the ingest again" in failed.reason
    assert place.ingest().read == (("a.txt",) if now else ())


@pytest.mark.parametrize("name", ["a.txt", "b.txt"])
def test_file_that_cannot_be_opened_for_a_while_loses_nothing(place: Place, name: str) -> None:
    place.run({"a.txt": "Few.", "b.txt": "Few.", "c.txt": "Many."})
    sources = [
        Source(place.folder / each, each, "", problem="It is locked.")
        if each == name
        else Source(place.folder / each, each, "1" if each == "c.txt" else "2")
        for each in ("a.txt", "b.txt", "c.txt")
    ]
    plan = register.register(place.library, place.folder, sources, retry=False)
    assert [(source.name, reason) for source, reason in plan.failed] == [(name, "It is locked.")]
    place.ingest()
    assert place.texts() == ["Few.", "Many."]


def test_two_files_that_cannot_be_opened_are_two_documents(place: Place) -> None:
    def unopened(name: str) -> Source:
        return Source(place.folder / name, name, "", problem="It is locked.")

    register.register(place.library, place.folder, [unopened("a.txt")], retry=False)
    register.register(place.library, place.folder, [unopened("b.txt")], retry=False)
    assert place.run({"a.txt": "Few.", "b.txt": "Many."}).read == ("a.txt", "b.txt")
    assert place.holds() == {"a": "a.txt 1", "b": "b.txt 1"}
