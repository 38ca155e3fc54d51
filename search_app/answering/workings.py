"""Workings: how an answer comes about, stage by stage, and what is quoted and said of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from index.query import Audience, Clues, Query, Term
from index.results import Hit
from index.search import Searcher
from search_app.answering.agreement import add_sources
from search_app.answering.decision import (
    Decision, Signs, choose_decision, find_missed, find_signs,
)  # fmt: skip
from search_app.answering.questions import Understood
from search_app.answering.quotations import MOST_QUOTATIONS, Quotation, pick_quotations
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.reasons import find_least_confidence
from search_app.answering.sentences import Sentence, Weights
from search_app.answering.sides import Side

Scored = TypeVar("Scored", RankedPassage, Sentence)


@dataclass(frozen=True)
class Workings:
    """How an answer came about, stage by stage, each list best first."""

    understood: Understood
    weights: Weights
    passages: tuple[RankedPassage, ...]
    sentences: tuple[Sentence, ...]
    signs: Signs
    decision: Decision


def join_workings(
    understood: Understood,
    weights: Weights,
    passages: Sequence[RankedPassage],
    sentences: Sequence[Sentence],
    among: Sequence[RankedPassage] = (),
) -> Workings:
    """Join what came of each stage, with what speaks for the best sentence among others."""
    signs = find_signs(understood, sentences, passages, among) if sentences else {}
    decision = choose_decision(sentences)
    return Workings(
        understood, weights, tuple(passages), tuple(sentences), signs, decision
    )


def weigh_words(searcher: Searcher, clues: Clues, audience: Audience) -> Weights:
    """Weigh each word by how few passages have it: log(1 + N / n), Spärck Jones 1972."""
    total = searcher.count(Query(audience=audience))
    counts = {
        term: searcher.count(Query(tree=Term(term), audience=audience)) for term in clues.weights
    }
    return {
        term: clues.weights[term] * math.log(1 + total / max(1, count))
        for term, count in counts.items()
    }


def quote_best(
    searcher: Searcher, audience: Audience, workings: Workings, most: int = MOST_QUOTATIONS
) -> tuple[Quotation, ...]:
    """Quote the best sentences, each with its short answer and its further sources, best first."""

    def beside(hit: Hit, step: int) -> Hit | None:
        return searcher.beside(hit, step, audience)

    quotations = pick_quotations(workings.sentences, workings.understood, beside, most)
    return tuple(add_sources(quotations, workings.passages))


def find_confidence(workings: Workings) -> float:
    """Give how probable it is that the best sentence answers, from 0 to 1."""
    return workings.decision.weigh(workings.signs) if workings.signs else 0.0


def tell_missed(workings: Workings) -> str:
    """Say in what the best sentence misses the question; empty where it does not."""
    best = workings.sentences[:1]
    return find_missed(workings.understood, best[0]) if best else ""


def find_telling(sides: Sequence[Workings]) -> Sequence[Workings]:
    """Find the sides of a question of which something answers; all where none does."""
    return [side for side in sides if says_clearly(side)] or sides


def says_clearly(workings: Workings) -> bool:
    """Tell whether the best sentence is likely enough to answer."""
    least = find_least_confidence(workings.understood, workings.decision)
    return bool(workings.sentences) and find_confidence(workings) >= least


def join_sides(
    understood: Understood, sides: Sequence[Workings], judged: Workings
) -> Workings:
    """Join the workings of the sides of a question; the decision is that on one of them.

    What several sides found stands once, as it did best.
    """
    passages = chain.from_iterable(side.passages for side in sides)
    sentences = chain.from_iterable(side.sentences for side in sides)
    return replace(
        judged,
        understood=understood,
        passages=_rank_once(passages, lambda each: each.hit.id),
        sentences=_rank_once(sentences, lambda each: (each.hit.id, each.number)),
    )


def _rank_once(found: Iterable[Scored], name: Callable[[Scored], Hashable]) -> tuple[Scored, ...]:
    ranked: dict[Hashable, Scored] = {}
    for each in sorted(found, key=lambda each: (each.relevance is None, -each.score)):
        ranked.setdefault(name(each), each)
    return tuple(ranked.values())


def note_silent(asked: Sequence[Side], sides: Sequence[Workings]) -> list[str]:
    """Tell of each side of which nothing is quoted, or only what is quoted of one before it."""
    telling, quoted, notes = find_telling(sides), set[tuple[str, int]](), list[str]()
    for side, workings in zip(asked, sides):
        best = next(((each.hit.id, each.number) for each in workings.sentences), None)
        if workings not in telling:
            notes.append(side.unsaid)
        elif best in quoted:
            notes.append(side.joined)
        elif best:
            quoted.add(best)
    return [note for note in notes if note]
