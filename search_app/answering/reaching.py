"""Lists that go on in the passage before or after: the two passages joined, to be quoted as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.results import Hit
from search_app.answering.sentences import Sentence
from search_app.answering.units import find_units, reaches, widen

Beside = Callable[[Hit, int], Hit | None]
"""Gives the passage so many after that of a hit (before, where negative), if there is one."""


def reach(sentence: Sentence, beside: Beside, wants_list: bool) -> Sentence:
    """Give a sentence in its passage joined with one beside it, where that makes its list whole.

    The list that it is in, or leads into, stands at the edge of its passage, and the two passages
    are of one section.
    """
    hit, number = sentence.hit, sentence.number
    for step in (1, -1):
        other = beside(hit, step) if reaches(hit.passage, number, step) else None
        if other is None or other.passage.trail != hit.passage.trail:
            continue
        first, second = (hit, other) if step > 0 else (other, hit)
        joined, border = join(first, second), len(find_units(first.passage))
        at = number if step > 0 else number + border
        begin, end = widen(joined.passage, at, wants_list)
        if begin < border <= end:
            return _move(sentence, joined, at)
    return sentence


def join(first: Hit, second: Hit) -> Hit:
    """Join two passages that follow one another into one, which has the number of the first."""
    one, other = first.passage, second.passage
    offset = len(one.text) + 1
    moved = tuple((start + offset, end + offset) for start, end in other.sentences)
    passage = replace(
        one,
        text=f"{one.text}\n{other.text}",
        spans=one.spans + other.spans,
        sentences=one.sentences + moved,
    )
    return replace(first, passage=passage)


def _move(sentence: Sentence, hit: Hit, number: int) -> Sentence:
    candidate = replace(sentence.passage.candidate, hit=hit)
    return replace(sentence, passage=replace(sentence.passage, candidate=candidate), number=number)
