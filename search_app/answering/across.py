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
from index.schema import NOT_STATED
from index.search import Searcher
from index.spelling import ask_instead
from search_app.answering.answers import find_notes
from search_app.answering.clues import find_clues
from search_app.answering.patience import FIRST_SHARE, Patience
from search_app.answering.questions import Understood, understand
from search_app.answering.ranked_passages import PASSAGES_READ as PASSAGES_OF_ALL
from search_app.answering.ranked_passages import RankedPassage, read_passages, weigh_passages
from search_app.answering.reasons import NO_WORDS
from search_app.answering.replies import Across, Reply, find_silence, join_words
from search_app.answering.sentences import Weights, score_sentences
from search_app.answering.unheld import find_unheld
from search_app.answering.workings import (
    find_confidence, join_workings, quote_best, says_clearly, weigh_words,
)  # fmt: skip

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
class _Asking:
    """What is asked of each part, and the time to read for all of them."""

    searcher: Searcher
    query: Query
    by: By
    understood: Understood
    clues: Clues
    weights: Weights
    patience: Patience

    def find(self, queries: Sequence[Query], most: int) -> list[list[Candidate]]:
        """Find the passages for the question in what each query leaves."""
        asked = self.understood.question
        return self.searcher.find_candidates_in(queries, self.clues, most, asked)

    def count_with_words(self, part: Part) -> int:
        """Count the passages of a part that a search for any word of the question finds."""
        of_part = narrow_to(self.query, self.by, part.value)
        return self.searcher.total(ask_instead(of_part, join_words(self.understood)))


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
    query = replace(within or Query(), audience=audience)
    query = note_unknown(query, searcher.snapshot(audience).columns)
    asking = _prepare(searcher, question, query, by, seconds)
    replies = _reply_all(asking) if asking.clues.weights else ()
    return Across(
        question=question,
        by=by,
        replies=tuple(sorted(replies, key=_order(by))),
        reason="" if asking.clues.weights else NO_WORDS,
        notes=find_notes(searcher, query, asking.understood, asking.patience.note),
        coverage=searcher.coverage(audience),
        understood=asking.understood,
    )


def _prepare(
    searcher: Searcher, question: str, query: Query, by: By, seconds: float
) -> _Asking:
    patience = Patience(seconds)
    understood = understand(question, searcher.known(query.audience).library_names)
    clues = find_clues(understood)
    weights = weigh_words(searcher, clues, query.audience)
    return _Asking(searcher, query, by, understood, clues, weights, patience)


def _reply_all(asking: _Asking) -> Iterator[Reply]:
    searcher, query, by = asking.searcher, asking.query, asking.by
    snapshot, coverage = searcher.snapshot(query.audience), searcher.coverage(query.audience)
    parts = find_parts(snapshot, coverage, query, by)
    yield from _ask(asking, parts)
    yield from find_unheld(asking.understood, query, by, parts)


def _ask(asking: _Asking, parts: Sequence[Part]) -> Iterator[Reply]:
    """Ask the parts of which anything is searched, those with the likeliest passages first."""
    searched = [part for part in parts if part.documents]
    chosen = _choose(asking, searched)
    queries = [narrow_to(asking.query, asking.by, part.value) for part in chosen]
    passages, nearest = _read(asking, queries)
    of_parts: dict[str, list[RankedPassage]] = {part.value: [] for part in chosen}
    for each in passages:
        of_parts[part_of(each.hit.document, asking.by)].append(each)
    for part in sorted(chosen, key=lambda part: _rank(of_parts[part.value])):
        yield _reply(asking, part, of_parts[part.value], nearest)
    for part in parts:
        if not part.documents:
            yield Reply(_name(asking, part), part, *find_silence(part, 0))
        elif part.value not in of_parts:
            yield Reply(_name(asking, part), part, "not asked", NOT_ASKED)


def _choose(asking: _Asking, parts: Sequence[Part]) -> Sequence[Part]:
    """Choose which parts to ask, where there are too many: those with the nearest passages."""
    if len(parts) <= MOST_ASKED:
        return parts
    (nearest,) = asking.find([asking.query], FIRST_LOOK)
    values = dict.fromkeys(part_of(each.hit.document, asking.by) for each in nearest)
    turns = {value: turn for turn, value in enumerate(values)}
    return sorted(parts, key=lambda part: turns.get(part.value, FIRST_LOOK))[:MOST_ASKED]


def _read(
    asking: _Asking, queries: Sequence[Query]
) -> tuple[list[RankedPassage], list[RankedPassage]]:
    """Read a few passages of each part, in half of the time, the likeliest first.

    Give the passages of all parts, best first, and those of them that the question asked of all
    parts together would have read.
    """
    found = asking.find(queries, PASSAGES_FOUND)
    weighed = iter(weigh_passages(asking.understood, [*chain.from_iterable(found)]))
    of_parts = [[*islice(weighed, len(own))] for own in found]
    first = [each for own in of_parts for each in own[:PASSAGES_READ]]
    rest = [each for own in of_parts for each in own[PASSAGES_READ:]]
    first.sort(key=lambda each: -each.score)
    cross_encoder = asking.searcher.models.cross_encoder
    read = read_passages(
        asking.understood, [*first, *rest], cross_encoder, asking.patience, len(first), FIRST_SHARE
    )
    ids = {each.hit.id for each in first[:PASSAGES_OF_ALL]}
    return read, [each for each in read if each.hit.id in ids]


def _rank(passages: Sequence[RankedPassage]) -> tuple[bool, float]:
    """Rank a part by its best passage; those that were not read come after those that were."""
    best = passages[0] if passages else None
    return (best.relevance is None, -best.score) if best else (True, math.inf)


def _reply(
    asking: _Asking,
    part: Part,
    passages: Sequence[RankedPassage],
    nearest: Sequence[RankedPassage],
) -> Reply:
    understood, weights = asking.understood, asking.weights
    sentences = score_sentences(
        understood,
        passages,
        weights,
        asking.searcher.models.cross_encoder,
        asking.patience,
        PASSAGES_SEARCHED,
    )
    workings = join_workings(understood, weights, passages, sentences, nearest)
    confidence = find_confidence(workings)
    best = next(iter(quote_best(asking.searcher, asking.query.audience, workings)), None)
    name = _name(asking, part)
    if best and says_clearly(workings):
        return Reply(name, part, "answered", "", best, best, confidence)
    if understood.own_health:
        return Reply(name, part, *find_silence(part, 0, True), confidence=confidence)
    having = asking.count_with_words(part)
    return Reply(
        name, part, *find_silence(part, having),
        nearest=best, confidence=confidence, passages=having,
    )  # fmt: skip


def _name(asking: _Asking, part: Part) -> str:
    """Name a part for the reader: a document by its title, or by its file where it has none."""
    if asking.by != "document":
        return part.value
    held = asking.searcher.snapshot(asking.query.audience).documents.get(part.value)
    if held is None:
        return (*part.unread, *part.outdated)[0].file
    return held.description.title.value or held.file


def _order(by: By) -> Callable[[Reply], tuple[object, ...]]:
    """Order replies by name, years from the newest, and what states none last."""

    def place(reply: Reply) -> tuple[object, ...]:
        newest_first = -int(reply.name) if by == "year" and reply.name.isdecimal() else 0
        return reply.name == NOT_STATED, newest_first, reply.name.casefold(), reply.part.value

    return place
