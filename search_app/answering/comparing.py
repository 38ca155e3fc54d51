"""Organisations that a question compares: each is asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.query import Query
from search_app.answering.questions import Understood


def understand_side(understood: Understood, body: str, bodies: Sequence[str]) -> Understood:
    """Give what a question asks of one of the organisations that it compares, whose documents
    alone are searched: their names are no words to search for, and the others are not preferred."""
    named = [each for each in understood.preferences
             if each.facet == "organisation" and each.value in bodies]  # fmt: skip
    telling = tuple(
        (start, end) for start, end in understood.telling
        if not any(each.start <= start and end <= each.end for each in named)
    )
    others = [each for each in named if each.value != body]
    left = tuple(each for each in understood.preferences if each not in others)
    return replace(understood, telling=telling or understood.telling, preferences=left)


def find_compared(understood: Understood, query: Query) -> Sequence[str]:
    """Find the organisations that a question compares, of those that a query's filters leave; none
    where it does not compare two of them."""
    if understood.kind != "comparison" or query.document:
        return ()
    by_place = {
        each.start: each.value for each in reversed(understood.preferences)
        if each.facet == "organisation"
    }
    chosen = query.chosen("organisation")
    named = dict.fromkeys(by_place[start] for start in sorted(by_place))
    compared = tuple(each for each in named if not chosen or each in chosen)
    return compared if len(compared) > 1 else ()
