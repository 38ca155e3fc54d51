"""Fusion: the passages that words find and those that meaning finds become one list.

Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a passage scores weight / (K + rank) for
each list that it is in, ranks counting from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.found import Scored
from index.ranking import DECIMALS
from index.results import Hit

K = 10
"""How little the first ranks stand out: 60 in that paper; with 10 more of the passages that answer
are among the 20 that the cross-encoder reads, in three sets of four (docs/architecture.md)."""

LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 1.0

DENSE_PASSAGES = 100
"""How many passages are found by meaning."""


@dataclass(frozen=True)
class Ranked:
    """A rank in a list, from 1, and the score by which it was given."""

    rank: int
    score: float


@dataclass(frozen=True)
class Fused:
    """A place with its score, and what it is in each list; None where it is not in one."""

    place: int
    score: float
    lexical: Ranked | None
    dense: Ranked | None


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer a question, and its ranks among those found by words and by
    meaning; its score is that of the lists joined.

    ``likeness`` is the cosine of the angle between its vector and the question's, whether or not
    it is among the nearest; 0 where passages are not found by meaning.
    """

    hit: Hit
    lexical: Ranked | None
    dense: Ranked | None
    likeness: float = 0.0


def fuse(lexical: Sequence[Scored], dense: Sequence[Scored]) -> list[Fused]:
    """Join two lists, each best first, into one; equal ones in the order of the lists.

    Where nothing was found by meaning the first list stays as it is, scores and all.
    """
    if not dense:
        return [Fused(*each, Ranked(rank, each[1]), None) for rank, each in enumerate(lexical, 1)]
    by_words, by_meaning = _rank(lexical), _rank(dense)
    fused = [
        _join(place, by_words.get(place), by_meaning.get(place))
        for place in by_words | by_meaning
    ]
    return sorted(fused, key=lambda each: -each.score)


def _join(place: int, lexical: Ranked | None, dense: Ranked | None) -> Fused:
    score = _worth(lexical, LEXICAL_WEIGHT) + _worth(dense, DENSE_WEIGHT)
    return Fused(place, round(score, DECIMALS), lexical, dense)


def _rank(scored: Sequence[Scored]) -> dict[int, Ranked]:
    return {place: Ranked(rank, score) for rank, (place, score) in enumerate(scored, 1)}


def _worth(ranked: Ranked | None, weight: float) -> float:
    return weight / (K + ranked.rank) if ranked else 0.0
