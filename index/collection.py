"""All segments of a generation as one collection: places, documents, lengths and what is live.

A place numbers a passage of the collection from 0, through one segment after another. What was
deleted keeps its place until its segment is written anew, but is never found and never counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.analysis import without_accents
from index.arrays import Floats, Ints, Mask, join_ints
from index.packed import unpack_passage
from index.postings import KeptTerms, normalise
from index.repeats import Repeats, find_repeats
from index.schema import DOCUMENT_FIELDS
from index.segments import Segment
from ingest.records import Passage

POSTINGS_KEPT = 2_000_000
"""Of terms asked for before, at 7 bytes; of a collection of one segment they are but views."""


class Collection:
    """The segments of a generation, with those of their passages that are live."""

    def __init__(self, segments: Sequence[Segment], live: Sequence[Mask]) -> None:
        self.segments = tuple(segments)
        self.bases = tuple(np.cumsum([0, *map(len, segments)])[:-1].tolist())
        self.size = sum(map(len, segments))
        self.live: Mask = np.concatenate([np.zeros(0, np.bool_), *live])
        self.whole = bool(self.live.all())
        self.count = int(self.live.sum())
        self.numbers: Ints = join_ints([segment.numbers for segment in segments])
        self.document_ids, self.documents = self._number_documents()
        self.terms = KeptTerms(POSTINGS_KEPT)

    def _number_documents(self) -> tuple[tuple[str, ...], Ints]:
        """Number the live documents in the order of their ids: those, and the one of each place."""
        standing: list[str] = []
        for segment, base in zip(self.segments, self.bases):
            live = segment.documents[self.live[base:base + len(segment)]]
            standing += [segment.document_ids[at] for at in np.unique(live).tolist()]
        standing.sort()
        numbers = {document_id: number for number, document_id in enumerate(standing)}
        documents = [
            np.array([numbers.get(id, -1) for id in segment.document_ids], np.int32)[
                segment.documents
            ]
            for segment in self.segments
        ]
        return tuple(standing), join_ints(documents)

    @cached_property
    def places(self) -> Ints:
        """All places with a live passage."""
        return np.flatnonzero(self.live).astype(np.int32)

    @cached_property
    def norms(self) -> Floats:
        """What a frequency in the text of each passage is multiplied by for its length."""
        return normalise(self.lengths, self.average)

    @cached_property
    def average(self) -> float:
        """The average length of the live passages, in words."""
        return float(self.lengths[self.live].sum(dtype=np.int64)) / max(self.count, 1)

    @property
    def lengths(self) -> Ints:
        """The number of words in the text of the passage at each place."""
        return join_ints([segment.streams["text"].unit_lengths for segment in self.segments])

    @cached_property
    def repeats(self) -> Repeats:
        """The words that live passages have from places from which earlier ones have them."""
        return find_repeats(self.segments, self.live)

    @property
    def own_lengths(self) -> Ints:
        """The number of words in the text of the passage at each place without those repeated."""
        repeated = np.bincount(self.repeats.passages, minlength=self.size)
        own: Ints = self.lengths - repeated.astype(np.int32)
        return own

    @cached_property
    def alphabet(self) -> tuple[Ints, ...]:
        """For each segment, the rank of each of its words by its form without accents, from 1."""
        plain = [[*map(without_accents, each.vocabulary.forms)] for each in self.segments]
        ordered = sorted({form for forms in plain for form in forms})
        ranks = {form: rank for rank, form in enumerate(ordered, 1)}
        return tuple(np.array([ranks[form] for form in forms], np.int32) for forms in plain)

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments:
            segment.close()

    def passage(self, place: int) -> Passage:
        """Give the passage at a place."""
        segment = bisect_right(self.bases, place) - 1
        return unpack_passage(self.segments[segment].passages[place - self.bases[segment]])

    def document_mask(self, document_ids: Sequence[str]) -> Mask:
        """Tell of each live document whether it is one of these."""
        mask = np.zeros(len(self.document_ids), np.bool_)
        for document_id in document_ids:
            at = bisect_left(self.document_ids, document_id)
            mask[at:at + 1] = self.document_ids[at:at + 1] == (document_id,)
        return mask

    def words(self, field: str) -> list[str]:
        """Give all distinct words of a field of live passages as printed, sorted."""
        found: set[str] = set()
        for segment, base in zip(self.segments, self.bases):
            live = self.live[base:base + len(segment)]
            stream = segment.streams[field]
            if field in DOCUMENT_FIELDS:
                kept = np.zeros(len(segment.document_ids), np.bool_)
                kept[segment.documents[live]] = True
                live = kept
            standing = stream.places[live[stream.units_of(stream.places)]]
            forms = segment.vocabulary.forms
            found.update(forms[word] for word in np.unique(stream.words[standing]).tolist())
        return sorted(found)
