"""Phrases and words near each other, found by where words stand in a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations

import numpy as np

from index.arrays import Ints, Mask
from index.streams import Stream
from index.vocabulary import starts_of

Words = Sequence[Ints]
"""For each term of a phrase, the words that are found by it."""

Need = tuple[Ints, int]
"""Places, in order, and how many of them a window needs."""


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

    A window of places is looked at from each place of a word that may be the first of them, until
    its unit is known to have one that fits.
    """
    places = [_in_order(stream, own) for own in terms]
    units = [stream.units_of(own) for own in places]
    having = reduce(np.logical_and, (_among(own, len(stream.unit_lengths)) for own in units))
    reach = len(terms) + words
    found = np.zeros(len(having), np.bool_)
    if ordered:
        firsts, needs = [0], [(own, 1) for own in places[1:]]
    else:
        firsts, needs = _distinct(terms, places), _find_needs(stream, terms, places)
    for first in firsts:
        for starts in _take_turns(places[first], units[first], having, found):
            fits = _follow if ordered else _hold
            starts = fits(starts, _ends(stream, starts, reach), needs)
            found[stream.units_of(starts)] = True
    return np.flatnonzero(found).astype(np.int32)


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


def _in_order(stream: Stream, words: Ints) -> Ints:
    """Give the places of words, in order; those of each are so already, which a merge uses."""
    places = stream.places_of(words)
    return np.sort(places, kind="stable") if len(words) > 1 else places


def _among(units: Ints, count: int) -> Mask:
    """Tell which of ``count`` units are among these."""
    among = np.zeros(count, np.bool_)
    among[units.astype(np.intp)] = True
    return among


def _distinct(terms: Words, places: Words) -> list[int]:
    """Give the first of each run of terms that are the same, the rarest first."""
    different = {own.tobytes(): at for at, own in enumerate(terms)}
    return sorted(different.values(), key=lambda at: len(places[at]))


def _take_turns(places: Ints, units: Ints, having: Mask, found: Mask) -> Iterator[Ints]:
    """Give the first place in each unit that is not found yet, then the next four, sixteen …"""
    count = 1
    while len(places):
        wanted = (having & ~found).take(units)
        places, units = places[wanted], units[wanted]
        begins = np.flatnonzero(np.diff(units, prepend=-1))
        turns = np.minimum(count, np.diff(begins, append=len(units)))
        now = np.repeat(begins - starts_of(turns)[:-1], turns) + np.arange(turns.sum())
        yield places[now]
        later = np.ones(len(places), np.bool_)
        later[now] = False
        places, units = places[later], units[later]
        count *= 4


def _ends(stream: Stream, starts: Ints, reach: int) -> Ints:
    """Give the end of the window from each start: so many places, but within its unit."""
    ends: Ints = stream.unit_starts.take(stream.units_of(starts) + 1)
    within: Ints = np.minimum(starts + np.int32(reach), ends)
    return within


def _follow(starts: Ints, ends: Ints, needs: Sequence[Need]) -> Ints:
    """Keep the starts of windows in which the words follow: each time the earliest is taken."""
    last = starts
    for own, _ in needs:
        at = np.searchsorted(own, last, side="right")
        inside = at < len(own)
        starts, ends, last = starts[inside], ends[inside], own[at[inside]]
    return starts[last < ends]


def _hold(starts: Ints, ends: Ints, needs: Sequence[Need]) -> Ints:
    """Keep the starts of windows that hold what is needed."""
    for own, count in needs:
        at = np.searchsorted(own, starts) + (count - 1)
        fits = at < len(own)
        at[~fits] = 0
        fits &= own[at] < ends
        starts, ends = starts[fits], ends[fits]
    return starts


def _find_needs(stream: Stream, terms: Words, places: Words) -> list[Need]:
    """Give how many places a window needs of each set of words, so that each term has its own.

    That is as many as there are terms in every set of them (Hall 1935); sets of terms that no
    place serves together need not be looked at together.
    """
    alike = Counter(own.tobytes() for own in terms)
    sets = [np.frombuffer(own, np.int32) for own in alike]
    counts = list(alike.values())
    found = {own.tobytes(): there for own, there in zip(terms, places)}
    needs = [(found[own.tobytes()], count) for own, count in zip(sets, counts)]
    for group in _groups_that_share(sets):
        for size in range(2, len(group) + 1):
            for chosen in combinations(group, size):
                union = np.unique(np.concatenate([sets[at] for at in chosen]))
                together = _in_order(stream, union)
                needs.append((together, sum(counts[at] for at in chosen)))
    return sorted(needs, key=lambda need: len(need[0]))


def _groups_that_share(sets: Words) -> list[list[int]]:
    """Group the sets that share words: only they can be in each other's way."""
    groups: list[list[int]] = []
    for at, own in enumerate(sets):
        shared = [
            group for group in groups
            if any(len(np.intersect1d(own, sets[other])) for other in group)
        ]  # fmt: skip
        groups = [group for group in groups if group not in shared]
        groups.append([*sum(shared, []), at])
    return [group for group in groups if len(group) > 1]
