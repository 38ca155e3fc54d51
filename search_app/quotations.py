"""Quotations: verbatim stretches of passages, and which of them answer a question together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.places import locate
from index.results import Hit
from ingest.records import HeldDocument, Span
from search_app.sentences import Sentence, find_units

MOST_QUOTATIONS = 3

MARGIN = 4.0
MARGIN_BY_WORDS = 0.1
"""What is quoted beside the best sentence is not further behind it than this: in log odds as the
cross-encoder gives them, or in shares of the question's weight."""

LONGEST_WORDS = 90
"""A stretch is not made longer than this; one sentence may be."""

_LEANS_BACK = re.compile(
    r"(?:This|These|Those|That|It|They|Such|He|She|His|Her|Their|Its|However|Therefore|As a result"
    r"|In addition|Also)\b"
)

Stretch = tuple[int, int]
"""The first and last of the units of a passage that are quoted, from 0."""


@dataclass(frozen=True)
class Quotation:
    """A verbatim stretch of a passage: ``text`` is hit.passage.text[start:end].

    ``short`` are the offsets in ``text`` of the short answer, where there is one; ``sources`` are
    stretches of other documents that say the same.
    """

    text: str
    hit: Hit
    start: int
    end: int
    short: tuple[int, int] | None = None
    sources: tuple[Quotation, ...] = ()

    @property
    def document(self) -> HeldDocument:
        """The document that is quoted."""
        return self.hit.document

    @property
    def short_answer(self) -> str:
        """The short answer; empty where there is none."""
        return self.text[slice(*self.short)] if self.short else ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the quotation stands on the pages."""
        return locate(self.hit.passage.spans, self.start, self.end)

    @property
    def page(self) -> int:
        """The page on which the quotation begins, from 1."""
        return self.spans[0].page


def pick_quotations(sentences: Sequence[Sentence]) -> list[Quotation]:
    """Quote the best sentences, best first, each with what it cannot be understood without.

    Those that are nearly as good as the best are quoted too, at most MOST_QUOTATIONS in all; those
    that touch are one quotation.
    """
    if not sentences:
        return []
    best = sentences[0]
    margin = MARGIN if best.relevance is not None else MARGIN_BY_WORDS
    near = [each for each in sentences if each.score >= best.score - margin]
    return _join(near[:MOST_QUOTATIONS])


def _join(sentences: Iterable[Sentence]) -> list[Quotation]:
    stretches: list[tuple[Sentence, Stretch]] = []
    for sentence in sentences:
        first, last = widen(sentence)
        for at, (other, (begin, end)) in enumerate(stretches):
            if other.hit.id == sentence.hit.id and first <= end + 1 and begin <= last + 1:
                stretches[at] = other, (min(first, begin), max(last, end))
                break
        else:
            stretches.append((sentence, (first, last)))
    return [quote(sentence.hit, stretch) for sentence, stretch in stretches]


def quote(hit: Hit, stretch: Stretch) -> Quotation:
    """Quote the units of a passage from the first of a stretch to its last."""
    units = find_units(hit.passage)
    start, end = units[stretch[0]][0], units[stretch[1]][1]
    return Quotation(hit.passage.text[start:end], hit, start, end)


def widen(sentence: Sentence) -> Stretch:
    """Give a sentence with what it leans on.

    A list stands with the words that lead into it, and a sentence that begins by pointing back
    with the one before.
    """
    text, units = sentence.hit.passage.text, find_units(sentence.hit.passage)
    at = sentence.number
    whole = _find_list(text, units, at)
    if whole and _count_words(text, units, whole) <= LONGEST_WORDS:
        return whole
    if at and _LEANS_BACK.match(text, units[at][0]):
        if _count_words(text, units, (at - 1, at)) <= LONGEST_WORDS:
            return at - 1, at
    return at, at


def _find_list(text: str, units: Sequence[Stretch], at: int) -> Stretch | None:
    """Find the list that a unit leads into or is an item of, with what leads into it."""
    lead = at
    while lead >= 0 and not text[slice(*units[lead])].endswith(":"):
        if not is_item(text, units, lead):
            return None
        lead -= 1
    last = lead
    while last + 1 < len(units) and is_item(text, units, last + 1):
        last += 1
    return (lead, last) if lead >= 0 and lead <= at <= last and last > lead else None


def is_item(text: str, units: Sequence[Stretch], at: int) -> bool:
    """Tell whether a unit looks like an item of a list: on a line of its own, and marked, or
    without a capital or a full stop."""
    start, end = units[at]
    if at and "\n" not in text[units[at - 1][1]:start]:
        return False
    said = text[start:end]
    return not said.endswith(":") and (
        not said[0].isalnum() or said[0].islower() or said[-1] not in ".?!"
    )


def _count_words(text: str, units: Sequence[Stretch], stretch: Stretch) -> int:
    return len(text[units[stretch[0]][0]:units[stretch[1]][1]].split())
