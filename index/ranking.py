"""Ranking by BM25F, and the best of many passages without scoring them all (MaxScore)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.arrays import Floats, Ints, Mask
from index.leaves import Leaf, look_up
from index.postings import K1

MARGIN = 1e-5
"""More than the rounding of scores can make of a difference."""

DECIMALS = 6
"""Scores are rounded, so that it does not matter in which order they were added up."""


def weigh_rarity(count: int, having: int) -> float:
    """Give the idf of what ``having`` of ``count`` passages have: ln(1 + (N - n + .5)/(n + .5)).

    That of Robertson and Spärck Jones (1976), and 1 inside the logarithm to keep it above 0.
    """
    return math.log(1 + (count - having + 0.5) / (having + 0.5))


def saturate(weights: Floats) -> Floats:
    """Give w (k1 + 1) / (w + k1) of each weight: the more, the less another adds."""
    saturated: Floats = weights * (K1 + 1) / (weights + K1)
    return saturated


class Scorer(Protocol):
    """One of the parts that a score is the sum of."""

    @property
    def places(self) -> Ints:
        """The places that match it, in order."""

    @property
    def most(self) -> float:
        """A score that none exceeds."""

    def all_scores(self) -> tuple[Ints, Floats]:
        """Give every place with a score, and the scores."""

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""


@dataclass(frozen=True)
class LeafScorer:
    """Scores the passages of a leaf."""

    leaf: Leaf
    rarity: float

    @property
    def places(self) -> Ints:
        """The places that match it, in order."""
        return self.leaf.places

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        weight = self.leaf.most
        return self.rarity * weight * (K1 + 1) / (weight + K1)

    def all_scores(self) -> tuple[Ints, Floats]:
        """Give every place with a score, and the scores."""
        places, weights = self.leaf.all_weights()
        return places, self.rarity * saturate(weights)

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        return self.rarity * saturate(self.leaf.weights_at(places))


@dataclass(frozen=True)
class Scored:
    """Passages that are scored already."""

    places: Ints
    scores: Floats

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        return float(self.scores.max(initial=0.0))

    def all_scores(self) -> tuple[Ints, Floats]:
        """Give every place with a score, and the scores."""
        return self.places, self.scores

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        scores = np.zeros(len(places))
        mine, at = look_up(self.places, places)
        scores[mine] = self.scores[at]
        return scores


@dataclass(frozen=True)
class Combined:
    """Several scorers as one, their scores added up or, for ``np.maximum``, the highest taken."""

    parts: tuple[Scorer, ...]
    combine: np.ufunc
    places: Ints
    size: int

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        return float(self.combine.reduce([part.most for part in self.parts]))

    def all_scores(self) -> tuple[Ints, Floats]:
        """Give every place with a score, and the scores."""
        table = np.zeros(self.size)
        for part in self.parts:
            places, scores = part.all_scores()
            table[places] = self.combine(table[places], scores)
        places = np.flatnonzero(table).astype(np.int32)
        return places, table[places]

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        scores = np.zeros(len(places))
        for part in self.parts:
            self.combine(scores, part.scores_at(places), out=scores)
        return scores


def find_contenders(
    parts: Sequence[Scorer], most: int, size: int, allowed: Mask | None
) -> tuple[Ints, Floats]:
    """Find places, in order, among which are the ``most`` best by the sum of their parts' scores.
    Give the sums too, of which the order of adding up is not that of the parts.

    MaxScore (Turtle and Flood 1995), a part at a time: once the parts that are left cannot lift a
    passage that none of the others has among the best, they are only looked up for those that it
    could be. Some of what is found may match none of the parts, or not be allowed.
    """
    parts = sorted(parts, key=lambda part: -part.most)
    left = sum(part.most for part in parts)
    scores = np.zeros(size)
    threshold, touched = -math.inf, [np.zeros(0, np.int32)]
    while len(touched) <= len(parts) and left > threshold - MARGIN:
        part = parts[len(touched) - 1]
        places, own = part.all_scores()
        scores[places] += own
        left -= part.most
        threshold = _raise_threshold(threshold, scores, part.places, most, allowed)
        touched.append(places)
    least = max(threshold - left - MARGIN, 0)
    contenders = np.sort(np.concatenate([_take(scores, own, least) for own in touched]))
    left_parts = parts[len(touched) - 1:]
    return _narrow(left_parts, contenders, -scores[contenders], left, threshold, allowed)


def _take(scores: Floats, places: Ints, least: float) -> Ints:
    """Give the places that score more than ``least``, and negate their scores, so that none is
    taken again from another list."""
    taken = places[scores[places] > least]
    scores[taken] *= -1
    return taken


def _narrow(
    parts: Sequence[Scorer], contenders: Ints, scores: Floats, left: float, threshold: float,
    allowed: Mask | None,
) -> tuple[Ints, Floats]:  # fmt: skip
    if allowed is not None:
        kept = allowed[contenders]
        contenders, scores = contenders[kept], scores[kept]
    for part in parts:
        scores = scores + part.scores_at(contenders)
        left -= part.most
        kept = scores > threshold - left - MARGIN
        contenders, scores = contenders[kept], scores[kept]
    return contenders, scores


def _raise_threshold(
    threshold: float, scores: Floats, places: Ints, most: int, allowed: Mask | None
) -> float:
    """Give the lowest of the ``most`` best scores among these places, if that is higher."""
    if allowed is not None:
        places = places[allowed[places]]
    higher = scores[places]
    higher = higher[higher > threshold]
    if len(higher) < most:
        return threshold
    return float(np.partition(higher, -most)[-most])
