"""Ranking by BM25F, and the best of many passages without scoring them all (MaxScore)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.arrays import Floats, Ints, Mask, Numbers, sort_distinct
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
    """What adds to scores: a leaf of a tree, or a part of it. ``places`` match it, in order."""

    @property
    def places(self) -> Ints:
        """The places that match, in order."""

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
    could be; first for the leaders, which raises what the others must reach. Some of what is
    found may match none of the parts.
    """
    bounded = sorted([(part.most, part) for part in parts], key=lambda each: -each[0])
    left = sum([bound for bound, _ in bounded])
    sums = np.zeros(size)
    threshold = -math.inf
    seen, ahead = [_NO_NUMBERS], [_NO_NUMBERS]
    for bound, part in bounded:
        if left <= threshold - MARGIN:
            break
        places, own = part.all_scores()
        own = own + sums.take(places)
        sums[places] = own
        seen.append(places)
        left -= bound
        matching, own = _keep_allowed(places[:len(part.places)], own, allowed)
        higher = (own > threshold).nonzero()[0]
        ahead.append(matching.take(higher))
        threshold = _raise_threshold(threshold, own.take(higher), most)
    rest = bounded[len(seen) - 1:]
    if rest:
        threshold = _look_ahead(rest, np.concatenate(ahead), sums, threshold, most)
    places = np.concatenate(seen)
    hopeful = sort_distinct(places[sums.take(places) > max(threshold - left - MARGIN, 0)])
    contenders, scores = _keep_allowed(hopeful, sums.take(hopeful), allowed)
    return _narrow(rest, contenders.astype(np.int32), scores, left, threshold)


def _keep_allowed(places: Numbers, scores: Floats, allowed: Mask | None) -> tuple[Numbers, Floats]:
    """Keep the allowed of places, and as many of the scores."""
    if allowed is None:
        return places, scores[:len(places)]
    kept = allowed.take(places).nonzero()[0]
    return places.take(kept), scores.take(kept)


def _look_ahead(
    rest: Sequence[tuple[float, Scorer]], places: Numbers, sums: Floats, threshold: float,
    most: int
) -> float:  # fmt: skip
    """Give the threshold that the leaders among some places come to with the rest of the parts."""
    leaders = sort_distinct(places[sums.take(places) >= threshold]).astype(np.int32)
    scores = sums.take(leaders)
    for _, part in rest:
        scores += part.scores_at(leaders)
    return _raise_threshold(threshold, scores, most)


def _narrow(
    rest: Sequence[tuple[float, Scorer]], contenders: Ints, scores: Floats, left: float,
    threshold: float
) -> tuple[Ints, Floats]:  # fmt: skip
    """Look the rest of the parts up where their sum may still reach the threshold."""
    for bound, part in rest:
        scores = scores + part.scores_at(contenders)
        left -= bound
        kept = (scores > threshold - left - MARGIN).nonzero()[0]
        contenders, scores = contenders.take(kept), scores.take(kept)
    return contenders, scores


def _raise_threshold(threshold: float, scores: Floats, most: int) -> float:
    """Give the lowest of the ``most`` best of these scores, if that is higher."""
    if len(scores) < most:
        return threshold
    return max(threshold, float(np.partition(scores, -most)[-most]))


_NO_NUMBERS = np.zeros(0, np.intp)
