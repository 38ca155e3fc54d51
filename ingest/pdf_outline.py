"""The outline (bookmarks) of a PDF: its titles, their levels and their pages."""

from __future__ import annotations

from collections.abc import Sequence

from pdfminer.pdfdocument import PDFDestinationNotFound, PDFDocument, PDFNoOutlines
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

from ingest.pdf_headings import Entry

MOST_ENTRIES = 5000


def read_outline(document: PDFDocument, pages: Sequence[PDFPage]) -> tuple[Entry, ...]:
    """Give the entries of the outline in their order; none where the PDF has no outline."""
    number_of = {page.pageid: number for number, page in enumerate(pages, start=1)}
    entries = []
    try:
        for level, title, target, action, _ in document.get_outlines():
            number = number_of.get(_find_page(document, target, action), 0)
            entries.append(Entry(" ".join(title.split()), level + 1, number))
            if len(entries) == MOST_ENTRIES:
                break
    except (PDFNoOutlines, RecursionError):
        # A RecursionError is an outline whose entries point back at one another.
        return ()
    top = min((entry.level for entry in entries), default=1)
    return tuple(Entry(entry.title, entry.level - top + 1, entry.page) for entry in entries)


def _find_page(document: PDFDocument, target: object, action: object) -> object:
    """Give the id of the page that an entry leads to, None where it leads elsewhere."""
    action = resolve1(action)
    if target is None and isinstance(action, dict):
        target = action.get("D")
    target = resolve1(target)
    if isinstance(target, PSLiteral):
        target = target.name
    if isinstance(target, (bytes, str)):
        try:
            target = resolve1(document.get_dest(target))
        except PDFDestinationNotFound:
            return None
    if isinstance(target, dict):
        target = resolve1(target.get("D"))
    if isinstance(target, list) and target and isinstance(target[0], PDFObjRef):
        return target[0].objid
    return None
