"""Answers: the quotations that say what a question asks, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from index.candidates import mark_clues
from index.choices import note_unknown
from index.fusion import Candidate
from index.query import Audience, Clues, Query
from index.results import Coverage, Hit
from index.search import Searcher
from search_app.answering.agreement import disagree
from search_app.answering.clues import find_clues
from search_app.answering.patience import Patience, Turn
from search_app.answering.questions import Understood, understand
from search_app.answering.quotations import MOST_QUOTATIONS, Quotation, drop_repeated
from search_app.answering.ranked_passages import rank_passages
from search_app.answering.reasons import find_reason
from search_app.answering.sides import Side, find_sides
from search_app.answering.sentences import PASSAGES_SEARCHED, score_sentences
from search_app.answering.workings import (
    Workings, find_confidence, find_telling, join_sides, join_workings, note_silent, quote_best,
    tell_missed, weigh_words,
)  # fmt: skip

PASSAGES_FOUND = 100
PASSAGES_SHOWN = 10


@dataclass(frozen=True)
class Answer:
    """An answer in the documents' own words, or the reason why there is none.

    ``quotations`` are empty where ``abstained``; ``nearest`` are the best ones all the same, and
    ``confidence``, from 0 to 1, is how probable it is that they answer. ``disagreeing``: the
    quotations say different things. ``passages`` are the nearest ones, best first; where
    ``abstained``, they are not an answer. About somebody's own health neither ``nearest`` nor
    ``passages`` are given where ``abstained``.
    """

    question: str
    short_answer: str
    quotations: tuple[Quotation, ...]
    nearest: tuple[Quotation, ...]
    disagreeing: bool
    abstained: bool
    reason: str
    confidence: float
    passages: tuple[Hit, ...]
    notes: tuple[str, ...]
    coverage: Coverage
    workings: Workings


def answer_question(
    searcher: Searcher,
    question: str,
    audience: Audience = "public",
    within: Query | None = None,
    seconds: float = math.inf,
) -> Answer:
    """Quote what answers a question, or say why nothing does.

    ``within`` is the query whose filters and dates are kept to, and whose notes are told;
    ``seconds`` are what the cross-encoder may take.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    query = replace(within or Query(), audience=audience)
    query = note_unknown(query, searcher.snapshot(audience).columns)
    names = searcher.known(audience).library_names
    understood = understand(question, names)
    patience = Patience(seconds)
    asked = find_sides(understood, query, names)
    sides = [
        _work(searcher, side, patience, Turn(number, len(asked)))
        for number, side in enumerate(asked)
    ]
    silent = note_silent(asked, sides)
    notes = (*find_notes(searcher, query, understood, patience.note), *silent)
    return _conclude(searcher, audience, understood, sides, notes)


def _work(searcher: Searcher, side: Side, patience: Patience, turn: Turn) -> Workings:
    understood, query = side.understood, side.query
    clues = find_clues(understood)
    candidates = _find(searcher, understood.question, clues, query)
    weights = weigh_words(searcher, clues, query.audience)
    cross_encoder = searcher.models.cross_encoder
    passages = rank_passages(understood, candidates, cross_encoder, patience, turn)
    most, until = max(1, PASSAGES_SEARCHED // turn.count), turn.until(1.0)
    sentences = score_sentences(
        understood, passages, weights, cross_encoder, patience, most, until
    )
    return join_workings(understood, weights, passages, sentences)


def _conclude(
    searcher: Searcher,
    audience: Audience,
    understood: Understood,
    sides: Sequence[Workings],
    notes: tuple[str, ...],
) -> Answer:
    """Decide what to quote of the sides that say something clearly, or of all."""
    telling = find_telling(sides)
    most = max(1, MOST_QUOTATIONS // len(sides))
    quotations = drop_repeated(chain.from_iterable(
        quote_best(searcher, audience, side, most) for side in telling
    ))  # fmt: skip
    judged = min(telling, key=find_confidence)
    workings, missed = join_sides(understood, sides, judged), tell_missed(judged)
    confidence = find_confidence(workings)
    coverage = searcher.coverage(audience)
    reason = find_reason(
        understood, quotations, confidence, workings.decision, coverage, missed
    )
    alone = not reason and len(sides) == 1
    disagreeing = alone and disagree(quotations)
    short = quotations[0].short_answer if alone and not disagreeing else ""
    kept_back = bool(reason) and understood.own_health
    clues, shown = find_clues(understood), workings.passages[:PASSAGES_SHOWN]
    return Answer(
        question=understood.question,
        short_answer=short,
        quotations=() if reason else quotations,
        nearest=() if kept_back else quotations,
        disagreeing=disagreeing,
        abstained=bool(reason),
        reason=reason,
        confidence=round(confidence, 4),
        passages=tuple(mark_clues(each.hit, clues) for each in shown if not kept_back),
        notes=notes,
        coverage=coverage,
        workings=workings,
    )


def _find(
    searcher: Searcher, question: str, clues: Clues, query: Query
) -> list[Candidate]:
    if not clues.weights:
        return []
    return searcher.find_candidates(query, clues, PASSAGES_FOUND, question)


def find_notes(
    searcher: Searcher, query: Query, understood: Understood, hurry: str
) -> tuple[str, ...]:
    """Say how a question was taken, with what it was narrowed to, and what was not read.

    ``hurry`` says what there was no time to read, if anything.
    """
    preferred = (each.note for each in understood.preferences)
    missing = searcher.meaning_note(query.audience), searcher.models.reading_note
    return tuple(note for note in (*query.notes, *preferred, hurry, *missing) if note)
