"""How well a document was read, summed up from its pages."""

from __future__ import annotations

from ingest.records import HeldDocument

WANTING = ("garbled", "incomplete", "picture")
"""Doubts for which words may be missing or wrong; the others are about the place of words."""

NAMES = {
    "unread": "Some pages not read",
    "garbled": "Some pages garbled",
    "incomplete": "Some pages incomplete",
    "recognised": "Some pages read by OCR",
    "picture": "Some pictures not read",
}
"""What is said of a document as a whole, the worst first."""

SOUND = "Read from the text"


def group_pages(held: HeldDocument) -> dict[str, tuple[int, ...]]:
    """Give the pages, from 1, of which something is to be said: by "unread", "recognised" or the
    kind of doubt."""
    groups = {"unread": held.unread_pages, "recognised": held.recognised_pages}
    groups |= {doubt.kind: doubt.pages for doubt in held.doubts}
    return {name: pages for name, pages in groups.items() if pages}


def find_wanting_pages(held: HeldDocument) -> tuple[int, ...]:
    """Give the pages, from 1, that were read but on which words may be missing or wrong."""
    doubtful = (doubt.pages for doubt in held.doubts if doubt.kind in WANTING)
    return tuple(sorted({number for pages in doubtful for number in pages}))


def name_quality(held: HeldDocument) -> str:
    """Name the worst that is to be said of a document's reading, in words for a person."""
    groups = group_pages(held)
    return next((name for group, name in NAMES.items() if group in groups), SOUND)
