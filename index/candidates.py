"""The passages that may answer a question: found by its words and, given its vector, by meaning."""

from __future__ import annotations

import numpy as np

from index.arrays import Mask, Reals
from index.found import Found, Scored
from index.fusion import DENSE_PASSAGES, Candidate, fuse
from index.groups import fetch_hit, mark_hit
from index.query import Anywhere, Clues, Everything, Or, Query, Term, Within
from index.rescoring import PASSAGES_RESCORED
from index.results import Hit
from index.snapshot import Snapshot, open_to


def find_candidates(
    snapshot: Snapshot, query: Query, clues: Clues, most: int, vector: Reals | None
) -> list[Candidate]:
    """Give the passages, of those a query's reader, filters and dates leave, that bear most on a
    question, best first. Their words are not marked."""
    found = Found(snapshot.engine, snapshot.columns, Or(tuple(map(Anywhere, clues.weights))))
    left = open_to(snapshot, query)
    lexical = _find_by_words(snapshot, found, clues, most, left) if clues.weights else []
    dense = _find_by_meaning(snapshot, found, vector, left)
    fused = fuse(lexical, dense)[:most]
    likeness = _measure_likeness(snapshot, vector, [one.place for one in fused])
    return [
        Candidate(
            fetch_hit(snapshot, one.place, one.score),
            one.lexical, one.dense, likeness[one.place],
        )
        for one in fused
    ]  # fmt: skip


def mark_clues(hit: Hit, clues: Clues) -> Hit:
    """Mark the words of a question in a hit."""
    return mark_hit(hit, Or(tuple(map(Term, clues.weights))))


def find_beside(snapshot: Snapshot, hit: Hit, step: int) -> Hit | None:
    """Give the passage so many after a hit's in its document (before, where negative), if there."""
    tree = Within(Everything(), (hit.document.id,))
    own = snapshot.engine.match(tree).places
    places = own[snapshot.engine.numbers[own] == hit.passage.number + step].tolist()
    return fetch_hit(snapshot, places[0], hit.score) if places else None


def _find_by_words(
    snapshot: Snapshot, found: Found, clues: Clues, most: int, left: Mask
) -> list[Scored]:
    best = found.best(max(most, PASSAGES_RESCORED), left)
    places = np.sort(np.array([place for place, _ in best], np.int32))
    return found.order(places, snapshot.engine.rescore(clues, places))


def _find_by_meaning(
    snapshot: Snapshot, found: Found, vector: Reals | None, left: Mask
) -> list[Scored]:
    if vector is None:
        return []
    allowed = None if left.all() else left.take(snapshot.engine.documents)
    nearest = snapshot.engine.nearest(vector, DENSE_PASSAGES, allowed)
    return found.order(*nearest)[:DENSE_PASSAGES]


def _measure_likeness(
    snapshot: Snapshot, vector: Reals | None, places: list[int]
) -> dict[int, float]:
    if vector is None:
        return dict.fromkeys(places, 0.0)
    ordered = sorted(places)
    likeness = snapshot.engine.likeness(vector, np.array(ordered, np.int32))
    return dict(zip(ordered, likeness.tolist()))
