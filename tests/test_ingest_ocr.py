"""Pages without a text layer are read from their image, or said to be unread."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.ocr import recognise_for, recognise_page, tesseract_available
from ingest.pdf import read_pdf
from tests.pdfs import Draw, check_contracts, make_pdf, paragraph

needs_tesseract = pytest.mark.skipif(
    not tesseract_available(), reason="the tesseract program is not installed")


def make_image(text: str) -> Image.Image:
    """Make a white A4 image of 200 dots an inch with one line of text, an inch from the top."""
    image = Image.new("L", (1654, 2339), 255)
    font = ImageFont.load_default(size=50)
    ImageDraw.Draw(image).text((200, 200), text, fill=0, font=font)
    return image


def scanned(text: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(make_image(text)), 0, 0, width=595, height=842)
    return draw


@needs_tesseract
def test_words_of_an_image_have_boxes() -> None:
    words = recognise_page(make_image("Hospital waiting times"))
    assert [word.text for word in words] == ["Hospital", "waiting", "times"]
    left, top, right, bottom = words[0].box
    assert 190 < left < right < 500 and 190 < top < bottom < 270


@needs_tesseract
def test_scanned_page_is_read_with_places_in_points(tmp_path: Path) -> None:
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", paragraph(100, "A page of plain text."),
                                scanned("Hospital waiting times")))
    page = reading.pages[1]
    assert (page.text, page.quality) == ("Hospital waiting times", "ocr")
    assert "recognised" in page.note
    assert page.words[0].box[0] == pytest.approx(72, abs=4)
    assert page.words[0].box[1] == pytest.approx(77, abs=8)
    check_contracts(reading)


@needs_tesseract
def test_pages_that_there_is_no_time_left_for_are_unread_and_the_others_kept(
        tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", paragraph(100, "A page of plain text."), scanned("Late"))
    with recognise_for(-1):
        first, second = read_pdf(path).pages
    assert (first.quality, second.quality) == ("text", "unread")
    assert first.text and "--timeout-seconds" in second.note
    assert read_pdf(path).pages[1].quality == "ocr"


def test_scanned_page_is_said_to_be_unread_without_tesseract(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not tesseract_available()
    page = read_pdf(make_pdf(tmp_path / "a.pdf", scanned("Hospital"))).pages[0]
    assert (page.text, page.quality) == ("", "unread")
    assert "no text layer" in page.note and "tesseract-ocr" in page.note


def test_white_image_is_a_blank_page(tmp_path: Path) -> None:
    page = read_pdf(make_pdf(tmp_path / "a.pdf", scanned(""))).pages[0]
    assert (page.text, page.quality, page.note) == ("", "text", "This page is blank.")


def make_garbled(tmp_path: Path) -> Path:
    """Make a scan under a text layer whose letters are shifted."""
    lines = ("The board agreed the plan for the winter", "and asked the trust to open more beds")
    image = make_image(lines[0])
    ImageDraw.Draw(image).text((200, 300), lines[1], fill=0, font=ImageFont.load_default(size=50))
    image = ImageChops.offset(image, 0, 500)  # 180 points down, where no header would stand

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(image), 0, 0, width=595, height=842)
        text = canvas.beginText(72, 576)
        text.setTextRenderMode(3)
        for line in lines:
            text.textLine("".join(c if c == " " else chr(ord(c) + 3) for c in line))
        canvas.drawText(text)
    return make_pdf(tmp_path / "a.pdf", draw)


@needs_tesseract
def test_garbled_page_is_read_from_its_image(tmp_path: Path) -> None:
    reading = read_pdf(make_garbled(tmp_path))
    (page,) = reading.pages
    assert "asked the trust to open more beds" in page.text
    assert (page.quality, page.doubts) == ("ocr", ()) and "garbled" in page.note
    check_contracts(reading)


def test_garbled_page_is_doubted_without_tesseract(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = read_pdf(make_garbled(tmp_path)).pages[0]
    assert page.quality == "text"
    assert [doubt.kind for doubt in page.doubts] == ["garbled"]
    assert page.doubts[0].reason.startswith("100%")
