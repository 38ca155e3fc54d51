"""Workbooks, references and evidence packs are read by others' programs without loss."""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path

import bibtexparser
import openpyxl
import pytest
import rispy
from bs4 import BeautifulSoup

from index.build import build_index
from index.search import Searcher
from ingest.library import Library
from ingest.run import ingest_corpus
from ingest.workers import Limits
from search_app.exports import evidence, workbooks
from search_app.exports.formats import FORMATS
from search_app.exports.orders import Order
from search_app.exports.rows import COLUMNS, make_rows, open_export
from tests.factories import make_document, make_pdf, make_searcher, print_lines, silent

TIME = "2020-01-02T03:04:05+00:00"
ODD = (
    "=1+1 beds & <b>wards</b>",
    " beds _x0041_ with\ttabs",
    "-beds “quoted” ’ £4.9m {brace} \\command 50% #5 a_b ~ ^ $9",
)


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    documents = [
        make_document(f"odd-{n}.txt", f"{text}\nand more beds {n}", title=f"Odd & {n}",
                      organisation="An NHS {Trust}_1", kind="plan", published="2019-11-30")
        for n, text in enumerate(ODD)
    ]  # fmt: skip
    return make_searcher(tmp_path, *documents)


def order(form: str, typed: str = "beds") -> Order:
    return Order((("q", typed),), form=form, time=TIME, address="https://plans.example")


def write(searcher: Searcher, form: str, typed: str = "beds") -> bytes:
    return b"".join(FORMATS[form].write(open_export(searcher, order(form, typed))))


def open_book(packed: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return openpyxl.load_workbook(io.BytesIO(packed))


def test_workbook_holds_every_row_as_it_is(searcher: Searcher) -> None:
    book = open_book(write(searcher, "xlsx"))
    head, *rows = book["Passages"].iter_rows()
    assert tuple(cell.value for cell in head) == COLUMNS
    wanted = [*make_rows(open_export(searcher, order("xlsx")))]
    assert len(rows) == len(wanted) == len(ODD)
    for cells, row in zip(rows, wanted):
        shown = dict(zip(COLUMNS, cells))
        assert openpyxl.utils.escape.unescape(shown["excerpt"].value) == row["excerpt"]
        assert (shown["rank"].value, shown["score"].value) == (row["rank"], row["score"])
        assert shown["row"].value == row["row"]
        assert {cell.data_type for cell in cells} <= {"n", "s", "inlineStr"}
    assert book["Passages"].dimensions == f"A1:AD{len(ODD) + 1}"


def test_workbook_keeps_texts_like_formulas_from_being_run_after_an_edit(
    searcher: Searcher,
) -> None:
    sheet = open_book(write(searcher, "xlsx"))["Passages"]
    cells = [row[COLUMNS.index("excerpt")] for row in sheet]
    quoted = {cell.value[:1]: cell.quotePrefix for cell in cells[1:]}
    assert quoted["="] and quoted["-"] and not quoted[" "]


def test_workbook_says_what_it_is(searcher: Searcher) -> None:
    book = open_book(write(searcher, "xlsx"))
    said = dict(book["About"].iter_rows(values_only=True))
    assert (said["Query"], said["Passages"], said["Time"]) == ("beds", "3 of 3", TIME)
    assert "Searched 3 of 3 documents." in said["Coverage"]


def test_workbook_goes_on_in_further_sheets_and_says_what_it_cuts(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "ROWS_A_SHEET", 2)
    monkeypatch.setattr(workbooks, "MOST_CHARACTERS", 10)
    monkeypatch.setattr(workbooks, "CUT", "… (cut)")
    book = open_book(write(searcher, "xlsx"))
    assert book.sheetnames == ["About", "Passages 1", "Passages 2"]
    rows = [row for name in book.sheetnames[1:] for row in [*book[name].values][1:]]
    assert [row[0] for row in rows] == ["1 of 3", "2 of 3", "3 of 3"]
    assert all(row[COLUMNS.index("excerpt")].endswith("… (cut)") for row in rows)


def test_workbook_of_nothing_says_so(searcher: Searcher) -> None:
    rows = [*open_book(write(searcher, "xlsx", "zebra"))["Passages"].values]
    assert len(rows) == 2 and rows[1][0] == "0 of 0"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_order_gives_the_same_bytes(searcher: Searcher, form: str) -> None:
    assert write(searcher, form) == write(searcher, form)


def test_ris_is_read_by_others(searcher: Searcher) -> None:
    records = rispy.loads(write(searcher, "ris").decode())
    rows = [*make_rows(open_export(searcher, order("ris")))]
    for record, row in zip(records, rows, strict=True):
        assert record["title"] == row["title"] and record["urls"] == [row["permalink"]]
        assert record["abstract"].split() == row["excerpt"].split()
        assert any(f"Passage {row['row']} that match" in note for note in record["notes"])
    assert len({record["id"] for record in records}) == len(rows)


def test_bibtex_is_read_by_others(searcher: Searcher) -> None:
    library = bibtexparser.parse_string(write(searcher, "bib").decode())
    rows = [*make_rows(open_export(searcher, order("bib")))]
    assert not library.failed_blocks and len(library.entries) == len(rows)
    for entry, row in zip(library.entries, rows):
        assert entry["year"] == "2019" and f"Passage {row['row']}" in entry["annote"]
        assert entry["url"] == row["permalink"]


def test_csl_is_json_with_every_passage(searcher: Searcher) -> None:
    items = json.loads(write(searcher, "csl"))
    rows = [*make_rows(open_export(searcher, order("csl")))]
    assert [item["URL"] for item in items] == [row["permalink"] for row in rows]
    assert [item["abstract"] for item in items] == [row["excerpt"] for row in rows]
    assert items[0]["issued"] == {"date-parts": [[2019, 11, 30]]}
    assert json.loads(write(searcher, "csl", "zebra")) == []


def test_evidence_holds_every_quotation_with_its_citation(searcher: Searcher) -> None:
    page = BeautifulSoup(write(searcher, "html"), "html.parser")
    rows = [*make_rows(open_export(searcher, order("html")))]
    quoted = [each.get_text().split() for each in page.find_all("blockquote")]
    assert quoted == [f"“{row['excerpt']}”".split() for row in rows]
    assert [each["cite"] for each in page.find_all("blockquote")] == [
        row["permalink"] for row in rows
    ]
    text = page.get_text()
    for part in ("3 of 3: Odd & ", "Searched 3 of 3 documents.", "How this was made",
                 "(Accessed: 2 January 2020)", rows[0]["sha256"]):  # fmt: skip
        assert part in text
    assert page.find("b") is None and page.html["lang"] == "en-GB"
    assert not page.find_all(src=lambda value: value and not value.startswith("data:"))


@pytest.mark.parametrize(("most", "images"), [(20, 1), (0, 0)])
def test_evidence_shows_pages_where_quotations_are_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, images: int
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.pdf").write_bytes(make_pdf(print_lines("There are 24 beds in the ward.")))
    library = Library(tmp_path / "data")
    ingest_corpus(folder, library, Limits(workers=1), silent)
    build_index(library, silent)
    monkeypatch.setattr(evidence, "MOST_IMAGES", most)
    page = BeautifulSoup(write(Searcher(library), "html"), "html.parser")
    shown = page.find_all("image")
    assert len(shown) == images
    for each in shown:
        assert each["href"].startswith("data:image/png;base64,")
        assert "Page 1 of" in each.parent["aria-label"] and each.parent.find("rect")
    assert ("Pages are not shown as images" in page.get_text()) == (not images)
    library.close()
