"""Repeats: the words that a passage has from a place on a page from which an earlier passage of its
document has them too, as the head of a table that is in each passage with rows of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis import find_tokens
from index.arrays import Mask
from index.packed import PackedSpan, unpack_passage, unpack_spans
from index.segments import Segment

Longs = NDArray[np.int64]

_Pair = tuple[int, int]
_Printed = tuple[int, int, int, int]
"""Where a word begins and ends: the page and the offset in its text, of each."""


class Repeats(NamedTuple):
    """All ``words`` that are repeated, by where they stand in the text of all passages, one after
    another, in order; where each ``first`` stands; and the place of its passage."""

    words: Longs
    first: Longs
    passages: Longs

    def find(self, words: Longs) -> tuple[Mask, Longs]:
        """Tell which of some words are repeated, and where those that are stand first."""
        at = np.searchsorted(self.words, words)
        repeated = np.append(self.words, -1)[at] == words
        return repeated, self.first[at[repeated]]

    def tell_given(self, first: Longs, last: Longs) -> Mask:
        """Tell which stretches, apart and in order, were given by an earlier one that stands at
        the same place of the same page."""
        (begins, own_first), (ends, own_last) = self.find(first), self.find(last)
        whole = begins & ends
        first_word, last_word = own_first[whole[begins]], own_last[whole[ends]]
        at = np.searchsorted(first, first_word)
        own = np.append(first, -1)[at] == first_word
        own &= np.append(last, -1)[at] == last_word
        _, foremost = np.unique(np.stack((first_word, last_word)), axis=1, return_index=True)
        again = np.ones(len(first_word), np.bool_)
        again[foremost] = False
        given = np.zeros(len(first), np.bool_)
        given[whole] = own | again
        return given


def find_repeats(segments: Sequence[Segment], live: Mask) -> Repeats:
    """Find the words that are repeated in the live passages of segments."""
    words, first, passages = [_NONE], [_NONE], [_NONE]
    before = base = 0
    for segment in segments:
        stream = segment.streams["text"]
        pairs = np.array([*_find_pairs(segment, live[base:base + len(segment)])], np.int64)
        again, standing = pairs.reshape(-1, 2).T
        words.append(again + before)
        first.append(standing + before)
        passages.append(stream.units_of(again.astype(np.int32)).astype(np.int64) + base)
        before += len(stream.words)
        base += len(segment)
    return Repeats(*map(np.concatenate, (words, first, passages)))


def _find_pairs(segment: Segment, live: Mask) -> Iterator[_Pair]:
    """Give each repeated word of a segment and where it stands first, in order."""
    documents = segment.documents
    units = np.flatnonzero(live).tolist()
    for _, own in groupby(units, key=documents.tolist().__getitem__):
        yield from _find_in_document(segment, [*own])


def _find_in_document(segment: Segment, units: Sequence[int]) -> Iterator[_Pair]:
    spans = [unpack_spans(segment.passages[unit]) for unit in units]
    seen: set[PackedSpan] = set()
    shared: set[PackedSpan] = set()
    for own in spans:
        shared.update(seen.intersection(own))
        seen.update(own)
    if not shared:
        return
    standing: dict[_Printed, int] = {}
    starts = segment.streams["text"].unit_starts
    for unit, own in zip(units, spans):
        if shared.isdisjoint(own):
            continue
        text, start = unpack_passage(segment.passages[unit]).text, int(starts[unit])
        for number, printed in _place_words(text, own, shared):
            first = standing.setdefault(printed, start + number)
            if first != start + number:
                yield start + number, first


def _place_words(
    text: str, spans: Sequence[PackedSpan], shared: set[PackedSpan]
) -> Iterator[tuple[int, _Printed]]:
    """Give the words of a passage, by their number, that begin in some spans, and their places."""
    begins = [0]
    for _, start, end in spans:
        begins.append(begins[-1] + end - start + 1)
    last = max(begins[at + 1] for at, span in enumerate(spans) if span in shared)
    for number, token in enumerate(find_tokens(text)):
        if token.start >= last:
            return
        left = bisect_right(begins, token.start) - 1
        if spans[left] in shared:
            right = bisect_right(begins, token.end - 1) - 1
            start = spans[left][1] + token.start - begins[left]
            end = spans[right][1] + token.end - begins[right]
            yield number, (spans[left][0], start, spans[right][0], end)


_NONE = np.zeros(0, np.int64)
