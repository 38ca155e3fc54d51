"""Runs of the real ingest: broken files, kills at any moment, and two at once."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from ingest import library_schema as schema
from ingest.errors import LibraryBusy
from ingest.library import Library
from ingest.passages import NOT_SEARCHED
from ingest.records import Block, HeldDocument, Page, Passage, Span, Unread
from ingest.run import Report, ingest_corpus
from ingest.workers import Limits
from tests.factories import make_pdf, print_lines, silent

ROOT = Path(__file__).parents[1]
LIMITS = Limits(workers=2)
DOCUMENTS = 12
PATIENCE_SECONDS = 60
"""How long to wait for what must happen before the test is given up."""


def make_picture() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return picture.getvalue()


def make_locked_pdf() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    encrypt = pytest.importorskip("reportlab.lib.pdfencrypt")
    made = io.BytesIO()
    drawn = canvas.Canvas(made, encrypt=encrypt.StandardEncryption("secret", canPrint=0))
    drawn.drawString(72, 720, "Beds are few.")
    drawn.save()
    return made.getvalue()


def make_page(number: int) -> bytes:
    line = f"Document {number} says that the trust will open {number} beds in Derby."
    return print_lines(*[line] * 40)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero.pdf": (lambda: b"", "is empty. Replace it with the whole document."),
    "space.txt": (lambda: b" \n", "is empty. Replace it with the whole document."),
    "cut.pdf": (lambda: make_pdf(make_page(1))[:60], "damaged"),
    "junk.pdf": (lambda: b"%PDF-1.7\n" + b"junk" * 100, "damaged"),
    "picture.pdf": (make_picture, "is a picture. Save it as PDF"),
    "locked.pdf": (make_locked_pdf, "needs a password; save a copy without one"),
    "binary.txt": (lambda: bytes(range(256)) * 8, "is not text, whatever its name says."),
    "blank.pdf": (lambda: make_pdf(b""), "There is no text in this file."),
    "cut.docx": (lambda: b"PK\x03\x04cut", "is damaged or locked"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" * 200, "an old Word document; open it in Word"),
}


@pytest.fixture(scope="module")
def bad_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Library]]:
    folder = tmp_path_factory.mktemp("bad")
    for name, (make, _) in BROKEN.items():
        (folder / name).write_bytes(make())
    (folder / "good.txt").write_text("Beds are few.")
    (folder / "good.pdf").write_bytes(make_pdf(make_page(1), make_page(2)))
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "inner.txt").write_text("Beds are many.")
    library = Library(tmp_path_factory.mktemp("bad-data"))
    yield folder, library
    library.close()


@pytest.fixture(scope="module")
def bad_report(bad_place: tuple[Path, Library]) -> Report:
    folder, library = bad_place
    return ingest_corpus(folder, library, LIMITS, silent)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_reported_with_what_to_do(bad_report: Report, name: str) -> None:
    (reason,) = [unread.reason for unread in bad_report.failed if unread.file == name] or [""]
    assert BROKEN[name][1] in reason


def test_good_files_among_broken_ones_are_read(
    bad_place: tuple[Path, Library], bad_report: Report
) -> None:
    assert bad_report.read == ("folder.pdf/inner.txt", "good.pdf", "good.txt")
    assert {unread.file for unread in bad_report.failed} == set(BROKEN)
    assert {held.id: held.page_count for held in bad_place[1].documents()} == {
        "good": 2, "good-2": 1, "inner": 1,
    }  # fmt: skip


def test_unchanged_failures_are_reported_again_without_reading(
    bad_place: tuple[Path, Library], bad_report: Report
) -> None:
    read: list[str] = []
    report = ingest_corpus(*bad_place, LIMITS, lambda done, total, name: read.append(name))
    assert (read, report.read, report.failed) == ([], (), bad_report.failed)
    assert report.unchanged == bad_report.read


def test_library_names_the_files_that_failed(
    bad_place: tuple[Path, Library], bad_report: Report
) -> None:
    files = (bad_place[1].unread(), bad_report.failed)
    held, reported = ([(each.file, each.reason, each.audience) for each in some] for some in files)
    assert held == reported


def test_run_is_kept_with_its_report(bad_place: tuple[Path, Library], bad_report: Report) -> None:
    folder, library = bad_place
    with library.begin() as connection:
        first = connection.execute(select(schema.runs).order_by(schema.runs.c.id)).first()
    assert first is not None and first.folder == str(folder) and first.finished >= first.started
    assert [Unread(**unread) for unread in first.report["failed"]] == list(bad_report.failed)
    assert first.report["read"] == list(bad_report.read)


def test_retry_reads_the_failures_again_and_nothing_else(
    bad_place: tuple[Path, Library], bad_report: Report
) -> None:
    read: list[str] = []
    report = ingest_corpus(*bad_place, LIMITS, lambda done, total, name: read.append(name), True)
    assert (sorted(read), report.failed) == (sorted(BROKEN), bad_report.failed)
    assert report.unchanged == bad_report.read


def test_progress_counts_up_to_the_total(tmp_path: Path) -> None:
    calls: list[tuple[int, int, str]] = []
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(name * 3)
    library = Library(tmp_path / "data")

    def second_ingest(done: int, total: int, name: str) -> None:
        calls.append((done, total, name))
        with pytest.raises(LibraryBusy, match="wait for it to end and try again"):
            ingest_corpus(tmp_path / "in", Library(tmp_path / "data"), LIMITS, silent)

    ingest_corpus(tmp_path / "in", library, LIMITS, second_ingest)
    assert [(done, total) for done, total, _ in calls] == [(1, 2), (2, 2)]
    assert {name for _, _, name in calls} == {"a.txt", "b.txt"}
    library.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of documents, most of them with a namesake, that take a while to read."""
    folder = tmp_path_factory.mktemp("folder")
    (folder / "new").mkdir()
    (folder / "old").mkdir()
    for number in range(DOCUMENTS):
        place = folder / ("new" if number % 2 else "old")
        pages = [make_page(number)] * 4
        (place / f"plan-{(number + 1) // 2}.pdf").write_bytes(make_pdf(*pages))
    (folder / "copy.pdf").write_bytes((folder / "old" / "plan-1.pdf").read_bytes())
    rows = "file,title,supersedes\nnew/plan-6.pdf,Newest,plan-0.pdf\n"
    (folder / "catalogue.csv").write_text(rows)
    return folder


