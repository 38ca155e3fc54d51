"""Reading a whole PDF: its text, the places of its words, its hints, and files that fail."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.pdf import read_pdf
from tests.pdfs import all_of, check_contracts, make_pdf, paragraph, text_at, texts

SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "west-sussex"


def test_paragraphs_are_one_line_each(tmp_path: Path) -> None:
    page = all_of(paragraph(100, "The plan sets out how services will change over the five",
                            "years to come."),
                  paragraph(160, "A second paragraph follows."))
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", page))
    assert reading.media_type == "application/pdf" and reading.paged
    assert reading.pages[0].text == (
        "The plan sets out how services will change over the five years to come.\n"
        "A second paragraph follows.")
    check_contracts(reading)


def test_hints_are_what_the_file_says_of_itself(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Joint plan")
        canvas.setAuthor("Health Board")
        canvas.drawString(60, 700, "Some text that is long enough.")
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", draw))
    assert reading.hints == (("title", "Joint plan"), ("author", "Health Board"),
                             ("published", "2000-01-01"))


def test_paragraph_over_a_page_break_is_one_block(tmp_path: Path) -> None:
    reading = read_pdf(make_pdf(
        tmp_path / "a.pdf",
        all_of(text_at((60, 40, "Annual plan")), paragraph(700, "Care will be provided nearer to"),
               text_at((290, 810, "1"))),
        all_of(text_at((60, 40, "Annual plan")), paragraph(100, "people's homes in every town."),
               text_at((290, 810, "2"))),
        all_of(text_at((60, 40, "Annual plan")), paragraph(100, "Another page."),
               text_at((290, 810, "3")))))
    whole = next(block for block in reading.blocks if len(block.spans) == 2)
    assert whole.text == "Care will be provided nearer to people's homes in every town."
    assert [span.page for span in whole.spans] == [1, 2]
    assert texts(reading, "furniture") == ["Annual plan", "1", "Annual plan", "2",
                                           "Annual plan", "3"]
    assert [page.label for page in reading.pages] == ["1", "2", "3"]
    check_contracts(reading)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20, 30, 500, 800)])
def test_boxes_lie_on_the_words_of_the_page_image(
        tmp_path: Path, rotation: int, crop: tuple[int, int, int, int] | None) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(100, 500, "HHH")
    path = make_pdf(tmp_path / "a.pdf", draw)
    page = read_pdf(path).pages[0]
    document = pypdfium2.PdfDocument(path)
    image = document[0].render(scale=2, grayscale=True).to_pil().point(lambda level: 255 - level)
    document.close()
    assert image.size == pytest.approx((2 * page.width, 2 * page.height), abs=2)
    left, top, right, bottom = (edge / 2 for edge in image.getbbox())
    box = next(word.box for word in page.words if page.text[word.start:word.end] == "HHH")
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx(
        ((left + right) / 2, (top + bottom) / 2), abs=3)
    assert box[0] <= left + 1 and box[1] <= top + 1
    assert box[2] >= right - 1 and box[3] >= bottom - 1


def test_rotated_text_is_read_in_whole_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Level text about hospitals.")
        canvas.translate(300, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Deaths per thousand")
        canvas.rotate(-55)
        canvas.drawString(0, 0, "DRAFT ONLY")
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", draw))
    assert texts(reading) == ["Level text about hospitals.", "Deaths per thousand", "DRAFT ONLY"]
    check_contracts(reading)


def test_text_inside_a_form_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("box")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(0, 0, "Text within a form")
        canvas.endForm()
        canvas.translate(60, 700)
        canvas.doForm("box")
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", draw))
    assert texts(reading) == ["Text within a form"]
    assert reading.pages[0].words[0].box[0] == pytest.approx(60, abs=1)


def test_text_outside_the_crop_box_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((0, 100, 595, 842))
        canvas.drawString(60, 700, "Seen by the reader")
        canvas.drawString(60, 50, "Printer's mark")
    assert texts(read_pdf(make_pdf(tmp_path / "a.pdf", draw))) == ["Seen by the reader"]


def test_words_printed_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", text_at(
        (60, 100, "Summary of need"), (60.5, 100, "Summary of need"))))
    assert texts(reading) == ["Summary of need"]


def test_words_set_apart_by_place_alone_are_parted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for left, text in ((60, "mental"), (98, "health"), (131, "plan")):
            canvas.drawString(left, 700, text)
    assert texts(read_pdf(make_pdf(tmp_path / "a.pdf", draw))) == ["mental health plan"]


def test_blank_page_is_said_to_be_blank(tmp_path: Path) -> None:
    page = read_pdf(make_pdf(tmp_path / "a.pdf", lambda canvas: None)).pages[0]
    assert (page.text, page.quality, page.note) == ("", "text", "This page is blank.")


def test_page_labels_of_the_file_serve_where_none_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), invariant=True)
    canvas.addPageLabel(0, style="ROMAN_LOWER")
    for text in ("A foreword of some length.", "A summary of some length."):
        canvas.drawString(60, 400, text)
        canvas.showPage()
    canvas.save()
    assert [page.label for page in read_pdf(path).pages] == ["i", "ii"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing of use", b"<html></html>"])
def test_damaged_file_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"^The PDF .*\.$"):
        read_pdf(path)


def test_locked_file_says_that_it_needs_a_password(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", paragraph(100, "Secret."), encrypt="open sesame")
    with pytest.raises(UnreadableFile, match="needs a password"):
        read_pdf(path)


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_pdf(tmp_path / "none.pdf")


def test_pages_that_only_pdfium_finds_are_read_too(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", paragraph(100, "The first page is sound."),
                    paragraph(100, "The second says not what it is."))
    content = path.read_bytes()
    last = content.rindex(b"/Type /Page\n")
    path.write_bytes(content[:last] + b"           \n" + content[last + 12:])
    reading = read_pdf(path)
    assert texts(reading) == ["The first page is sound.", "The second says not what it is."]


def test_page_that_cannot_be_read_spares_the_others(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", paragraph(100, "The first page is sound."),
                    paragraph(100, "The second is not."))
    content = path.read_bytes()
    last = content.rindex(b"/FlateDecode")
    path.write_bytes(content[:last] + b"/NoSuchCodec" + content[last + 12:])
    sound, damaged = read_pdf(path).pages
    assert (sound.text, sound.quality) == ("The first page is sound.", "text")
    assert (damaged.text, damaged.quality) == ("", "unread") and damaged.note


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus of real PDFs is not here")
@pytest.mark.parametrize("name", [
    "FNNA_Chapter7.pdf", "Final-JHWS-2019-2024.pdf", "carers_service_data_sep_2009.pdf",
    "CWS-diabetes-June-2017.pdf", "Arun-IMD-2015.pdf"])
def test_real_plans_keep_the_contracts(name: str) -> None:
    reading = read_pdf(SHARED / name)
    check_contracts(reading)
    assert any(block.kind == "heading" for block in reading.blocks)
