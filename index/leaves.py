"""The leaves of a query tree as weights: where a term, phrase or pattern stands, and how much.

The weight of a leaf in a passage is its pseudo-frequency of BM25F (Robertson, Zaragoza and Taylor
2004): its frequency in the text, divided by the norm of the text's length, and for terms without a
field what the headings and title add. Elsewhere than in the text it is the plain frequency.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from index.arrays import Floats, Ints, Mask, Numbers, join_ints
from index.collection import Collection
from index.positions import find_near, find_phrases
from index.postings import K1, LIFTS, TermPostings
from index.query import Anywhere, Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from index.ranking import Scorer, saturate, weigh_rarity
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

BISECTED = 4
"""Where more than FEW places, and more than this part of a list, are to be scored, all of the list
are scored, for a table in which they are looked up."""


@dataclass(frozen=True)
class TermLeaf:
    """A term without a field, found by its stem: what it scores is made where it is asked for."""

    postings: TermPostings
    norms: Floats
    rarity: float

    @property
    def places(self) -> Ints:
        """The places that match, in order."""
        return self.postings.passages

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        weight = self.postings.most
        return self.rarity * weight * (K1 + 1) / (weight + K1)

    @property
    def lifts(self) -> bool:
        """Whether places that do not match may have a score too."""
        return len(self.postings.lifted_passages) > 0

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, those that match first, and the scores."""
        own = self.postings
        places = own.passages.astype(np.intp)  # once: numpy does it for each use of other numbers
        weights = self.norms.take(places)
        weights *= own.frequencies
        coded = own.codes.nonzero()[0]
        if len(coded):
            weights[coded] += LIFTS[own.codes[coded]]
        if self.lifts:
            places = np.concatenate([places, own.lifted_passages])
            weights = np.concatenate([weights, LIFTS[own.lifted_codes]])
        return places, saturate(weights, self.rarity)

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        if len(places) > FEW + len(self.postings.passages) // BISECTED:
            return spread(*self.all_scores(), len(self.norms)).take(places)
        return saturate(self.weights_at(places), self.rarity)

    def weights_at(self, places: Ints) -> Floats:
        """Give the weights at these places, which stand in order; 0 where there is none."""
        own = self.postings
        if not len(own.passages) or not len(places):
            weights = np.zeros(len(places))
        else:
            at = own.passages.searchsorted(places)
            weights = self.norms.take(places)
            weights *= own.frequencies.take(at, mode="clip")
            weights += LIFTS.take(own.codes.take(at, mode="clip"))
            weights *= own.passages.take(at, mode="clip") == places
        if self.lifts:
            mine, at = look_up(own.lifted_passages, places)
            weights[mine] = LIFTS[own.lifted_codes[at]]
        return weights


@dataclass(frozen=True)
class Scored:
    """Places that are scored already."""

    places: Ints
    scores: Floats
    lifts = False

    @property
    def most(self) -> float:
        """A score that none exceeds."""
        return float(self.scores.max(initial=0.0))

    def all_scores(self) -> tuple[Numbers, Floats]:
        """Give every place with a score, and the scores."""
        return self.places.astype(np.intp), self.scores

    def scores_at(self, places: Ints) -> Floats:
        """Give the scores at these places, which stand in order; 0 where there is none."""
        if places is self.places:
            return self.scores
        scores = np.zeros(len(places))
        mine, at = look_up(self.places, places)
        scores[mine] = self.scores[at]
        return scores


@overload
def find_leaf(collection: Collection, node: Anywhere) -> TermLeaf: ...


@overload
def find_leaf(collection: Collection, node: LeafNode) -> Scorer: ...


def find_leaf(collection: Collection, node: LeafNode) -> Scorer:
    """Find where a leaf stands in a collection, and what it scores there."""
    if isinstance(node, Term) and node.field == "text" and not node.exact:
        return _score_term(collection, _find_term(collection, node.text))
    if isinstance(node, Anywhere):
        return _score_term(collection, _match_lifted(_find_term(collection, node.text)))
    field = node.terms[0].field if isinstance(node, Phrase | Near) else node.field
    found = [_count_in(segment, node, field) for segment in collection.segments]
    places = join_ints([own + np.int32(b) for (own, _), b in zip(found, collection.bases)])
    weights = np.concatenate([np.zeros(0), *(counts for _, counts in found)])
    if not collection.whole:
        live = collection.live[places]
        places, weights = places[live], weights[live]
    if field == "text":
        weights *= collection.norms[places]
    rarity = weigh_rarity(collection.count, len(places))
    if isinstance(node, Phrase):
        rarity *= node.weight
    return Scored(places, saturate(weights, rarity))


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