def read_tables(library: Library) -> dict[str, list[Any]]:
    """Give all that a library holds, by natural keys, without times and runs."""
    kept = sorted(path.name for path in library.originals.iterdir())
    tables: dict[str, list[Any]] = {"originals": kept}
    with library.begin() as connection:
        for table in (t for t in schema.metadata.sorted_tables if t.name != "runs"):
            columns = [column for column in table.columns if column.name != "read_at"]
            rows = connection.execute(select(*columns).order_by(*table.primary_key.columns))
            tables[table.name] = [tuple(row) for row in rows]
    return tables


@contextmanager
def running_ingest(folder: Path, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start plansearch ingest as a person would; it is killed at the end if it still runs."""
    start = "from search_app.cli import main; main()"
    command = [sys.executable, "-c", start, "ingest", str(folder), "--data", str(data)]
    options = ["--workers", "2", "--json"]
    with (
        open(os.devnull, "wb") as nowhere,
        subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=nowhere
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def count_saved(data: Path) -> int:
    """Give the number of documents in a library, -1 before they are registered."""
    if not (data / "library.db").exists():
        return -1
    with closing(sqlite3.connect(data / "library.db", timeout=PATIENCE_SECONDS)) as connection:
        try:
            registered = connection.execute("select count(*) from files").fetchone()[0]
            saved = connection.execute("select count(*) from versions").fetchone()[0]
        except sqlite3.OperationalError:
            return -1
    return saved if registered else -1


def wait_until(happens: Callable[[], object]) -> None:
    """Wait for what must happen; fail when it has not for a long time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def find_children(parent: int) -> set[int]:
    running = map(int, filter(str.isdigit, os.listdir("/proc")))
    return {pid for pid in running if read_parent(pid) == parent}


def read_parent(pid: int) -> int:
    """Give the parent of a process, 0 where it has ended."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(parent)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look in")
def test_ingest_killed_at_any_moment_resumes_to_the_same_library(
    folder: Path, tmp_path: Path
) -> None:
    unbroken, killed = Library(tmp_path / "unbroken"), Library(tmp_path / "killed")
    ingest_corpus(folder, unbroken, LIMITS, silent)
    workers: set[int] = set()
    for saved in (0, 1, 6):
        with running_ingest(folder, killed.data) as process:
            wait_until(lambda: count_saved(killed.data) >= saved and find_children(process.pid))
            workers |= find_children(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert saved <= count_saved(killed.data) < DOCUMENTS
    wait_until(lambda: not any(map(read_parent, workers)))
    (killed.originals / "0f.1.part").write_text("half")
    with running_ingest(folder, killed.data) as process:
        report = json.loads(process.communicate()[0])
    assert 1 <= len(report["read"]) <= DOCUMENTS - 6
    assert len(report["read"]) + len(report["unchanged"]) == DOCUMENTS
    assert read_tables(killed) == read_tables(unbroken)
    assert len(unbroken.documents()) == DOCUMENTS
    unbroken.close()
    killed.close()


@pytest.fixture(scope="module")
def long_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a document that takes longer to read than any test waits."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "long.pdf").write_bytes(make_pdf(*[make_page(1)] * 6000))
    (folder / "short.txt").write_text("Beds are few.")
    return folder


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look in")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_stopped_ingest_ends_with_its_workers_in_the_midst_of_a_document(
    long_folder: Path, tmp_path: Path, kind: signal.Signals
) -> None:
    with running_ingest(long_folder, tmp_path) as process:
        wait_until(lambda: count_saved(tmp_path) == 1)
        with pytest.raises(LibraryBusy, match="wait for it to end and try again"):
            ingest_corpus(long_folder, Library(tmp_path), LIMITS, silent)
        workers = find_children(process.pid)
        process.send_signal(kind)
        process.wait(PATIENCE_SECONDS)
        wait_until(lambda: not any(map(read_parent, workers)))
    assert workers and count_saved(tmp_path) == 1


def find_faults(
    pages: tuple[Page, ...], blocks: tuple[Block, ...], passages: tuple[Passage, ...]
) -> Iterator[str]:
    """Give what of a document's words, blocks and passages is not as the records promise."""
    texts = {page.number: page.text for page in pages}
    for page in pages:
        for word in page.words:
            left, top, right, bottom = word.box
            if not page.text[word.start:word.end].strip() or word.end > len(page.text):
                yield f"page {page.number} has no word at {word.start}"
            if not (-1 <= left <= right <= page.width + 1 and -1 <= top <= bottom):
                yield f"page {page.number} has a box {word.box}"
    for block in blocks:
        if block.text != " ".join(texts[s.page][s.start:s.end] for s in block.spans):
            yield f"block {block.text!r} is not the text under its spans"
    for passage in passages:
        offset = 0
        for span in passage.spans:
            text = texts[span.page][span.start:span.end]
            if passage.text[offset:offset + len(text)] != text:
                yield f"passage {passage.number} is not the text under its spans"
            offset += len(text) + 1
        if offset != len(passage.text) + 1:
            yield f"passage {passage.number} is longer than its spans"


def test_sample_documents_keep_what_the_records_promise(sample_data: Path) -> None:
    library = Library(sample_data)

    def parts(held: HeldDocument) -> tuple[Any, Any, Any]:
        return library.pages(held), library.blocks(held), library.passages(held)

    faults = {held.file: list(find_faults(*parts(held))) for held in library.documents()}

    def texts(held: HeldDocument, spans: Iterable[Span]) -> str:
        """Give the text under spans, each once: passages share the header rows of a table."""
        pages = {page.number: page.text for page in library.pages(held)}
        once = dict.fromkeys(spans)
        return "".join("".join(pages[s.page][s.start:s.end].split()) for s in once)

    searched = {
        held.file: texts(held, (span for part in library.passages(held) for span in part.spans))
        for held in library.documents()
    }
    expected = {
        held.file: texts(
            held, (s for b in library.blocks(held) if b.kind not in NOT_SEARCHED for s in b.spans)
        )
        for held in library.documents()
    }
    library.close()
    assert len(faults) >= 14 and not any(faults.values())
    assert searched == expected
