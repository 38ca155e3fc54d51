"""Phrases and words near each other, found by where words stand in a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Ints, Mask
from index.streams import Stream

Words = Sequence[Ints]
"""For each term of a phrase, the words that are found by it."""

UNITS_AT_ONCE = 8192
"""So few that what is worked out of their places stays in the processor's cache."""

Codes = NDArray[np.signedinteger[Any]]

KindOf = NDArray[np.uint16]

Kinds = frozenset[int]
"""Numbers of kinds of words."""


def find_phrases(stream: Stream, terms: Words) -> Ints:
    """Give the places at which a phrase begins: each of its words after the one before it."""
    counts = [_count(stream, words) for words in terms]
    rarest = counts.index(min(counts))
    starts = stream.places_of(terms[rarest]) - np.int32(rarest)
    starts = starts[(starts >= 0) & (starts <= len(stream.words) - len(terms))]
    for at in sorted(range(len(terms)), key=counts.__getitem__):
        if at != rarest and len(starts):
            starts = starts[_are(stream.words[starts + np.int32(at)], terms[at], stream)]
    return starts


def find_near(stream: Stream, terms: Words, words: int, ordered: bool) -> Ints:
    """Give the units in which a place for each word can be chosen, none twice, with at most
    ``words`` others between the first and the last; where ``ordered``, each after the one before.

    All places of the words are gone through in order, at once: for each it is known where the
    shortest window that ends there begins.
    """
    if not all(map(len, terms)):
        return np.zeros(0, np.int32)
    coded, bits, serving = _read_places(stream, terms)
    reach = np.int32(len(terms) + words)
    cuts = coded.searchsorted(stream.unit_starts[::UNITS_AT_ONCE].astype(coded.dtype) << bits)
    near = []
    for part in np.split(coded, cuts[1:]):
        places = (part >> bits).astype(np.int32)
        kinds = (part & ((1 << bits) - 1)).astype(np.uint16)
        starts = _follow(places, kinds, serving) if ordered else _hold(places, kinds, serving)
        at = (starts > places - reach).nonzero()[0]
        starts, units = starts[at], stream.units_of(places[at])
        near.append(units[(starts >= 0) & (stream.units_of(starts) == units)])
    return _among(np.concatenate(near), len(stream.unit_lengths)).nonzero()[0].astype(np.int32)


def _count(stream: Stream, words: Ints) -> int:
    starts = stream.word_starts
    return int((starts[words + 1] - starts[words]).sum()) if len(words) else 0


def _are(found: Ints, words: Ints, stream: Stream) -> Mask:
    """Tell which of the words found are among these."""
    if len(words) == 1:
        equal: Mask = found == words[0]
        return equal
    among = np.zeros(len(stream.word_starts), np.bool_)  # the last stands for NO_WORD
    among[words] = True
    are: Mask = among[found]
    return are


def _among(units: Ints, count: int) -> Mask:
    """Tell which of ``count`` units are among these."""
    among = np.zeros(count, np.bool_)
    among[units.astype(np.intp)] = True
    return among


def _read_places(stream: Stream, terms: Words) -> tuple[Codes, int, list[Kinds]]:
    """Give all places of the words, in order, that are in units with every term, each with its kind
    in so many bits below it; and the kinds that serve each term. Words that serve the same terms
    are of one kind."""
    serves: dict[int, list[int]] = {}
    for at, own in enumerate(terms):
        for word in own.tolist():
            serves.setdefault(word, []).append(at)
    words: dict[tuple[int, ...], list[int]] = {}
    for word in sorted(serves):
        words.setdefault(tuple(serves[word]), []).append(word)
    serving = [
        frozenset(kind for kind, served in enumerate(words) if at in served)
        for at in range(len(terms))
    ]
    places = [stream.places_of(np.array(own, np.int32)) for own in words.values()]
    units = [stream.units_of(own) for own in places]
    held = [_among(own, len(stream.unit_lengths)) for own in units]
    having = np.ones(len(stream.unit_lengths), np.bool_)
    for kinds in serving:
        having &= np.any([held[kind] for kind in kinds], axis=0)
    bits = len(words).bit_length()
    narrow = len(stream.words) << bits < 1 << 31
    coded = [np.zeros(0, np.int32 if narrow else np.int64)]
    for kind, (own, there) in enumerate(zip(places, units)):
        kept = own[having.take(there)].astype(coded[0].dtype)
        kept <<= bits
        kept |= kind
        coded.append(kept)
    order = np.concatenate(coded)
    order.sort(kind="stable")  # which merges what is in order
    return order, bits, serving


def _follow(places: Ints, kinds: KindOf, serving: Sequence[Kinds]) -> Ints:
    """Give for each place the start of the shortest run of the terms, in turn, that ends there, or
    -1: at each term the latest start of those that led to the one before it."""
    starts = before = places
    served = np.zeros(len(places), np.bool_)
    for own in serving:
        starts, served = before, _are_of(kinds, own)
        before = _none_and(starts[served], 1).take(served.cumsum(dtype=np.int32) - served)
    return np.where(served, starts, np.int32(-1))


def _hold(places: Ints, kinds: KindOf, serving: Sequence[Kinds]) -> Ints:
    """Give for each place where the shortest window begins that ends there and holds what is
    needed; -1 where there is none."""
    return reduce(
        np.minimum, [_latest(places, _are_of(kinds, own), count) for own, count in _needs(serving)]
    )


def _latest(places: Ints, served: Mask, count: int) -> Ints:
    """Give for each place the last but ``count - 1`` of those served, up to it; -1 if none is."""
    return _none_and(places[served], count).take(served.cumsum(dtype=np.int32))


def _none_and(places: Ints, count: int) -> Ints:
    return np.concatenate([np.full(count, -1, np.int32), places])


def _are_of(kinds: KindOf, own: Kinds) -> Mask:
    return reduce(np.logical_or, [kinds == kind for kind in own])


def _needs(serving: Sequence[Kinds]) -> list[tuple[Kinds, int]]:
    """Give how many places of some kinds a window needs so that each term can have its own.

    That is as many as there are terms in every set of them (Hall 1935); sets of terms that no
    place serves together need not be looked at together.
    """
    alike = Counter(serving)
    needs = [*alike.items()]
    for group in _groups_that_share([*alike]):
        for size in range(2, len(group) + 1):
            for chosen in combinations(group, size):
                needs.append((frozenset().union(*chosen), sum(alike[own] for own in chosen)))
    return needs


def _groups_that_share(sets: Sequence[Kinds]) -> list[list[Kinds]]:
    """Group the sets that share kinds: only they can be in each other's way."""
    groups: list[list[Kinds]] = []
    for own in sets:
        shared = [group for group in groups if any(own & other for other in group)]
        groups = [group for group in groups if group not in shared]
        groups.append([*sum(shared, []), own])
    return [group for group in groups if len(group) > 1]
