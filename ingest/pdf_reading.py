"""One page of a PDF: which reader reads it, and what is known of how well that went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.garbling import Garbling, measure_garbling
from ingest.pdf_characters import Print
from ingest.pdf_pages import PageLines, read_lines
from ingest.pdf_pictures import NOTE as PICTURE_NOTE
from ingest.pdf_pictures import Pictures, read_pictures
from ingest.pdf_scans import LEAST_REREAD, Scan, read_scan, reread_garbled
from ingest.pdf_second import (
    SecondReader,
    doubt_completeness,
    needs_supply,
    supply_glyphs,
)
from ingest.pdf_tagged import Tags
from ingest.records import Doubt, Quality

SUPPLIED_NOTE = ("The text of this page could not be read in the usual way, but by a second "
                 "reader, which knows less of how it is set.")


@dataclass(frozen=True)
class PageReading:
    """What was read of a page before it is laid out, and how it was read.

    ``theirs`` is pdfium's text of it, "" where that is nothing to compare with.
    """

    read: PageLines
    quality: Quality = "text"
    note: str = ""
    garbling: Garbling = Garbling(0, 0)
    pictures: Pictures = Pictures()
    theirs: str = ""

    def find_doubts(self, text: str) -> tuple[Doubt, ...]:
        """Give the doubts about what was read, given the text that was made of the page."""
        missing = doubt_completeness(text, self.theirs) if self.theirs else ()
        return (*self.garbling.doubts, *missing, *self.pictures.doubts)


def read_pages(prints: Sequence[Print], tags: Tags, second: SecondReader) -> list[PageReading]:
    """Read the pages of a document, and then the large pictures on them."""
    readings = [_read_page(page, tags, second) for page in prints]
    plain = (each.read for each in readings if each.quality == "text")
    pictures = read_pictures(plain, second)
    return [_add_pictures(each, pictures.get(each.read.page.number)) for each in readings]


def _add_pictures(reading: PageReading, pictures: Pictures | None) -> PageReading:
    if pictures is None or not pictures.drafts:
        return replace(reading, pictures=pictures or Pictures())
    note = " ".join(filter(None, (reading.note, PICTURE_NOTE)))
    return replace(reading, quality="mixed", note=note, pictures=pictures)


def _read_page(page: Print, tags: Tags, second: SecondReader) -> PageReading:
    """Read a page by its text, or by its image where it has none or that is garbled."""
    theirs = second.read_text(page.number)
    if needs_supply(page, theirs):
        page = supply_glyphs(page, second)
    scan = read_scan(page, second)
    if scan and scan.lines:
        return _recognised(page, scan)
    read, garbling = _read_text(page, tags)
    if scan:
        return PageReading(read, scan.quality, scan.note, garbling)
    if garbling.share >= LEAST_REREAD:
        if measure_garbling(theirs.splitlines()).sound > garbling.sound:
            read, garbling = _read_text(supply_glyphs(page, second), tags)
        again = reread_garbled(read.page, garbling, second)
        if again:
            return _recognised(read.page, again)
    return PageReading(read, "text", _note(read.page), garbling, theirs=theirs)


def _read_text(page: Print, tags: Tags) -> tuple[PageLines, Garbling]:
    read = read_lines(page, tags)
    texts = [line.text for lines in read.lines.values() for line in lines]
    return read, measure_garbling(texts, page.unknown)


def _recognised(page: Print, scan: Scan) -> PageReading:
    garbling = measure_garbling(line.text for line in scan.lines)
    return PageReading(PageLines(page, {0: list(scan.lines)}), scan.quality, scan.note, garbling)


def _note(page: Print) -> str:
    many = page.unknown > 1
    unknown = (f"{page.unknown} character{'s' if many else ''} on this page "
               f"{'have' if many else 'has'} no known letter and {'are' if many else 'is'} "
               "left out of its text.")
    notes = (SUPPLIED_NOTE if page.supplied else "", unknown if page.unknown else "")
    return " ".join(filter(None, notes))
