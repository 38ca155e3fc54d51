"""Reads a PDF: its pages with the places of their words, and its blocks in reading order."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from ingest.errors import UnreadableFile
from ingest.furniture import Sheet, find_furniture, fold_title
from ingest.pdf_characters import PageReader, Print, broken_print
from ingest.pdf_doubts import doubt_layout
from ingest.pdf_headings import Entry, mark_headings
from ingest.pdf_layout import Draft
from ingest.pdf_mending import count_pages, mend_pdf
from ingest.pdf_opening import open_document
from ingest.pdf_outline import read_outline
from ingest.pdf_pages import PageLines, draft_page
from ingest.pdf_reading import read_pages
from ingest.pdf_second import open_second_reader
from ingest.pdf_tables import find_tables
from ingest.pdf_tagged import Tags, read_tags
from ingest.pdf_text import count_words, join_page_breaks, write_page
from ingest.records import Block, Page, Reading

MEDIA_TYPE = "application/pdf"

Hints = tuple[tuple[str, str], ...]
T = TypeVar("T")


def read_pdf(path: Path) -> Reading:
    """Read a PDF into pages and blocks.

    Raises UnreadableFile where it needs a password, is damaged, or has no pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        source = _open_pdf(path)
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror or error}.") from error
    no_outline: tuple[Entry, ...] = ()
    no_hints: Hints = ()
    outline = _attempt_or(lambda: read_outline(source.document, source.pages), no_outline)
    hints = _attempt_or(lambda: _read_hints(source.document), no_hints)
    tags = _attempt_or(lambda: read_tags(source.document, source.pages), Tags())
    return _compose(path, _read_prints(source.pages), tags, outline, hints)


@dataclass(frozen=True)
class _Source:
    document: PDFDocument
    pages: list[PDFPage]


def _open_pdf(path: Path) -> _Source:
    """Open a PDF; one that pdfminer cannot read, or not all of, is mended first if it can be."""
    content = path.read_bytes()
    expected = count_pages(content)
    try:
        source = _attempt(lambda: _Source(*open_document(content)))
    except _NeedsPassword:
        raise
    except UnreadableFile:
        if not expected:
            raise
        source = _attempt(lambda: _Source(*open_document(mend_pdf(content))))
    if len(source.pages) < expected:
        mended = _attempt_or(lambda: _Source(*open_document(mend_pdf(content))), source)
        source = max(source, mended, key=lambda each: len(each.pages))
    return _with_pages(source)


def _with_pages(source: _Source) -> _Source:
    if not source.pages:
        raise UnreadableFile("The PDF has no pages; it is empty or damaged.")
    return source


def _read_prints(pages: Sequence[PDFPage]) -> list[Print]:
    """Read what is printed on each page; a damaged one is left empty and marked as such."""
    reader = PageReader()
    return [_attempt_or(lambda: reader.read_print(page, number), broken_print(page, number))
            for number, page in enumerate(pages, start=1)]


class _NeedsPassword(UnreadableFile):
    """The PDF cannot be opened without its password."""


def _attempt(read: Callable[[], T]) -> T:
    """Call pdfminer, whose faults on broken files are of every type."""
    try:
        return read()
    except PDFPasswordIncorrect as error:
        raise _NeedsPassword(
            "The PDF needs a password; save a copy without one and ingest that.") from error
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableFile(
            "The PDF is damaged; open it in a PDF viewer and save it anew.") from error


def _attempt_or(read: Callable[[], T], instead: T) -> T:
    try:
        return _attempt(read)
    except UnreadableFile:
        return instead


def _compose(path: Path, prints: Sequence[Print], tags: Tags, outline: Sequence[Entry],
             hints: Hints) -> Reading:
    with open_second_reader(path) as second:
        readings = read_pages(prints, tags, second)
    read = [each.read for each in readings]
    furniture = find_furniture([_sheet(each, outline) for each in read])
    marked = any(each.tagged and each.tagged.artifacts for each in read)
    drafts = mark_headings(
        [draft for each, found in zip(readings, furniture)
         for draft in draft_page(each.read, each.pictures.drafts, found, marked)], outline)
    known = count_words(line for each in read for lines in each.lines.values()
                        for line in lines)
    by_page: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_page[draft.page].append(draft)
    pages: list[Page] = []
    blocks: list[Block] = []
    numbers: list[int] = []
    printed = any(found.label for found in furniture)
    for each, found in zip(readings, furniture):
        page, mine = each.read.page, by_page[each.read.page.number]
        written = write_page(mine, page.number, known)
        blocks.extend(written.blocks)
        label = found.label if printed else page.label
        doubts = (*each.find_doubts(written.text), *doubt_layout(page, mine))
        pages.append(Page(page.number, written.text, label, page.width, page.height,
                          written.words, each.quality, each.note, doubts))
        numbers.extend(draft.tag for draft in mine)
    joined = join_page_breaks(blocks, numbers)
    return Reading(MEDIA_TYPE, tuple(pages), tuple(joined), True, hints)


def _sheet(read: PageLines, outline: Sequence[Entry]) -> Sheet:
    page = read.page
    titles = frozenset(fold_title(entry.title) for entry in outline
                       if entry.page == page.number)
    lines = tuple(read.lines.get(0, ()))
    tables, _ = find_tables(lines, page.rules)
    boxes = tuple((table.left, table.top, table.right, table.bottom) for table in tables)
    return Sheet(page.number, page.height, lines, titles, boxes, page.width)


def _read_hints(document: PDFDocument) -> Hints:
    """Give the title, author and date that the file gives for itself."""
    info = document.info[-1] if document.info else {}
    found = {"title": _text(info.get("Title")), "author": _text(info.get("Author")),
             "published": _date(_text(info.get("CreationDate")))}
    return tuple((name, value) for name, value in found.items() if value)


def _text(value: object) -> str:
    value = resolve1(value)
    if not isinstance(value, bytes):
        return ""
    return " ".join(decode_text(value).replace("\0", "").split())


def _date(text: str) -> str:
    """Give YYYY-MM-DD of a date as PDF writes it (D:YYYYMMDDHHmmSS), "" if it is none."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", text)
    if not match:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
