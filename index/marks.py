"""Marks: the matches of a query in the text of passages, counted and sorted without reading them.

They are those that index.highlight marks, told from where words stand in the streams: a stretch of
places for each match of a leaf, kept where the parts of the tree above it match too; of stretches
that overlap one is made. A printed place is given once: by the first of the passages looked at that
has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import Ints, Mask
from index.collection import Collection
from index.engines import MarkCounts
from index.leaves import LeafNode, find_leaf, words_of
from index.positions import find_near, find_phrases
from index.proximity import find_near as find_near_places
from index.query import (
    Alternatives,
    And,
    Anywhere,
    Everything,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Term,
    Within,
)
from index.schema import BOOSTS
from index.segments import Segment

Longs = NDArray[np.int64]


class _Marks(NamedTuple):
    """Where a part of a tree matches, and the stretches that it marks there: the ``first`` and
    ``last`` place of each in the text of all passages, one after another, and its passage."""

    holds: Mask
    first: Longs
    last: Longs
    passages: Longs

    def within(self, holds: Mask) -> _Marks:
        """Keep what is in some passages."""
        holds = self.holds & holds
        return self._replace(holds=holds).keep(holds[self.passages])

    def keep(self, kept: Mask) -> _Marks:
        """Keep some stretches."""
        return self._replace(
            first=self.first[kept], last=self.last[kept], passages=self.passages[kept]
        )


def count_marks(collection: Collection, tree: Node, places: Ints) -> MarkCounts:
    """Count the matches that are marked in the text of the passages at some places."""
    found = _find_marks(collection, tree, places)
    given = collection.repeats.tell_given(found.first, found.last)
    counts = np.bincount(found.passages[~given], minlength=collection.size).astype(np.int32)
    again = found.passages[given].astype(np.int32), _number(found)[given]
    return MarkCounts(counts, *again)


def sort_marks(
    collection: Collection, tree: Node, places: Ints, before: bool, words: int
) -> tuple[Ints, Ints]:
    """Sort the matches that are marked at some places by so many words before or after them.

    Give the place of each match and which it is there, from 0, of those that are counted.
    """
    found = _find_marks(collection, tree, places)
    found = found.keep(~collection.repeats.tell_given(found.first, found.last))
    number = _number(found)
    beside = _read_beside(collection, found, before, words)
    documents, numbers = collection.documents[found.passages], collection.numbers[found.passages]
    order = np.lexsort((number, numbers, documents, *reversed(beside)))
    return found.passages[order].astype(np.int32), number[order]


def _number(found: _Marks) -> Ints:
    """Say which stretch of its passage each is, from 0."""
    number = np.arange(len(found.first)) - np.searchsorted(found.passages, found.passages)
    return number.astype(np.int32)


def _find_marks(collection: Collection, tree: Node, places: Ints) -> _Marks:
    """Find the stretches that are marked at some places, in order, those that overlap as one."""
    wanted = np.zeros(collection.size, np.bool_)
    wanted[places.astype(np.intp)] = True
    found = _mark(collection, tree).within(wanted)
    order = np.argsort(found.first, kind="stable")
    first, reach = found.first[order], np.maximum.accumulate(found.last[order])
    apart = np.ones(len(first), np.bool_)
    np.greater(first[1:], reach[:-1], out=apart[1:])
    ends = np.append(apart[1:], True)[:len(apart)]
    return _Marks(found.holds, first[apart], reach[ends], found.passages[order][apart])


def _read_beside(
    collection: Collection, found: _Marks, before: bool, words: int
) -> list[Ints]:
    """Give, for each of so many words before or after stretches, its rank in the alphabet; 0 where
    the passage has no more."""
    read = [np.zeros(len(found.first), np.int32) for _ in range(words)]
    offset = 0
    for segment, base, ranks in zip(collection.segments, collection.bases, collection.alphabet):
        stream = segment.streams["text"]
        mine = slice(*np.searchsorted(found.passages, (base, base + len(segment))))
        units = found.passages[mine] - base
        starts = stream.unit_starts[units]
        ends = starts + stream.unit_lengths[units]
        edge, step = (found.first, -1) if before else (found.last, 1)
        for distance, column in enumerate(read, 1):
            at = edge[mine] - offset + step * distance
            within = (at >= starts) & (at < ends)
            column[mine][within] = ranks[stream.words[at[within]]]
        offset += len(stream.words)
    return read


def _mark(collection: Collection, node: Node) -> _Marks:
    match node:
        case Everything():
            return _none(np.ones(collection.size, np.bool_))
        case Nothing():
            return _none(np.zeros(collection.size, np.bool_))
        case Not(part):
            return _none(~_mark(collection, part).holds)
        case And(parts):
            joined = _join([_mark(collection, part) for part in parts], np.logical_and)
            return joined.within(joined.holds)
        case Or(parts) | Alternatives(parts):
            return _join([_mark(collection, part) for part in parts], np.logical_or)
        case Within(part, documents):
            mine = collection.document_mask(documents)
            return _mark(collection, part).within(mine[collection.documents])
        case Anywhere(text):
            fields = ("text", *BOOSTS)
            return _mark(collection, Or(tuple(Term(text, field) for field in fields)))
        case _:
            return _mark_leaf(collection, node)


def _none(holds: Mask) -> _Marks:
    return _Marks(holds, _NONE, _NONE, _NONE)


def _join(parts: Sequence[_Marks], join: Callable[[Mask, Mask], Mask]) -> _Marks:
    holds = reduce(join, (part.holds for part in parts))
    stretches = zip(*(part[1:] for part in parts))
    return _Marks(holds, *map(np.concatenate, stretches))


def _mark_leaf(collection: Collection, node: LeafNode) -> _Marks:
    holds = np.zeros(collection.size, np.bool_)
    field = node.terms[0].field if isinstance(node, Phrase | Near) else getattr(node, "field")
    if field != "text":
        holds[find_leaf(collection, node).places.astype(np.intp)] = True
        return _none(holds)
    first, last, passages, before = [_NONE], [_NONE], [_NONE], 0
    for segment, base in zip(collection.segments, collection.bases):
        stream = segment.streams["text"]
        starts, length = _find_stretches(segment, node)
        own = starts.astype(np.int64)
        first.append(own + before)
        last.append(own + before + length - 1)
        passages.append(stream.units_of(starts).astype(np.int64) + base)
        before += len(stream.words)
    standing = np.concatenate(passages)
    holds[standing] = True
    return _Marks(holds, np.concatenate(first), np.concatenate(last), standing)


def _find_stretches(segment: Segment, node: LeafNode) -> tuple[Ints, int]:
    """Give where each match of a leaf begins in the text of a segment, and how many words it has.
    """
    stream, vocabulary = segment.streams["text"], segment.vocabulary
    match node:
        case Phrase(terms):
            words = [words_of(vocabulary, term) for term in terms]
            return find_phrases(stream, words), len(terms)
        case Near(terms):
            words = [words_of(vocabulary, term) for term in terms]
            return np.array([*_stand_near(segment, node, words)], np.int32), 1
        case Anywhere():
            raise AssertionError("it is marked by its fields")
        case _:
            return stream.places_of(words_of(vocabulary, node)), 1


def _stand_near(segment: Segment, node: Near, words: Sequence[Ints]) -> Iterator[int]:
    """Give the places of words that stand near each other, passage after passage."""
    stream = segment.streams["text"]
    places = [np.sort(stream.places_of(own)) for own in words]
    units = find_near(stream, words, node.words, node.ordered)
    for start, length in zip(stream.unit_starts[units], stream.unit_lengths[units]):
        ends = [np.searchsorted(own, (start, start + length)) for own in places]
        within = [own[left:right].tolist() for own, (left, right) in zip(places, ends)]
        yield from find_near_places(within, node.words, node.ordered)


_NONE = np.zeros(0, np.int64)
