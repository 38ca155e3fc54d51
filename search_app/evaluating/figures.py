"""Figures over many outcomes, each with its interval: means, AUROC, abstention, calibration.

All are from 0 to 1; None stands for what these outcomes cannot have, such as the AUROC where every
question can be answered.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeVar

from search_app.evaluating.evaluation import Outcome

Outcomes = Sequence[Outcome]
Figure = Callable[[Outcomes], float | None]
Value = TypeVar("Value")
Told = tuple[float, bool]
"""A confidence from 0 to 1, and whether what was told with it holds."""

DRAWS = 1000
BINS = 10


def find_mean(name: str, outcomes: Outcomes) -> float | None:
    """Find the mean of a figure of questions over those that have it."""
    values = [each.scores[name] for each in outcomes if name in each.scores]
    return sum(values) / len(values) if values else None


def find_auroc(outcomes: Outcomes) -> float | None:
    """Find how often an answerable question has more confidence than an unanswerable one."""
    return measure_auroc((each.answer.confidence, each.question.answerable) for each in outcomes)


def measure_auroc(told: Iterable[Told]) -> float | None:
    """Measure how often what holds is told with more confidence than what does not.

    That is the area under the curve of the receiver, and the statistic of Mann and Whitney (1947)
    over all pairs; an equal confidence counts half.
    """
    wins, below, true, false = 0.0, 0, 0, 0
    for _, group in groupby(sorted(told), lambda each: each[0]):
        kinds = [kind for _, kind in group]
        more, less = sum(kinds), len(kinds) - sum(kinds)
        wins += more * (below + less / 2)
        below, true, false = below + less, true + more, false + less
    pairs = true * false
    return wins / pairs if pairs else None


def find_abstention(name: str, outcomes: Outcomes) -> float | None:
    """Find the "precision", "recall" or "f1" of abstaining: that it is from unanswerable ones.

    Where nothing was abstained from, they are 0.
    """
    abstained = [each for each in outcomes if each.answer.abstained]
    unanswerable = sum(not each.question.answerable for each in outcomes)
    if unanswerable in (0, len(outcomes)):
        return None
    right = sum(not each.question.answerable for each in abstained)
    shares = {
        "precision": (right, len(abstained)),
        "recall": (right, unanswerable),
        "f1": (2 * right, len(abstained) + unanswerable),
    }
    count, total = shares[name]
    return count / total if total else 0.0


@dataclass(frozen=True)
class Bin:
    """The questions whose confidence is from ``low`` up to ``high``: how many there are, their mean
    confidence, and the share of them whose best quotation answers."""

    low: float
    high: float
    questions: int
    confidence: float
    right: float


def find_reliability(outcomes: Outcomes) -> list[Bin]:
    """Set the confidence against what came of it, in BINS bins of equal width; empty ones are left
    out."""
    return make_bins(_tell_right(outcomes))


def _tell_right(outcomes: Outcomes) -> Iterator[Told]:
    for each in outcomes:
        if each.right is not None:
            yield each.answer.confidence, each.right


def make_bins(told: Iterable[Told]) -> list[Bin]:
    """Put what was told in BINS bins of equal width by its confidence; empty ones are left out."""
    binned: dict[int, list[Told]] = {}
    for confidence, right in told:
        binned.setdefault(_find_bin(confidence), []).append((confidence, right))
    return [_make_bin(number, binned[number]) for number in sorted(binned)]


def _find_bin(confidence: float) -> int:
    return min(int(confidence * BINS), BINS - 1)


def _make_bin(number: int, pairs: Sequence[Told]) -> Bin:
    confidences, rights = zip(*pairs, strict=True)
    count = len(pairs)
    low, high = number / BINS, (number + 1) / BINS
    return Bin(low, high, count, sum(confidences) / count, sum(rights) / count)


def find_calibration_error(outcomes: Outcomes) -> float | None:
    """Find the expected calibration error of the confidence."""
    return measure_calibration_error(_tell_right(outcomes))


def measure_calibration_error(told: Iterable[Told]) -> float | None:
    """Measure the expected calibration error (Naeini et al. 2015; bins as in Guo et al. 2017)."""
    bins = make_bins(told)
    total = sum(each.questions for each in bins)
    gaps = (each.questions * abs(each.right - each.confidence) for each in bins)
    return sum(gaps) / total if total else None


def find_chance_error(outcomes: Outcomes) -> float | None:
    """Find what calibration error chance alone would make, were all confidences right."""
    return measure_chance_error([each for each, _ in _tell_right(outcomes)])


def measure_chance_error(confidences: Sequence[float]) -> float | None:
    """Measure the calibration error to be expected of confidences that are right, on so few.

    In a bin the share that is right strays from the mean confidence by its standard deviation,
    on average by sqrt(2 / pi) of that (the normal distribution stands for the sum).
    """
    binned: dict[int, float] = {}
    for each in confidences:
        number = _find_bin(each)
        binned[number] = binned.get(number, 0.0) + each * (1 - each)
    stray = math.fsum(math.sqrt(2 / math.pi * variance) for variance in binned.values())
    return stray / len(confidences) if confidences else None


@dataclass(frozen=True)
class Estimate:
    """A figure, its 95 % interval, and how many questions it is made of."""

    value: float
    low: float
    high: float
    questions: int


MEANS = {
    "recall@1": "recall@1",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "hit@5": "hit@5",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "quoted": "whole answer quoted, never abstaining",
    "given": "whole answer given, at the threshold",
    "right_place": "quoted from the right place",
    "exact_match": "exact match, never abstaining",
    "f1": "token F1, never abstaining",
    "exact_match_given": "exact match, at the threshold",
    "f1_given": "token F1, at the threshold",
    "verbatim": "quotations verbatim and in their place",
    "false_answers": "false answers to unanswerable questions",
}
ABSTENTION = {
    "abstention_precision": "abstention: precision",
    "abstention_recall": "abstention: recall",
    "abstention_f1": "abstention: F1",
}
LABELS = {
    **MEANS,
    **ABSTENTION,
    "auroc": "AUROC of the confidence",
    "calibration_error": f"calibration error, {BINS} bins of equal width",
    "chance_error": "the same by chance, were they all right",
}
"""What each figure is called in print, in the order of printing."""

FIGURES: Mapping[str, Figure] = {
    **{name: partial(find_mean, name) for name in MEANS},
    **{name: partial(find_abstention, name.removeprefix("abstention_")) for name in ABSTENTION},
    "auroc": find_auroc,
    "calibration_error": find_calibration_error,
    "chance_error": find_chance_error,
}


def estimate_figures(outcomes: Outcomes) -> dict[str, Estimate]:
    """Estimate every figure that the outcomes have, by its name."""
    draws = draw_samples(outcomes)
    estimates = {}
    for name, figure in FIGURES.items():
        value = figure(outcomes)
        if value is not None:
            drawn = [each for each in map(figure, draws) if each is not None]
            questions = sum(name in each.scores for each in outcomes) or len(outcomes)
            estimates[name] = Estimate(value, *find_interval(drawn), questions)
    return estimates


def draw_samples(values: Sequence[Value]) -> list[list[Value]]:
    """Draw as many as there are, with replacement, DRAWS times (Efron 1979); alike each time."""
    chance = random.Random(1)
    return [chance.choices(values, k=len(values)) for _ in range(DRAWS)]


def find_interval(drawn: Sequence[float]) -> tuple[float, float]:
    """Find the interval that holds 95 % of what was found in samples."""
    ordered = sorted(drawn)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]
