"""Read Word documents (.docx): paragraphs, lists and tables in the order of the body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.compose import Draft, compose_reading
from ingest.docx_styles import Styles
from ingest.errors import UnreadableFile
from ingest.records import CELL, Reading

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FAULTS = (
    PackageNotFoundError, BadZipFile, ZlibError, KeyError, ValueError, SyntaxError, OSError,
    RuntimeError, AttributeError,
)
"""What python-docx, zipfile and lxml (whose XMLSyntaxError is a SyntaxError) raise on files that
are damaged (AttributeError: a part is missing) or encrypted (RuntimeError)."""

_TEXT = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_HERE = (qn("w:txbxContent"), _FALLBACK, qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"))


def read_docx(path: Path) -> Reading:
    """Read a Word document; raises UnreadableFile where it is damaged or locked."""
    try:
        document = docx.Document(str(path))
        drafts = list(_document(document))
        hints = tuple(_hints(document))
    except _FAULTS as error:
        raise UnreadableFile(
            f"{path.name} cannot be read as a Word document: it is damaged or locked with a "
            "password. Open it in Word and save it again without a password, or as PDF."
        ) from error
    return compose_reading(path, MEDIA_TYPE, drafts, hints)


def _hints(document: Document) -> Iterator[tuple[str, str]]:
    properties = document.core_properties
    if properties.title.strip():
        yield "title", properties.title.strip()
    if properties.author.strip() and properties.author != "python-docx":
        yield "author", properties.author.strip()
    saved: datetime | None = properties.modified or properties.created
    if saved:
        yield "published", saved.date().isoformat()


def _document(document: Document) -> Iterator[Draft]:
    styles = Styles(document)
    yield from _drafts(document.element.body, styles)
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            yield from _notes(parse_xml(relation.target_part.blob), styles)
    yield from _furniture(document, styles)


def _notes(root: Any, styles: Styles) -> Iterator[Draft]:
    for note in root:
        yield "note", 0, " ".join(text for _, _, text in _drafts(note, styles))


def _furniture(document: Document, styles: Styles) -> Iterator[Draft]:
    parts = [
        relation.target_part.element
        for relation in document.part.rels.values()
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    ]
    texts = (text for part in parts for _, _, text in _drafts(part, styles))
    for text in dict.fromkeys(texts):
        yield "furniture", 0, text


def _drafts(parent: Any, styles: Styles) -> Iterator[Draft]:
    """The blocks under any element: content controls and tracked insertions are looked into."""
    for child in parent.iterchildren("*"):
        if child.tag == qn("w:p"):
            yield from _paragraph(child, styles)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, styles)
        elif child.tag not in _NOT_HERE and child.tag != qn("w:del"):
            yield from _drafts(child, styles)


def _paragraph(paragraph: Any, styles: Styles) -> Iterator[Draft]:
    text = "".join(_words(paragraph))
    if text.strip():
        kind, level, marker = styles.role(paragraph)
        yield kind, level, f"{marker} {text}"
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from _drafts(box, styles)


def _words(element: Any) -> Iterator[str]:
    for child in element.iterchildren("*"):
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _TEXT:
            yield _TEXT[child.tag]
        elif child.tag not in _NOT_HERE:
            yield from _words(child)


def _table(table: Any, styles: Styles) -> Iterator[Draft]:
    """A table of one column only frames its text, which is then read as if it stood alone."""
    rows = [list(_cells(row)) for row in _inside(table, "w:tr")]
    if all(len(row) < 2 for row in rows):
        for cell in (cell for row in rows for cell in row):
            yield from _drafts(cell, styles)
    else:
        for row in rows:
            yield "row", 0, CELL.join(_cell_text(cell, styles) for cell in row)


def _cells(row: Any) -> Iterator[Any]:
    return _inside(row, "w:tc")


def _inside(parent: Any, name: str) -> Iterator[Any]:
    for child in parent.iterchildren("*"):
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _inside(child, name)


def _cell_text(cell: Any, styles: Styles) -> str:
    """The text of a cell; the lower part of a cell that was merged downwards has none."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val")) != "restart":
        return ""
    return " ".join(text.replace(CELL, " ") for _, _, text in _drafts(cell, styles))
