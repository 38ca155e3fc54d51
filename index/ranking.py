"""Ranking by BM25F, and the best of many passages without scoring them all (MaxScore)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.arrays import Floats, Ints, Mask, Numbers
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


def saturate(weights: Floats, rarity: float = 1.0) -> Floats:
    """Give idf w (k1 + 1) / (w + k1) of each weight: the more, the less another adds."""
    saturated: Floats = weights * (rarity * (K1 + 1))
    saturated /= weights + K1
    return saturated


class Scorer(Protocol):
    """One of the parts that a score is the sum of."""

    @property
    def places(self) -> Ints:
        """The places that match it, in order."""

    @property
    def most(self) -> float:
        """A score that none exceeds."""

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a score too."""

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, those that match first, and the scores."""

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

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a score too."""
        return self.leaf.lifts

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, those that match first, and the scores."""
        places, weights = self.leaf.all_weights()
        return places, self._score(weights)

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        return self._score(self.leaf.weights_at(places))

    def _score(self, weights: Floats) -> Floats:
        return saturate(weights, self.rarity)


@dataclass(frozen=True)
class Scored:
    """Passages that are scored already."""

    places: Ints
    scores: Floats
    lifts = False

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        return float(self.scores.max(initial=0.0))

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, and the scores."""
        return self.places.astype(np.intp), self.scores

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

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a score too."""
        return any(part.lifts for part in self.parts)

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, those that match first, and the scores."""
        table = np.zeros(self.size)
        for part in self.parts:
            places, scores = part.all_scores()
            table[places] = self.combine(table[places], scores)
        matching = table[self.places]
        table[self.places] = 0
        lifted = table.nonzero()[0]
        return np.concatenate([self.places, lifted]), np.concatenate([matching, table[lifted]])

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
    bounded = sorted(((part.most, part) for part in parts), key=lambda each: -each[0])
    left = sum(bound for bound, _ in bounded)
    scores = np.zeros(size)
    threshold, taken = -math.inf, 0
    while taken < len(bounded) and left > threshold - MARGIN:
        bound, part = bounded[taken]
        places, own = part.all_scores()
        own = own + scores[places] if taken else own
        scores[places] = own
        left -= bound
        taken += 1
        matching = own[:len(part.places)]
        if allowed is not None:
            matching = matching[allowed[places[:len(part.places)]]]
        threshold = _raise_threshold(threshold, matching, most)
    hopeful = scores > max(threshold - left - MARGIN, 0)
    if allowed is not None:
        hopeful &= allowed
    contenders = hopeful.nonzero()[0].astype(np.int32)
    return _narrow(bounded[taken:], contenders, scores[contenders], left, threshold, most)


def _narrow(
    bounded: Sequence[tuple[float, Scorer]], contenders: Ints, scores: Floats, left: float,
    threshold: float, most: int
) -> tuple[Ints, Floats]:  # fmt: skip
    if bounded and len(contenders) > 30 * most:
        leaders = np.sort(scores.argpartition(-most)[-most:])
        sums, ahead = scores[leaders], contenders[leaders]
        for _, part in bounded:
            sums = sums + part.scores_at(ahead)
        threshold = max(threshold, float(sums.min()))
        kept = scores > threshold - left - MARGIN
        contenders, scores = contenders[kept], scores[kept]
    for bound, part in bounded:
        scores = scores + part.scores_at(contenders)
        left -= bound
        kept = scores > threshold - left - MARGIN
        contenders, scores = contenders[kept], scores[kept]
    return contenders, scores


def _raise_threshold(threshold: float, scores: Floats, most: int) -> float:
    """Give the lowest of the ``most`` best of these scores, if that is higher."""
    higher = scores[scores > threshold]
    if len(higher) < most:
        return threshold
    return float(np.partition(higher, -most)[-most])
