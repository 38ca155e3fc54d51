"""Proximity: where words that were typed one after another stand so, a passage scores more.

What matches stays the same. Each two words that follow one another in the query are a phrase too,
of a small weight (sequential dependence, Metzler and Croft 2005), so that a score is the same
whatever else is found: on every page of results, in exports, and under any filter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from index.analysis import STOP_WORDS
from index.query import Alternatives, And, Everything, Node, Or, Phrase, Term

PAIR_WEIGHT = 0.25
MOST_PAIRS = 12


def favour_neighbours(tree: Node) -> Node:
    """Let passages score more in which words of a query follow one another as they do in it."""
    match tree:
        case And(parts):
            favoured = (Or((Everything(), pair)) for pair in _find_pairs(parts))
            return And((*map(_favour_group, parts), *favoured))
        case Or(parts):
            return Or((*map(_favour_group, parts), *_find_pairs(parts)))
        case Alternatives((And() as typed, *others)):
            return Alternatives((favour_neighbours(typed), *others))
        case _:
            return tree


def _favour_group(part: Node) -> Node:
    return favour_neighbours(part) if isinstance(part, And | Or) else part


def _find_pairs(parts: Sequence[Node]) -> Iterator[Phrase]:
    """Give the pairs of plain words, but for those of common words, which are everywhere."""
    pairs = pairwise(word for part in parts for word in _words_of(part))
    telling = (
        Phrase((first, second), PAIR_WEIGHT)
        for first, second in pairs
        if first and second and not {first.text, second.text} <= STOP_WORDS
    )
    return islice(dict.fromkeys(telling), MOST_PAIRS)


def _words_of(part: Node) -> Iterator[Term | None]:
    """Give the words of a part as they were typed; None where it is no plain word."""
    match part:
        case Term(field="text", exact=False):
            yield part
        case Alternatives((And(words), *_)):
            for word in words:
                yield from _words_of(word)
        case Alternatives((Term() as word, *_)):
            yield from _words_of(word)
        case _:
            yield None
