"""Which reader reads which file, told from its first bytes and, where these do not say, its name.

A file that no reader reads is an UnreadableFile, whose message says what it is and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingest.contents_pages import mark_contents
from ingest.docx import read_docx
from ingest.errors import UnreadableFile
from ingest.html import read_html
from ingest.mail import read_mail
from ingest.records import Reading
from ingest.table_headers import mark_header_rows
from ingest.text import read_text

Reader = Callable[[Path], Reading]


def _read_pdf(path: Path) -> Reading:
    """Read a PDF; pdfminer is loaded no earlier than the first PDF."""
    from ingest.pdf import read_pdf

    return read_pdf(path)


READERS: dict[str, Reader] = {
    ".pdf": _read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".txt": read_text,
    ".text": read_text,
    ".eml": read_mail,
}

UNREADABLE: dict[str, str] = {
    ".doc": "an old Word document; open it in Word and save it as .docx or PDF",
    ".rtf": "a rich text document; open it in Word and save it as .docx or PDF",
    ".odt": "an OpenDocument text; open it and save it as .docx or PDF",
    ".ppt": "an old slide show; open it in PowerPoint and save it as PDF",
    ".pptx": "a slide show; open it in PowerPoint and save it as PDF",
    ".msg": "an Outlook e-mail; open it in Outlook and save it as .eml or PDF",
}
"""Documents that a folder may hold and nothing reads: what each is, and what to do."""

SUFFIXES = frozenset(READERS) | frozenset(UNREADABLE)
"""The endings, in lower case, that the walk of a folder takes as documents."""

_HEAD_BYTES = 1024
_HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+)?html\b", re.I | re.S
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_file(path: Path) -> Reading:
    """Read a file of any kind; raises UnreadableFile where there is no reader or no text."""
    suffix = _true_suffix(path)
    if suffix in READERS:
        reading = READERS[suffix](path)
        return replace(reading, blocks=mark_header_rows(mark_contents(reading.blocks)))
    what = UNREADABLE.get(suffix, "of a kind that plansearch does not read; save it as PDF")
    raise UnreadableFile(f"{path.name} is {what}.")


def _true_suffix(path: Path) -> str:
    """The ending that the file ought to have by its content."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be opened ({error.strerror}). Check the file and its permissions."
        ) from error
    if not head:
        raise UnreadableFile(f"{path.name} is empty. Replace it with the whole document.")
    if b"%PDF-" in head:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_suffix(path)
    if head.startswith(_OLD_OFFICE):
        return _old_office_suffix(path)
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(_PICTURES):
        raise UnreadableFile(f"{path.name} is a picture. Save it as PDF, so that its text is read.")
    return ".html" if _HTML.match(head) else path.suffix.lower()


def _zip_suffix(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except BadZipFile:
        return path.suffix.lower()
    folders = {name.split("/")[0] for name in names}
    for folder, suffix in (("word", ".docx"), ("ppt", ".pptx"), ("content.xml", ".odt")):
        if folder in folders:
            return suffix
    raise UnreadableFile(f"{path.name} is an archive or a workbook. Save the documents as PDF.")


def _old_office_suffix(path: Path) -> str:
    if _ENCRYPTED in path.read_bytes():
        raise UnreadableFile(
            f"{path.name} is locked with a password. Open it in Word and save it without one."
        )
    named = path.suffix.lower()
    return named if named in (".ppt", ".msg") else ".doc"
