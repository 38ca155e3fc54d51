"""Asks pdfium about a PDF that pdfminer fails on: how many pages it has, and a mended copy."""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def count_pages(content: bytes) -> int:
    """Count the pages that pdfium finds; 0 where it cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def mend_pdf(content: bytes) -> bytes:
    """Copy the pages of a PDF into a new one, which rebuilds all that leads to them."""
    document, copy = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(document)
        written = BytesIO()
        copy.save(written)
        return written.getvalue()
    finally:
        copy.close()
        document.close()
