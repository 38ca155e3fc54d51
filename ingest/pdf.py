"""Reads a PDF: its pages with the places of their words, and its blocks in reading order."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from ingest.errors import UnreadableFile
from ingest.furniture import Furniture, Sheet, find_furniture, fold_title
from ingest.pdf_characters import Print, read_prints
from ingest.pdf_headings import Entry, mark_headings
from ingest.pdf_layout import Draft, lay_out_page
from ingest.pdf_lines import Line, find_lines
from ingest.pdf_outline import read_outline
from ingest.pdf_scans import Scan, read_scans
from ingest.pdf_text import Written, count_words, join_page_breaks, write_page
from ingest.records import Page, Reading

MEDIA_TYPE = "application/pdf"

Lines = dict[int, list[Line]]


def read_pdf(path: Path) -> Reading:
    """Read a PDF into pages and blocks.

    Raises UnreadableFile where it needs a password, is damaged, or has no pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file))
            pages = list(PDFPage.create_pages(document))
            prints = list(read_prints(iter(pages)))
            outline = read_outline(document, pages)
            hints = _read_hints(document)
    except PDFPasswordIncorrect as error:
        raise UnreadableFile("The PDF needs a password; save a copy without one.") from error
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror or error}.") from error
    except Exception as error:  # pdfminer raises errors of every type on broken files
        raise UnreadableFile(
            "The PDF is damaged; open it in a PDF viewer and save it anew.") from error
    if not prints:
        raise UnreadableFile("The PDF has no pages; it is empty or damaged.")
    return _read_prints(path, prints, outline, hints)


def _read_prints(path: Path, prints: Sequence[Print], outline: Sequence[Entry],
                 hints: tuple[tuple[str, str], ...]) -> Reading:
    scans = read_scans(path, prints)
    lines = [_lines_of(page, scans) for page in prints]
    furniture = find_furniture([_sheet(page, by_angle, outline)
                                for page, by_angle in zip(prints, lines)])
    drafts = mark_headings([draft for page, by_angle, found in zip(prints, lines, furniture)
                            for draft in _draft_page(page, by_angle, found)], outline)
    known = count_words(line for by_angle in lines for each in by_angle.values()
                        for line in each)
    by_page: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_page[draft.page].append(draft)
    pages, blocks = [], []
    for page, found in zip(prints, furniture):
        written = write_page(by_page[page.number], page.number, known)
        blocks.extend(written.blocks)
        pages.append(_make_page(page, written, found.label, scans.get(page.number)))
    return Reading(MEDIA_TYPE, tuple(pages), tuple(join_page_breaks(blocks)), True, hints)


def _lines_of(page: Print, scans: dict[int, Scan]) -> Lines:
    scan = scans.get(page.number)
    if scan is None or scan.quality == "text":
        return find_lines(page)
    return {0: list(scan.lines)} if scan.lines else find_lines(page)


def _sheet(page: Print, by_angle: Lines, outline: Sequence[Entry]) -> Sheet:
    titles = frozenset(fold_title(entry.title) for entry in outline
                       if entry.page == page.number)
    return Sheet(page.number, page.height, tuple(by_angle.get(0, ())), titles)


def _draft_page(page: Print, by_angle: Lines, furniture: Furniture) -> list[Draft]:
    """Lay out a page with its running header before and its footer after the body."""
    apart = set(map(id, furniture.lines))
    body = {angle: [line for line in lines if id(line) not in apart]
            for angle, lines in by_angle.items()}
    drafts = lay_out_page(page, {angle: lines for angle, lines in body.items() if lines})
    edges = [Draft("furniture", page.number, (tuple(row),))
             for row in _rows(furniture.lines)]
    header = [draft for draft in edges if draft.lines[0].base < page.height / 2]
    return header + drafts + edges[len(header):]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that stand on one baseline, top ones first."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        if rows and line.base - rows[-1][0].base <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _make_page(page: Print, written: Written, label: str, scan: Scan | None) -> Page:
    note = scan.note if scan else ""
    if page.unknown and not (scan and scan.lines):
        many = page.unknown > 1
        note = (f"{page.unknown} character{'s' if many else ''} on this page "
                f"{'have' if many else 'has'} no known letter and {'are' if many else 'is'} "
                "left out of its text.")
    return Page(page.number, written.text, label or page.label, page.width, page.height,
                written.words, scan.quality if scan else "text", note)


def _read_hints(document: PDFDocument) -> tuple[tuple[str, str], ...]:
    """Give the title, author and date that the file gives for itself."""
    info = document.info[-1] if document.info else {}
    found = {"title": _text(info.get("Title")), "author": _text(info.get("Author")),
             "published": _date(_text(info.get("CreationDate")))}
    return tuple((name, value) for name, value in found.items() if value)


def _text(value: object) -> str:
    value = resolve1(value)
    if not isinstance(value, (bytes, str)):
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
