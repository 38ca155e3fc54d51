"""The second look at the passages that a question finds: what stands near its words, and where.

A passage gains where words of the question follow one another in it as they do in the question
(sequential dependence, Metzler and Croft 2005), where the passages before and after it have them
too, and where its document has a passage that scores well. Each is a part of the score that BM25F
gives it, so it costs nothing but for the few passages that are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from index.arrays import Floats, Ints, Mask
from index.collection import Collection
from index.leaves import find_leaf
from index.postings import normalise
from index.query import Anywhere, Clues
from index.ranking import DECIMALS, saturate, weigh_rarity
from index.segments import Segment
from index.streams import places_of_units
from index.vocabulary import starts_of

PASSAGES_RESCORED = 100

NEIGHBOURS = 0.15
"""What a word in the passage before or after counts, against one in the passage."""

PAIRS = 0.25
"""What a pair of words weighs, against its two words."""

REACH = 2
"""The second word of a pair stands at most so many words after the first."""

DOCUMENT = 0.3
"""The share of the best score in its document that is added to that of a passage."""


def rescore(collection: Collection, clues: Clues, places: Ints) -> Floats:
    """Score passages, whose places stand in order, by all that bears on a question."""
    scores = np.zeros(len(places))
    own = _Words(collection, places)
    before, after = _neighbours(collection, places, -1), _neighbours(collection, places, 1)
    lengths = before.lengths + after.lengths
    nearby = NEIGHBOURS * normalise(lengths, 2 * collection.average)
    rarities: dict[str, float] = {}
    for term, weight in clues.weights.items():
        leaf = find_leaf(collection, Anywhere(term))
        rarities[term] = weight * weigh_rarity(collection.count, len(leaf.places))
        around = before.count(term) + after.count(term)
        scores += rarities[term] * saturate(leaf.weights_at(places) + nearby * around)
    for first, second in clues.pairs:
        rarity = PAIRS * (rarities[first] + rarities[second])
        pairs = own.count_pairs(first, second)
        scores += rarity * saturate(pairs * collection.norms[places])
    best = np.zeros(len(collection.document_ids))
    held = collection.documents[places]
    np.maximum.at(best, held, scores)
    return np.round(scores + DOCUMENT * best[held], DECIMALS)


class _Words:
    """The words of some passages, one passage after another."""

    def __init__(self, collection: Collection, places: Ints, standing: Mask | None = None) -> None:
        self._count = len(places)
        chosen = np.ones(len(places), np.bool_) if standing is None else standing
        self._parts = [*_read_words(collection, places, chosen)]
        self.lengths = np.zeros(len(places), np.int32)
        for _, _, owners in self._parts:
            self.lengths += np.bincount(owners, minlength=len(places)).astype(np.int32)

    def count(self, term: str) -> Ints:
        """Count a term in each passage."""
        counts = np.zeros(self._count, np.int32)
        for segment, words, owners in self._parts:
            held = np.isin(words, segment.vocabulary.of_term(term))
            counts += np.bincount(owners[held], minlength=self._count).astype(np.int32)
        return counts

    def count_pairs(self, first: str, second: str) -> Ints:
        """Count in each passage the places of one term that another follows closely."""
        counts = np.zeros(self._count, np.int32)
        for segment, words, owners in self._parts:
            held = np.isin(words, segment.vocabulary.of_term(second))
            followed = np.zeros(len(words), np.bool_)
            for step in range(1, REACH + 1):
                followed[:-step] |= held[step:] & (owners[step:] == owners[:-step])
            followed &= np.isin(words, segment.vocabulary.of_term(first))
            counts += np.bincount(owners[followed], minlength=self._count).astype(np.int32)
        return counts


def _read_words(
    collection: Collection, places: Ints, chosen: Mask
) -> Iterator[tuple[Segment, Ints, Ints]]:
    """Give the words of the chosen places segment by segment, each with its place's number."""
    for segment, base in zip(collection.segments, collection.bases):
        mine = np.flatnonzero(chosen & (places >= base) & (places < base + len(segment)))
        stream = segment.streams["text"]
        units = places[mine] - base
        lengths = stream.unit_lengths[units]
        starts = stream.unit_starts[units]
        words = stream.words[places_of_units(starts, lengths)]
        yield segment, words, np.repeat(mine, np.diff(starts_of(lengths))).astype(np.int32)


def _neighbours(collection: Collection, places: Ints, step: int) -> _Words:
    """Read the passage before (-1) or after (1) each of these in its document, where there is one.
    """
    beside = np.clip(places + step, 0, collection.size - 1).astype(np.int32)
    numbers = collection.numbers[places] + step
    standing = (collection.documents[beside] == collection.documents[places]) & (
        collection.numbers[beside] == numbers) & collection.live[beside]  # fmt: skip
    return _Words(collection, beside, standing)
