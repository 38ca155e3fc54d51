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
from ingest.pdf_characters import ASCENT, DESCENT, Print, Style
from ingest.pdf_lines import Line, PrintedWord
from ingest.records import Quality

FEWEST_CHARACTERS = 20
"""A page with fewer characters than this, and with ink besides, has no text layer to speak of."""

RECOGNISED = Style("", False, "")
BLANK_NOTE = "This page is blank."
OCR_NOTE = "This page is an image; its text was recognised and may hold mistakes."
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
    bare = [page for page in prints if _count_characters(page) < FEWEST_CHARACTERS]
    scans = {page.number: Scan("text", BLANK_NOTE) for page in bare
             if not page.glyphs and not page.pictures and not page.drawn}
    inked = [page for page in bare if page.pictures or page.drawn]
    if inked:
        document = pypdfium2.PdfDocument(path)
        try:
            for page in inked:
                scan = _read_scan(document[page.number - 1], page)
                if scan:
                    scans[page.number] = scan
        finally:
            document.close()
    return scans


def _count_characters(page: Print) -> int:
    return sum(1 for glyph in page.glyphs if glyph.text.strip())


def _read_scan(page: pypdfium2.PdfPage, printed: Print) -> Scan | None:
    """Read one page; None where its few characters are all that can be read of it."""
    image = page.render(scale=DOTS_PER_INCH / 72).to_pil()
    characters = _count_characters(printed)
    if not characters and _is_blank(image):
        return Scan("text", BLANK_NOTE)
    if not tesseract_available():
        return Scan("unread", UNREAD_NOTE)
    lines = tuple(_make_lines(recognise_page(image)))
    if sum(len(line.text) for line in lines) <= characters:
        return None if characters else Scan("ocr", OCR_NOTE)
    return Scan("ocr", OCR_NOTE, lines)


def _is_blank(image: Image.Image) -> bool:
    low, high = image.convert("L").getextrema()
    return low == high


def _make_lines(words: Iterable[RecognisedWord]) -> list[Line]:
    """Give the recognised lines; those of about the usual height are of one size."""
    grouped = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    heights = [max(word.box[3] for word in group) - min(word.box[1] for word in group)
               for group in grouped]
    usual = median(heights) if heights else 0.0
    return [_make_line(group, usual if 0.6 * usual < height < 1.5 * usual else height)
            for group, height in zip(grouped, heights)]


def _make_line(group: Sequence[RecognisedWord], height: float) -> Line:
    points = 72 / DOTS_PER_INCH
    boxes = [(word.box[0] * points, word.box[1] * points,
              word.box[2] * points, word.box[3] * points) for word in group]
    size = height * points / (ASCENT + DESCENT)
    words = tuple(PrintedWord(word.text, box, size, RECOGNISED)
                  for word, box in zip(group, boxes))
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Line(words, min(box[0] for box in boxes), top, max(box[2] for box in boxes), bottom,
                bottom - DESCENT * (bottom - top), size, RECOGNISED, 0)
