"""Pages of a PDF without a text layer: read from their image, or said to be unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

import pypdfium2
from PIL import Image

from ingest.ocr import DOTS_PER_INCH, RecognisedWord, recognise_page, tesseract_available
from ingest.pdf_characters import ASCENT, DESCENT, Print
from ingest.pdf_fonts import Style
from ingest.pdf_lines import Line
from ingest.pdf_words import PrintedWord
from ingest.records import Quality

FEWEST_CHARACTERS = 20
"""A page with fewer characters than this, and with ink besides, has no text layer to speak of."""

MOST_PIXELS = 40_000_000
"""A larger page is read at less than the usual resolution, to spare memory."""

RECOGNISED = Style("", False, (0.0, 0.0, 0.0))
BLANK_NOTE = "This page is blank."
OCR_NOTE = "This page is an image; its text was recognised and may hold mistakes."
WORDLESS_NOTE = "This page is an image in which no text was recognised."
BROKEN_NOTE = "This page is damaged; its text was recognised from its image and may hold mistakes."
LOST_NOTE = "This page is damaged and could not be read."
FAILED_NOTE = "This page has no text layer, and its text could not be recognised."
UNREAD_NOTE = ("This page has no text layer and was not read; with tesseract-ocr installed, "
               "plansearch can read it.")


@dataclass(frozen=True)
class Scan:
    """What became of a page without a text layer."""

    quality: Quality
    note: str
    lines: tuple[Line, ...] = ()


def read_scans(path: Path, prints: Sequence[Print]) -> dict[int, Scan]:
    """Read the pages without a text layer, by their numbers, which count from 1."""
    scans = {}
    for page in prints:
        characters = _count_characters(page)
        if characters < FEWEST_CHARACTERS and (page.pictures or page.drawn or not characters):
            scan = _read_scan(path, page, characters)
            if scan:
                scans[page.number] = scan
    return scans


def _count_characters(page: Print) -> int:
    return sum(1 for glyph in page.glyphs if glyph.text.strip())


def _read_scan(path: Path, printed: Print, characters: int) -> Scan | None:
    """Read one page; None where its few characters are all that can be read of it."""
    area = max(1.0, printed.width * printed.height)
    scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / area) ** 0.5)
    try:
        image = _render(path, printed.number, scale)
        if not characters and _is_blank(image):
            return Scan("unread", LOST_NOTE) if printed.broken else Scan("text", BLANK_NOTE)
        if not tesseract_available():
            return Scan("unread", UNREAD_NOTE)
        lines = tuple(_make_lines(recognise_page(image), 1 / scale))
    except (pypdfium2.PdfiumError, RuntimeError):
        # pytesseract raises RuntimeError where tesseract fails or takes too long.
        return Scan("unread", FAILED_NOTE)
    if sum(len(line.text) for line in lines) <= characters:
        return None if characters else Scan("ocr", WORDLESS_NOTE)
    return Scan("ocr", BROKEN_NOTE if printed.broken else OCR_NOTE, lines)


def _render(path: Path, number: int, scale: float) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        image: Image.Image = document[number - 1].render(scale=scale, grayscale=True).to_pil()
        return image
    finally:
        document.close()


def _is_blank(image: Image.Image) -> bool:
    low, high = image.getextrema()
    return low == high


def _make_lines(words: Iterable[RecognisedWord], points: float) -> list[Line]:
    """Give the recognised lines, a pixel being so many points wide.

    Those of about the usual height are of one size.
    """
    grouped = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    heights = [max(word.box[3] for word in group) - min(word.box[1] for word in group)
               for group in grouped]
    usual = median(heights) if heights else 0.0
    return [_make_line(group, points, usual if 0.6 * usual < height < 1.5 * usual else height)
            for group, height in zip(grouped, heights)]


def _make_line(group: Sequence[RecognisedWord], points: float, height: float) -> Line:
    boxes = [(word.box[0] * points, word.box[1] * points,
              word.box[2] * points, word.box[3] * points) for word in group]
    size = height * points / (ASCENT + DESCENT)
    words = tuple(PrintedWord(word.text, box, size, RECOGNISED)
                  for word, box in zip(group, boxes))
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Line(words, min(box[0] for box in boxes), top, max(box[2] for box in boxes), bottom,
                bottom - DESCENT * (bottom - top), size, RECOGNISED, 0)
