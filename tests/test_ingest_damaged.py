"""Damaged and hostile files: each ends as a document or as a clear line, and none stops the run."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.damage import DAMAGES, damage_copies
from benchmarks.hostile import HOSTILE, TEXT, make_pdf
from ingest import pdf_mending
from ingest.library import Library
from ingest.readers import read_file
from ingest.run import Report, ingest_corpus
from ingest.workers import Limits
from tests.factories import silent

COPIES = 3 * len(DAMAGES)
READ = (
    "count-of-a-billion.pdf", "entities.html", "labels-of-a-billion.pdf", "length-too-long.pdf",
    "nested-whole.docx", "object-is-itself.pdf", "outline-in-itself.pdf", "page-of-words.pdf",
    "page-upside-down.pdf", "page-without-size.pdf", "pages-in-themselves.pdf",
    "root-is-a-number.pdf", "table-before-itself.pdf", "tags-in-themselves.pdf",
)  # fmt: skip
FAILED = {
    "bad.docx": "cannot be read as a Word document",
    "deep.eml": "nests its parts too deeply",
    "entities.docx": "cannot be read as a Word document",
    "head-alone.pdf": "The PDF is damaged",
    "nested.html": "nests its elements too deeply",
    "widths-of-a-billion.pdf": "took more than 400 MiB of memory",
    "zeros.txt": "is not text",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("folder")
    for name in (*READ, *FAILED):
        (folder / name).write_bytes(HOSTILE[name]())
    sound = {"plan.pdf": make_pdf(TEXT), "board.pdf": make_pdf(TEXT.replace(b"winter", b"summer"))}
    for name, content in islice(damage_copies(sound, seed=1), COPIES):
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    library = Library(tmp_path_factory.mktemp("data"))
    return ingest_corpus(folder, library, Limits(timeout_seconds=60, memory_mib=400), silent)


def test_every_file_is_accounted_for(folder: Path, report: Report) -> None:
    told = {unread.file for unread in (*report.failed, *report.duplicates)} | set(report.read)
    assert told == {path.name for path in folder.iterdir()}
    assert sum(name[0].isdigit() for name in told) == COPIES


def test_no_damage_is_taken_for_a_fault_of_ours(report: Report) -> None:
    assert not [unread for unread in report.failed if "a fault in plansearch" in unread.reason]


def test_hostile_files_with_text_are_read(report: Report) -> None:
    assert set(READ) <= set(report.read)


@pytest.mark.parametrize("name", FAILED)
def test_hostile_files_without_text_say_what_is_wrong(report: Report, name: str) -> None:
    (reason,) = [unread.reason for unread in report.failed if unread.file == name]
    assert FAILED[name] in reason


def test_damage_is_alike_for_the_same_seed_only() -> None:
    def copies(seed: int) -> list[tuple[str, bytes]]:
        return list(islice(damage_copies({"plan.pdf": make_pdf(TEXT)}, seed), COPIES))

    assert copies(1) == copies(1) != copies(2)
    assert {name.split("-")[1] for name, _ in copies(1)} == {each.__name__ for each in DAMAGES}


def test_pages_that_cannot_be_loaded_leave_the_others_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(make_pdf(pages=b"/Count 3 /Kids [3 0 R 9 0 R 6 0 R]", extra=(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",)))
    pages = read_file(path).pages
    assert [page.text for page in pages] == ["Beds are few this winter", "", pages[0].text]
    assert [page.quality == "unread" for page in pages] == [False, True, False]


def test_declared_pages_that_are_not_there_do_not_count() -> None:
    assert pdf_mending.count_pages(make_pdf(pages=b"/Count 99 /Kids [3 0 R]")) == 1
    assert pdf_mending.count_pages(b"no PDF") == 0
