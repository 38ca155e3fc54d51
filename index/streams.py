"""The words of a field in the order of its text, and where each word stands in them.

A stream holds the numbers of the words of all units of a field (its passages, or its documents)
one after another. Each unit begins at a multiple of BLOCK and is followed by at least one place
without a word, so that no phrase runs on into the next, and so that the unit of a place is found
by one look at a table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Ints
from index.vocabulary import starts_of

BLOCK = 8
NO_WORD = -1
_SHIFT = 3


@dataclass(frozen=True)
class Stream:
    """The stream of a field: ``places`` are those of each word in turn, from ``word_starts``."""

    words: Ints
    unit_starts: Ints
    unit_lengths: Ints
    unit_of_block: Ints
    places: Ints
    word_starts: Ints

    def places_of(self, words: Ints) -> Ints:
        """Give the places of words; those of each word in order."""
        if not len(words):
            return self.places[:0]
        first, last = int(words[0]), int(words[-1])
        if last - first == len(words) - 1:
            return self.places[self.word_starts[first]:self.word_starts[last + 1]]
        starts = self.word_starts
        return np.concatenate([self.places[starts[w]:starts[w + 1]] for w in words.tolist()])

    def units_of(self, places: Ints) -> Ints:
        """Give the unit of each place."""
        units: Ints = self.unit_of_block.take(places >> _SHIFT)
        return units


def open_stream(arrays: Arrays, field: str) -> Stream:
    """Give the stream of a field out of a segment's arrays."""
    return Stream(*(arrays[f"{field}.{name}"] for name in Stream.__dataclass_fields__))


def make_stream(words: Ints, lengths: Ints, vocabulary_size: int) -> Stream:
    """Make the stream of units of these lengths, given their words one after another."""
    blocks = lengths // BLOCK + 1
    starts = starts_of(blocks * BLOCK)
    stream = np.full(starts[-1], NO_WORD, np.int32)
    standing = places_of_units(starts, lengths)
    stream[standing] = words
    order = sort_stably(words, vocabulary_size)
    counts = np.bincount(words, minlength=vocabulary_size)
    units = np.repeat(np.arange(len(lengths), dtype=np.int32), blocks)
    return Stream(stream, starts, lengths, units, standing[order], starts_of(counts))


def places_of_units(starts: Ints, lengths: Ints) -> Ints:
    """Give the places of all words of units that start there and are so long."""
    before = starts_of(lengths)
    shift = (starts[:len(lengths)] - before[:-1]).astype(np.int32)
    places: Ints = np.arange(before[-1], dtype=np.int32) + np.repeat(shift, lengths)
    return places


def sort_stably(keys: Ints, most: int) -> NDArray[np.int64]:
    """Give the order that sorts keys from 0 up to ``most``, equal ones as they stand.

    By the lower and then the upper 16 bits, each of which numpy sorts in linear time.
    """
    order = (keys & 0xFFFF).astype(np.uint16).argsort(kind="stable")
    if most > 0xFFFF:
        upper = (keys >> 16).astype(np.uint16)[order]
        order = order[upper.argsort(kind="stable")]
    return order
