"""Whether documents agree: the same statement elsewhere, and statements that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from search_app.answering.quotations import Quotation, quote
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.reasons import is_superseded
from search_app.answering.statements import keep_figures, measure_share, cut_words, says_the_same
from search_app.answering.units import find_units

ALIKE = 0.5
"""Those with this share in common, but for the short answers, speak of the same thing."""

MOST_SOURCES = 5


def add_sources(
    quotations: Sequence[Quotation], passages: Sequence[RankedPassage]
) -> Iterator[Quotation]:
    """Give quotations with the stretches of other documents that say the same.

    A quotation that says what one before it says becomes a further source of that.
    """
    given: list[Quotation] = []
    for quotation in quotations:
        if any(says_the_same(quotation.text, each.text) for each in given):
            continue
        given.append(quotation)
        sources = islice(_find_alike(quotation, passages), MOST_SOURCES)
        yield replace(quotation, sources=tuple(sources))


def _find_alike(
    quotation: Quotation, passages: Sequence[RankedPassage]
) -> Iterator[Quotation]:
    """Give the stretch of each other document that says what a quotation says."""
    documents = {quotation.document.id}
    units = sum(1 for _ in _units_in(quotation))
    for ranked in passages:
        if ranked.hit.document.id in documents:
            continue
        found = find_units(ranked.hit.passage)
        for first in range(len(found) - units + 1):
            other = quote(ranked.hit, (first, first + units - 1))
            if says_the_same(other.text, quotation.text):
                documents.add(other.document.id)
                yield other
                break


def _units_in(quotation: Quotation) -> Iterator[tuple[int, int]]:
    for start, end in find_units(quotation.hit.passage):
        if quotation.start <= start and end <= quotation.end:
            yield start, end


def disagree(quotations: Sequence[Quotation]) -> bool:
    """Tell whether quotations of different documents give other answers to the same thing.

    What only superseded documents say is no objection to one that holds now.
    """
    objections = [
        other for other in quotations[1:]
        if is_superseded(quotations[0]) or not is_superseded(other)
    ]  # fmt: skip
    return any(_contradict(quotations[0], other) for other in objections)


def _contradict(one: Quotation, other: Quotation) -> bool:
    if one.document.id == other.document.id or not (one.short and other.short):
        return False
    first, second = cut_words(one.short_answer), cut_words(other.short_answer)
    if first <= second or not (keep_figures(first) and keep_figures(second)):
        return False
    return measure_share(cut_words(one.text) - first, cut_words(other.text) - second) >= ALIKE
