"""Word documents: order, styles, lists, tables, notes, and what is wrong with broken ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
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


def test_cell_merged_downwards_is_in_each_of_its_rows(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Costs"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "2019/20"
    table.cell(1, 1).text, table.cell(2, 1).text = "£4.9m", "£0.5m"
    rows = [text for _, text in kinds(read(tmp_path, document))]
    assert rows == ["Costs", f"2019/20{CELL}£4.9m", f"2019/20{CELL}£0.5m"]


def test_cell_merged_to_the_right_is_in_its_first_column(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Beds"
    for cell, text in zip((table.cell(0, 2), *table.rows[1].cells), ("Note", "a", "b", "c")):
        cell.text = text
    rows = [text for _, text in kinds(read(tmp_path, document))]
    assert rows == [f"Beds{CELL}{CELL}Note", f"a{CELL}b{CELL}c"]


HEADER_MARKS = {"repeated on each page": True, "set off by the style": True, "in no way": False}


@pytest.mark.parametrize("mark", HEADER_MARKS)
def test_header_row_is_one_that_is_marked(tmp_path: Path, mark: str) -> None:
    document = docx.Document()
    style = "Light List Accent 1" if mark == "set off by the style" else "Table Grid"
    table = document.add_table(2, 2, style=style)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcd"):
        cell.text = text
    if mark == "repeated on each page":
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    rows = [kind for kind, _ in kinds(read(tmp_path, document))]
    assert rows == ["row1" if HEADER_MARKS[mark] else "row", "row"]


def test_deleted_row_goes(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcdef"):
        cell.text = text
    deletion = parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='Ann'/>")
    table.rows[1]._tr.get_or_add_trPr().append(deletion)
    assert [text for _, text in kinds(read(tmp_path, document))] == [f"a{CELL}b", f"e{CELL}f"]


def test_two_long_texts_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = docx.Document()
    left, right = document.add_table(1, 2).rows[0].cells
    left.text, right.text = "We listen " * 8, "We act."
    found = kinds(read(tmp_path, document))
    assert found == [("paragraph", ("We listen " * 8).strip()), ("paragraph", "We act.")]


NOTES = f"""<w:footnotes {nsdecls('w')}><w:footnote w:id="2"><w:p><w:r><w:t>See page 3.</w:t></w:r>
 </w:p></w:footnote><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote></w:footnotes>"""
NOTED = f"""<w:p {nsdecls('w')}><w:r><w:t>Beds are few.</w:t></w:r><w:r>
 <w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>"""


def test_footnote_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.element.body.insert_element_before(parse_xml(NOTED), "w:sectPr")
    document.add_paragraph("We open more.")
    name = PackURI("/word/footnotes.xml")
    part = Part(name, "application/xml", NOTES.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert kinds(read(tmp_path, document)) == [
        ("paragraph", "Beds are few."), ("note", "See page 3."), ("paragraph", "We open more."),
    ]


def test_hidden_text_goes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Beds are few.")
    paragraph.add_run(" Secret.").font.hidden = True
    paragraph.add_run(" Not so here.").font.hidden = False
    assert kinds(read(tmp_path, document)) == [("paragraph", "Beds are few. Not so here.")]


BOLD = {
    "a line below a heading is one of the next level": ("Why now", "heading2"),
    "a sentence is none": ("Beds are few.", "paragraph"),
}


@pytest.mark.parametrize("case", BOLD)
def test_line_in_bold_is_a_heading(tmp_path: Path, case: str) -> None:
    text, kind = BOLD[case]
    document = docx.Document()
    document.add_heading("Our plan", 1)
    document.add_paragraph().add_run(text).bold = True
    document.add_paragraph("Beds are ").add_run("few").bold = True
    assert kinds(read(tmp_path, document))[1:] == [(kind, text), ("paragraph", "Beds are few")]


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
