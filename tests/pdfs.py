"""Small PDFs for tests, and what every reading of one promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Union

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


Kid = Union[int, str, "tuple[Any, ...]"]
"""An MCID on the first page, a piece of PDF, or an element: its role and its kids."""


def marked(tag: str, mcid: int, left: float, down: float, text: str, size: float = 11) -> str:
    """Give the painting of a line of text as marked content; of an artifact for an MCID of -1."""
    opened = f"/{tag} BMC" if mcid < 0 else f"/{tag} <</MCID {mcid}>> BDC"
    return f"{opened}\n{plain(left, down, text, size)}EMC\n"


def plain(left: float, down: float, text: str, size: float = 11) -> str:
    """Give the painting of a line of text, points from the top left of the page."""
    escaped = text.replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {left} {842 - down} Td ({escaped}) Tj ET\n"


def on_page(number: int, mcid: int, form: int = 0) -> str:
    """Refer to marked content on a page (from 1), or in a form on it (from 1)."""
    stream = f"/Stm {FORMS + form - 1} 0 R " if form else ""
    return f"<</Type /MCR /Pg {PAGES + 2 * number - 2} 0 R {stream}/MCID {mcid}>>"


FORMS, PAGES, ELEMENTS = 10, 20, 100
"""The numbers of the first form, page and element in a tagged PDF."""


def make_tagged_pdf(path: Path, pages: Sequence[str], kids: Sequence[Kid], roles: str = "",
                    forms: Sequence[str] = ()) -> Path:
    """Write a PDF of A4 pages as painted, with a structure tree over them.

    ``roles`` are entries of its role map; the forms are called /X1, /X2 and so on.
    """
    names = " ".join(f"/X{number + 1} {FORMS + number} 0 R" for number in range(len(forms)))
    resources = f"<</Font <</F1 4 0 R>> /XObject <<{names}>>>>"
    objects = {
        1: "<</Type /Catalog /Pages 2 0 R /StructTreeRoot 3 0 R /MarkInfo <</Marked true>>>>",
        2: f"<</Type /Pages /Count {len(pages)} /Kids ["
           + " ".join(f"{PAGES + 2 * number} 0 R" for number in range(len(pages))) + "]>>",
        4: "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"}
    for number, content in enumerate(forms):
        objects[FORMS + number] = _stream(
            content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources {resources}")
    for number, content in enumerate(pages):
        objects[PAGES + 2 * number] = (
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} "
            f"/Contents {PAGES + 2 * number + 1} 0 R>>")
        objects[PAGES + 2 * number + 1] = _stream(content, "")
    top = " ".join(_add_element(kid, objects) for kid in kids)
    objects[3] = f"<</Type /StructTreeRoot /RoleMap <<{roles}>> /K [{top}]>>"
    path.write_bytes(_write_objects(objects))
    return path


def _stream(content: str, entries: str) -> str:
    return f"<<{entries} /Length {len(content)}>>\nstream\n{content}\nendstream"


def _add_element(kid: Kid, objects: dict[int, str]) -> str:
    if not isinstance(kid, tuple):
        return on_page(1, kid) if isinstance(kid, int) else kid
    number = max(ELEMENTS - 1, *objects) + 1
    objects[number] = ""
    role, attributes = kid[0].split(" ", 1) if " " in kid[0] else (kid[0], "")
    inside = " ".join(_add_element(each, objects) for each in kid[1:])
    objects[number] = f"<</Type /StructElem /S /{role} {attributes} /K [{inside}]>>"
    return f"{number} 0 R"


def _write_objects(objects: dict[int, str]) -> bytes:
    written = "%PDF-1.7\n"
    places = {}
    for number in sorted(objects):
        places[number] = len(written)
        written += f"{number} 0 obj\n{objects[number]}\nendobj\n"
    table = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    return (f"{written}xref\n0 1\n0000000000 65535 f \n{table}trailer\n"
            f"<</Root 1 0 R /Size {max(objects) + 1}>>\nstartxref\n{len(written)}\n%%EOF\n"
            ).encode("latin-1")


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
