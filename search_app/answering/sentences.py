"""The sentences, rows and items of passages, and how well each answers a question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis import find_tokens
from index.cross_encoder import CrossEncoder
from index.results import Hit
from ingest.records import Passage
from search_app.answering.definitions import defines
from search_app.answering.lists import find_numbers
from search_app.answering.patience import Patience
from search_app.answering.questions import Understood
from search_app.answering.ranked_passages import DEFINING_WORTH, RankedPassage, describe_place
from search_app.answering.short_answers import kind_fits
from search_app.answering.units import count_items, find_header, find_units, is_header, say

PASSAGES_SEARCHED = 5
"""So many of the best passages are taken apart."""

PASSAGE_SHARE = 0.5
"""What the score of its passage counts for a sentence."""

HEADING_SHARE = 0.5
"""What a word in the headings or title above a sentence counts, against one in the sentence."""

KIND_WORTH = 0.15
"""What it is worth that a sentence has something of the kind asked for, by words alone."""

DEFINING_WORTH_BY_WORDS = 0.5
"""DEFINING_WORTH in shares of the question's weight, by words alone."""

LIST_WORTH = 2.0
"""What it is worth, in log odds, to be of a list of as many items as the question names."""

Weights = Mapping[str, float]
"""How much each telling word of a question, by its stem, tells."""


@dataclass(frozen=True)
class Sentence:
    """A unit of a passage, ``number`` counting from 0, and what speaks for it.

    ``coverage`` is the share of the question's weight that it and its headings hold, ``relevance``
    the score of the cross-encoder, None where that has not read it. ``score`` joins these with
    what speaks for the passage.
    """

    passage: RankedPassage
    number: int
    coverage: float
    fits: bool
    relevance: float | None
    score: float

    @property
    def hit(self) -> Hit:
        """The passage that it is in."""
        return self.passage.hit

    @property
    def text(self) -> str:
        """The words."""
        return say(self.hit.passage, (self.number, self.number))


def score_sentences(
    understood: Understood,
    passages: Sequence[RankedPassage],
    weights: Weights,
    cross_encoder: CrossEncoder | None,
    patience: Patience,
    most: int = PASSAGES_SEARCHED,
    until: float = 1.0,
) -> list[Sentence]:
    """Score the units of the best passages, so many, by how well each answers, best first.

    Headings, names, questions and headers of tables are passed over: they say nothing.
    """
    units = [
        (passage, number) for passage in passages[:most]
        for number in _choose_units(passage.hit)
    ]  # fmt: skip
    relevances: list[float | None] = [None] * len(units)
    if cross_encoder:
        texts = [f"{describe_place(each.hit)}\n{_say(each.hit, number)}" for each, number in units]
        relevances = patience.score(cross_encoder, understood.asked, texts, until)
    scored = [
        _score(understood, passage, number, weights, relevance)
        for (passage, number), relevance in zip(units, relevances)
    ]
    return sorted(scored, key=lambda each: (each.relevance is None, -each.score))


def _choose_units(hit: Hit) -> Iterator[int]:
    passage = hit.passage
    names = {_bare(each) for each in (*passage.trail, hit.document.description.title.value)}
    names |= {_bare(hit.document.description.organisation.value)}
    for number, (start, end) in enumerate(find_units(passage)):
        text = passage.text[start:end]
        is_name = _bare(text) in names or text.endswith("?")
        if not (is_name or is_header(passage, number)):
            yield number


def _bare(text: str) -> str:
    """A text without case, numbering, marks and stops."""
    return re.sub(r"^[\W\d_]+|[\W_]+$", "", text).casefold()


def _say(hit: Hit, number: int) -> str:
    """Give a unit, a row of a table after the row that heads it."""
    header = find_header(hit.passage, number)
    text = say(hit.passage, (number, number))
    return f"{header}\n{text}" if header else text


def _score(
    understood: Understood,
    passage: RankedPassage,
    number: int,
    weights: Weights,
    relevance: float | None,
) -> Sentence:
    text = say(passage.hit.passage, (number, number))
    coverage = find_coverage(_say(passage.hit, number), passage.hit, weights)
    fits = kind_fits(text, understood)
    is_list = _is_list_wanted(understood, passage.hit.passage, number)
    is_definition = defines(text, understood.defined)
    if relevance is None:
        score = coverage + KIND_WORTH * (fits + is_list) + DEFINING_WORTH_BY_WORDS * is_definition
    else:
        score = relevance + PASSAGE_SHARE * passage.score
        score += LIST_WORTH * is_list + DEFINING_WORTH * is_definition
    return Sentence(passage, number, coverage, fits, relevance, score)


def _is_list_wanted(understood: Understood, passage: Passage, number: int) -> bool:
    """Tell whether a unit is of a list of as many items as the question names."""
    wanted = find_numbers(understood.question) if understood.kind == "list" else []
    return bool(wanted) and count_items(passage, number) in wanted


def find_coverage(text: str, hit: Hit, weights: Weights) -> float:
    """Give the share of a question's weight that a text of a passage holds, or its headings."""
    above = (*hit.passage.trail, hit.document.description.title.value)
    context = {token.stem for heading in above for token in find_tokens(heading)}
    held = {term for token in find_tokens(text) for term in token.terms}
    total = math.fsum(weights.values())
    share = math.fsum(
        weight * (1.0 if term in held else HEADING_SHARE * (term in context))
        for term, weight in weights.items()
    )
    return share / total if total else 0.0
