"""Explaining an answer: what each stage found, what it counted for, and which stage failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.fusion import Ranked
from search_app.answering.answers import Answer
from search_app.answering.workings import Workings
from search_app.answering.preferences import prefer
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.sentences import Sentence
from search_app.answering.units import find_units
from search_app.wording import count


def workings_json(answer: Answer) -> dict[str, Any]:
    """Give the workings of an answer; ranks count from 1, lists are best first.

    The score of words is that of BM25F and the rest, of meaning a cosine; ``relevance`` is the
    log odds of the cross-encoder, null where it has not read the text. ``wording``, ``meaning`` and
    ``document`` (what its document counts for) are the other parts of a passage's score.
    """
    workings = answer.workings
    understood = workings.understood
    return {
        "understood": {
            "kind": understood.kind,
            "head": understood.head,
            "asked": understood.asked,
            "own_health": understood.own_health,
            "words": workings.weights,
        },
        "passages": [*_passages(workings)],
        "sentences": [*_sentences(answer)],
        "decision": _decision(answer),
        "stages": [{"stage": stage, "verdict": verdict} for stage, verdict in judge(answer)],
    }


def _passages(workings: Workings) -> Iterator[dict[str, Any]]:
    ranks = rank_fused(workings)
    for rank, (ranked, fused) in enumerate(zip(workings.passages, ranks), 1):
        hit = ranked.hit
        yield {
            "rank": rank,
            "id": hit.id,
            "title": hit.document.description.title.value,
            "page": hit.passage.spans[0].page if hit.document.paged else None,
            "lexical": _ranked(ranked.candidate.lexical),
            "dense": _ranked(ranked.candidate.dense),
            "fused": {"rank": fused, "score": hit.score},
            "wording": ranked.wording,
            "meaning": ranked.meaning,
            "document": prefer(hit, workings.understood),
            "relevance": ranked.relevance,
            "score": ranked.score,
            "text": hit.passage.text,
        }


def rank_fused(workings: Workings) -> list[int]:
    """Give the rank, from 1, that each passage had when the lists were joined; equal ones share it.
    """
    scores = sorted((each.hit.score for each in workings.passages), reverse=True)
    return [scores.index(each.hit.score) + 1 for each in workings.passages]


def _ranked(ranked: Ranked | None) -> dict[str, Any] | None:
    return {"rank": ranked.rank, "score": ranked.score} if ranked else None


def _sentences(answer: Answer) -> Iterator[dict[str, Any]]:
    for rank, sentence in enumerate(answer.workings.sentences, 1):
        yield {
            "rank": rank,
            "passage": sentence.hit.id,
            "number": sentence.number,
            "text": sentence.text,
            "coverage": sentence.coverage,
            "fits": sentence.fits,
            "relevance": sentence.relevance,
            "score": sentence.score,
            "quoted": is_quoted(sentence, answer),
        }


def is_quoted(sentence: Sentence, answer: Answer) -> bool:
    """Tell whether a sentence stands in one of the best quotations, shown as an answer or not."""
    start, end = find_units(sentence.hit.passage)[sentence.number]
    return any(
        each.hit.id == sentence.hit.id and each.start <= start and end <= each.end
        for each in answer.nearest
    )


def _decision(answer: Answer) -> dict[str, Any]:
    decision = answer.workings.decision
    return {
        "bias": decision.bias,
        "signs": [
            {"name": name, "value": value, "weight": weight, "contribution": value * weight}
            for name, value, weight in weigh_signs(answer.workings)
        ],
        "probability": answer.confidence,
        "threshold": decision.threshold,
    }


def weigh_signs(workings: Workings) -> Iterator[tuple[str, float, float]]:
    """Give each sign's name, value and weight; no weight is 0, for a sign that counts nothing."""
    weights = workings.decision.weights
    for name, value in workings.signs.items():
        yield name, value, weights.get(name, 0.0)


def judge(answer: Answer) -> Iterator[tuple[str, str]]:
    """Say of each stage, in its order, what came of it."""
    yield "understanding", _judge_understanding(answer.workings)
    yield "finding", _judge_finding(answer.workings.passages)
    yield "ranking", _judge_ranking(answer.workings)
    yield "sentences", _judge_sentences(answer.workings)
    yield "quoting", _judge_quoting(answer)
    yield "deciding", _judge_deciding(answer)


def _judge_understanding(workings: Workings) -> str:
    understood = workings.understood
    if not understood.telling:
        return "Failed: the question has no word to search for."
    words = ", ".join(dict.fromkeys(understood.telling_words))
    return f"Asks for: {understood.kind.replace('_', ' ')}. Searched for: {words}."


def _judge_finding(passages: tuple[RankedPassage, ...]) -> str:
    if not passages:
        return "Failed: no passage was found."
    words = sum(each.candidate.lexical is not None for each in passages)
    meaning = sum(each.candidate.dense is not None for each in passages)
    return f"{count(len(passages), 'passage')}: {words} by their words, {meaning} by meaning."


def _judge_ranking(workings: Workings) -> str:
    if not workings.passages:
        return "Nothing to rank."
    best, read = workings.passages[0], _count_read(workings.passages)
    came = rank_fused(workings)[0]
    how = f"{read} read by the cross-encoder" if read else "by words and meaning alone"
    return f"Ranked, {how}; the first, {best.hit.id}, was number {came} as found."


def _judge_sentences(workings: Workings) -> str:
    sentences = workings.sentences
    if not sentences:
        return "Failed: there is no sentence to score."
    passages = len({each.hit.id for each in sentences})
    parts = f"{count(len(sentences), 'sentence')} of {count(passages, 'passage')} scored"
    best = sentences[0]
    holds = f"holds {best.coverage:.0%} of the weight of the words"
    kind = "something" if best.fits else "nothing"
    return (
        f"{parts}, {_count_read(sentences)} read by the cross-encoder; the first {holds} and"
        f" {kind} of the kind asked for."
    )


def _count_read(scored: tuple[RankedPassage, ...] | tuple[Sentence, ...]) -> int:
    return sum(each.relevance is not None for each in scored)


def _judge_quoting(answer: Answer) -> str:
    if not answer.nearest:
        return "Nothing to quote."
    sources = sum(len(each.sources) for each in answer.nearest)
    said = f"{count(len(answer.nearest), 'quotation')}, {count(sources, 'further source')}"
    short = "with" if answer.nearest[0].short else "without"
    differ = "; the documents do not agree" if answer.disagreeing else ""
    return f"{said}; the first {short} a short answer{differ}."


def _judge_deciding(answer: Answer) -> str:
    threshold = answer.workings.decision.threshold
    compared = "below" if answer.confidence < threshold else "not below"
    probable = f"probability {answer.confidence:.3f}, {compared} the threshold {threshold:g}"
    if answer.abstained:
        return f"Abstained ({probable}): {answer.reason}"
    return f"Answered ({probable})."
