"""Small PDFs for tests, and what every reading of one promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.records import Block, Reading

Draw = Callable[[Canvas], None]


def make_pdf(path: Path, *pages: Draw, **options: str) -> Path:
    """Write a PDF of A4 pages, each drawn by one function."""
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text_at(*lines: tuple[float, float, str], size: float = 11, font: str = "Helvetica") -> Draw:
    """Draw lines of text, each at points from the top left of the page."""
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for left, down, text in lines:
            canvas.drawString(left, 842 - down, text)
    return draw


def paragraph(top: float, *lines: str) -> Draw:
    """Draw the lines of a paragraph, the first at points from the top of the page."""
    return text_at(*((60, top + 13 * number, line) for number, line in enumerate(lines)))


def all_of(*draws: Draw) -> Draw:
    """Draw one thing after another on one page."""
    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)
    return draw


def texts(reading: Reading, kind: str = "") -> list[str]:
    """Give the texts of the blocks, or of those of one kind."""
    return [block.text for block in reading.blocks if not kind or block.kind == kind]


def check_contracts(reading: Reading) -> None:
    """Check what every reading promises of offsets, boxes and white space."""
    for page in reading.pages:
        assert "  " not in page.text and "(cid:" not in page.text and "\0" not in page.text
        last = 0
        for word in page.words:
            assert last <= word.start < word.end <= len(page.text)
            assert not any(letter.isspace() for letter in page.text[word.start:word.end])
            left, top, right, bottom = word.box
            assert left <= right and top <= bottom
            assert 0 <= (left + right) / 2 <= page.width
            assert 0 <= (top + bottom) / 2 <= page.height
            last = word.end
        assert sum(word.end - word.start for word in page.words) == len("".join(
            page.text.split()))
    for block in reading.blocks:
        assert block.text == " ".join(page_text(reading, block)) and "\n" not in block.text
    lines = [line for page in reading.pages for line in page.text.split("\n") if line]
    assert sorted(lines) == sorted(text for block in reading.blocks
                                   for text in page_text(reading, block))


def page_text(reading: Reading, block: Block) -> list[str]:
    return [reading.pages[span.page - 1].text[span.start:span.end] for span in block.spans]
