"""Read Word documents (.docx): paragraphs, lists and tables in the order of the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from ingest.docx_tables import cells_of, is_header, is_layout, marks_first_row, rows_of, spread
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


_HIDDEN = f"{qn('w:rPr')}/{qn('w:vanish')}"
_REFERENCES = {
    RELATIONSHIP_TYPE.FOOTNOTES: qn("w:footnoteReference"),
    RELATIONSHIP_TYPE.ENDNOTES: qn("w:endnoteReference"),
}


@dataclass(frozen=True)
class _Reader:
    """What is needed all the way down: the styles, and the notes not yet read."""

    styles: Styles
    notes: dict[tuple[str, str], Any]


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
    reader = _Reader(Styles(document), dict(_notes(document)))
    yield from _drafts(document.element.body, reader)
    yield from _furniture(document, reader)


def _notes(document: Document) -> Iterator[tuple[tuple[str, str], Any]]:
    """Footnotes and endnotes, by the name of what refers to them and their id."""
    for relation in document.part.rels.values():
        if reference := _REFERENCES.get(relation.reltype):
            for note in parse_xml(relation.target_part.blob):
                yield (reference, note.get(qn("w:id"), "")), note


def _furniture(document: Document, reader: _Reader) -> Iterator[Draft]:
    parts = [
        relation.target_part.element
        for relation in document.part.rels.values()
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    ]
    texts = (text for part in parts for _, _, text in _drafts(part, reader))
    for text in dict.fromkeys(texts):
        yield "furniture", 0, text


def _drafts(parent: Any, reader: _Reader) -> Iterator[Draft]:
    """The blocks under any element: content controls and tracked insertions are looked into."""
    for child in parent.iterchildren("*"):
        if child.tag == qn("w:p"):
            yield from _paragraph(child, reader)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, reader)
        elif child.tag not in _NOT_HERE and child.tag != qn("w:del"):
            yield from _drafts(child, reader)


def _paragraph(paragraph: Any, reader: _Reader) -> Iterator[Draft]:
    text = "".join(_words(paragraph))
    if text.strip():
        kind, level, marker = reader.styles.role(paragraph)
        yield kind, level, f"{marker} {text}"
    yield from _paragraph_notes(paragraph, reader)
    for box in paragraph.iter(qn("w:txbxContent")):
        if _is_here(box, paragraph):
            yield from _drafts(box, reader)


def _paragraph_notes(paragraph: Any, reader: _Reader) -> Iterator[Draft]:
    """The notes that a paragraph refers to, each once in a document."""
    for name in _REFERENCES.values():
        for reference in paragraph.iter(name):
            note = reader.notes.pop((name, reference.get(qn("w:id"))), None)
            if note is not None:
                yield "note", 0, " ".join(text for _, _, text in _drafts(note, reader))


def _is_here(box: Any, paragraph: Any) -> bool:
    """Whether a text box is a paragraph's own: not its copy for old programs, nor in another."""
    above = list(box.iterancestors())
    own = next(each for each in above if each.tag == qn("w:p"))
    return own is paragraph and not any(each.tag == _FALLBACK for each in above)


def _words(element: Any) -> Iterator[str]:
    for child in element.iterchildren("*"):
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _TEXT:
            yield _TEXT[child.tag]
        elif child.tag not in _NOT_HERE and not _is_hidden(child):
            yield from _words(child)


def _is_hidden(run: Any) -> bool:
    mark = run.find(_HIDDEN)
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _table(table: Any, reader: _Reader) -> Iterator[Draft]:
    rows = list(rows_of(table))
    if is_layout(rows):
        for cell in (cell for row in rows for cell in cells_of(row)):
            yield from _drafts(cell, reader)
        return
    above: dict[int, str] = {}
    headed = marks_first_row(table, reader.styles)
    for number, row in enumerate(rows):
        texts = [_cell_text(cell, reader) for cell in cells_of(row)]
        header = is_header(row) or (headed and number == 0)
        yield "row", int(header), CELL.join(spread(row, texts, above))


def _cell_text(cell: Any, reader: _Reader) -> str:
    return " ".join(text.replace(CELL, " ") for _, _, text in _drafts(cell, reader))
