"""The short answer to a question: a span inside a quotation that is of the kind wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import STOP_WORDS, Token, find_tokens
from ingest.records import CELL
from search_app.answering.answer_cells import choose_cell, find_cells, find_stems
from search_app.answering.answer_choice import choose_span, overlaps
from search_app.answering.answer_finders import Finder, choose_finders
from search_app.answering.answer_units import measure_unit
from search_app.answering.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_LINE_OR_CELL = re.compile(rf"[\n{CELL}]")
_YEAR = re.compile(r"(?:1\d|20)\d\d(?:[/–-]\d\d(?:\d\d)?|s)?")
_TWICE = re.compile(
    r"\b(?:and|or)\s(?:how|what|which|who|when|where|why)\b|\bwho\s\w+\s(?:what|which|how much)\b",
    re.IGNORECASE,
)
"""By which a question is told that asks two things, so that no one span answers it."""


def find_short_answer(
    text: str, understood: Understood, best: Stretch | None = None, header: str = ""
) -> Stretch | None:
    """Find the (start, end) offsets of the short answer in a quotation.

    ``best`` is where in it the best sentence stands, its whole unless given, and ``header`` the
    row that heads that, if it is a row of a table. None where nothing there is of the kind wanted,
    or the question says it itself, or several are and none is clearly the nearest to the telling
    words of the question. From the rest of the quotation only what is alone is taken.
    """
    if _TWICE.search(understood.question):
        return None
    whole = 0, len(text)
    stretch = best or whole
    if CELL in text[slice(*stretch)]:
        return _find_in_row(text, stretch, header, understood)
    for finder in choose_finders(understood):
        if found := _find_spans(text, stretch, finder, understood):
            return _choose(text, stretch, found, understood)
    for finder in choose_finders(understood) if stretch != whole else ():
        if found := _find_spans(text, whole, finder, understood):
            return _choose(text, whole, found, understood) if len(found) == 1 else None
    return None


def kind_fits(text: str, understood: Understood) -> bool:
    """Tell whether a text holds something of the kind wanted that the question does not say.

    A statement, a comparison and a yes or no may be given in any words.
    """
    finders = choose_finders(understood)
    return not finders or any(
        _find_spans(text, (0, len(text)), finder, understood) for finder in finders
    )


def _find_in_row(
    text: str, stretch: Stretch, header: str, understood: Understood
) -> Stretch | None:
    """Find the short answer in the cell that the header and the question tell."""
    cells, found = find_cells(text, stretch), dict[int, list[Stretch]]()
    for finder in choose_finders(understood):
        for number, cell in enumerate(cells):
            if number not in found and (spans := _find_spans(text, cell, finder, understood)):
                found[number] = spans
    row = [text[slice(*cell)] for cell in cells]
    chosen = choose_cell(row, header.split(CELL), {*found}, understood)
    if chosen is None:
        return None
    if chosen in found:
        return _choose(text, cells[chosen], found[chosen], understood)
    return cells[chosen]


def _find_spans(
    text: str, stretch: Stretch, finder: Finder, understood: Understood
) -> list[Stretch]:
    """Find the spans of a stretch that say more than the question, none over lines or cells."""
    start, end = stretch
    part = text[start:end]
    tokens, asked = list(find_tokens(part)), find_stems(understood.question)
    spans = [_trim(part, span) for span in finder(part)]
    return [
        (start + first, start + last) for first, last in spans
        if not _LINE_OR_CELL.search(part, first, last)
        and _says_more(_within(tokens, (first, last)), asked)
    ]  # fmt: skip


def _choose(
    text: str, stretch: Stretch, found: Sequence[Stretch], understood: Understood
) -> Stretch | None:
    """Choose of the spans in a stretch of a text."""
    start, end = stretch
    spans = [(first - start, last - start) for first, last in found]
    best = choose_span(text[start:end], spans, understood)
    return _shape(text, (best[0] + start, best[1] + start), understood) if best else None


def _trim(text: str, span: Stretch) -> Stretch:
    said = text[slice(*span)]
    return span[1] - len(said.lstrip()), span[0] + len(said.rstrip())


def _within(tokens: list[Token], span: Stretch) -> list[Token]:
    return [token for token in tokens if overlaps(token, span)]


def _says_more(tokens: list[Token], asked: frozenset[str]) -> bool:
    """Whether some word of a span is not in the question; common words are in all of them."""
    return any(
        token.form not in STOP_WORDS and token.stem not in asked for token in tokens
    )


def _shape(text: str, span: Stretch, understood: Understood) -> Stretch:
    """A figure with its unit; of a date no more than the year, where a year is asked for."""
    start, end = span
    if understood.kind == "figure" and text[start:end][-1:].isalnum():
        return start, end + measure_unit(text[end:], understood)
    if understood.kind == "date" and "year" in understood.head:
        if match := _YEAR.search(text, start, end):
            return match.span()
    return span
