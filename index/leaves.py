"""The leaves of a query tree as weights: where a term, phrase or pattern stands, and how much.

The weight of a leaf in a passage is its pseudo-frequency of BM25F (Robertson, Zaragoza and Taylor
2004): its frequency in the text, divided by the norm of the text's length, and for terms without a
field what the headings and title add. Elsewhere than in the text it is the plain frequency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays import Floats, Ints, Numbers, join_ints
from index.collection import Collection
from index.positions import find_near, find_phrases
from index.postings import LIFTS, Codes, TermPostings
from index.query import Anywhere, Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from index.schema import DOCUMENT_FIELDS
from index.segments import Segment
from index.streams import Stream
from index.vocabulary import Vocabulary, starts_of

StreamNode = Term | Phrase | Near | Prefix | Wildcard | Fuzzy
LeafNode = StreamNode | Anywhere

FEW = 512
"""Up to so many numbers are sorted to count them; more are counted by a table of all."""

SPARSE = 8
"""Where a list is so many times as long as what is looked up in it, that is by bisection."""


class Leaf(Protocol):
    """The passages of a leaf, and its weights: ``places`` match, in order; more may be lifted."""

    @property
    def places(self) -> Ints:
        """The places that match, in order."""

    @property
    def most(self) -> float:
        """A weight that none exceeds."""

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a weight too."""

    def all_weights(self) -> tuple[Numbers, Floats]:
        """Give every place with a weight, those that match first, and the weights."""

    def weights_at(self, places: Ints) -> Floats:
        """Give the weights at these places, which stand in order; 0 where there is none."""