def _score_term(collection: Collection, postings: TermPostings) -> TermLeaf:
    rarity = weigh_rarity(collection.count, len(postings.passages))
    return TermLeaf(postings, collection.norms, rarity)


def _match_lifted(own: TermPostings) -> TermPostings:
    """Let the places that a term lifts match it too."""
    places = np.concatenate([own.passages, own.lifted_passages])
    order = places.argsort(kind="stable")
    unfound = np.zeros(len(own.lifted_passages), np.uint16)
    return TermPostings(
        places[order], np.concatenate([own.frequencies, unfound])[order],
        np.concatenate([own.codes, own.lifted_codes])[order],
        own.lifted_passages[:0], own.lifted_codes[:0], own.most,
    )  # fmt: skip


def _find_term(collection: Collection, text: str) -> TermPostings:
    """Find the postings of a term in all segments, those that are live, as places."""
    kept = collection.terms.get(text)
    if kept is None:
        kept = _join_postings(collection, text)
        collection.terms.keep(text, kept)
    return kept


def _join_postings(collection: Collection, text: str) -> TermPostings:
    terms = [segment.vocabulary.term(text) for segment in collection.segments]
    if collection.whole and len(terms) == 1 and terms[0] >= 0:
        return collection.segments[0].postings.of_term(terms[0])
    found, most = [_NO_POSTINGS], 0.0
    for term, segment, base in zip(terms, collection.segments, collection.bases):
        if term >= 0:
            own = segment.postings.of_term(term)
            found.append(_keep_live(own, collection.live[base:], base))
            # A norm grows with the average length, and no faster.
            most = max(most, own.most * max(1.0, collection.average / (segment.average or 1.0)))
    passages, frequencies, codes, lifted, lifted_codes, _ = zip(*found)
    return TermPostings(
        np.concatenate(passages), np.concatenate(frequencies), np.concatenate(codes),
        np.concatenate(lifted), np.concatenate(lifted_codes), most,
    )  # fmt: skip


def _keep_live(own: TermPostings, live: Mask, base: int) -> TermPostings:
    """Keep the live postings of a segment, its passages as places."""
    kept, lifted = live[own.passages], live[own.lifted_passages]
    return TermPostings(
        own.passages[kept] + np.int32(base), own.frequencies[kept], own.codes[kept],
        own.lifted_passages[lifted] + np.int32(base), own.lifted_codes[lifted], own.most,
    )  # fmt: skip


def _count_in(segment: Segment, node: StreamNode, field: str) -> tuple[Ints, Floats]:
    """Give the passages of a segment in which a leaf stands, and how often in each."""
    stream = segment.streams[field]
    if isinstance(node, Near):
        terms = [words_of(segment.vocabulary, term) for term in node.terms]
        units = find_near(stream, terms, node.words, node.ordered)
    elif isinstance(node, Phrase):
        terms = [words_of(segment.vocabulary, term) for term in node.terms]
        units = stream.units_of(find_phrases(stream, terms))
    else:
        units = stream.units_of(stream.places_of(words_of(segment.vocabulary, node)))
    units, counts = _count(units, stream)
    if field in DOCUMENT_FIELDS:
        return _passages_of(segment, units, counts)
    return units, counts


def words_of(vocabulary: Vocabulary, node: Term | Prefix | Wildcard | Fuzzy) -> Ints:
    """Give the words of a vocabulary that a leaf of one word stands for."""
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


_NO_PLACES = np.zeros(0, np.int32)
_NO_CODES = np.zeros(0, np.uint8)
_NO_POSTINGS = TermPostings(
    _NO_PLACES, np.zeros(0, np.uint16), _NO_CODES, _NO_PLACES, _NO_CODES, 0.0
)
