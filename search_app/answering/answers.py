"""Answers: the quotations that say what a question asks, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.choices import note_unknown
from index.fusion import Candidate
from index.query import Audience, Clues, Query, Term
from index.results import Coverage, Hit
from index.search import Searcher
from search_app.answering.agreement import add_sources, disagree
from search_app.answering.clues import find_clues
from search_app.answering.decision import Decision, Signs, choose_decision, find_signs
from search_app.answering.patience import Patience
from search_app.answering.questions import Understood, understand
from search_app.answering.quotations import Quotation, pick_quotations
from search_app.answering.ranked_passages import RankedPassage, rank_passages
from search_app.answering.reasons import find_reason
from search_app.answering.sentences import Sentence, Weights, score_sentences

PASSAGES_FOUND = 100
PASSAGES_SHOWN = 10


@dataclass(frozen=True)
class Workings:
    """How an answer came about, stage by stage, each list best first."""

    understood: Understood
    weights: Weights
    passages: tuple[RankedPassage, ...]
    sentences: tuple[Sentence, ...]
    signs: Signs
    decision: Decision


@dataclass(frozen=True)
class Answer:
    """An answer in the documents' own words, or the reason why there is none.

    ``quotations`` are empty where ``abstained``; ``nearest`` are the best ones all the same, and
    ``confidence``, from 0 to 1, is how probable it is that they answer. ``disagreeing``: the
    quotations say different things. ``passages`` are the nearest ones, best first; where
    ``abstained``, they are not an answer.
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
    patience = Patience(seconds)
    workings = _work(searcher, question, query, patience)
    quotations = quote_best(workings)
    confidence = find_confidence(workings)
    coverage = searcher.coverage(audience)
    reason = find_reason(
        workings.understood, quotations, confidence, workings.decision, coverage
    )
    disagreeing = disagree(quotations)
    short = quotations[0].short_answer if quotations and not disagreeing and not reason else ""
    return Answer(
        question=question,
        short_answer=short,
        quotations=() if reason else quotations,
        nearest=quotations,
        disagreeing=disagreeing and not reason,
        abstained=bool(reason),
        reason=reason,
        confidence=round(confidence, 4),
        passages=tuple(each.hit for each in workings.passages[:PASSAGES_SHOWN]),
        notes=find_notes(searcher, query, workings.understood, patience.note),
        coverage=coverage,
        workings=workings,
    )


def _work(searcher: Searcher, question: str, query: Query, patience: Patience) -> Workings:
    understood = understand(question, searcher.known(query.audience).library_names)
    clues = find_clues(understood)
    candidates = _find(searcher, question, clues, query)
    weights = weigh_words(searcher, clues, query.audience)
    cross_encoder = searcher.models.cross_encoder
    passages = rank_passages(understood, candidates, cross_encoder, patience)
    sentences = score_sentences(understood, passages, weights, cross_encoder, patience)
    return join_workings(understood, weights, passages, sentences)


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


def _find(
    searcher: Searcher, question: str, clues: Clues, query: Query
) -> list[Candidate]:
    if not clues.weights:
        return []
    return searcher.find_candidates(query, clues, PASSAGES_FOUND, question)


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


def quote_best(workings: Workings) -> tuple[Quotation, ...]:
    """Quote the best sentences, each with its short answer and its further sources, best first."""
    quotations = pick_quotations(workings.sentences, workings.understood)
    return tuple(add_sources(quotations, workings.passages))


def find_confidence(workings: Workings) -> float:
    """Give how probable it is that the best sentence answers, from 0 to 1."""
    return workings.decision.weigh(workings.signs) if workings.signs else 0.0


def find_notes(
    searcher: Searcher, query: Query, understood: Understood, hurry: str
) -> tuple[str, ...]:
    """Say how a question was taken, with what it was narrowed to, and what was not read.

    ``hurry`` says what there was no time to read, if anything.
    """
    preferred = (each.note for each in understood.preferences)
    missing = searcher.meaning_note(query.audience), searcher.models.reading_note
    return tuple(note for note in (*query.notes, *preferred, hurry, *missing) if note)
