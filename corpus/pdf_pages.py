"""What stands on the pages of a sample PDF around the text: cover, masthead, headers, footers.

Lengths are in points, 1/72 inch, from the bottom left of an A4 page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, PageTemplate

from corpus.markup import Sample
from corpus.pdf_pieces import FONTS

WIDE, HIGH = float(A4[0]), float(A4[1])
MARGIN = 62.0
GUTTER = 22.0
MASTHEAD_HIGH = 112.0
TEXT_WIDE = WIDE - 2 * MARGIN
TEXT_HIGH = HIGH - 2 * MARGIN - 8
PICTURES = Path(__file__).parent / "source"


@dataclass
class Setting:
    """What one pass learns for the next: pages, pages of front matter, (level, text, page)."""

    pages: int = 0
    front: int = 0
    headings: list[tuple[int, str, int]] = field(default_factory=list)

    def label(self, page: int) -> str:
        """Give the printed number of a page: roman in the front matter, then from 1."""
        return _roman(page) if page <= self.front else str(page - self.front)


def _roman(number: int) -> str:
    """Write a number below 40 in small roman numerals."""
    tens, ones = divmod(number, 10)
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * tens + units[ones]


def text_width(sample: Sample, order: str = "") -> float:
    """Give the width of a line of text, which the rotated page and columns change."""
    if order == "rotated":
        return HIGH - 2 * MARGIN
    return (TEXT_WIDE - GUTTER) / 2 if sample.has("columns") else TEXT_WIDE


def make_page_templates(sample: Sample) -> list[PageTemplate]:
    """Make the sorts of page of a document; the first in the list is its first page."""
    body = _make_frames(sample, TEXT_HIGH)
    first = _make_frames(sample, TEXT_HIGH if sample.cover else HIGH - MASTHEAD_HIGH - MARGIN - 18)
    pages = [
        PageTemplate("first", first, onPage=_draw_cover if sample.cover else _draw_masthead,
                     pagesize=A4),
        PageTemplate("body", body, onPage=_draw_body, pagesize=A4),
        PageTemplate("scan", body, onPage=_draw_scan, pagesize=A4),
    ]
    return [*pages, _make_rotated()]


def _make_rotated() -> PageTemplate:
    """Make the page that stands upright in the file and asks to be shown turned to the right.

    reportlab wants its size as it is shown.
    """
    frame = Frame(MARGIN, MARGIN, HIGH - 2 * MARGIN, WIDE - 2 * MARGIN - 8, 0, 0, 0, 0)
    page = PageTemplate("rotated", [frame], onPage=_draw_rotated, pagesize=(HIGH, WIDE))
    page.rotation = 90
    return page


def _make_frames(sample: Sample, high: float) -> list[Frame]:
    wide = text_width(sample)
    lefts = (MARGIN, MARGIN + wide + GUTTER) if sample.has("columns") else (MARGIN,)
    return [Frame(left, MARGIN, wide, high, 0, 0, 0, 0) for left in lefts]


def _draw_cover(canvas: Canvas, document: Any) -> None:
    sample = document.sample
    _label_pages(canvas, document)
    canvas.setFillColor(HexColor(sample.colour))
    if sample.cover == "full":
        canvas.rect(0, 330, WIDE, HIGH - 330, stroke=0, fill=1)
        canvas.setFillColor(white)
    elif sample.cover == "bars":
        canvas.rect(0, HIGH - 40, WIDE, 40, stroke=0, fill=1)
        canvas.rect(0, 0, WIDE, 24, stroke=0, fill=1)
    else:
        canvas.rect(MARGIN - 18, 330, 5, HIGH - 400, stroke=0, fill=1)
    canvas.setFont(FONTS[sample.font][1], 14)
    canvas.drawString(MARGIN, HIGH - 96, sample.organisation)


def _draw_masthead(canvas: Canvas, document: Any) -> None:
    sample, bold = document.sample, FONTS[document.sample.font][1]
    canvas.setFillColor(HexColor(sample.colour))
    canvas.rect(0, HIGH - MASTHEAD_HIGH, WIDE, MASTHEAD_HIGH, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(bold, 11)
    canvas.drawString(MARGIN, HIGH - 34, sample.organisation)
    canvas.setFont(bold, 21)
    for place, line in enumerate(simpleSplit(sample.title, bold, 21, TEXT_WIDE)):
        canvas.drawString(MARGIN, HIGH - 64 - 24 * place, line)
    canvas.setFont(FONTS[sample.font][0], 10)
    canvas.drawString(MARGIN, HIGH - MASTHEAD_HIGH + 12, sample.about)
    _draw_footer(canvas, document, WIDE)


def _draw_body(canvas: Canvas, document: Any) -> None:
    _draw_header(canvas, document, WIDE, HIGH)
    _draw_footer(canvas, document, WIDE)


def _draw_rotated(canvas: Canvas, document: Any) -> None:
    """Turn what is drawn a quarter to the left, as the page is shown turned to the right."""
    canvas.translate(WIDE, 0)
    canvas.rotate(90)
    _draw_header(canvas, document, HIGH, WIDE)
    _draw_footer(canvas, document, HIGH)


def _draw_scan(canvas: Canvas, document: Any) -> None:
    picture = ImageReader(PICTURES / document.sample.scan)  # named by content, not by its path
    canvas.drawImage(picture, 0, 0, WIDE, HIGH)


def _draw_header(canvas: Canvas, document: Any, wide: float, high: float) -> None:
    sample = document.sample
    if sample.header:
        canvas.setFont(FONTS[sample.font][0], 8.5)
        canvas.setFillColor(HexColor("#555555"))
        canvas.drawString(MARGIN, high - 38, sample.header)
        canvas.setStrokeColor(HexColor(sample.colour))
        canvas.line(MARGIN, high - 44, wide - MARGIN, high - 44)


def _draw_footer(canvas: Canvas, document: Any, wide: float) -> None:
    sample, before = document.sample, document.before
    page = f"Page {document.page} of {before.pages}"
    if sample.has("labels"):
        page = before.label(document.page)
    canvas.setFont(FONTS[sample.font][0], 8.5)
    canvas.setFillColor(HexColor("#555555"))
    canvas.drawString(MARGIN, 34, sample.footer)
    canvas.drawRightString(wide - MARGIN, 34, page)


def _label_pages(canvas: Canvas, document: Any) -> None:
    """Number the front matter in roman and the rest from 1, for PDF readers."""
    if document.before.front:
        canvas.addPageLabel(0, "ROMAN_LOWER", 1)
        canvas.addPageLabel(document.before.front, "ARABIC", 1)
