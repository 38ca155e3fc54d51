"""A second reader, pdfium: its text of a page to check ours by, its glyphs, and page images."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from ingest.pdf_characters import Glyph, Print, turn_box
from ingest.pdf_fonts import SOFT_HYPHEN, Style, clean_text
from ingest.records import Box, Doubt

FEWEST_LETTERS = 20
"""Fewer letters that only pdfium finds are not worth a second reading."""

LEAST_SHARE = 0.5
"""A page of which we find a smaller share of pdfium's letters is read by pdfium's glyphs."""

MOST_MISSING = 0.03
"""The largest share of pdfium's letters that may stand in words which our text has not."""

MOST_GLYPHS = 200_000
"""A page of more glyphs than these is a drawing."""

PLAIN = Style("", False, (0.0, 0.0, 0.0))
UNITS = 100
"""pdfium gives places on a page as whole numbers, here of hundredths of a point."""

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile(f"[{SOFT_HYPHEN}\ufffe\u0002]")


class SecondReader:
    """Reads pages, counted from 1, of a PDF that is open; one that pdfium cannot open has none."""

    def __init__(self, document: pypdfium2.PdfDocument | None) -> None:
        self._document = document

    def read_text(self, number: int) -> str:
        """Give the text that stands within a page; "" where pdfium cannot read it."""
        try:
            with self._open(number) as page, closing(page.get_textpage()) as text:
                return str(text.get_text_bounded())
        except pypdfium2.PdfiumError:
            return ""

    def read_glyphs(self, number: int) -> tuple[Glyph, ...]:
        """Give the glyphs of a page with their places; none where pdfium cannot read it."""
        try:
            with self._open(number) as page, closing(page.get_textpage()) as text:
                return tuple(_read_glyphs(page, text))
        except pypdfium2.PdfiumError:
            return ()

    def draw(self, number: int, scale: float) -> Image.Image:
        """Draw a page as displayed in shades of grey, ``scale`` pixels a point.

        Raises PdfiumError where pdfium cannot.
        """
        with self._open(number) as page:
            image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
            return image

    @contextmanager
    def _open(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        if self._document is None or number > len(self._document):
            raise pypdfium2.PdfiumError("There is no such page.")
        with closing(self._document[number - 1]) as page:
            yield page


@contextmanager
def open_second_reader(path: Path) -> Iterator[SecondReader]:
    """Open a PDF for the second reader, and close it at the end of the block."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield SecondReader(None)
        return
    with closing(document):
        yield SecondReader(document)


def needs_supply(page: Print, theirs: str) -> bool:
    """Say whether we found hardly any of pdfium's text of a page, or not where it stands.

    A font without widths, which pdfium knows for the usual ones, heaps its letters in one place.
    """
    found = sum(len(glyph.text) for glyph in page.glyphs
                if glyph.text != " " and glyph.left != glyph.right)
    letters = len("".join(theirs.split()))
    return letters >= FEWEST_LETTERS and found < LEAST_SHARE * letters


def supply_glyphs(page: Print, second: SecondReader) -> Print:
    """Give a page the glyphs that pdfium finds, if any, in place of ours."""
    glyphs = second.read_glyphs(page.number)
    return replace(page, glyphs=glyphs, unknown=0, broken=False, supplied=True) if glyphs else page


def doubt_completeness(ours: str, theirs: str) -> tuple[Doubt, ...]:
    """Doubt a page where words of pdfium's text are missing in ours."""
    share = measure_missing(ours, theirs)
    if share <= MOST_MISSING:
        return ()
    return (Doubt("incomplete", "Another reader finds words on this page that are missing here, "
                                f"{max(1, round(100 * share))}% of its text."),)


def measure_missing(ours: str, theirs: str) -> float:
    """Give the share of pdfium's letters that stand in words which our text of a page has not.

    A word that we part or join in another way is there. So are words whose letters we have: pdfium
    joins lines that stand close. Letters among figures are names that it gives to glyphs.
    """
    found, expected = _find_words(ours), Counter(_find_words(theirs))
    missing = expected - Counter(found)
    if not missing:
        return 0.0
    joined = "".join(found)
    lost = [word for word in missing.elements()
            if (word.isalpha() or word.isdecimal()) and (len(word) < 3 or word not in joined)]
    short = Counter("".join(lost)) & (Counter("".join(expected.elements())) - Counter(joined))
    letters = sum(len(word) * count for word, count in expected.items())
    return short.total() / letters if short.total() >= FEWEST_LETTERS else 0.0


def _find_words(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _WORD.findall(text.lower())


def _read_glyphs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    for index in range(min(text.count_chars(), MOST_GLYPHS)):
        letter = clean_text(chr(raw.FPDFText_GetUnicode(text, index)))
        if letter and raw.FPDFText_IsGenerated(text, index) != 1:
            yield _read_glyph(page, text, index, letter)


def _read_glyph(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, index: int,
                letter: str) -> Glyph:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) - page.get_rotation()) % 360
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    start = _place(page, x.value, y.value)
    left, bottom, right, top = text.get_charbox(index, loose=True)
    one, other = _place(page, left, bottom), _place(page, right, top)
    shown: Box = (min(one[0], other[0]), min(one[1], other[1]),
                  max(one[0], other[0]), max(one[1], other[1]))
    along = turn_box(shown, -angle % 360)
    base = turn_box((*start, *start), -angle % 360)[1]
    return Glyph(letter, along[0], along[2], base, size, PLAIN, angle, None)


def _place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Give where a point of the page's own space is, in points from the top left as displayed."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * UNITS), round(height * UNITS), 0, x, y,
                          across, down)
    return across.value / UNITS, down.value / UNITS
