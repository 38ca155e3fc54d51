"""Across the plans: one question asked of each organisation, document or year by itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from index.choices import note_unknown
from index.fusion import Candidate
from index.parts import By, Part, find_parts, narrow_to, part_of
from index.query import Audience, Clues, Query
from index.results import Coverage
from index.schema import NOT_STATED
from index.search import Searcher
from search_app.answers import (
    find_confidence,
    join_workings,
    quote_best,
    weigh_words,
)
from search_app.clues import find_clues
from search_app.own_health import ADVICE
from search_app.patience import Patience
from search_app.questions import Understood, understand
from search_app.ranked_passages import RankedPassage, read_passages, weigh_passages
from search_app.reasons import NO_WORDS
from search_app.replies import Outcome, Reply, find_silence
from search_app.sentences import Weights, score_sentences
from search_app.unheld import find_unheld

MOST_ASKED = 60
"""So many parts are asked, those with the passages nearest to the question."""

PASSAGES_FOUND = 10
PASSAGES_READ = 4
PASSAGES_SEARCHED = 2
"""How many passages of a part are found, read closely, and taken apart."""

NOT_ASKED = (
    f"Only the {MOST_ASKED} whose passages are nearest to the question were asked; filters, such as"
    " dates, leave fewer to ask."
)

FIRST_LOOK = 1000
"""How many passages of all parts are looked at for which parts to ask, where there are too many."""


@dataclass(frozen=True)
class Across:
    """The replies of all parts to one question, in the order of their values.

    ``reason`` says why none was asked; it is empty where the question can be asked.
    """

    question: str
    by: By
    replies: tuple[Reply, ...]
    reason: str
    notes: tuple[str, ...]
    coverage: Coverage
    understood: Understood

    @property
    def advice(self) -> str:
        """What is said to a reader who asks about his own health; empty where he does not."""
        return ADVICE if self.understood.own_health else ""

    def of(self, outcome: Outcome) -> tuple[Reply, ...]:
        """Give the replies with an outcome."""
        return tuple(reply for reply in self.replies if reply.outcome == outcome)


@dataclass(frozen=True)
class _Asking:
    """What is asked of each part, and what reads for it."""

    searcher: Searcher
    audience: Audience
    understood: Understood
    clues: Clues
    weights: Weights
    patience: Patience

    def find(self, queries: Sequence[Query], most: int) -> list[list[Candidate]]:
        """Find the passages for the question in what each query leaves."""
        asked = self.understood.question
        return self.searcher.find_candidates_in(queries, self.clues, most, asked)


def answer_across(
    searcher: Searcher,
    question: str,
    by: By,
    audience: Audience = "public",
    within: Query | None = None,
    seconds: float = math.inf,
) -> Across:
    """Ask a question of each part of what a query's filters and dates leave.

    ``seconds`` are what the cross-encoder may take for all parts together; the likeliest are read
    first.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    snapshot, coverage = searcher.snapshot(audience), searcher.coverage(audience)
    query = note_unknown(replace(within or Query(), audience=audience), snapshot.columns)
    understood = understand(question, searcher.known(audience).library_names)
    clues, patience = find_clues(understood), Patience(seconds)
    weights = weigh_words(searcher, clues, audience)
    asking = _Asking(searcher, audience, understood, clues, weights, patience)
    parts = find_parts(snapshot, coverage, query, by)
    replies: list[Reply] = []
    if clues.weights:
        replies += _ask(asking, parts, query, by)
        replies += find_unheld(understood, query, by, parts)
    return Across(
        question=question,
        by=by,
        replies=tuple(sorted(replies, key=_order(by))),
        reason="" if clues.weights else NO_WORDS,
        notes=_find_notes(asking, query),
        coverage=coverage,
        understood=understood,
    )


def _ask(asking: _Asking, parts: Sequence[Part], query: Query, by: By) -> Iterator[Reply]:
    """Ask the parts, those with the likeliest passages first."""
    chosen = _choose(asking, parts, query, by)
    queries = [narrow_to(query, by, part.value) for part in chosen]
    found = asking.find(queries, PASSAGES_FOUND)
    weighed = iter(weigh_passages(asking.understood, [*chain.from_iterable(found)]))
    of_parts = [(part, [*islice(weighed, len(own))]) for part, own in zip(chosen, found)]
    for part, passages in sorted(of_parts, key=lambda each: -_best_score(each[1])):
        yield _reply(asking, part, passages, by)
    for part in parts:
        if part not in chosen:
            yield Reply(_name(asking, part, by), part, "not asked", NOT_ASKED)


def _choose(asking: _Asking, parts: Sequence[Part], query: Query, by: By) -> Sequence[Part]:
    """Choose which parts to ask, where there are too many: those with the nearest passages."""
    if len(parts) <= MOST_ASKED:
        return parts
    (nearest,) = asking.find([query], FIRST_LOOK)
    values = dict.fromkeys(part_of(each.hit.document, by) for each in nearest)
    turns = {value: turn for turn, value in enumerate(values)}
    return sorted(parts, key=lambda part: turns.get(part.value, FIRST_LOOK))[:MOST_ASKED]


def _best_score(passages: Sequence[RankedPassage]) -> float:
    return max((each.score for each in passages), default=-math.inf)


def _reply(
    asking: _Asking, part: Part, weighed: Sequence[RankedPassage], by: By
) -> Reply:
    understood, patience = asking.understood, asking.patience
    cross_encoder = asking.searcher.models.cross_encoder
    passages = read_passages(understood, weighed, cross_encoder, patience, PASSAGES_READ)
    sentences = score_sentences(
        understood, passages, asking.weights, cross_encoder, patience, PASSAGES_SEARCHED
    )
    workings = join_workings(understood, asking.weights, passages, sentences)
    confidence = find_confidence(workings)
    best = next(iter(quote_best(workings)), None)
    reply = Reply(_name(asking, part, by), part, "answered", nearest=best, confidence=confidence)
    if best and confidence >= workings.decision.threshold:
        return replace(reply, quotation=best)
    outcome, reason = find_silence(part)
    return replace(reply, outcome=outcome, reason=reason)


def _name(asking: _Asking, part: Part, by: By) -> str:
    """Name a part for the reader: a document by its title, or by its file where it has none."""
    if by != "document":
        return part.value
    held = asking.searcher.snapshot(asking.audience).documents.get(part.value)
    if held is None:
        return part.unread[0].file
    return held.description.title.value or held.file


def _order(by: By) -> Callable[[Reply], tuple[object, ...]]:
    """Order replies by name, years from the newest, and what states none last."""

    def place(reply: Reply) -> tuple[object, ...]:
        newest_first = -int(reply.name) if by == "year" and reply.name.isdecimal() else 0
        return reply.name == NOT_STATED, newest_first, reply.name.casefold(), reply.part.value

    return place


def _find_notes(asking: _Asking, query: Query) -> tuple[str, ...]:
    preferred = (each.note for each in asking.understood.preferences)
    meaning = asking.searcher.meaning_note(asking.audience)
    notes = (*query.notes, *preferred, asking.patience.note, meaning)
    return tuple(note for note in notes if note)