@dataclass(frozen=True)
class TermLeaf:
    """A term without a field, found by its stem: weights are made where they are asked for."""

    places: Ints
    frequencies: NDArray[np.uint16]
    codes: Codes
    lifted: Ints
    lifted_codes: Codes
    most: float
    norms: Floats

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a weight too."""
        return len(self.lifted) > 0

    def all_weights(self) -> tuple[Numbers, Floats]:
        """Give every place with a weight, those that match first, and the weights."""
        places = self.places.astype(np.intp)  # once: numpy does it for each use of other numbers
        weights = self.norms[places]
        weights *= self.frequencies
        coded = (self.codes != 0).nonzero()[0]
        if len(coded):
            weights[coded] += LIFTS[self.codes[coded]]
        if not self.lifts:
            return places, weights
        return (
            np.concatenate([places, self.lifted]),
            np.concatenate([weights, LIFTS[self.lifted_codes]]),
        )

    def weights_at(self, places: Ints) -> Floats:
        """Give the weights at these places, which stand in order; 0 where there is none."""
        if len(self.places) < SPARSE * len(places):
            return spread(*self.all_weights(), len(self.norms))[places]
        mine, at = look_up(self.places, places)
        found = self.frequencies[at] * self.norms[places[mine]] + LIFTS[self.codes[at]]
        if len(mine) == len(places):
            return found
        weights = np.zeros(len(places))
        weights[mine] = found
        if self.lifts:
            mine, at = look_up(self.lifted, places)
            weights[mine] = LIFTS[self.lifted_codes[at]]
        return weights


@dataclass(frozen=True)
class PlainLeaf:
    """Any other leaf: its places and the weight at each."""

    places: Ints
    weights: Floats
    size: int
    lifts = False

    @property
    def most(self) -> float:
        """A weight that none exceeds."""
        return float(self.weights.max(initial=0.0))

    def all_weights(self) -> tuple[Numbers, Floats]:
        """Give every place with a weight, and the weights."""
        return self.places.astype(np.intp), self.weights

    def weights_at(self, places: Ints) -> Floats:
        """Give the weights at these places, which stand in order; 0 where there is none."""
        if len(self.places) < SPARSE * len(places):
            return spread(self.places, self.weights, self.size)[places]
        weights = np.zeros(len(places))
        mine, at = look_up(self.places, places)
        weights[mine] = self.weights[at]
        return weights


def find_leaf(collection: Collection, node: LeafNode) -> Leaf:
    """Find where a leaf stands in a collection."""
    if isinstance(node, Term) and node.field == "text" and not node.exact:
        return _find_term(collection, node.text)
    if isinstance(node, Anywhere):
        return _find_anywhere(collection, node.text)
    field = node.terms[0].field if isinstance(node, Phrase | Near) else node.field
    found = [_count_in(segment, node, field) for segment in collection.segments]
    places = join_ints([own + np.int32(b) for (own, _), b in zip(found, collection.bases)])
    weights = np.concatenate([np.zeros(0), *(counts for _, counts in found)])
    if not collection.whole:
        live = collection.live[places]
        places, weights = places[live], weights[live]
    if field == "text":
        weights = weights * collection.norms[places]
    return PlainLeaf(places, weights, collection.size)


def look_up(places: Ints, wanted: Ints) -> tuple[Numbers, Numbers]:
    """Give which of the wanted are among the places, and where there; both stand in order."""
    at = places.searchsorted(wanted)
    if not len(places):
        return at[:0], at[:0]
    mine = (places.take(at, mode="clip") == wanted).nonzero()[0]
    return mine, at[mine]


def spread(places: Ints | Numbers, values: Floats, size: int) -> Floats:
    """Give the values of all places from 0 up to ``size``: these, and 0 elsewhere."""
    table = np.zeros(size)
    table[places] = values
    return table


def _find_anywhere(collection: Collection, text: str) -> Leaf:
    places, weights = _find_term(collection, text).all_weights()
    order = np.argsort(places, kind="stable")
    return PlainLeaf(places[order].astype(np.int32), weights[order], collection.size)


def _find_term(collection: Collection, text: str) -> Leaf:
    found: list[tuple[TermPostings, int]] = []
    most = 0.0
    for segment, base in zip(collection.segments, collection.bases):
        term = segment.vocabulary.term(text)
        if term >= 0:
            own = segment.postings.of_term(term)
            found.append((own, base))
            # A norm grows with the average length, and no faster.
            most = max(most, own.most * max(1.0, collection.average / (segment.average or 1.0)))
    if len(found) == 1 and found[0][1] == 0 and collection.whole:
        own = found[0][0]
        return TermLeaf(
            own.passages, own.frequencies, own.codes, own.lifted_passages, own.lifted_codes,
            most, collection.norms,
        )  # fmt: skip
    places = join_ints([own.passages + np.int32(base) for own, base in found])
    lifted = join_ints([own.lifted_passages + np.int32(base) for own, base in found])
    frequencies = np.concatenate([_NO_FREQUENCIES, *(own.frequencies for own, _ in found)])
    codes = np.concatenate([_NO_CODES, *(own.codes for own, _ in found)])
    lifted_codes = np.concatenate([_NO_CODES, *(own.lifted_codes for own, _ in found)])
    if not collection.whole:
        live, lives = collection.live[places], collection.live[lifted]
        places, frequencies, codes = places[live], frequencies[live], codes[live]
        lifted, lifted_codes = lifted[lives], lifted_codes[lives]
    return TermLeaf(places, frequencies, codes, lifted, lifted_codes, most, collection.norms)


def _count_in(segment: Segment, node: StreamNode, field: str) -> tuple[Ints, Floats]:
    """Give the passages of a segment in which a leaf stands, and how often in each."""
    stream = segment.streams[field]
    if isinstance(node, Near):
        terms = [_words_of(segment.vocabulary, term) for term in node.terms]
        units = find_near(stream, terms, node.words, node.ordered)
    elif isinstance(node, Phrase):
        terms = [_words_of(segment.vocabulary, term) for term in node.terms]
        units = stream.units_of(find_phrases(stream, terms))
    else:
        units = stream.units_of(stream.places_of(_words_of(segment.vocabulary, node)))
    units, counts = _count(units, stream)
    if field in DOCUMENT_FIELDS:
        return _passages_of(segment, units, counts)
    return units, counts


def _words_of(vocabulary: Vocabulary, node: Term | Prefix | Wildcard | Fuzzy) -> Ints:
    match node:
        case Term(text, _, exact):
            return vocabulary.of_form(text) if exact else vocabulary.of_term(text)
        case Prefix(text):
            return vocabulary.of_prefix(text)
        case Wildcard(pattern):
            return vocabulary.of_wildcard(pattern)
        case Fuzzy(text, _, edits):
            return vocabulary.of_fuzzy(text, edits)


def _count(units: Ints, stream: Stream) -> tuple[Ints, Floats]:
    if len(units) <= FEW:
        found, counts = np.unique(units, return_counts=True)
        return found, counts.astype(np.float64)
    table = np.bincount(units, minlength=len(stream.unit_lengths))
    found = np.flatnonzero(table).astype(np.int32)
    return found, table[found].astype(np.float64)


def _passages_of(segment: Segment, documents: Ints, counts: Floats) -> tuple[Ints, Floats]:
    """Give the passages of documents, each with the count of its document."""
    starts = np.searchsorted(segment.documents, documents)
    many = np.searchsorted(segment.documents, documents, side="right") - starts
    within = np.arange(many.sum()) - np.repeat(starts_of(many)[:-1], many)
    return (np.repeat(starts, many) + within).astype(np.int32), np.repeat(counts, many)


_NO_FREQUENCIES = np.zeros(0, np.uint16)
_NO_CODES = np.zeros(0, np.uint8)
