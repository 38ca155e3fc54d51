"""Twins: passages that say the same in the same words or nearly so, told from their words.

Fingerprints give candidates; each is then compared whole. Nine tenths of all shingles must be
common, the figures the same, and words only added or only left out: a figure or a name put in the
place of another, as in the profiles of two towns, is what a reader looks for.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.arrays import Ints, Mask
from index.collection import Collection
from index.engines import TwinPlaces
from index.fingerprints import KEYS, NO_KEY, Hashes, Keys, make_shingles
from index.segments import Segment
from index.streams import places_of_units

LEAST_COMMON = 0.9
"""The share of the shingles of two passages that are common (Jaccard)."""


Counts = NDArray[np.int64]


def find_twins(collection: Collection, places: Ints, among: Ints) -> list[TwinPlaces]:
    """Find the twins of each of some places, among others; both stand in order."""
    keys = _read_keys(collection, places)
    twins = []
    for place, own in zip(places.tolist(), keys):
        found = _find_candidates(collection, own)
        found = found[_are_among(among, found) & (found != place)]
        twins.append(_compare(collection, place, found) if len(found) else _NONE)
    return twins


def _find_candidates(collection: Collection, keys: Keys) -> Ints:
    """Find the places that have one of the keys, in order."""
    keys = keys[keys != NO_KEY]
    found = []
    for segment, base in zip(collection.segments, collection.bases):
        held = segment.fingerprints
        first = held.sorted.searchsorted(keys)
        last = held.sorted.searchsorted(keys, "right")
        found += [held.holders[a:b] + np.int32(base) for a, b in zip(first, last)]
    return np.unique(np.concatenate([_NO_PLACES, *found]))


def _compare(collection: Collection, place: int, found: Ints) -> TwinPlaces:
    own, _ = _read_words(collection, np.array([place], np.int32))
    words, lengths = _read_words(collection, found)
    same = _are_same(own, words, lengths)
    near = same.copy()
    if not same.all():
        others = np.repeat(~same, lengths)
        near[~same] = _are_near(own, words[others], lengths[~same])
    return found[near], same[near]


def _are_same(own: Hashes, words: Hashes, lengths: Ints) -> Mask:
    """Tell which passages have the words ``own`` in this order."""
    starts = np.cumsum(lengths) - lengths
    within = np.arange(len(words)) - np.repeat(starts, lengths)
    equal = own[np.minimum(within, len(own) - 1)] == words
    same: Mask = np.logical_and.reduceat(equal, starts) & (lengths == len(own))
    return same


def _are_near(own: Hashes, words: Hashes, lengths: Ints) -> Mask:
    """Tell which passages have nearly all shingles in common with ``own``, its figures, and no
    word replaced."""
    starts = np.cumsum(lengths) - lengths
    figures = np.add.reduceat(words * (words & np.uint64(1)), starts)
    passages = np.arange(len(lengths), dtype=np.int32)
    distinct, common, mine = _overlap(own, words, np.repeat(passages, lengths))
    added = (common == distinct) | (common == mine)
    shingles, _ = make_shingles(own, np.array([len(own)], np.int32))
    distinct, common, mine = _overlap(shingles, *make_shingles(words, lengths))
    alike = common >= LEAST_COMMON * (distinct + mine - common)
    near: Mask = added & alike & (figures == np.sum(own * (own & np.uint64(1))))
    return near


def _overlap(own: Hashes, parts: Hashes, owners: Ints) -> tuple[Counts, Counts, int]:
    """Count the distinct parts of each passage, those that are among ``own``, and all of those.

    Every passage has a part; ``owners`` are the passages of the parts, from 0, in order.
    """
    order = np.lexsort((parts, owners))
    parts, owners = parts[order], owners[order]
    fresh = np.ones(len(parts), np.bool_)
    fresh[1:] = (parts[1:] != parts[:-1]) | (owners[1:] != owners[:-1])
    parts, owners = parts[fresh], owners[fresh]
    mine = np.unique(own)
    held = owners[np.isin(parts, mine)]
    distinct = np.bincount(owners)
    return distinct, np.bincount(held, minlength=len(distinct)), len(mine)


def _read_words(collection: Collection, places: Ints) -> tuple[Hashes, Ints]:
    """Give the hashes of the words of places, one place after another, and how many each has."""
    words, lengths = [], []
    for segment, units in _by_segment(collection, places):
        stream = segment.streams["text"]
        own = stream.unit_lengths[units]
        standing = places_of_units(stream.unit_starts[units], own)
        words.append(segment.fingerprints.hashes[stream.words[standing]])
        lengths.append(own)
    return np.concatenate(words), np.concatenate(lengths)


def _read_keys(collection: Collection, places: Ints) -> Iterator[Keys]:
    for segment, units in _by_segment(collection, places):
        yield from segment.fingerprints.keys.reshape(-1, KEYS)[units]


def _by_segment(collection: Collection, places: Ints) -> Iterator[tuple[Segment, Ints]]:
    """Give places, which stand in order, as passages of their segments."""
    for segment, base in zip(collection.segments, collection.bases):
        first, last = np.searchsorted(places, (base, base + len(segment)))
        if first < last:
            yield segment, places[first:last] - np.int32(base)


def _are_among(among: Ints, places: Ints) -> Mask:
    if not len(among):
        return np.zeros(len(places), np.bool_)
    at = np.searchsorted(among, places).clip(max=len(among) - 1)
    found: Mask = among[at] == places
    return found


_NO_PLACES = np.zeros(0, np.int32)
_NONE: TwinPlaces = _NO_PLACES, np.zeros(0, np.bool_)
