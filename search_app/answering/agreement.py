"""Whether documents agree: the same statement elsewhere, and statements that say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from index.analysis import STOP_WORDS, find_tokens
from search_app.answering.quotations import Quotation, quote
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.reasons import is_superseded
from search_app.answering.units import find_units

SAME = 0.85
"""Stretches with this share of their words in common, and the same figures, say the same."""

ALIKE = 0.5
"""Those with this share in common, but for the short answers, speak of the same thing."""

MOST_SOURCES = 5

_Words = frozenset[str]


def add_sources(
    quotations: Sequence[Quotation], passages: Sequence[RankedPassage]
) -> Iterator[Quotation]:
    """Give quotations with the stretches of other documents that say the same.

    A quotation that says what one before it says becomes a further source of that.
    """
    given: list[Quotation] = []
    for quotation in quotations:
        if any(says_the_same(quotation, each) for each in given):
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
            if says_the_same(other, quotation):
                documents.add(other.document.id)
                yield other
                break


def _units_in(quotation: Quotation) -> Iterator[tuple[int, int]]:
    for start, end in find_units(quotation.hit.passage):
        if quotation.start <= start and end <= quotation.end:
            yield start, end


def says_the_same(one: Quotation, other: Quotation) -> bool:
    """Tell whether two quotations say the same, nearly word for word and figure for figure."""
    first, second = _words(one.text), _words(other.text)
    return _share(first, second) >= SAME and _figures(first) == _figures(second)


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
    answers = _words(one.short_answer), _words(other.short_answer)
    if answers[0] & answers[1] == answers[0] or not (_figures(answers[0]) and _figures(answers[1])):
        return False
    return _share(_words(one.text) - answers[0], _words(other.text) - answers[1]) >= ALIKE


@lru_cache(maxsize=4096)
def _words(text: str) -> _Words:
    return frozenset(token.stem for token in find_tokens(text) if token.form not in STOP_WORDS)


def _figures(words: _Words) -> _Words:
    return frozenset(word for word in words if any(letter.isdigit() for letter in word))


def _share(first: _Words, second: _Words) -> float:
    """Give what two sets have in common as a share of all that is in them (Jaccard 1912)."""
    return len(first & second) / max(1, len(first | second))
