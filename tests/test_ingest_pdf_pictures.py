"""Large pictures with text beside a text layer are read, or said not to be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.ocr import tesseract_available
from ingest.pdf import read_pdf
from tests.pdfs import Draw, all_of, check_contracts, make_pdf, paragraph, texts

needs_tesseract = pytest.mark.skipif(
    not tesseract_available(), reason="the tesseract program is not installed")

LINES = ("Hospital waiting times", "Community nursing visits", "Ambulance response minutes")


def make_picture(lines: Sequence[str] = LINES) -> Image.Image:
    """Make a white picture of 1000 by 600 dots with lines of text."""
    picture = Image.new("L", (1000, 600), 255)
    font = ImageFont.load_default(size=50)
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 100 + 150 * number), line, fill=0, font=font)
    return picture


def make_photograph() -> Image.Image:
    chance = random.Random(1)
    small = Image.new("L", (40, 24))
    small.putdata([chance.randrange(256) for _ in range(40 * 24)])
    return small.resize((1000, 600), Image.Resampling.BICUBIC)


def picture_at(left: float, down: float, picture: Image.Image, width: float = 450) -> Draw:
    height = width * picture.height / picture.width

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), left, 842 - down - height, width, height)
    return draw


ABOVE = paragraph(100, "The table shows what has been asked for.")
BELOW = paragraph(600, "What follows stands below the picture.")


@needs_tesseract
@pytest.mark.parametrize("rotation, crop", [(0, None), (90, (20, 30, 570, 800))])
def test_text_in_a_picture_is_read_in_its_place(
        tmp_path: Path, rotation: int, crop: tuple[int, int, int, int] | None) -> None:
    def turn(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        if crop:
            canvas.setCropBox(crop)
    upright = make_picture().rotate(rotation, expand=True)
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(
        turn, ABOVE, picture_at(60, 150, upright, 450 if rotation == 0 else 270), BELOW)))
    (page,) = reading.pages
    check_contracts(reading)
    recognised = " ".join(texts(reading, "picture"))
    assert all(line in recognised for line in LINES)
    assert page.quality == "mixed" and "recognised" in page.note and not page.doubts
    first = next(word for word in page.words if page.text[word.start:word.end] == "Hospital")
    corner = (105, 201) if rotation == 0 else (257, 91)
    assert first.box[:2] == pytest.approx(corner, abs=8)
    if rotation == 0:
        assert page.text.index("asked") < page.text.index("Hospital") < page.text.index("below")


@needs_tesseract
@pytest.mark.parametrize("draws", [
    (ABOVE, picture_at(60, 150, make_photograph())),
    (ABOVE, picture_at(60, 150, make_picture(), width=200)),
    (picture_at(60, 150, make_picture()),
     paragraph(200, *(f"Line {n} of the text that stands over a picture." for n in range(9)))),
], ids=["a photograph", "a small picture", "a background"])
def test_other_pictures_are_left_alone(tmp_path: Path, draws: tuple[Draw, ...]) -> None:
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(*draws)))
    assert not texts(reading, "picture")
    assert (reading.pages[0].quality, reading.pages[0].doubts) == ("text", ())


@needs_tesseract
def test_scan_under_a_printed_header_and_footer_is_read(tmp_path: Path) -> None:
    edges = [paragraph(top, "These words were printed on each page after it was scanned.")
             for top in (40, 800)]
    scan = Image.new("L", (1000, 1415), 255)
    scan.paste(make_picture(), (0, 400))
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(picture_at(0, 0, scan, 595), *edges)))
    assert all(line in " ".join(texts(reading, "picture")) for line in LINES)


@needs_tesseract
def test_strips_of_one_picture_are_read_as_one(tmp_path: Path) -> None:
    whole = make_picture()
    strips = [whole.crop((0, 60 * n, 1000, 60 * n + 60)) for n in range(10)]
    draws = [picture_at(60, 150 + 27 * n, strip) for n, strip in enumerate(strips)]
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(ABOVE, *draws)))
    assert all(line in " ".join(texts(reading, "picture")) for line in LINES)


@needs_tesseract
def test_pictures_of_one_page_that_are_read_one_by_one_are_all_kept(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pdf_pictures.AT_ONCE", 1)
    other = ("Planned opening hours", "Urgent dental treatment", "Childhood vaccination rates")
    reading = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(
        ABOVE, picture_at(60, 150, make_picture()), picture_at(60, 450, make_picture(other)))))
    recognised = " ".join(texts(reading, "picture"))
    assert all(line in recognised for line in (*LINES, *other))


def test_picture_is_in_doubt_without_tesseract(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(
        ABOVE, picture_at(60, 150, make_picture())))).pages[0]
    assert page.quality == "text"
    assert [doubt.kind for doubt in page.doubts] == ["picture"]
    assert "24% of this page" in page.doubts[0].reason
