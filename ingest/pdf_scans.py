"""Pages of a PDF with no text layer, or a garbled one: read from their image, or said unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from statistics import median

import pypdfium2
from PIL import Image

from ingest.garbling import Garbling, measure_garbling
from ingest.ocr import (
    DOTS_PER_INCH,
    OutOfTime,
    RecognisedWord,
    recognise_page,
    tesseract_available,
)
from ingest.pdf_characters import ASCENT, DESCENT, Print
from ingest.pdf_fonts import Style
from ingest.pdf_lines import Line
from ingest.pdf_second import SecondReader
from ingest.pdf_words import PrintedWord
from ingest.records import Quality

FEWEST_CHARACTERS = 20
"""A page with fewer characters than this, and with ink besides, has no text layer to speak of."""

MOST_PIXELS = 40_000_000
"""A larger page is read at less than the usual resolution, to spare memory."""

LEAST_REREAD = 0.2
"""A page is read from its image where at least this share of its letters is garbled: of one that
has fewer, recognition would lose more than it mends."""

RECOGNISED = Style("", False, (0.0, 0.0, 0.0))
BLANK_NOTE = "This page is blank."
OCR_NOTE = "This page is an image; its text was recognised and may hold mistakes."
WORDLESS_NOTE = "This page is an image in which no text was recognised."
BROKEN_NOTE = "This page is damaged; its text was recognised from its image and may hold mistakes."
LOST_NOTE = "This page is damaged and could not be read."
GARBLED_NOTE = ("The text of this page is garbled in the file ({}% of its letters); it was "
                "recognised from its image instead, which gave more, and may hold mistakes.")
LATE_NOTE = ("This page has no text layer and was not read, because the pages before it took most "
             "of the time that one document may take; a longer --timeout-seconds would do.")
FAILED_NOTE = "This page has no text layer, and its text could not be recognised."
UNREAD_NOTE = ("This page has no text layer and was not read; with tesseract-ocr installed, "
               "plansearch can read it.")


@dataclass(frozen=True)
class Scan:
    """What became of a page without a text layer."""

    quality: Quality
    note: str
    lines: tuple[Line, ...] = ()


def read_scan(page: Print, second: SecondReader) -> Scan | None:
    """Read a page without a text layer from its image.

    None where it has one, or where its few characters are all that can be read of it.
    """
    characters = sum(1 for glyph in page.glyphs if glyph.text.strip())
    if characters >= FEWEST_CHARACTERS or (
            characters and not page.pictures and not page.drawn):
        return None
    try:
        image, points = _draw(page, second)
        if not characters and _is_blank(image):
            return Scan("unread", LOST_NOTE) if page.broken else Scan("text", BLANK_NOTE)
        if not tesseract_available():
            return Scan("unread", UNREAD_NOTE)
        lines = tuple(make_lines(recognise_page(image), points))
    except OutOfTime:
        return Scan("unread", LATE_NOTE)
    except (pypdfium2.PdfiumError, RuntimeError):
        return Scan("unread", FAILED_NOTE)
    if sum(len(line.text) for line in lines) <= characters:
        return None if characters else Scan("ocr", WORDLESS_NOTE)
    return Scan("ocr", BROKEN_NOTE if page.broken else OCR_NOTE, lines)


def reread_garbled(page: Print, garbling: Garbling, second: SecondReader) -> Scan | None:
    """Read a garbled page from its image; None where that cannot be done or gives no more."""
    if garbling.share < LEAST_REREAD or not tesseract_available():
        return None
    try:
        image, points = _draw(page, second)
        lines = tuple(make_lines(recognise_page(image), points))
    except (pypdfium2.PdfiumError, RuntimeError):
        return None
    if measure_garbling(line.text for line in lines).sound <= garbling.sound:
        return None
    return Scan("ocr", GARBLED_NOTE.format(round(100 * garbling.share)), lines)


def find_scale(page: Print, dots_per_inch: int) -> float:
    """Give the pixels a point at which a page is drawn to be read, fewer for a huge one."""
    area = max(1.0, page.width * page.height)
    return min(dots_per_inch / 72, sqrt(MOST_PIXELS / area))


def _draw(page: Print, second: SecondReader) -> tuple[Image.Image, float]:
    """Draw a page; give its image and how many points a pixel is wide."""
    scale = find_scale(page, DOTS_PER_INCH)
    return second.draw(page.number, scale), 1 / scale


def _is_blank(image: Image.Image) -> bool:
    low, high = image.getextrema()
    return low == high


def make_lines(words: Iterable[RecognisedWord], points: float) -> list[Line]:
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
