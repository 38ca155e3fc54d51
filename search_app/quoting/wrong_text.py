"""Reports of wrong text: what a reader sends to those who keep the documents."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import HeldDocument, Page
from search_app.wording import name_place

MOST_WORDS_SHOWN = 600
"""So many characters of words at most: mail programs refuse longer links."""


@dataclass(frozen=True)
class WrongText:
    """A page on which the text is wrong: the words as shown, and as they should be, if known.

    ``address`` is a whole one.
    """

    held: HeldDocument
    page: Page
    address: str
    words: str = ""
    should: str = ""


@dataclass(frozen=True)
class WrittenReport:
    """A report as it is sent."""

    subject: str
    text: str


def write_report(wrong: WrongText) -> WrittenReport:
    """Write a report of wrong text."""
    held = wrong.held
    title = held.description.title.value or held.file
    place = name_place(held, wrong.page.number, wrong.page.label)
    lines = (
        f"Document: {title} ({held.id}, version {held.version}, read {held.read_at})",
        f"File: {held.file}, sha256 {held.sha256}",
        f"Place: {place}",
        f"Address: {wrong.address}",
        "",
        "The text shown:",
        wrong.words or "(the whole page)",
        "",
        "What the document has:",
        wrong.should or "(please say)",
    )
    return WrittenReport(f"Wrong text: {title}, {place}", "\n".join(lines) + "\n")
