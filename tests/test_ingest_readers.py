"""The registry: which reader reads which file, whatever it is called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from ingest import readers
from ingest.errors import UnreadableFile
from ingest.readers import SUFFIXES, read_file
from ingest.records import Page, Reading

HTML = b"\xef\xbb\xbf<!-- saved --><!DOCTYPE html><html><body><p>Beds are few.</p></body></html>"


def write(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "name, content, media_type",
    [
        ("plan.txt", b"Beds are few.", "text/plain"),
        ("PLAN.TXT", b"Beds are few.", "text/plain"),
        ("plan.html", b"<p>Beds are few.</p>", "text/html"),
        ("plan.eml", b"Subject: Plan\n\nBeds are few.", "message/rfc822"),
        ("plan.pdf", HTML, "text/html"),
        ("plan.txt", b"<?xml version='1.0'?>\n<html><p>Beds are few.</p></html>", "text/html"),
    ],
)
def test_file_is_read_by_its_content(
    tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    reading = read_file(write(tmp_path, name, content))
    assert reading.media_type == media_type
    assert reading.blocks[-1].text == "Beds are few."


def test_pdf_under_another_name_is_read_as_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading("application/pdf", (Page(1, "Beds"),), ())
    monkeypatch.setitem(readers.READERS, ".pdf", lambda path: reading)
    assert read_file(write(tmp_path, "plan.txt", b"junk\n%PDF-1.4")) == reading


def test_word_document_under_another_name_is_read_as_one(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Beds are few.")
    document.save(str(tmp_path / "plan.pdf"))
    assert read_file(tmp_path / "plan.pdf").blocks[0].text == "Beds are few."


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNREADABLE = {
    "an empty file": ("plan.pdf", b"", "plan.pdf is empty"),
    "an old Word document": ("plan.doc", OLD_OFFICE, "an old Word document; .* save it as .docx"),
    "an old one named .docx": ("plan.docx", OLD_OFFICE, "an old Word document"),
    "an Outlook e-mail": ("plan.msg", OLD_OFFICE, "an Outlook e-mail; .* save it as .eml"),
    "old slides": ("plan.ppt", OLD_OFFICE, "an old slide show"),
    "a locked document": (
        "plan.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "locked with a password",
    ),
    "rich text": ("plan.doc", b"{\\rtf1 Beds}", "a rich text document"),
    "a picture": ("plan.pdf", b"\x89PNG\r\n\x1a\n", "is a picture"),
    "another kind": ("plan.xyz", b"Beds are few.", "of a kind that plansearch does not read"),
    "a cut Word document": ("plan.docx", b"PK\x03\x04cut", "damaged or locked"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_file_is_told_what_it_is(tmp_path: Path, case: str) -> None:
    name, content, message = UNREADABLE[case]
    with pytest.raises(UnreadableFile, match=message):
        read_file(write(tmp_path, name, content))


@pytest.mark.parametrize(
    "member, message",
    [("ppt/presentation.xml", "slide show"), ("content.xml", "OpenDocument"),
     ("xl/workbook.xml", "archive or a workbook")],
)
def test_other_zips_are_told_apart(tmp_path: Path, member: str, message: str) -> None:
    with ZipFile(tmp_path / "plan.docx", "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(UnreadableFile, match=message):
        read_file(tmp_path / "plan.docx")


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="plan.txt cannot be opened"):
        read_file(tmp_path / "plan.txt")


def test_walk_takes_what_is_read_and_what_ought_to_be_reported() -> None:
    assert {".pdf", ".html", ".docx", ".txt", ".eml", ".doc", ".msg"} <= SUFFIXES
    assert {".csv", ".png", ""}.isdisjoint(SUFFIXES)


def test_registry_does_not_load_pdfminer() -> None:
    code = "import ingest.readers, sys; sys.exit('pdfminer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
