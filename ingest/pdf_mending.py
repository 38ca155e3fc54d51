"""Asks pdfium about a PDF that pdfminer fails on: how many pages it has, and a mended copy."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

A4_POINTS = (595, 842)


def count_pages(content: bytes) -> int:
    """Count the pages up to the last that pdfium can load; 0 where it cannot open the file.

    What a file declares is a claim only, which may be of a billion pages.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return _count_pages(document)
    finally:
        document.close()


def mend_pdf(content: bytes) -> bytes:
    """Copy the pages of a PDF into a new one, which rebuilds all that leads to them.

    In the place of a page that pdfium cannot load stands an empty one.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        return _copy_pages(document)
    except pypdfium2.PdfiumError:
        return _copy_each_page(document)
    finally:
        document.close()


def _count_pages(document: pypdfium2.PdfDocument) -> int:
    for count in range(len(document), 0, -1):
        try:
            document[count - 1].close()
        except pypdfium2.PdfiumError:
            continue
        return count
    return 0


def _copy_pages(document: pypdfium2.PdfDocument) -> bytes:
    """Copy all pages at once, so that they share their fonts."""
    copy = pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(document)
        return _save(copy)
    finally:
        copy.close()


def _copy_each_page(document: pypdfium2.PdfDocument) -> bytes:
    copy = pypdfium2.PdfDocument.new()
    try:
        for place in range(_count_pages(document)):
            try:
                copy.import_pages(document, [place])
            except pypdfium2.PdfiumError:
                if len(copy) == place:  # it may have begun the page before it failed
                    copy.new_page(*A4_POINTS).close()
        return _save(copy)
    finally:
        copy.close()


def _save(document: pypdfium2.PdfDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()
