"""Answers: the sentence of the documents that says most of what a question asks, or none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis import find_tokens
from index.places import locate
from index.query import Audience, Clues, Query, Term
from index.results import Coverage, Hit
from index.search import Searcher
from ingest.records import HeldDocument, Span
from search_app.clues import find_clues

PASSAGES_READ = 30
PASSAGES_SHOWN = 10
ENOUGH_CONFIDENCE = 0.5
"""The least share of a question's weight that a sentence must hold to be called an answer."""

HEADING_SHARE = 0.5
"""What a word in the headings or title above a sentence counts, against one in the sentence."""


@dataclass(frozen=True)
class Quotation:
    """A verbatim stretch of a passage: ``text`` is hit.passage.text[start:end]."""

    text: str
    hit: Hit
    start: int
    end: int

    @property
    def document(self) -> HeldDocument:
        """The document that is quoted."""
        return self.hit.document

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the quotation stands on the pages."""
        return locate(self.hit.passage.spans, self.start, self.end)

    @property
    def page(self) -> int:
        """The page on which the quotation begins, from 1."""
        return self.spans[0].page


@dataclass(frozen=True)
class Answer:
    """An answer in the documents' own words, or the reason why there is none.

    ``confidence`` is from 0 to 1. ``passages`` are the nearest ones, best first; where
    ``abstained``, they are not an answer.
    """

    question: str
    short_answer: str
    quotations: tuple[Quotation, ...]
    abstained: bool
    reason: str
    confidence: float
    passages: tuple[Hit, ...]
    notes: tuple[str, ...]
    coverage: Coverage


def answer_question(
    searcher: Searcher, question: str, audience: Audience = "public"
) -> Answer:
    """Quote the sentence that holds most of a question's words, or say that none does.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    clues = find_clues(question)
    terms = tuple(clues.weights)
    hits = _find_passages(searcher, clues, audience) if terms else []
    coverage = searcher.coverage(audience)
    weights = _weigh(searcher, terms, audience)
    candidates = sorted(_score_sentences(hits, weights), key=lambda c: -c[0])
    confidence, best = candidates[0] if candidates else (0.0, None)
    reason = _reason(terms, hits, confidence, coverage)
    return Answer(
        question=question,
        short_answer="",
        quotations=(best,) if best and not reason else (),
        abstained=bool(reason),
        reason=reason,
        confidence=round(confidence, 4),
        passages=tuple(hits[:PASSAGES_SHOWN]),
        notes=(),
        coverage=coverage,
    )


def _find_passages(searcher: Searcher, clues: Clues, audience: Audience) -> list[Hit]:
    return searcher.find_passages(Query(audience=audience), clues, PASSAGES_READ)


def _weigh(searcher: Searcher, terms: tuple[str, ...], audience: Audience) -> dict[str, float]:
    """Weigh each term by how few passages have it: log(1 + N / n), Spärck Jones 1972."""
    total = searcher.count(Query(audience=audience))
    counts = {term: searcher.count(Query(tree=Term(term), audience=audience)) for term in terms}
    return {term: math.log(1 + total / max(1, count)) for term, count in counts.items()}


def _score_sentences(
    hits: list[Hit], weights: dict[str, float]
) -> Iterator[tuple[float, Quotation]]:
    """Score each sentence by the share of the question's weight that it and its headings hold.

    Headings and questions are passed over: they do not say anything.
    """
    total = sum(weights.values())
    for hit in hits:
        passage = hit.passage
        context = {t.stem for text in (*passage.trail, hit.document.description.title.value)
                   for t in find_tokens(text)}  # fmt: skip
        for start, end in passage.sentences:
            text = passage.text[start:end]
            if text in passage.trail or text.endswith("?"):
                continue
            held = Counter(term for token in find_tokens(text) for term in token.terms)
            score = sum(
                weight * (1.0 if held[term] else HEADING_SHARE * (term in context))
                for term, weight in weights.items()
            )
            yield score / total, Quotation(text, hit, start, end)


def _reason(
    terms: tuple[str, ...], hits: list[Hit], confidence: float, coverage: Coverage
) -> str:
    if not terms:
        return "The question has no word to search for."
    if not hits:
        return _with_coverage("No passage has any word of the question.", coverage)
    if confidence < ENOUGH_CONFIDENCE:
        return _with_coverage("No sentence says enough of what the question asks.", coverage)
    return ""


def _with_coverage(reason: str, coverage: Coverage) -> str:
    unread = len(coverage.unread) + len(coverage.partly)
    if not unread:
        return reason
    return f"{reason} {unread} documents could not be read, or not all of them: see coverage."
