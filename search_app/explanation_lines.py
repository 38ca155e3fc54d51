"""An explanation of an answer as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from index.fusion import Ranked
from search_app.answering.answers import Answer
from search_app.answering.workings import Workings
from search_app.answering.explaining import is_quoted, judge, rank_fused, weigh_signs
from search_app.answering.preferences import prefer

_BEGINNING = 100
"""How much of a passage is shown, in characters."""


def explain(answer: Answer) -> Iterator[str]:
    """Give the lines that show what each stage did: verdicts first, then every figure."""
    yield "How this came about, stage by stage:"
    for number, (stage, verdict) in enumerate(judge(answer), 1):
        yield f"  {number} {stage}: {verdict}"
    yield from _explain_words(answer.workings)
    yield from _explain_passages(answer.workings)
    yield from _explain_sentences(answer)
    yield from _explain_decision(answer)


def _explain_words(workings: Workings) -> Iterator[str]:
    yield "\nWords and what they weigh (rarer ones more):"
    heaviest = sorted(workings.weights.items(), key=lambda each: -each[1])
    yield "  " + ", ".join(f"{word} {weight:.2f}" for word, weight in heaviest)


def _explain_passages(workings: Workings) -> Iterator[str]:
    yield "\nPassages, best first (rank and score by words; rank and cosine by meaning; joined;"
    yield "what the document counts for; what the cross-encoder says; all of it):"
    for number, (each, fused) in enumerate(zip(workings.passages, rank_fused(workings)), 1):
        candidate = each.candidate
        page = f", page {each.hit.passage.spans[0].page}" if each.hit.document.paged else ""
        yield (
            f"  {number}. {each.hit.id}{page}: words {_show(candidate.lexical)}, meaning"
            f" {_show(candidate.dense)}, joined #{fused} {each.hit.score:.4f}; document"
            f" {prefer(each.hit, workings.understood):+g}, relevance"
            f" {_number(each.relevance)}, score {each.score:.2f}"
        )
        yield f"     {_begin(each.hit.passage.text)}"


def _explain_sentences(answer: Answer) -> Iterator[str]:
    yield "\nSentences, best first (* quoted):"
    for sentence in answer.workings.sentences:
        mark = "*" if is_quoted(sentence, answer) else " "
        yield (
            f"{mark} {sentence.hit.id} no. {sentence.number}: coverage {sentence.coverage:.2f},"
            f" {'fits' if sentence.fits else 'does not fit'}, relevance"
            f" {_number(sentence.relevance)}, score {sentence.score:.2f}"
        )
        yield f"     {' '.join(sentence.text.split())}"


def _explain_decision(answer: Answer) -> Iterator[str]:
    decision = answer.workings.decision
    yield "\nDecision (value x weight = what it adds to the log odds):"
    yield f"  bias {decision.bias:+.3f}"
    for name, value, weight in weigh_signs(answer.workings):
        yield f"  {name} {value:.3f} x {weight:+.3f} = {value * weight:+.3f}"
    yield f"  probability {answer.confidence:.3f}; an answer from {decision.threshold:g}"


def _show(ranked: Ranked | None) -> str:
    return f"#{ranked.rank} {ranked.score:.3f}" if ranked else "-"


def _number(value: float | None) -> str:
    return "not read" if value is None else f"{value:.2f}"


def _begin(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _BEGINNING else f"{said[:_BEGINNING]}…"
