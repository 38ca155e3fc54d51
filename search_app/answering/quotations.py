"""Quotations: verbatim stretches of passages, and which of them answer a question together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.places import locate
from index.results import Hit
from ingest.records import HeldDocument, Span
from search_app.answering.questions import Understood
from search_app.answering.reaching import Beside, reach
from search_app.answering.sentences import Sentence
from search_app.answering.short_answers import find_short_answer
from search_app.answering.units import Stretch, find_header, find_units, widen

MOST_QUOTATIONS = 3

MARGIN = 4.0
MARGIN_BY_WORDS = 0.1
"""What is quoted beside the best sentence is not further behind it than this: in log odds as the
cross-encoder gives them, or in shares of the question's weight."""


@dataclass(frozen=True)
class Quotation:
    """A verbatim stretch of a passage: ``text`` is hit.passage.text[start:end].

    ``short`` are the offsets in ``text`` of the short answer, where there is one; ``sources`` are
    stretches of other documents that say the same.
    """

    text: str
    hit: Hit
    start: int
    end: int
    short: tuple[int, int] | None = None
    sources: tuple[Quotation, ...] = ()

    @property
    def document(self) -> HeldDocument:
        """The document that is quoted."""
        return self.hit.document

    @property
    def short_answer(self) -> str:
        """The short answer; empty where there is none."""
        return self.text[slice(*self.short)] if self.short else ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the quotation stands on the pages."""
        return locate(self.hit.passage.spans, self.start, self.end)

    @property
    def page(self) -> int:
        """The page on which the quotation begins, from 1."""
        return self.spans[0].page


def find_nothing(hit: Hit, step: int) -> None:
    """Give no passage beside another."""


def pick_quotations(
    sentences: Sequence[Sentence],
    understood: Understood,
    beside: Beside = find_nothing,
    most: int = MOST_QUOTATIONS,
) -> list[Quotation]:
    """Quote the best sentences, best first, each with what it cannot be understood without.

    Those that are nearly as good as the best are quoted too, at most so many in all; those that
    touch are one quotation. Each has its short answer, from its best sentence if that has one.
    """
    wants_list = understood.kind == "list"
    near = [each for each in sentences if _is_near(each, sentences[0])]
    whole = (reach(each, beside, wants_list) for each in near[:most])
    return [
        _shorten(quote(hit, stretch), best, understood)
        for best, hit, stretch in _join(whole, wants_list)
    ]


def _is_near(sentence: Sentence, best: Sentence) -> bool:
    if best.relevance is None:
        return sentence.score >= best.score - MARGIN_BY_WORDS
    is_apart = best.relevance > 0 > (sentence.relevance or 0.0)
    return sentence.score >= best.score - MARGIN and not is_apart


def _join(
    sentences: Iterable[Sentence], wants_list: bool
) -> list[tuple[Sentence, Hit, Stretch]]:
    """Give the stretches to be quoted, each with the best sentence in it and the hit that has it.

    Of a passage and that joined with the next it is the longer one.
    """
    stretches: list[tuple[Sentence, Hit, Stretch]] = []
    for sentence in sentences:
        first, last = widen(sentence.hit.passage, sentence.number, wants_list)
        for at, (best, hit, (begin, end)) in enumerate(stretches):
            if hit.id == sentence.hit.id and first <= end + 1 and begin <= last + 1:
                longer = max(hit, sentence.hit, key=lambda each: len(each.passage.text))
                stretches[at] = best, longer, (min(first, begin), max(last, end))
                break
        else:
            stretches.append((sentence, sentence.hit, (first, last)))
    return stretches


def _shorten(quotation: Quotation, best: Sentence, understood: Understood) -> Quotation:
    """Give a quotation its short answer; a list of several lines is one by itself."""
    if understood.kind == "list" and "\n" in quotation.text:
        return quotation
    passage = best.hit.passage
    start, end = find_units(passage)[best.number]
    short = find_short_answer(
        quotation.text, understood, (start - quotation.start, end - quotation.start),
        find_header(passage, best.number),
    )  # fmt: skip
    return replace(quotation, short=short)


def quote(hit: Hit, stretch: Stretch) -> Quotation:
    """Quote the units of a passage from the first of a stretch to its last."""
    units = find_units(hit.passage)
    start, end = units[stretch[0]][0], units[stretch[1]][1]
    return Quotation(hit.passage.text[start:end], hit, start, end)


def drop_repeated(quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Give the quotations but for those that stand within one before them."""
    kept: list[Quotation] = []
    for each in quotations:
        if not any(
            other.hit.id == each.hit.id and other.start <= each.start and each.end <= other.end
            for other in kept
        ):
            kept.append(each)
    return tuple(kept)
