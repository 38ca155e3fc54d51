"""Matching: which places of a collection fit a query tree, and what they score.

    Term, Phrase, Near, Prefix, Wildcard, Fuzzy   BM25F of the weight, and of how many have it
    And, Or                                       the sum over the parts
    Alternatives                                  the highest of the parts
    Within                                        that of its part
    Not, Everything                               0

A term without a field adds what headings and title lift wherever they have it: the words of a query
that are in a passage's headings count, if the passage matches at all. And adds nothing where one of
its parts does not match.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from index.arrays import Floats, Ints, Mask
from index.collection import Collection
from index.leaves import SPARSE, LeafNode, Scored, find_leaf
from index.query import Alternatives, And, Everything, Node, Not, Nothing, Or, Within
from index.ranking import DECIMALS, Combined, Scorer, find_contenders

_NO_PLACES = np.zeros(0, np.int32)


class TreeMatches:
    """The matches of one query tree; each leaf is looked up once."""

    def __init__(self, collection: Collection, tree: Node) -> None:
        self._collection = collection
        self._tree = tree
        self._leaves: dict[LeafNode, Scorer] = {}
        self._places: Ints | None = None

    @property
    def places(self) -> Ints:
        """All places that match, in order."""
        if self._places is None:
            self._places = self._find(self._tree)
        return self._places

    def scores(self, places: Ints) -> Floats:
        """Give the scores of some of the places that match, which stand in order."""
        return np.round(self._score(self._tree, places), DECIMALS)

    def best(
        self, most: int, ranks: Ints, allowed: Mask | None = None
    ) -> tuple[Ints, Floats]:
        """Give the best places of those allowed with their scores, best first; equal ones by the
        ranks of their documents, and then by number."""
        if isinstance(self._tree, Or):
            parts = tuple(map(self._scorer, self._tree.parts))
            found, sums = find_contenders(parts, most, self._collection.size, allowed)
            if any(part.lifts for part in parts):
                held = self._holds(self._tree, found)
                found, sums = found[held], sums[held]
            best = self._sort(found, np.round(sums, DECIMALS), most, ranks)
            if len(best[0]) == most:
                return best
        places = self.places if allowed is None else self.places[allowed[self.places]]
        return self._sort(places, self.scores(places), most, ranks)

    def _sort(
        self, places: Ints, scores: Floats, most: int, ranks: Ints
    ) -> tuple[Ints, Floats]:
        if len(places) > most:
            kept = scores >= np.partition(scores, -most)[-most]
            places, scores = places[kept], scores[kept]
        documents = self._collection.documents[places]
        order = np.lexsort((self._collection.numbers[places], ranks[documents], -scores))
        return places[order[:most]], scores[order[:most]]

    def _leaf(self, node: LeafNode) -> Scorer:
        leaf = self._leaves.get(node)
        if leaf is None:
            leaf = self._leaves[node] = find_leaf(self._collection, node)
        return leaf

    def _find(self, node: Node) -> Ints:
        """Find all places of a part of the tree, in order."""
        match node:
            case Everything():
                return self._collection.places
            case Nothing():
                return _NO_PLACES
            case Not(part):
                return self._without(self._find(part))
            case And(parts):
                return self._find_all(parts)
            case Or(parts) | Alternatives(parts):
                return self._find_any(parts)
            case Within(part, documents):
                found = self._find(part)
                return found[self._within(found, documents)]
            case _:
                return self._leaf(node).places

    def _without(self, excluded: Ints) -> Ints:
        live = self._collection.live.copy()
        live[excluded] = False
        return np.flatnonzero(live).astype(np.int32)

    def _find_any(self, parts: Sequence[Node]) -> Ints:
        found = np.zeros(self._collection.size, np.bool_)
        for part in parts:
            found[self._find(part).astype(np.intp)] = True
        return np.flatnonzero(found).astype(np.int32)

    def _find_all(self, parts: Sequence[Node]) -> Ints:
        """Find what all parts have: from the leaf with the fewest places, what the others hold."""
        leaves = [self._leaf(part) for part in parts if isinstance(part, LeafNode)]
        leaves.sort(key=lambda leaf: len(leaf.places))
        others = [part for part in parts if not isinstance(part, LeafNode)]
        others.sort(key=lambda part: isinstance(part, Not))
        found = leaves[0].places if leaves else self._find(others.pop(0))
        for leaf in leaves[1:]:
            found = found[self._are_among(leaf.places, found)]
        for part in others:
            found = found[self._holds(part, found)]
        return found

    def _holds(self, node: Node, places: Ints) -> Mask:
        """Tell of each of these places whether a part of the tree matches there."""
        match node:
            case Everything():
                return np.ones(len(places), np.bool_)
            case Nothing():
                return np.zeros(len(places), np.bool_)
            case Not(part):
                return ~self._holds(part, places)
            case And(parts):
                return reduce(np.logical_and, (self._holds(part, places) for part in parts))
            case Or(parts) | Alternatives(parts):
                held = np.zeros(len(places), np.bool_)
                for part in parts:
                    open_at = np.flatnonzero(~held)
                    if not len(open_at):
                        break
                    held[open_at] = self._holds(part, places[open_at])
                return held
            case Within(part, documents):
                return self._holds(part, places) & self._within(places, documents)
            case _:
                return self._are_among(self._leaf(node).places, places)

    def _are_among(self, found: Ints, places: Ints) -> Mask:
        if len(found) < SPARSE * len(places):
            table = np.zeros(self._collection.size, np.bool_)
            table[found.astype(np.intp)] = True
            return table.take(places)
        among: Mask = found.take(found.searchsorted(places), mode="clip") == places
        return among

    def _within(self, places: Ints, documents: Sequence[str]) -> Mask:
        mine = self._collection.document_mask(documents)
        return mine[self._collection.documents[places]]

    def _scorer(self, node: Node) -> Scorer:
        """Give what scores a part of an Or, at any place."""
        match node:
            case Or(parts) | Alternatives(parts):
                combine = np.add if isinstance(node, Or) else np.maximum
                scorers = tuple(map(self._scorer, parts))
                return Combined(scorers, combine, self._find(node), self._collection.size)
            case And() | Within() | Not() | Everything() | Nothing():
                places = self._find(node)
                return Scored(places, self._score(node, places))
            case _:
                return self._leaf(node)

    def _score(self, node: Node, places: Ints) -> Floats:
        """Give the scores of a part of the tree at places at which it matches."""
        scores = np.zeros(len(places))
        match node:
            case Everything() | Nothing() | Not():
                pass
            case And(parts):
                for part in parts:
                    scores += self._score(part, places)
            case Within(part):
                scores = self._score(part, places)
            case Or(parts):
                for part in parts:
                    scores += self._score_anywhere(part, places)
            case Alternatives(parts):
                for part in parts:
                    np.maximum(scores, self._score_anywhere(part, places), out=scores)
            case _:
                scores = self._leaf(node).scores_at(places)
        return scores

    def _score_anywhere(self, node: Node, places: Ints) -> Floats:
        """Give the scores of a part of the tree at places at which it may not match."""
        if not isinstance(node, And | Within):
            return self._score(node, places)
        held = self._holds(node, places)
        scores = np.zeros(len(places))
        scores[held] = self._score(node, places[held])
        return scores
