"""Sets a sample document as a Word file, with Word's own styles for headings, lists and tables."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from corpus.markup import Piece, Sample, split_bold, strip_marks

ZIP_DATE = (2020, 1, 1, 0, 0, 0)
STYLES = {"caption": "Caption", "note": "Intense Quote", "paragraph": "Normal"}


def write_docx(sample: Sample) -> bytes:
    """Set a document as a Word file that is the same, byte for byte, whenever it is made."""
    document = docx.Document()
    _describe(document, sample)
    _write_front(document, sample)
    for piece in sample.pieces:
        _write_piece(document, piece)
    return _pack(document)


def _describe(document: Document, sample: Sample) -> None:
    properties = document.core_properties
    properties.title, properties.author = sample.title, sample.organisation
    properties.created = properties.modified = datetime.fromisoformat(sample.dated)
    properties.comments, properties.last_modified_by = "Sample document", "plansearch"
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{sample.organisation}\t\t{sample.header}"
    section.footer.paragraphs[0].text = "Sample document written for plansearch"


def _write_front(document: Document, sample: Sample) -> None:
    document.add_paragraph(sample.organisation, style="Subtitle")
    document.add_paragraph(sample.title, style="Title")
    document.add_paragraph(sample.about)
    document.add_paragraph(sample.notice, style="Intense Quote")


def _write_piece(document: Document, piece: Piece) -> None:
    if piece.kind == "heading":
        document.add_heading(strip_marks(piece.text), piece.level)
    elif piece.kind == "items":
        for (item,) in piece.rows:
            _add_runs(document.add_paragraph(style="List Bullet"), item)
    elif piece.kind == "table":
        _write_table(document, piece.rows)
    else:
        _add_runs(document.add_paragraph(style=STYLES[piece.kind]), piece.text)


def _write_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _add_runs(cell.paragraphs[0], text)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph()


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for run, bold in split_bold(text):
        paragraph.add_run(run).bold = bold or None


def _pack(document: Document) -> bytes:
    """Pack the file again with one date on every part, since Word files are zip archives."""
    loose, packed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(packed, "w") as archive:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(part.filename))
    return packed.getvalue()
