"""Opens a PDF with pdfminer so that faults in it neither hold it up for ever nor hide its pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1


class OpenDocument(PDFDocument):
    """A document in which no object stands for itself, which pdfminer would follow for ever."""

    def getobj(self, objid: int) -> object:
        """Give an object, past all references that stand in its place."""
        passed = set()
        found = super().getobj(objid)
        while isinstance(found, PDFObjRef):
            if found.objid in passed:
                raise PDFObjectNotFound(objid)
            passed.add(found.objid)
            found = super().getobj(found.objid)
        return found


class SizedPage(PDFPage):
    """A page whose boxes, where they are none, are as if they were not given: as pdfium does."""

    def __init__(self, doc: PDFDocument, pageid: object, attrs: object, label: str | None) -> None:
        given = dict_value(attrs)
        kept = {name: value for name, value in given.items()
                if name not in ("MediaBox", "CropBox") or _is_box(value)}
        super().__init__(doc, pageid, kept, label)


def _is_box(value: Any) -> bool:
    edges = [resolve1(edge) for edge in list_value(value)]
    if len(edges) != 4 or not all(isinstance(edge, (int, float)) for edge in edges):
        return False
    return bool(edges[0] != edges[2] and edges[1] != edges[3])


def open_document(content: bytes) -> tuple[PDFDocument, list[PDFPage]]:
    """Open a PDF and list its pages; pdfminer's faults on broken files are of every type."""
    document = OpenDocument(PDFParser(BytesIO(content)))
    return document, list(SizedPage.create_pages(document))
