"""Worker processes: their limits of time and memory, and what becomes of faults in them."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.records import Document
from ingest.sources import Source
from ingest.workers import Limits, read_document, read_documents
from tests.factories import make_pdf, print_lines

LINE = "The trust will open one hundred and forty beds before the winter."
LIMITS = Limits(workers=2, memory_mib=700)
HASTE = Limits(workers=2, timeout_seconds=3)

REASONS = {
    "large.html": "Reading it took more than 700 MiB of memory and was stopped.",
    "gone.txt": "gone.txt cannot be opened (No such file or directory). Check the file and its"
    " permissions.",
    "empty.txt": "empty.txt is empty. Replace it with the whole document.",
    "deadly.txt": "The process that read it was stopped by the system (Aborted): the file is"
    " damaged, or reading it takes more than 700 MiB of memory. Open it in its own program and"
    " save it anew.",
    "ending.txt": "The process that read it ended by itself without a result: the file is"
    " damaged, or reading it takes more than 700 MiB of memory. Open it in its own program and"
    " save it anew.",
    "faulty.txt": "Reading it failed because of a fault in plansearch (RuntimeError('a fault'));"
    " please report it.",
}


class DeadlyPath(type(Path())):  # type: ignore[misc]
    """A file of which the reading process dies."""

    def open(self, *_: object, **__: object) -> None:
        """End the process, as a fault in a library of C would, and leave a program behind."""
        if self.parent.name == "worker":
            subprocess.Popen(["sleep", "777"])
            os.abort()


class EndingPath(type(Path())):  # type: ignore[misc]
    """A file that makes the reading process end."""

    def open(self, *_: object, **__: object) -> None:
        """End the process as if it had nothing to give."""
        if self.parent.name == "worker":
            os._exit(3)


class FaultyPath(type(Path())):  # type: ignore[misc]
    """A file that its reader has a fault with."""

    def open(self, *_: object, **__: object) -> None:
        """Raise what no reader foresees."""
        raise RuntimeError("a fault")


def make_source(path: Path) -> Source:
    return Source(path, path.name, path.name)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document | str]:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "large.html").write_bytes(b"<html><p>" + b"beds " * (40 * 2**20))
    (folder / "empty.txt").write_bytes(b"")
    for number in range(6):
        (folder / f"good-{number}.txt").write_text(f"Beds are few {number}.")
    paths: list[Path] = [*sorted(folder.iterdir()), folder / "gone.txt"]
    paths.append(FaultyPath(folder / "faulty.txt"))
    paths.insert(3, DeadlyPath(folder / "worker" / "deadly.txt"))
    paths.insert(5, EndingPath(folder / "worker" / "ending.txt"))
    read = read_documents([make_source(path) for path in paths], LIMITS)
    return {source.name: outcome for source, outcome in read}


@pytest.fixture(scope="module")
def hasty_outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document | str]:
    folder = tmp_path_factory.mktemp("hasty")
    (folder / "slow.pdf").write_bytes(make_pdf(*[print_lines(*[LINE] * 55)] * 1000))
    (folder / "good.txt").write_text("Beds are few.")
    read = read_documents([make_source(path) for path in folder.iterdir()], HASTE)
    return {source.name: outcome for source, outcome in read}


def test_document_that_takes_too_long_is_stopped_and_the_others_are_read(
    hasty_outcomes: dict[str, Document | str],
) -> None:
    reason = hasty_outcomes.pop("slow.pdf")
    assert reason == "Reading it took more than 3 seconds and was stopped."
    assert [isinstance(outcome, Document) for outcome in hasty_outcomes.values()] == [True]


@pytest.mark.parametrize("name", REASONS)
def test_document_that_cannot_be_read_ends_as_a_sentence(
    outcomes: dict[str, Document | str], name: str
) -> None:
    assert outcomes[name] == REASONS[name]


def test_program_that_a_worker_started_ends_with_it(outcomes: dict[str, Document | str]) -> None:
    assert outcomes
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended since
            assert path.read_bytes() != b"sleep\x00777\x00"


def test_all_others_are_read(outcomes: dict[str, Document | str]) -> None:
    read = {n: o.reading.pages[0].text for n, o in outcomes.items() if isinstance(o, Document)}
    assert read == {f"good-{number}.txt": f"Beds are few {number}." for number in range(6)}
    assert read.keys() | REASONS.keys() == outcomes.keys()


def test_nothing_to_read_starts_no_worker() -> None:
    assert list(read_documents([], LIMITS)) == []


def test_document_is_described_by_its_catalogue_row(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Beds are few.")
    source = Source(path, path.name, "", (("kind", "minutes"), ("title", "Beds")))
    description = read_document(source).description
    assert (description.title.value, description.kind.value) == ("Beds", "minutes")


def test_document_without_text_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(make_pdf(b"", b""))
    with pytest.raises(UnreadableFile, match="There is no text in this file"):
        read_document(make_source(path))
