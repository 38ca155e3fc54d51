"""Word documents: order, styles, lists, tables, notes, and what is wrong with broken ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.docx import read_docx
from ingest.errors import UnreadableFile
from ingest.records import CELL, Reading

TEXT_BOX = f"""<w:p {nsdecls('w')}
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
 <w:r><w:t>Around the box</w:t></w:r><w:r><mc:AlternateContent>
 <mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p>
 </w:txbxContent></mc:Choice>
 <mc:Fallback><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>
 </mc:Fallback></mc:AlternateContent></w:r></w:p>"""
CONTROL = f"""<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a</w:t></w:r><w:del><w:r>
 <w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> control</w:t>
 </w:r></w:ins></w:p></w:sdtContent></w:sdt>"""


def read(tmp_path: Path, document: Document) -> Reading:
    path = tmp_path / "plan.docx"
    document.save(str(path))
    reading = read_docx(path)
    text = reading.pages[0].text
    for block in reading.blocks:
        assert block.text == " ".join(text[span.start:span.end] for span in block.spans)
    return reading


def kinds(reading: Reading) -> list[tuple[str, str]]:
    return [(f"{block.kind}{block.level or ''}", block.text) for block in reading.blocks]


def test_body_is_read_in_its_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Our plan", 0)
    document.add_heading("Why", 2)
    document.add_paragraph("Beds\tare\nfew.")
    table = document.add_table(2, 3)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcdef"):
        cell.text = text
    document.add_paragraph("Flu", style="List Bullet")
    document.add_paragraph("Beds", style="List Number")
    document.add_paragraph("Staff", style="List Number")
    document.add_paragraph("Figure 1", style="Caption")
    assert kinds(read(tmp_path, document)) == [
        ("heading1", "Our plan"), ("heading2", "Why"), ("paragraph", "Beds are few."),
        ("row", f"a{CELL}b{CELL}c"), ("row", f"d{CELL}e{CELL}f"), ("item", "• Flu"),
        ("item", "1. Beds"), ("item", "2. Staff"), ("caption", "Figure 1"),
    ]


def test_merged_cells_are_not_repeated(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Costs"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "2019/20"
    table.cell(1, 1).text, table.cell(2, 1).text = "£4.9m", "£0.5m"
    rows = [text for _, text in kinds(read(tmp_path, document))]
    assert rows == ["Costs", f"2019/20{CELL}£4.9m", f"{CELL}£0.5m"]


def test_table_of_one_column_is_read_as_text(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "In a frame"
    cell.add_paragraph("Flu", style="List Bullet")
    assert kinds(read(tmp_path, document)) == [("paragraph", "In a frame"), ("item", "• Flu")]


def test_text_boxes_and_content_controls_are_not_lost(tmp_path: Path) -> None:
    document = docx.Document()
    for xml in (CONTROL, TEXT_BOX):
        document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    texts = [text for _, text in kinds(read(tmp_path, document))]
    assert texts == ["In a control", "Around the box", "In the box"]


def test_headers_and_footers_are_furniture(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Beds are few.")
    document.sections[0].header.paragraphs[0].text = "Draft plan"
    document.sections[0].footer.paragraphs[0].text = "Anyshire NHS Trust"
    blocks = kinds(read(tmp_path, document))
    assert blocks[0] == ("paragraph", "Beds are few.")
    assert set(blocks[1:]) == {("furniture", "Draft plan"), ("furniture", "Anyshire NHS Trust")}


def test_hints_come_from_the_properties(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Beds are few.")
    document.core_properties.title = "Our plan"
    document.core_properties.author = "Anyshire NHS Trust"
    document.core_properties.modified = datetime(2019, 11, 14, 9, 30)
    assert dict(read(tmp_path, document).hints) == {
        "title": "Our plan", "author": "Anyshire NHS Trust", "published": "2019-11-14",
    }


def test_document_without_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="plan.docx holds no text"):
        read(tmp_path, docx.Document())


@pytest.mark.parametrize("damage", ["no zip", "cut", "a part is missing", "bad xml"])
def test_damaged_document_is_unreadable(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "plan.docx"
    document = docx.Document()
    document.add_paragraph("Beds are few.")
    document.save(str(path))
    if damage == "no zip":
        path.write_bytes(b"not a zip")
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:2000])
    else:
        _rewrite(path, b"<w:document" if damage == "bad xml" else None)
    with pytest.raises(UnreadableFile, match="plan.docx cannot be read .* save it again"):
        read_docx(path)


def _rewrite(path: Path, body: bytes | None) -> None:
    """Replace the body of a document, or leave it out."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.pop("word/document.xml")
    if body is not None:
        parts["word/document.xml"] = body
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
