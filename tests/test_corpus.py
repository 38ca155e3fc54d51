"""The sample documents are what their sources make, say what they are, and copy nobody."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import pypdfium2
import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "derbyshire"
COLUMNS = ("file,title,organisation,kind,published,period,status,supersedes,audience,"
           "source address").split(",")
KINDS = {"five-year plan", "refresh", "operational plan", "strategy", "digital plan",
         "estates plan", "board update"}
REPORTLAB = "5.1"
RUN_WORDS = 8
DOCUMENTS = sorted(path for path in CORPUS.iterdir()
                   if path.suffix in {".pdf", ".html", ".docx", ".txt"})


def read_words(path: Path) -> list[str]:
    """Give the words of a document in small letters, without marks."""
    return re.findall(r"[\w£%&]+", read_text(path).lower().replace("’", "'"))


def read_text(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(read_pages(path)).replace("\ufffe\r\n", "").replace("\xad", "")
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows
                 for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    text = path.read_text(encoding="utf-8")
    return unescape(re.sub(r"<[^>]+>", " ", text)) if path.suffix == ".html" else text


def read_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def read_catalogue() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((CORPUS / "catalogue.csv").read_text("utf-8"))))


def word_runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start:start + RUN_WORDS])
            for start in range(len(words) - RUN_WORDS + 1))


def test_a_build_makes_the_documents_that_are_in_the_folder(tmp_path: Path) -> None:
    reportlab = pytest.importorskip("reportlab")
    if not reportlab.__version__.startswith(REPORTLAB):
        pytest.skip(f"the PDFs were made with reportlab {REPORTLAB}; others write other bytes")
    from corpus.build import build_corpus
    built = {path.name: path.read_bytes() for path in build_corpus(tmp_path)}
    assert built.keys() == {path.name for path in DOCUMENTS}
    different = [path.name for path in DOCUMENTS if built[path.name] != path.read_bytes()]
    assert different == []


def test_parts_of_word_files_bear_one_fixed_date() -> None:
    for path in CORPUS.glob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            assert {part.date_time[:3] for part in parts.infolist()} == {(2020, 1, 1)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_says_at_its_top_that_it_is_a_sample(path: Path) -> None:
    top = read_pages(path)[0] if path.suffix == ".pdf" else read_text(path)[:3000]
    assert "This is a sample document written for plansearch." in " ".join(top.split())
    assert "It is not a publication of" in " ".join(top.split())


def test_there_are_enough_documents_of_each_format() -> None:
    suffixes = [path.suffix for path in DOCUMENTS]
    assert len(suffixes) >= 18
    assert suffixes.count(".pdf") >= 11
    assert {".html", ".docx", ".txt"} < set(suffixes)


def test_all_documents_together_are_small() -> None:
    assert sum(path.stat().st_size for path in DOCUMENTS) < 2_000_000


def test_the_catalogue_has_its_columns_and_names_only_files_that_exist() -> None:
    rows = read_catalogue()
    names = {path.name for path in DOCUMENTS}
    assert list(rows[0]) == COLUMNS
    assert {row["file"] for row in rows} < names
    assert {row["supersedes"] for row in rows} - {""} < names


def test_the_catalogue_knows_every_kind_and_leaves_some_things_out() -> None:
    rows = read_catalogue()
    assert {row["kind"] for row in rows} - {""} == KINDS
    assert {row["audience"] for row in rows} == {"public"}
    assert len(DOCUMENTS) - len(rows) in (3, 4)
    assert sum("" in (row["title"], row["organisation"], row["kind"], row["published"])
               for row in rows) >= 4


def test_pages_are_labelled_rotated_and_scanned_as_real_ones_are() -> None:
    with pypdfium2.PdfDocument(CORPUS / "five-year-plan-2016-2021.pdf") as document:
        assert [document.get_page_label(page) for page in range(4)] == ["i", "ii", "iii", "1"]
    with pypdfium2.PdfDocument(CORPUS / "estates-plan-2018-2023.pdf") as document:
        assert 90 in [page.get_rotation() for page in document]
    assert read_pages(CORPUS / "board-update-2018-09.pdf")[-1].strip() == ""


def test_no_sentence_of_the_real_documents_is_in_the_corpus() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the real documents are not in {SHARED}")
    real = {run for path in SHARED.glob("*.txt") for run in word_runs(read_words(path))}
    copied = {path.name: sorted(real.intersection(word_runs(read_words(path))))
              for path in DOCUMENTS}
    assert {name: runs for name, runs in copied.items() if runs} == {}
