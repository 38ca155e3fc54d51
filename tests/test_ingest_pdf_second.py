"""A second reader checks each page, and reads what the first one cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import read_pdf
from ingest.pdf_second import doubt_completeness, measure_missing, open_second_reader
from tests.factories import make_pdf as make_raw_pdf
from tests.factories import print_lines
from tests.pdfs import check_contracts, make_pdf, paragraph

LINES = ("The board met in public on Tuesday", "and agreed the plan for the winter.")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 30, 500, 800)])
def test_glyphs_of_the_second_reader_stand_where_ours_do(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rotation: int,
        crop: tuple[int, int, int, int] | None) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(100, 500, "Winter plan for all wards")
        canvas.translate(400, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Upright words")
    path = make_pdf(tmp_path / "a.pdf", draw)
    ours = read_pdf(path).pages[0]
    monkeypatch.setattr("ingest.pdf_reading.needs_supply", lambda page, theirs: True)
    theirs = read_pdf(path).pages[0]
    assert theirs.text == ours.text and "second reader" in theirs.note
    for one, other in zip(ours.words, theirs.words):
        assert one.box == pytest.approx(other.box, abs=0.3)


def test_page_that_only_the_second_reader_can_read_is_read_by_it(tmp_path: Path) -> None:
    unnamed = print_lines(*LINES).replace(b"/F1", b"/F9")
    path = tmp_path / "a.pdf"
    path.write_bytes(make_raw_pdf(print_lines(*LINES), unnamed))
    reading = read_pdf(path)
    plain, supplied = reading.pages
    assert supplied.text == plain.text and (plain.note, supplied.quality) == ("", "text")
    assert "second reader" in supplied.note
    check_contracts(reading)


def test_damaged_font_costs_its_own_characters_only(tmp_path: Path) -> None:
    mixed = print_lines(*LINES) + b"\nBT /F2 10 Tf 60 400 Td (lost words) Tj ET"
    content = make_raw_pdf(mixed).replace(
        b"/F1 3 0 R", b"/F1 3 0 R /F2 << /Type /Font /Subtype /Type0 >>")
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    page = read_pdf(path).pages[0]
    assert page.text == " ".join(LINES) and page.quality == "text"
    assert "no known letter" in page.note


MISSING = {
    "the same": ("few beds in every ward of the hospital", 0.0),
    "in another order": ("hospital the of ward every in beds few", 0.0),
    "parted in another way": ("few be ds in every ward ofthe hospital", 0.0),
    "without a ward": ("few beds in every of the hospital", 0.0),
    "without most": ("few beds", 0.77),
}


@pytest.mark.parametrize("case", MISSING)
def test_words_that_are_missing_are_measured_as_a_share(case: str) -> None:
    ours, share = MISSING[case]
    theirs = "few beds in every ward of the hospital"
    assert measure_missing(ours, theirs) == pytest.approx(share, abs=0.01)
    assert bool(doubt_completeness(ours, theirs)) == bool(share)


def test_ligatures_and_soft_hyphens_are_no_loss() -> None:
    ours, theirs = "the office and the workflow of staff", "the oﬃce and the work\u00adﬂow of staﬀ"
    assert measure_missing(ours, theirs) == 0.0


def test_file_that_the_second_reader_cannot_open_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no PDF")
    with open_second_reader(path) as second:
        assert (second.read_text(1), second.read_glyphs(1)) == ("", ())


def test_page_past_the_end_has_no_text(tmp_path: Path) -> None:
    with open_second_reader(make_pdf(tmp_path / "a.pdf", paragraph(100, *LINES))) as second:
        assert "winter" in second.read_text(1) and second.read_text(2) == ""
