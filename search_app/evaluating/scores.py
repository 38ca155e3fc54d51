"""What an answer to one question is worth: figures from 0 to 1, by name.

A question has only the figures that it can have: an unanswerable one has no recall.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.results import Hit
from search_app.answering.answers import Answer
from search_app.evaluating.questions import Question
from search_app.evaluating.texts import (
    answers,
    find_f1,
    find_share,
    holds,
    match_exactly,
    soften,
)
from search_app.answering.quotations import Quotation

Scores = Mapping[str, float]
DEPTHS = (1, 5, 10)
PASSAGES_SCORED = 10

PASSAGE_SHARE = 0.6
"""So much of a gold quotation in one run of words makes a passage of the library a right one."""

PLACE_SHARE = 0.25
"""So much of a gold quotation in one run of words makes a quotation one from the right place."""


def find_gold_in_library(question: Question, hit: Hit) -> str:
    """Name the gold quotation that a passage holds, or the answer where there are no such."""
    file, text = Path(hit.document.file).name, hit.passage.text
    for number, gold in enumerate(question.quotes):
        whole = soften(gold.text) in soften(text)
        if file == gold.file and (whole or find_share(text, gold.text) >= PASSAGE_SHARE):
            return f"quotation {number}"
    if question.quotes or question.document not in ("", file):
        return ""
    return "answer" if answers(text, question.answers) else ""


def score_ranking(ranked: Sequence[str], wanted: int) -> Scores:
    """Score a ranking of passages, each named by what it holds of the right answer, or empty.

    ``wanted`` is how much there is to find; what was found already counts no second time. nDCG is
    that of Järvelin and Kekäläinen 2002.
    """
    first = [name if name not in ranked[:n] else "" for n, name in enumerate(ranked)]
    found = [bool(name) for name in first]
    ranks = [rank for rank, hit in enumerate(found[:PASSAGES_SCORED], 1) if hit]
    recalls = {f"recall@{depth}": sum(found[:depth]) / wanted for depth in DEPTHS}
    return recalls | {
        "hit@5": float(any(found[:5])),
        "mrr@10": 1 / ranks[0] if ranks else 0.0,
        "ndcg@10": _find_ndcg([float(hit) for hit in found], [1.0] * wanted),
    }


def score_grades(ids: Sequence[str], grades: Mapping[str, float]) -> Scores:
    """Score a ranking of ids of passages by how well each answers."""
    gains = [grades.get(id, 0.0) for id in ids]
    return {"ndcg@10": _find_ndcg(gains, list(grades.values()))}


def _find_ndcg(gains: Sequence[float], all_gains: Sequence[float]) -> float:
    best = _discount(sorted(all_gains, reverse=True))
    return _discount(gains) / best if best else 0.0


def _discount(gains: Sequence[float]) -> float:
    return sum(
        gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:PASSAGES_SCORED], 1)
    )


def list_quotations(answer: Answer) -> tuple[Quotation, ...]:
    """Give what an answer quotes, or would quote if it did not abstain."""
    return answer.quotations or answer.nearest


def shorten(answer: Answer) -> str:
    """Give the short answer, or what it would be if the answer did not abstain."""
    nearest = answer.nearest[0].short_answer if answer.nearest else ""
    return answer.short_answer or nearest


def score_answer(question: Question, answer: Answer) -> Scores:
    """Score what is quoted, whether or not the answer abstains, and what a reader is given."""
    if not question.answerable:
        return {"false_answers": float(not answer.abstained)}
    if not question.expected:
        return {}
    texts = [quotation.text for quotation in list_quotations(answer)]
    quoted = " … ".join(texts)
    short, given = shorten(answer) or quoted, float(not answer.abstained)
    placed = _is_placed(question, texts)
    right = placed and _is_whole(question, [quoted, *texts], short)
    scores = {"quoted": float(right), "given": float(right) * given}
    if question.quotes:
        scores["right_place"] = float(placed)
    if question.answers:
        accepted = (*question.answers, question.boolean) if question.boolean else question.answers
        scores["exact_match"] = max(match_exactly(short, each) for each in accepted)
        scores["f1"] = max(find_f1(short, each) for each in accepted)
        scores["exact_match_given"] = scores["exact_match"] * given
        scores["f1_given"] = scores["f1"] * given
    return scores


def _is_placed(question: Question, texts: Sequence[str]) -> bool:
    """Tell whether a quotation is from where the right one stands, if it is known."""
    return not question.quotes or any(
        find_share(text, gold.text) >= PLACE_SHARE or soften(text) in soften(gold.text)
        for text in texts
        for gold in question.quotes
    )


def _is_whole(question: Question, texts: Sequence[str], short: str) -> bool:
    if question.parts:
        return all(
            any(holds(text, name) for name in names for text in (texts[0], short))
            for names in question.parts
        )
    return any(answers(text, question.expected) for text in texts)
