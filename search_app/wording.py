"""How values are put into words on the pages: dates, times, counts, places, names of facets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from index.results import Hit, Twin
from ingest.quality import group_pages
from ingest.records import Description, Fact, HeldDocument

FACET_NAMES = {
    "organisation": "Organisation",
    "kind": "Kind of document",
    "year": "Year published",
    "status": "Status",
    "theme": "Theme",
    "place": "Place",
    "quality": "Reading quality",
}

FACT_NAMES = {
    "title": "Title",
    "organisation": "Organisation",
    "kind": "Kind of document",
    "published": "Published",
    "period": "Period covered",
    "status": "Status",
    "supersedes": "Supersedes",
    "audience": "For whom",
    "source": "Source",
}

FACT_LISTS = {"themes": "Theme", "places": "Place"}

ORIGINS = {
    "catalogued": "catalogued",
    "inferred": "inferred",
    "unknown": "not known",
}

QUALITIES = {
    "text": "Read from the text of the file.",
    "ocr": "Read from the picture of the page by character recognition; words may be wrong.",
    "mixed": "Read from the text of the file, and from a picture by character recognition.",
    "unread": "This page could not be read. It is not searched.",
}

PAGE_GROUPS = {
    "unread": "Not read, and not searched",
    "garbled": "Letters garbled or unknown: words are missing or wrong",
    "incomplete": "Words missing that another reader finds",
    "picture": "Text in a picture not read, or not all of it",
    "recognised": "Read from a picture by character recognition: words may be wrong",
    "order": "Order of the text not certain",
    "table": "Cells of a table not certain",
}
"""What is to be said of the reading of some pages of a document, the worst first."""

FORMATS = {
    "application/pdf": "PDF",
    "text/html": "HTML",
    "text/plain": "text",
    "message/rfc822": "e-mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}

DATE_NOT_STATED = "date not stated"
NOT_KNOWN_SUPERSEDED = "not known to be superseded"
"""What is known of a document that nothing says is a draft or superseded."""


def show_date(value: str) -> str:
    """Say a date, month or year: 2019-06-30 is 30 June 2019."""
    try:
        day = date.fromisoformat(value + "-01-01"[len(value) - len("2019"):])
    except ValueError:
        return value or DATE_NOT_STATED
    month = f"{day:%B %Y}"
    return {4: f"{day.year}", 7: month}.get(len(value), f"{day.day} {month}")


def say_status(described: Description, today: date) -> tuple[str, ...]:
    """Say the status as it was stated, or what is known; of that also that the period is over."""
    status = described.status
    if not _is_supposed(status):
        return (status.value,) if status.value else ()
    last = described.period.value[-4:]
    ended = (f"period ended {last}",) if last and int(last) < today.year else ()
    return NOT_KNOWN_SUPERSEDED, *ended


def name_status_basis(described: Description) -> str:
    """Say on what the status rests, which no later day changes: what has ended tells the reader."""
    status, last = described.status, described.period.value[-4:]
    if _is_supposed(status):
        return NOT_KNOWN_SUPERSEDED + (f"; its period ends in {last}" if last else "")
    evidence = f": {status.evidence}" if status.evidence else ""
    return f"{status.origin}{evidence}" if status.value else ""


def _is_supposed(status: Fact) -> bool:
    return (status.value, status.origin) == ("current", "inferred")


def show_time(value: str) -> str:
    """Say an ISO 8601 time in UTC to the minute."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: 1 passage, 1,200 passages."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def name_place(held: HeldDocument, number: int, label: str) -> str:
    """Say where a passage is: page 12 (printed 10)."""
    if not held.paged:
        return "no pages"
    printed = f" (printed {label})" if label and label != str(number) else ""
    return f"page {number}{printed}"


def name_twin(twin: Twin) -> str:
    """Say where a twin of a hit is; which passage where the document has no pages."""
    return f"page {twin.page}" if twin.document.paged else f"passage {twin.number}"


def name_hit(hit: Hit, labels: dict[int, str]) -> str:
    """Say where a hit is; its section where the document has no pages."""
    place = name_place(hit.document, hit.page, labels.get(hit.page, ""))
    if hit.document.paged or not hit.passage.trail:
        return place
    return f"{place}: {hit.passage.trail[-1]}"


def list_pages(numbers: Iterable[int]) -> str:
    """Say pages as ranges: 1, 4–6."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def describe_reading(held: HeldDocument) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Say what is to be said of the reading of pages, and of which."""
    groups = group_pages(held)
    return tuple((said, groups[name]) for name, said in PAGE_GROUPS.items() if name in groups)


def name_format(media_type: str) -> str:
    """Name a media type for people."""
    return FORMATS.get(media_type, media_type)


_JUDGEMENTS = (
    (90, "very likely"), (70, "likely"), (50, "more likely than not"), (30, "not likely"),
    (0, "unlikely"),
)  # fmt: skip


def name_confidence(confidence: float) -> str:
    """Say a probability from 0 to 1 in words and in hundredths: likely (82 in 100).

    Never quite 0 or 100, which no model can know.
    """
    hundredths = min(99, max(1, round(confidence * 100)))
    said = next(words for least, words in _JUDGEMENTS if hundredths >= least)
    return f"{said} ({hundredths} in 100)"


def capitalise(text: str) -> str:
    """Make the first letter a capital and leave the others as they are."""
    return text[:1].upper() + text[1:]
